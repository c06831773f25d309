"""Where the case's reports are: each name of a place with the place it is taken for, the same for all reports where that can be said.

A report decides alone (`read/places.py`). What it leaves open between several is settled by the others, where all that decide the name take it
for one place, and that is among its candidates. Nothing that a report decided is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from careo.collate.clusters import part
from careo.collate.entities import fields, line
from careo.model import EntityMention, Field, Located, Place, Placing, Report, Span, Spot
from careo.text import fold

SiteKey = tuple[str, Field, str]
"""A placing across reports: document, field, and its id in the reading."""

TOWN = frozenset({"town", "quarter"})
"""Kinds that are small enough that what happened in them and in a part of them on one day may be one happening."""


@dataclass(frozen=True, slots=True)
class Siting:
    """A placing of one report."""

    key: SiteKey
    placing: Placing

    @property
    def name(self) -> str:
        """The name by which the placings of reports are held together."""
        return fold(line(self.placing.name))

    @property
    def part(self) -> str:
        """The key of some of the placings of its name."""
        return part(self.name, self.key[0])


@dataclass(frozen=True, slots=True)
class Sited:
    """The places that some words name, as keys: what is named itself, what may be that or is a town around it, and what is wider."""

    named: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Every place that holds what is named, and itself."""
        return self.named | self.near | self.around


NOWHERE = Sited()


def sitings(report: Report) -> tuple[Siting, ...]:
    """The placings of one report, in order of its texts."""
    document = report.document.id
    return tuple(Siting((document, field, placing.id), placing) for field, _, layers in fields(report) for placing in layers.places)


def sited(placings: Iterable[Placing], names: Iterable[str] = ()) -> Sited:
    """The keys of placings, and of names that have none."""
    named, near, around = {fold(line(name)) for name in names}, set(), set()
    for one in placings:
        if one.spot is None:
            named.add(fold(line(one.name)))
            near |= {spot.id for spot in one.candidates}
            continue
        named.add(one.spot.id)
        near |= {area.id for area in one.spot.within if area.kind in TOWN}
        around |= {area.id for area in one.spot.within if area.kind not in TOWN}
    return Sited(frozenset(named), frozenset(near), frozenset(around))


def inside(placings: Iterable[Placing], span: Span) -> list[Placing]:
    """The placings of which a mention stands in `span`, in order of the text."""
    found = [(min(one), placing) for placing in placings if (one := [at for at in placing.spans if span.holds(at)])]
    return [placing for _, placing in sorted(found, key=lambda pair: (pair[0], pair[1].id))]


# ---------------------------------------------------------------- across reports


class Taken(NamedTuple):
    """For what place reports take a name."""

    name: str
    spot: Spot


def taken(_part: str, sitings: Sequence[Siting]) -> Iterator[Taken]:
    """What some of the reports take a name for, each place once."""
    return spots("", [Taken(one.name, one.placing.spot) for one in sitings if one.placing.spot])


def spots(_name: str, known: Sequence[Taken]) -> Iterator[Taken]:
    """The places that a name is taken for, each once."""
    found = {one.spot.id: one for one in sorted(known, key=lambda one: repr(one.spot))}
    return (found[spot] for spot in sorted(found))


def settled(_name: str, unsettled: Sequence[Siting], known: Sequence[Taken]) -> Iterator[Siting]:
    """The placings of one name that reports leave open, as far as all that decide it take it for one place that is among their candidates."""
    if len(known) == 1:
        spot = known[0].spot
        for one in unsettled:
            if spot.id in {candidate.id for candidate in one.placing.candidates}:
                why = "all other reports of the case that decide it take it for this place"
                placing = msgspec.structs.replace(one.placing, judgement="SAME", spot=spot, candidates=(), why=why, rule="places/case")
                yield Siting(one.key, placing)


def overruled(_document: str, own: Sequence[Siting], settled: Sequence[Siting]) -> Iterator[Siting]:
    """The placings of one report, those that it leaves open as the others settle them."""
    found = {one.key: one for one in own} | {one.key: one for one in settled}
    return (found[key] for key in sorted(found))


def located(known: Mapping[SiteKey, Placing]) -> tuple[Located, ...]:
    """The places of a case, each once with all its names; names that stay open stand for themselves. In order of name."""
    groups: dict[str, list[tuple[SiteKey, Placing]]] = defaultdict(list)
    for key, placing in sorted(known.items()):
        groups[placing.spot.id if placing.spot else f"?{fold(line(placing.name))}"].append((key, placing))
    made = [_located(ident, members) for ident, members in groups.items()]
    return tuple(sorted(made, key=lambda one: (fold(one.name), one.id)))


def _located(ident: str, members: Sequence[tuple[SiteKey, Placing]]) -> Located:
    placings = [placing for _, placing in members]
    first = placings[0]
    spans = sorted((document, field, span) for (document, field, _), placing in members for span in placing.spans)
    candidates = {spot.id: spot for placing in placings for spot in placing.candidates}
    return Located(
        id=ident,
        name=first.spot.name if first.spot else line(first.name),
        names=tuple(sorted({line(placing.name) for placing in placings})),
        judgement=first.judgement,
        why="; ".join(dict.fromkeys(placing.why for placing in placings)),
        spot=first.spot,
        candidates=tuple(spot for _, spot in sorted(candidates.items())),
        mentions=tuple(EntityMention(document, span, field) for document, field, span in spans),
        reports=len({document for document, _, _ in spans}),
    )


def place(name: str, placing: Placing | None) -> Place:
    """Where an entry happened, as the report names it, with where that is."""
    if placing is None:
        return Place(name)
    spot = placing.spot
    if spot is None:
        return Place(name, judgement=placing.judgement, why=placing.why, candidates=placing.candidates)
    return Place(name, spot.lat, spot.lon, spot.kind, spot.km, spot.id, spot.within, placing.judgement, placing.why)
