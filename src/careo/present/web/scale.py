"""The picture of a window of time, to scale: a bar as wide as what is uncertain of an entry's time, ticks from centuries to minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from careo.model import Entry
from careo.present.web.extent import DAY, FIRST, LAST, Extent, day_of, held, monday_on, months_on, years_on

LEAST, GAP = 10.0, 3.0
"""Units: the least width of a bar, and the room between two in one lane."""
LANE, DEEPEST, THINNEST = 16.0, 240.0, 3.0
"""Units: the height of a lane; more lanes than fit into the deepest get thinner, down to the thinnest."""
MOST, FEW = 10, 5
"""Ticks at most: on a picture of a thousand units, and on one however narrow."""


@dataclass(frozen=True, slots=True)
class Bar:
    """All entries that may fill the same time, cut at the edges of the window; `begins`, `ends`: whether that end lies inside."""

    entries: tuple[Entry, ...]
    extent: Extent
    x: float
    width: float
    y: float
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis and the stretch that begins there."""

    x: float
    extent: Extent


@dataclass(frozen=True, slots=True)
class Scale:
    """The picture. `unit` is that of the ticks: year, month, day or minute."""

    window: Extent
    unit: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    width: float
    below: float
    lane: float


Step = tuple[str, int, Callable[[int], int]]


def _clock(step: int) -> Step:
    return "minute", step, lambda minute: minute - minute % step + step


def _years(step: int) -> Step:
    return "year", step * 366 * DAY, lambda minute: years_on(day_of(minute).year, step)


def _months(step: int) -> Step:
    return "month", step * 31 * DAY, lambda minute: months_on(day_of(minute), step)


_STEPS: tuple[Step, ...] = (
    *map(_clock, (1, 5, 10, 30, 60, 180, 360)),
    ("day", DAY, lambda minute: minute - minute % DAY + DAY),
    ("day", 7 * DAY, lambda minute: monday_on(day_of(minute))),
    *map(_months, (1, 3)),
    *map(_years, (1, 2, 5, 10, 20, 50, 100, 500, 1000)),
)
"""The units of an axis from small to large: name, minutes at most, and where the next one after a minute begins."""


def scale(entries: Iterable[Entry], extents: Mapping[str, Extent | None], window: Extent, width: float = 1000.0) -> Scale:
    """The picture of those `entries` that may lie in `window`; `extents` by id."""
    window = held(window)
    to_x = partial(_x, window, width)
    unit, ticks = _axis(window, max(MOST * width / 1000, FEW), to_x)
    together: dict[Extent, list[Entry]] = {}
    for entry in entries:
        extent = extents.get(entry.id)
        if extent is not None and extent.touches(window):
            together.setdefault(extent, []).append(entry)
    bars, lanes = _in_lanes([_bar(extent, tuple(found), window, to_x, width) for extent, found in sorted(together.items(), key=_by_place)])
    lane = max(min(LANE, DEEPEST / max(lanes, 1)), THINNEST)
    placed = tuple(_moved(bar, round(bar.y * lane, 1)) for bar in bars)
    return Scale(window, unit, placed, ticks, width, round(lanes * lane, 1), round(lane, 1))


def _axis(window: Extent, most: float, to_x: Callable[[int], float]) -> tuple[str, tuple[Tick, ...]]:
    """The unit of which not too many fit into the window, and its ticks; a smaller one where none of it begins there."""
    at = next((n for n, step in enumerate(_STEPS) if window.length / step[1] <= most), len(_STEPS) - 1)
    ticks = tuple(_ticks(window, _STEPS[at][2], to_x))
    while not ticks and at:
        at -= 1
        ticks = tuple(_ticks(window, _STEPS[at][2], to_x))
    return _STEPS[at][0], ticks


def _by_place(item: tuple[Extent, list[Entry]]) -> tuple[int, int]:
    """The wide ones first: they are the ground on which the others stand."""
    extent, _ = item
    return (-extent.length, extent.start)


def _x(window: Extent, width: float, minute: int) -> float:
    return round((min(max(minute, window.start), window.end) - window.start) / window.length * width, 1)


def _bar(extent: Extent, entries: tuple[Entry, ...], window: Extent, to_x: Callable[[int], float], width: float) -> Bar:
    wide = max(to_x(extent.end) - to_x(extent.start), LEAST)
    x = min(to_x(extent.start), width - wide)
    return Bar(entries, extent, round(x, 1), round(wide, 1), 0.0, extent.start >= window.start, extent.end <= window.end)


def _in_lanes(bars: list[Bar]) -> tuple[list[Bar], int]:
    """Each bar in the first lane where it covers no other; `y` is the lane's number."""
    lanes: list[list[tuple[float, float]]] = []
    placed = []
    for bar in bars:
        own = (bar.x - GAP, bar.x + bar.width + GAP)
        free = next((n for n, taken in enumerate(lanes) if all(own[1] <= a or b <= own[0] for a, b in taken)), len(lanes))
        if free == len(lanes):
            lanes.append([])
        lanes[free].append((bar.x, bar.x + bar.width))
        placed.append(_moved(bar, float(free)))
    return placed, len(lanes)


def _moved(bar: Bar, y: float) -> Bar:
    return Bar(bar.entries, bar.extent, bar.x, bar.width, y, bar.begins, bar.ends)


def _ticks(window: Extent, following: Callable[[int], int], to_x: Callable[[int], float]) -> Iterable[Tick]:
    at = following(window.start - 1)
    while at < window.end:
        after = following(at)
        if after <= at:
            return
        yield Tick(to_x(at), Extent(at, after))
        at = after


# ---------------------------------------------------------------- moving the window


def closer(window: Extent) -> Extent:
    """The middle half."""
    quarter = window.length // 4
    return held(Extent(window.start + quarter, window.end - quarter))


def wider(window: Extent) -> Extent:
    """As much again on both sides."""
    return held(Extent(window.start - window.length // 2, window.end + window.length // 2))


def shifted(window: Extent, by: int) -> Extent:
    """Earlier (-1) or later (1) by three quarters of itself."""
    step = by * window.length * 3 // 4
    step = max(step, FIRST - window.start) if by < 0 else min(step, LAST - window.end)
    return held(Extent(window.start + step, window.end + step))


def whole(extents: Iterable[Extent | None]) -> Extent | None:
    """From the first to the last minute of all; open ends are left out. None where there is nothing."""
    known = [one for one in extents if one is not None]
    starts, ends = [one.start for one in known if one.start > FIRST], [one.end for one in known if one.end < LAST]
    return held(Extent(min(starts), max(ends))) if starts and ends and min(starts) < max(ends) else None
