"""Copies are found by the words they share, and only by them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo import pipeline
from careo.collate.copies import CEILING, Origins, Printed, Source, family, fingerprints, places, shared, words_of
from careo.collate.credits import Agencies
from careo.collate.facts import facts_of
from careo.conclusions.origins import likely_copies
from careo.flow import Flow
from careo.model import Copy, Family, Span
from careo.rules import Language
from careo.run.local import Local
from tests.collate.making import event, report

DISPATCH = (
    "Al menos cuatro personas murieron la madrugada de este martes en un operativo de la policía provincial en el barrio La Cantera, "
    "informó el Ministerio de Seguridad en un comunicado que difundió por la tarde."
)
OTHER = "La alcaldesa inauguró ayer una plaza en el centro de la ciudad, con juegos para los niños y una fuente que costó más de lo previsto."


def compared(left: str, right: str) -> list[tuple[str, str]]:
    """The pairs of the two that are worth a look."""
    return compared_all({"a": fingerprints(words_of(left)), "b": fingerprints(words_of(right))})[0]


def compared_all(prints: dict[str, frozenset[int]]) -> tuple[list[tuple[str, str]], list[str]]:
    """The pairs that are worth a look, and those that may have copies among others."""
    flow = Flow(Local())
    printed = flow.given("printed", Printed, {name: [Printed(name, found)] for name, found in prints.items()})
    pairs = likely_copies(flow, printed)
    return [(one.left, one.right) for one in pairs], list(flow.rows("unmatched", str))


def test_a_dispatch_inside_a_longer_story_is_a_copy_and_its_words_are_marked() -> None:
    story = f"{OTHER}\n{DISPATCH.replace('á', 'a').upper()}\n{OTHER[::-1]}"
    found = shared(words_of(DISPATCH), words_of(story))
    assert found.is_copy
    assert found.share == 1.0
    assert [span.of(story) for span in found.right] == [DISPATCH.replace("á", "a").upper().rstrip(".")]
    assert compared(DISPATCH, story) == [("a", "b")]


def test_a_sentence_in_common_is_no_copy() -> None:
    both = "«No hubo orden de disparar contra nadie», dijo el comisario."
    found = shared(words_of(f"{DISPATCH} {both}"), words_of(f"{OTHER} {both}"))
    assert found.longest == 10
    assert not found.is_copy


def test_other_words_share_nothing() -> None:
    found = shared(words_of(DISPATCH), words_of(OTHER))
    assert (found.left, found.share, found.is_copy) == ((), 0.0, False)
    assert compared(DISPATCH, OTHER) == []


TEXTS = st.lists(st.sampled_from(["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"]), max_size=60).map(" ".join)


@given(TEXTS, TEXTS)
def test_what_is_shared_reads_the_same_in_both(left: str, right: str) -> None:
    one, other = shared(words_of(left), words_of(right)), shared(words_of(right), words_of(left))
    assert all(span.of(left) in right for span in one.left)
    assert all(span.of(right) in left for span in one.right)
    assert bool(one.left) is bool(other.left)
    assert 0.0 <= one.share <= 1.0


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_a_run_of_fifteen_words_is_never_missed(before: int, after: int, where: int) -> None:
    """Whatever stands around it: so many words that it is a quarter of the text, and no more."""
    passage = [f"igual{n}" for n in range(15)]
    left = [f"uno{n}" for n in range(before)] + passage + [f"dos{n}" for n in range(30 - before)]
    right = [f"tres{n}" for n in range(after)] + passage + [f"cuatro{n}" for n in range(30 - after + where)]
    assert compared(" ".join(left), " ".join(right)) == [("a", "b")]


def test_of_very_many_copies_each_is_compared_with_some_and_the_work_grows_with_their_number() -> None:
    prints = {f"{n:03}": fingerprints(words_of(DISPATCH)) for n in range(4 * CEILING)}
    pairs, left_out = compared_all(prints)
    assert left_out == []
    assert {name for pair in pairs for name in pair} == set(prints)
    assert len(pairs) < CEILING * CEILING + 8 * len(prints)


def test_one_that_shares_words_with_too_many_and_is_compared_with_none_is_counted() -> None:
    prints = {f"{n:03}": frozenset({1, *range(100 * n + 100, 100 * n + 140)}) for n in range(CEILING + 1)}
    assert compared_all(prints) == ([], [f"{CEILING:03}"])


def test_a_family_says_how_much_of_each_report_is_its_own() -> None:
    story = f"{OTHER}\n{DISPATCH}"
    names = {"a": DISPATCH, "b": story}
    words = {name: words_of(text) for name, text in names.items()}
    sources = {name: Source("", frozenset(), "", frozenset({"EFE"}), ("2018-01-15", "", name)) for name in names}
    made = family(["a", "b"], {("a", "b"): shared(words["a"], words["b"])}, sources, words)
    assert (made.origin, made.agency) == ("a", "EFE")
    own = len(words_of(OTHER).words)
    assert made.reports[1] == Copy("b", round(1 - own / len(words["b"].words), 4), (Span(len(OTHER) + 1, len(story) - 1),))


def test_what_a_report_adds_to_a_dispatch_is_its_own_and_what_it_takes_is_the_dispatchs() -> None:
    added = "El vocero Darío Pena fue herido el lunes en otro lugar, contó su hermana a este diario, que vio las radiografías en su casa."
    first, second = DISPATCH, f"{DISPATCH} {added}"
    these = [
        report(first, id="a", publisher="EFE", events=[event(first, "murieron")]),
        report(second, id="b", publisher="El Faro", dct="2018-01-14", events=[event(second, "murieron"), event(second, "herido")]),
    ]
    made = pipeline.conclude(these, [], 1, Local(), print)
    assert made.copies[0].origin == "b"
    origins = {one.exact.split()[0]: one.origin for entry in (*made.entries, *made.undated) for one in entry.evidence if one.report == "b"}
    assert origins == {"Al": made.copies[0].family, "El": "b"}


def test_the_heading_over_a_short_shared_passage_is_the_reports_own() -> None:
    heading = report("Atacaron el puente.", events=[event("Atacaron el puente.", "Atacaron")])
    (telling,) = facts_of(heading).tellings  # type: ignore[union-attr]
    for share, origin in ((0.3, telling.evidence.origin), (0.8, "f")):
        told = Family("f", "x", (Copy(heading.document.id, share, (Span(30, 90),)),))
        assert Origins(places(told)).traced(telling).evidence.origin == origin


CREDITED = [
    ("CARACAS (AP) — Cuatro personas murieron.", None, {"AP"}),
    ("Lima, 3 mar (EFE).- Cuatro personas murieron.", None, {"EFE"}),
    ("Cuatro personas murieron.\nCon información de AFP", None, {"AFP"}),
    ("Cuatro personas murieron.\nCon información de AFP y Reuters", None, {"AFP"}),
    ("Cuatro personas murieron.\nCon información de agencias", None, {"agencias"}),
    ("Cuatro personas murieron.\nAgencia EFE", None, {"EFE"}),
    ("Redacción/EFE\nCuatro personas murieron.", None, {"EFE"}),
    ("EFE.- Cuatro personas murieron.", None, {"EFE"}),
    ("Cuatro personas murieron.", "Redacción / Efe", {"EFE"}),
    ("Una periodista de EFE fue detenida.", None, set()),
    ("La policía de Lima, dijo AP, no respondió.", "Ana Rojas", set()),
    ("El AP-7 quedó cortado.", None, set()),
]


@pytest.mark.parametrize(("text", "author", "agencies"), CREDITED)
def test_agencies_that_are_credited(text: str, author: str | None, agencies: set[str], language: Language) -> None:
    assert agencies <= Agencies(language).of(text, author)
    assert bool(agencies) is bool(Agencies(language).of(text, author))


def test_the_agency_that_others_credit_is_the_origin_though_it_came_later() -> None:
    text = f"{DISPATCH} (EFE)"
    these = [report(text, id="a", publisher="El Faro", dct="2018-01-14"), report(DISPATCH, id="b", publisher="Agencia EFE", dct="2018-01-15")]
    (made,) = pipeline.conclude(these, [], 1, Local(), print).copies
    assert (made.origin, made.agency) == ("b", "EFE")
