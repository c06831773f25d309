"""What stands where in a case, worked out once: the number of each report, the entries that somebody takes part in, what is about an entry."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from careo.model import Chronology, Conflict, Correction, Entry, Report, Toll

DAY_END = "9999"

SAFE = re.compile(r"[\w-]{1,64}", re.ASCII)


class Disputes(NamedTuple):
    """What is about one entry: conflicts, corrections and tolls, each with its number in the chronology."""

    conflicts: list[tuple[int, Conflict]]
    corrections: list[tuple[int, Correction]]
    tolls: list[tuple[int, Toll]]


def safe_anchor(prefix: str, name: str, number: int) -> str:
    """A name for a place on the page: the given one where it is plain, else the number."""
    return f"{prefix}-{name}" if SAFE.fullmatch(name) else f"{prefix}_{number}"


def date_of(report: Report) -> str | None:
    """The date of a report as read, else as given."""
    if report.reading is not None and report.reading.dct.value:
        return report.reading.dct.value
    return report.document.dct.value if report.document.dct else None


class Index:
    """Knows which number each report has, where each entry stands, and what is about it. `reports` need neither text nor annotations."""

    def __init__(self, chronology: Chronology, reports: Sequence[Report]) -> None:
        self.chronology = chronology
        self.reports = sorted(reports, key=lambda one: (date_of(one) or DAY_END, one.document.id))
        self.number = {one.document.id: n for n, one in enumerate(self.reports, 1)}
        every = (*chronology.entries, *chronology.undated)
        self.entry = {one.id: one for one in every}
        self.entry_at = {one.id: safe_anchor("e", one.id, n) for n, one in enumerate(every, 1)}
        self.entity = {one.id: one for one in chronology.entities}
        self.entity_at = {one.id: safe_anchor("p", one.id, n) for n, one in enumerate(chronology.entities, 1)}
        self.family_of = {copy.report: family.origin for family in chronology.copies for copy in family.reports}
        self.origins = {family.origin for family in chronology.copies}
        self.taken: dict[str, list[Entry]] = defaultdict(list)
        for entry in every:
            for entity in dict.fromkeys(party.entity for party in entry.participants if party.entity):
                self.taken[entity].append(entry)
        self.about = self._about()

    def _about(self) -> dict[str, Disputes]:
        made: dict[str, Disputes] = defaultdict(lambda: Disputes([], [], []))
        for n, conflict in enumerate(self.chronology.conflicts, 1):
            made[conflict.entry or ""].conflicts.append((n, conflict))
        for n, correction in enumerate(self.chronology.corrections, 1):
            made[correction.entry or ""].corrections.append((n, correction))
        for n, toll in enumerate(self.chronology.tolls, 1):
            made[toll.event or ""].tolls.append((n, toll))
        return made
