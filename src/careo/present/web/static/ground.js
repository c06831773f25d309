// The map that the user brought, beneath the dots: a PMTiles file, of which only the parts that are seen are read. Streets and rivers
// (vector tiles) in the quiet colours of the page; pictures as they are.
const VECTOR = 1, PICTURES = [2, 3, 4, 5];
const dark = matchMedia("(prefers-color-scheme: dark)");
const COLOURS = {
  light: { water: "#c9dbe6", area: "#eceae4", line: "#bdb8ad", name: "#4b4a46", halo: "#ffffff" },
  dark: { water: "#20323d", area: "#262626", line: "#4d4a45", name: "#b9b6ae", halo: "#111111" },
};

/** Draw it. `told` says where it comes from, or that it cannot be read. */
export async function ground(map, address, told) {
  try {
    const archive = new window.pmtiles.PMTiles(new URL(address, location.href).href);
    const [header, about] = await Promise.all([archive.getHeader(), archive.getMetadata()]);
    const bounds = [[header.minLat, header.minLon], [header.maxLat, header.maxLon]];
    const draw = { [VECTOR]: streets, ...Object.fromEntries(PICTURES.map((type) => [type, pictures])) }[header.tileType];
    let layer = draw(archive, header, about, bounds).addTo(map);
    dark.addEventListener("change", () => {
      layer.remove();
      layer = draw(archive, header, about, bounds).addTo(map);
    });
    map.setMaxZoom(Math.max(map.getMaxZoom(), Math.min(header.maxZoom + 3, 19)));
    told.textContent = [told.dataset.from, plain(about.attribution)].filter(Boolean).join(" ");
  } catch {
    told.textContent = told.dataset.unread;
  }
}

// Who made a map says so in HTML: only its words are taken.
const plain = (html) => new DOMParser().parseFromString(String(html ?? ""), "text/html").body.textContent.trim();

function streets(archive, header, about, bounds) {
  const names = (about.vector_layers ?? []).map((one) => one.id);
  // Protomaps' own files have a style made for data to stand on; of others all is drawn by what their layers are called.
  const ours = ["earth", "water", "roads"].every((name) => names.includes(name));
  const style = ours ? { flavor: dark.matches ? "black" : "white", lang: document.documentElement.lang } : rules(names);
  return window.protomapsL.leafletLayer({ url: archive, bounds, maxDataZoom: header.maxZoom, attribution: "", ...style });
}

function rules(names) {
  const colour = COLOURS[dark.matches ? "dark" : "light"];
  const { PolygonSymbolizer, LineSymbolizer, CenteredTextSymbolizer, GeomType } = window.protomapsL;
  const of = (type) => (zoom, feature) => feature.geomType === type;
  const fill = (name) => (/water|ocean|lake|river/.test(name) ? colour.water : colour.area);
  const stroke = (name) => (/water|river/.test(name) ? colour.water : colour.line);
  const areas = names.map((name) => ({
    dataLayer: name, symbolizer: new PolygonSymbolizer({ fill: fill(name) }), filter: of(GeomType.Polygon),
  }));
  const lines = names.map((name) => ({
    dataLayer: name, symbolizer: new LineSymbolizer({ color: stroke(name), width: 1 }), filter: of(GeomType.Line),
  }));
  const labelProps = [`name:${document.documentElement.lang}`, "name:latin", "name"];
  const label = new CenteredTextSymbolizer({ labelProps, fill: colour.name, stroke: colour.halo, width: 2, font: "13px sans-serif" });
  const labelRules = names.filter((name) => /place|label|city|town/.test(name)).map((name) => (
    { dataLayer: name, symbolizer: label, filter: of(GeomType.Point) }
  ));
  return { paintRules: [...areas, ...lines], labelRules };
}

function pictures(archive, header, about, bounds) {
  const Layer = window.L.GridLayer.extend({
    createTile(at, done) {
      const tile = document.createElement("canvas");
      archive.getZxy(at.z, at.x, at.y).then(async (found) => {
        if (found) await paint(tile, found.data);
        done(null, tile);
      }).catch((error) => done(error, tile));
      return tile;
    },
  });
  return new Layer({ bounds, minNativeZoom: header.minZoom, maxNativeZoom: header.maxZoom });
}

async function paint(tile, bytes) {
  const picture = await createImageBitmap(new Blob([bytes]));
  tile.width = picture.width;
  tile.height = picture.height;
  tile.getContext("2d").drawImage(picture, 0, 0);
}
