"""A case as concluded, laid out for the pages: what each entry is found by, and who is named in which report. Made once a conclusion."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from careo import pipeline
from careo.collate.clusters import short_id
from careo.model import Chronology, Entity, Entry, Field, Link, Located, Place, Report, Span, Statement
from careo.present.dossier.index import Index
from careo.present.doubts import doubted
from careo.present.web.extent import Extent, extent_of
from careo.store.case import Case
from careo.text import View, fold

Places = Mapping[tuple[str, Field], Sequence[tuple[Span, str]]]


@dataclass(frozen=True, slots=True)
class Facets:
    """What an entry is found by. `people` are ids of all who take part or are named in its words; `places` are folded names of where it happened,
    and of all that holds it; words are folded."""

    people: frozenset[str]
    places: frozenset[str]
    publishers: frozenset[str]
    words: str
    extent: Extent | None
    disputed: bool


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """Words as they are compared: in one case, without accents, ñ kept."""
    return " ".join(fold(View(text).text).split())


class Board:
    """The conclusions of one moment with their index and facets. Never changed; a newer conclusion makes a new one."""

    def __init__(self, chronology: Chronology, reports: Sequence[Report], counts: Mapping[str, int]) -> None:
        self.chronology, self.counts = chronology, counts
        self.index = Index(chronology, reports)
        # What people rejected counts nowhere, and has a page still.
        self.index.entry |= {one.id: one for one in chronology.rejected if one.id not in self.index.entry}
        self.index.entry_at |= {one.id: f"r-{n}" for n, one in enumerate(chronology.rejected, 1) if one.id not in self.index.entry_at}
        self.report = {one.document.id: one for one in reports}
        self.entries = (*chronology.entries, *chronology.undated)
        named = _named(chronology.entities)
        self.people_of_report = {report: tuple(dict.fromkeys(entity for _, entity in spans)) for (report, _), spans in named.items()}
        self.order = {entry.id: n for n, entry in enumerate(self.entries)}
        self.entries_of_report: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for report in dict.fromkeys(one.report for one in entry.evidence):
                self.entries_of_report[report].append(entry)
        self.pictured: object = None
        self.facets = {entry.id: self._facets(entry, named) for entry in self.entries}

    @classmethod
    def load(cls, case: Case) -> Board:
        """What `case` holds now."""
        with case.snapshot():
            chronology = pipeline.concluded(case)
            made = cls(chronology, list(case.outlines()), case.counts())
        for counted in ("people", "places", "publishers", "kinds", "statuses"):
            # Counted now, beside the pages: the first page must not wait for it.
            getattr(made, counted)
        return made

    @property
    def generation(self) -> int:
        """Which state of the case this was concluded from."""
        return self.chronology.generation

    def _facets(self, entry: Entry, named: Places) -> Facets:
        within = {
            entity
            for one in entry.evidence
            for span, entity in named.get((one.report, one.field), ())
            if span.start < one.span.end and one.span.start < span.end
        }
        return Facets(
            people=frozenset(within | {party.entity for party in entry.participants if party.entity}),
            places=self._places(entry.where) if entry.where else frozenset(),
            publishers=frozenset(folded(one.publisher) for one in entry.evidence if one.publisher),
            words=folded(entry.what),
            extent=extent_of(entry),
            disputed=entry.status in ("disputed", "denied") or bool(self.index.about.get(entry.id, ((),))[0]),
        )

    def _places(self, where: Place) -> frozenset[str]:
        known = self._located.get(where.id or "")
        names = (where.name, *(area.name for area in where.within), *((known.name, *known.names) if known else ()))
        return frozenset(map(folded, names))

    @cached_property
    def _located(self) -> Mapping[str, Located]:
        return {one.id: one for one in self.chronology.places}

    @cached_property
    def happened(self) -> Counter[str]:
        """How many entries happened in each place of the case, or in what lies in it, by its id."""
        counted: Counter[str] = Counter()
        for entry in self.entries:
            if where := entry.where:
                counted.update({where.id, *(area.id for area in where.within)} if where.id else {f"?{folded(where.name)}"})
        return counted

    def known_as(self, ident: str) -> Entity | None:
        """The person, body or place with this id, or with this alias: what stood alone before it was linked to another."""
        return self.index.entity.get(ident) or self._by_alias.get(ident)

    @cached_property
    def _by_alias(self) -> Mapping[str, Entity]:
        return {alias: entity for entity in self.chronology.entities for alias in entity.aliases}

    # ------------------------------------------------------------ what there is to choose from

    @cached_property
    def people(self) -> tuple[tuple[Entity, int], ...]:
        """Who is named in entries, with in how many; the most first."""
        return self._counted(("PERSON", "ORGANIZATION"))

    def _counted(self, kinds: Sequence[str]) -> tuple[tuple[Entity, int], ...]:
        counted = Counter(person for one in self.facets.values() for person in one.people)
        known = [(self.index.entity[one], count) for one, count in counted.items() if self.index.entity[one].kind in kinds]
        return tuple(sorted(known, key=lambda one: (-one[1], one[0].name, one[0].id)))

    def ends(self, link: Link) -> tuple[Entity | None, Entity | None]:
        """The two that a link is about."""
        return self.known_as(short_id(link.left)), self.known_as(short_id(link.right))

    @cached_property
    def doubts(self) -> tuple[tuple[Entry, Entry, Link], ...]:
        """Two entries that may be one happening, with what speaks for it."""
        return tuple(doubted(self.chronology))

    @cached_property
    def links_of(self) -> Mapping[str, Sequence[Link]]:
        """Why its namings are one, and what may be one with it: the links and the open questions of each entity, by its id."""
        found: dict[str, list[Link]] = defaultdict(list)
        for link in (*self.chronology.links, *self.chronology.questions):
            for entity in dict.fromkeys(one.id for one in self.ends(link) if one):
                found[entity].append(link)
        return found

    @cached_property
    def said_by(self) -> Mapping[str, Sequence[Statement]]:
        """What each person or body said, by their id, in order of time."""
        said: dict[str, list[Statement]] = defaultdict(list)
        for one in self.chronology.quotations:
            if one.entity:
                said[one.entity].append(one)
        return said

    @cached_property
    def speakers(self) -> tuple[tuple[Entity, int], ...]:
        """Who said something, with how often; the most first."""
        known = [(self.index.entity[one], len(said)) for one, said in self.said_by.items() if one in self.index.entity]
        return tuple(sorted(known, key=lambda one: (-one[1], one[0].name, one[0].id)))

    @cached_property
    def entries_of(self) -> Mapping[str, Sequence[Entry]]:
        """The entries whose words name a person, body or place, or in which they take part, by their id."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for one in sorted(self.facets[entry.id].people):
                found[one].append(entry)
        return found

    @cached_property
    def by_mentions(self) -> tuple[Entity, ...]:
        """All people, bodies and places, those that most is said of first."""
        return tuple(sorted(self.chronology.entities, key=lambda one: (-len(one.mentions), one.name, one.id)))

    @cached_property
    def places(self) -> tuple[tuple[str, str, int], ...]:
        """Where entries happened: folded name, name, and how many; the most first."""
        return _most(entry.where.name for entry in self.entries if entry.where)

    @cached_property
    def publishers(self) -> tuple[tuple[str, str, int], ...]:
        """Who published what entries rest on: folded name, name, how many entries."""
        return _most(name for entry in self.entries for name in dict.fromkeys(one.publisher for one in entry.evidence if one.publisher))

    @cached_property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """Kinds of entries with how many."""
        return tuple(sorted(Counter(one.kind for one in self.entries).items(), key=lambda one: (-one[1], one[0])))

    @cached_property
    def statuses(self) -> Mapping[str, int]:
        """How many entries have which status."""
        return Counter(one.status for one in self.entries)

    @cached_property
    def gaps(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries that lack something: a date, a place, a second origin."""
        return {
            "no_date": tuple(one for one in self.entries if one.when is None),
            "no_place": tuple(one for one in self.entries if one.where is None),
            "one_origin": tuple(one for one in self.entries if one.origins == 1),
        }


def _named(entities: Iterable[Entity]) -> Places:
    named: dict[tuple[str, Field], list[tuple[Span, str]]] = defaultdict(list)
    for entity in entities:
        for one in entity.mentions:
            named[one.report, one.field].append((one.span, entity.id))
    return named


def _most(names: Iterable[str]) -> tuple[tuple[str, str, int], ...]:
    """Names that differ only in case or accents count as one, called as most write it."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        written[folded(name)][name] += 1
    found = [(key, min(forms, key=lambda one: (-forms[one], one)), forms.total()) for key, forms in written.items()]
    return tuple(sorted(found, key=lambda one: (-one[2], one[0])))
