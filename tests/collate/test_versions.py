"""What an older version of an article said and the newest no longer says is kept, with what became of it."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from careo import pipeline
from careo.collate import versions
from careo.collate.facts import Facts, facts_of
from careo.model import Chronology, Span
from careo.run.local import Local
from tests.collate.making import report

SAME = "La policía cerró el puente de Santa Rita."
OLD = "Cuatro personas murieron en el barrio La Cantera."
NEW = "Seis personas murieron en el barrio La Cantera."
GONE = "El alcalde dijo que los muertos eran delincuentes."


def version(*sentences: str, id: str, day: str = "2018-01-15", retrieved: str | None = None, article: str = "x") -> pipeline.Report:
    text, spans = "", []
    for one in sentences:
        spans.append(Span(len(text), len(text) + len(one)))
        text += one + "\n"
    made = report(text, id=id, article=article, dct=day, retrieved=retrieved)
    assert made.reading
    layers = msgspec.structs.replace(made.reading.layers, sentences=tuple(spans))
    return msgspec.structs.replace(made, reading=msgspec.structs.replace(made.reading, layers=layers))


def concluded(*these: pipeline.Report) -> Chronology:
    return pipeline.conclude(these, [], 1, Local(), print)


def test_what_changed_stands_beside_what_it_became_and_what_went_stands_alone() -> None:
    old = version(SAME, OLD, GONE, id="a")
    new = version(NEW, SAME.upper(), id="b", day="2018-01-16")
    made = concluded(new, old).earlier
    assert [(one.said.exact, one.now and one.now.exact, one.newer) for one in made] == [(OLD, NEW, "b"), (GONE, None, "b")]
    assert [one.said.span.of(old.document.text) for one in made] == [OLD, GONE]
    assert made[0].now
    assert made[0].now.span.of(new.document.text) == NEW


def test_of_several_versions_the_first_that_said_it_is_shown_once() -> None:
    first, second = version(OLD, id="b", retrieved="2018-01-15T08:00:00Z"), version(OLD, SAME, id="a", retrieved="2018-01-15T09:00:00Z")
    made = concluded(second, version(SAME, id="0", retrieved="2018-01-15T10:00:00Z"), first).earlier
    assert [(one.said.report, one.said.exact) for one in made] == [("b", OLD)]


def test_two_articles_are_no_versions() -> None:
    assert concluded(version(OLD, id="a", article="x"), version(NEW, id="b", article="y")).earlier == ()


SENTENCES = st.lists(st.sampled_from([SAME, OLD, NEW, GONE]), min_size=1, max_size=4)


def facts(*these: pipeline.Report) -> list[Facts]:
    return [made for one in these if (made := facts_of(one))]


@given(st.lists(SENTENCES, min_size=1, max_size=4))
def test_no_sentence_is_lost_and_none_that_stands_is_shown(drafts: list[list[str]]) -> None:
    these = facts(*(version(*draft, id=str(n), retrieved=f"2018-01-15T0{n}:00:00Z") for n, draft in enumerate(drafts)))
    (made,) = versions.article("x", these)
    assert [made] == list(versions.article("x", these[::-1]))
    assert {one.said.exact for one in made.earlier} == {said for draft in drafts for said in draft} - set(drafts[-1])
