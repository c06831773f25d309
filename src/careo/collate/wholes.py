"""Which happening caused another, and which is part of one: only where a report says both in one sentence, and dates both.

An attack causes deaths, and what people suffer in it short of death belongs to it; so does all harm, and every attack and clash, to the protest, raid
or strike during which it happened. Of several that a sentence tells the nearest is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

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


class Beside(NamedTuple):
    """What a sentence tells, with the entry that it is told in."""

    telling: Telling
    entry: str
    when: str | None


class Relation(NamedTuple):
    """Two entries of which one sentence says that one is part of the other, or was caused by it."""

    part: str
    whole: str
    caused: bool


def beside(entry: Entry, members: Sequence[Telling]) -> Iterator[Beside]:
    """Those tellings of an entry that others may stand beside."""
    return (Beside(one, entry.id, entry.when) for one in members if one.status in TOLD and one.when)


def sentence(one: Beside) -> list[str]:
    """The key of the sentence that it stands in."""
    at = one.telling.evidence
    return [f"{at.report}\0{at.field}\0{at.span.start}\0{at.span.end}"]


def relations(_sentence: str, told: Sequence[Beside]) -> Iterator[Relation]:
    """What one sentence says of the entries that it tells."""
    ordered = sorted(told, key=lambda one: one.telling.anchor)
    entry_of = {one.telling.anchor: one for one in ordered}
    for harm, whole, caused in _pairs([one.telling for one in ordered]):
        part, of = entry_of[harm.anchor], entry_of[whole.anchor]
        if part.entry != of.entry and _may_be_one_day(part.when, of.when):
            yield Relation(part.entry, of.entry, caused)


def related(entry: Entry, known: Sequence[Relation]) -> Entry:
    """The entry with what it caused and what it is part of."""
    causes = {one.part for one in known if one.whole == entry.id and one.caused}
    wholes = {one.whole for one in known if one.part == entry.id and not one.caused}
    return msgspec.structs.replace(entry, causes=tuple(sorted(causes)), part_of=tuple(sorted(wholes - causes)))


def around(entry: str, known: Sequence[Relation]) -> set[str]:
    """The entries that this one is part of, or was caused by."""
    causes = {one.part for one in known if one.whole == entry and one.caused}
    return {one.whole for one in known if one.part == entry and (one.caused or one.whole not in causes)}


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
