"""The flow from captures into a case: what counts as read, known, unread and failed, and what a broken-off run leaves."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from careo import pipeline
from careo.errors import ModelError
from careo.model import Capture, DctReading, Document, Failure, Layers, Reading, Sighting
from careo.pipeline import Tally
from careo.read import Profile
from careo.run.local import Local
from careo.store.case import Case


class Fake:
    """A reader that finds nothing, and breaks on a text that says so."""

    def read(self, document: Document, profile: Profile | None = None) -> Reading:
        if "ROTO" in document.text:
            raise ValueError("a bug")
        return Reading(document.id, DctReading(None, None, None), Layers(), "test-1")


def readers(code: str | None) -> Fake | None:
    return Fake() if code == "es" else None


def capture(text: str, uri: str = "a.txt", media_type: str = "text/plain") -> Capture:
    content = text.encode()
    return Capture(sha256(content).hexdigest(), media_type, content, (Sighting(uri),))


def spanish(number: int, uri: str | None = None) -> Capture:
    text = (
        f"La vocera del hospital de la ciudad dijo el martes que llegaron {number} personas y que todas fueron atendidas por los médicos de guardia."
    )
    return capture(text, uri or f"{number}.txt")


ENGLISH = capture(
    "The spokeswoman of the city hospital said on Tuesday that eleven people had arrived, and that all of them had been seen by the doctors on duty.",
    "en.txt",
)
BROKEN = capture(
    "ROTO. La vocera del hospital de la ciudad dijo el martes que las personas que llegaron fueron atendidas por los médicos.", "roto.txt"
)
EMPTY = capture("   ", "vacio.txt")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.open(tmp_path / "x.careo", create=True) as opened:
        yield opened


def add(case: Case, *captures: Capture) -> Tally:
    tally = Tally()
    pipeline.add(case, captures, pipeline.Take(readers), Local(), tally, lambda: None)  # type: ignore[arg-type]
    return tally


def test_each_capture_is_counted_once_for_what_became_of_it(case: Case) -> None:
    tally = add(case, spanish(1), ENGLISH, BROKEN, EMPTY, spanish(2))
    assert (tally.read, tally.known, dict(tally.unread)) == (2, 0, {"en": 1})
    assert [(one.where, one.stage) for one in tally.failures] == [("roto.txt", "read"), ("vacio.txt", "ingest")]
    assert "a bug" in tally.failures[0].error
    assert tally.seen == 5
    counts = case.counts()
    assert (counts["reports"], counts["readings"], counts["unread"], counts["failures"]) == (3, 2, 1, 2)


def test_a_report_that_is_there_is_known_and_its_sighting_added(case: Case) -> None:
    add(case, spanish(1))
    tally = add(case, spanish(1, "otra.txt"), spanish(2))
    assert (tally.read, tally.known) == (1, 1)
    assert [one.uri for one in case.capture(spanish(1).sha256).sightings] == ["1.txt", "otra.txt"]


def test_the_same_bytes_twice_in_one_run_are_one_report_with_two_sightings(case: Case) -> None:
    tally = add(case, spanish(1), spanish(1, "b.txt"), spanish(1, "c.txt"))
    assert (tally.read, tally.known) == (1, 2)
    assert [one.uri for one in case.capture(spanish(1).sha256).sightings] == ["1.txt", "b.txt", "c.txt"]


def test_the_same_bytes_again_while_they_are_being_read(case: Case) -> None:
    """A runner that takes in all rows before it gives out a result, as several processes may."""

    class Eager(Local):
        def each(self, step, rows):  # type: ignore[no-untyped-def]
            yield from super().each(step, list(rows))

    tally = Tally()
    captures = [spanish(1), spanish(1, "b.txt"), EMPTY, EMPTY]
    pipeline.add(case, captures, pipeline.Take(readers), Eager(), tally, lambda: None)  # type: ignore[arg-type]
    assert (tally.read, tally.known, len(tally.failures)) == (1, 1, 1)
    assert [one.uri for one in case.capture(spanish(1).sha256).sightings] == ["1.txt", "b.txt"]


def test_what_failed_is_tried_again_and_its_failure_cleared(case: Case) -> None:
    add(case, BROKEN)
    assert len(list(case.failures())) == 1
    tally = Tally()
    pipeline.add(case, [BROKEN], pipeline.Take(lambda code: None), Local(), tally, lambda: None)
    assert tally.unread.total() == 1
    assert [one.stage for one in case.failures()] == ["read"]


def test_a_missing_model_ends_the_run_and_keeps_what_was_stored(case: Case) -> None:
    turns = count()

    def missing(code: str | None) -> Fake:
        if next(turns):
            raise ModelError("no model")
        return Fake()

    with pytest.raises(ModelError):
        pipeline.add(case, [spanish(1), spanish(2)], pipeline.Take(missing), Local(), Tally(), lambda: None)  # type: ignore[arg-type]
    assert case.counts()["reports"] == 1


def test_collation_stores_the_conclusions_with_the_generation_of_the_case(case: Case) -> None:
    add(case, spanish(1))
    assert not case.is_current
    made = pipeline.collate(case, Local())
    assert case.is_current
    stored = pipeline.concluded(case)
    assert stored.generation == case.generation
    assert stored == pipeline.conclude(case.reports(), [], case.generation, Local(), print)
    assert made == (len(stored.entries), len(stored.undated), len(stored.entities))


def test_what_cannot_be_cut_into_captures_is_noted(case: Case) -> None:
    tally = Tally()
    pipeline.note(case, [Failure("cerrada", "ingest", "the folder cannot be opened")], tally)
    assert [one.where for one in case.failures()] == ["cerrada"]
    assert len(tally.failures) == 1


def test_readings_come_in_the_order_of_the_input_whatever_the_order_of_the_runner() -> None:
    class Backwards(Local):
        def each(self, step, rows):  # type: ignore[no-untyped-def]
            yield from reversed(list(super().each(step, rows)))

    captures = [spanish(1), BROKEN, EMPTY, spanish(2)]
    taken = list(pipeline.read(captures, pipeline.Take(readers), Backwards()))  # type: ignore[arg-type]
    assert [one.sightings[0].uri for one, _ in taken] == ["1.txt", "roto.txt", "vacio.txt", "2.txt"]
    assert [made.report is not None for _, made in taken] == [True, False, False, True]


def test_times_are_taken_by_the_clock_that_is_handed_in() -> None:
    ticks = count()
    take = pipeline.Take(readers, clock=lambda: float(next(ticks)))  # type: ignore[arg-type]
    totals = pipeline.Times()
    for _, taken in pipeline.read([spanish(1), spanish(2)], take, Local()):
        totals.add(taken)
    assert (totals.reports, totals.seconds) == (2, {"ingest": 2.0})
