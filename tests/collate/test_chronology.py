"""Entries: what makes one, in which words, with which status, origin and order."""

from __future__ import annotations

import msgspec
import pytest

from careo.collate import chronology
from careo.collate.facts import Facts, facts_of, newest
from careo.model import Document, Entry, Modality, Report, Sighting, Status
from tests.collate.making import chain, event, place, quotation, report

TEXT = "El lunes el grupo de Arturo Mendieta atacó la comisaría de Santa Rita, según testigos. Hubo gritos."


def entries(*reports: Report) -> list[Entry]:
    made = [chronology.entry([telling]) for one in reports for telling in chronology.tellings(one)]
    return sorted(filter(None, made), key=chronology.order)


def test_an_entry_says_what_the_report_says_in_its_whole_clause() -> None:
    (made,) = entries(
        report(TEXT, events=[event(TEXT, "atacó", when="El lunes", edtf="2018-01-15", where="Santa Rita", who=[("Arturo Mendieta", "c1")])])
    )
    assert made.what == made.evidence[0].exact
    assert (made.when, made.where and made.where.name, made.kind) == ("2018-01-15", "Santa Rita", "attack")
    (evidence,) = made.evidence
    assert evidence.exact == TEXT[: TEXT.index(" Hubo")]
    assert evidence.trigger == place(TEXT, "atacó")
    assert (evidence.prefix, evidence.suffix) == ("", " Hubo gritos.")
    assert (evidence.publisher, evidence.published) == ("El Faro del Sur", "2018-01-15")


@pytest.mark.parametrize(("before", "after"), [(0, 100), (100, 0), (30, 100), (100, 100), (60, 0), (47, 40)])
def test_a_long_clause_is_cut_at_blanks_says_so_and_keeps_the_trigger(before: int, after: int) -> None:
    text = "muy " * before + "tarde atacaron" + " ayer" * after + "."
    (made,) = entries(report(text, events=[event(text, "atacaron")]))
    assert len(made.what) <= chronology.LONGEST + 4
    kept = made.what.removeprefix("… ").removesuffix(" …")
    assert "atacaron" in kept.rstrip(".").split()
    assert f" {kept} " in f" {text} "
    assert (made.what == text) == (len(text) <= chronology.LONGEST)


@pytest.mark.parametrize(("when", "carried"), [("lunes", True), ("tarde", False)])
def test_a_date_that_stands_in_another_sentence_is_carried(when: str, carried: bool) -> None:
    text = "El lunes marcharon los choferes. Por la tarde quemaron un puesto."
    (made,) = entries(report(text, events=[event(text, "quemaron", when=when, edtf="2018-01-15")]))
    assert (made.when, made.carried) == ("2018-01-15", carried)


@pytest.mark.parametrize(
    ("modality", "status"), [("asserted", "asserted"), ("alleged", "alleged"), ("ordered", "announced"), ("planned", "announced")]
)
def test_the_status_comes_from_the_modality(modality: Modality, status: Status) -> None:
    (made,) = entries(report(TEXT, events=[event(TEXT, "atacó", modality=modality)]))
    assert made.status == status


@pytest.mark.parametrize("modality", ["feared", "possible"])
def test_what_is_feared_or_only_possible_makes_no_entry(modality: Modality) -> None:
    assert entries(report(TEXT, events=[event(TEXT, "atacó", modality=modality)])) == []


def test_what_did_not_happen_makes_no_entry() -> None:
    assert entries(report(TEXT, events=[event(TEXT, "atacó", polarity="negative")])) == []


def test_the_speakers_are_named_outermost_first() -> None:
    text = "Rosa dijo que Luis contó que ellos atacaron."
    quoted = [quotation(text, "q1", "que Luis contó que ellos atacaron", speaker="Rosa"), quotation(text, "q2", "que ellos atacaron", speaker="Luis")]
    (made,) = entries(report(text, events=[event(text, "atacaron", attribution=["q1", "q2"])], quotations=quoted))
    assert made.evidence[0].attribution == ("Rosa", "Luis")


