"""Dates with their precision: EDTF values, the days they cover, and the one table between TIMEX3 values and EDTF.

What is read (a part of EDTF, ISO 8601-2): `2018`, `2018-01`, `2018-01-15`, an instant (`2018-01-15T09:30:00Z`, taken as its day),
unknown digits from the right of a part (`201X`, `17XX`, `2018-XX`, `2018-01-XX`, `2018-01-1X`), `~` about, `?` doubtful, `%` both; in place
of the month a season 21–24, a quarter 33–36, a third 37–39 or a half 40–41; `a/b` lasted from a to b, `../b` and `a/..` with an open end;
`[a..b]` happened once, some time in it, also `[..b]` and `[a..]`. Years run from 0001 to 9999. A season's days depend on the hemisphere,
which the value does not tell: its bounds cover both.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

Shape = Literal["one", "lasted", "within"]


class Dates(NamedTuple):
    """The days that a value covers, both ends included; `shape` tells one date from `a/b` and from `[a..b]`."""

    earliest: date
    latest: date
    shape: Shape = "one"
    about: bool = False
    doubtful: bool = False


class Dating(NamedTuple):
    """A TIMEX3 value taken apart: `edtf` (None where it denotes no date), part of the day, clock time and its zone."""

    edtf: str | None = None
    part: str | None = None
    time: str | None = None
    zone: str | None = None


_EXPECTED = "expected a date such as 2018, 2018-01, 2018-01-15, 198X, 2017-06-27~, a/b, ../b, [a..b]"
_ONE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d\dXX|\dXXX)(?:-(?P<month>[01]\d|[01]X|XX)(?:-(?P<day>[0-3]\d|[0-3]X|XX)(?P<instant>T\d\d:\d\d[\d:.Z+-]*)?)?"
    r"|-(?P<season>2[1-4]|3[3-9]|4[01]))?(?P<mark>[~?%])?",
    re.ASCII,
)
# Months that a season, quarter, third or half may cover: first and last.
_SEASONS = {21: (3, 12), 22: (1, 12), 23: (3, 12), 24: (1, 12)}
_SEASONS |= {33 + n: (3 * n + 1, 3 * n + 3) for n in range(4)}
_SEASONS |= {37 + n: (4 * n + 1, 4 * n + 4) for n in range(3)}
_SEASONS |= {40 + n: (6 * n + 1, 6 * n + 6) for n in range(2)}


@lru_cache(maxsize=4096)
def parse(edtf: str) -> Dates:
    """The days that `edtf` covers. Raises ValueError, which says what was found and expected."""
    if edtf.startswith("[") and edtf.endswith("]") and edtf.count("..") == 1:
        first, last = edtf[1:-1].split("..")
        return _range(edtf, first, last, "within")
    if edtf.count("/") == 1:
        first, last = ("" if end == ".." else end or "nothing" for end in edtf.split("/"))
        return _range(edtf, first, last, "lasted")
    return _one(edtf)


def is_edtf(value: str) -> bool:
    """Whether `value` can be read."""
    try:
        parse(value)
    except ValueError:
        return False
    return True


def bounds(edtf: str) -> tuple[date, date]:
    """The earliest and the latest day that `edtf` allows; an open end is the first or last day of the calendar."""
    return parse(edtf)[:2]


def overlaps(a: str, b: str) -> bool:
    """Whether some day is allowed by both."""
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    return a_first <= b_last and b_first <= a_last


def within(a: str, b: str) -> bool:
    """Whether each day that `a` allows is allowed by `b`."""
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    return b_first <= a_first and a_last <= b_last


def narrower(a: str, b: str) -> str:
    """The one that leaves fewer days open; `a` where they leave as many."""
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    return b if b_last - b_first < a_last - a_first else a


def key(edtf: str) -> tuple[date, int, str]:
    """Sorts by the first day; of those that begin together the wider comes first, as a heading does. An open beginning sorts by its end."""
    first, last = bounds(edtf)
    return (last if first == date.min else first, -last.toordinal(), edtf)


def _range(edtf: str, first: str, last: str, shape: Shape) -> Dates:
    if not first and not last:
        raise ValueError(f"found {edtf!r}, which is open at both ends; {_EXPECTED}")
    a, b = (_one(end, edtf) if end else None for end in (first, last))
    earliest, latest = a.earliest if a else date.min, b.latest if b else date.max
    if earliest > latest or (a and b and (a.latest > b.latest or a.earliest > b.earliest)):
        raise ValueError(f"found {edtf!r}, which ends before it begins; {_EXPECTED}")
    marks = [end for end in (a, b) if end]
    return Dates(earliest, latest, shape, any(m.about for m in marks), any(m.doubtful for m in marks))


def _one(edtf: str, whole: str | None = None) -> Dates:
    found = _ONE.fullmatch(edtf)
    if not found:
        raise ValueError(f"found {whole or edtf!r}; {_EXPECTED}")
    year, month, day = found["year"], found["month"] or "XX", found["day"] or "XX"
    first, last = _season(year, int(found["season"])) if found["season"] else (_first(year, month, day, 1), _first(year, month, day, -1))
    if first is None or last is None:
        raise ValueError(f"found {whole or edtf!r}, a day that no calendar has; {_EXPECTED}")
    return Dates(first, last, "one", found["mark"] in ("~", "%"), found["mark"] in ("?", "%"))


def _first(year: str, month: str, day: str, step: Literal[1, -1]) -> date | None:
    """The first day (the last, for step -1) that fits the digits known."""
    if "X" not in year and (whole := _DAYS.get((month, day))):
        return _date(int(year), *whole)
    for y, m, d in product(_readings(year, 9999)[::step], _readings(month, 12)[::step], _readings(day, 31)[::step]):
        if fit := _date(y, m, d):
            return fit
    return None


# The commonest case, a whole date, without a search.
_DAYS = {(f"{m:02}", f"{d:02}"): (m, d) for m in range(1, 13) for d in range(1, 32)}


def _readings(part: str, most: int) -> range:
    """The numbers that a part with unknown last digits may be, upwards: `1X` is 10 to 19."""
    return range(max(1, int(part.replace("X", "0"))), min(most, int(part.replace("X", "9"))) + 1)


def _date(year: int, month: int, day: int) -> date | None:
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def _season(year: str, season: int) -> tuple[date | None, date | None]:
    first, last = _SEASONS[season]
    return _first(year, f"{first:02}", "01", 1), _first(year, f"{last:02}", str(monthrange(2001, last)[1]), -1)


# ---------------------------------------------------------------- TIMEX3 values


class _Row(NamedTuple):
    """One line of the table: a TIMEX3 value of this form is that EDTF value, and the other way round."""

    timex: re.Pattern[str]
    to: Callable[[re.Match[str]], str]
    edtf: re.Pattern[str]
    back: Callable[[re.Match[str]], str]


def _row(timex: str, to: Callable[[re.Match[str]], str], edtf: str, back: Callable[[re.Match[str]], str]) -> _Row:
    return _Row(re.compile(timex, re.ASCII), to, re.compile(edtf, re.ASCII), back)


def _week(found: re.Match[str]) -> str:
    monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    return f"{monday}/{monday + timedelta(days=6)}"


def _weekend(found: re.Match[str]) -> str:
    saturday = date.fromisocalendar(int(found[1]), int(found[2]), 6)
    return f"{saturday}/{saturday + timedelta(days=1)}"


def _days_of_week(found: re.Match[str]) -> str:
    """The week or week-end that an interval of days is; ValueError if it is neither."""
    first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
    year, week, weekday = first.isocalendar()
    end = {(1, 6): "", (6, 1): "-WE"}.get((weekday, (last - first).days))
    if end is None:
        raise ValueError(f"{first}/{last} is no week")
    return f"{year:04}-W{week:02}{end}"


def _whole(found: re.Match[str]) -> str:
    return found.group()


_PARTS = dict(zip(["SP", "SU", "FA", "WI", "Q1", "Q2", "Q3", "Q4", "T1", "T2", "T3", "H1", "H2"], [21, 22, 23, 24, *range(33, 42)], strict=True))
_PARTS_BACK = {number: letters for letters, number in _PARTS.items()}
_DAY = r"\d{4}-\d\d-\d\d"

TABLE = (
    _row(r"\d{4}(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?)?", _whole, r"\d{4}(?:-(?:[01]\d|XX)(?:-(?:\d\d|XX))?)?", _whole),
    _row(r"(\d{3})X?", lambda m: f"{m[1]}X", r"(\d{3})X", lambda m: str(m[1])),
    _row(r"(\d\d)(?:XX)?", lambda m: f"{m[1]}XX", r"(\d\d)XX", lambda m: str(m[1])),
    _row(r"(\d{4})-W(\d\d)", _week, rf"({_DAY})/({_DAY})", _days_of_week),
    _row(r"(\d{4})-W(\d\d)-WE", _weekend, rf"({_DAY})/({_DAY})", _days_of_week),
    _row(r"(\d{4})-(SP|SU|FA|WI|Q[1-4]|T[1-3]|H[12])", lambda m: f"{m[1]}-{_PARTS[m[2]]}",
         r"(\d{4})-(2[1-4]|3[3-9]|4[01])", lambda m: f"{m[1]}-{_PARTS_BACK[int(m[2])]}"),
    # A day of a week is written as its date; nothing goes back to it.
    _row(r"(\d{4})-W(\d\d)-([1-7])", lambda m: str(date.fromisocalendar(int(m[1]), int(m[2]), int(m[3]))), r"(?!)", _whole),
)  # fmt: skip
_PART = re.compile(r"(.+)T(MO|MI|AF|EV|NI|DT)")
_CLOCK = re.compile(r"(.+)T(\d\d(?::\d\d(?::\d\d)?)?)(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)
_MARKS = re.compile(r"[~?%]")


@lru_cache(maxsize=4096)
def from_timex(value: str) -> Dating:
    """What a TIMEX3 value of type DATE or TIME denotes; all None for durations, `*_REF`, unknown years and dates that no calendar has."""
    if found := _PART.fullmatch(value):
        return Dating(_denoted(found[1]), part=found[2])
    if found := _CLOCK.fullmatch(value):
        return Dating(_denoted(found[1]), time=found[2], zone=found[3])
    return Dating(_denoted(value))


def to_timex(dating: Dating) -> str | None:
    """The TIMEX3 value, in its usual form; None where none has that extent (most intervals). Marks of doubt are dropped. Raises ValueError."""
    if dating.edtf is None:
        return None
    parse(dating.edtf)
    value = _written(_MARKS.sub("", dating.edtf))
    if value is None or not (dating.part or dating.time):
        return value
    return f"{value}T{dating.part}" if dating.part else f"{value}T{dating.time}{dating.zone or ''}"


def _denoted(value: str) -> str | None:
    for row in TABLE:
        if found := row.timex.fullmatch(value):
            try:
                edtf = row.to(found)
                parse(edtf)
            except (ValueError, OverflowError):
                return None
            return edtf
    return None


def _written(edtf: str) -> str | None:
    for row in TABLE:
        if found := row.edtf.fullmatch(edtf):
            try:
                return row.back(found)
            except ValueError:
                return None
    return None
