"""The happenings that one report tells of: each word that evokes one, with who, to whom, when, where, how certain and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from careo.model import Chain, EventMention, Mention, Participant, Quotation, Role, Span, Timex, Where
from careo.read.circumstances import Circumstances
from careo.read.cover import Cover, Speakers
from careo.read.doers import Doers
from careo.read.happening import JOINED, LAYER, Syntax
from careo.read.hedge import Hedges
from careo.read.page import Page
from careo.rules import Frame

ROLES: tuple[Role, ...] = ("agent", "patient", "instrument", "recipient")
FIRST: tuple[Role, ...] = ("patient", "instrument", "recipient", "agent")
"""Nobody has two roles in one event; of two that claim the same words this order decides."""
FOOT = "/|#—"
BESIDE = 3
"""An attack so many steps over the tree from a death, or nearer, is what caused it."""
MARKS = '"«»“”'
NEAR = 3
"""Sentences within which an event named again has the people of the one before."""
ACCUSING = frozenset({"accusation", "charge"})
HOLDING = frozenset({"detention", "trial"})
SELF = "self"
"""A frame that gives this names the role that the trigger itself fills: eight *dead* are trigger and patient at once."""


def events(
    page: Page, timexes: Sequence[Timex], mentions: Sequence[Mention], chains: Sequence[Chain], quotations: Sequence[Quotation]
) -> tuple[EventMention, ...]:
    """The event mentions of one text in order of their triggers; ids `e1`… Spans are code points of the text."""
    frames = [frame for frame in page.language.frames(LAYER).find(page.parse) if "kind" in frame.fields]
    if not frames:
        return ()
    reader = _Reader(page, frames, timexes, mentions, chains, quotations)
    read = [reader.event(frame) for frame in frames]
    told = _placed(_threaded(_hosted(_accused(_caused(read, reader), reader), reader), reader), reader)
    return tuple(msgspec.structs.replace(event, id=f"e{n}") for n, event in enumerate(told, start=1))


class _Reader:
    """One page, ready to turn frames into events."""

    def __init__(
        self, page: Page, frames: Sequence[Frame], timexes: Sequence[Timex], mentions: Sequence[Mention],
        chains: Sequence[Chain], quotations: Sequence[Quotation],
    ) -> None:  # fmt: skip
        self.page, self.syntax = page, Syntax(page, mentions, timexes)
        self.doers = Doers(self.syntax)
        self.hedges, self.speakers = Hedges(self.syntax, _heads(frames, ACCUSING)), Speakers(quotations)
        self.circumstances = Circumstances(self.syntax, timexes, mentions, frozenset(frame.head for frame in frames))
        self.frames = {frame.trigger.start: frame for frame in frames}
        self.names = Names(self.syntax, mentions, chains)

    def event(self, frame: Frame) -> EventMention:
        """The event that a frame tells of, its id not yet given."""
        polarity, modality = self.hedges.polarity(frame.head), self.hedges.modality(frame.head)
        kind = frame.fields["kind"]
        if modality == "asserted" and kind not in self.syntax.words("attempt-counts") and self.hedges.attempted(frame.head):
            modality = "planned"
        return EventMention(
            "", frame.trigger, kind, frame.rule.name, self.syntax.evidence(frame.head),
            when=self.circumstances.when(frame.head), where=self._where(frame), participants=self._participants(frame),
            polarity="positive" if kind == "accusation" and modality != "asserted" else polarity, modality=modality,
            attribution=self.speakers.ids(frame.trigger), attributed_to=self.speakers.innermost(frame.trigger),
        )  # fmt: skip

    def _where(self, frame: Frame) -> Where | None:
        if spans := frame.parts.get("where"):
            return Where(spans[0], self.circumstances.name(spans[0]))
        return None if frame.fields["kind"] in self.syntax.words("nowhere") else self.circumstances.where(frame.head)

    def _participants(self, frame: Frame) -> tuple[Participant, ...]:
        made: list[Participant] = []
        for role in FIRST:
            for span in self._spans(frame, role):
                if not any(known.span.touches(span) for known in made):
                    made.append(self.names.participant(role, span))
        return tuple(sorted(made, key=lambda one: (ROLES.index(one.role), one.span)))

    def _spans(self, frame: Frame, role: Role) -> Iterator[Span]:
        """The noun phrases that fill a role, coordinated ones apart."""
        spans = frame.parts.get(role, ())
        if not spans and frame.fields.get(SELF) == role:
            own = self.syntax.phrase(frame.head)
            spans = (own,) if own and own != frame.trigger else ()
        if role == "agent":
            spans = tuple(self.doers.chosen(frame.head, spans))
        for span in spans or self._subject(frame, role):
            if not self._empty(span):
                yield self.syntax.hedged(self.syntax.beside(trimmed(self._cut(self.syntax.unled(span)), self.page.text)))
            head = self.syntax.head(span)
            for joined in self.syntax.coordinated(head):
                phrase = self.syntax.phrase(joined)
                if phrase and not self.hedges.is_denied(joined) and not any(phrase.touches(other) for other in (*spans, frame.trigger)):
                    yield self.syntax.hedged(phrase)

    def _subject(self, frame: Frame, role: Role) -> tuple[Span, ...]:
        """The subject that the frame's own paths missed: the agent of a verb, the patient of a passive or of one who dies."""
        token = self.syntax.tokens[frame.head]
        of_shape = self.syntax.words("subject-role").get(frame.rule.keys.get("like", ""))
        if token.pos in {"VERB", "ADJ"} and self.syntax.is_passive(frame.head) and of_shape:
            of_shape = "patient"
        phrases = [self.syntax.phrase(i) for i in self.syntax.subjects(frame.head)] if token.pos in {"VERB", "ADJ"} and of_shape == role else []
        found = [phrase for phrase in phrases if phrase and not phrase.touches(frame.trigger)]
        if role != "agent":
            return tuple(found)
        fitting = [phrase for phrase in found if self.doers.fits(frame.head, phrase)]
        return tuple(fitting or (self.doers.missed(frame.head, frame.fields["kind"]) if of_shape in {"agent", None} else ()))

    def _cut(self, span: Span) -> Span:
        """A noun phrase without what the parser wrongly hung on it: a time («125 muertos entre abril y julio»), a common noun in a name."""
        inside = [timex.span.start for timex in self.syntax.times.inside(span) if timex.span.start > span.start]
        inside += [self.syntax.tokens[i].span.start for i in self.syntax.covered(span) if self.syntax.is_oblique(i)]
        if not inside:
            return span
        end = self.syntax.at(min(inside))
        while end > 0 and self.syntax.tokens[end - 1].pos in {"ADP", "DET", "CCONJ", "PUNCT"}:
            end -= 1
        return Span(span.start, self.syntax.tokens[end - 1].span.end) if end and self.syntax.tokens[end - 1].span.end > span.start else span

    def _empty(self, span: Span) -> bool:
        """A relative or reflexive pronoun names nobody, nor does a time, an infinitive, nor the foot of a post."""
        if any(mark in span.of(self.page.text) for mark in FOOT):
            return True
        token = self.syntax.tokens[self.syntax.head(span)]
        if "VerbForm=Inf" in token.morph:
            return True
        empty = token.pos == "PRON" and any(feature in token.morph for feature in ("Rel", "PronType=Int", "Reflex=Yes"))
        return empty or self.hedges.is_nobody(token.i) or bool(self.syntax.times.touching(token.span))


