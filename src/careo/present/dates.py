"""Dates in words, no more precise than they are."""

from __future__ import annotations

import re
from datetime import date

from careo import edtf
from careo.present.words import Words

_ONE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<time>\d\d:\d\d)\S*)?)?)?")


def in_words(value: str | None, part: str | None, words: Words) -> str:
    """An EDTF value as a reader says it; a value that cannot be read stands as it is."""
    if value is None:
        return words.say("dates", "none")
    if not edtf.is_edtf(value):
        return value
    said = words.contracted(_range(value, words))
    return words.say("dates", "part", date=said, part=words.say("parts", part[-2:])) if part else said


def _range(value: str, words: Words) -> str:
    ends = value[1:-1].split("..") if value.startswith("[") else value.split("/")
    if len(ends) == 1:
        return _one(value, words)
    first, last = (end if end != ".." else "" for end in ends)
    shape = "within" if value.startswith("[") else "lasted"
    if not first or not last:
        key = {"within": ("not_before", "not_after"), "lasted": ("since", "until")}[shape][0 if first else 1]
        return words.say("dates", key, first=_inner(first, words), last=_inner(last, words))
    return words.say("dates", shape, first=_shortened(first, last, words), last=_inner(last, words))


def _inner(value: str, words: Words) -> str:
    """One end of a range, as it stands inside a phrase: a day with its article."""
    return _with_article(value, _one(value, words), words) if value else ""


def _with_article(value: str, said: str, words: Words) -> str:
    found = _ONE.fullmatch(value)
    return words.say("dates", "the_day", date=said) if found and found["day"] else said


def _one(value: str, words: Words) -> str:
    bare, mark = (value[:-1], value[-1]) if value[-1] in "~?%" else (value, "")
    said = _plain(bare, words)
    if mark in ("~", "%"):
        said = words.say("dates", "about", date=_with_article(bare, said, words))
    return words.say("dates", "doubtful", date=said) if mark in ("?", "%") else said


def _plain(value: str, words: Words) -> str:
    found = _ONE.fullmatch(value)
    year, _, period = value.partition("-")
    if not found or (found["month"] and int(found["month"]) > 12):
        return words.say("periods", period, year=year) if period.isdigit() and year.isdigit() else _unknown(value, words)
    if not found["month"]:
        return words.say("dates", "year", year=int(found["year"]))
    month = words.months()[int(found["month"]) - 1]
    if not found["day"]:
        return words.say("dates", "month", month=month, year=int(found["year"]))
    day = words.say("dates", "day", day=int(found["day"]), month=month, year=int(found["year"]))
    return words.say("dates", "time", date=day, time=found["time"]) if found["time"] else day


def _unknown(value: str, words: Words) -> str:
    """Unknown digits: the days or years that are left open."""
    first, last = edtf.bounds(value)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return words.say("dates", "years", first=first.year, last=last.year) if first.year != last.year else _plain(str(first.year), words)
    if _same_month(first, last) and first.day == 1 and (first.replace(day=28) < last):
        return _plain(f"{first:%Y-%m}", words)
    return words.say("dates", "unknown_day", first=_inner(first.isoformat(), words), last=_inner(last.isoformat(), words))


def _same_month(first: date, last: date) -> bool:
    return (first.year, first.month) == (last.year, last.month)


def _shortened(first: str, last: str, words: Words) -> str:
    """The first of two dates without what the last one says too: «abril» of «abril y julio de 2017»."""
    a, b = _ONE.fullmatch(first), _ONE.fullmatch(last)
    if not (a and b) or a["year"] != b["year"] or not a["month"] or not b["month"] or bool(a["day"]) != bool(b["day"]) or int(a["month"]) > 12:
        return _inner(first, words)
    month = words.months()[int(a["month"]) - 1]
    if not a["day"]:
        return words.say("dates", "month_alone", month=month)
    key = "day_alone" if a["month"] == b["month"] else "day_of_month"
    return words.say("dates", "the_day", date=words.say("dates", key, day=int(a["day"]), month=month))
