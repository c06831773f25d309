"""Where the case's reports are: each name of a place with the place it is taken for, the same for all reports where that can be said.

A report decides alone (`read/places.py`). What it leaves open between several is settled by the others, where all that decide the name take it
for one place, and that is among its candidates. Nothing that a report decided is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

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


def settled(known: Sequence[Siting]) -> dict[SiteKey, Placing]:
    """The placings of all reports, those that one leaves open settled by the others."""
    taken: dict[str, dict[str, Spot]] = defaultdict(dict)
    for one in known:
        if one.placing.spot:
            taken[fold(line(one.placing.name))][one.placing.spot.id] = one.placing.spot
    return {one.key: _settled(one.placing, taken.get(fold(line(one.placing.name)), {})) for one in known}


def _settled(placing: Placing, taken: Mapping[str, Spot]) -> Placing:
    if placing.spot or len(taken) != 1:
        return placing
    (spot,) = taken.values()
    if spot.id not in {one.id for one in placing.candidates}:
        return placing
    why = "all other reports of the case that decide it take it for this place"
    return msgspec.structs.replace(placing, judgement="SAME", spot=spot, candidates=(), why=why, rule="places/case")


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
