"""The page of places: a list that works without script, filters that know what lies in what, masks; and the map in Chromium."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html as parsed

from careo.errors import UsageError
from careo.model import Anchor, Area, Chronology, EntityMention, Entry, Evidence, Located, Place, Span, Spot
from careo.present.web.atlas import atlas
from careo.store.case import Case
from tests.present.inventing import report
from tests.present.serving import HOST, TOKEN, Browser, served, stored
from tests.present.tiles import PNG, VECTOR, archive, png, vector_tile

CAREO = [sys.executable, "-m", "careo"]
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split()

TEXT = "Hubo un ataque en El Muelle. Otro hubo en Mérida."
CITY, COUNTRY = Area("geonames:9", "Salina", "town"), Area("geonames:XX", "Almendra", "country")
PIER = Spot("careo:muelle", "El Muelle", "quarter", 10.5, -66.9, 3, "XX", (CITY, COUNTRY))
HERE, THERE = (Spot(f"geonames:{lat}", "Mérida", "town", lat, -70.0, 5, "XX", (COUNTRY,)) for lat in (8.5, 21.0))


def mention(words: str) -> EntityMention:
    start = TEXT.index(words)
    return EntityMention("r1", Span(start, start + len(words)))


def entry(ident: str, where: Place) -> Entry:
    start = TEXT.index(where.name)
    span = Span(max(start - 10, 0), start + len(where.name))
    said = Evidence("r1", "text", span, span, span.of(TEXT), "", "", (), None, None, "r1")
    return Entry(ident, "2018-01-15", "attack", span.of(TEXT), "asserted", 1, 1, (said,), where=where)


PLACES = (
    Located(PIER.id, "El Muelle", ("El Muelle",), "SAME", "the only place of that name that is known", (mention("El Muelle"),), 1, PIER),
    Located("?merida", "Mérida", ("Mérida",), "UNSURE", "several are as likely", (mention("Mérida"),), 1, None, (HERE, THERE)),
)
CHRONOLOGY = msgspec.structs.replace(
    Chronology(1, "v"),
    entries=(
        entry("e1", Place("El Muelle", PIER.lat, PIER.lon, "quarter", 3, PIER.id, PIER.within, "SAME")),
        entry("e2", Place("Mérida", judgement="UNSURE", candidates=(HERE, THERE))),
    ),
    places=PLACES,
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with served(stored(tmp_path_factory.mktemp("lugares") / "salina.careo", CHRONOLOGY, [report("r1", TEXT)])) as found:
        yield found


def test_places_stand_in_a_list_with_how_exactly_they_are_known(browser: Browser) -> None:
    page = parsed.fromstring(browser.get("/places"))
    (spot,) = page.xpath('//ol[@class="spots"]/li')
    assert (spot.get("data-lat"), spot.get("data-lon"), spot.get("data-km"), spot.get("data-entries")) == ("10.5", "-66.9", "3.0", "1")
    assert "barrio, Salina, Almendra ± 3 km · el único lugar de ese nombre que se conoce" in " ".join(spot.text_content().split())
    (several,) = page.xpath('//section[@aria-labelledby="h-open"]//li')
    assert [" ".join(one.text_content().split()) for one in several.xpath("p")[1:]] == ["varios son igual de probables"] + [
        "Mérida, población, Almendra ± 5 km"
    ] * 2


@pytest.mark.parametrize(("asked", "entries"), [("El Muelle", ["e1"]), ("salina", ["e1"]), ("Almendra", ["e1"]), ("merida", ["e2"]), ("Oslo", [])])
def test_the_chronology_of_a_place_holds_what_lies_in_it(browser: Browser, asked: str, entries: list[str]) -> None:
    page = parsed.fromstring(browser.get(f"/?place={asked}"))
    assert [one.get("href").rpartition("/")[2] for one in page.xpath('//section[@id="list"]//a[contains(@class, "go")]')] == entries


def test_a_masked_place_is_not_on_the_map(tmp_path: Path) -> None:
    path = stored(tmp_path / "salina.careo", CHRONOLOGY, [report("r1", TEXT)])
    at = TEXT.index("El Muelle")
    with Case.open(path) as case:
        case.judge("mask", Anchor("r1", "text", "chains", at, at + 9), "HIDE", because="riesgo", by="Ana", at="2018-02-01T10:00:00Z")
    with served(path, concludes=False) as found:
        page = found.get("/places")
    assert "Muelle" not in page
    assert "10.5" not in page


# ---------------------------------------------------------------- a map that the user brings


def test_without_a_map_the_page_tells_how_to_bring_one(browser: Browser) -> None:
    assert "careo open --map" in browser.get("/places")
    assert browser.status("/map.pmtiles") == 404


def test_a_map_is_served_by_the_byte_and_by_nothing_else(tmp_path: Path) -> None:
    brought = tmp_path / "calles.pmtiles"
    brought.write_bytes(archive(vector_tile("water"), VECTOR, {}))
    with served(stored(tmp_path / "x.careo", CHRONOLOGY, [report("r1", TEXT)]), atlas=brought) as found:
        assert "data-tiles=" in found.get("/places")
        answer = found.client.get(f"/{TOKEN}/map.pmtiles", headers={"host": HOST, "range": "bytes=0-7"})
        assert (answer.status_code, answer.content) == (206, b"PMTiles\x03")
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("content", [b"", b"PMTiles\x02 older", b"SQLite format 3", None])
def test_what_is_no_map_is_refused_before_anything_is_served(tmp_path: Path, content: bytes | None) -> None:
    brought = tmp_path / "otra.pmtiles"
    if content is not None:
        brought.write_bytes(content)
    with pytest.raises(UsageError, match="--map"):
        atlas(str(brought))


# ---------------------------------------------------------------- in Chromium


@contextmanager
def opened(case: Path, *options: str) -> Iterator[str]:
    """The address of a case, opened by the command that a user types."""
    server = subprocess.Popen([*CAREO, "open", str(case), "--no-browser", "--lang", "es", *options], stderr=subprocess.PIPE, text=True)
    assert server.stderr
    found = re.search(r"http://\S+/", server.stderr.readline())
    assert found
    try:
        yield found[0].rstrip("/")
    finally:
        server.send_signal(signal.SIGINT)
        ended = server.wait(15)
        server.stderr.close()
    assert ended == 0


REPORT = "El 15 de enero de 2018 murieron siete personas en El Junquito. El 16 de enero de 2018 marcharon cien personas en Maracaibo."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("mapa")
    (folder / "uno.txt").write_text(f"date 2018-01-17 {REPORT}", encoding="utf-8")
    subprocess.run([*CAREO, "add", str(folder / "x.careo"), str(folder / "uno.txt"), "--jobs", "1"], check=True, capture_output=True)
    with opened(folder / "x.careo") as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the map is not tried in a browser")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium found (apt-get install chromium): the map is not tried in a browser")
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield launched
        launched.close()


BLUE, GREY, RED = (201, 219, 230), (220, 220, 220), (200, 30, 40)
"""Water in our colours and in those of Protomaps' own style, in the light; and a picture."""


