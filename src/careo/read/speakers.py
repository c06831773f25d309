"""Who speaks: the fullest form that the report gives of a source, also where the subject is left out."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from careo.model import Chain, Span, Token
from careo.read.speech import LAYER, Draft, Sheet

_REMEMBERED = 60
"""Speakers among whom one is sought whom a noun stands for."""

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


@dataclass(frozen=True, slots=True)
class _Told:
    """A speaker as told: in which draft, and the head of the source where there is one."""

    draft: Draft
    speaker: Speaker
    noun: Token | None


def _gender(token: Token) -> str:
    return next((part for part in token.morph.split("|") if part.startswith("Gender=")), "")


class Speakers:
    """Finds the speaker of each draft, asked in order of the text: a subject left out is carried on from what came before."""

    def __init__(self, sheet: Sheet, chains: Sequence[Chain], drafts: Sequence[Draft]) -> None:
        self.sheet, self.quoted = sheet, sheet.covered(drafts)
        self.names = {chain.id: chain.name for chain in chains}
        self.kinds = {chain.id: chain.kind for chain in chains}
        self.members = sorted((member.span, _FORMS[member.form], chain.id) for chain in chains for member in chain.members)
        self.member_starts = [span.start for span, _, _ in self.members]
        words = sheet.page.language.words
        self.paper, self.giver = words(LAYER, "paper"), words(LAYER, "giver")
        self.stand_in, self.office = words(LAYER, "stand-in"), words(LAYER, "office")
        self.masculine, self.feminine = words(LAYER, "masculine"), words(LAYER, "feminine")
        self.told: deque[_Told] = deque(maxlen=_REMEMBERED)
        self.first_told: dict[tuple[str, bool], Speaker] = {}
        persons: dict[str, int] = {}
        for span, _, chain in self.members:
            if self.kinds[chain] == "PERSON":
                persons.setdefault(chain, span.start)
        self.persons = sorted((start, chain) for chain, start in persons.items())
        self.owned = self._owned_nouns()

    def of(self, draft: Draft) -> Speaker:
        """The speaker of `draft`; NOBODY where the report does not tell."""
        speaker, noun = NOBODY, None
        if draft.source and draft.source_head is not None:
            noun = self.sheet.tokens[draft.source_head]
            speaker = self._named(draft.source, draft.source_head)
            if speaker.chain is None and speaker.name is not None:
                speaker = self._stood_for(draft.source.start, noun, speaker)
        if draft.name and speaker.chain is None:
            speaker = Speaker(draft.name)
        if speaker.name is None:
            speaker = self._carried(draft)
        if speaker.name is not None and not draft.name:
            self.told.append(_Told(draft, speaker, noun))
            if noun:
                self.first_told.setdefault((noun.lemma, speaker.plural), speaker)
        return speaker

    def _stood_for(self, begin: int, noun: Token, bare: Speaker) -> Speaker:
        """Whom a noun with its article stands for («el mandatario»): the last speaker that it fits, else the only person named so far.

        An office fits only one who is known by it, or the only one who has spoken. A paper is its last speaker's.
        """
        if not self._is_definite(noun):
            return bare
        again = self.first_told.get((noun.lemma, bare.plural))
        if again or noun.lemma in self.paper:
            return again or bare
        kind = self._kind(noun)
        known = [told for told in reversed(self.told) if told.speaker.chain]
        if kind is None or (kind == "office" and len({told.speaker.chain for told in known}) > 1):
            return bare
        fit = (told.speaker for told in known if told.speaker.plural == bare.plural and self._fits(told, noun, kind))
        return next(fit, None) or self._only_person(begin, noun, kind) or bare

    def _is_definite(self, noun: Token) -> bool:
        near = self.sheet.tokens[max(0, noun.i - 4) : noun.i]
        return any(t.head == noun.i and t.dep == "det" and ("Definite=Def" in t.morph or "PronType=Dem" in t.morph) for t in near)

    def _may_be(self, name: str, noun: Token) -> bool:
        """Whether a given name and a noun can be of one person: not where the endings of both tell their gender, and differ."""
        given = name.split(" ", 1)[0]
        told = {"Gender=Masc": given in self.masculine, "Gender=Fem": given in self.feminine}
        return told.get(_gender(noun), True) or not any(told.values())

    def _only_person(self, begin: int, noun: Token, kind: str) -> Speaker | None:
        """The person named before `begin`, if it is only one."""
        alone = bisect_left(self.persons, (begin, "")) == 1 and kind != "body"
        chain = self.persons[0][1] if alone else None
        return Speaker(self.names[chain], chain) if chain and self._may_be(self.names[chain], noun) else None

    def _kind(self, noun: Token) -> str | None:
        for word in (noun.text, noun.lemma):
            if word in self.stand_in:
                return self.stand_in.meaning(word)
        return "office" if noun.text in self.office or noun.lemma in self.office else None

    def _fits(self, told: _Told, noun: Token, kind: str) -> bool:
        is_body = self.kinds.get(told.speaker.chain or "") != "PERSON"
        if is_body != (kind == "body"):
            return False
        if kind != "body" and not self._may_be(told.speaker.name or "", noun):
            return False
        other = told.noun
        if other is None or other.pos != "NOUN":
            return True
        return other.lemma == noun.lemma or (kind != "office" and _gender(other) in {"", _gender(noun)})

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
        """Whose paper it is: «el informe de la Fiscalía», «el balance que emitió la alcaldía», «un reporte dado a conocer por la alcaldía»."""
        tokens = self.sheet.tokens[head + 1 : self.sheet.sentence(head).end]
        owner = next((t for t in tokens if t.head == head and t.dep == "nmod" and (self._is_named(t) or t.lemma in self.giver)), None)
        if owner is None:
            verbs = {t.i for t in tokens if t.head == head and t.dep in {"acl", "amod"}}
            owner = next((t for t in tokens if t.head in verbs and t.dep in {"nsubj", "obj", "obl"} and self._is_named(t)), None)
        return (self._extent(owner), owner.i) if owner else None

    def _is_named(self, token: Token) -> bool:
        return token.pos == "PROPN" or self._chain(token.i) is not None

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
        return self.owned.get(tokens[0].lemma, phrase) if len(tokens) == 1 and tokens[0].pos == "NOUN" else phrase

    def _owned_nouns(self) -> dict[str, str]:
        """By its lemma, each noun with the first name that it goes with in the report: «madre» → «madre de Ana Ruiz»."""
        made: dict[str, str] = {}
        tokens = self.sheet.tokens
        for owner in tokens:
            noun = tokens[owner.head]
            if owner.pos == "PROPN" and owner.i == noun.i + 2 and noun.pos == "NOUN" and tokens[noun.i + 1].pos == "ADP" and noun.lemma not in made:
                end = owner.i + 1
                while end < len(tokens) and tokens[end].pos == "PROPN":
                    end += 1
                made[noun.lemma] = Span(noun.span.start, tokens[end - 1].span.end).of(self.sheet.text)
        return made

    # ------------------------------------------------------------ a source that is left out

    def _carried(self, draft: Draft) -> Speaker:
        """The subject of what stands between, else the last speaker, where the verb's number allows it."""
        plural = self._number(draft)
        if draft.cue and not draft.stretch and any(t.dep in _PASSIVE for t in self.sheet.tokens[draft.cue.first : draft.cue.last + 1]):
            return NOBODY
        last = next((told for told in reversed(self.told) if plural in {None, told.speaker.plural} and not self._is_paper(told)), None)
        if draft.cue:
            subject = self._subject(_end(last.draft) if last else 0, draft.cue.span.start, plural)
            if subject is not None:
                return subject
        return last.speaker if last and self._is_near(last.draft, draft) else NOBODY

    def _is_paper(self, told: _Told) -> bool:
        """Whether a paper without an owner was all that was named: papers do not go on speaking."""
        return told.speaker.chain is None and told.noun is not None and told.noun.lemma in self.paper

    def _is_near(self, last: Draft, draft: Draft) -> bool:
        return self.sheet.paragraph(draft.start) - self.sheet.paragraph(last.content[-1].start) <= (_NEAR if draft.cue else 1)

    def _number(self, draft: Draft) -> bool | None:
        """Whether the cue's verb is plural; None where it does not say."""
        if not draft.cue:
            return None
        morphs = [t.morph for t in self.sheet.tokens[draft.cue.first : draft.cue.last + 1] if "VerbForm=Fin" in t.morph]
        return "Number=Plur" in morphs[0] if morphs else None

    def _subject(self, start: int, end: int, plural: bool | None) -> Speaker | None:
        """The last subject between the offsets, of a main clause, that is somebody who can speak and agrees in number."""
        paragraph = max(0, self.sheet.paragraph(end) - 1)
        first = self.sheet.token_from(max(start, self.sheet.paragraphs[paragraph].start))
        for token in reversed(self.sheet.tokens[first : self.sheet.token_from(end)]):
            if token.dep == "nsubj" and self.sheet.tokens[token.head].dep in _MAIN and not self._is_quoted(token):
                speaker = self._somebody(token)
                if speaker and plural in {None, speaker.plural}:
                    return speaker
        return None

    def _is_quoted(self, token: Token) -> bool:
        return bool(self.sheet.in_marks[token.i]) or bool(self.quoted[token.span.start])

    def _somebody(self, token: Token) -> Speaker | None:
        """A subject as a speaker: a person, a body, or a noun for one."""
        span = self._extent(token)
        named = self._named(span, token.i)
        if named.chain is not None:
            return named if self.kinds[named.chain] in {"PERSON", "ORGANIZATION"} else None
        if named.name and (token.lemma in self.giver or self._kind(token)):
            stood = self._stood_for(span.start, token, named)
            return stood if stood.chain or not self.told else None
        return named if token.pos == "PROPN" and not self.names else None

    def _extent(self, token: Token) -> Span:
        """A noun phrase from its head to the end of its names and complements with a preposition."""
        tokens, end = self.sheet.tokens, token.i + 1
        while end < len(tokens) and ((tokens[end].dep in _INSIDE and token.i <= tokens[end].head < end) or self.sheet.leads_on(end, token.i)):
            end += 1
        return Span(token.span.start, tokens[end - 1].span.end)


def _end(draft: Draft) -> int:
    return max(draft.content[-1].end, draft.cue_span.end if draft.cue_span else 0)


_MAIN = frozenset({"ROOT", "conj", "parataxis"})
_INSIDE = frozenset({"flat", "appos", "nmod", "amod"})
