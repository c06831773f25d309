"""Deciding on the pages: written down with reason and author, shown apart from what the program read, undone, and never lost."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html as parsed

from careo import pipeline
from careo.collate import entities
from careo.model import Anchor, Capture, Judgement
from careo.present.shown import HIDDEN
from careo.present.web import anchors
from careo.run.local import Local
from careo.store.case import Case, standing
from tests.collate.making import chain, event, report
from tests.present import inventing
from tests.present.inventing import CHRONOLOGY, REPORTS
from tests.present.serving import HOST, TOKEN, Browser, served, stored
from tests.present.test_web import words_of

TEXTS = ["Habló Rosa Quispe.", "Calló Rosa Quispe.", "Vino Ernesto Mendieta.", "Se fue Arturo Mendieta Paz."]
NAMES = ["Rosa Quispe", "Rosa Quispe", "Ernesto Mendieta", "Arturo Mendieta Paz"]
PEOPLE = [report(text, id=f"{n}", chains=[chain(text, "c1", name)]) for n, (text, name) in enumerate(zip(TEXTS, NAMES, strict=True))]
LEFT, OTHER = (entities.namings(PEOPLE[n])[0].anchor for n in (2, 3))


def put(case: Case, made: Any) -> None:
    case.add(Capture(made.document.capture, "text/plain", made.document.text.encode(), made.sightings), made.document, made.reading)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Four reports that name three people, concluded."""
    with Case.open(tmp_path / "gente.careo", create=True) as case:
        for one in PEOPLE:
            put(case, one)
        pipeline.collate(case, Local())
    return tmp_path / "gente.careo"


@pytest.fixture
def browser(path: Path) -> Iterator[Browser]:
    with served(path) as found:
        yield found


def send(browser: Browser, path: str, **data: str) -> int:
    """Send a form as the page would, with the token that it holds."""
    for page in ("/judgements", f"/judge?on={data.get('left')}", f"/judge?on={anchors.written(LEFT)}"):
        found = re.search(r'name="csrf" value="(\w+)"', browser.client.get(f"/{TOKEN}{page}", headers={"host": HOST}).text)
        if found:
            return browser.post(path, {"csrf": found[1], "back": f"/{TOKEN}/people", **data})
    raise AssertionError("no page with a form")


def decide(browser: Browser, do: str, left: Anchor = LEFT, **more: str) -> int:
    return send(browser, "/judge", left=anchors.written(left), do=do, **({"because": "lo dice su hermana", "by": "Ana Ñandú"} | more))


def judgements(path: Path) -> tuple[Judgement, ...]:
    with Case.open(path, read_only=True) as case:
        return case.judgements()


def people(browser: Browser) -> list[str]:
    return sorted(one.text_content() for one in parsed.fromstring(browser.get("/people")).find_class("pn"))


# ---------------------------------------------------------------- what is one happening


BURNT = "El domingo quemaron un puesto en Puerto Almendro."
AGAIN = "El lunes ardió la garita del muelle."


def test_two_entries_are_judged_one_happening_by_their_ids(tmp_path: Path) -> None:
    with Case.open(tmp_path / "hechos.careo", create=True) as case:
        put(case, report(BURNT, id="0", events=[event(BURNT, "quemaron", when="domingo", edtf="2018-01-14")]))
        put(case, report(AGAIN, id="1", events=[event(AGAIN, "ardió", when="lunes", edtf="2018-01-15")]))
        pipeline.collate(case, Local())
        left, right = pipeline.concluded(case).entries
    (anchor,) = (Anchor(one.report, one.field, "events", one.trigger.start, one.trigger.end) for one in left.evidence)
    with served(tmp_path / "hechos.careo") as browser:
        page = browser.get(f"/entry/{left.id}")
        assert 'value="same"' in page
        assert decide(browser, "same", anchor, other=right.id) == 303
    with Case.open(tmp_path / "hechos.careo", read_only=True) as case:
        assert len(pipeline.concluded(case).entries) == 1


# ---------------------------------------------------------------- who is who


@pytest.mark.parametrize("other", ["Arturo Mendieta Paz", anchors.written(OTHER)])
def test_two_people_are_judged_the_same_and_it_is_undone(browser: Browser, path: Path, other: str) -> None:
    assert people(browser) == ["Arturo Mendieta Paz", "Ernesto Mendieta", "Rosa Quispe"]
    before = [one.get("href").removeprefix(f"/{TOKEN}") for one in parsed.fromstring(browser.get("/people")).find_class("pn")]
    assert decide(browser, "same", other=other) == 303
    assert people(browser) == ["Arturo Mendieta Paz", "Rosa Quispe"]
    for page in before:
        assert browser.status(page) == 200, "whoever was a person of its own is found under the id that it had"
    (made,) = judgements(path)
    assert (made.kind, made.verdict, made.because, made.by, made.left, made.right) == ("link", "SAME", "lo dice su hermana", "Ana Ñandú", LEFT, OTHER)
    page = parsed.fromstring(browser.get("/people"))
    (key,) = page.xpath("//form[@id='undo']")
    fields = dict(zip(key.xpath(".//@name"), key.xpath(".//@value"), strict=True))
    assert browser.post("/undo", fields) == 303
    assert people(browser) == ["Arturo Mendieta Paz", "Ernesto Mendieta", "Rosa Quispe"]
    assert [(one.verdict, one.undoes, one.by) for one in judgements(path)] == [("SAME", None, "Ana Ñandú"), ("UNDO", 1, "Ana Ñandú")]