def trimmed(span: Span, text: str) -> Span:
    """The span without a quotation mark at its edge whose other half stands outside."""
    words = span.of(text)
    if sum(words.count(mark) for mark in MARKS) % 2 == 0:
        return span
    if words[-1] in MARKS and len(words.rstrip(MARKS + " ")):
        return Span(span.start, span.start + len(words.rstrip(MARKS + " ")))
    if words[0] in MARKS and len(words.lstrip(MARKS + " ")):
        return Span(span.end - len(words.lstrip(MARKS + " ")), span.end)
    return span


def _heads(frames: Sequence[Frame], kinds: frozenset[str]) -> frozenset[int]:
    return frozenset(frame.head for frame in frames if frame.fields["kind"] in kinds)


class Names:
    """What the participants of a page are called in full."""

    def __init__(self, syntax: Syntax, mentions: Sequence[Mention], chains: Sequence[Chain]) -> None:
        self.syntax = syntax
        self._members = Cover((member.span, chain) for chain in chains for member in chain.members)
        self._mentions = Cover((mention.span, mention) for mention in mentions)

    def participant(self, role: Role, span: Span) -> Participant:
        """Who stands in `span`, under the fullest name that the report has."""
        chain = self.chain(span)
        return Participant(role, span, self.name(span, chain), chain.id if chain else None)

    def name(self, span: Span, chain: Chain | None = None) -> str:
        """The chain's name, else the mention's, else the words without their definite article."""
        chain = chain or self.chain(span)
        if chain:
            return chain.name
        mentions = [mention for place in self._own(span) for mention in self._mentions.touching(place)]
        return mentions[0].name if mentions else self._bare(span)

    def chain(self, span: Span) -> Chain | None:
        """The chain of the head word, or of a name that stands beside it («el presidente Juan Ruiz»)."""
        found = [chain for place in self._own(span) for chain in self._members.touching(place)]
        return found[0] if found else None

    def _own(self, span: Span) -> list[Span]:
        """The head word and the names joined to it, a name first."""
        covered = self.syntax.covered(span)
        if not covered:
            return []
        head = self.syntax.head(span)
        joined = [head, *(i for i in covered if self.syntax.tokens[i].dep in JOINED and self.syntax.tokens[i].head == head)]
        return [self.syntax.tokens[i].span for i in sorted(joined, key=lambda i: (self.syntax.tokens[i].pos != "PROPN", i))]

    def _bare(self, span: Span) -> str:
        first = self.syntax.tokens[self.syntax.covered(span)[0]]
        words = span.of(self.syntax.page.text)
        article = "Definite=Def" in first.morph and first.span.start == span.start and first.span.end < span.end
        return words[len(first.span) :].lstrip() if article else words


