"""Dates, places and doers that cannot all hold of one happening. Never a verdict.

What one report says twice, and differently, is its own affair (or misread); what one publisher says later is a correction. A place that
lies in the other, a day within the other's stretch, a person and the body that he may belong to can both hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from careo import edtf
from careo.collate.chronology import TOLD, Telling, given
from careo.collate.clusters import ids
from careo.collate.entities import ChainKey
from careo.collate.places import SiteKey
from careo.collate.sides import day, side
from careo.model import Conflict, Correction, Entry, Placing, Spot
from careo.text import fold

VIOLENT = frozenset({"killing", "attack", "kidnapping", "torture", "sexual_violence"})
"""Kinds of which two accounts may name another doer."""


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a property as one telling gives it."""

    value: str
    telling: Telling

    @property
    def report(self) -> str:
        """Who says so."""
        return self.telling.evidence.report


Apart = Callable[[Said, Said], bool]


@dataclass(frozen=True)
class Disagreements:
    """Looks for them, with what is known across reports: the places of the case, and who is who."""

    sites: Mapping[SiteKey, Placing]
    entity_of: Mapping[ChainKey, str]

    def of(self, entry: Entry, members: Sequence[Telling]) -> Iterator[Conflict | Correction]:
        """All of one entry."""
        told = [one for one in members if one.status in TOLD]
        dated = [Said(one.when, one) for one in told if one.when and not one.carried]
        placed = [Said(one.where, one) for one in told if one.where and one.placed and self._spot(one)]
        done = [Said(name, one) for one in told if one.kind in VIOLENT for name in self._doer(one)]
        for name, said, apart in (("when", dated, self._other_days), ("where", placed, self._elsewhere), ("agent", done, self._other_doer)):
            yield from facing(entry, name, said, apart)

    def _spot(self, one: Telling) -> Spot | None:
        placing = self.sites.get(one.site) if one.site else None
        return placing.spot if placing else None

    def _elsewhere(self, one: Said, other: Said) -> bool:
        left, right = self._spot(one.telling), self._spot(other.telling)
        if left is None or right is None:
            return False
        return self._befell(one) & self._befell(other) != set() and not (
            {left.id, *(area.id for area in left.within)} & {right.id} or {area.id for area in right.within} & {left.id}
        )

    def _other_days(self, one: Said, other: Said) -> bool:
        left, right = edtf.bounds(one.value), edtf.bounds(other.value)
        return self._befell(one) & self._befell(other) != set() and (left[0] > right[1] or right[0] > left[1])

    def _befell(self, said: Said) -> set[str]:
        """The people by name whom it befell: what makes it one happening, whatever day and place are told."""
        one = said.telling
        return {self.entity_of[chain] for role, chain, _ in one.participants if role == "patient" and chain in one.persons & self.entity_of.keys()}

    def _doer(self, one: Telling) -> list[str]:
        """The doer by name, where the telling names one alone."""
        names = [name for role, chain, name in one.participants if role == "agent" and chain in self.entity_of]
        return names if len(names) == 1 else []

    def _other_doer(self, one: Said, other: Said) -> bool:
        """Two people, or two bodies: of a person and a body one may act for the other."""
        (mine, person), (theirs, another) = self._who(one), self._who(other)
        return mine != theirs and person == another

    def _who(self, said: Said) -> tuple[str, bool]:
        chain = next(chain for role, chain, _ in said.telling.participants if role == "agent" and chain in self.entity_of)
        assert chain is not None
        return self.entity_of[chain], chain in said.telling.persons


def facing(entry: Entry, name: str, said: Sequence[Said], apart: Apart) -> Iterator[Conflict | Correction]:
    """The values of one property that cannot all hold: what a publisher said before is taken back, what is left stands side by side."""
    pairs = [two for two in combinations(said, 2) if two[0].report != two[1].report and apart(*two)]
    taken_back = set()
    for two in pairs:
        before, after = sorted(two, key=lambda one: (day(given(one.telling.evidence)), one.telling.anchor))
        if (
            _publisher(before)
            and _publisher(before) == _publisher(after)
            and day(given(before.telling.evidence)) < day(given(after.telling.evidence))
        ):
            taken_back.add(before)
            ident = f"{entry.id}-{name}-{after.telling.evidence.report}"
            yield Correction(ident, entry.id, name, side(before.value, [before.telling.evidence]), side(after.value, [after.telling.evidence]))
    against = {fold(one.value) for two in pairs if not taken_back.intersection(two) for one in two}
    if against:
        sides: dict[str, list[Said]] = {}
        for one in said:
            if fold(one.value) in against and one not in taken_back:
                sides.setdefault(fold(one.value), []).append(one)
        made = tuple(side(group[0].value, (one.telling.evidence for one in group)) for _, group in sorted(sides.items()))
        yield Conflict(f"{ids(one.anchor for one in (known.telling for known in said))[0]}-{name}", entry.id, name, made)


def _publisher(one: Said) -> str | None:
    return one.telling.evidence.publisher