def test_what_was_undone_can_be_put_back(browser: Browser) -> None:
    decide(browser, "same", other="Arturo Mendieta Paz")
    send(browser, "/undo", number="1")
    assert len(people(browser)) == 3
    send(browser, "/undo", number="2")
    assert len(people(browser)) == 2


def test_one_of_several_namings_is_set_apart(browser: Browser) -> None:
    page = browser.get("/people")
    rosa = next(one for one in parsed.fromstring(page).iter("a") if one.text_content() == "Rosa Quispe").get("href")
    (apart,) = parsed.fromstring(browser.get(rosa.removeprefix(f"/{TOKEN}"))).xpath("//a[@class='apart']/@href")
    form = parsed.fromstring(browser.get(apart.removeprefix(f"/{TOKEN}"))).xpath("//form[@class='judging']")[0]
    assert form.xpath(".//input[@name='do'][@checked]/@value") == ["different"]
    left, other = (form.xpath(f".//input[@name='{name}']/@value")[0] for name in ("left", "other"))
    assert send(browser, "/judge", left=left, do="different", other=other, because="tía y sobrina", by="Luis") == 303
    assert people(browser).count("Rosa Quispe") == 2


def test_a_name_that_several_have_is_asked_again(browser: Browser, path: Path) -> None:
    assert decide(browser, "same", left=entities.namings(PEOPLE[0])[0].anchor, other="mendieta") == 422
    assert judgements(path) == ()


@pytest.mark.parametrize(
    ("do", "more"),
    [
        ("same", {"other": ""}), ("same", {"other": "Nadie Conocido"}), ("same", {"other": anchors.written(LEFT)}),
        ("correct", {"property": "name", "value": ""}), ("note", {"because": " "}), ("note", {"by": ""}), ("note", {"because": "x" * 3000}),
    ],
)  # fmt: skip
def test_what_lacks_something_is_asked_again_and_not_written(browser: Browser, path: Path, do: str, more: dict[str, str]) -> None:
    assert decide(browser, do, **more) == 422
    assert judgements(path) == ()


@pytest.mark.parametrize(
    "left", ["", "x", "2/text/chains/5/3/", "2/text/nothing/0/4/", "2/body/chains/0/4/", "2/text/chains/-1/4/", "../../x/text/chains/0/4"]
)
def test_an_anchor_that_is_none_is_refused(browser: Browser, left: str) -> None:
    assert send(browser, "/judge", left=left, do="note", because="x", by="Ana") == 400
    assert browser.status(f"/judge?on={left}") == 404


def test_an_anchor_outside_its_report_is_not_written(browser: Browser, path: Path) -> None:
    assert decide(browser, "note", Anchor("2", "text", "chains", 5, 9000)) == 422
    assert decide(browser, "note", Anchor("none", "text", "chains", 5, 9)) == 422
    assert judgements(path) == ()


# ---------------------------------------------------------------- what is shown of it


def test_what_people_decided_stands_apart_and_in_the_history(tmp_path: Path) -> None:
    with served(stored(tmp_path / "salina.careo", CHRONOLOGY, REPORTS), concludes=False) as browser:
        entry = parsed.fromstring(browser.get("/entry/muertes"))
        assert not entry.find_class("human")
        left = entry.xpath("//form[@class='judging']//input[@name='left']/@value")[0]
        assert anchors.read(left) == Anchor("a1", "text", "events", inventing.DEAD_4.trigger.start, inventing.DEAD_4.trigger.end)
        send(browser, "/judge", left=left, do="correct", property="when", value="2019-05-12", because="lo vio <b>ella</b>", by="Ana")
        send(browser, "/judge", left=left, do="reject", because="desmentido", by="Luis")
        told = words_of(browser.get("/entry/muertes"))
        assert "se corrige cuándo: 2019-05-12" in told
        assert "lo vio <b>ella</b>" in told
        (human,) = parsed.fromstring(browser.get("/entry/muertes")).find_class("human")
        assert [one.text_content() for one in human.xpath(".//b")] == ["Ana", "Luis"]
        assert parsed.fromstring(browser.get("/report/a1")).find_class("human")
        history = parsed.fromstring(browser.get("/judgements"))
        assert [one.get("value") for one in history.xpath("//ol[@class='history']/li")] == ["2", "1"]
        send(browser, "/undo", number="1", by="Luis")
        assert "se corrige" not in words_of(browser.get("/entry/muertes")).replace("Se corrige un dato", "")
        assert "deshecho por 3" in words_of(browser.get("/judgements"))


