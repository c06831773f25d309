"""Whom a report names, as the speakers are sought: chains by place, the nouns that they are called by, the subjects of main clauses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careo.model import Chain, Token
from careo.read.described import Called, content_words, described
from careo.read.sources import people_before
from careo.read.speech import LAYER, Sheet
from careo.text import fold

_FORMS = {"name": 0, "relation": 1, "nominal": 2, "pronoun": 3}
"""What a place is called by, the surest first. A subject left out is at no place."""
_MAIN = frozenset({"ROOT", "parataxis"})
_CLAUSES = frozenset({"advcl", "xcomp"})
_NEAR_MEMBERS, _BESIDE = 12, 6
_OPENS = frozenset({"ADP", "CCONJ", "PUNCT", "SCONJ", "DET"})


@dataclass(frozen=True, slots=True)
class Actor:
    """The subject of a main clause, outside all that is quoted: its token and its chain, if it has one."""

    token: Token
    chain: str | None


class Known:
    """The chains of a report with what is asked of them. `quoted` marks the characters that drafts cover."""

    def __init__(self, sheet: Sheet, chains: Sequence[Chain], quoted: bytearray) -> None:
        self.sheet, self._quoted = sheet, quoted
        self.names = {chain.id: chain.name for chain in chains}
        self.kinds = {chain.id: chain.kind for chain in chains}
        self.relatives = frozenset(chain.id for chain in chains if chain.related)
        self._members = sorted((member.span, _FORMS[member.form], chain.id) for chain in chains for member in chain.members if member.form in _FORMS)
        self._left_out = {member.span.start: chain.id for chain in chains for member in chain.members if member.form == "dropped"}
        self._starts = [span.start for span, _, _ in self._members]
        self._called = described(sheet.tokens, ((span, chain) for span, form, chain in self._members if form == 0))
        self._add_head_nouns()
        self._offices = sheet.page.language.words(LAYER, "kin-office").folded()
        self._people = sheet.page.language.words("events", "person-noun")
        self._vague = sheet.page.language.words(LAYER, "vague")
        stand_in = sheet.page.language.words(LAYER, "stand-in")
        self._bodies = {one.whose for noun, places in self._called.items() if stand_in.meaning(noun) == "body" for one in places}
        first: dict[str, int] = {}
        for span, _, chain in self._members:
            if self.is_person(chain):
                first.setdefault(chain, span.start)
        self.persons = sorted((start, chain) for chain, start in first.items())
        self._bearers = self._open_names(chains)
        self.actors = list(self._actors())
        self._actor_starts = [actor.token.span.start for actor in self.actors]

    # ------------------------------------------------------------ chains by place

    def at(self, i: int) -> str | None:
        """The chain of the shortest member that holds token `i`, names first."""
        span = self.sheet.tokens[i].span
        end = bisect_left(self._starts, span.end)
        near = [(form, len(member), chain) for member, form, chain in self._members[max(0, end - _NEAR_MEMBERS) : end] if member.holds(span)]
        return min(near)[2] if near else None

    def left_out(self, first: int, last: int) -> str | None:
        """The chain of the subject that a verb among the tokens `first` to `last` leaves out."""
        return next((chain for t in self.sheet.tokens[first : last + 1] if (chain := self._left_out.get(t.span.start))), None)

    def is_person(self, chain: str | None) -> bool:
        """Whether the chain is a person's: taken for one, and not called a newspaper or a party."""
        return chain is not None and self.kinds[chain] == "PERSON" and chain not in self._bodies

    def can_speak(self, chain: str | None) -> bool:
        """Whether the chain is a person or a body."""
        return chain is not None and self.kinds[chain] in {"PERSON", "ORGANIZATION"}

    # ------------------------------------------------------------ names that several bear

    def _open_names(self, chains: Sequence[Chain]) -> dict[str, tuple[str, ...]]:
        """For each chain that is a bare name which several others bear («Ruiz»): those others."""
        persons = [chain for chain in chains if chain.kind == "PERSON" and not chain.related]
        words = {chain.id: fold(chain.name).split() for chain in persons}
        bare = [chain.id for chain in persons if len(words[chain.id]) == 1]
        made = {one: tuple(other for other in words if len(words[other]) > 1 and words[one][0] in words[other][1:]) for one in bare}
        return {one: others for one, others in made.items() if others}

    def bearers(self, chain: str) -> tuple[str, ...]:
        """Those who may be meant by a bare surname; empty where the chain is somebody by itself."""
        return self._bearers.get(chain, ())

    # ------------------------------------------------------------ common nouns

    def called(self, noun: Token, rest: Sequence[Token]) -> tuple[str, ...]:
        """The chains that the report calls by `noun`, completed by the words `rest`, else by an office that it may stand for.

        The one named last before the noun comes first; those named only behind it count where it is one alone.
        """
        return self._by_noun(noun, (fold(noun.text),), rest) or self._by_noun(noun, self._kin(noun), rest)

    def _add_head_nouns(self) -> None:
        """A body is called by the first word of its name: «el ministerio» for «Ministerio de Obras»."""
        for span, form, chain in self._members:
            words = fold(self.names[chain]).split()
            if form == 0 and self.kinds[chain] == "ORGANIZATION" and len(words) > 1:
                self._called.setdefault(words[0], []).append(Called(span.end, chain, frozenset(words[1:])))

    def _kin(self, noun: Token) -> tuple[str, ...]:
        """The folded offices that the noun may stand for."""
        return tuple(fold(word) for word in self._offices.get(fold(noun.text), "").split())

    def _by_noun(self, noun: Token, nouns: Sequence[str], rest: Sequence[Token]) -> tuple[str, ...]:
        tail, named = self.tail(rest), any(token.pos == "PROPN" for token in rest)
        places = sorted((one for called in nouns for one in self._called.get(called, ())), reverse=True)
        fitting = [one for one in places if _agree(one, tail, named)]
        before = tuple(dict.fromkeys(one.whose for one in fitting if one.since <= noun.span.start))
        behind = tuple({one.whose for one in fitting})
        return before or (behind if len(behind) == 1 else ())

    def tail(self, rest: Sequence[Token]) -> frozenset[str]:
        """The words among `rest` that say which one is meant; «del país», «mismo» say nothing."""
        return content_words(token for token in rest if token.text not in self._vague)

    def nouns_of(self, chain: str) -> frozenset[str]:
        """The nouns that the chain is called by."""
        return frozenset(noun for noun, places in self._called.items() if any(one.whose == chain for one in places))

    def next_person(self, after: int, before: int) -> str | None:
        """The first person who is named between the offsets."""
        low = bisect_left(self.persons, (after, ""))
        return self.persons[low][1] if low < len(self.persons) and self.persons[low][0] < before else None

    def names_person(self, start: int, end: int, *, but: str | None) -> bool:
        """Whether another person than `but` is named between the offsets."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return any(chain != but and form == 0 and self.is_person(chain) for _, form, chain in self._members[low:high])

    # ------------------------------------------------------------ who acts

    def actors_between(self, start: int, end: int) -> list[Actor]:
        """The subjects between the offsets, in order."""
        return self.actors[bisect_left(self._actor_starts, start) : bisect_left(self._actor_starts, end)]

    def leading_subject(self, i: int) -> Token | None:
        """The noun that is subject of the verb on which the clause of verb `i` hangs; none where that verb reports speech, or is in it."""
        tokens, verb = self.sheet.tokens, self.sheet.tokens[i]
        sentence = self.sheet.sentence(i)
        while verb.dep in _CLAUSES and not self._reports(verb.head):
            verb = tokens[verb.head]
            own = (t for t in tokens[sentence.start : sentence.end] if t.head == verb.i and t.dep == "nsubj" and t.pos in {"NOUN", "PROPN"})
            if (subject := next(own, None) or people_before(self.sheet, verb)) is not None:
                return None if self._quoted[subject.span.start] else subject
        return None

    def _reports(self, i: int) -> bool:
        """Whether the word at token `i` reports speech by itself, not only beside marks."""
        return i in self.sheet.cue_at and self.sheet.cue_at[i].kind != "beside"

    def is_people(self, noun: Token) -> bool:
        """Whether a common noun is of people."""
        return noun.lemma in self._people or noun.text in self._people

    def _actors(self) -> Iterator[Actor]:
        tokens = self.sheet.tokens
        opening = {sentence.start for sentence in self.sheet.page.parse.sentences}
        for token in tokens:
            if self.sheet.in_marks[token.i] or self._quoted[token.span.start]:
                continue
            subject = token.dep == "nsubj" and self._is_main(tokens[token.head])
            chain = self._chain_of(token) if subject or token.i in opening else None
            if subject or (chain and self._opens(token, chain)):
                yield Actor(token, chain)

    def _chain_of(self, token: Token) -> str | None:
        """The chain that a subject names, itself or by the name beside it: «el actor Ramón Paz»."""
        names = [t for t in self.sheet.tokens[token.i + 1 : token.i + _BESIDE] if t.head == token.i and t.pos == "PROPN"]
        beside = (self.at(t.i) for t in names if t.dep in {"appos", "flat"})
        return self.at(token.i) or next(filter(None, beside), None)

    def _is_main(self, verb: Token) -> bool:
        """Whether a word heads a main clause, or one joined to it."""
        while verb.dep == "conj" and verb.head < verb.i:
            verb = self.sheet.tokens[verb.head]
        return verb.dep in _MAIN

    def _opens(self, token: Token, chain: str) -> bool:
        """Whether a name opens its sentence and a small word that is no preposition follows: a subject, whatever the parser makes of it."""
        end = token.i
        while end < len(self.sheet.tokens) and self.at(end) == chain:
            end += 1
        following = self.sheet.tokens[min(end, len(self.sheet.tokens) - 1)]
        return following.text[:1].islower() and following.pos not in _OPENS


def gender(token: Token) -> str:
    """The word's gender as the parse writes it; empty where it has none."""
    return next((part for part in token.morph.split("|") if part.startswith("Gender=")), "")


def _agree(one: Called, tail: frozenset[str], named: bool) -> bool:
    """Whether what completes a noun here and there can be of one: nothing is said, or the same; a name that is not there is another's."""
    return not tail or bool(one.tail & tail) or (not one.tail and not named)
