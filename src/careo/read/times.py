"""Time expressions: what the rules of `times/` find, counted out to TIMEX3 values and the dates that they denote.

The rules say what was written, in the fields below; the arithmetic is done here and in `reckon.py`. Nothing in them is Spanish.

    type       DATE, TIME, DURATION or SET. A rule that is a piece of others has a name of its own for it: DAY, FEAST, WEEK, MONTH, SEASON and
               YEAR are DATEs, CLOCK is a TIME, LENGTH a DURATION.
    value      a date, whole (`2011-3-3`; one-figure parts are filled up, `XX93-03-25` takes its century) or partial (`XXXX-06-27`, `XXXX-WXX-1`,
               `XXXX-XX-15`, `XXXX-SU`, `XXXX-Q2`, `XXXX-WXX-WE`); a movable day (`XXXX-E-2`, `2018-EW`, `XXXX-05-N2-7`; see reckon.settled);
               a `*_REF`; a length (`P2xW`, `P1xY+2xM`, `P0.5xTH`; see reckon.length). `or`: a second partial date; the nearer one counts.
    direction  how the X of a partial date are filled in: last, next (strictly before, after), past, future (the same allowed), this, near,
               or `tense`: by the verb that governs the words, where it tells nothing `past` for days of the week and `near` for others.
    shift      a signed length (`-P1D`, `+P1W`, `P0Y`): the anchor moved so far, as precise as its unit; a partial `value` takes
               its X from there. With a length for `value`: the date that the expression denotes.
    anchor     what is counted from: `dct` (the default), `before` (the last date before it in the text), `after` (the date that follows),
               `near` (for times: the last day in the same sentence, no further than a line), `near dct` (the latter where there is none).
    step       a signed length by which the date is moved when it is known: the eve of Christmas.
    part       part of the day: MO MI AF EV NI.           half  the part of the day that tells 2:00 from 14:00.
    year       the year of a `value` that has XXXX for it.
    local      there where it is a local time, of a place that the words do not name: no instant follows from it.
    time, zone a time of the clock, `h:mm`; with negative minutes counted back (`5:-15` is 4:45); `Z`, an offset or a region (zones.py).
    from, to   the ends of a range, dates like `value`; the value is then the length from one to the other.
    mod        a TIMEX3 mod (START, MID, END, APPROX, MORE_THAN …).
    weekday    the day of the week that the words name: of near dates that fit, one on it comes first; else the number decides.
    clue       what narrows the creation time: see dct.py.

What is known of the creation time is a range of days. An expression is counted from its first and its last day; where the two agree, that is
its value, else what they have in common (`2018-01-XX`), else the partial date stays. `why` tells what was counted how from what, and
what the words say that does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple, cast, get_args

from careo.edtf import Dating, bounds, from_timex, is_edtf
from careo.model import DctReading, Parse, Span, Timex, TimexType
from careo.read import reckon, zones
from careo.read.tense import Tense, tenses
from careo.rules import Language
from careo.text import View

_DATES = ("DAY", "FEAST", "WEEK", "MONTH", "SEASON", "YEAR")
_TYPES: Mapping[str, TimexType] = {**dict.fromkeys(_DATES, "DATE"), "CLOCK": "TIME", "LENGTH": "DURATION"}
_SOUTH = frozenset({"AR", "BO", "CL", "PE", "PY", "UY"})
"""Countries south of the equator, where summer begins in December."""
_NEAR = 120
"""How far, in code points, a clock time looks back for its day."""
_BESIDE = 250
"""How far, in code points, a date without a year looks back for one."""
_UNKNOWN_DAY = "XXXX-XX-XX"
_ANY_DAY = date(2016, 1, 1)
_CLOCK = re.compile(r"(\d{1,2}):(-?\d{1,2})")
_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CALENDAR = re.compile(r"XXXX-(?:\d\d(?:-\d\d)?|XX-\d\d)")
_WITH_MONTH = re.compile(r"[\dX]{4}-\d\d")
_SHORT_PART = re.compile(r"(?<=-)(?<!WXX-)\d(?!\d)")


class Expression(NamedTuple):
    """Words of the text that a rule takes for a time, with the rule's fields, before anything is counted."""

    span: Span
    fields: Mapping[str, str]
    rule: str
    tense: Tense | None = None


