"""Figures in words and in signs: bounds as somebody gave them."""

from __future__ import annotations

import regex

from careo import edtf
from careo.model import Step
from careo.present.dates import in_words
from careo.present.words import Words

_BOUNDS = regex.compile(r"(?P<one>\d{1,9})|(?P<low>\d{0,9})\.\.(?P<high>\d{0,9})", regex.ASCII)


def value(text: str, words: Words) -> str:
    """What a side of a conflict holds, in words: bounds such as `4..`, a date, whether it is told or denied; else as it stands."""
    bounds = _BOUNDS.fullmatch(text)
    if bounds:
        low, high = (int(end) if end else None for end in (bounds["low"] or bounds["one"], bounds["high"] or bounds["one"]))
        return said(Step(None, low, high, None, ()), words)
    return in_words(text, None, words) if edtf.is_edtf(text) else words.say("values", text)


def said(step: Step, words: Words) -> str:
    """The bounds of a step in words; whether they count only some of those harmed, or were raised by then."""
    bounds = words.say("figures", _form(step), low=_grouped(step.low), high=_grouped(step.high))
    notes = [*([step.part] if step.part else []), *(["stale"] if step.stale else [])]
    return bounds + (f" ({'; '.join(words.say('counted', note) for note in notes)})" if notes else "")


def mark(step: Step) -> str:
    """The bounds of a step in signs that every language reads: `~20`, `≥3`, `4–6`."""
    if step.low is None and step.high is None:
        return "?"
    if step.high is None:
        return (">" if step.mod == "more_than" else "≥") + _grouped(step.low)
    if step.low is None:
        return ("<" if step.mod == "less_than" else "≤") + _grouped(step.high)
    return ("~" if step.mod == "about" else "") + (_grouped(step.low) if step.low == step.high else f"{_grouped(step.low)}–{_grouped(step.high)}")


def _form(step: Step) -> str:
    """Which phrase fits the bounds."""
    if step.low is None and step.high is None:
        return "open"
    if step.low is not None and step.high is not None:
        spread, about = step.low != step.high, step.mod == "about"
        return ("about_between" if about else "between") if spread else ("about" if about else "exact")
    if step.high is None:
        return "more_than" if step.mod == "more_than" else "at_least"
    return "less_than" if step.mod == "less_than" else "at_most"


def _grouped(number: int | None) -> str:
    """Figures of five digits and more in groups of three, with a narrow blank that both languages know."""
    if number is None:
        return ""
    return f"{number:,}".replace(",", "\u202f") if abs(number) >= 10_000 else str(number)
