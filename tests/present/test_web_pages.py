"""Pages beside the chronology: quotations, copies, leads, people with what is said by them and of them, and pairs that may be one."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from lxml import html as parsed

from careo.collate.clusters import short_id
from careo.model import (
    Accusation,
    Anchor,
    Chain,
    Entity,
    EntityMention,
    Evidence,
    Layers,
    Link,
    Media,
    Member,
    Report,
    Span,
    Statement,
    Variant,
)
from tests.present.inventing import AGENCY, ASKED, CHRONOLOGY, COPY, DAILY, DEAD_6, DENIAL, DENIED, FIRED, REPORTS, _entry, evidence
from tests.present.serving import TOKEN, Browser, served, stored
from tests.present.test_web import words_of


def reading(report: Report, **layers: object) -> Report:
    """The report with these annotations."""
    assert report.reading
    return msgspec.structs.replace(report, reading=msgspec.structs.replace(report.reading, layers=Layers(**layers)))  # type: ignore[arg-type]


def span(report: Report, words: str) -> Span:
    at = report.document.text.index(words)
    return Span(at, at + len(words))


def anchor(report: Report, words: str) -> Anchor:
    found = span(report, words)
    return Anchor(report.document.id, "text", "chains", found.start, found.end)


def told_at(one: Evidence) -> Anchor:
    return Anchor(one.report, one.field, "events", one.trigger.start, one.trigger.end)


CHIEF, WOMAN, SHORT = anchor(DENIAL, "Ernesto Villalpando"), anchor(DAILY, "Beatriz Luzuriaga"), anchor(DENIAL, "ministro")


def person(name: str, at: Anchor) -> Entity:
    return Entity(short_id(at), "PERSON", name, (name,), (EntityMention(at.document, Span(at.start, at.end)),))


PEOPLE = (person("Ernesto Villalpando", CHIEF), person("Beatriz Luzuriaga", WOMAN), person("El ministro", SHORT))
ACCUSED = Accusation(
    span(DENIAL, "El comandante Ernesto Villalpando negó"), "vecinos", "Ernesto Villalpando", "disparar", "x", state="accused", reply="denied"
)
CHAIN = Chain("c1", "PERSON", "Ernesto Villalpando", (Member(span(DENIAL, "Ernesto Villalpando"), "name"),))
READ = reading(DENIAL, chains=(CHAIN,), accusations=(ACCUSED,), media=(Media("m1", "video", span(DENIAL, "El ministro"), "x"),))
TOLD = tuple(
    Variant(one.report, one.field, (one.span,), "indirect", one)
    for one in (DENIED, evidence(DENIAL, "Ningún agente disparó contra vecinos", "disparó"))
)
NAMING = _entry(
    "dicho", "2019-05-15", "statement", "Villalpando negó", "asserted", evidence(DENIAL, "El comandante Ernesto Villalpando negó", "negó")
)
ALONE = Variant(FIRED.report, "text", (FIRED.span,), "direct", FIRED)
MADE = msgspec.structs.replace(
    CHRONOLOGY,
    entities=PEOPLE,
    entries=(*(msgspec.structs.replace(one, participants=()) for one in CHRONOLOGY.entries), NAMING),
    quotations=(
        Statement("s1", "Ernesto Villalpando", PEOPLE[0].id, TOLD[0], TOLD[1], TOLD, 1, 1),
        Statement("s2", None, None, ALONE, ALONE, (ALONE,), 1, 1),
    ),
    links=(Link(CHIEF, WOMAN, "entity", "DIFFERENT", 1.0, "lo dice <b>ella</b>", "Ana"),),
    questions=(Link(CHIEF, SHORT, "entity", "UNSURE", 0.6, "a shorter form of the name; the same office (ministro): A, B"),),
    doubts=(Link(told_at(DEAD_6), told_at(ASKED), "event", "UNSURE", 0.5, "the same place"),),
)  # fmt: skip
READ_REPORTS = tuple(READ if one is DENIAL else one for one in REPORTS)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with served(stored(tmp_path_factory.mktemp("pages") / "salina.careo", MADE, READ_REPORTS)) as found:
        yield found


def chief(browser: Browser) -> str:
    return browser.get(f"/person/{PEOPLE[0].id}")


def test_a_statement_stands_once_with_its_variants(browser: Browser) -> None:
    page = parsed.fromstring(browser.get("/statements"))
    second, first = page.xpath("//ol[@class='statements']/li")
    assert [one.text_content() for one in first.xpath(".//p[@class='w']")] == [DENIED.exact, "Ningún agente disparó contra vecinos"]
    assert [[tag.text_content() for tag in one.xpath("./b")] for one in first.xpath(".//p[@class='by']")] == [["la más completa"], ["la primera"]]
    assert not second.xpath(".//details")
    link = first.xpath(".//p[@class='by']/a/@href")[0].removeprefix(f"/{TOKEN}").partition("#")[0]
    marked = parsed.fromstring(browser.get(link)).xpath("//div[@class='text']//mark")
    assert "".join(one.text_content() for one in marked) == DENIED.exact


@pytest.mark.parametrize(
    ("query", "count"), [("person=" + PEOPLE[0].id, 1), ("q=azotea", 1), ("q=nada+de+eso", 0), ("person=none", 2), ("page=9", 0)]
)
def test_statements_are_filtered(browser: Browser, query: str, count: int) -> None:
    assert len(parsed.fromstring(browser.get(f"/statements?{query}")).xpath("//ol[@class='statements']/li[@id]")) == count


def test_copies_stand_in_families_and_side_by_side(browser: Browser) -> None:
    page = parsed.fromstring(browser.get("/copies"))
    (family,) = page.find_class("family")
    assert [one.text_content() for one in family.find_class("go")] == ["Agencia Litoral", "Radio Faro"]
    (beside,) = family.xpath(".//a[not(@class)]/@href")
    left, right = parsed.fromstring(browser.get(beside.removeprefix(f"/{TOKEN}"))).find_class("side")
    shared = COPY.document.text.rstrip(".")
    assert [one.text_content() for one in left.iter("mark")] == [one.text_content() for one in right.iter("mark")] == [shared]
    assert left.xpath("./p[@class='w']")[0].text_content() == AGENCY.document.text


@pytest.mark.parametrize("address", ["/copies/none?with=b2", "/copies/a1", "/copies/a1?with=none"])
def test_a_pair_that_is_no_family_is_not_there(browser: Browser, address: str) -> None:
    assert browser.status(address) == 404


def test_leads_tell_what_is_open(browser: Browser) -> None:
    page = parsed.fromstring(browser.get("/leads"))
    told = {one.get("aria-labelledby"): [go.text_content() for go in one.find_class("go")] for one in page.find_class("part")}
    assert told["l-no_date"] == ["dos de ellas llegaron con heridas de bala en la espalda"]
    assert told["l-media"] == ["video"]
    assert told["l-no_reply"] == [], "whoever denied has answered"
    assert len(told["l-one_origin"]) == 5
    every = parsed.fromstring(browser.get("/leads?kind=one_origin"))
    assert len(every.find_class("go")) == sum(one.origins == 1 for one in (*MADE.entries, *MADE.undated))
    assert browser.get("/leads?kind=nothing") == browser.get("/leads")


def test_a_person_with_what_is_said_by_them_and_of_them(browser: Browser) -> None:
    (accused,) = parsed.fromstring(chief(browser)).xpath("//section[@aria-labelledby='h-accused']//li")
    assert [one.text_content() for one in accused.iter("dd")] == ["vecinos", "Ernesto Villalpando", "disparar", "se le acusa", "lo niega"]
    page = parsed.fromstring(chief(browser))
    assert DENIED.exact in page.xpath("//section[@aria-labelledby='h-said']")[0].text_content()
    assert [one.get("href") for one in page.xpath("//section[@aria-labelledby='h-of']//a")] == [f"/{TOKEN}/entry/dicho"]


def test_why_namings_are_one_and_who_says_so(browser: Browser) -> None:
    human, machine = parsed.fromstring(chief(browser)).xpath("//section[@aria-labelledby='h-links']//li")
    assert "by-human" in human.get("class")
    assert "lo dice <b>ella</b> · Ana" in human.text_content()
    assert "forma más corta del nombre; el mismo cargo (ministro): A, B" in machine.text_content()


def test_a_pair_that_may_be_one_leads_to_a_decision(browser: Browser) -> None:
    assert "Por decidir: 2 pares" in words_of(browser.get("/people"))
    same, different = parsed.fromstring(browser.get("/questions")).xpath("//section[@aria-labelledby='h-people']//p[@class='by']/a/@href")
    for address, chosen in ((same, "same"), (different, "different")):
        page = parsed.fromstring(browser.get(address.removeprefix(f"/{TOKEN}")))
        assert page.xpath("//input[@name='do'][@checked]/@value") == [chosen]
        assert [one.text_content() for one in page.xpath("//blockquote/mark")] == ["Ernesto Villalpando", "ministro"]


def test_two_happenings_that_may_be_one_stand_there_too_with_the_entries_they_lead_to(browser: Browser) -> None:
    (asked,) = parsed.fromstring(browser.get("/questions")).xpath("//section[@aria-labelledby='h-doubts']//li")
    entries, decisions = asked.xpath("./p[1]/a"), asked.xpath("./p[@class='by']/a/@href")
    assert [browser.status(one.get("href").removeprefix(f"/{TOKEN}")) for one in entries] == [200, 200]
    assert [one.text_content() for one in entries] != ["", ""]
    assert "el mismo lugar" in asked.text_content()
    page = parsed.fromstring(browser.get(decisions[0].removeprefix(f"/{TOKEN}")))
    assert page.xpath("//input[@name='do'][@checked]/@value") == ["same"]


def test_people_by_kind(browser: Browser) -> None:
    assert len(parsed.fromstring(browser.get("/people?kind=PERSON")).find_class("who")) == 3
    assert browser.get("/people?kind=%3Cscript%3E") == browser.get("/people")
