"""The thread of a report: an event without a time of its own takes it from the event that it goes on from, and says so.

Three ways, all recorded in `When.why`: it is told again (the report dates one of its kind only); it is the next thing told, in a past
tense, right after a dated event, and the report dates no other before that; or it is told so a little after the one day, counted from the
report's own, that the main clauses have named. What is said in the pluperfect, in the imperfect or in a quotation's own words is not
carried: it may go back. Such a time is kept apart (`EventMention.carried`) from one that the event's own sentence gives. A time of day
without its day («por la tarde») stays the event's own and takes the day alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile

import msgspec

from careo.model import EventMention, Layers, Parse, Span, Timex, Token, When
from careo.read.cover import Cover

REACH, REACH_OF_DAY = 4, 6
"""Sentences after a dated event within which the next thing told is of its time; after a day that a main clause names, of that day."""

OF_THE_HOUR = frozenset(
    "attack killing death injury clash blockade looting raid siege deployment detention surrender escape kidnapping rescue seizure arrival".split()
)
"""Kinds that follow upon each other within hours. A trial or an election does not."""

OF_THE_DAY = OF_THE_HOUR - frozenset("death killing injury".split()) | frozenset("protest release discovery search expulsion".split())
"""What people do and a report tells of as news of its day. Of deaths it also tells as of things past."""

DAY = len("2011-03-03")
SUBORDINATE = frozenset({"acl", "advcl", "ccomp", "csubj", "nmod", "appos"})
"""What hangs by one of these is no date of the main clause; nor is that of a noun."""

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
        self._dates = Cover((timex.span, timex) for timex in layers.timexes if timex.edtf)
        self._spoken = Cover((part, part) for quotation in layers.quotations if quotation.manner == "direct" for part in quotation.content)
        self._said = Cover((part, part) for quotation in layers.quotations for part in quotation.content)
        self._days = list(self._named_days())
        self._agreeing = sum(1 for _ in takewhile(lambda one: one[1].edtf == self._days[0][1].edtf, self._days))

    def events(self) -> Iterator[EventMention]:
        """All events in order of the text."""
        told: tuple[int, EventMention] | None = None
        first: EventMention | None = None
        for event in self.layers.events:
            here = bisect_right(self._sentences, event.trigger.start) - 1
            carried = self._carried(event, here, told, first)
            made = msgspec.structs.replace(event, **({"when": carried} if event.when else {"carried": carried})) if carried else event
            if time_of(made) and _plain(made) and made.kind in OF_THE_HOUR:
                told, first = (here, made), first or made
            yield made

    def _carried(self, event: EventMention, here: int, told: tuple[int, EventMention] | None, first: EventMention | None) -> When | None:
        if event.when or not _plain(event) or self._dated(here) or self._quoted(event.trigger):
            return self._by_the_clock(event, here)
        source = self._again(event) if event.kind in OF_THE_HOUR else None
        if source is None and told and first and here - told[0] <= REACH and _date(told[1]) == _date(first):
            source = told[1] if event.kind in OF_THE_HOUR and self._narrates(event) else None
        when = time_of(source) if source else None
        if when and source:
            return msgspec.structs.replace(when, part=None, why=f"carried from the {source.kind} at {source.trigger.start}")
        day = self._day(here) if event.kind in OF_THE_DAY and self._is_news(event) else None
        return When(day.span, day.value, day.edtf, day.id, why=f"carried from the day at {day.span.start}") if day else None

    def _is_news(self, event: EventMention) -> bool:
        """Whether the report itself tells it in a main clause, and not in the perfect, which sums up."""
        verb = self._main_verb(event.trigger)
        perfect = verb is not None and any(one.dep == "aux" and "Tense=Pres" in one.morph for one in self._below[verb.i])
        return verb is not None and not perfect and self._narrates(event) and not self._said.holding(event.trigger)

    def _by_the_clock(self, event: EventMention, here: int) -> When | None:
        """The event's own time of day with the day of the report's thread, where its sentence names none."""
        when = event.when
        bare = when is not None and when.edtf is None and when.part is not None and not self._dated(here) and not self._quoted(event.trigger)
        day = self._day(here) if bare and _plain(event) and self._narrates(event) else None
        if when is None or day is None:
            return None
        return msgspec.structs.replace(when, value=f"{day.value}T{when.part}", edtf=day.edtf, timex=day.id, why=f"on the day at {day.span.start}")

    def _day(self, here: int) -> Timex | None:
        """The one day that the main clauses before sentence `here` have named, a few sentences back at most."""
        before = bisect_left(self._days, here, key=lambda one: one[0])
        near = 0 < before <= self._agreeing and here - self._days[before - 1][0] <= REACH_OF_DAY
        return self._days[before - 1][1] if near else None

    def _named_days(self) -> Iterator[tuple[int, Timex]]:
        """The days, counted from the report's own, that hang on the verb of a main clause which tells something; with their sentences."""
        cues = Cover((one.cue, one.cue) for one in self.layers.quotations if one.cue)
        for timex in self.layers.timexes:
            if timex.edtf and len(timex.edtf) == DAY and timex.anchor == "dct" and not self._quoted(timex.span):
                verb = self._main_verb(timex.span)
                if verb and not cues.touching(verb.span) and self._is_told(verb):
                    yield bisect_right(self._sentences, timex.span.start) - 1, timex

    def _main_verb(self, span: Span) -> Token | None:
        """The verb of the main clause that the words hang on; None where they stand in another clause or are of a noun."""
        first, end = bisect_right(self._starts, span.start) - 1, bisect_left(self._starts, span.end)
        heads = (one for one in self.tokens[first:end] if not span.holds(self.tokens[one.head].span) or one.head == one.i)
        token = next(heads, None)
        while token and token.dep not in SUBORDINATE and token.pos not in {"VERB", "AUX"} and token.head != token.i:
            token = self.tokens[token.head]
        verb = token
        while token and token.dep == "conj":
            token = self.tokens[token.head]
        return verb if token and token.dep == "ROOT" and verb and verb.pos == "VERB" else None

    def _again(self, event: EventMention) -> EventMention | None:
        """The one event of this kind that the report dates; «una balacera» brings up another."""
        if event.known is False:
            return None
        dated = self._by_kind[event.kind]
        if len({_date(one) for one in dated}) != 1 or (event.kind in OF_PEOPLE and _who(dated[0]) != _who(event)):
            return None
        return dated[0]

    def _narrates(self, event: EventMention) -> bool:
        """Whether the event's word is a verb in the tense of a story: «murió», «fue detenido», «ha muerto», not «había muerto» nor «moría»."""
        token = self.tokens[max(0, bisect_right(self._starts, event.trigger.end - 1) - 1)]
        return token.pos in {"VERB", "AUX", "ADJ"} and self._is_told(token)

    def _is_told(self, token: Token) -> bool:
        auxiliary = next((one for one in self._below[token.i] if one.dep in {"aux", "cop"} and "VerbForm=Fin" in one.morph), None)
        governs = self.tokens[token.head] if "VerbForm=Fin" not in token.morph else token
        verb = auxiliary or governs
        return ("Tense=Past" in verb.morph and "VerbForm=Fin" in verb.morph) or (auxiliary is not None and "Tense=Pres" in auxiliary.morph)

    def _dated(self, sentence: int) -> bool:
        """Whether the sentence has a date of its own: then its events without one are left as they are."""
        span = self.layers.sentences[sentence] if 0 <= sentence < len(self.layers.sentences) else Span(0, 0)
        return bool(self._dates.inside(span))

    def _quoted(self, span: Span) -> bool:
        return bool(self._spoken.holding(span))


def time_of(event: EventMention) -> When | None:
    """The time of an event, its own or carried."""
    return event.when or event.carried


def _plain(event: EventMention) -> bool:
    return event.polarity == "positive" and event.modality == "asserted"


def _who(event: EventMention) -> bool:
    return any(one.role == "patient" for one in event.participants)


def _date(event: EventMention) -> str | None:
    time = time_of(event)
    return time.edtf if time else None
