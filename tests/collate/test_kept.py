"""What is concluded bit by bit is what is concluded at once: whatever comes in, in any batches, is read anew, judged or judged otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from careo import pipeline
from careo.collate import entities
from careo.model import Anchor, Capture, Report
from careo.run.local import Local
from careo.store.case import Case, standing
from careo.store.kept import Changes
from tests.collate.making import chain, event, report
from tests.collate.test_order import reports, unlike

Step = Callable[[Case], object]


def adding(these: list[Report]) -> Step:
    """Reports come in."""

    def step(case: Case) -> None:
        for one in these:
            case.add(Capture(one.document.capture, "text/plain", one.document.text.encode(), one.sightings), one.document, one.reading)

    return step


def reading(these: list[Report], number: int) -> Step:
    """A report is read anew: less is found in it, or its events are of another kind and its people bear other names."""

    def step(case: Case) -> None:
        known = [one for one in these if case.known(one.document.capture)]
        for one in known[number % (len(known) or 1) :][:1]:
            assert one.reading
            layers = one.reading.layers
            if number % 2:
                layers = replace(layers, events=(), chains=layers.chains[:2], quotations=())
            else:
                layers = replace(
                    layers,
                    events=tuple(replace(event, kind="raid") for event in layers.events),
                    chains=tuple(replace(chain, name=f"{chain.name} Roca") for chain in layers.chains),
                )
            case.replace_reading(replace(one.reading, layers=layers))

    return step


def judging(these: list[Report], pick: tuple[int, int, str, bool]) -> Step:
    """A person judges two chains, or two events, or takes the last judgement back."""
    left, right, verdict, undo = pick

    def step(case: Case) -> None:
        if undo and case.judged:
            (last,) = [one for one in case.judgements() if one.number == case.judged]
            case.judge(last.kind, last.left, "UNDO", because="no", by="ana", at="2024-05-02", undoes=last.number)
            return
        anchors = sorted(naming.anchor for one in these for naming in entities.namings(one))
        a, b = anchors[left % len(anchors)], anchors[right % len(anchors)]
        case.judge("link", a, verdict, because="visto", by="ana", at="2024-05-01", right=b)

    return step


def deciding(number: int, verdict: str) -> Step:
    """A person rejects an event, or accepts it."""

    def step(case: Case) -> None:
        for entry in [*pipeline.concluded(case).entries, *pipeline.concluded(case).undated][number % 3 :][:1]:
            one = entry.evidence[0]
            at = Anchor(one.report, one.field, "events", one.trigger.start, one.trigger.end)
            case.judge("claim", at, verdict, because="visto", by="ana", at="2024-05-01")

    return step


def forgetting(case: Case) -> None:
    """All that was derived is thrown away."""
    for table in ("kept", "keyed", "collections"):
        case._file.run(f"DELETE FROM {table}")
    case._file.run("UPDATE state SET program = NULL")


VERDICTS = st.sampled_from(["SAME", "DIFFERENT", "UNSURE"])


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    """Steps in the life of a case."""
    these = unlike(draw(st.lists(reports(), min_size=2, max_size=7)))
    cut = draw(st.integers(1, len(these)))
    made: list[Step] = [adding(these[:cut])]
    kinds = draw(st.lists(st.sampled_from(["add", "read", "judge", "decide", "forget"]), max_size=4))
    for kind in kinds:
        if kind == "add":
            made.append(adding(these[: cut + 1] if draw(st.booleans()) else these))
        elif kind == "read":
            made.append(reading(these, draw(st.integers(0, 9))))
        elif kind == "judge":
            made.append(judging(these, draw(st.tuples(st.integers(0, 50), st.integers(0, 50), VERDICTS, st.booleans()))))
        elif kind == "forget":
            made.append(forgetting)
        else:
            made.append(deciding(draw(st.integers(0, 5)), draw(st.sampled_from(["REJECT", "ACCEPT"]))))
    return made


@settings(max_examples=40, deadline=None)
@given(histories())
def test_step_by_step_is_all_at_once(history: list[Step]) -> None:
    with TemporaryDirectory() as folder, Case.open(Path(folder) / "caso.careo", create=True) as case:
        for step in history:
            step(case)
            totals = pipeline.collate(case, Local())
            made = pipeline.concluded(case)
            at_once = pipeline.conclude(case.reports(), standing(case.judgements()), case.generation, Local(), print)
            for field in made.__struct_fields__:
                assert getattr(made, field) == getattr(at_once, field), field
            assert totals == (len(made.entries), len(made.undated), len(made.entities))
            assert case.is_current


def many(number: int) -> list[Report]:
    """Reports of which each three tell of one street and one woman, and share nothing with the others."""
    made = []
    for n in range(number):
        name, day = f"Rosa Quispe{n // 3}", f"{2000 + n // 36}-{1 + n // 3 % 12:02}-15"
        text = f"Calle {n // 3}: asaltaron. {name}, de {n // 3}, habló. Parte {n}."
        event_of = event(text, "asaltaron", when="Calle", edtf=day)
        made.append(report(text, dct=day, chains=[chain(text, "c1", name)], events=[event_of]))
    return made


class Counting(Local):
    """Counts the keys for which a step is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = 0

    def together(self, step: Callable[[Any, Sequence[Any]], Any], rows: Iterable[tuple[Any, Any]]) -> Iterator[Any]:
        for made in super().together(step, rows):
            self.keys += 1
            yield made


def test_one_more_report_costs_what_it_touches(tmp_path: Path) -> None:
    asked = {}
    for size in (60, 240):
        *these, last = many(size + 1)
        with Case.open(tmp_path / f"{size}.careo", create=True) as case:
            adding(these)(case)
            at_first = Counting()
            pipeline.collate(case, at_first)
            adding([last])(case)
            then = Counting()
            pipeline.collate(case, then)
            asked[size] = at_first.keys, then.keys
            pipeline.collate(case, nothing := Counting())
            assert nothing.keys == 0
    assert asked[240][0] > 3 * asked[60][0]
    assert asked[240][1] < 1.5 * asked[60][1]
    assert asked[240][1] < asked[240][0] / 20


def test_who_comes_second_builds_on_what_the_first_stored(tmp_path: Path) -> None:
    path = tmp_path / "caso.careo"
    first, second = many(2)
    with Case.open(path, create=True) as mine, Case.open(path) as theirs:
        adding([first])(mine)
        known = mine.derived()
        pipeline.collate(theirs, Local())
        assert not mine.conclude(mine.generation, known, Changes([("facts", "x", ())]), {})
        adding([second])(theirs)
        pipeline.collate(mine, Local())
        assert pipeline.concluded(mine) == pipeline.conclude(mine.reports(), [], mine.generation, Local(), print)


def test_what_another_program_derived_is_not_built_upon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Case.open(tmp_path / "caso.careo", create=True) as case:
        adding(many(2))(case)
        pipeline.collate(case, Local())
        for module in ("case", "kept"):
            monkeypatch.setattr(f"careo.store.{module}.program", lambda: "a later one")
        assert not case.is_current
        assert pipeline.concluded(case).entities == ()
        assert pipeline.concluded(case, Local()) == pipeline.conclude(case.reports(), [], case.generation, Local(), print)
        assert len(case.derived().waiting) == 2
        pipeline.collate(case, Local())
        assert case.is_current
        assert len(pipeline.concluded(case).entities) == 1
