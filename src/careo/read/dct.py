"""The creation time of a report, narrowed from what was given where its own words leave no doubt.

Candidates are the rules' `clue`s (see times.py): `post`, the date of an embedded post; `hashtag`, a hashtag of a day; `date`, a full date joined to
«today» or «yesterday»; `weekday`, a day of the week joined to such a word or to «this». The day is narrowed when a full date inside
the given range and a deictic agree on it and no other candidate contradicts. A full date that nothing confirms is a lower bound only.
A report cannot be older than a post that it shows; a hashtag may name a day to come, so it confirms, but bounds nothing; nor does «this Sunday»
beside a verb in the future.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from careo.edtf import bounds, is_edtf
from careo.model import Dct, DctReading, Parse, Span, Timex
from careo.read import reckon, zones
from careo.read.times import Expression, expressions, resolved
from careo.rules import Language
from careo.text import View


class _Clue(NamedTuple):
    """A candidate: the day of creation that it speaks for, or the day of the week alone."""

    kind: str
    span: Span
    day: date | None
    weekday: int | None


def dated(
    view: View, language: Language, given: Dct | None, parse: Parse | None = None, region: str | None = None
) -> tuple[DctReading, tuple[Timex, ...]]:
    """The creation time as read, and the time expressions resolved against it."""
    found = expressions(view, language, parse)
    dct = narrowed(view, found, given)
    return dct, resolved(found, view.original, dct, region, zones.offsets(language))


def narrowed(view: View, found: Sequence[Expression], given: Dct | None) -> DctReading:
    """The creation time, narrowed to a day or from below with origin `text`, the reason and its words; else as it was given.

    A date that cannot be read as EDTF is handed on with no value.
    """
    if given is None:
        return DctReading(None, None, None)
    if not is_edtf(given.value):
        return DctReading(None, given.value, given.origin, f"{given.value!r} is no date")
    as_given = DctReading(given.value, given.value, given.origin, given.why)
    first, last = bounds(given.value)
    if first == last:
        return as_given
    clues = _clues(found, view.original, as_given)
    full = [clue for clue in clues if clue.day and first <= clue.day <= last]
    return _day(view, given, full, clues) or _lower_bound(view, given, full, last) or as_given


def _clues(found: Sequence[Expression], text: str, given: DctReading) -> list[_Clue]:
    """All candidates in order of the text; dates without a year take it from the given range."""
    return [clue for one in found if "clue" in one.fields for clue in [_clue(one, text, given)] if clue]


def _clue(one: Expression, text: str, given: DctReading) -> _Clue | None:
    back = _counted_back(one.fields.get("shift", "P0D"))
    if one.fields["clue"] == "weekday":
        if one.tense == "future":
            return None
        return _Clue("weekday", one.span, None, (int(one.fields["weekday"]) - 1 - back) % 7 + 1)
    alone = one._replace(fields={key: value for key, value in one.fields.items() if key != "shift"} | {"direction": "this"})
    days = {timex.edtf for timex in resolved([alone], text, given)}
    edtf = next(iter(days), None)
    if not edtf or bounds(edtf)[0] != bounds(edtf)[1]:
        return None
    return _Clue(one.fields["clue"], one.span, bounds(edtf)[0] - timedelta(days=back), None)


def _counted_back(shift: str) -> int:
    """How many days after its creation a report speaks of: -1 for yesterday."""
    there = reckon.moved(date(2018, 1, 15), shift)
    return (there - date(2018, 1, 15)).days if there else 0


def _day(view: View, given: Dct, full: Sequence[_Clue], clues: Sequence[_Clue]) -> DctReading | None:
    """The one day that a full date and a deictic agree on, unless another candidate contradicts."""
    said = [clue for clue in clues if clue.kind in ("date", "weekday")]
    days = sorted({clue.day for clue in full if clue.day and said and all(_agrees(one, clue.day) for one in said)})
    if not days or any(clue.day > days[-1] for clue in clues if clue.day):
        return None
    day = days[-1]
    speaking = [clue for clue in full if clue.day == day]
    if len(days) > 1 and all(clue.kind == "hashtag" for clue in speaking):
        return None
    words = sorted({clue.span for clue in [*speaking, *said]})
    verb = "agree on" if len(words) > 1 else "says that it is"
    return DctReading(str(day), given.value, "text", f"{_quoted(view, words)} {verb} {reckon.WEEKDAYS[day.weekday()]} {day}", tuple(words))


def _agrees(clue: _Clue, day: date) -> bool:
    return clue.day == day if clue.day else clue.weekday == day.isoweekday()


def _lower_bound(view: View, given: Dct, full: Sequence[_Clue], last: date) -> DctReading | None:
    """Not before the latest full date that cannot lie ahead."""
    past = [clue for clue in full if clue.kind in ("post", "date") and clue.day]
    day = max((clue.day for clue in past if clue.day), default=None)
    if day is None:
        return None
    words = sorted({clue.span for clue in past if clue.day == day})
    why = f"not before {_quoted(view, words)}; no day of the week or other word for the day of the report confirms it"
    return DctReading(str(day) if day == last else f"{day}/{last}", given.value, "text", why, tuple(words))


def _quoted(view: View, spans: Sequence[Span]) -> str:
    return " and ".join(f"«{span.of(view.original)}»" for span in spans)
