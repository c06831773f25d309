"""The happenings that one report tells of: each word that evokes one, with who, to whom, when, where, how certain and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from careo.model import Chain, EventMention, Mention, Participant, Polarity, Quotation, Role, Span, Timex, Where
from careo.read.circumstances import Circumstances
from careo.read.cover import Cover, Speakers
from careo.read.doers import Doers
from careo.read.happening import JOINED, LAYER, Syntax
from careo.read.hedge import Hedges
from careo.read.page import Page
from careo.read.whole import ACCUSING, Whole
from careo.rules import Frame

ROLES: tuple[Role, ...] = ("agent", "patient", "instrument", "recipient")
FIRST: tuple[Role, ...] = ("patient", "instrument", "recipient", "agent")
"""Nobody has two roles in one event; of two that claim the same words this order decides."""
FOOT = "/|#—"
MARKS = '"«»“”'
OF_PEOPLE = frozenset("killing death injury detention kidnapping torture disappearance".split())
"""What befalls people: an attack or a massacre, which may stand as subject before a colon, is never its patient."""
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
    told = Whole(reader.syntax, reader.hedges, reader.circumstances, frames).told(read)
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
        self.names = Names(self.syntax, mentions, chains)
        self.triggers = frozenset(frame.head for frame in frames)
        nouns = (frame for frame in frames if self.syntax.tokens[frame.head].pos in {"NOUN", "PROPN"})
        self.happenings = frozenset(frame.head for frame in nouns if SELF not in frame.fields)

    def event(self, frame: Frame) -> EventMention:
        """The event that a frame tells of, its id not yet given."""
        polarity, modality = self._polarity(frame), self.hedges.modality(frame.head)
        kind = frame.fields["kind"]
        if modality == "asserted" and kind not in self.syntax.words("attempt-counts") and self.hedges.attempted(frame.head):
            modality = "planned"
        return EventMention(
            "", frame.trigger, kind, frame.rule.name, self.syntax.evidence(frame.head),
            when=self.circumstances.when(frame.head), where=self._where(frame), participants=self._participants(frame),
            polarity="positive" if kind == "accusation" and modality != "asserted" else polarity, modality=modality,
            attribution=self.speakers.ids(frame.trigger), attributed_to=self.speakers.innermost(frame.trigger),
            known=self._known(frame.head),
        )  # fmt: skip

    def _polarity(self, frame: Frame) -> Polarity:
        """What the frame itself says («sin vida»: dead indeed), else the negations about it."""
        return "positive" if frame.fields.get("polarity") == "positive" else self.hedges.polarity(frame.head)

    def _known(self, head: int) -> bool | None:
        """Whether the event's noun has a definite article, or an indefinite one."""
        articles = [article.morph for article in self.syntax.tree.having(head, "det") if "Definite=" in article.morph]
        return "Definite=Def" in articles[0] if articles else None

    def _where(self, frame: Frame) -> Where | None:
        if spans := frame.parts.get("where"):
            place = self.syntax.unled(spans[0])
            return Where(place, self.circumstances.name(place))
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
            spans = tuple(self.doers.chosen(frame.head, frame.fields["kind"], spans))
        of_people = role == "patient" and frame.fields["kind"] in OF_PEOPLE
        spans = tuple(span for span in spans if not self._empty(span) and not (of_people and self.syntax.head(span) in self.happenings))
        for span in spans or self._subject(frame, role):
            span = self._dweller(frame, self._whose(span) if of_people else span)
            written = self._written(span)
            if not self._empty(span):
                yield written
            for joined in self.syntax.coordinated(self.syntax.head(span)):
                phrase = self.syntax.phrase(joined) if joined not in self.triggers else None
                if phrase and not self.hedges.is_denied(joined) and not any(phrase.touches(other) for other in (*spans, written, frame.trigger)):
                    yield self._written(phrase)

    def _written(self, span: Span) -> Span:
        """The phrase as it is given: without a preposition that leads to it nor a time, with the whole of a name and what hedges its number."""
        span = trimmed(self._cut(self.syntax.unled(self._late(span))), self.page.text)
        return self.syntax.hedged(self.syntax.whole(self.syntax.beside(span)))

    def _late(self, span: Span) -> Span:
        """The phrase from behind a time that opens it («el martes a otras 96»)."""
        opening = [timex.span.end for timex in self.syntax.times.inside(span) if timex.span.start == span.start and timex.span.end < span.end]
        return Span(self.syntax.tokens[self.syntax.at(opening[0] - 1) + 1].span.start, span.end) if opening else span

    def _dweller(self, frame: Frame, span: Span) -> Span:
        """«Un vecino de la parroquia que fue agredido»: the person, where the relative clause was hung on the place that the person is from."""
        place, verb = self.syntax.tokens[self.syntax.head(span)], self.syntax.tokens[frame.head]
        described = verb.dep == "acl" and verb.head == place.i and place.dep == "nmod"
        if not described or not self.syntax.is_place(place.i) or not self.syntax.is_person(place.head):
            return span
        return self.syntax.phrase(place.head) or span

    def _whose(self, span: Span) -> Span:
        """The person by name behind what is only somebody's: «el entierro de Ana Ruiz, que murió»."""
        head = self.syntax.head(span)
        if self.syntax.is_in(head, self.syntax.words("somebodys")) is None:
            return span
        named = [i for i in self.syntax.children(head, "nmod") if self.syntax.tokens[i].pos == "PROPN"]
        return (self.syntax.phrase(named[0]) if named else None) or span

    def _subject(self, frame: Frame, role: Role) -> tuple[Span, ...]:
        """The subject that the frame's own paths missed: the agent of a verb, the patient of a passive or of one who dies."""
        token = self.syntax.tokens[frame.head]
        owned = token.pos == "NOUN" and role == self.syntax.words("owner-role").get(frame.rule.keys.get("like", ""))
        if owned and (owner := tuple(self._owner(frame.head))):
            return owner
        of_shape = self.syntax.words("subject-role").get(frame.rule.keys.get("like", ""))
        if token.pos in {"VERB", "ADJ"} and self.syntax.is_passive(frame.head) and of_shape:
            of_shape = "patient"
        phrases = [self.syntax.phrase(i) for i in self.syntax.subjects(frame.head)] if token.pos in {"VERB", "ADJ"} and of_shape == role else []
        found = [phrase for phrase in phrases if phrase and not phrase.touches(frame.trigger)]
        if role == "agent":
            found = [phrase for phrase in found if self.doers.fits(frame.head, frame.fields["kind"], phrase)]
            found = found or list(self.doers.missed(frame.head, frame.fields["kind"]) if of_shape in {"agent", None} else ())
        if found or token.pos not in {"VERB", "ADJ"}:
            return tuple(found)
        if role == "patient" and of_shape == "agent":
            return tuple(self.names.clitics(frame.head))
        return tuple(self.names.left_out(frame.head) if of_shape == role else ())

    def _owner(self, head: int) -> Iterator[Span]:
        """«Tras su detención, Pérez …»: whom a possessive means at a noun that only sets the time of what its clause tells: the one subject of it."""
        token = self.syntax.tokens[head]
        possessed = any("Poss=Yes" in self.syntax.tokens[i].morph for i in self.syntax.children(head, "det"))
        if not possessed or not self.hedges.sets_time(head):
            return
        verb = next((above.i for above in self.syntax.up(head) if above.pos in {"VERB", "AUX"}), token.i)
        subjects = self.syntax.subjects(verb)
        phrases = [self.syntax.phrase(i) for i in subjects if self.syntax.is_person(i)] if len(subjects) == 1 else []
        yield from (phrase for phrase in phrases if phrase)
        if not subjects:
            yield from self.names.left_out(verb)

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
        words = span.of(self.page.text)
        if any(mark in words for mark in FOOT) or not any(sign.isalnum() for sign in words):
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
        self._left_out = Cover((member.span, member.span) for chain in chains for member in chain.members if member.form == "dropped")
        self._mentions = Cover((mention.span, mention) for mention in mentions)

    def participant(self, role: Role, span: Span) -> Participant:
        """Who stands in `span`, under the fullest name that the report has."""
        chain = self.chain(span)
        return Participant(role, span, self.name(span, chain), chain.id if chain else None)

    def left_out(self, head: int) -> list[Span]:
        """The verb whose subject is left out, where that word is or heads it and the report tells whose it is."""
        words = (self.syntax.tokens[i].span for i in (head, *self.syntax.children(head, "aux|cop")))
        return [span for word in words for span in self._left_out.touching(word)][:1]

    def clitics(self, head: int) -> list[Span]:
        """«Lo detuvieron»: the object pronouns of the verb of which the report tells whom they mean."""
        places = (self.syntax.tokens[i].span for i in self.syntax.children(head, "obj|iobj") if self.syntax.tokens[i].pos == "PRON")
        return [place for place in places if self._members.touching(place)][:1]

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
        """The head word and the names joined to it, a name first; of «Ana Ruiz, una maestra que …» the name too."""
        covered = self.syntax.covered(span)
        if not covered:
            return []
        head = self.syntax.head(span)
        joined = [head, *(i for i in covered if self.syntax.tokens[i].dep in JOINED and self.syntax.tokens[i].head == head)]
        above = self.syntax.tokens[self.syntax.tokens[head].head]
        if self.syntax.tokens[head].dep == "appos" and above.pos == "PROPN" and above.i < head:
            joined.append(above.i)
        return [self.syntax.tokens[i].span for i in sorted(joined, key=lambda i: (self.syntax.tokens[i].pos != "PROPN", i))]

    def _bare(self, span: Span) -> str:
        first = self.syntax.tokens[self.syntax.covered(span)[0]]
        words = span.of(self.syntax.page.text)
        article = "Definite=Def" in first.morph and first.span.start == span.start and first.span.end < span.end
        return words[len(first.span) :].lstrip() if article else words