@pytest.mark.web
@pytest.mark.slow
@pytest.mark.parametrize(
    ("tile", "kind", "layers", "seen"),
    [
        pytest.param(vector_tile("water"), VECTOR, ["water"], BLUE, id="any tiles"),
        pytest.param(vector_tile("water"), VECTOR, ["earth", "water", "roads"], GREY, id="Protomaps"),
        pytest.param(png(*RED), PNG, [], RED, id="pictures"),
        pytest.param(b"", 9, [], None, id="unknown"),
    ],
)
def test_a_map_that_the_user_brings_lies_beneath_the_dots(
    chromium: Any, tmp_path: Path, tile: bytes, kind: int, layers: list[str], seen: tuple[int, int, int] | None
) -> None:
    about = {"vector_layers": [{"id": name} for name in layers], "attribution": "<a href='x'>De la <b>gente</b></a><script>alert(1)</script>"}
    brought, said = tmp_path / "calles.pmtiles", []
    brought.write_bytes(archive(tile, kind, about))
    with opened(stored(tmp_path / "x.careo", CHRONOLOGY, [report("r1", TEXT)]), "--map", str(brought)) as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{address}/places")
        page.wait_for_selector("#map.drawn .dot")
        if seen:
            page.wait_for_selector("#map canvas.leaflet-tile-loaded")
            pixel = "(one) => [...one.getContext('2d').getImageData(one.width / 2, one.height / 2, 1, 1).data].slice(0, 3)"
            assert tuple(page.locator("#map canvas.leaflet-tile-loaded").first.evaluate(pixel)) == seen
            page.wait_for_function("document.getElementById('ground').textContent.includes('De la gente')")
        else:
            page.wait_for_function("document.getElementById('ground').textContent.includes('no se pudo leer')")
        page.close()
    assert said == []


@pytest.mark.web
@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (380, "dark")])
def test_the_map(chromium: Any, address: str, width: int, scheme: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}/places")
    page.wait_for_selector("#map.drawn .dot")
    assert page.locator("#map .dot").count() == page.locator(".spots > li").count() == 2
    assert page.locator("#map .land").count() > 200
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".spots a.go", has_text="El Junquito").focus()
    assert page.locator("#map .dot.lit").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**place=**")
    assert page.locator(".e").count() == 1
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.goto(f"{address}/places")
    page.wait_for_selector("#map.drawn .dot")
    found = axe.run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    page.locator("#map .dot").first.click(force=True)
    page.wait_for_url("**place=**")
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []
    page.close()