class Anchor(NamedTuple):
    """The days that are counted from, and whose they are: `dct` or the id of a timex."""

    first: date
    last: date
    name: str

    def days(self) -> tuple[date, date]:
        """The first and the last."""
        return self.first, self.last

    def told(self) -> str:
        """In words: `dct 2018-01-15`."""
        return f"{self.name} {self.first}" + (f"/{self.last}" if self.last != self.first else "")


class _Value(NamedTuple):
    """A value as counted, and what it was counted from."""

    value: str
    anchor: str | None = None
    edtf: str | None = None
    why: str | None = None


class _Beside(NamedTuple):
    """A date that the text gives by calendar: its days, how much of it was said, where it ends."""

    anchor: Anchor
    year: bool
    month: bool
    end: int


def timexes(view: View, language: Language, dct: DctReading, parse: Parse | None = None, region: str | None = None) -> tuple[Timex, ...]:
    """The time expressions of a text in order, with offsets of the original, resolved against what is known of its creation time."""
    return resolved(expressions(view, language, parse), view.original, dct, region, zones.offsets(language))


def expressions(view: View, language: Language, parse: Parse | None = None) -> tuple[Expression, ...]:
    """What the rules find, in order of the text; `parse` gives the tense of the verb that governs each."""
    found = [one for one in language.patterns("times").find(view.text) if "type" in one.fields]
    spans = [view.span(one.start, one.end) for one in found]
    wanted = {span for one, span in zip(found, spans, strict=True) if "tense" in one.fields.get("direction", "")}
    tense = tenses(parse, wanted, language.words("times", "ahead")) if parse else {}
    return tuple(Expression(span, one.fields, one.rule.name, tense.get(span)) for one, span in zip(found, spans, strict=True))


def resolved(
    found: Sequence[Expression], text: str, dct: DctReading, region: str | None = None, offsets: zones.Offsets | None = None
) -> tuple[Timex, ...]:
    """The expressions with their values. What turns out to be no date (31 April) is left out."""
    reader = _Resolver(text, dct, region, offsets or {})
    for expression, following in zip_longest(found, found[1:]):
        reader.add(expression, following)
    return tuple(reader.made)


