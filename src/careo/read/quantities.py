"""How many people were harmed or held, as bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import msgspec
import regex

from careo.model import EventMention, Quantity, QuantityMod, Quotation, Timex
from careo.read.cover import Cover, Speakers
from careo.read.page import Page
from careo.rules import Found, Language
from careo.text import fold

LAYER = "quantities"
# What a rule writes behind the number of a collective: about so many («una veintena»), so many and up («decenas»).
ROUND, OPEN = "~", "+"
LARGEST = 10**9
"""More people than this cannot be meant."""

_PIECE = regex.compile(r"\d{1,3}(?:[.,]\d{3})+(?![.,]?\d)|\d{1,3}(?:[^\S\n]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|\w+")
_GROUPED = regex.compile(r"\d{1,3}(?:[.,\s]\d{3})+")
_MODS: Mapping[str, QuantityMod] = {mod: mod for mod in get_args(QuantityMod)}


def quantities(page: Page, timexes: Sequence[Timex], quotations: Sequence[Quotation]) -> tuple[Quantity, ...]:
    """The counts of people of one text, in order; ids `n1`… Spans are code points of the text."""
    speakers = Speakers(quotations)
    dated = Cover((timex.span, timex) for timex in timexes)
    made: list[Quantity] = []
    for found in page.language.patterns(LAYER).find(page.view.text):
        bounds = _bounds(found, page.language) if "of" in found.fields else None
        span = page.view.span(found.start, found.end)
        if bounds is None or any(timex.span.holds(span) for timex in dated.touching(span)):
            continue
        giver = speakers.ids(span), speakers.outermost(span)
        part = found.fields.get("part") or _group(found, page)
        made.append(Quantity(f"n{len(made) + 1}", span, found.fields["of"], bounds[0], bounds[1], found.rule.name, bounds[2], None, *giver, part))
    return tuple(made)


def _group(found: Found, page: Page) -> str | None:
    """The people among all harmed of whom reports give a count of their own, where the words found name them."""
    groups = page.language.words(LAYER, "group").folded()
    return next((groups[word] for word in _PIECE.findall(fold(page.view.text[found.start : found.end])) if word in groups), None)


COUNTED: Mapping[str, frozenset[str]] = {
    "killed": frozenset({"killing", "death"}), "injured": frozenset({"injury", "attack"}), "detained": frozenset({"detention"}),
    "missing": frozenset({"disappearance"}), "kidnapped": frozenset({"kidnapping"}), "displaced": frozenset({"displacement", "expulsion"}),
    "victims": frozenset({"attack", "sexual_violence", "torture", "disaster", "accident", "clash"}),
}  # fmt: skip
"""Which kinds of event each sort of count is a count of."""


def counted(quantities: Sequence[Quantity], events: Sequence[EventMention]) -> tuple[Quantity, ...]:
    """The quantities with the event that each counts: one of a fitting kind at the same words, else the nearest in its sentence."""
    near = Cover((event.evidence, event) for event in events)
    return tuple(msgspec.structs.replace(one, of_event=next(_fitting(one, near.touching(one.span)), None)) for one in quantities)


def _fitting(quantity: Quantity, events: Sequence[EventMention]) -> Iterator[str]:
    """The events of a fitting kind: those at the same words, then those that name nobody, then the rest, each time the nearest first."""
    near = []
    for event in events:
        if event.kind in COUNTED.get(quantity.of, ()):
            people = [one.span for one in event.participants if one.role == "patient"]
            here = any(span.touches(quantity.span) for span in (event.trigger, *people))
            away = min(abs(span.start - quantity.span.start) for span in (event.trigger, *people))
            near.append((not here, bool(people) and not here, away, event.id))
    yield from (ident for *_, ident in sorted(near, key=lambda one: one[:3]))


Bounds = tuple[int | None, int | None, QuantityMod | None]


def _bounds(found: Found, language: Language) -> Bounds | None:
    """Low, high and mod of what a rule found; None where its words are no number of people."""
    written = found.fields.get("number", "")
    number = number_of(written.rstrip(ROUND + OPEN), language)
    high = number_of(found.fields["high"], language) if found.fields.get("high") else None
    if number is None or number > LARGEST:
        return None
    if high is not None:
        return (number, high, None) if number <= high <= LARGEST else None
    mod = _MODS.get(found.fields.get("mod", ""))
    return _vague(number, mod, open_ended=written.endswith(OPEN)) if written.endswith((ROUND, OPEN)) else _hedged(number, mod)


def _hedged(number: int, mod: QuantityMod | None) -> Bounds:
    """«al menos 3» is 3 and up; «más de 40» 41 and up; «hasta 30» up to 30; a plain or rounded number is itself."""
    if mod == "at_least":
        return number, None, mod
    if mod == "more_than":
        return number + 1, None, mod
    if mod == "at_most":
        return None, number, mod
    if mod == "less_than":
        return None, max(0, number - 1), mod
    return number, number, mod


def _vague(number: int, mod: QuantityMod | None, *, open_ended: bool) -> Bounds:
    """A collective is about its number; a plural one («decenas») about that many and up."""
    if mod in {"at_least", "more_than", "at_most", "less_than"}:
        return _hedged(number, mod)
    return (number, None if open_ended else number, "about")


def number_of(written: str, language: Language) -> int | None:
    """The whole number that digits and number words say together; None if one of the words is no number.

    Meanings of the class `number` are digits, or `x1000` for a word that multiplies what stands before it.
    """
    words = language.words(LAYER, "number").folded()
    joiners = language.words(LAYER, "joiner").folded()
    total = run = 0.0
    seen = False
    for piece in _PIECE.findall(fold(written)):
        if piece in joiners:
            continue
        meaning = words.get(piece, "")
        if meaning.startswith("x"):
            total, run = _scaled(total, run if seen and run else 1.0, float(meaning[1:]))
        elif (value := _digits(meaning or piece)) is not None:
            run += value
        else:
            return None
        seen = True
    return round(total + run) if seen else None


def _scaled(total: float, run: float, scale: float) -> tuple[float, float]:
    """«dos millones trescientos mil»: a smaller scale adds to what a larger one has made."""
    return total + run * scale, 0.0


def _digits(written: str) -> float | None:
    """A number in figures: marks before groups of three set thousands apart, another mark begins the decimals."""
    if not written[:1].isdigit() or not written.isascii():
        return None
    if _GROUPED.fullmatch(written):
        return float(regex.sub(r"[.,\s]", "", written))
    return float(written.replace(",", "."))
