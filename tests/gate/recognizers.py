"""The date and duration cases of the Recognizers-Text specs that TIMEX3 has a counterpart for, as text, day and what is wanted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from careo.edtf import bounds, is_edtf
from careo.model import Timex

KINDS = {"date": "date", "duration": "duration", "daterange": "period"}
COUNT = re.compile(r"([\d.]+)([A-Z])")
LENGTH = re.compile(r"P(?=.)(?:[\d.]+[YMWD])*(?:T(?:[\d.]+[HMS])+)?")


class Case(NamedTuple):
    """Words of a text, and the stretches of days (or the length) that are right for them."""

    kind: str
    text: str
    dct: str
    start: int
    end: int
    days: frozenset[tuple[str, str]]
    length: str | None


def cases(specs: Path) -> tuple[list[Case], Counter[str]]:
    """The cases that count, each once, and how many were left out by reason."""
    made: dict[Case, None] = {}
    left: Counter[str] = Counter()
    for line in specs.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not row["spec"].startswith("DateTime/"):
            left["numbers, no times"] += 1
            continue
        for result in row["Results"]:
            found = _case(row, result)
            if isinstance(found, Case):
                made[found] = None
            else:
                left[found] += 1
    return list(made), left


def _case(row: Mapping[str, Any], result: Mapping[str, Any]) -> Case | str:
    """The case, or why it is none."""
    day = row.get("Context", {}).get("ReferenceDateTime")
    kind = KINDS.get(str(result.get("Type") or result.get("TypeName")).removeprefix("datetimeV2."))
    if kind is None:
        return "clock times, times of a day, sets, ranges of them: other conventions"
    values = list(_values(result))
    if not day or not values:
        return "extents alone, no value or no reference date"
    start = int(result["Start"])
    end = start + int(result["Length"]) if "Length" in result else int(result["End"]) + 1
    length = str(values[0].get("timex")) if kind == "duration" else None
    days = frozenset(stretch for value in values for stretch in [_days(value)] if stretch and stretch[1])
    if length and not LENGTH.fullmatch(length):
        return "durations with a unit that TIMEX3 has not"
    if not length and (not days or "(" in str(values[0].get("timex"))):
        return "ranges between two dates: TIMEX3 has two DATEs or a DURATION"
    if any(value.get("Mod") for value in values):
        return "before, after, since, until: TIMEX3 leaves the preposition out"
    return Case(kind, row["Input"], day[:10], start, end, days, length)


def _values(result: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The readings of one result, in the one form that both kinds of spec are brought to."""
    resolution = result.get("Resolution") or {}
    yield from (value for value in resolution.get("values", []) if isinstance(value, dict))
    value = result.get("Value") or {}
    for side in ("FutureResolution", "PastResolution"):
        if value.get(side):
            yield {"timex": value.get("Timex"), **{key.removesuffix("Date"): day for key, day in value[side].items()}}


def _days(value: Mapping[str, Any]) -> tuple[str, str] | None:
    """First and last day; the end of a range is the day after it."""
    whole = value.get("date") or (value.get("value") if value.get("type") == "date" else None)
    if whole:
        return (str(whole), str(whole)) if is_edtf(str(whole)) else None
    first, end = value.get("start"), value.get("end")
    try:
        return str(first), str(date.fromisoformat(str(end)) - timedelta(days=1)) if first else ""
    except ValueError:
        return None


def is_right(case: Case, found: tuple[Timex, ...]) -> bool:
    """Whether an expression that touches the words means one of the stretches of days, or the length."""
    touching = [timex for timex in found if timex.span.start < case.end and case.start < timex.span.end]
    if case.length:
        return any(_total(timex.value) == _total(case.length) for timex in touching)
    return any(_means(timex, days) for timex in touching if timex.edtf and is_edtf(timex.edtf) for days in case.days)


def _total(length: str) -> tuple[float, float] | str:
    """Months and seconds of a length, so that PT1.5H is PT1H30M; what is none stays."""
    if not LENGTH.fullmatch(length):
        return length
    days, _, hours = length[1:].partition("T")
    months = sum(float(n) * {"Y": 12, "M": 1}.get(unit, 0) for n, unit in COUNT.findall(days))
    seconds = sum(float(n) * {"D": 86_400, "W": 604_800}.get(unit, 0) for n, unit in COUNT.findall(days))
    return months, seconds + sum(float(n) * {"H": 3600, "M": 60, "S": 1}[unit] for n, unit in COUNT.findall(hours))


def _means(timex: Timex, days: tuple[str, str]) -> bool:
    """The same days; or, where TIMEX3 has a mod for a part of a whole (`START` of 2017-03), a whole that holds them."""
    first, last = map(str, bounds(str(timex.edtf)))
    return (first, last) == days or (timex.mod in ("START", "MID", "END") and first <= days[0] and days[1] <= last)