def test_all_that_an_entry_rests_on_is_decided_by_one_stroke_and_taken_back_by_one(tmp_path: Path) -> None:
    path = stored(tmp_path / "salina.careo", CHRONOLOGY, REPORTS)
    with served(path, concludes=False) as browser:
        form = parsed.fromstring(browser.get("/entry/muertes")).xpath("//form[@class='judging']")[0]
        left, entry = (form.xpath(f".//input[@name='{name}']/@value")[0] for name in ("left", "entry"))
        send(browser, "/judge", left=left, entry=entry, do="reject", because="desmentido", by="Ana")
        assert sorted(one.left.document for one in judgements(path)) == ["a1", "b2", "c3", "e5"]
        for page in ("/judgements", "/entry/muertes"):
            (told,) = parsed.fromstring(browser.get(page)).find_class("decision")
            assert "en 4 lugares" in told.text_content(), "one stroke is one line"
        (number,) = parsed.fromstring(browser.get("/")).xpath("//form[@id='undo']//input[@name='number']/@value")
        send(browser, "/undo", number=number)
        assert standing(judgements(path))[:1] == judgements(path)[4:5], "nothing but what undoes stands"


def test_an_entry_that_was_rejected_has_a_page_still(tmp_path: Path) -> None:
    made = msgspec.structs.replace(CHRONOLOGY, entries=CHRONOLOGY.entries[1:], rejected=CHRONOLOGY.entries[:1])
    with served(stored(tmp_path / "salina.careo", made, REPORTS)) as browser:
        assert "Rechazado por una persona" in words_of(browser.get("/entry/pedido"))
        assert "Hechos rechazados" in words_of(browser.get("/judgements"))
        assert "pedido suspender" not in words_of(browser.get("/"))


def test_a_person_is_hidden_at_once_and_shown_again(tmp_path: Path) -> None:
    with served(stored(tmp_path / "salina.careo", CHRONOLOGY, REPORTS), concludes=False) as browser:
        head = next(one for one in CHRONOLOGY.entities if one.id == inventing.HEAD).mentions[0]
        anchor = Anchor(head.report, "text", "chains", head.span.start, head.span.end)
        send(browser, "/judge", left=anchors.written(anchor), do="hide_all", because="Villalpando corre peligro", by="Ana")
        for page in ("/", "/people", "/judgements", "/report/d4", f"/judge?on={anchors.written(anchor)}"):
            assert "illalpando" not in browser.get(page), page
        assert HIDDEN in browser.get("/judgements")
        send(browser, "/undo", number="1")
        assert "Villalpando" in browser.get("/report/d4")


def test_the_key_undoes_only_what_oneself_decided(path: Path, browser: Browser) -> None:
    with served(path) as second:
        decide(browser, "note", by="Ana")
        decide(second, "note", by="Luis")
        mine = parsed.fromstring(browser.get("/")).xpath("//form[@id='undo']//input[@name='number']/@value")
        theirs = parsed.fromstring(second.get("/")).xpath("//form[@id='undo']//input[@name='number']/@value")
        assert (mine, theirs) == (["1"], ["2"])
        send(browser, "/undo", number="1")
        assert send(second, "/undo", number="1") == 303, "what somebody else took back already is no error"
        assert len(judgements(path)) == 3
        assert not parsed.fromstring(browser.get("/")).xpath("//form[@id='undo']")


# ---------------------------------------------------------------- nothing is lost

ADDING = """
import sys
from careo import pipeline
from careo.run.local import Local
from careo.store.case import Case, standing
from careo.store.records import unpack
from tests.collate.making import chain, event, report
from tests.present.test_web_judging import put
with Case.open(sys.argv[1], patience=60) as case:
    print("begun", flush=True)
    for n in range(100, 120):
        text = f"Vino Persona Inventada{n}."
        put(case, report(text, id=str(n), chains=[chain(text, "c1", f"Persona Inventada{n}")]))
        if n == 110:
            pipeline.collate(case, Local())
"""


def test_two_browsers_judge_while_another_process_adds_and_nothing_is_lost(path: Path) -> None:
    home = Path(__file__).parent.parent.parent
    adding = subprocess.Popen([sys.executable, "-c", ADDING, str(path)], cwd=home, stdout=subprocess.PIPE, text=True)
    assert adding.stdout
    assert adding.stdout.readline() == "begun\n"

    def work(author: str) -> None:
        with served(path) as browser:
            for n in range(4):
                assert decide(browser, "note", because=f"nota {n}", by=author) == 303
            assert send(browser, "/undo", number=str(next(one.number for one in judgements(path) if one.by == author)), by=author) == 303

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, ["Ana", "Luis"]))
    assert adding.wait(120) == 0
    adding.stdout.close()
    made = judgements(path)
    assert [one.number for one in made] == list(range(1, 11))
    for author in ("Ana", "Luis"):
        assert [one.because for one in made if one.by == author and one.verdict == "NOTE"] == [f"nota {n}" for n in range(4)]
        assert len([one for one in made if one.by == author and one.verdict == "UNDO"]) == 1
    with Case.open(path) as case:
        pipeline.collate(case, Local())
    with served(path) as browser:
        assert len(people(browser)) == 23
    with Case.open(path, read_only=True) as case:
        assert case.counts()["reports"] == 24