# ---------------------------------------------------------------- what only the text as a whole shows


def _caused(read: Sequence[EventMention], reader: _Reader) -> list[EventMention]:
    """Deaths that somebody caused, as far as the report says by now, are killings."""
    attacks = frozenset(reader.frames[event.trigger.start].head for event in read if event.kind in {"attack", "killing"})
    killed = {one.chain for event in read if event.kind == "killing" for one in event.participants if one.role == "patient" and one.chain}
    caused = {event.trigger for event in read if event.kind == "death" and _violent(event, attacks, killed, reader)}
    return [msgspec.structs.replace(event, kind="killing") if event.trigger in caused else event for event in read]


def _violent(event: EventMention, attacks: frozenset[int], killed: set[str], reader: _Reader) -> bool:
    """Whether the dead is one of those killed, or an attack or a violent word stands beside the death in the tree."""
    frame = reader.frames[event.trigger.start]
    if "cause" in frame.fields:
        return False
    if any(one.role == "patient" and one.chain in killed for one in event.participants):
        return True
    violent, sentence = reader.syntax.words("violent-cause"), reader.syntax.sentence(frame.head)
    signs = (i for i in range(sentence.start, sentence.end) if i in attacks or reader.syntax.is_in(i, violent) is not None)
    return any(reader.syntax.steps(frame.head, i) <= BESIDE for i in signs)


def _accused(read: Sequence[EventMention], reader: _Reader) -> Iterator[EventMention]:
    """Who is accused of an act is its agent, alleged as the act itself; who accuses is never."""
    charged = {reader.frames[event.trigger.start].head: event for event in read if event.kind in ACCUSING | HOLDING}
    for event in read:
        above = reader.hedges.suspected(reader.frames[event.trigger.start].head)
        accusing = charged.get(above) if above is not None and event.modality == "alleged" else None
        yield _done_by(event, accusing) if accusing else event


