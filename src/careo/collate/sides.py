"""What stands face to face: one side of a conflict or correction, and the day on which words were given."""

from __future__ import annotations

from collections.abc import Iterable

from careo import edtf
from careo.collate.chronology import given
from careo.model import Evidence, Side


def day(published: str | None) -> str:
    """The last day that a date allows, as text that sorts; nothing where there is none."""
    return edtf.bounds(published)[1].isoformat() if published and edtf.is_edtf(published) else ""


def side(what: str, evidence: Iterable[Evidence]) -> Side:
    """One side: the value with who says so, how many of them independently, first and last."""
    known = tuple(evidence)
    days = sorted((given_on for one in known if (given_on := given(one))), key=day)
    return Side(
        what, len({one.origin for one in known}), len({one.report for one in known}), days[0] if days else None, days[-1] if days else None, known
    )
