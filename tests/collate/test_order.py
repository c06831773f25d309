"""The conclusions are the same bytes for any order and batching of the same readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from careo import pipeline
from careo.collate import entities
from careo.model import Anchor, Failure, Judgement, Related, Report
from careo.pipeline import Crash
from careo.run.local import Local
from careo.store.records import pack
from tests.collate.making import chain, event, quotation, report

NAMES = ["Rosa Quispe", "Arturo Mendieta", "ROSA QUISPE", "Quispe", "Rosa Quispe Mamani"]
BODIES = ["CIDH", "Fiscalía", "Comando Sur"]
DATES = [None, "2018-01", "2018-01-15", "2018-01-15/2018-01-17", "[2018-01-02..2018-01-20]"]


class Shuffled:
    """A Runner that hands in rows and gives out results in an order of its own."""

    def __init__(self, seed: int) -> None:
        self._random, self._local = Random(seed), Local()

    def _mixed(self, rows: Iterable[Any]) -> list[Any]:
        mixed = list(rows)
        self._random.shuffle(mixed)
        return mixed

    def each(self, step: Callable[[Any], Any], rows: Iterable[Any]) -> Iterator[tuple[Any, Any | Crash]]:
        yield from self._mixed(self._local.each(step, self._mixed(rows)))

    def together(self, step: Callable[[Any, Sequence[Any]], Any], rows: Iterable[tuple[Any, Any]]) -> Iterator[Any]:
        yield from self._mixed(self._local.together(step, self._mixed(rows)))

    def components(self, links: Iterable[tuple[Anchor, Anchor]]) -> list[tuple[Anchor, ...]]:
        return self._mixed(tuple(self._mixed(group)) for group in self._local.components(self._mixed(links)))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    name, other, body = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES[:2])), draw(st.sampled_from(BODIES))
    number, edtf = draw(st.integers(0, 30)), draw(st.sampled_from(DATES))
    text = f"Parte {number}. El jueves ({name}) atacó la comisaría, dijo <{other}>, de la {body}. «No fuimos», agregó."
    chains = [
        chain(text, "c1", name, f"({name})", related=[Related("c2", "hermano")]),
        chain(text, "c2", other, f"<{other}>"),
        chain(text, "c3", body, kind="ORGANIZATION"),
    ]
    return report(
        text,
        article=draw(st.sampled_from([None, "x", "y"])),
        publisher=draw(st.sampled_from(["Radio Sur", "El Faro"])),
        dct=draw(st.sampled_from(["2018-01-15", "2018-01-16", None])),
        retrieved=draw(st.sampled_from([None, "2018-01-20T10:00:00Z"])),
        chains=chains,
        events=[
            event(text, "atacó", when="El jueves", edtf=edtf, who=[(f"({name})", "c1")], modality=draw(st.sampled_from(["asserted", "alleged"])))
        ],
        quotations=[quotation(text, "q1", "No fuimos", speaker=other, said=edtf)],
    )


def unlike(these: list[Report]) -> list[Report]:
    """One report a document."""
    return list({one.document.id: one for one in these}.values())


def judged(these: list[Report], picks: list[tuple[int, int, str]]) -> list[Judgement]:
    """Judgements of a person on pairs of chains of these reports."""
    anchors = sorted(naming.anchor for one in these for naming in entities.namings(one))
    return [
        Judgement(number, "link", anchors[a % len(anchors)], verdict, "visto", "ana", "2024-05-01", anchors[b % len(anchors)])
        for number, (a, b, verdict) in enumerate(picks, 1)
        if anchors
    ]


def concluded(these: Iterable[Report], judgements: Sequence[Judgement], runner: pipeline.Runner) -> bytes:
    failures: list[object] = []
    made = pack(pipeline.conclude(these, judgements, 7, runner, failures.append))
    assert not failures
    return made


PICKS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.sampled_from(["SAME", "DIFFERENT", "UNSURE"])), max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(reports(), min_size=1, max_size=6).map(unlike), PICKS, st.randoms(use_true_random=False), st.integers(0, 2**32))
def test_any_order_gives_the_same_bytes(these: list[Report], picks: list[tuple[int, int, str]], random: Random, seed: int) -> None:
    judgements = judged(these, picks)
    straight = concluded(these, judgements, Local())
    random.shuffle(these)
    assert concluded(these, judgements, Shuffled(seed)) == straight


def test_two_that_a_person_keeps_apart_are_two_entities() -> None:
    texts = [f"Parte {number}: habló Rosa Quispe." for number in range(2)]
    these = [report(text, chains=[chain(text, "c1", "Rosa Quispe")]) for text in texts]
    left, right = (entities.namings(one)[0].anchor for one in these)
    together = pipeline.conclude(these, [], 1, Local(), print)
    assert [len(one.mentions) for one in together.entities] == [2]
    apart = pipeline.conclude(these, [Judgement(1, "link", left, "DIFFERENT", "otra", "ana", "2024-05-01", right)], 1, Local(), print)
    assert [len(one.mentions) for one in apart.entities] == [1, 1]


def test_only_the_newest_version_of_an_article_is_shown() -> None:
    old, new = "Versión uno: atacaron el puente.", "Versión dos: atacaron la torre."
    these = [report(text, article="x", dct=day, events=[event(text, "atacaron")]) for text, day in ((old, "2018-01-15"), (new, "2018-01-16"))]
    made = pipeline.conclude(these, [], 1, Local(), print)
    assert [one.evidence[0].exact for one in made.undated] == [new]


def test_a_report_that_breaks_the_step_is_a_failure_and_the_rest_is_concluded() -> None:
    good, bad = "Uno: atacaron.", "Dos: atacaron."
    odd = report(bad, id="malo")
    assert odd.reading
    broken = msgspec.structs.replace(odd, reading=msgspec.structs.replace(odd.reading, layers=None))
    failures: list[Failure] = []
    made = pipeline.conclude([broken, report(good, events=[event(good, "atacaron")])], [], 1, Local(), failures.append)
    assert len(made.undated) == 1
    assert [(one.where, one.stage) for one in failures] == [("malo.txt", "collate")]
