"""The creation times that a giver may state: a year, a month, a day or an instant."""

from __future__ import annotations

import re
from datetime import date

PATTERN = r"^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$"
EXPECTED = "a year, a month, a day or an instant, such as 2018, 2018-01, 2018-01-15 or 2018-01-15T09:30:00-04:00"

_CLOCK = re.compile(r"T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d|$|[.Z+-])")


def is_dct(value: str) -> bool:
    """Whether `value` is a creation time that exists in the calendar and on the clock."""
    if not re.match(PATTERN, value) or value.endswith("\n"):
        return False
    year, month, day = (*value[:10].split("-"), "01", "01")[:3]
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return "T" not in value or _CLOCK.search(value) is not None
