"""The whole flow on one page: captures → documents → readings → links → conclusions → chronology.

A `Runner` says how the steps run: in one process, in several on one machine (`run/local.py`), later on many machines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeVar

import msgspec

from careo import ingest
from careo.collate import chronology, clusters, conflicts, copies, credits, entities, events, judged, places, quotations, versions, wholes
from careo.collate.disagreements import Disagreements
from careo.collate.facts import Facts, facts_of
from careo.collate.linking import Linker
from careo.collate.places import SiteKey
from careo.errors import UnreadableInput
from careo.model import Anchor, Capture, Chronology, Entity, Entry, Failure, Family, Judgement, Link, Placing, Report, Sighting, Statement
from careo.read import Profile, Reader
from careo.read.languages import Readers, language, language_folder, languages, parser, people
from careo.store.case import Case, standing
from careo.store.records import pack
from careo.text import fold

__all__ = [
    "Crash",
    "Readers",
    "Runner",
    "Take",
    "Taken",
    "Tally",
    "Times",
    "Who",
    "add",
    "collate",
    "conclude",
    "language",
    "language_folder",
    "note",
    "parser",
    "read",
    "who_is_who",
]

A = TypeVar("A")
B = TypeVar("B")
K = TypeVar("K")


class Crash(msgspec.Struct, frozen=True):
    """In place of a result: the step raised this error, or its process died. The run goes on."""

    error: str


class Runner(Protocol):
    """How steps run. The same rows give the same results on any machine, in an order that nobody may rely on."""

    def each(self, step: Callable[[A], B], rows: Iterable[A]) -> Iterator[tuple[A, B | Crash]]:
        """Each row with what `step` makes of it."""
        ...

    def together(self, step: Callable[[K, Sequence[A]], B], rows: Iterable[tuple[K, A]]) -> Iterator[B]:
        """What `step` makes of each key and all rows that share it."""
        ...

    def components(self, links: Iterable[tuple[Anchor, Anchor]]) -> list[tuple[Anchor, ...]]:
        """The groups of anchors that links connect."""
        ...


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


def collate(case: Case, runner: Runner) -> Chronology:
    """Draw the conclusions of all that the case holds now, and store them with its generation in a transaction of their own."""
    failures: list[Failure] = []
    with case.snapshot():
        chronology = conclude(case.reports(), standing(case.judgements()), case.generation, runner, failures.append)
    case.conclude(chronology.generation, pack(chronology), failures)
    return chronology


def conclude(
    reports: Iterable[Report], judgements: Sequence[Judgement], generation: int, runner: Runner, on_failure: Callable[[Failure], object]
) -> Chronology:
    """The chronology of `reports` under the `judgements` that stand: the same bytes for any order and batching."""
    facts = list(_facts(reports, runner, on_failure))
    who = who_is_who(facts, judgements, runner)
    entity_of = {naming.chain: entity.id for entity, members in who.entities for naming in members}
    articles = sorted(runner.together(versions.of, ((one.article, one) for one in facts)), key=lambda one: one.newest.document)
    latest = [one.newest for one in articles]
    families, unmatched = _copies(latest, runner)
    origins = copies.Origins(families)
    sites = places.settled([one for facts in latest for one in facts.sitings])
    told, counted, rejected, links = _decided(latest, origins, judgements)
    happenings = _happenings(told, entity_of, links, runner)
    made = wholes.related([(entry, members) for members in happenings.groups if (entry := chronology.entry(members, entity_of, sites))])
    counts = _happenings(counted, entity_of, links, runner)
    said = _likened([origins.traced(one) for facts in latest for one in facts.sayings], entity_of, runner)
    differing = conflicts.differing(made, counts.groups, Disagreements(sites, entity_of))
    entries = sorted(conflicts.marked((entry for entry, _ in made), differing), key=chronology.order)
    return Chronology(
        generation=generation,
        language_version=", ".join(sorted({one.language_version for one in facts})),
        entries=tuple(entry for entry in entries if entry.when),
        undated=tuple(entry for entry in entries if not entry.when),
        entities=tuple(msgspec.structs.replace(entity, related=entities.relations(members, entity_of)) for entity, members in who.entities),
        tolls=differing.tolls,
        conflicts=differing.conflicts,
        corrections=differing.corrections,
        copies=families,
        unmatched=unmatched,
        earlier=tuple(versions.in_order(articles)),
        quotations=_statements(said.groups, entity_of, who.names),
        links=who.links,
        questions=who.questions,
        uncompared=who.uncompared,
        places=places.located(sites),
        doubts=happenings.doubts,
        rejected=_rejected(rejected, entity_of, sites),
        unjoined=len(happenings.left_out | counts.left_out | said.left_out),
    )


def _decided(
    latest: Sequence[Facts], origins: copies.Origins, judgements: Sequence[Judgement]
) -> tuple[list[chronology.Telling], list[chronology.Telling], list[chronology.Telling], list[Link]]:
    """What reports tell and what they count, as people corrected it; what people rejected; and which of them people judged to be one, or not."""
    told = [origins.traced(one) for facts in latest for one in facts.tellings]
    counted = [origins.traced(one) for facts in latest for one in facts.figures]
    decisions = judged.Decisions(judgements, (one.anchor for one in (*told, *counted)))
    held, rejected = decisions.parted(told)
    return held, decisions.parted(counted)[0], rejected, decisions.links


def _rejected(
    tellings: Sequence[chronology.Telling], entity_of: Mapping[entities.ChainKey, str], sites: Mapping[SiteKey, Placing]
) -> tuple[Entry, ...]:
    """An entry of each statement that people rejected, whatever else tells of it."""
    made = (entry for telling in tellings if (entry := chronology.entry([telling], entity_of, sites)))
    return tuple(sorted(made, key=chronology.order))


def _copies(latest: Sequence[Facts], runner: Runner) -> tuple[tuple[Family, ...], int]:
    """Families of reports that carry one dispatch; and how many reports were too many to be compared with all that may be copies of them."""
    words = {one.document: copies.words_of(one.text) for one in latest}
    likely = copies.likely({name: copies.fingerprints(one) for name, one in words.items()})
    shared = {pair: found for pair in likely.pairs if (found := copies.shared(words[pair[0]], words[pair[1]])).is_copy}
    anchors = {name: Anchor(name, "text", "document", 0, 0) for name in words}
    groups = [[anchor.document for anchor in group] for group in runner.components((anchors[left], anchors[right]) for left, right in shared)]
    agencies, copied = credits.Agencies(language(languages()[0])), {name for group in groups for name in group}
    sources = {one.document: credits.source(one, agencies) for one in latest if one.document in copied}
    return tuple(sorted((copies.family(group, shared, sources, words) for group in groups), key=lambda one: one.family)), likely.left_out


def _happenings(
    tellings: Sequence[chronology.Telling], entity_of: Mapping[entities.ChainKey, str], people: Sequence[Link], runner: Runner
) -> clusters.Grouped[chronology.Telling]:
    """The tellings of each happening together."""
    rows = [events.compared(telling, entity_of) for telling in tellings]
    blocks = runner.together(events.link_events, ((key, row) for row in rows for key in events.event_keys(row)))
    return clusters.grouped(tellings, blocks, runner.components, people)


def _likened(sayings: Sequence[quotations.Saying], entity_of: Mapping[entities.ChainKey, str], runner: Runner) -> clusters.Grouped[quotations.Saying]:
    """The tellings of each statement together."""
    rows = [quotations.compared(saying, entity_of) for saying in sayings]
    blocks = runner.together(quotations.link_sayings, ((key, row) for row in rows for key in quotations.saying_keys(row)))
    return clusters.grouped(sayings, blocks, runner.components)


def _statements(
    groups: Iterable[Sequence[quotations.Saying]], entity_of: Mapping[entities.ChainKey, str], name_of: Mapping[str, str]
) -> tuple[Statement, ...]:
    """What was said, each statement with every report's telling of it."""
    return tuple(sorted((quotations.statement(group, entity_of, name_of) for group in groups), key=quotations.order))


