"""Time zones: the offset that words or a region give on a day, and the instant of a clock time in UTC.

What is known stands in the language's word class `offsets` (region → `DATE OFFSET` from that day on, one after another): only regions
with one zone and without summer time, where a local clock tells the instant for certain. Knows no language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from careo.edtf import Dating
from careo.rules import Language

Offsets = Mapping[str, str]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")


def offsets(language: Language) -> Offsets:
    """The table of a language, by region in lower case; empty where it has none."""
    table = language.layers["times"].words.get("offsets")
    return table.folded() if table else {}


def offset(zone: str, day: str, known: Offsets) -> str:
    """`Z` and offsets as they are; of a region its offset on `day`; empty where that is not known."""
    if zone == "Z" or _OFFSET.fullmatch(zone):
        return zone
    if not _DAY.fullmatch(day):
        return ""
    steps = [step.split() for step in known.get(zone.lower(), "").split(", ") if step]
    return max((step for step in steps if step[0] <= day), default=["", ""])[1]


def instant(dating: Dating, region: str | None, known: Offsets) -> tuple[str | None, str | None]:
    """A clock time as an instant in UTC (`2018-01-15T13:30Z`), by the zone that was said, else that of the report's region, and by what."""
    day = dating.edtf or ""
    of = dating.zone or offset(region or "", day, known)
    if not of or not dating.time or not _DAY.fullmatch(day) or day[:4] in ("0001", "9999"):
        return None, None
    written = datetime.fromisoformat(day) + _length(dating.time)
    there = written if of == "Z" else written - _shift(of)
    return f"{there:%Y-%m-%dT%H:%M}Z", None if dating.zone else f"clock of {region}, {of}"


def _length(time: str) -> timedelta:
    hours, _, minutes = time.partition(":")
    return timedelta(hours=int(hours), minutes=int(minutes[:2] or 0))


def _shift(of: str) -> timedelta:
    found = _OFFSET.fullmatch(of)
    length = timedelta(hours=int(found[2]), minutes=int(found[3])) if found else timedelta()
    return -length if found and found[1] == "-" else length
