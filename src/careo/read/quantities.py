"""How many people were harmed or held, as bounds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import msgspec
import regex

from careo.model import EventMention, Quantity, QuantityMod, Quotation, Span, Timex
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
        bounds = _bounds(found.fields, page.language) if "of" in found.fields else None
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


HARM: Mapping[str, str] = {
    "killing": "killed", "death": "killed", "injury": "injured", "detention": "detained", "disappearance": "missing", "kidnapping": "kidnapped",
    "displacement": "displaced", "attack": "victims", "sexual_violence": "victims", "torture": "victims",
}  # fmt: skip
"""What those are counted as whom an event of the kind befell."""

STRAYING = frozenset({"NUM", "ADP", "SYM"})
"""Between a count and the verb of which it is the subject, one of these begins something else: five per cent of the ill died."""

UNDONE = frozenset({"ordered", "planned", "feared"})
"""Nobody has been harmed by what is only that."""


def counted(page: Page, quantities: Sequence[Quantity], events: Sequence[EventMention], quotations: Sequence[Quotation]) -> tuple[Quantity, ...]:
    """All quantities in order, those added that stand as the patient of an event, each with the event that it counts: one of a fitting kind
    at the same words, else the nearest in its sentence."""
    near = Cover((event.evidence, event) for event in events)
    undone = Cover((one.span, one) for event in events if event.modality in UNDONE for one in event.participants if one.role == "patient")
    done = [one for one in quantities if not undone.touching(one.span)]
    ordered = sorted((*done, *_befallen(page, done, events, quotations)), key=lambda one: one.span)
    fitted = ((one, next(_fitting(one, near.touching(one.span)), None)) for one in ordered)
    return tuple(msgspec.structs.replace(one, id=f"n{number}", of_event=event) for number, (one, event) in enumerate(fitted, 1))


def _befallen(page: Page, quantities: Sequence[Quantity], events: Sequence[EventMention], quotations: Sequence[Quotation]) -> Iterator[Quantity]:
    """The counted people whom an event befell, where no rule has counted them: «otros cinco resultaron heridos», «atacó a tres niños»."""
    speakers, known = Speakers(quotations), Cover((one.span, one) for one in quantities)
    begun: set[int] = set()
    for event in events:
        if event.kind not in HARM or event.polarity == "negative" or event.modality in UNDONE:
            continue
        for people in (one.span for one in event.participants if one.role == "patient" and _is_whole(page, event.trigger, one.span)):
            found = _leading(people.of(page.text), page.language)
            bounds = _bounds({"number": people.of(page.text), **found.fields}, page.language) if found else None
            if not found or not bounds or known.touching(people) or people.start in begun:
                continue
            begun.add(people.start)
            span = Span(people.start, people.start + found.end)
            giver = speakers.ids(span), speakers.outermost(span)
            yield Quantity("", span, HARM[event.kind], bounds[0], bounds[1], found.rule.name, bounds[2], None, *giver)


def _is_whole(page: Page, trigger: Span, people: Span) -> bool:
    """Whether the people are all whom the event befell: not where another number stands before its verb («se hundieron diez botes y dos murieron»),
    nor where they are joined to its word and come to something else («de muertos y diez vecinos enfermos»)."""
    low, high = min(trigger.end, people.end), max(trigger.start, people.start)
    first, end = (bisect_left(page.parse.tokens, offset, key=lambda token: token.span.start) for offset in (low, high))
    between = page.parse.tokens[first:end]
    if people < trigger:
        return all(token.pos not in STRAYING for token in between)
    return not between or between[0].pos not in {"CCONJ", "PUNCT"}


def _leading(words: str, language: Language) -> Found | None:
    """The number that opens the words, of people or of nothing else."""
    found = next(iter(language.patterns(LAYER).find(words)), None)
    return found if found and not found.start and ("counts" in found.fields or found.end == len(words)) else None


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


def _bounds(fields: Mapping[str, str], language: Language) -> Bounds | None:
    """Low, high and mod of what a rule found; None where its words are no number of people."""
    written = fields.get("number", "")
    number = number_of(written.rstrip(ROUND + OPEN), language)
    high = number_of(fields["high"], language) if fields.get("high") else None
    if number is None or number > LARGEST:
        return None
    if high is not None:
        return (number, high, None) if number <= high <= LARGEST else None
    mod = _MODS.get(fields.get("mod", ""))
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
