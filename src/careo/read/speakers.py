"""Who speaks: the fullest form that the report gives of a source, also where the subject is left out."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careo.model import Chain, Span, Token
from careo.read.known import Actor, Known, gender
from careo.read.speech import LAYER, Draft, Sheet

_REMEMBERED, _NEAR = 60, 2
"""Speakers among whom one is sought whom a noun stands for; paragraphs over which a subject left out is the last speaker."""

_AHEAD = 2
"""Paragraphs behind a noun in which the first person named may be the one that it stands for."""

_HEADS, _LEFT_EDGE = frozenset({"NOUN", "ADJ"}), frozenset({"DET", "ADP", "PUNCT"})
_PASSIVE, _INSIDE = frozenset({"expl:pass", "expl:impers"}), frozenset({"flat", "appos", "nmod", "amod"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """A name, its chain if there is one, and whether it is of several."""

    name: str | None
    chain: str | None = None
    plural: bool = False


NOBODY = Speaker(None)


@dataclass(frozen=True, slots=True)
class _Told:
    """A speaker as told: in which draft, the head of the source where there is one, and the words that complete it."""

    draft: Draft
    speaker: Speaker
    noun: Token | None
    tail: frozenset[str] = frozenset()


class Speakers:
    """Finds the speaker of each draft, asked in order of the text: a subject left out is carried on from what came before."""

    def __init__(self, sheet: Sheet, chains: Sequence[Chain], drafts: Sequence[Draft]) -> None:
        self.sheet, self.known = sheet, Known(sheet, chains, sheet.covered(drafts))
        words = sheet.page.language.words
        self.paper, self.giver = words(LAYER, "paper"), words(LAYER, "giver")
        self.stand_in, self.office = words(LAYER, "stand-in"), words(LAYER, "office")
        self.masculine, self.feminine = words(LAYER, "masculine"), words(LAYER, "feminine")
        self.reading, self.neuter = words(LAYER, "reading"), words(LAYER, "neuter")
        self.reflexive, self.pronominal = words(LAYER, "reflexive"), words(LAYER, "pronominal")
        self.told: deque[_Told] = deque(maxlen=_REMEMBERED)
        self.owned = self._owned_nouns()

    def of(self, draft: Draft) -> Speaker:
        """The speaker of `draft`; NOBODY where the report does not tell."""
        noun = self.sheet.tokens[draft.source_head] if draft.source and draft.source_head is not None else None
        speaker = self._present(draft.source, noun) if draft.source and noun else None
        if draft.name and (speaker is None or speaker.chain is None):
            speaker = Speaker(draft.name)
        if speaker is None:
            speaker = self._carried(draft)
        if speaker.name is not None and not draft.name:
            self.told.append(self._as_told(draft, speaker, noun))
        return speaker

    def _as_told(self, draft: Draft, speaker: Speaker, noun: Token | None) -> _Told:
        if noun is None or draft.source is None or self.known.at(noun.i) is not None:
            return _Told(draft, speaker, None)
        return _Told(draft, speaker, noun, self.known.tail([t for t in self._within(draft.source) if t.i > noun.i]))

    # ------------------------------------------------------------ a source that is there

    def _present(self, source: Span, noun: Token) -> Speaker | None:
        """Whom the source names or stands for; None for a pronoun and for «su voz», which speak for the last speaker."""
        named = self._named(source, noun.i)
        if named is None or named.name is None:
            return named
        if named.chain is not None:
            return self._the_one(named, source.start)
        return self._stood_for(source, noun, named)

    def _named(self, source: Span, head: int) -> Speaker | None:
        """The chain that the source names, else its own words («algunos» too); None where it is a pronoun, NOBODY for «eso»."""
        tokens, plural = self.sheet.tokens, self._is_plural(source, head)
        if tokens[head].lemma in self.paper and (owner := self._owner(source, head)) is not None:
            return self._named(*owner)
        if tokens[head].lemma in self.paper and any(t.head == head and "Poss=Yes" in t.morph for t in self._within(source)):
            return None
        name = self._name_of(source, head)
        chain = None if plural and name is None and self._has_conjunct(source, head) else self._chain_in(source, name, head)
        if chain is not None:
            return Speaker(self.known.names[chain], chain, plural)
        if tokens[head].pos == "PRON" and "PronType=Ind" not in tokens[head].morph:
            return NOBODY if tokens[head].text in self.neuter else None
        return Speaker(self._phrase(source, name) or None, None, plural)

    def _the_one(self, named: Speaker, before: int) -> Speaker:
        """`named` itself, or for a surname that several bear the last of them who spoke or acted before the offset."""
        bearers = self.known.bearers(named.chain or "")
        chain = next((chain for chain, _ in self._recent(before) if chain in bearers), None) if bearers else None
        return Speaker(self.known.names[chain], chain, named.plural) if chain else named

    def _is_plural(self, source: Span, head: int) -> bool:
        return "Number=Plur" in self.sheet.tokens[head].morph or self._has_conjunct(source, head)

    def _chain_in(self, source: Span, name: int | None, head: int) -> str | None:
        """The chain of the source's name or head; of a row of capitals («Promete Ruiz») that of a name in it."""
        chain = self.known.at(name if name is not None else head) or self.known.at(head)
        if chain is None and self.sheet.tokens[head].pos == "PROPN":
            row = [t.i for t in self._within(source) if t.pos == "PROPN" and (t.i == head or (t.head == head and t.dep == "flat"))]
            chain = next((found for i in row if (found := self.known.at(i))), None)
        return chain

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
        return token.pos == "PROPN" or self.known.at(token.i) is not None

    def _phrase(self, source: Span, name: int | None) -> str:
        """The source's own words without article; of «Title, Name» the name. A bare relative («la madre») is filled up from the report."""
        tokens = list(self._within(source))
        if name is not None:
            tokens = [t for t in tokens if t.i >= name]
        while tokens and (tokens[0].pos in _LEFT_EDGE):
            tokens = tokens[1:]
        while tokens and "Rel" in tokens[-1].morph:
            tokens = tokens[:-1]
        if not tokens:
            return source.of(self.sheet.text)
        bare = self.sheet.bare(Span(tokens[0].span.start, tokens[-1].span.end))
        phrase = bare.of(self.sheet.text) if bare else ""
        alone = tokens[0].pos == "NOUN" and "Plur" not in tokens[0].morph and not self.known.tail(tokens[1:])
        return self.owned.get(tokens[0].lemma, phrase) if alone else phrase

    def _owned_nouns(self) -> dict[str, str]:
        """By its lemma, each noun with the first name that it goes with, of a body else its first adjective: «madre» → «madre de Ana Ruiz»."""
        named: dict[str, str] = {}
        told: dict[str, str] = {}
        tokens = self.sheet.tokens
        for word in tokens:
            noun = tokens[word.head]
            if word.pos == "PROPN" and word.i == noun.i + 2 and noun.pos == "NOUN" and tokens[noun.i + 1].pos == "ADP":
                end = word.i + 1
                while end < len(tokens) and tokens[end].pos == "PROPN":
                    end += 1
                named.setdefault(noun.lemma, Span(noun.span.start, tokens[end - 1].span.end).of(self.sheet.text))
            elif word.pos == "ADJ" and word.i == noun.i + 1 and word.dep == "amod" and (noun.lemma in self.giver or self._kind(noun) == "body"):
                told.setdefault(noun.lemma, Span(noun.span.start, word.span.end).of(self.sheet.text))
        return told | named

    # ------------------------------------------------------------ a noun that stands for somebody

    def _stood_for(self, source: Span, noun: Token, bare: Speaker) -> Speaker:
        """Whom a noun with its article stands for («el mandatario»); `bare`, its own words, where that is not told.

        First whom the report calls so, then who spoke under that noun, then the last speaker or actor whom it fits, then the only
        person named so far, then the first one named next. «El comunicado» is who last said something in a paper. An office fits only
        one who is known by it, or the only one who has spoken. Several people are the last who spoke in common, unless something tells
        them apart («los expertos en suelos»). One of several people named, but not told which: nobody. A name in the source itself
        («el payaso «Botones»») stays.
        """
        if not self._is_heading(noun) and not (noun.pos in _HEADS and self._is_definite(noun)):
            return bare
        rest = [t for t in self._within(source) if t.i > noun.i]
        called = () if bare.plural else self.known.called(noun, rest)
        if self._is_told_apart(noun) and (not called or self._kind(noun) == "body"):
            return NOBODY if bisect_left(self.known.persons, (source.start, "")) else bare
        if called:
            chain = next((told.speaker.chain for told in reversed(self.told) if told.speaker.chain in called), None) or called[0]
            return Speaker(self.known.names[chain], chain)
        if self._name_of(source, noun.i) is not None:
            return bare
        tail, kind = self.known.tail(rest), self._kind(noun)
        again = self._again(noun, bare.plural, tail)
        if noun.lemma in self.paper:
            return again or (None if tail or bare.plural else self._writer()) or bare
        if again or kind is None:
            return again or bare
        if bare.plural:
            return (None if tail else self._group(kind)) or bare
        found = self._last_fitting(source.start, noun, kind) or self._only_person(source, noun, kind)
        if found:
            return Speaker(self.known.names[found], found)
        several = kind == "person" and bisect_left(self.known.persons, (source.start, "")) > 1
        return NOBODY if several and not any(t.pos == "PROPN" for t in rest) else bare

    def _is_definite(self, noun: Token) -> bool:
        near = self.sheet.tokens[max(0, noun.i - 4) : noun.i]
        return any(t.head == noun.i and t.dep == "det" and ("Definite=Def" in t.morph or "PronType=Dem" in t.morph) for t in near)

    def _is_told_apart(self, noun: Token) -> bool:
        """Whether a relative clause right behind the noun says who is meant («el partido que surgió de la guerra»): nobody who went before."""
        behind = self.sheet.tokens[noun.i + 1 : self.sheet.sentence(noun.i).end]
        pointed = any("PronType=Dem" in t.morph for t in self.sheet.tokens[max(0, noun.i - 2) : noun.i])
        opens = bool(behind) and "Rel" in behind[0].morph and not pointed
        return opens and any(t.head == noun.i and t.dep == "acl" and "VerbForm=Fin" in t.morph for t in behind)

    def _is_heading(self, noun: Token) -> bool:
        """Whether the noun, an office, opens the text: headlines leave articles out."""
        return noun.i == 0 and self._kind(noun) is not None

    def _again(self, noun: Token, plural: bool, tail: frozenset[str]) -> Speaker | None:
        """Who spoke first under this noun, where nothing in its complements tells the two apart."""
        fit = (told for told in self.told if told.noun and told.noun.lemma == noun.lemma and told.speaker.plural == plural)
        return next((told.speaker for told in fit if not tail or not told.tail or tail & told.tail), None)

    def _writer(self) -> Speaker | None:
        """Who last said something in a paper, which «el comunicado» may be."""
        return next((told.speaker for told in reversed(self.told) if (self.sheet.medium(told.draft) or "") in self.paper), None)

    def _group(self, kind: str) -> Speaker | None:
        """The last people who spoke in common, whom «los manifestantes» may stand for."""
        return next((told.speaker for told in reversed(self.told) if told.speaker.plural), None) if kind == "person" else None

    def _kind(self, noun: Token) -> str | None:
        """What the noun can stand for: a person, a body, an office; «la policía» is no «policía»."""
        before = self.sheet.tokens[noun.i - 1].text if noun.i else ""
        for word in (f"{before} {noun.text}", noun.text, noun.lemma):
            if word in self.stand_in:
                return self.stand_in.meaning(word)
        return "office" if noun.text in self.office or noun.lemma in self.office else None

    def _recent(self, before: int) -> Iterator[tuple[str, Token | None]]:
        """The chains of those who spoke, or were the subject of a main clause, before the offset, the last first; with the noun they spoke under."""
        spoke = [(told.draft.place, told.speaker.chain, told.noun) for told in self.told if not self._is_aside(told)]
        acted = [(actor.token.span.start, actor.chain, None) for actor in self.known.actors_between(0, before)]
        for _, chain, noun in sorted((one for one in (*spoke, *acted) if one[0] < before), key=lambda one: one[0], reverse=True):
            if self.known.can_speak(chain):
                yield chain or "", noun

    def _last_fitting(self, begin: int, noun: Token, kind: str) -> str | None:
        """The last speaker near by whom the noun fits, else the last speaker or actor; an office fits speakers alone."""
        spoke = [told for told in reversed(self.told) if told.speaker.chain]
        if kind == "office" and len({told.speaker.chain for told in spoke if self.known.is_person(told.speaker.chain)}) > 1:
            return None
        low = 0 if kind == "office" else self.sheet.paragraphs[max(0, self.sheet.paragraph(begin) - _NEAR)].start
        near = ((told.speaker.chain or "", told.noun) for told in spoke if told.draft.end > low and not self._is_aside(told))
        found = next((chain for chain, other in near if self._fits(chain, other, noun, kind)), None)
        if found or kind == "office":
            return found
        return next((chain for chain, other in self._recent(begin) if self._fits(chain, other, noun, kind)), None)

    def _is_aside(self, told: _Told) -> bool:
        """Whether one spoke in a relative clause only («…, quien pidió calma, …»), aside from the report's own thread."""
        return told.draft.source is not None and told.draft.cue is not None and self.sheet.tokens[told.draft.cue.at].dep == "acl"

    def _fits(self, chain: str, other: Token | None, noun: Token, kind: str) -> bool:
        is_body = not self.known.is_person(chain)
        if chain in self.known.relatives or is_body != (kind == "body") or (kind != "body" and not self._may_be(self.known.names[chain], noun)):
            return False
        if other is None or other.pos != "NOUN":
            return True
        return other.lemma == noun.lemma or (kind != "office" and gender(other) in {"", gender(noun)})

    def _may_be(self, name: str, noun: Token) -> bool:
        """Whether a given name and a noun can be of one person: not where the endings of both tell their gender, and differ."""
        given = name.split(" ", 1)[0]
        told = {"Gender=Masc": given in self.masculine, "Gender=Fem": given in self.feminine}
        return told.get(gender(noun), True) or not any(told.values())

    def _only_person(self, source: Span, noun: Token, kind: str) -> str | None:
        """The person named before the source, if it is only one; the first named behind it, if there is none, and no other noun is hers."""
        before = bisect_left(self.known.persons, (source.start, ""))
        if kind == "body" or before > 1:
            return None
        ahead = self.sheet.paragraphs[min(self.sheet.paragraph(source.start) + _AHEAD, len(self.sheet.paragraphs) - 1)].end
        chain = self.known.persons[0][1] if before else self.known.next_person(source.end, ahead)
        other = chain is not None and not before and kind == "office" and bool(self.known.nouns_of(chain))
        return chain if chain and not other and self._may_be(self.known.names[chain], noun) else None

    # ------------------------------------------------------------ a source that is left out

    def _carried(self, draft: Draft) -> Speaker:
        """Whom the cue's verb means (`read/dropped.py`); else the last speaker where the number allows it; without a cue who acts since."""
        plural = self._number(draft)
        if draft.is_question or self._is_nobodys(draft):
            return NOBODY
        if (leading := self._of_main_clause(draft, plural)) is not None:
            return leading
        meant = self.known.left_out(draft.cue.first, draft.cue.last) if draft.cue else None
        if meant is not None:
            return Speaker(self.known.names[meant], meant)
        spoke = [told for told in reversed(self.told) if plural in {None, told.speaker.plural} and not self._is_paper(told)]
        last = next((told for told in spoke if not self._is_aside(told) or self._in_one_sentence(told.draft, draft)), None)
        if draft.cue is None and (subject := self._subject(last.draft.end if last else 0, draft)):
            return subject
        last = last or next(iter(spoke), None)
        return last.speaker if last and self._is_near(last, draft) and not self._is_open(last, draft) else NOBODY

    def _of_main_clause(self, draft: Draft, plural: bool | None) -> Speaker | None:
        """The subject of the verb whose clause the cue's is («marcharon para exigir …»), NOBODY where that is a thing and the cue not finite."""
        subject = self.known.leading_subject(draft.cue.at) if draft.cue else None
        if subject is None or plural not in {None, "Number=Plur" in subject.morph}:
            return None
        span = self._extent(subject)
        named = self._named(span, subject.i)
        if named is None or named.chain is not None or span.of(self.sheet.text)[0].isupper():
            return named if named and self.known.can_speak(named.chain) else None
        somebody = self.known.is_people(subject) or self._kind(subject)
        return self._stood_for(span, subject, named) if somebody else NOBODY if plural is None else None

    def _is_open(self, last: _Told, draft: Draft) -> bool:
        """Whether marks without a cue follow a passage that names others than the last speaker: any of them may be who speaks."""
        end = last.draft.end
        return draft.cue is None and not draft.is_turn and self.known.names_person(end, draft.start, but=last.speaker.chain)

    def _in_one_sentence(self, one: Draft, other: Draft) -> bool:
        return self.sheet.sentence(self.sheet.token_from(one.start)) == self.sheet.sentence(self.sheet.token_from(other.start))

    def _is_nobodys(self, draft: Draft) -> bool:
        """Whether the cue tells of no speaker: a passive («se informó que»), «la denuncia de que», «se lee» of what is not called somebody's."""
        if draft.cue is None:
            return False
        tokens = self.sheet.tokens[draft.cue.first : draft.cue.last + 1]
        if draft.cue.kind == "told":
            return not any(t.head == draft.cue.at and "Poss=Yes" in t.morph for t in self.sheet.tokens[max(0, draft.cue.at - 2) : draft.cue.at])
        passive = any(t.dep in _PASSIVE or t.text in self.reflexive for t in tokens) and not any(t.lemma in self.pronominal for t in tokens)
        if not draft.stretch or not any(t.lemma in self.reading for t in tokens):
            return passive and not draft.stretch
        sentence = self.sheet.sentence(draft.cue.at)
        owned = (self.sheet.tokens[t.head].lemma for t in self.sheet.tokens[sentence.start : sentence.end] if "Poss=Yes" in t.morph)
        return not any(lemma in self.paper for lemma in owned)

    def _is_paper(self, told: _Told) -> bool:
        """Whether a paper without an owner was all that was named: papers do not go on speaking."""
        return told.speaker.chain is None and told.noun is not None and told.noun.lemma in self.paper

    def _is_near(self, last: _Told, draft: Draft) -> bool:
        """Whether the last speaker can go on speaking: a body or paper brought in by «según» no further than its paragraph, a person to the next."""
        between = self.sheet.paragraph(draft.start) - self.sheet.paragraph(last.draft.content[-1].start)
        if last.draft.cue is not None and last.draft.cue.kind in {"according", "view"}:
            return between <= self.known.is_person(last.speaker.chain)
        return between <= (_NEAR if draft.cue or draft.is_turn else 1)

    def _number(self, draft: Draft) -> bool | None:
        """Whether the cue's verb is plural; None where it does not say."""
        if not draft.cue:
            return None
        morphs = [t.morph for t in self.sheet.tokens[draft.cue.first : draft.cue.last + 1] if "VerbForm=Fin" in t.morph]
        return "Number=Plur" in morphs[0] if morphs else None

    def _subject(self, start: int, draft: Draft) -> Speaker | None:
        """The last subject behind `start`, of a main clause, that can speak. Where the draft is no turn of a dialogue, of a reporting verb."""
        paragraph = max(0, self.sheet.paragraph(draft.start) - (_NEAR if draft.is_turn else 1))
        actors = self.known.actors_between(max(start, self.sheet.paragraphs[paragraph].start), draft.start)
        acting = (self._somebody(actor) for actor in reversed(actors) if draft.is_turn or actor.token.head in self.sheet.cue_at)
        return next(filter(None, acting), None)

    def _somebody(self, actor: Actor) -> Speaker | None:
        """A subject as a speaker: a person, a body, or a noun for one."""
        token = actor.token
        span = self._extent(token)
        named = self._named(span, token.i)
        if named is None:
            return None
        if named.chain is not None:
            return self._the_one(named, span.start) if self.known.can_speak(named.chain) else None
        if named.name and (token.lemma in self.giver or self._kind(token)):
            stood = self._stood_for(span, token, named)
            return stood if stood.chain or not self.told else None
        return named if token.pos == "PROPN" and not self.known.names else None

    def _extent(self, token: Token) -> Span:
        """A noun phrase from its head to the end of its names and complements with a preposition."""
        tokens, end = self.sheet.tokens, token.i + 1
        while end < len(tokens) and ((tokens[end].dep in _INSIDE and token.i <= tokens[end].head < end) or self.sheet.leads_on(end, token.i)):
            end += 1
        return Span(token.span.start, tokens[end - 1].span.end)
