"""The whole flow on one page: captures → documents → readings → links → conclusions → chronology.

A `Runner` says how the steps run: in one process, in several on one machine (`run/local.py`), later on many machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from careo import conclusions, ingest
from careo.collate.entities import Naming, namings
from careo.collate.facts import Facts, facts_of
from careo.errors import UnreadableInput
from careo.flow import Crash, Flow, Runner
from careo.model import Capture, Chronology, Failure, Judgement, Report, Sighting
from careo.read import Profile, Reader
from careo.read.languages import Readers, language, language_folder, parser
from careo.store.case import Case, standing

__all__ = [
    "Crash",
    "Readers",
    "Runner",
    "Take",
    "Taken",
    "Tally",
    "Times",
    "add",
    "collate",
    "conclude",
    "language",
    "language_folder",
    "note",
    "parser",
    "read",
]

# ---------------------------------------------------------------- captures → documents → readings


class Taken(msgspec.Struct, frozen=True):
    """What one capture became: a report, or the reason why not; with the seconds that each layer took, if these were asked for."""

    report: Report | None = None
    failure: Failure | None = None
    seconds: dict[str, float] = {}


@dataclass(frozen=True)
class Take:
    """The step from a capture to a report. `readers` gives the reader of a language, None for one that cannot be read; loaded once a process."""

    readers: Callable[[str | None], Reader | None]
    dct: str | None = None
    clock: Callable[[], float] | None = None

    def __call__(self, capture: Capture) -> Taken:
        """The document and its reading. What cannot be read is a failure with its reason; only errors of Careo are raised."""
        profile = Profile(self.clock)
        try:
            document = profile.run("ingest", lambda: ingest.document(capture, dct=self.dct))
        except UnreadableInput as error:
            return Taken(failure=ingest.failure(error, capture=capture.sha256))
        reader = self.readers(document.language)
        reading = reader.read(document, profile) if reader else None
        return Taken(Report(document, reading, capture.sightings), None, profile.seconds)


@dataclass
class Tally:
    """What became of the captures of one run: reports read, those known already, those unread by language, and what failed."""

    read: int = 0
    known: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    @property
    def seen(self) -> int:
        """How many captures have been dealt with."""
        return self.read + self.known + self.unread.total() + len(self.failures)


def add(case: Case, captures: Iterable[Capture], take: Callable[[Capture], Taken], runner: Runner, tally: Tally, tell: Callable[[], object]) -> None:
    """Put each capture into the case, one by one as they are read; bytes that are there already only gain a sighting. `tell` is called after each."""
    arrival = _Arrival(case, tally, tell)
    for capture, taken in runner.each(take, arrival.news(captures)):
        arrival.store(capture, taken)


class _Arrival:
    """Tells news from what is known, and stores what arrives. The same bytes may come again while they are being read."""

    def __init__(self, case: Case, tally: Tally, tell: Callable[[], object]) -> None:
        self.case, self.tally, self.tell = case, tally, tell
        self.again: dict[str, list[Sighting]] = {}

    def news(self, captures: Iterable[Capture]) -> Iterator[Capture]:
        """Those captures whose bytes are not in the case and not on their way."""
        for capture in captures:
            if capture.sha256 in self.again:
                self.again[capture.sha256] += capture.sightings
            elif self.case.known(capture.sha256):
                self._met_again(capture.sha256, capture.sightings)
            else:
                self.again[capture.sha256] = []
                yield capture

    def store(self, capture: Capture, taken: Taken | Crash) -> None:
        """One transaction a report."""
        again = self.again.pop(capture.sha256)
        failure = crashed(capture, taken) if isinstance(taken, Crash) else taken.failure
        if failure is not None:
            self.fail(failure)
        elif isinstance(taken, Taken) and taken.report is not None:
            document, reading = taken.report.document, taken.report.reading
            self.case.add(capture, document, reading)
            if reading is None:
                self.tally.unread[document.language or "?"] += 1
            else:
                self.tally.read += 1
            self.tell()
            if again:
                self._met_again(capture.sha256, again)

    def fail(self, failure: Failure) -> None:
        """Note it, and go on."""
        self.case.fail(failure)
        self.tally.failures.append(failure)
        self.tell()

    def _met_again(self, sha256: str, sightings: Iterable[Sighting]) -> None:
        for sighting in sightings:
            self.case.add_sighting(sha256, sighting)
            self.tally.known += 1
            self.tell()


def note(case: Case, failures: Iterable[Failure], tally: Tally) -> None:
    """Store what could not even be cut into captures."""
    for failure in failures:
        case.fail(failure)
        tally.failures.append(failure)


def crashed(capture: Capture, crash: Crash) -> Failure:
    """The row that a capture becomes on which a step broke."""
    return Failure(ingest.place(capture), "read", crash.error, capture.sha256)


# ---------------------------------------------------------------- captures → readings, without a case


@dataclass
class Times:
    """How many reports were read, and the seconds that each layer took in all of them."""

    reports: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, taken: Taken) -> None:
        """Count one more."""
        self.reports += taken.report is not None
        for layer, seconds in taken.seconds.items():
            self.seconds[layer] = self.seconds.get(layer, 0.0) + seconds


@dataclass(frozen=True)
class _Numbered:
    """A step that leaves the number of its row alone."""

    take: Callable[[Capture], Taken]

    def __call__(self, row: tuple[int, Capture]) -> Taken:
        return self.take(row[1])


def read(captures: Iterable[Capture], take: Callable[[Capture], Taken], runner: Runner) -> Iterator[tuple[Capture, Taken]]:
    """Each capture with what it became, in the order of the input."""
    waiting: dict[int, tuple[Capture, Taken]] = {}
    turn = 0
    for (number, capture), taken in runner.each(_Numbered(take), enumerate(captures)):
        waiting[number] = capture, Taken(failure=crashed(capture, taken)) if isinstance(taken, Crash) else taken
        while turn in waiting:
            yield waiting.pop(turn)
            turn += 1


# ---------------------------------------------------------------- readings → links → conclusions → chronology


def collate(case: Case, runner: Runner) -> conclusions.Totals:
    """Draw the conclusions of all that the case holds now, from what was concluded before and what has come in since, and store them in a
    transaction of their own. Where another process was faster they are drawn again upon what it stored."""
    while True:
        with case.snapshot():
            known, generation = case.derived(), case.generation
            flow, failures = Flow(runner, known.kept), dict[str, Failure]()
            _conclude(flow, case.reports(known.waiting), standing(case.judgements()), failures)
            totals = conclusions.totals(flow)
        if case.conclude(generation, known, flow.changes, failures):
            return totals


def concluded(case: Case, runner: Runner | None = None) -> Chronology:
    """The chronology that was concluded last, an empty one where none was. Where another program concluded it, `runner` concludes it anew, which is
    not stored; without one it is empty too."""
    with case.snapshot():
        known = case.derived()
        if known.kept:
            return conclusions.chronology_of(known.kept.rows, case.collated_generation, case.language_versions())
        if runner and known.revision:
            return conclude(case.reports(), standing(case.judgements()), case.generation, runner, lambda _: None)
        return Chronology(0, "")


def conclude(
    reports: Iterable[Report], judgements: Sequence[Judgement], generation: int, runner: Runner, on_failure: Callable[[Failure], object]
) -> Chronology:
    """The chronology of `reports` under the `judgements` that stand: the same bytes for any order and batching."""
    flow, failures, read = Flow(runner), dict[str, Failure](), list(reports)
    _conclude(flow, read, judgements, failures)
    for failure in failures.values():
        on_failure(failure)
    return conclusions.chronology_of(flow.rows, generation, (one.reading.language_version for one in read if one.reading))


def _conclude(flow: Flow, reports: Iterable[Report], judgements: Sequence[Judgement], failures: dict[str, Failure]) -> None:
    facts: dict[str, list[Facts]] = {}
    named: dict[str, tuple[Naming, ...]] = {}
    for report, made in flow.runner.each(given_by, reports):
        document = report.document.id
        facts[document], named[document] = [], ()
        if isinstance(made, Crash):
            failures[document] = Failure(report.document.label, "collate", made.error, report.document.capture)
        elif made is not None:
            facts[document], named[document] = [made[0]], made[1]
    gone = {str(one.number): list[Judgement]() for one in flow.rows("judgements", Judgement)}
    conclusions.conclude(flow, facts, named, gone | {str(one.number): [one] for one in judgements})


def given_by(report: Report) -> tuple[Facts, tuple[Naming, ...]] | None:
    """What one report gives to the conclusions; None where it was not read."""
    facts = facts_of(report)
    return (facts, namings(report)) if facts else None
