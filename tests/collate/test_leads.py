"""What a case leaves open."""

from __future__ import annotations

from careo.collate.leads import leads
from careo.model import (
    Accusation,
    Chain,
    Chronology,
    DctReading,
    Document,
    Entity,
    EntityMention,
    Entry,
    Evidence,
    Layers,
    Media,
    Member,
    Place,
    Quotation,
    Reading,
    Report,
    Span,
)  # fmt: skip

EVIDENCE = Evidence("r1", "text", Span(0, 20), Span(0, 4), "x", "", "", (), None, None, "r1")
SUSPECT = Entity("p1", "PERSON", "Luis Urdaz", ("Luis Urdaz",), (EntityMention("r1", Span(5, 9)), EntityMention("r2", Span(0, 4))))


def report(ident: str, **layers: object) -> Report:
    made = Layers(**layers)  # type: ignore[arg-type]
    return Report(Document(ident, "x" * 50, "", ident, ident), Reading(ident, DctReading(None, None, None), made, "v"))


def chain(start: int) -> Chain:
    return Chain("c1", "PERSON", "Luis Urdaz", (Member(Span(start, start + 4), "name"),))


def accusing(reply: str | None = None) -> Report:
    accusation = Accusation(Span(0, 20), None, "Luis Urdaz", "act", "rule", reply=reply)
    return report("r1", chains=(chain(5),), accusations=(accusation,))


def quoting() -> Report:
    quotation = Quotation("q1", (Span(10, 20),), "direct", "say", "rule", speaker="Luis Urdaz", speaker_chain="c1")
    return report("r2", chains=(chain(0),), quotations=(quotation,))


def test_whoever_is_accused_and_heard_nowhere_is_a_lead() -> None:
    (lead,) = leads(Chronology(0, "", entities=(SUSPECT,)), [accusing()])
    assert (lead.kind, lead.id, lead.name) == ("no_reply", "p1", "Luis Urdaz")
    assert lead.places == (EntityMention("r1", Span(0, 20)),)


def test_who_answers_in_this_report_or_in_another_is_none() -> None:
    concluded = Chronology(0, "", entities=(SUSPECT,))
    assert leads(concluded, [accusing(reply="denies")]) == ()
    assert leads(concluded, [accusing(), quoting()]) == leads(concluded, [quoting(), accusing()]) == ()


def test_an_entry_is_a_lead_for_each_thing_that_it_lacks() -> None:
    bare = Entry("e1", None, "attack", "what", "asserted", 1, 2, (EVIDENCE,))
    whole = Entry("e2", "2018-01-15", "attack", "what", "asserted", 2, 2, (EVIDENCE,), where=Place("Lima"))
    found = leads(Chronology(0, "", entries=(whole,), undated=(bare,)), [])
    assert [(lead.kind, lead.id) for lead in found] == [("no_date", "e1"), ("no_place", "e1"), ("one_origin", "e1")]
    assert all(lead.places == (EntityMention("r1", Span(0, 20)),) for lead in found)


def test_media_that_are_shown_in_the_report_are_no_leads() -> None:
    cited, given = Media("m1", "video", Span(0, 5), "rule"), Media("m2", "post", Span(6, 9), "rule", document="d9")
    (lead,) = leads(Chronology(0, ""), [report("r1", media=(cited, given))])
    assert (lead.kind, lead.id, lead.name, lead.places) == ("media", None, "video", (EntityMention("r1", Span(0, 5)),))


def test_places_of_entries_that_are_not_located() -> None:
    unsure = Place("Guadalupe", judgement="UNSURE")
    entries = tuple(Entry(f"e{n}", "2018", "attack", "x", "asserted", 2, 2, (EVIDENCE,), where=unsure) for n in (1, 2))
    found = [lead for lead in leads(Chronology(1, "v", entries), ()) if lead.kind == "not_located"]
    assert [(lead.name, lead.id, len(lead.places)) for lead in found] == [("Guadalupe", None, 1)]
