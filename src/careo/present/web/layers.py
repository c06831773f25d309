"""A report with what was read in it: each annotation in words, and the text cut at their borders, so that every word knows what was read there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from careo.model import Accusation, Document, EventMention, Field, Layers, Media, Mention, Quantity, Quotation, Record, Span, Step, Timex
from careo.present import figures
from careo.present.dates import in_words
from careo.present.dossier.quoting import Quoter, visible
from careo.present.shown import HIDDEN
from careo.present.words import Words

LAYERS = ("timexes", "mentions", "quotations", "quantities", "events", "accusations", "media")
"""Layers that are shown, in this order; those of all words (sentences) and those that are made of others (claims) are not."""

_LINE_END = re.compile(r"\s*[\n\r\u2028\u2029]\s*")

INNER = ("cue", "source")
"""Parts of a quotation that are marked apart from what was said."""


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation: where, what it says in words, and which rule made it. `parts` are marked apart, each with its name; `anchor` is its own span."""

    number: int
    layer: str
    spans: tuple[Span, ...]
    says: tuple[tuple[str, str], ...]
    rule: str
    anchor: Span
    parts: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters that the same annotations cover, the narrowest first.

    `marked`: they are among the words that were asked for, `first` the first of these; `breaks`: a paragraph begins here; `decided`: somebody
    decided on them.
    """

    words: Markup
    notes: tuple[Note, ...]
    names: tuple[str, ...]
    marked: bool
    first: bool
    breaks: bool
    decided: bool = False


Says = Iterator[tuple[str, str]]


def notes(layers: Layers, words: Words, *, shown: Iterable[str] = LAYERS) -> tuple[Note, ...]:
    """The annotations of the layers that are `shown`, in order of place."""
    asked = frozenset(shown)
    made = [one for name in LAYERS if name in asked for record in getattr(layers, name) if (one := _note(name, record, words))]
    ordered = sorted(made, key=lambda one: (one.anchor, LAYERS.index(one.layer)))
    return tuple(Note(n, one.layer, one.spans, one.says, one.rule, one.anchor, one.parts) for n, one in enumerate(ordered, 1))


def _note(layer: str, record: Record, words: Words) -> Note | None:
    say, place = _SAYS[layer]
    spans = place(record)
    if not spans:
        return None
    parts = tuple((name, span) for name in INNER if layer == "quotations" and (span := getattr(record, name)) is not None)
    return Note(0, layer, spans, tuple((label, text) for label, text in say(record, words) if text), getattr(record, "rule", ""), spans[0], parts)


# ---------------------------------------------------------------- what each says


def _timex(one: Timex, words: Words) -> Says:
    yield "value", in_words(one.edtf, one.part, words) if one.edtf else one.value
    yield "time", one.time or ""
    yield "zone", one.zone or ""
    yield "because", words.told("reasons", one.why or "")
    yield "timex", f"{one.type} {one.value}"


def _mention(one: Mention, words: Words) -> Says:
    yield "kind", words.say("kinds", one.kind)
    yield "name", one.name


def _quotation(one: Quotation, words: Words) -> Says:
    yield "speaker", one.speaker or words.say("labels", "nobody_told")
    yield "stance", words.say("stances", one.stance)
    yield "manner", words.say("manners", one.manner)
    yield "medium", one.medium or ""
    yield "addressee", one.addressee or ""
    yield "said_on", in_words(one.said, None, words) if one.said else ""


def _quantity(one: Quantity, words: Words) -> Says:
    yield "of", words.say("harm", one.of)
    yield "figure", figures.said(Step(None, one.low, one.high, None, (), one.mod), words)
    yield "according", one.attributed_to or ""


def _event(one: EventMention, words: Words) -> Says:
    yield "kind", words.say("kinds", one.kind)
    yield "modality", words.say("modalities", "denied" if one.polarity == "negative" else one.modality)
    if when := one.when or one.carried:
        yield "when", in_words(when.edtf, when.part, words)
        yield "because", words.told("reasons", when.why or "")
    yield "where", one.where.name if one.where else ""
    yield "because", words.told("reasons", one.where.why or "") if one.where else ""
    for party in one.participants:
        yield party.role, party.name
    yield "according", one.attributed_to or ""


def _accusation(one: Accusation, words: Words) -> Says:
    for name in ("accuser", "accused", "act", "label"):
        yield name, getattr(one, name) or ""
    for name in ("state", "hedge", "reply"):
        yield name, words.say("accusation_states", getattr(one, name) or "")


def _medium(one: Media, words: Words) -> Says:
    yield "kind", words.say("leads", one.kind)
    for name in ("author", "handle", "posted", "link"):
        yield name, getattr(one, name) or ""


def _span(one: Timex | Mention | Quantity | Media) -> tuple[Span, ...]:
    return (one.span,)


_SAYS: dict[str, tuple[Callable[..., Says], Callable[..., tuple[Span, ...]]]] = {
    "timexes": (_timex, _span),
    "mentions": (_mention, _span),
    "quotations": (_quotation, lambda one: one.content),
    "quantities": (_quantity, _span),
    "events": (_event, lambda one: (one.trigger,)),
    "accusations": (_accusation, lambda one: (one.trigger or one.evidence,)),
    "media": (_medium, _span),
}


# ---------------------------------------------------------------- the text in pieces


def pieces(
    document: Document, field: Field, known: Sequence[Note], quoter: Quoter, asked: Span | None = None, decided: Sequence[Span] = ()
) -> Iterator[Piece]:
    """The text of a field, cut where an annotation or a decision begins or ends. What is masked is one piece, whatever was read in it."""
    text = document.text if field == "text" else document.title or ""
    hidden = quoter.masks.hidden(document, field)
    borders = {0, len(text)} | {at for span in hidden for at in (span.start, span.end)}
    borders |= {at for note in known for span in (*note.spans, *(part for _, part in note.parts)) for at in (span.start, span.end)}
    borders |= {at for span in (*decided, *([asked] if asked else [])) for at in (span.start, span.end)}
    borders |= {at for found in _LINE_END.finditer(text) for at in found.span()}
    ends = sorted(at for at in borders if at <= len(text) and not any(span.start < at < span.end for span in hidden))
    over, first, breaks = _Over(known), True, False
    for start, end in pairwise(ends):
        if not text[start:end].strip() and _LINE_END.search(text, start, end):
            breaks = start > 0
            continue
        marked = asked is not None and asked.start < end and start < asked.end
        masked = any(span.start <= start < span.end for span in hidden)
        found = () if masked else over.at(start)
        names = tuple(dict.fromkeys(name for note in found for name in _names(note, start)))
        human = any(span.start <= start < span.end for span in decided)
        yield Piece(visible(HIDDEN if masked else text[start:end]), found, names, marked, marked and first, breaks, human)
        first, breaks = first and not marked, False


def _names(note: Note, at: int) -> Iterator[str]:
    inner = [name for name, span in note.parts if span.start <= at < span.end]
    yield from inner or [note.layer]


class _Over:
    """Which annotations cover a place; places are asked for in order, so that no report costs the square of its annotations."""

    def __init__(self, known: Sequence[Note]) -> None:
        found = [(span, note) for note in known for span in (*note.spans, *(part for _, part in note.parts))]
        self._waiting = sorted(found, key=lambda one: (one[0], one[1].number), reverse=True)
        self._open: list[tuple[Span, Note]] = []

    def at(self, place: int) -> tuple[Note, ...]:
        """Those over `place`, the narrowest first."""
        while self._waiting and self._waiting[-1][0].start <= place:
            self._open.append(self._waiting.pop())
        self._open = [one for one in self._open if one[0].end > place]
        return tuple(dict.fromkeys(note for _, note in sorted(self._open, key=lambda one: (len(one[0]), one[1].number))))
