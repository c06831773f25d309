"""The picture of time: above the axis the days of which entries tell, below it the stretches in which something lies.

A chronology of one night has a background of years. Drawn to scale it would be one dot in an empty field; so the stretch between two
neighbouring dates grows with the logarithm of its days. Order is kept, and the ticks say the dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import log2

from careo import edtf
from careo.model import Entry

DOT, LEAST, APART = 14.0, 14.0, 92.0
"""Units: the most room of one entry's dot, the least width of a bar, the least distance of two ticks."""
LANE, DEEPEST, THINNEST = 11.0, 154.0, 2.0
"""Units: the height of a lane; more lanes than fit into the deepest get thinner, down to the thinnest."""
TALL, SMALLEST, LEGIBLE = 8, 6.0, 12.0
"""A day with more entries than this gets no more dots, but its number; dots are no smaller, and with numbers no smaller, than this."""
CROWDED = 112.0
"""Units: the height of the fullest day where days stand too close for dots, and each gets a column."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """All entries of one date or stretch. `known`: a single day, `y` its height above the axis; else `y` is how far its bar lies below.

    `begins`, `ends`: whether the stretch has that end; where it has none the bar runs to the picture's edge.
    """

    when: str
    entries: tuple[Entry, ...]
    x: float
    width: float
    y: float
    known: bool
    begins: bool = True
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis; `left`: its words stand to the left of it, for want of room."""

    x: float
    day: date
    left: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Marks and ticks, how much room they need above and below the axis, how thick a bar and wide a dot are.

    `crowded`: columns, as high as their number of entries, in the place of dots.
    """

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    width: float
    above: float = 0.0
    below: float = 0.0
    lane: float = LANE
    dot: float = DOT
    crowded: bool = False


def draw(entries: Iterable[Entry], width: float = 1000.0) -> Picture:
    """The picture of the entries that have a date, `width` units wide."""
    together: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.when and edtf.is_edtf(entry.when):
            together.setdefault(entry.when, []).append(entry)
    if not together:
        return Picture((), (), width)
    days = _clipped({when: edtf.parse(when) for when in together})
    places = _axis(sorted({day for first, last in days.values() for day in (first, last + DAY)}), width)
    marks = [_mark(when, tuple(together[when]), days[when], places) for when in sorted(together, key=edtf.key)]
    marks, depth, lane = _in_lanes(marks)
    dot = _dot([mark.x for mark in marks if mark.known])
    fullest = max((len(mark.entries) for mark in marks if mark.known), default=0)
    crowded = dot < SMALLEST or (dot < LEGIBLE and fullest > TALL)
    step = CROWDED / fullest if crowded else dot
    marks = [_at(mark, round(step * (len(mark.entries) if crowded else min(len(mark.entries), TALL)), 1)) if mark.known else mark for mark in marks]
    above = max((mark.y for mark in marks if mark.known), default=0.0)
    ticks = _ticks(sorted({days[when][0] for when in together}), places, width)
    return Picture(tuple(marks), tuple(ticks), width, above, depth, lane, dot, crowded)


def _clipped(days: Mapping[str, edtf.Dates]) -> dict[str, tuple[date, date]]:
    """The first and last day of each; an open end is a day beyond all others."""
    real = [_held(dates.earliest) for dates in days.values() if dates.earliest > date.min]
    real += [_held(dates.latest) for dates in days.values() if dates.latest < date.max]
    first, last = min(real) - DAY, max(real) + DAY
    return {
        when: (first if dates.earliest == date.min else _held(dates.earliest), last if dates.latest == date.max else _held(dates.latest))
        for when, dates in days.items()
    }


def _held(day: date) -> date:
    """Within the years that leave room for a day before and after."""
    return min(max(day, date(2, 1, 1)), date(9998, 12, 29))


def _mark(when: str, entries: tuple[Entry, ...], days: tuple[date, date], places: Mapping[date, float]) -> Mark:
    dates, (first, last) = edtf.parse(when), days
    known = dates.earliest == dates.latest and not dates.about
    x, end = places[first], places[last + DAY]
    return Mark(when, entries, round(x, 1), round(max(end - x, LEAST), 1), 0.0, known, dates.earliest > date.min, dates.latest < date.max)


def _in_lanes(marks: Sequence[Mark]) -> tuple[list[Mark], float, float]:
    """Bars one below the other where they would cover each other; how deep they go, and how thick they are."""
    ends: list[float] = []
    lanes: list[int] = []
    for mark in marks:
        free = next((i for i, taken in enumerate(ends) if taken <= mark.x), len(ends))
        if not mark.known:
            ends[free : free + 1] = [mark.x + mark.width + 2]
        lanes.append(free)
    lane = max(min(LANE, DEEPEST / max(len(ends), 1)), THINNEST)
    placed = [mark if mark.known else _at(mark, round(free * lane, 1)) for mark, free in zip(marks, lanes, strict=True)]
    return placed, round(len(ends) * lane, 1), round(lane, 1)


def _at(mark: Mark, y: float) -> Mark:
    return Mark(mark.when, mark.entries, mark.x, mark.width, y, mark.known, mark.begins, mark.ends)


def _dot(columns: Sequence[float]) -> float:
    """How wide dots may be, so that columns stand apart."""
    return round(min([DOT, *(max(after - before, 1.0) for before, after in pairwise(columns))]), 1)


def _axis(days: Sequence[date], width: float) -> dict[date, float]:
    """Where each day stands, in units: stretches grow with the logarithm of their days."""
    stretches = [1 + log2((after - before).days) for before, after in pairwise(days)]
    unit = (width - LEAST) / (sum(stretches) or 1)
    places, x = {days[0]: 0.0}, 0.0
    for day, stretch in zip(days[1:], stretches, strict=True):
        x += stretch * unit
        places[day] = x
    return places


def _ticks(days: Sequence[date], places: Mapping[date, float], width: float) -> list[Tick]:
    made: list[Tick] = []
    for day in days:
        x, left = round(places[day], 1), places[day] > width - APART
        if not made or x - made[-1].x >= APART * (2 if left else 1):
            made.append(Tick(x, day, left and bool(made)))
    return made