class _Resolver:
    """Resolves one text's expressions in order: later ones may count from earlier ones."""

    def __init__(self, text: str, dct: DctReading, region: str | None, offsets: zones.Offsets) -> None:
        self.text, self.region, self.offsets = text, region, offsets
        self.south = bool(region) and str(region)[-2:] in _SOUTH
        self.dct = Anchor(*bounds(dct.value), "dct") if dct.value and is_edtf(dct.value) else None
        self.made: list[Timex] = []
        self.last_date: Anchor | None = None
        self.last_day: Anchor | None = None
        self.beside: _Beside | None = None
        self.following: Expression | None = None

    def add(self, expression: Expression, following: Expression | None = None) -> None:
        """Resolve one more. `following` is the expression after it, from which it may count."""
        self.following = following
        timex = self.timex(expression, f"t{len(self.made) + 1}")
        if timex is None:
            return
        self.made.append(timex)
        if timex.edtf and timex.type in ("DATE", "TIME"):
            self.last_date = Anchor(*bounds(timex.edtf), timex.id)
            self.last_day = self.last_date if self.last_date.first == self.last_date.last else self.last_day
            self.beside = self.said(expression, timex)

    def timex(self, expression: Expression, ident: str) -> Timex | None:
        """The record of one expression; None for what no calendar has."""
        fields = expression.fields
        kind = _TYPES.get(fields["type"], cast(TimexType, fields["type"]))
        if kind not in get_args(TimexType):
            return None
        lasting = kind in ("DURATION", "SET")
        value = self.range(expression) if "from" in fields else self.length(expression) if lasting else self.moment(expression)
        if value is None:
            return None
        dating = Dating(value.edtf) if lasting else from_timex(value.value)
        about = "~" if fields.get("mod") == "APPROX" and dating.edtf and "/" not in dating.edtf else ""
        region = None if "local" in fields else self.region
        instant, clock = zones.instant(dating, region, self.offsets) if dating.time else (None, None)
        why = "; ".join(part for part in (value.why, _contradicted(fields, dating.edtf), clock) if part)
        return Timex(
            ident, expression.span, kind, value.value, expression.rule, fields.get("mod"), dating.edtf and dating.edtf + about, dating.part,
            dating.time, dating.zone, value.anchor, why or None, instant,
        )  # fmt: skip

    # ------------------------------------------------------------ dates and times

    def moment(self, expression: Expression) -> _Value | None:
        """The value of a DATE or TIME; None for what no calendar has."""
        fields = expression.fields
        day = self.day(expression)
        if day is None:
            return None
        if "part" in fields:
            return day._replace(value=f"{day.value}T{fields['part']}")
        if "time" in fields:
            clock = _clock(fields["time"], fields.get("half"))
            return day._replace(value=f"{day.value}T{clock}{self.zone(fields, day.value)}") if clock else None
        return day

    def zone(self, fields: Mapping[str, str], day: str) -> str:
        """The zone that the words name, as `Z` or an offset; empty where they name none, or none that is known on that day."""
        return zones.offset(fields["zone"], day, self.offsets) if "zone" in fields else ""

    def day(self, expression: Expression) -> _Value | None:
        """The date part of the value."""
        fields = expression.fields
        written = _dated(fields)
        if "X" not in written and written:
            written = reckon.settled(written)
            return _Value(_stepped(written, fields)) if written.isupper() or "_REF" in written or _is_date(written) else None
        if not written and "shift" not in fields:
            return self.near_day(expression)
        direction = _direction(fields.get("direction"), expression.tense, written)
        anchor = self.anchor(fields.get("anchor", "dct"), expression)
        if beside := self.neighbour(expression, written):
            anchor, direction = beside, "beside"
        partial = reckon.without_feast(written or reckon.unknown(reckon.shifted(_ANY_DAY, fields["shift"]) or _UNKNOWN_DAY))
        if not anchor:
            return _Value(partial) if _may_be(partial) else None
        value = reckon.agreed({self.counted(written, fields, direction, day) for day in anchor.days()}, partial)
        if value is None:
            return None
        return _Value(_stepped(value, fields), anchor.name, why=f"{fields.get('shift') or direction} from {anchor.told()}")

    def neighbour(self, expression: Expression, written: str) -> Anchor | None:
        """The dated words just before, of an earlier year, that a date without a year (or month) goes with."""
        beside, fields = self.beside, expression.fields
        if not beside or not self.dct or not _CALENDAR.fullmatch(written) or fields.get("direction") != "tense" or "shift" in fields:
            return None
        between = self.text[beside.end : expression.span.start]
        known = beside.month and (written.startswith("XXXX-XX") or (beside.year and beside.anchor.last.year < self.dct.first.year))
        far = len(between) > _BESIDE or "\n" in between or between.count(". ") > 1
        return beside.anchor if known and not far and expression.tense != "future" else None

    def said(self, expression: Expression, timex: Timex) -> _Beside | None:
        """What the words of a date give of the calendar, its own year or one taken over from a neighbour."""
        written = _dated(expression.fields)
        over = self.beside if self.beside and timex.anchor == self.beside.anchor.name else None
        year = written[:4].isdigit() or bool(over and over.year)
        month = bool(_WITH_MONTH.match(written)) or bool(over and over.month)
        anchor = self.last_date
        return _Beside(anchor, year, month, timex.span.end) if anchor and (year or month) else None

    def counted(self, written: str, fields: Mapping[str, str], direction: reckon.Direction, day: date) -> str | None:
        """A partial date, a shift or both, counted from one day."""
        shift = fields.get("shift")
        if not shift:
            weekday = int(fields["weekday"]) if "weekday" in fields else None
            fits = [reckon.filled(_written(one), day, direction, weekday=weekday, south=self.south) for one in (written, fields.get("or")) if one]
            known = [fit for fit in fits if fit]
            return min(known, key=lambda fit: abs(bounds(from_timex(fit).edtf or str(day))[0] - day), default=None) if len(fits) > 1 else fits[0]
        if not written:
            return reckon.shifted(day, shift)
        there = reckon.moved(day, shift)
        made = reckon.overlaid(written, there) if there else None
        return made if made and from_timex(made).edtf else None

    def near_day(self, expression: Expression) -> _Value:
        """The day that a time of the day belongs to."""
        anchor = self.anchor(expression.fields.get("anchor", "dct"), expression)
        if not anchor:
            return _Value(_UNKNOWN_DAY)
        day = reckon.agreed({str(anchor.first), str(anchor.last)}, _UNKNOWN_DAY) or _UNKNOWN_DAY
        return _Value(day, anchor.name, why=f"on the day of {anchor.told()}")

    # ------------------------------------------------------------ lengths

    def length(self, expression: Expression) -> _Value | None:
        """The value of a DURATION or SET, with the date that it denotes where a shift says so; None where its unit (`_`) was said nowhere."""
        fields = expression.fields
        written = fields["value"].replace("_", self.unit_before(expression.span.start) or "_")
        if "_" in written:
            return None
        value = reckon.length(written)
        if "shift" not in fields:
            return _Value(value)
        sign, written = fields["shift"][0], fields["shift"].lstrip("+-")
        anchor = self.anchor(fields.get("anchor", "dct"), expression)
        ends = {reckon.shifted(day, sign + reckon.length(written)) for day in anchor.days()} if anchor else set()
        denoted = reckon.agreed(ends, _UNKNOWN_DAY)
        edtf = from_timex(denoted).edtf if denoted else None
        if not anchor or not edtf:
            return _Value(value)
        return _Value(value, anchor.name, edtf, f"{fields['shift'][0]}{reckon.length(written)} from {anchor.told()}")

    def unit_before(self, start: int) -> str | None:
        """The unit of the last expression, if it stands near: of a year `Y`, of P2W `W`."""
        last = self.made[-1] if self.made else None
        if not last or start - last.span.end > _NEAR:
            return None
        unit = {4: "Y", 7: "M", 10: "D", 8: "W"}.get(len(last.value)) if last.type == "DATE" else last.value[-1]
        return unit if unit and unit in "YMWD" and "T" not in last.value else None

    def range(self, expression: Expression) -> _Value | None:
        """From one date to another: the length between, and the dates as an interval. The later end is counted, the earlier goes with it."""
        first, last = _written(expression.fields["from"]), _written(expression.fields["to"])
        anchor = self.dct if "X" in last else None
        if anchor:
            direction = _direction("tense", expression.tense, last)
            there = reckon.agreed({reckon.filled(last, day, direction) for day in anchor.days()}, last)
            if there and "X" not in there:
                first, last = reckon.overlaid(first, date.fromisoformat(there)), there
        length = reckon.between(_any_year(first), _any_year(last))
        edtf = f"{from_timex(first).edtf}/{from_timex(last).edtf}" if "X" not in first + last else None
        if length is None or (edtf and not is_edtf(edtf)):
            return None
        return _Value(length, anchor.name if anchor and edtf else None, edtf)

    # ------------------------------------------------------------ what is counted from

    def anchor(self, wanted: str, expression: Expression) -> Anchor | None:
        """The days to count from."""
        if wanted.startswith("near"):
            return self.day_nearby(expression, self.dct if wanted.endswith("dct") else None)
        if wanted.startswith("before"):
            fallback = self.dct if wanted.endswith("dct") else None
            return (self.last_day or fallback) if expression.fields.get("shift", "").endswith("D") else self.last_date or fallback
        return self.next_date() if wanted == "after" else self.dct

    def next_date(self) -> Anchor | None:
        """The date of the expression that follows."""
        following, self.following = self.following, None
        timex = self.timex(following, f"t{len(self.made) + 2}") if following else None
        return Anchor(*bounds(timex.edtf), timex.id) if timex and timex.edtf else None

    def day_nearby(self, expression: Expression, otherwise: Anchor | None) -> Anchor | None:
        """The day last named in the same sentence, unknown where that is; `otherwise` where none is named."""
        for timex in reversed(self.made):
            between = self.text[timex.span.end : expression.span.start]
            if len(between) > _NEAR or "\n" in between or ". " in between:
                return otherwise
            if timex.type == "DATE" and timex.value.endswith("-XX"):
                return Anchor(*bounds(timex.edtf), timex.id) if timex.edtf else None
            if timex.type in ("DATE", "TIME") and timex.edtf:
                first, last = bounds(timex.edtf)
                if first == last:
                    return Anchor(first, last, timex.id)
        return otherwise


