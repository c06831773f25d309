"""Time as minutes on one line: how much of it an entry may fill, and windows upon it, from centuries down to minutes."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from careo import edtf
from careo.model import Entry

DAY = 24 * 60
FIRST, LAST = date.min.toordinal() * DAY, (date.max.toordinal() + 1) * DAY

_PARTS = {"MO": (0, 12), "MI": (11, 15), "AF": (12, 20), "EV": (17, 24), "NI": (19, 24), "DT": (6, 20)}
"""Hours of a day that a part of it may mean: the widest use, so that nothing is shown as surer than it is."""

_MOMENT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d))?)?)?", re.ASCII)
_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT(\d\d):(\d\d)", re.ASCII)


class Extent(NamedTuple):
    """From the minute `start` up to, not including, the minute `end`; an open end reaches to the end of the calendar."""

    start: int
    end: int

    def touches(self, other: Extent) -> bool:
        """Whether the two share a minute."""
        return self.start < other.end and other.start < self.end

    @property
    def length(self) -> int:
        """Minutes."""
        return self.end - self.start


def extent_of(entry: Entry) -> Extent | None:
    """The time in which, by its date, an entry may lie; None where it has no date."""
    if not entry.when or not edtf.is_edtf(entry.when):
        return None
    first, last = edtf.bounds(entry.when)
    start, end = first.toordinal() * DAY, (last.toordinal() + 1) * DAY
    clock = _CLOCK.match(entry.when)
    if first == last and clock:
        at = start + int(clock[1]) % 24 * 60 + int(clock[2]) % 60
        return Extent(at, at + 1)
    if first == last and entry.part and entry.part[-2:] in _PARTS:
        begin, until = _PARTS[entry.part[-2:]]
        return Extent(start + begin * 60, start + until * 60)
    return Extent(start, end)


def moment(text: str) -> Extent | None:
    """The year, month, day or minute that `text` names (`2018`, `2018-01`, `2018-01-15`, `2018-01-15T02:30`); None for all else."""
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute = (int(one) if one else None for one in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    start = first.toordinal() * DAY
    if hour is not None and minute is not None:
        return Extent(start + hour * 60 + minute, start + hour * 60 + minute + 1) if hour < 24 and minute < 60 else None
    return Extent(start, after(first, "day" if day else "month" if month else "year"))


def after(first: date, unit: str) -> int:
    """The minute at which the day, month or year that begins with `first` ends."""
    if unit == "day" or first.year == MAXYEAR:
        return (first.toordinal() + 1) * DAY if unit == "day" else LAST
    year, month = (first.year, first.month + 1) if unit == "month" else (first.year + 1, 1)
    return date(year + (month > 12), 1 if month > 12 else month, 1).toordinal() * DAY


def written(minute: int) -> str:
    """A minute as `moment` reads it: no longer than needed."""
    day, rest = divmod(min(max(minute, FIRST), LAST - 1), DAY)
    said = date.fromordinal(day).isoformat()
    return f"{said}T{rest // 60:02}:{rest % 60:02}" if rest else said


def written_end(minute: int) -> str:
    """The end of a stretch as `window` reads it: the last day that is whole in it, else its last minute."""
    return written(minute - DAY) if minute % DAY == 0 else written(minute - 1)


def window(since: str, until: str) -> Extent | None:
    """The time from `since` to `until`, as written in a filter; None where neither is a moment. They are turned round where they stand so."""
    first, last = moment(since), moment(until)
    if first is None and last is None:
        return None
    start, end = (first.start if first else FIRST), (last.end if last else LAST)
    if first and last and end <= start:
        start, end = last.start, first.end
    return Extent(start, end)


def held(extent: Extent, least: int = 10) -> Extent:
    """Within the calendar, and no shorter than `least` minutes."""
    start = min(max(extent.start, FIRST), LAST - least)
    return Extent(start, min(max(extent.end, start + least), LAST))


def day_of(minute: int) -> date:
    """The day of a minute."""
    return date.fromordinal(min(max(minute // DAY, date.min.toordinal()), date.max.toordinal()))


def years_on(year: int, step: int) -> int:
    """The first minute of the next year that `step` divides, for axes."""
    following = year - year % step + step
    return date(min(max(following, MINYEAR), MAXYEAR), 1, 1).toordinal() * DAY


def months_on(day: date, step: int) -> int:
    """The first minute of the next month that begins a stretch of `step` months of a year."""
    month = (day.month - 1) // step * step + step
    year, month = day.year + month // 12, month % 12 + 1
    return date(min(year, MAXYEAR), month, 1).toordinal() * DAY


def monday_on(day: date) -> int:
    """The first minute of the next Monday."""
    return (day + timedelta(days=7 - day.weekday())).toordinal() * DAY if day < date(MAXYEAR, 12, 20) else LAST
