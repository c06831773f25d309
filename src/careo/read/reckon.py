"""Calendar arithmetic on TIMEX3 values: partial dates counted from a day, shifts, lengths.

Knows no language. A *partial* value has X for what the words left unsaid (`XXXX-06-27`, `XXXX-WXX-1`, `XXXX-XX-15`, `XXXX-SU`).
Movable days are counted out with the year: `XXXX-E-2` is two days before Easter, `XXXX-EW` the week that ends with it, `XXXX-05-N2-7` the
second Sunday of May, `XXXX-05-NL-7` the last.
A *shift* is a signed length with one unit (`-P1D`, `+P2W`, `P0Y`), whose unit is also the precision of what it leads to.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from careo.edtf import bounds, from_timex

Direction = Literal["last", "next", "this", "past", "future", "near", "beside"]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_SHIFT = re.compile(r"(?P<sign>[+-]?)P(?P<clock>T?)(?P<count>\d{1,5})(?P<unit>WE|[YMWDQH])")
_COUNT = re.compile(r"(?P<n>\d{1,7}(?:\.\d{1,3})?|X)(?:x(?P<times>\d{0,3}))?(?P<clock>T?)(?P<unit>WE|MO|MI|AF|NI|[YMWDHSQ])")
_ORDER = "Y Q M W D TH TM TS"
_MONTHS = {"Y": 12, "Q": 3, "H": 6, "M": 1}
_SEASON_MIDDLE = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}
_MOVABLE = re.compile(r"(?P<year>\d{4})-(?:E(?P<easter>[+-]\d{1,2}|W)|(?P<month>\d\d)-N0?(?P<nth>[1-5L])-0?(?P<weekday>[1-7]))")
AHEAD = 3
"""How much further a day ahead seems than one gone by: reports tell of what was."""
OTHER_YEAR = 2
"""How much further a date of another year seems than one of this: who leaves out the year means, as a rule, this one."""
_WITHIN = 190
"""How far, in days, the day of the week that was said may pull a date away from the nearest."""
_CLOSE = 45
"""How near, in days, it must be to count against the tense of the verb."""
_AROUND = 3
"""Years, months or weeks looked at on either side."""
_ROOT = {"Y": 4, "M": 7, "W": 10}
_REACH = 9
"""Years looked at on either side for 29 February, which may be eight years off."""


def moved(day: date, shift: str) -> date | None:
    """`day` moved by `shift`; a day that its month does not have becomes the last of it. None where the calendar or the notation ends."""
    found = _SHIFT.fullmatch(shift)
    if not found or found["clock"]:
        return None
    count = int(found["count"]) * (-1 if found["sign"] == "-" else 1)
    try:
        if found["unit"] in _MONTHS:
            months = day.year * 12 + day.month - 1 + count * _MONTHS[found["unit"]]
            year, month = divmod(months, 12)
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return day + timedelta(days=count * (1 if found["unit"] == "D" else 7))
    except (ValueError, OverflowError):
        return None


def shifted(day: date, shift: str) -> str | None:
    """The value that `shift` leads to from `day`, as precise as its unit: `-P1M` from 2018-01-15 is 2017-12."""
    there, found = moved(day, shift), _SHIFT.fullmatch(shift)
    return as_precise(there, found["unit"]) if there and found else None


def as_precise(day: date, unit: str) -> str:
    """The year, half, quarter, month, week, week-end or day (Y H Q M W WE D) that `day` lies in, as a value."""
    year, week, _ = day.isocalendar()
    forms = {
        "Y": f"{day.year:04}", "H": f"{day.year:04}-H{1 + (day.month - 1) // 6}", "Q": f"{day.year:04}-Q{1 + (day.month - 1) // 3}",
        "M": f"{day.year:04}-{day.month:02}", "W": f"{year:04}-W{week:02}", "WE": f"{year:04}-W{week:02}-WE",
    }  # fmt: skip
    return forms.get(unit, str(day))


def overlaid(value: str, day: date) -> str:
    """The partial `value` with the year, month or week of `day` for its X: `XXXX-09` on 2016-01-01 is 2016-09, `XXXX-E-2` 2016-03-25."""
    year, week, _ = day.isocalendar()
    if "-W" in value:
        made = value.replace("XXXX", f"{year:04}").replace("WXX", f"W{week:02}")
        return from_timex(made).edtf or made if not made.endswith("-WE") and made.count("-") == 2 else made
    return settled(value.replace("XXXX", f"{day.year:04}", 1).replace("-XX", f"-{day.month:02}", 1))


def settled(value: str) -> str:
    """The day, or the week, of a movable day whose year is known; other values as they are, a fifth Sunday that its month lacks too."""
    found = _MOVABLE.fullmatch(value)
    if not found or not 1583 <= int(found["year"]) <= 9998:
        return value
    if found["easter"] == "W":
        return as_precise(easter(int(found["year"])), "W")
    if found["easter"]:
        return str(easter(int(found["year"])) + timedelta(days=int(found["easter"])))
    return nth_weekday(int(found["year"]), int(found["month"]), found["nth"], int(found["weekday"])) or value


def easter(year: int) -> date:
    """Easter Sunday of a year from 1583 on.

    The anonymous Gregorian computus (Nature, 20 April 1876, p. 487; as in Meeus, Astronomical Algorithms, ch. 8).
    """
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, nth: str, weekday: int) -> str | None:
    """The first to fifth (or `L`, the last) Monday to Sunday (1 to 7) of a month; None where it has none."""
    if not 1 <= month <= 12:
        return None
    days = [d for d in (date(year, month, n) for n in range(1, monthrange(year, month)[1] + 1)) if d.isoweekday() == weekday]
    which = -1 if nth == "L" else int(nth) - 1
    return str(days[which]) if which < len(days) else None


def without_feast(partial: str) -> str:
    """A movable day whose year is not known, as a value: `XXXX-XX-XX`; other partial values as they are."""
    if "-EW" in partial:
        return "XXXX-WXX"
    return "XXXX-XX-XX" if "-E" in partial or "-N" in partial else partial


def filled(value: str, day: date, direction: Direction, *, weekday: int | None = None, south: bool = False) -> str | None:
    """The date that fits the partial `value`, seen from `day`; None if none does (30 February).

    last, next: strictly before, after; past, future: the same allowed; this: in the year (month, week) of `day`; near: the closest,
    a day ahead counting AHEAD times and one of another year twice; beside: the closest of the same year (month) and later ones.
    Of dates less than half a year off, one on the day of the week that was said comes before all others.
    `south` moves the seasons by half a year.
    """
    if direction == "this":
        return next((made for made in [overlaid(value, day)] if from_timex(made).edtf), None)
    fits = [(made, *_extent(made, south=south)) for made in _candidates(value, day)]
    named = [fit for fit in fits if fit[1].isoweekday() == weekday and abs((fit[1] - day).days) <= _WITHIN]
    close = [fit for fit in named if abs((fit[1] - day).days) <= _CLOSE]
    return _chosen(named, value, day, direction) or _chosen(close, value, day, "near") or _chosen(fits, value, day, direction)


def _chosen(fits: Sequence[tuple[str, date, date]], value: str, day: date, direction: Direction) -> str | None:
    """The one that lies in the `direction` from `day`: a date that fits `value`, with its first and last day."""
    before = [fit for fit in fits if fit[2] < day]
    holding = [fit for fit in fits if fit[1] <= day <= fit[2]]
    after = [fit for fit in fits if fit[1] > day]
    if direction == "beside":
        fits = [fit for fit in fits if fit[0][: _ROOT[unit_of(value)]] >= str(day)[: _ROOT[unit_of(value)]]]
    if direction in ("near", "beside"):
        return min(fits, key=lambda fit: (_strangeness(day, fit[1], fit[2], direction), fit[1]), default=(None,))[0]
    if direction in ("past", "last"):
        ordered = (holding if direction == "past" else []) or before[-1:]
    else:
        ordered = (holding if direction == "future" else []) or after[:1]
    return ordered[0][0] if ordered else None


def _strangeness(day: date, first: date, last: date, direction: Direction) -> int:
    """How far off a date is, in days; more where it would be unlike a report to leave out its year."""
    if direction == "beside":
        return max((first - day).days, (day - last).days, 0)
    years = 1 if first.year <= day.year <= last.year else OTHER_YEAR
    return years * max(AHEAD * (first - day).days, (day - last).days, 0)


def unit_of(value: str) -> Literal["Y", "M", "W"]:
    """What a partial value leaves open: its year, its month or its week."""
    return "W" if "-W" in value else "M" if value.startswith("XXXX-XX-") else "Y"


def _candidates(value: str, day: date) -> Iterator[str]:
    """The dates around `day` that fit `value`, in order."""
    unit = unit_of(value)
    reach = _REACH if value.endswith("02-29") else _AROUND
    for count in range(-reach, reach + 1):
        there = moved(day.replace(day=1) if unit != "W" else day, f"{'-' if count < 0 else ''}P{abs(count)}{unit}")
        if there and from_timex(made := overlaid(value, there)).edtf:
            yield made


def _extent(value: str, *, south: bool) -> tuple[date, date]:
    """The days of a candidate; of a season the middle month, in which hemispheres differ."""
    if month := _SEASON_MIDDLE.get(value[5:]):
        month = (month + 5) % 12 + 1 if south else month
        return date(int(value[:4]), month, 1), date(int(value[:4]), month, 28)
    return bounds(from_timex(value).edtf or value)


def agreed(values: set[str | None], partial: str) -> str | None:
    """What several resolutions of one expression have in common: their year, their month, else `partial`. None where one failed."""
    if None in values or not values:
        return None
    known = sorted(value for value in values if value)
    if len(known) == 1:
        return known[0]
    if all(re.fullmatch(r"\d{4}-\d\d(-\d\d)?", value) for value in known):
        if len({value[:7] for value in known}) == 1:
            return f"{known[0][:7]}-XX"
        if len({value[:4] for value in known}) == 1 and "W" not in partial:
            return known[0][:4] + "-XX" * known[0].count("-")
    return partial


def unknown(value: str) -> str:
    """`value` with X for every digit: the form of a date that cannot be resolved."""
    if "-W" in value:
        return "XXXX-WXX-WE" if value.endswith("-WE") else "XXXX-WXX"
    return re.sub(r"(?<![QH])\d", "X", value)


def length(written: str) -> str:
    """A length in its normal form. Parts are joined by `+`, counted out by `x`, `T` before a unit marks hours, minutes, seconds:
    `P2x10Y` is P20Y, `P3,5xY` P3.5Y, `P1Y+2M` P1Y2M, `P02xTH+30xTM` PT2H30M, `PXxTH` PTXH. Unchanged where it is none."""
    parts = [_COUNT.fullmatch(part.replace(",", ".")) for part in written.removeprefix("P").split("+")]
    if not written.startswith("P") or not all(parts):
        return written
    counted = sorted((bool(part["clock"]), _ORDER.find(part["clock"] + part["unit"][0]), _counted(part)) for part in parts if part)
    days = "".join(text for clock, _, text in counted if not clock)
    hours = "".join(text for clock, _, text in counted if clock)
    return f"P{days}" + (f"T{hours}" if hours else "")


def _counted(part: re.Match[str]) -> str:
    count = part["n"] if part["n"] == "X" else f"{float(part['n']) * int(part['times'] or 1):.3f}".rstrip("0").rstrip(".")
    return f"{count}{part['unit']}"


def between(first: str, last: str) -> str | None:
    """The length from one date to another of the same precision, in its unit: P4D from the 7th to the 11th; None where it is not known."""
    a, b = from_timex(first).edtf, from_timex(last).edtf
    if not a or not b or len(first) != len(last) or bounds(a)[0] > bounds(b)[0]:
        return None
    start, end = bounds(a)[0], bounds(b)[0]
    months = (end.year - start.year) * 12 + end.month - start.month
    return {10: f"P{(end - start).days}D", 7: f"P{months}M", 4: f"P{months // 12}Y"}.get(len(first))