def test_a_dated_quotation_is_an_entry_and_an_undated_one_is_none() -> None:
    text = "«No nos vamos a rendir», dijo Rosa Quispe el lunes. «Nunca», agregó."
    quoted = [
        quotation(text, "q1", "No nos vamos a rendir", speaker="Rosa Quispe", said="2018-01-15"),
        quotation(text, "q2", "Nunca", speaker="Rosa Quispe"),
    ]
    (made,) = entries(report(text, quotations=quoted))
    assert (made.kind, made.when, made.what) == ("statement", "2018-01-15", "No nos vamos a rendir")
    assert made.evidence[0].attribution == ("Rosa Quispe",)


def post_in(text: str, words: str, author: str) -> Document:
    return Document("p", words, "c", "p", f"post-{author}", author=author, parent="r", span=place(text, words))


def test_what_stands_in_a_post_is_its_authors_and_has_the_post_as_origin() -> None:
    text = "Nota del día. Acaban de atacar el puente. Fin."
    (made,) = entries(report(text, id="r", events=[event(text, "atacar")], posts=[post_in(text, "Acaban de atacar el puente.", "RadioSur")]))
    assert made.evidence[0].origin == "post-RadioSur"
    assert made.evidence[0].attribution == ("RadioSur",)


def test_five_stories_with_one_post_are_one_origin_in_five_reports() -> None:
    texts = [f"Nota {number} del día. Acaban de atacar el puente. Fin." for number in range(5)]
    reports = [report(text, events=[event(text, "atacar")], posts=[post_in(text, "Acaban de atacar el puente.", "RadioSur")]) for text in texts]
    made = chronology.entry([telling for one in reports for telling in chronology.tellings(one)])
    assert made
    assert (made.origins, made.reports, len(made.evidence)) == (1, 5, 5)


def test_a_participant_is_told_by_entity_where_there_is_one() -> None:
    one = report(TEXT, id="r", chains=[chain(TEXT, "c1", "Arturo Mendieta")], events=[event(TEXT, "atacó", who=[("Arturo Mendieta", "c1")])])
    (telling,) = chronology.tellings(one)
    for known, told in (({("r", "text", "c1"): "x"}, "x"), ({}, None)):
        made = chronology.entry([telling.resolved(known, {})])
        assert made
        assert [party.entity for party in made.participants] == [told]


def test_a_value_that_is_no_date_leaves_the_entry_undated() -> None:
    (made,) = entries(report(TEXT, events=[event(TEXT, "atacó", when="El lunes", edtf="XXXX-WXX-1", part="TMO")]))
    assert (made.when, made.part) == (None, None)


def test_the_order_is_by_days_the_wider_first_then_by_part_of_the_day_then_as_told() -> None:
    text = "Uno atacó. Dos pegó. Tres robó. Cuatro cayó. Cinco huyó. Seis murió."
    given = [
        ("atacó", "2018-01-16", None),
        ("pegó", "2018-01-15", "TNI"),
        ("robó", "2018-01-15", "TMO"),
        ("cayó", "2018-01", None),
        ("huyó", None, None),
    ]
    made = entries(report(text, events=[event(text, word, when="Seis" if edtf else None, edtf=edtf, part=part) for word, edtf, part in given]))
    assert [text[one.evidence[0].trigger.start : one.evidence[0].trigger.end] for one in made] == ["cayó", "robó", "pegó", "atacó", "huyó"]


def facts(one: Report) -> Facts:
    made = facts_of(one)
    assert made
    return made


def test_of_two_versions_the_one_published_last_is_shown_whatever_the_order() -> None:
    old, new = facts(report("Uno.", article="x", dct="2018-01-15")), facts(report("Dos.", article="x", dct="2018-01-16"))
    assert newest("x", [old, new]) == newest("x", [new, old]) == new


def test_of_two_versions_of_one_day_the_one_retrieved_last_is_shown() -> None:
    old, new = (
        facts(report("Uno.", article="x", retrieved="2018-01-15T10:00:00Z")),
        facts(report("Dos.", article="x", retrieved="2018-01-15T12:00:00Z")),
    )
    assert newest("x", [new, old]) == new


def test_an_unread_report_gives_nothing() -> None:
    assert facts_of(msgspec.structs.replace(report(TEXT), reading=None)) is None


def test_the_publisher_may_stand_in_a_sighting() -> None:
    one = msgspec.structs.replace(report(TEXT, publisher=None, events=[event(TEXT, "atacó")]), sightings=(Sighting("a.txt", publisher="Radio Sur"),))
    assert entries(one)[0].evidence[0].publisher == "Radio Sur"
