"""The picture of time as the page draws it: all dates at a glance, or a window to scale; with the addresses that its marks lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from careo.model import Entry, Status
from careo.present.dossier.picture import TALL, Picture, draw
from careo.present.web.asked import Asked
from careo.present.web.extent import DAY, Extent, day_of, held, written, written_end
from careo.present.web.room import Visit
from careo.present.web.scale import Bar, Scale, closer, scale, shifted, whole, wider

WIDE, SLIM = 1000.0, 340.0
"""Units of the picture on a screen and on a telephone."""

RANK: Sequence[Status] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Moving:
    """Addresses of the windows around."""

    closer: str
    wider: str
    earlier: str
    later: str
    whole: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All dates, not to scale. `at`, `label` and `dots` by the date of a mark, as the dossier's picture takes them."""

    wide: Picture
    slim: Picture
    at: Mapping[str, str]
    label: Mapping[str, str]
    dots: Mapping[str, Sequence[Status]]
    spoken: str
    zoom: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A bar with its address, what it says, and the status that matters most in it."""

    bar: Bar
    href: str
    label: str
    status: Status


@dataclass(frozen=True, slots=True)
class Ticked:
    """A tick with what it says and the address of its stretch."""

    x: float
    says: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A window in one width."""

    scale: Scale
    bars: tuple[Shown, ...]
    ticks: tuple[Ticked, ...]


@dataclass(frozen=True, slots=True)
class Zoomed:
    """A window to scale, in two widths."""

    wide: Drawn
    slim: Drawn
    moving: Moving
    spoken: str


def overview(visit: Visit, asked: Asked, entries: Sequence[Entry]) -> Overview | None:
    """The picture of all dates; None where there are none. That of all entries is drawn once a conclusion: it names nobody."""
    if not asked.is_empty:
        return _overview(visit, asked, entries)
    if visit.board.pictured is None:
        visit.board.pictured = _overview(visit, Asked(), entries)
    kept = visit.board.pictured
    assert kept is None or isinstance(kept, Overview)
    return kept


def _overview(visit: Visit, asked: Asked, entries: Sequence[Entry]) -> Overview | None:
    dated = [one for one in entries if one.when]
    if not dated:
        return None
    bench = visit.bench
    wide, slim = draw(dated, WIDE), draw(dated, SLIM)
    at = {mark.when: _to(visit, asked, extent) for mark in wide.marks if (extent := _span(visit, mark.entries))}
    label = {mark.when: bench.say("mark", date=bench.date(mark.when), entries=bench.count("entries", len(mark.entries))) for mark in wide.marks}
    dots = {mark.when: sorted((one.status for one in mark.entries), key=RANK.index)[-TALL:] for mark in wide.marks if mark.known}
    known = sum(mark.known for mark in wide.marks)
    ends = (bench.on(wide.marks[0].when), bench.on(wide.marks[-1].when))
    spoken = bench.say("picture_desc", days=known, stretches=len(wide.marks) - known, first=ends[0], last=ends[1])
    all_of_it = whole(visit.board.facets[one.id].extent for one in dated)
    return Overview(wide, slim, at, label, dots, visit.words.contracted(spoken), _to(visit, asked, all_of_it) if all_of_it else None)


def _span(visit: Visit, entries: Sequence[Entry]) -> Extent | None:
    found = [extent for one in entries if (extent := visit.board.facets[one.id].extent)]
    if not found:
        return None
    # A day of a single entry is shown as a day, not as the hours that it names.
    start, end = min(one.start for one in found), max(one.end for one in found)
    return Extent(start - start % DAY, end + -end % DAY)


def zoomed(visit: Visit, asked: Asked, entries: Sequence[Entry]) -> Zoomed:
    """The window that is asked for, to scale."""
    assert asked.window is not None
    extents = {one.id: visit.board.facets[one.id].extent for one in entries}
    window = _settled(asked.window, entries, extents)
    wide, slim = (_drawn(visit, asked, scale(entries, extents, window, width)) for width in (WIDE, SLIM))
    spoken = visit.say("zoom_desc", entries=visit.bench.count("entries", sum(len(one.bar.entries) for one in wide.bars)))
    return Zoomed(wide, slim, _moving(visit, asked, window), spoken)


def _settled(window: Extent, entries: Sequence[Entry], extents: Mapping[str, Extent | None]) -> Extent:
    """A window that is open at one end ends with the last entry of that side."""
    known = whole(extents[one.id] for one in entries)
    if known is None:
        return held(window)
    far = 400 * 366 * DAY
    start = known.start if window.length > far and window.start < known.start else window.start
    end = known.end if window.length > far and window.end > known.end else window.end
    return held(Extent(start, max(end, start + 1)))


def _moving(visit: Visit, asked: Asked, window: Extent) -> Moving:
    """Where the buttons beside the picture lead."""
    nearer, further, before, after = (_to(visit, asked, one) for one in (closer(window), wider(window), shifted(window, -1), shifted(window, 1)))
    return Moving(nearer, further, before, after, f"{visit.base}/?{asked.but(since='', until='').query()}")


def _to(visit: Visit, asked: Asked, extent: Extent) -> str:
    return f"{visit.base}/?{asked.but(since=written(extent.start), until=written_end(extent.end)).query()}"


def _drawn(visit: Visit, asked: Asked, made: Scale) -> Drawn:
    bars = tuple(_shown(visit, asked, bar) for bar in made.bars)
    ticks = tuple(Ticked(one.x, _tick(visit, made, one.extent), _into(visit, asked, made, one.extent)) for one in made.ticks)
    return Drawn(made, bars, ticks)


def _shown(visit: Visit, asked: Asked, bar: Bar) -> Shown:
    bench, first = visit.bench, bar.entries[0]
    worst = max((one.status for one in bar.entries), key=RANK.index)
    when = bench.date(first.when)
    if len(bar.entries) == 1:
        return Shown(bar, bench.to_entry(first.id), f"{when}: {visit.quoter.plain(first.what)}", worst)
    label = bench.say("mark", date=when, entries=bench.count("entries", len(bar.entries)))
    return Shown(bar, _to(visit, asked, bar.extent), label, worst)


def _into(visit: Visit, asked: Asked, made: Scale, extent: Extent) -> str | None:
    """The stretch behind a tick, unless it is the window already, or no shorter one is drawn."""
    return _to(visit, asked, extent) if 10 <= extent.length < made.window.length else None


def _tick(visit: Visit, made: Scale, extent: Extent) -> str:
    """A tick in words: an hour, a day, a month, a year; with what stands above it where that changes."""
    day, minute = day_of(extent.start), extent.start % DAY
    months = visit.words.say("short_months", str(day.month))
    if made.unit == "minute":
        return f"{minute // 60}:{minute % 60:02}" if minute else f"{day.day} {months}"
    if made.unit == "day":
        return f"{day.day} {months}"
    return f"{months} {day.year}" if made.unit == "month" else str(day.year)
