"""The workbench in Debian's Chromium: keyboard, filters, from an entry to its words, offline, axe-core; and pictures of its pages."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from careo.model import Chronology
from tests.present import inventing
from tests.present.browsing import chromium
from tests.present.serving import stored
from tests.present.test_web import NASTY
from tests.present.test_web_pages import MADE, READ_REPORTS

pytestmark = [pytest.mark.web, pytest.mark.slow]

HOME = Path(__file__).parent.parent.parent
PICTURES = HOME / "docs" / "pictures"
UPDATE = "CAREO_UPDATE_PICTURES"
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""No name of a host leads anywhere: the pages are tried as on a machine without a network."""
CAREO = [sys.executable, "-m", "careo"]
WAIT = 180_000
"""Milliseconds for which reading a report may take."""


@contextmanager
def opened(case: Path) -> Iterator[str]:
    """The address of a case, opened by the command that a user types."""
    server = subprocess.Popen([*CAREO, "open", str(case), "--no-browser", "--lang", "es"], stderr=subprocess.PIPE, text=True)
    assert server.stderr
    found = re.search(r"http://\S+/", server.stderr.readline())
    assert found
    yield found[0].rstrip("/")
    server.send_signal(signal.SIGINT)
    assert server.wait(15) == 0
    server.stderr.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The bundled example, added and opened by the commands that a user types."""
    case = tmp_path_factory.mktemp("web") / "demo.careo"
    subprocess.run([*CAREO, "add", str(case), str(HOME / "src" / "careo" / "example"), "--jobs", "1"], check=True, capture_output=True)
    with opened(case) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium("workbench", OFFLINE) as found:
        yield found


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A new window; at its end nothing may have been asked of another host, and nothing been complained of."""
    asked: list[str] = []
    said: list[str] = []
    made = browser.new_page(viewport={"width": 1280, "height": 900}, locale="es")
    made.on("request", lambda request: asked.append(request.url))
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    made.goto(address + "/")
    yield made
    made.close()
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
    assert said == []


def test_from_the_first_page_to_the_conflict_and_its_words(page: Any) -> None:
    page.locator(".glance a", has_text="Número de muertos").click()
    assert page.locator(".side h4").all_text_contents() == ["5", "7"]
    link = page.locator(".side .by a").first
    words = page.locator(".side .w mark").first.text_content()
    link.click()
    page.wait_for_selector("#words")
    assert "".join(page.locator(".text mark, h1 mark").all_text_contents()).split() == words.split()


