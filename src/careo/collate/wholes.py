"""Which happening caused another, and which is part of one: only where a report says both in one sentence, and dates both.

An attack causes deaths, and what people suffer in it short of death belongs to it; so does all harm, and every attack and clash, to the protest, raid
or strike during which it happened. Of several that a sentence tells the nearest is meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from careo import edtf
from careo.collate.chronology import TOLD, Telling
from careo.model import Entry

DEADLY = frozenset({"attack", "clash", "disaster", "accident"})
"""What causes the deaths that are told with it."""

DEATHS, WOUNDS = frozenset({"death", "killing"}), frozenset({"injury", "displacement"})

LASTING = frozenset({"protest", "strike", "raid", "blockade", "siege"})
"""During which something happens that has a line of its own. Told behind it, not before it: who marches for the dead tells of another day."""

REACH = 150
"""Code points between two that a sentence tells together; long sentences tell of several things."""

Told = tuple[Entry, Sequence[Telling]]


def related(entries: Sequence[Told]) -> list[Told]:
    """The entries with what each caused and what it is part of."""
    entry_of = {one.anchor: entry for entry, members in entries for one in members}
    beside: dict[tuple[str, str, int, int], list[Telling]] = defaultdict(list)
    for _, members in entries:
        for one in members:
            if one.status in TOLD and one.when:
                at = one.evidence
                beside[at.report, at.field, at.span.start, at.span.end].append(one)
    causes, wholes = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for told in beside.values():
        for harm, whole, caused in _pairs(told):
            part, of = entry_of[harm.anchor], entry_of[whole.anchor]
            if part.id != of.id and _may_be_one_day(part.when, of.when):
                (causes[of.id] if caused else wholes[part.id]).add(part.id if caused else of.id)
    return [(_with(entry, causes[entry.id], wholes[entry.id] - causes[entry.id]), members) for entry, members in entries]


def _with(entry: Entry, causes: set[str], wholes: set[str]) -> Entry:
    return msgspec.structs.replace(entry, causes=tuple(sorted(causes)), part_of=tuple(sorted(wholes)))


def _pairs(told: Sequence[Telling]) -> Iterator[tuple[Telling, Telling, bool]]:
    """What one sentence tells: each harm with what it was caused by, or is part of; and which of the two."""
    for one in told:
        deadly = _nearest(one, [other for other in told if other.kind in DEADLY]) if one.kind in DEATHS | WOUNDS else None
        if deadly:
            yield one, deadly, one.kind in DEATHS
        lasting = [other for other in told if other.kind in LASTING and one.evidence.trigger.start < other.evidence.trigger.start]
        whole = _nearest(one, lasting) if one.kind in DEADLY | DEATHS | WOUNDS and not deadly else None
        if whole:
            yield one, whole, False


def _nearest(one: Telling, others: Sequence[Telling]) -> Telling | None:
    """The nearest to it in the sentence that is told of the same time by the same voice."""
    alike = [other for other in others if _may_be_one_day(one.when, other.when) and other.evidence.attribution == one.evidence.attribution]
    near = min(alike, key=lambda other: (_gap(one, other), other.anchor), default=None)
    return near if near and _gap(one, near) <= REACH else None


def _gap(one: Telling, other: Telling) -> int:
    return abs(one.evidence.trigger.start - other.evidence.trigger.start)


def _may_be_one_day(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and edtf.overlaps(one, other)