def _facts(reports: Iterable[Report], runner: Runner, on_failure: Callable[[Failure], object]) -> Iterator[Facts]:
    """What each report that was read gives."""
    for report, made in runner.each(facts_of, reports):
        if isinstance(made, Crash):
            on_failure(Failure(report.document.label, "collate", made.error, report.document.capture))
        elif made is not None:
            yield made


class Who(NamedTuple):
    """Who is who: entities with the namings that they consist of, in order of name; why, and what stays open (see `Chronology`)."""

    entities: list[tuple[Entity, list[entities.Naming]]]
    links: tuple[Link, ...]
    questions: tuple[Link, ...]
    uncompared: int

    @property
    def names(self) -> dict[str, str]:
        """The name of each entity by its id."""
        return {entity.id: entity.name for entity, _ in self.entities}


def who_is_who(facts: Sequence[Facts], judgements: Sequence[Judgement], runner: Runner) -> Who:
    """People, bodies, places and things across the reports, from what the machine and people say of pairs of namings."""
    at: dict[Anchor, list[entities.Naming]] = defaultdict(list)
    for naming in sorted((naming for one in facts for naming in one.namings), key=lambda one: (one.anchor, one.chain)):
        at[naming.anchor].append(naming)
    judged = entities.links_of_people(judgements, [naming for namings in at.values() for naming in namings])
    equal, told, uncompared = _likenesses(facts, runner)
    links = clusters.outranked(sorted((*equal, *told), key=clusters.weight), judged)
    groups = clusters.kept_apart(runner.components(clusters.joined(at, links)), links)
    made = [(entities.entity(members), members) for group in groups for members in [[naming for anchor in group for naming in at[anchor]]]]
    entity_of = {anchor: entity.id for group, (entity, _) in zip(groups, made, strict=True) for anchor in group}
    why = clusters.outranked(sorted(told, key=clusters.weight), judged)
    return Who(
        entities=sorted(made, key=lambda one: (fold(one[0].name), one[0].id)),
        links=tuple(link for link in why if clusters.holds(link, entity_of)),
        questions=clusters.open_questions(links, entity_of),
        uncompared=uncompared,
    )


def _likenesses(facts: Sequence[Facts], runner: Runner) -> tuple[list[Link], list[Link], int]:
    """What the machine says: of namings with an equal name, of others, and how many names were left uncompared.

    Names are compared by what the first language knows of them: people's names do not change with the language of a report.
    """
    linker = Linker(people(languages()[0]))
    rows, told = [], list[Link]()
    for one in facts:
        named, by_names = linker.rows(one.namings)
        rows += named
        told += by_names
    equal = list(runner.together(linker.equal, ((row.name.key, row) for row in rows)))
    blocks = list(runner.together(linker.block, ((key, one.group) for one in equal for key in one.group.keys)))
    told += (link for block in blocks for link in block.links)
    return [link for one in equal for link in one.links], told, sum(block.left_out for block in blocks)
