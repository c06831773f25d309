"""The thread of a report: an event without a time of its own takes it from the event that it goes on from, and says so.

Two ways, both recorded in `When.why`: it is told again (the report dates one of its kind only), or it is the next thing told, in a past
tense, right after a dated event, and the report dates no other before that. What is said in the pluperfect, in the imperfect or in a
quotation's own words is not carried: it may go back. Such a time is kept apart (`EventMention.carried`) from one that the event's own
sentence gives.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, islice, takewhile

import msgspec

from careo.model import EventMention, Layers, Parse, Span, Token, When

REACH = 4
"""Sentences after a dated event within which the next thing told is of its time."""

OF_THE_HOUR = frozenset(
    "attack killing death injury clash blockade looting raid siege deployment detention surrender escape kidnapping rescue seizure arrival".split()
)
"""Kinds that follow upon each other within hours. A trial or an election does not."""

OF_PEOPLE = frozenset("killing death injury detention kidnapping".split())
"""Kinds that happen to people one by one: told again only if both tellings say to whom, or neither does."""


def threaded(parse: Parse, layers: Layers) -> tuple[EventMention, ...]:
    """The events of `layers`, those without a time given one where the thread of the report has it."""
    return tuple(_Thread(parse, layers).events())


class _Thread:
    def __init__(self, parse: Parse, layers: Layers) -> None:
        self.layers, self.tokens = layers, parse.tokens
        self._starts = [token.span.start for token in parse.tokens]
        self._sentences = [span.start for span in layers.sentences]
        self._below: dict[int, list[Token]] = defaultdict(list)
        for token in parse.tokens:
            self._below[token.head].append(token)
        self._by_kind: dict[str, list[EventMention]] = defaultdict(list)
        for event in layers.events:
            if event.when and _plain(event):
                self._by_kind[event.kind].append(event)
        self._dates = sorted(timex.span for timex in layers.timexes if timex.edtf)
        spoken = sorted(part for quotation in layers.quotations if quotation.manner == "direct" for part in quotation.content)
        self._spoken = [part.start for part in spoken]
        self._spoken_until = list(accumulate((part.end for part in spoken), max))

    def events(self) -> Iterator[EventMention]:
        """All events in order of the text."""
        told: tuple[int, EventMention] | None = None
        first: EventMention | None = None
        for event in self.layers.events:
            here = bisect_right(self._sentences, event.trigger.start) - 1
            carried = self._carried(event, here, told, first)
            made = msgspec.structs.replace(event, carried=carried) if carried else event
            if time_of(made) and _plain(made) and made.kind in OF_THE_HOUR:
                told, first = (here, made), first or made
            yield made

    def _carried(self, event: EventMention, here: int, told: tuple[int, EventMention] | None, first: EventMention | None) -> When | None:
        if event.when or event.kind not in OF_THE_HOUR or not _plain(event) or self._dated(here) or self._quoted(event.trigger):
            return None
        source = self._again(event)
        if source is None and told and first and here - told[0] <= REACH and _day(told[1]) == _day(first):
            source = told[1] if self._narrates(event) else None
        when = time_of(source) if source else None
        return msgspec.structs.replace(when, part=None, why=f"carried from the {source.kind} at {source.trigger.start}") if when and source else None

    def _again(self, event: EventMention) -> EventMention | None:
        """The one event of this kind that the report dates; «una balacera» brings up another."""
        if event.known is False:
            return None
        dated = self._by_kind[event.kind]
        if len({_day(one) for one in dated}) != 1 or (event.kind in OF_PEOPLE and _who(dated[0]) != _who(event)):
            return None
        return dated[0]

    def _narrates(self, event: EventMention) -> bool:
        """Whether the event's word is a verb in the tense of a story: «murió», «fue detenido», «ha muerto», not «había muerto» nor «moría»."""
        token = self.tokens[max(0, bisect_right(self._starts, event.trigger.end - 1) - 1)]
        if token.pos not in {"VERB", "AUX", "ADJ"}:
            return False
        auxiliary = next((one for one in self._below[token.i] if one.dep in {"aux", "cop"} and "VerbForm=Fin" in one.morph), None)
        governs = self.tokens[token.head] if "VerbForm=Fin" not in token.morph else token
        verb = auxiliary or governs
        return ("Tense=Past" in verb.morph and "VerbForm=Fin" in verb.morph) or (auxiliary is not None and "Tense=Pres" in auxiliary.morph)

    def _dated(self, sentence: int) -> bool:
        """Whether the sentence has a date of its own: then its events without one are left as they are."""
        span = self.layers.sentences[sentence] if 0 <= sentence < len(self.layers.sentences) else Span(0, 0)
        first = bisect_left(self._dates, Span(span.start, span.start))
        return any(span.holds(date) for date in takewhile(lambda date: date.start < span.end, islice(self._dates, first, None)))

    def _quoted(self, span: Span) -> bool:
        before = bisect_right(self._spoken, span.start)
        return before > 0 and self._spoken_until[before - 1] >= span.end


def time_of(event: EventMention) -> When | None:
    """The time of an event, its own or carried."""
    return event.when or event.carried


def _plain(event: EventMention) -> bool:
    return event.polarity == "positive" and event.modality == "asserted"


def _who(event: EventMention) -> bool:
    return any(one.role == "patient" for one in event.participants)


def _day(event: EventMention) -> str | None:
    time = time_of(event)
    return time.edtf if time else None
