"""Time expressions: what the rules of `times/` find, counted out to TIMEX3 values and the dates that they denote.

The rules say what was written, in the fields below; the arithmetic is done here and in `reckon.py`. Nothing in them is Spanish.

    type       DATE, TIME, DURATION or SET. A rule that is a piece of others has a name of its own for it: DAY, WEEK, MONTH, SEASON and
               YEAR are DATEs, CLOCK is a TIME, LENGTH a DURATION.
    value      a date, whole (`2011-3-3`; one-figure parts are filled up, `XX93-03-25` takes its century) or partial (`XXXX-06-27`, `XXXX-WXX-1`,
               `XXXX-XX-15`, `XXXX-SU`, `XXXX-Q2`, `XXXX-WXX-WE`); a `*_REF`; a length (`P2xW`, `P1xY+2xM`, `P0.5xTH`; see reckon.length).
    direction  how the X of a partial date are filled in: last, next (strictly before, after), past, future (the same allowed), this, near,
               or `tense`: by the verb that governs the words, where it tells nothing `past` for days of the week and `near` for others.
    shift      a signed length (`-P1D`, `+P1W`, `P0Y`): the anchor moved so far, as precise as its unit; a partial `value` takes
               its X from there. With a length for `value`: the date that the expression denotes.
    anchor     what is counted from: `dct` (the default), `before` (the last date before it in the text), `near` (for times: the last day
               in the same sentence, no further than a line), `near dct` (the latter where there is none).
    part       part of the day: MO MI AF EV NI.           half  the part of the day that tells 2:00 from 14:00.
    time, zone a time of the clock, `h:mm`; with negative minutes counted back (`5:-15` is 4:45); `Z`.
    from, to   the ends of a range, dates like `value`; the value is then the length from one to the other.
    mod        a TIMEX3 mod (START, MID, END, APPROX, MORE_THAN …).
    weekday    the day of the week that the words name: of the dates that fit, those on it come first.
    clue       what narrows the creation time: see dct.py.

What is known of the creation time is a range of days. An expression is counted from its first and its last day; where the two agree, that is
its value, else what they have in common (`2018-01-XX`), else the partial date stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast, get_args

from careo.edtf import Dating, bounds, from_timex, is_edtf
from careo.model import DctReading, Parse, Span, Timex, TimexType
from careo.read import reckon
from careo.read.tense import Tense, tenses
from careo.rules import Language
from careo.text import View

_DATES = ("DAY", "WEEK", "MONTH", "SEASON", "YEAR")
_TYPES: Mapping[str, TimexType] = {**dict.fromkeys(_DATES, "DATE"), "CLOCK": "TIME", "LENGTH": "DURATION"}
_SOUTH = frozenset({"AR", "BO", "CL", "PE", "PY", "UY"})
"""Countries south of the equator, where summer begins in December."""
_NEAR = 120
"""How far, in code points, a clock time looks back for its day."""
_UNKNOWN_DAY = "XXXX-XX-XX"
_ANY_DAY = date(2016, 1, 1)
_CLOCK = re.compile(r"(\d{1,2}):(-?\d{1,2})")
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


class _Value(NamedTuple):
    """A value as counted, and what it was counted from."""

    value: str
    anchor: str | None = None
    edtf: str | None = None


def timexes(view: View, language: Language, dct: DctReading, parse: Parse | None = None, region: str | None = None) -> tuple[Timex, ...]:
    """The time expressions of a text in order, with offsets of the original, resolved against what is known of its creation time."""
    return resolved(expressions(view, language, parse), view.original, dct, region)


def expressions(view: View, language: Language, parse: Parse | None = None) -> tuple[Expression, ...]:
    """What the rules find, in order of the text; `parse` gives the tense of the verb that governs each."""
    found = [one for one in language.patterns("times").find(view.text) if "type" in one.fields]
    spans = [view.span(one.start, one.end) for one in found]
    wanted = {span for one, span in zip(found, spans, strict=True) if "tense" in one.fields.get("direction", "")}
    tense = tenses(parse, wanted) if parse else {}
    return tuple(Expression(span, one.fields, one.rule.name, tense.get(span)) for one, span in zip(found, spans, strict=True))


def resolved(found: Sequence[Expression], text: str, dct: DctReading, region: str | None = None) -> tuple[Timex, ...]:
    """The expressions with their values. What turns out to be no date (31 April) is left out."""
    reader = _Resolver(text, dct, south=bool(region) and str(region)[-2:] in _SOUTH)
    for expression in found:
        reader.add(expression)
    return tuple(reader.made)


class _Resolver:
    """Resolves one text's expressions in order: later ones may count from earlier ones."""

    def __init__(self, text: str, dct: DctReading, *, south: bool) -> None:
        self.text, self.south = text, south
        self.dct = Anchor(*bounds(dct.value), "dct") if dct.value and is_edtf(dct.value) else None
        self.made: list[Timex] = []
        self.last_date: Anchor | None = None
        self.last_day: Anchor | None = None

    def add(self, expression: Expression) -> None:
        """Resolve one more."""
        fields = expression.fields
        kind = _TYPES.get(fields["type"], cast(TimexType, fields["type"]))
        if kind not in get_args(TimexType):
            return
        lasting = kind in ("DURATION", "SET")
        value = self.range(expression) if "from" in fields else self.length(expression) if lasting else self.moment(expression)
        if value is None:
            return
        dating = Dating(value.edtf) if lasting else from_timex(value.value)
        about = "~" if fields.get("mod") == "APPROX" and dating.edtf and "/" not in dating.edtf else ""
        timex = Timex(
            f"t{len(self.made) + 1}", expression.span, kind, value.value, expression.rule, fields.get("mod"),
            dating.edtf and dating.edtf + about, dating.part, dating.time, dating.zone, value.anchor,
        )  # fmt: skip
        self.made.append(timex)
        if timex.edtf and not lasting:
            self.last_date = Anchor(*bounds(timex.edtf), timex.id)
            self.last_day = self.last_date if self.last_date.first == self.last_date.last else self.last_day

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
            return day._replace(value=f"{day.value}T{clock}{fields.get('zone', '')}") if clock else None
        return day

    def day(self, expression: Expression) -> _Value | None:
        """The date part of the value."""
        fields = expression.fields
        written = _written(fields.get("value", ""))
        if "X" not in written and written:
            return _Value(written) if written.isupper() or "_REF" in written or _is_date(written) else None
        if not written and "shift" not in fields:
            return self.near_day(expression)
        anchor = self.anchor(fields.get("anchor", "dct"), expression)
        direction = _direction(fields.get("direction"), expression.tense, written)
        partial = written or reckon.unknown(reckon.shifted(_ANY_DAY, fields["shift"]) or _UNKNOWN_DAY)
        if not anchor:
            return _Value(partial) if _may_be(partial) else None
        value = reckon.agreed({self.counted(written, fields, direction, day) for day in anchor.days()}, partial)
        return _Value(value, anchor.name) if value else None

    def counted(self, written: str, fields: Mapping[str, str], direction: reckon.Direction, day: date) -> str | None:
        """A partial date, a shift or both, counted from one day."""
        shift = fields.get("shift")
        if not shift:
            weekday = int(fields["weekday"]) if "weekday" in fields else None
            return reckon.filled(written, day, direction, weekday=weekday, south=self.south)
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
        return _Value(reckon.agreed({str(anchor.first), str(anchor.last)}, _UNKNOWN_DAY) or _UNKNOWN_DAY, anchor.name)

    # ------------------------------------------------------------ lengths

    def length(self, expression: Expression) -> _Value:
        """The value of a DURATION or SET, with the date that it denotes where a shift says so."""
        fields = expression.fields
        value = reckon.length(fields["value"])
        if "shift" not in fields:
            return _Value(value)
        sign, written = fields["shift"][0], fields["shift"].lstrip("+-")
        anchor = self.anchor(fields.get("anchor", "dct"), expression)
        ends = {reckon.shifted(day, sign + reckon.length(written)) for day in anchor.days()} if anchor else set()
        denoted = reckon.agreed(ends, _UNKNOWN_DAY)
        edtf = from_timex(denoted).edtf if denoted else None
        return _Value(value, anchor.name if anchor and edtf else None, edtf)

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
            return self.day_nearby(expression) or (self.dct if wanted.endswith("dct") else None)
        if wanted == "before":
            return self.last_day if expression.fields.get("shift", "").endswith("D") else self.last_date
        return self.dct

    def day_nearby(self, expression: Expression) -> Anchor | None:
        """The day last named in the same sentence."""
        for timex in reversed(self.made):
            between = self.text[timex.span.end : expression.span.start]
            if len(between) > _NEAR or "\n" in between or ". " in between:
                return None
            if timex.type in ("DATE", "TIME") and timex.edtf:
                first, last = bounds(timex.edtf)
                if first == last:
                    return Anchor(first, last, timex.id)
        return None


def _written(value: str) -> str:
    """A rule's value with its parts filled up to two figures, and its century where it was left out."""
    if value.startswith("P") or "_REF" in value:
        return value
    century = value[2:4] if value.startswith("XX") else ""
    if century.isdigit():
        value = ("20" if int(century) < 40 else "19") + value[2:]
    return _SHORT_PART.sub(lambda part: part.group().zfill(2), value)


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
        return tense or ("past" if "-W" in value else "near")
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