def _done_by(act: EventMention, accusing: EventMention) -> EventMention:
    accusers = {one.span for one in accusing.participants if one.role == "agent"}
    kept = tuple(one for one in act.participants if one.role != "agent" or one.span not in accusers)
    if not any(one.role == "agent" for one in kept):
        kept = tuple(msgspec.structs.replace(one, role="agent") for one in accusing.participants if one.role == "patient") + kept
    return msgspec.structs.replace(act, participants=kept)


def _hosted(read: Iterable[EventMention], reader: _Reader) -> list[EventMention]:
    """«Murieron en el operativo del martes»: what happened in another happening has its time and place, if none of its own."""
    events = list(read)
    by_head = {reader.frames[event.trigger.start].head: event for event in events}
    made = []
    for event in events:
        hosts = [by_head[i] for i in reader.hedges.settings(reader.frames[event.trigger.start].head) if i in by_head]
        made.append(_carried(event, hosts[0], "in") if hosts and event.kind not in reader.syntax.words("nowhere") else event)
    return made


def _placed(read: Iterable[EventMention], reader: _Reader) -> Iterator[EventMention]:
    """«En el lugar» is where the last event was, else the place named last; where the report has named none, it is no place."""
    last: Where | None = None
    for event in read:
        if event.where and reader.circumstances.points_back(event.where.span):
            event = msgspec.structs.replace(event, where=_meant(event.where, last or reader.circumstances.named_before(event.where.span)))
        elif event.where and not event.where.why and reader.circumstances.is_named(event.where.span):
            last = event.where
        yield event


def _meant(where: Where, named: Where | None) -> Where | None:
    return Where(where.span, named.name, f"the place named before, at {named.span.start}") if named else None


def _threaded(read: Iterable[EventMention], reader: _Reader) -> Iterator[EventMention]:
    """An event named again («el ataque») has the time, place and people that the report has given to the last one of its kind."""
    last: dict[str, EventMention] = {}
    peopled: dict[str, EventMention] = {}
    for event in read:
        head = reader.frames[event.trigger.start].head
        again = _again(head, reader.syntax)
        if event.kind in last and again:
            event = _carried(event, last[event.kind], "as")
        if again and event.kind in peopled and _same_tale(event, peopled[event.kind], reader.syntax):
            event = msgspec.structs.replace(event, participants=peopled[event.kind].participants)
        if event.when or event.where:
            last[event.kind] = event
        if event.participants and _plain(event):
            peopled[event.kind] = event
        yield event


def _same_tale(event: EventMention, source: EventMention, syntax: Syntax) -> bool:
    """Whether the same voice tells both, a few sentences apart at most; who did it is not carried over into another's mouth."""
    apart = syntax.sentences_between(source.trigger, event.trigger)
    same = event.attributed_to == source.attributed_to and event.modality == source.modality and event.polarity == source.polarity
    return not event.participants and event.kind in syntax.words("again") and same and apart <= NEAR


def _plain(event: EventMention) -> bool:
    return event.polarity == "positive" and event.modality == "asserted"


def _again(head: int, syntax: Syntax) -> bool:
    """A bare definite noun: an article that points back, and nothing that tells this event from another."""
    token = syntax.tokens[head]
    singular = token.pos == "NOUN" and "Number=Plur" not in token.morph
    return singular and syntax.is_definite(head) and not any(True for _ in syntax.children(head, "nmod|amod|acl|appos"))


def _carried(event: EventMention, source: EventMention, how: str) -> EventMention:
    why = f"{how} the {source.kind} named before, at {source.trigger.start}" if how == "as" else f"{how} the {source.kind} at {source.trigger.start}"
    when = event.when or (msgspec.structs.replace(source.when, why=why) if source.when else None)
    where = event.where or (msgspec.structs.replace(source.where, why=why) if source.where else None)
    return msgspec.structs.replace(event, when=when, where=where)