def test_the_same_with_the_keyboard_alone(page: Any) -> None:
    tab_to(page, "Número de muertos")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entry/**")
    assert page.locator(".side h4").all_text_contents() == ["5", "7"]
    tab_to(page, "Noticias Marea")
    page.keyboard.press("Enter")
    page.wait_for_selector("#words")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.press("?")
    page.keyboard.press("Enter")
    assert not page.locator("#help").is_visible(), "the button that closes the help has the focus"


def tab_to(page: Any, words: str) -> None:
    """Press Tab until what has these words has the focus, which must be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.textContent"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"Tab does not lead to «{words}»")


def test_filters_keep_the_address_in_step(page: Any) -> None:
    page.locator("#f-disputed").check()
    page.wait_for_url("**disputed=1**")
    page.wait_for_selector(".chips")
    assert 0 < page.locator(".e").count() < 20
    page.reload()
    assert page.locator("#f-disputed").is_checked()


def test_j_k_and_enter(page: Any) -> None:
    for key in "jjk":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.closest('.e') === document.querySelector('.e')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entry/**")


def test_a_word_explains_itself_by_keyboard(page: Any, address: str) -> None:
    page.goto(address + "/reports")
    page.locator(".rs .go").first.click()
    page.locator(".text a.an").first.focus()
    assert page.locator("#explained code").count() > 0


# ---------------------------------------------------------------- deciding, adding, searching


def counted(page: Any, selector: str, count: int) -> None:
    """Wait until so many are on the page, which fetches itself anew when the conclusions are there."""
    from playwright.sync_api import expect

    expect(page.locator(selector)).to_have_count(count, timeout=WAIT)


def test_two_people_are_judged_the_same_and_undone_by_one_key(page: Any, address: str) -> None:
    page.goto(address + "/people?kind=PERSON")
    before = page.locator(".who").count()
    page.locator(".who .go", has_text="Teresa Arrieta").click()
    page.locator("#decide > summary").click()
    page.get_by_label("Es lo mismo que…", exact=True).check()
    page.get_by_label("Quién o qué", exact=True).fill("madre de Joel Arrieta")
    page.get_by_label("Por qué").fill("lo dice el reporte de la radio")
    page.get_by_label("Quién decide").fill("Ana")
    page.get_by_role("button", name="Anotar la decisión").click()
    page.wait_for_selector(".human")
    assert "son los mismos" in page.locator(".news").text_content()
    page.goto(address + "/people?kind=PERSON")
    # The page is fetched anew when the conclusions are there.
    counted(page, ".who", before - 1)
    page.keyboard.press("z")
    counted(page, ".who", before)
    page.goto(address + "/judgements")
    assert page.locator(".history .undone").count() == 1


def test_an_entry_is_corrected_and_people_stand_apart_from_the_machine(page: Any) -> None:
    page.locator(".e .go").first.click()
    page.locator("#decide > summary").click()
    assert not page.get_by_label("Lo que debe decir").is_visible()
    page.get_by_label("Se corrige un dato").check()
    page.get_by_label("Lo que debe decir").fill("2021-03-08")
    page.get_by_label("Por qué").fill("fe de erratas")
    page.get_by_label("Quién decide").fill("Ana")
    page.get_by_role("button", name="Anotar la decisión").click()
    page.wait_for_selector(".news")
    page.keyboard.press("z")
    counted(page, ".human", 0)


def test_a_report_is_added_and_found(page: Any, address: str) -> None:
    page.goto(address + "/add")
    told = "Puerto Almendro, 10 de marzo de 2021. El año pasado hubo dos huelgas."
    other = "Puerto Almendro, 10 de marzo de 2021. El parte médico habla del ano y de la espalda."
    files = [("con-tilde.txt", told.encode()), ("sin-tilde.txt", other.encode()), ("rota.txt", b"\x00\x01\xff" * 99)]
    page.locator("#files").set_input_files([{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in files])
    page.get_by_role("button", name="Agregar", exact=True).click()
    counted(page, ".fs li", 1)
    counted(page, "#going p", 0)
    assert "rota.txt" in page.locator(".fs").text_content()
    for words, found in (("año", "huelgas"), ("ano", "espalda")):
        page.goto(address + "/")
        page.keyboard.press("/")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        page.wait_for_selector(".hits")
        hits = " ".join(page.locator(".hits .w").all_text_contents())
        assert found in hits
        assert ({"huelgas", "espalda"} - {found}).isdisjoint(hits.split())


def test_a_file_dropped_on_the_page_is_read(page: Any, address: str) -> None:
    page.goto(address + "/add")
    told = "Puerto Almendro, 11 de marzo de 2021. El gremio de estibadores levantó la huelga."
    drop = """(told) => {
        const held = new DataTransfer();
        held.items.add(new File([told], "soltado.txt", { type: "text/plain" }));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(drop, told)
    counted(page, ".about-it dd", 4)
    counted(page, "#going p", 0)
    assert page.locator(".about-it dd").all_text_contents() == ["1", "0", "0", "0"]


def test_nothing_of_a_hostile_report_acts(browser: Any, tmp_path: Path) -> None:
    one = inventing.report("h1", f"{NASTY} atacó {NASTY}.", publisher=NASTY, day="2019-05-13", title=NASTY, url="javascript:alert(1)")
    proof = inventing.evidence(one, f"atacó {NASTY}", "atacó", NASTY)
    entry = inventing._entry("uno", "2019-05-13", "attack", NASTY, "disputed", proof)
    said: list[str] = []
    with opened(stored(tmp_path / "h.careo", Chronology(0, NASTY, (entry,)), (one,))) as hostile:
        made = browser.new_page()
        made.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        made.on("request", lambda request: said.append(request.url) if not request.url.startswith(hostile) else None)
        made.on("console", lambda message: said.append(message.text))
        for path in (
            "/",
            "/entry/uno",
            "/reports",
            "/report/h1",
            "/report/h1/capture",
            "/search?q=alert",
            "/people",
            "/judge?on=h1/text/events/0/9/",
        ):
            made.goto(hostile + path)
            assert made.locator("img, iframe").count() == 0
        made.close()
    assert said == []


# ---------------------------------------------------------------- for all who look, listen or type

EVERY = {
    "chronology": "/", "time": "/?from=2021-03-09&to=2021-03-12", "disputes": "/disputes", "people": "/people", "places": "/places",
    "questions": "/questions",
    "quotations": "/statements", "leads": "/leads", "copies": "/copies", "reports": "/reports", "search": "/search?q=muertos",
    "add": "/add", "decisions": "/judgements",
}  # fmt: skip
BEHIND = {
    "entry": ("/", ".e.disputed .go"),
    "report": ("/reports", ".rs .go"),
    "capture": ("/reports", ".rs .go"),
    "person": ("/people", "text=Ramiro Ugarte"),
    "side-by-side": ("/copies", ".family li:last-child a:last-child"),
    "decide": ("/statements", ".statements .by a"),
}
"""Pages that are reached from a list: where it stands, and what is clicked."""


def reach(page: Any, address: str, name: str) -> None:
    """Go to a page as a reader would."""
    if name in EVERY:
        page.goto(address + EVERY[name])
        if page.locator("#map").count():
            page.wait_for_selector("#map.drawn .dot")
        return
    path, link = BEHIND[name]
    page.goto(address + path)
    page.locator(link).first.click()
    page.wait_for_load_state()
    if name == "capture":
        page.get_by_role("link", name="El original como texto").click()
    if name == "decide":
        page.locator("#all-notes > summary").click()
        page.locator("#all-notes .by a").first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("name", [*EVERY, *BEHIND])
def test_axe_finds_nothing_and_nothing_is_too_wide(page: Any, pictured: dict[str, str], name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    reach(page, pictured[name], name)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(scheme, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    page.set_viewport_size({"width": 380, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


# ---------------------------------------------------------------- pictures

TAKEN = {
    **dict.fromkeys((name for name in (*EVERY, *BEHIND) if name != "decisions"), (1200, "light")),
    "chronology-dark": (1200, "dark"), "questions-dark": (1200, "dark"), "chronology-narrow": (380, "light"), "entry-narrow": (380, "light"),
    "person-narrow": (380, "dark"), "decisions": (1200, "light"),
}  # fmt: skip
"""Each page once, and some in the dark or on a telephone: width and colours."""

MAPPED = (
    "El 15 de enero de 2018 murieron siete personas en El Junquito. El 16 de enero de 2018 marcharon cien personas en Maracaibo. "
    "El 17 de enero de 2018 la policía detuvo a cinco estudiantes en Mérida, Venezuela. El 18 de enero de 2018 hubo saqueos en Cumaná. "
    "El 19 de enero de 2018 murió un hombre en San Cristóbal, en el estado Táchira."
)


@pytest.fixture(scope="module")
def pictured(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where the picture of a page is taken: of the example, but for what it has nothing of."""
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "uno.txt").write_text(f"date 2018-01-20 {MAPPED}", encoding="utf-8")
    subprocess.run([*CAREO, "add", str(folder / "mapa.careo"), str(folder / "uno.txt"), "--jobs", "1"], check=True, capture_output=True)
    asked = stored(folder / "almendra.careo", MADE, READ_REPORTS)
    with opened(folder / "mapa.careo") as places, opened(asked) as questions:
        yield defaultdict(lambda: address, {"places": places, "questions": questions})


def decide(page: Any, address: str) -> None:
    """A note and a correction that was taken back: what the page of decisions shows."""
    for name, act, value, why in (
        ("entry", "Solo una nota", "", "cotejado con el video"),
        ("entry", "Se corrige un dato", "2021-03-08", "fe de erratas"),
    ):
        reach(page, address, name)
        page.locator("#decide > summary").click()
        page.get_by_label(act).check()
        if value:
            page.get_by_label("Lo que debe decir").fill(value)
        page.get_by_label("Por qué").fill(why)
        page.get_by_label("Quién decide").fill("Ana")
        page.get_by_role("button", name="Anotar la decisión").click()
        page.wait_for_selector(".news")
    page.keyboard.press("z")
    counted(page, ".human .decision", 1)


@pytest.mark.parametrize("name", TAKEN)
def test_the_pictures_of_the_docs(page: Any, pictured: dict[str, str], name: str) -> None:
    width, scheme = TAKEN[name]
    picture, shown = PICTURES / f"{name}.png", name.partition("-dark")[0].partition("-narrow")[0]
    if os.environ.get(UPDATE) == "1":
        PICTURES.mkdir(exist_ok=True)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 860})
        if name == "decisions":
            decide(page, pictured[shown])
        reach(page, pictured[shown], shown)
        picture.write_bytes(page.screenshot())
    assert picture.is_file(), "make it with `make pictures`"


def test_every_picture_stands_in_the_docs() -> None:
    told = "".join(one.read_text(encoding="utf-8") for one in (HOME / "docs").glob("*.md"))
    assert {one.stem for one in PICTURES.glob("*.png")} == set(TAKEN)
    assert [name for name in TAKEN if f"(pictures/{name}.png)" not in told] == []
