// The map beside the list of places: outlines of the package, a dot a place, a ring as wide as the place may be. The list works without it.
import { ground } from "./ground.js";

const { L, topojson } = window;
const box = document.getElementById("map");
const spots = [...document.querySelectorAll(".spots > li")];
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

if (box && L && topojson && spots.length) draw();

async function draw() {
  const answer = await fetch(box.dataset.world);
  if (!answer.ok) return;
  const world = await answer.json();
  box.classList.add("drawn");
  const moving = { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still };
  const map = L.map(box, { zoomControl: false, attributionControl: false, worldCopyJump: true, minZoom: 1, maxZoom: 12, ...moving });
  // Leaflet draws nothing before it has a view; that of the dots is set below, when they are known.
  map.setView([0, 0], 1, { animate: false });
  L.control.zoom({ zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  // Below the tiles of a map that the user brought, which cover it where they reach.
  map.createPane("world").style.zIndex = 100;
  L.geoJSON(topojson.feature(world, world.objects.countries), { pane: "world", interactive: false, style: { className: "land" } }).addTo(map);
  if (box.dataset.tiles) ground(map, box.dataset.tiles, document.getElementById("ground"));
  const dots = spots.map((spot) => dot(map, spot));
  // Where things happened decides what is seen first; a country's middle only where there is nothing narrower.
  const narrow = dots.filter(({ spot }) => !["country", "area"].includes(spot.dataset.kind));
  const told = (narrow.length ? narrow : dots).filter(({ spot }) => spot.dataset.entries !== "0");
  const seen = told.length ? told : narrow.length ? narrow : dots;
  map.fitBounds(L.latLngBounds(seen.map(({ mark }) => mark.getLatLng())), { padding: [40, 40], maxZoom: 9, animate: false });
}

function dot(map, spot) {
  const at = [Number(spot.dataset.lat), Number(spot.dataset.lon)];
  const entries = Number(spot.dataset.entries);
  const link = spot.querySelector("a.go");
  const ring = L.circle(at, { radius: 1000 * Number(spot.dataset.km), className: "reach", interactive: false });
  const wide = ["country", "area", "region"].includes(spot.dataset.kind);
  const shape = wide ? "dot wide" : entries ? "dot" : "dot bare";
  const mark = L.circleMarker(at, { radius: 4 + Math.min(10, 2 * Math.sqrt(entries)), className: shape });
  mark.bindTooltip(spot.querySelector(".rt").textContent.trim());
  mark.addTo(map);
  // The reach of a country would cover all: it is drawn while one looks at it.
  if (!wide) ring.addTo(map);
  const light = (on) => {
    spot.classList.toggle("lit", on);
    mark.getElement()?.classList.toggle("lit", on);
    if (on) ring.addTo(map);
    else if (wide) ring.remove();
    mark.bringToFront();
  };
  const look = () => {
    light(true);
    if (!map.getBounds().contains(at)) map.panTo(at, { animate: !still });
  };
  spot.addEventListener("mouseenter", () => light(true));
  spot.addEventListener("mouseleave", () => light(false));
  spot.addEventListener("focusin", look);
  spot.addEventListener("focusout", () => light(false));
  mark.on("mouseover", () => light(true));
  mark.on("mouseout", () => light(false));
  mark.on("click", () => {
    if (link) window.location.assign(link.href);
  });
  return { mark, spot };
}
