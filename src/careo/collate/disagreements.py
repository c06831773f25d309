"""Dates, places and doers that cannot all hold of one happening. Never a verdict.

What one report says twice, and differently, is its own affair (or misread); what one publisher says later is a correction. A place that
lies in the other, a day within the other's stretch, a person and the body that he may belong to can both hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from careo import edtf
from careo.collate.chronology import TOLD, Involved, Telling, given
from careo.collate.clusters import ids
from careo.collate.sides import day, side
from careo.model import Conflict, Correction, Entry, Spot
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


def disagreements(entry: Entry, members: Sequence[Telling]) -> Iterator[Conflict | Correction]:
    """All of one entry; its tellings as `Telling.resolved` gives them."""
    told = [one for one in members if one.status in TOLD]
    dated = [Said(one.when, one) for one in told if one.when and not one.carried]
    placed = [Said(one.where, one) for one in told if one.where and one.placed and _spot(one)]
    done = [Said(doers[0].name, one) for one in told if one.kind in VIOLENT and len(doers := _doers(one)) == 1]
    for name, said, apart in (("when", dated, _other_days), ("where", placed, _elsewhere), ("agent", done, _other_doer)):
        yield from facing(entry, name, said, apart)


def _spot(one: Telling) -> Spot | None:
    return one.placing.spot if one.placing else None


def _elsewhere(one: Said, other: Said) -> bool:
    left, right = _spot(one.telling), _spot(other.telling)
    if left is None or right is None or not _one_victim(one, other):
        return False
    return not ({left.id, *(area.id for area in left.within)} & {right.id} or {area.id for area in right.within} & {left.id})


def _other_days(one: Said, other: Said) -> bool:
    left, right = edtf.bounds(one.value), edtf.bounds(other.value)
    return _one_victim(one, other) and (left[0] > right[1] or right[0] > left[1])


def _one_victim(one: Said, other: Said) -> bool:
    """Whether it befell the same person by name: what makes it one happening, whatever day and place are told."""
    return bool(one.telling.people("patient") & other.telling.people("patient"))


def _doers(one: Telling) -> list[Involved]:
    """The doers that are known across reports."""
    return [who for who in one.participants if who.role == "agent" and who.entity]


def _other_doer(one: Said, other: Said) -> bool:
    """Two people, or two bodies: of a person and a body one may act for the other."""
    mine, theirs = _doers(one.telling)[0], _doers(other.telling)[0]
    return mine.entity != theirs.entity and mine.person == theirs.person


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
