"""Who speaks: the fullest form that the report gives of a source, also where the subject is left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from careo.model import Chain, Span, Token
from careo.read.speech import LAYER, Draft, Sheet

_FORMS = {"name": 0, "relation": 1, "nominal": 2, "pronoun": 3}
_NEAR = 2
"""Paragraphs over which a subject left out is the last speaker."""

_LEFT_EDGE = frozenset({"DET", "ADP", "PUNCT"})
_PASSIVE = frozenset({"expl:pass", "expl:impers"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """A name, its chain if there is one, and whether it is of several."""

    name: str | None
    chain: str | None = None
    plural: bool = False


NOBODY = Speaker(None)


class Speakers:
    """Finds the speaker of each draft, asked in order of the text: a subject left out is carried on from what came before."""

    def __init__(self, sheet: Sheet, chains: Sequence[Chain], drafts: Sequence[Draft]) -> None:
        self.sheet, self.drafts = sheet, drafts
        self.names = {chain.id: chain.name for chain in chains}
        self.kinds = {chain.id: chain.kind for chain in chains}
        self.members = sorted((member.span, _FORMS[member.form], chain.id) for chain in chains for member in chain.members)
        self.member_starts = [span.start for span, _, _ in self.members]
        self.paper = sheet.page.language.words(LAYER, "paper")
        self.last: tuple[Draft, Speaker] | None = None

    def of(self, draft: Draft) -> Speaker:
        """The speaker of `draft`; NOBODY where the report does not tell."""
        speaker = NOBODY
        if draft.source and draft.source_head is not None:
            speaker = self._named(draft.source, draft.source_head)
        if speaker.name is None:
            speaker = self._carried(draft)
        if speaker.name is not None:
            self.last = (draft, speaker)
        return speaker

    # ------------------------------------------------------------ a source that is there

    def _named(self, source: Span, head: int) -> Speaker:
        tokens = self.sheet.tokens
        plural = "Number=Plur" in tokens[head].morph or any(t.head == head and t.dep == "conj" for t in self._within(source))
        if tokens[head].lemma in self.paper and (owner := self._owner(source, head)) is not None:
            return self._named(*owner)
        name = self._name_of(source, head)
        start = name if name is not None else head
        chain = None if plural and name is None and self._has_conjunct(source, head) else self._chain(start) or self._chain(head)
        if chain is not None:
            return Speaker(self.names[chain], chain, plural)
        if tokens[head].pos == "PRON":
            return NOBODY
        return Speaker(self._phrase(source, name) or None, None, plural)

    def _within(self, source: Span) -> Sequence[Token]:
        return self.sheet.tokens[self.sheet.token_from(source.start) : self.sheet.token_from(source.end)]

    def _has_conjunct(self, source: Span, head: int) -> bool:
        return any(t.head == head and t.dep == "conj" for t in self._within(source))

    def _name_of(self, source: Span, head: int) -> int | None:
        """The name that a title goes with: «la ministra Ana Ruiz», «el fiscal, Ana Ruiz»."""
        if self.sheet.tokens[head].pos == "PROPN" and not any(t.head == head and t.dep == "appos" for t in self._within(source)):
            return None
        return next((t.i for t in self._within(source) if t.head == head and t.dep in {"appos", "flat"} and t.pos == "PROPN"), None)

    def _owner(self, source: Span, head: int) -> tuple[Span, int] | None:
        """Whose paper it is: «el informe de la Fiscalía», «el balance que emitió la alcaldía»."""
        sentence = self.sheet.sentence(head)
        tokens = self.sheet.tokens[head + 1 : sentence.end]
        owner = next((t for t in tokens if t.head == head and t.dep == "nmod" and (t.pos == "PROPN" or self._chain(t.i))), None)
        if owner is None:
            verbs = {t.i for t in tokens if t.head == head and t.dep == "acl"}
            owner = next((t for t in tokens if t.head in verbs and t.dep in {"nsubj", "obj", "obl"} and t.pos == "PROPN"), None)
        if owner is None:
            return None
        end = max((t.i + 1 for t in tokens if t.i > owner.i and t.head in range(owner.i, t.i) and t.dep in {"flat", "nmod"}), default=owner.i + 1)
        return Span(owner.span.start, self.sheet.tokens[end - 1].span.end), owner.i

    def _chain(self, i: int) -> str | None:
        """The chain of the shortest member that holds token `i`, names first."""
        span = self.sheet.tokens[i].span
        end = bisect_left(self.member_starts, span.end)
        near = [(form, len(member), chain) for member, form, chain in self.members[max(0, end - 12) : end] if member.holds(span)]
        return min(near)[2] if near else None

    def _phrase(self, source: Span, name: int | None) -> str:
        """The source's own words without article; of «Title, Name» the name. A bare relative («la madre») is filled up from the report."""
        tokens = list(self._within(source))
        if name is not None:
            tokens = [t for t in tokens if t.i >= name]
        while tokens and (tokens[0].pos in _LEFT_EDGE):
            tokens = tokens[1:]
        if not tokens:
            return source.of(self.sheet.text)
        bare = self.sheet.bare(Span(tokens[0].span.start, source.end))
        phrase = bare.of(self.sheet.text) if bare else ""
        return self._filled(tokens[0]) or phrase if len(tokens) == 1 and tokens[0].pos == "NOUN" else phrase

    def _filled(self, noun: Token) -> str | None:
        """The same noun with the name that it goes with elsewhere: «la madre» → «madre de Ana Ruiz»."""
        for t in self.sheet.tokens:
            if t.lemma == noun.lemma and t.i != noun.i and t.i + 2 < len(self.sheet.tokens):
                follow, owner = self.sheet.tokens[t.i + 1], self.sheet.tokens[t.i + 2]
                if follow.pos == "ADP" and owner.pos == "PROPN" and owner.head == t.i:
                    end = owner.i + 1
                    while end < len(self.sheet.tokens) and self.sheet.tokens[end].pos == "PROPN":
                        end += 1
                    return Span(t.span.start, self.sheet.tokens[end - 1].span.end).of(self.sheet.text)
        return None

    # ------------------------------------------------------------ a source that is left out

    def _carried(self, draft: Draft) -> Speaker:
        """The subject of what stands between, else the last speaker, where the verb's number allows it."""
        plural = self._number(draft)
        begin = draft.cue_span.start if draft.cue_span else draft.start
        if draft.cue and not draft.stretch and any(t.dep in _PASSIVE for t in self.sheet.tokens[draft.cue.first : draft.cue.last + 1]):
            return NOBODY
        last_end = max((self.last[0].content[-1].end, self.last[0].cue_span.end if self.last[0].cue_span else 0)) if self.last else 0
        if (subject := self._subject(last_end, begin, plural)) is not None and draft.cue:
            return subject
        if self.last and self._is_near(self.last[0], draft) and plural in {None, self.last[1].plural}:
            return self.last[1]
        return NOBODY

    def _is_near(self, last: Draft, draft: Draft) -> bool:
        return self.sheet.paragraph(draft.start) - self.sheet.paragraph(last.content[-1].start) <= (_NEAR if draft.cue else 1)

    def _number(self, draft: Draft) -> bool | None:
        """Whether the cue's verb is plural; None where it does not say."""
        if not draft.cue:
            return None
        morphs = [t.morph for t in self.sheet.tokens[draft.cue.first : draft.cue.last + 1] if "VerbForm=Fin" in t.morph]
        return "Number=Plur" in morphs[0] if morphs else None

    def _subject(self, start: int, end: int, plural: bool | None) -> Speaker | None:
        """The last subject between the offsets that is a name or a person of a chain, and agrees in number."""
        first = self.sheet.token_from(max(start, self.sheet.paragraphs[max(0, self.sheet.paragraph(end) - 1)].start if self.sheet.paragraphs else 0))
        for token in reversed(self.sheet.tokens[first : self.sheet.token_from(end)]):
            if token.dep != "nsubj" or self.sheet.in_marks[token.i] or any(part.holds(token.span) for d in self.drafts for part in d.content):
                continue
            chain = self._chain(token.i)
            if chain is None and token.pos != "PROPN":
                continue
            if chain is not None and self.kinds[chain] not in {"PERSON", "ORGANIZATION"}:
                continue
            span = self._extent(token)
            speaker = self._named(span, token.i)
            if plural in {None, speaker.plural}:
                return speaker
        return None

    def _extent(self, token: Token) -> Span:
        end = token.i + 1
        while end < len(self.sheet.tokens) and self.sheet.tokens[end].head in range(token.i, end) and self.sheet.tokens[end].dep in {"flat", "appos"}:
            end += 1
        return Span(token.span.start, self.sheet.tokens[end - 1].span.end)