def _written(value: str) -> str:
    """A rule's value with its parts filled up to two figures, and its century where it was left out."""
    if value.startswith("P") or "_REF" in value:
        return value
    century = value[2:4] if value.startswith("XX") else ""
    if century.isdigit():
        value = ("20" if int(century) < 40 else "19") + value[2:]
    return _SHORT_PART.sub(lambda part: part.group().zfill(2), value)


def _dated(fields: Mapping[str, str]) -> str:
    """The value of a date as the rule's fields give it."""
    written = _written(fields.get("value", ""))
    return written.replace("XXXX", fields["year"], 1) if "year" in fields else written


def _stepped(value: str, fields: Mapping[str, str]) -> str:
    """A day moved by the field `step`; what is no whole day stays."""
    if "step" not in fields or not _WHOLE_DAY.fullmatch(value):
        return value
    return reckon.shifted(date.fromisoformat(value), fields["step"]) or value


def _contradicted(fields: Mapping[str, str], edtf: str | None) -> str | None:
    """What is said where the day of the week that the words name is not that of the date."""
    if "weekday" not in fields or not edtf or not _WHOLE_DAY.fullmatch(edtf):
        return None
    named, day = int(fields["weekday"]), date.fromisoformat(edtf)
    return None if day.isoweekday() == named else f"{edtf} is a {reckon.WEEKDAYS[day.weekday()]} and no {reckon.WEEKDAYS[named - 1]}"


