"""The workbench as a server answers: what pages hold, what is let in, and that nothing of a report can act in them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html as parsed

from careo.model import Anchor, Chronology, Place
from careo.present.shown import HIDDEN
from careo.present.web import extent
from careo.present.web.app import ACTS, VIEWS, assets
from careo.present.web.guard import POLICY
from careo.present.web.scale import scale
from careo.store.case import Case
from tests.present import inventing
from tests.present.inventing import CHRONOLOGY, REPORTS
from tests.present.serving import HOST, ORIGIN, TOKEN, Browser, served, stored


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stored(tmp_path_factory.mktemp("web") / "salina.careo", CHRONOLOGY, REPORTS)


@pytest.fixture(scope="module")
def browser(path: Path) -> Iterator[Browser]:
    with served(path) as found:
        yield found


def words_of(page: str) -> str:
    """What a reader sees of a page."""
    return " ".join(parsed.fromstring(page).find("body").text_content().split())


# ---------------------------------------------------------------- who gets in


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8123", "127.0.0.1", "127.0.0.1:9", ""])
def test_another_host_is_not_served(browser: Browser, host: str) -> None:
    assert browser.status("/", host=host) == 421


@pytest.mark.parametrize("address", ["/", "/x/", f"/{TOKEN}x/", f"/{TOKEN[:-1]}/", "/static/style.css", "//", f"//{TOKEN}/"])
def test_without_the_token_nothing_is_there(browser: Browser, address: str) -> None:
    answer = browser.client.get(f"{ORIGIN}{address}", headers={"host": HOST})
    assert answer.status_code == 404
    assert "Salina" not in answer.text


@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"https://{HOST}", "http://127.0.0.1:9", ""])
def test_a_form_of_another_origin_changes_nothing(browser: Browser, origin: str) -> None:
    assert browser.post("/conclude", {"csrf": "x"}, origin=origin) == 403


def test_a_form_that_the_browser_says_is_foreign_changes_nothing(browser: Browser) -> None:
    assert browser.post("/conclude", {"csrf": "x"}, **{"sec-fetch-site": "same-site"}) == 403


@pytest.mark.parametrize("address", sorted(ACTS))
def test_every_form_needs_its_token(browser: Browser, address: str) -> None:
    browser.get()
    assert browser.post(address, {}) == 403
    assert browser.post(address, {"csrf": "0" * 64}) == 403


def test_a_form_too_large_is_refused(browser: Browser) -> None:
    assert browser.post("/conclude", {"csrf": "x" * 70_000}) == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_refused(browser: Browser, method: str) -> None:
    assert browser.client.request(method, f"/{TOKEN}/", headers={"host": HOST}).status_code == 405


def test_the_policy_and_the_cookie_are_strict(path: Path) -> None:
    with served(path) as fresh:
        answer = fresh.client.get(f"/{TOKEN}/", headers={"host": HOST})
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
    assert answer.headers["cache-control"] == "no-store"
    cookie = answer.headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie
    assert f"path=/{TOKEN}/" in cookie


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "VENDOR.toml", "htmx.LICENSE", "%2e%2e/room.py", "etc/passwd"])
def test_no_file_is_served_by_a_name_that_is_no_asset(browser: Browser, name: str) -> None:
    assert browser.status(f"/static/{name}") == 404


# ---------------------------------------------------------------- what stands on the pages


def test_the_chronology_lists_entries_by_date(browser: Browser) -> None:
    page = parsed.fromstring(browser.get())
    assert [one.get("id") for one in page.find_class("e")] == [f"e-{one.id}" for one in (*CHRONOLOGY.entries, *CHRONOLOGY.undated)]
    assert [one.text_content() for one in page.find_class("when")] == [
        "En algún momento entre abril y mayo de 2019", "13 de mayo de 2019", "15 de mayo de 2019", "16 de mayo de 2019", "Sin fecha",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("person=p02", ["negativa"]),
        ("person=p01", ["ataque", "disparos", "muertes"]),
        ("place=barrio+la+salina", ["ataque", "disparos", "muertes"]),
        ("kind=attack", ["ataque", "disparos"]),
        ("status=announced", ["comision"]),
        ("publisher=CANAL+doce", ["disparos", "negativa", "comision"]),
        ("origins=2", ["disparos", "muertes"]),
        ("disputed=1", ["disparos", "muertes"]),
        ("from=2019-05-14", ["pedido", "negativa", "comision"]),
        ("to=2019-05-01", ["pedido"]),
        ("from=2019-05-13T20:00&to=2019-05-13T23:00", ["pedido", "ataque", "heridos", "disparos"]),
        ("q=agentes+atacados", ["ataque"]),
        ("kind=attack&disputed=1&publisher=tribuna+del+puerto", ["disparos"]),
        ("kind=attack&q=nada", []),
    ],
)
def test_filters(browser: Browser, query: str, found: list[str]) -> None:
    page = parsed.fromstring(browser.get(f"/?{query}"))
    assert [one.get("id") for one in page.find_class("e")] == [f"e-{one}" for one in found]


@pytest.mark.parametrize("query", ["status=%3Cscript%3E&page=99999", "from=ayer&to=13", "origins=-3&page=0", "from=2019-13-40", "page=x"])
def test_filters_that_make_no_sense_ask_for_all(browser: Browser, query: str) -> None:
    assert "8 hechos" in words_of(browser.get(f"/?{query}"))


def test_a_window_of_time_is_drawn_to_scale(browser: Browser) -> None:
    page = parsed.fromstring(browser.get("/?from=2019-05-13&to=2019-05-13"))
    bars = page.xpath('//svg[contains(@class, "wide")]//path[starts-with(@class, "bar")]')
    assert len(bars) == 3  # the stretch that is wider than the window, the day, and its night
    assert [one.text_content().strip() for one in page.xpath('//svg[contains(@class, "wide")]//a[starts-with(@aria-label, "acercar")]/text')][:3] == [
        "13 may",
        "3:00",
        "6:00",
    ]


def test_an_entry_leads_to_its_words(browser: Browser) -> None:
    page = parsed.fromstring(browser.get("/entry/muertes"))
    assert "Versiones frente a frente" in page.text_content()
    link = page.xpath('//section[@aria-labelledby="h-says"]//p[@class="by"]/a')[0].get("href")
    report = parsed.fromstring(browser.get(link.removeprefix(f"/{TOKEN}").partition("#")[0]))
    marked = "".join(one.text_content() for one in report.xpath('//div[@class="text"]//mark'))
    assert marked == inventing.DEAD_4.exact


def test_who_takes_part_leads_to_their_page(browser: Browser) -> None:
    page = parsed.fromstring(browser.get("/entry/negativa"))
    found = page.xpath('//dl[@class="about-it"]//a')
    assert [(one.text_content(), browser.status(one.get("href").removeprefix(f"/{TOKEN}"))) for one in found] == [("Ernesto Villalpando", 200)]


def test_a_report_without_a_publisher_is_called_by_its_file(tmp_path: Path) -> None:
    one = inventing.report("h1", "Hubo un ataque.", day="2019-05-13")
    made = inventing._entry("uno", "2019-05-13", "attack", "ataque", "asserted", inventing.evidence(one, "un ataque", "ataque"))
    with served(stored(tmp_path / "x.careo", Chronology(0, "", (made,)), (one,))) as found:
        (link,) = parsed.fromstring(found.get("/entry/uno")).xpath('//section[@aria-labelledby="h-says"]//p[@class="by"]/a')
        assert link.text_content() == one.document.label


def test_copies_are_folded(browser: Browser) -> None:
    page = parsed.fromstring(browser.get("/entry/muertes"))
    (folded,) = page.xpath('//section[@aria-labelledby="h-says"]//details[@class="cp"]')
    assert "Radio Faro" in folded.text_content()


def test_every_link_of_a_page_leads_somewhere(browser: Browser) -> None:
    waiting, seen = ["/", "/search?q=agentes", "/questions"], set[str]()
    while waiting and len(seen) < 200:
        here = waiting.pop(0)
        if here in seen:
            continue
        seen.add(here)
        for link in parsed.fromstring(browser.get(here)).iter("a", "{http://www.w3.org/2000/svg}a"):
            href = link.get("href", "")
            if href.startswith(f"/{TOKEN}"):
                waiting.append(href.removeprefix(f"/{TOKEN}").partition("#")[0])
    kinds = {one.partition("?")[0].split("/")[1] for one in seen}
    assert {path.split("/")[1] for path in VIEWS} - {"going"} <= kinds


def test_a_capture_is_shown_as_text(browser: Browser) -> None:
    page = browser.get("/report/a1/capture")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("address", ["/entry/none", "/report/none", "/report/none/capture", "/nowhere", "/entry/%2e%2e%2fetc"])
def test_what_is_not_there_says_so(browser: Browser, address: str) -> None:
    assert browser.status(address) == 404


def test_english(path: Path) -> None:
    with served(path, "en") as english:
        assert "All that differs" in words_of(english.get())


def test_time_is_zoomed_from_a_decade_to_minutes(browser: Browser) -> None:
    here, seen = "/?from=2010&to=2019", [""]
    for _ in range(12):
        page = parsed.fromstring(browser.get(here))
        ticks = page.xpath('//svg[contains(@class, "wide")]/a[starts-with(@aria-label, "acercar")]')
        # The tick of the stretch that holds 13 May 2019, about 21:00.
        inside = [one.get("href") for one in ticks if _holds(one.get("href"), "2019-05-13T21:02")]
        seen.append(page.xpath('string(//ul[@class="chips"]/li)'))
        if not inside:
            break
        here = inside[-1].removeprefix(f"/{TOKEN}")
    assert len(seen) > 5
    since, until = _window(here)
    assert since[:13] == "2019-05-13T21"
    assert since < until
    assert len(set(seen)) == len(seen), "every step leads into a narrower stretch"


@pytest.mark.parametrize("days", [1, 2, 3, 4, 6, 9, 20, 45, 100, 400, 3000])
@pytest.mark.parametrize("width", [1000.0, 340.0])
def test_every_window_of_time_has_ticks_that_its_width_can_hold(days: int, width: float) -> None:
    # A Tuesday: the weeks that would fit begin outside a short window.
    window = extent.window("2021-03-09", "2021-03-09")
    assert window
    drawn = scale((), {}, extent.Extent(window.start, window.start + days * extent.DAY), width)
    assert 1 <= len(drawn.ticks) <= (12 if width == 1000 else 8)


def _window(href: str) -> tuple[str, str]:
    query = parse_qs(urlsplit(href).query)
    return query["from"][0], query["to"][0]


def _holds(href: str, moment: str) -> bool:
    since, until = _window(href)
    return since <= moment[: len(since)] and moment[: len(until)] <= until


# ---------------------------------------------------------------- search


def test_search_tells_ano_from_year(tmp_path: Path) -> None:
    texts = {"a": "En el año 2019 hubo silencio.", "b": "El informe dice ano y nada más.", "c": "Los años <b>pasan</b>."}
    reports = [inventing.report(f"{key}1", text, publisher=f"Medio {key}", day="2019-05-13") for key, text in texts.items()]
    with served(stored(tmp_path / "x.careo", Chronology(0, "es 1"), reports)) as browser:
        assert [one for one in texts if f"Medio {one}" in browser.get("/search?q=a%C3%B1o")] == ["a", "c"]
        assert [one for one in texts if f"Medio {one}" in browser.get("/search?q=ano")] == ["b"]
        assert [one for one in texts if f"Medio {one}" in browser.get("/search?q=a%C3%B1o&exact=1")] == ["a"]
        assert "Los <mark>años</mark> &lt;b&gt;pasan&lt;/b&gt;." in browser.get("/search?q=a%C3%B1o")
        assert "<mark>" not in browser.get("/search?q=%22%3Cb%3E%22+OR+NEAR")


# ---------------------------------------------------------------- what is masked, what is hostile


def test_what_is_masked_stands_on_no_page(tmp_path: Path) -> None:
    path = stored(tmp_path / "masked.careo", CHRONOLOGY, REPORTS)
    head = next(one for one in CHRONOLOGY.entities if one.id == inventing.HEAD).mentions[0]
    with served(path) as browser:
        assert "Villalpando" in browser.get()
        with Case.open(path) as case:
            anchor = Anchor(head.report, "text", "mentions", head.span.start, head.span.end, "entity")
            case.judge("mask", anchor, "HIDE", because="corre peligro", by="Ana", at="2019-06-01T00:00:00Z")
        for page in ("/", "/entry/disparos", "/entry/negativa", "/report/d4", "/report/d4/capture", "/search?q=agentes", "/disputes", "/reports"):
            assert "illalpando" not in browser.get(page), page
        assert HIDDEN in browser.get("/report/d4")


NASTY = "\u202e<img src=http://x.example/ onerror=alert(1)>\"'><script>alert(1)</script>{{ 7 * 7 }}" + "W" * 300


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    one = inventing.report("h1", f"{NASTY} atacó {NASTY}.", publisher=NASTY, day="2019-05-13", title=NASTY, url="javascript:alert(1)")
    proof = inventing.evidence(one, f"atacó {NASTY}", "atacó", NASTY)
    entry = inventing._entry(
        "uno", "2019-05-13", "attack", NASTY, "disputed", proof, where=Place(NASTY), participants=(inventing.Party("agent", None, NASTY),)
    )
    conflict = inventing.Conflict("c1", "uno", "agent", (inventing.Side(NASTY, 1, 1, None, None, (proof,)),) * 2)
    chronology = Chronology(1, NASTY, (entry,), conflicts=(conflict,))
    with served(stored(tmp_path_factory.mktemp("hostile") / "h.careo", chronology, (one,))) as found:
        yield found


@pytest.mark.parametrize(
    "page", ["/", "/?from=2019&to=2020", "/entry/uno", "/disputes", "/reports", "/report/h1", "/report/h1/capture", "/search?q=alert"]
)
def test_nothing_of_a_report_is_markup(hostile: Browser, page: str) -> None:
    text = hostile.get(page)
    tree = parsed.fromstring(text)
    assert [one.get("src") for one in tree.iter("script") if not (one.get("src") or "").startswith(f"/{TOKEN}/static/")] == []
    assert not list(tree.iter("img", "iframe", "object", "embed", "style"))
    assert not [one for one in tree.iter() if isinstance(one.tag, str) for name in one.attrib if name.startswith("on") or name == "style"]
    assert not [one for one in tree.iter("a") if (one.get("href") or "").lower().startswith("javascript")]
    assert "\u202e" not in text
    assert "{{ 7 * 7 }}" in text or page == "/reports"


# ---------------------------------------------------------------- what others made

VENDOR = files("careo").joinpath("present", "web", "vendor")
LISTED = tomllib.loads(VENDOR.joinpath("VENDOR.toml").read_text("utf-8"))["file"]


@pytest.mark.parametrize("one", LISTED, ids=lambda one: one["file"])
def test_a_file_of_others_is_the_one_that_is_listed(one: dict[str, str]) -> None:
    assert sha256(VENDOR.joinpath(one["file"]).read_bytes()).hexdigest() == one["sha256"]
    assert VENDOR.joinpath(one["text"]).read_text("utf-8").strip()
    assert one["version"]
    assert one["licence"]


def test_every_file_of_others_is_listed() -> None:
    listed = {one["file"] for one in LISTED} | {one["text"] for one in LISTED} | {"VENDOR.toml"}
    assert {one.name for one in VENDOR.iterdir()} == listed


def test_our_files_ask_for_nothing_elsewhere() -> None:
    others = {one["file"] for one in LISTED}
    for name, file in assets().items():
        if name not in others:
            text = file.content.decode("utf-8").replace("http://www.w3.org/2000/svg", "")
            assert "://" not in text, name