def _is_date(value: str) -> bool:
    return from_timex(value).edtf is not None


def _may_be(partial: str) -> bool:
    """Whether some year has that date: 30 February is in none."""
    return not partial.startswith("XXXX-") or "X" in partial[5:] or not partial[5:].replace("-", "").isdigit() or _is_date(_any_year(partial))


def _any_year(value: str) -> str:
    """A partial date in a leap year whose months are long enough for any day."""
    return value.replace("XXXX-XX", "2016-01").replace("XXXX", "2016")


def _direction(written: str | None, tense: Tense | None, value: str) -> reckon.Direction:
    if written == "tense" or written is None:
        weekday = "-W" in value
        if tense == "present":
            return "future" if weekday else "near"
        return tense or ("past" if weekday else "near")
    return cast(reckon.Direction, written)


def _clock(written: str, half: str | None) -> str | None:
    """`h:mm` as TIMEX3 has it, of twenty-four hours; None for a time that no clock has."""
    found = _CLOCK.fullmatch(written)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2])
    if half in ("AF", "NI") and hour < 12:
        hour += 12
    elif hour == 12 and half in ("MO", "NI"):
        hour = 0 if half == "MO" else 24
    if minute < 0:
        hour, minute = hour - 1, minute + 60
    return f"{hour:02}:{minute:02}" if 0 <= hour < 24 or (hour == 24 and minute == 0) else None
