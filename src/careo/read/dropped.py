"""Whom a verb means whose subject is left out («Huyó a Colombia»), and a clitic («lo detuvieron»), where grammar, number, gender and sense leave one.

A subject left out is most often that of the verb it is joined to, or of the main clause before. It is resolved where nobody else is near
who could be meant; the sense of the verb tells that somebody is meant at all. Inside quotation marks somebody else speaks: none is resolved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careo.model import Form, Mention, Span, Token
from careo.read.chain import LAYER, Draft
from careo.read.happening import Syntax
from careo.read.names import Lists
from careo.read.scene import Scene, gender_of
from careo.rules import Language
from careo.text import fold

_AWAY = 1
"""Sentences with clauses outside quotation marks by which the clause before may be away."""
_GROUP = 3
"""Words that a verb with its helpers takes up at most."""
_FAR = 8
"""Verbs joined one to the other, at most so many."""
_THINGS = frozenset({"NOUN", "PROPN"})
_VERBAL = frozenset({"VERB", "AUX", "PRON"})
_CLAUSAL = frozenset({"conj", "xcomp", "ccomp", "advcl", "parataxis", "acl"})
_TIME = "AdvType=Tim"
_SPEAKERS = frozenset({"PERSON", "ORGANIZATION"})
_OF_ANOTHER = frozenset({"ask", "order", "accuse"})
"""Stances in which one speaks of another's doing."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A finite verb (or helper), the word that heads its clause, and whether that is a main clause or one joined to it."""

    verb: Token
    head: Token
    main: bool


@dataclass(frozen=True, slots=True)
class _Topic:
    """Whom the main clause before was about, the first word of its sentence, and how many sentences in."""

    draft: Draft | None
    begin: int
    turn: int


class _Lexicon:
    """What the language's words say: which verbs take people, and which words are a person."""

    def __init__(self, language: Language) -> None:
        words = language.words
        self.sense, self.mind, self.toward, self.befalling = (words(LAYER, name).folded() for name in ("of-people", "mind", "toward", "befalling"))
        self.nobody = {*words(LAYER, "impersonal").folded(), *words(LAYER, "be").folded()}
        self.pronominal, self.personal, self.whom = (words(LAYER, name).folded() for name in ("pronominal", "personal", "relative-person"))
        self.other = words(LAYER, "other").folded()
        self.clitic, self.no_person = words(LAYER, "clitic").folded(), words(LAYER, "no-person").folded()
        self.say, self.speak, self.utter, self.that = (words("quotations", name).folded() for name in ("say", "speak", "uttering", "that"))
        self.uttered = frozenset(word for name in ("message", "telling", "feeling") for word in words("quotations", name).folded())
        self.people = {*words(LAYER, "relation").folded(), *words("events", "person-noun").folded(), *Lists.of(language).title}


class Dropped:
    """The subjects left out and the clitics of one text."""

    def __init__(self, scene: Scene, mentions: Sequence[Mention]) -> None:
        self.scene, self.tokens, self.words = scene, scene.tokens, _Lexicon(scene.page.language)
        self.syntax = Syntax(scene.page, mentions)
        self._who: dict[int, Draft | None] = {}
        self._open: set[int] = set()
        self._topic = _Topic(None, 0, 0)

    def again(self) -> Iterator[tuple[Span, Draft, Form]]:
        """The verbs and clitics with whom they mean, in order of the clauses."""
        turn, sentence = 0, -1
        for clause in self._clauses():
            if self.scene.sentence(clause.verb.i) != sentence:
                turn, sentence = turn + 1, self.scene.sentence(clause.verb.i)
            own = self._own_subject(clause)
            who = self._named(own) if own else self._meant(clause, turn)
            self._who[clause.head.i] = who
            if not own and who is not None:
                yield self._span(clause), who, "dropped"
            elif not own and "Number=Sing" in clause.verb.morph:
                self._open.add(clause.head.i)
            for clitic in self._clitics_of(clause):
                whom = self._object(clitic, clause)
                if whom is not None and whom is not who:
                    yield clitic.span, whom, "pronoun"
            if clause.main:
                self._topic = _Topic(who, self.scene.begin(sentence), turn)

    def _clauses(self) -> Iterator[_Clause]:
        """The clauses outside quotation marks, in order of their finite verbs."""
        for token in self.tokens:
            if "VerbForm=Fin" in token.morph and token.pos in {"VERB", "AUX"} and not self.scene.is_quoted(token):
                head = self.tokens[token.head] if token.dep.startswith(("aux", "cop")) else token
                yield _Clause(token, head, self._is_main(head))

    def _is_main(self, head: Token) -> bool:
        for _ in range(_FAR):
            if head.dep not in {"conj", "parataxis"} or head.head > head.i:
                break
            head = self.tokens[head.head]
        return head.dep == "ROOT"

    def _span(self, clause: _Clause) -> Span:
        """The finite verb, with the participle or infinitive that it helps."""
        helps = clause.head.pos == "VERB" and clause.verb.i < clause.head.i < clause.verb.i + _GROUP
        return Span(clause.verb.span.start, clause.head.span.end) if helps else clause.verb.span

    # ------------------------------------------------------------ subjects that are there

    def _own_subject(self, clause: _Clause) -> list[int]:
        """The words of its own subject; none where it has that of the verb it is joined to."""
        own = self.syntax.subjects(clause.head.i)
        shared = clause.head.dep == "conj" and own and self.tokens[own[0]].dep in {"nsubj", "csubj"} and self.tokens[own[0]].head < clause.head.i
        return [] if shared and self.tokens[own[0]].head != clause.head.i else own

    def _named(self, own: Sequence[int]) -> Draft | None:
        """Whom a subject names, itself or by the name beside it; None for several."""
        if len(own) != 1:
            return None
        beside = (child for child in self.syntax.children(own[0], "flat|appos") if child > own[0])
        span = next((self.scene.heads[i] for i in (own[0], *beside) if i in self.scene.heads), None)
        draft = self.scene.drafts.at[span] if span is not None else None
        return draft if draft is not None and draft.kind in _SPEAKERS else None

    # ------------------------------------------------------------ subjects left out

    def _meant(self, clause: _Clause, turn: int) -> Draft | None:
        """Whom a clause without a subject is about."""
        head = clause.head
        if not self._can_be_somebody(clause):
            return None
        if head.dep == "acl":
            return self._above_relative(clause)
        return self._of_clause_before(clause, turn) if clause.main and head.dep != "conj" else self._above(clause)

    def _of_clause_before(self, clause: _Clause, turn: int) -> Draft | None:
        """That of the main clause before, which stands no other in this one; who reports is whom the report follows, whoever else is near."""
        topic, own = self._topic, [self.scene.heads[i] for i in self.syntax.tree.children[clause.head.i] if i in self.scene.heads]
        if topic.draft is None or turn - topic.turn > _AWAY or any(self.scene.drafts.at[span] is topic.draft for span in own):
            return None
        fits = self._fits(clause, topic.draft) if self._is_said(clause.head) else self._suits(clause, topic.draft, topic.begin)
        return topic.draft if fits else None

    def _above(self, clause: _Clause) -> Draft | None:
        """That of the verb that this one is joined to, or hangs on."""
        head = clause.head
        above = self._who.get(head.head) or self._opening(head.head)
        if above is None:
            return None
        if head.dep == "conj" and head.head < head.i:
            return above if self._is_shared(clause, above) else None
        hangs = self._may_hang(clause) and self._suits(clause, above, self.scene.begin(self.scene.sentence(head.i)))
        return above if hangs else None

    def _opening(self, i: int) -> Draft | None:
        """Whom a name names that the parser took for the head of its sentence: «FARC felicita a Ruiz y le pide apoyo»."""
        opens = i == self.scene.begin(self.scene.sentence(i)) and i in self.scene.heads
        return self._named([i]) if opens else None

    def _above_relative(self, clause: _Clause) -> Draft | None:
        """«Ruiz criticó a Soto, a quien acusó»: the subject of the clause above; it is not the one of whom the relative clause tells."""
        near = self.tokens[max(1, clause.verb.i - _GROUP) : clause.verb.i]
        governed = any(token.text in self.words.whom and self.tokens[token.i - 1].pos == "ADP" for token in near)
        verb = next((token for token in self.syntax.up(clause.head.head) if token.i in self._who), None)
        who = self._who[verb.i] if governed and verb is not None else None
        told = self.scene.heads.get(clause.head.head)
        return None if told is not None and self.scene.drafts.at[told] is who else who

    def _can_be_somebody(self, clause: _Clause) -> bool:
        """Whether the verb is of the third person singular and one of which somebody can be the subject, whom no word beside it names."""
        head, morph = clause.head, clause.verb.morph
        children = [self.tokens[i] for i in self.syntax.tree.children[head.i]]
        reflexive = any(child.pos == "PRON" and "Reflex=Yes" in child.morph for child in children) and fold(head.lemma) not in self.words.pronominal
        if reflexive or not ("Number=Sing" in morph and "Person=3" in morph) or fold(head.lemma) in self.words.nobody:
            return False
        pronoun = any(child.pos == "PRON" and fold(child.text) in self.words.personal and "Case=Acc" not in child.morph for child in children)
        return not pronoun and not any(self._may_be_subject(child, head) for child in children)

    def _may_be_subject(self, child: Token, head: Token) -> bool:
        """A noun before the verb without a preposition, a person behind it, whatever the parser makes of them; «quien»; a clause."""
        if any(True for _ in self.syntax.children(child.i, "case")):
            return False
        if child.dep == "csubj" or (child.pos == "PRON" and "Rel" in child.morph):
            return True
        if child.pos not in _THINGS or child.dep in _CLAUSAL:
            return False
        return child.i in self.scene.heads or (child.i < head.i and _TIME not in child.morph) or fold(child.text) in self.words.people

    def _is_shared(self, clause: _Clause, who: Draft) -> bool:
        """Whether the subject of the verb above, which stands before it if it is a body, can be that of this verb too."""
        above, head = self.tokens[clause.head.head], clause.head
        opened = any(child < clause.verb.i for child in self.syntax.children(head.i, "mark"))
        behind = who.kind != "PERSON" and any(i > above.i for i in self.syntax.subjects(above.i)) and fold(above.lemma) not in self.words.say
        disagrees = self.syntax.is_passive(head.i) and self.scene.gender(who) not in {"", gender_of(head)}
        return not (opened or behind or disagrees)

    def _may_hang(self, clause: _Clause) -> bool:
        """«Dijo que viajará», «cuando huía»: what somebody says of himself in so many words, and circumstances; no relative, no question."""
        head, verb, lemma = clause.head, clause.verb, fold(self.tokens[clause.head.head].lemma)
        opening = [self.tokens[i] for i in self.syntax.children(head.i, "mark") if i < verb.i]
        if head.dep == "advcl":
            return bool(opening) and (opening[0].text not in self.words.that or self.tokens[opening[0].i - 1].pos not in {*_THINGS, "VERB", "ADJ"})
        ahead = "Tense=Fut" in verb.morph or "Mood=Cnd" in verb.morph or fold(head.lemma) in self.words.mind
        says = self.words.say.get(lemma, "ask") not in _OF_ANOTHER
        return head.dep == "ccomp" and says and len(opening) == 1 and ahead and not self.syntax.is_passive(head.i)

    def _suits(self, clause: _Clause, who: Draft, since: int) -> bool:
        """Whether the verb fits somebody, and nobody else who could be meant stands between the word `since` and the verb."""
        return self._fits(clause, who) and not any(self._others(who, since, clause.verb.i))

    def _fits(self, clause: _Clause, who: Draft) -> bool:
        """Whether the verb is one of people, or also of bodies; a passive agrees in gender."""
        head, is_person = clause.head, who.kind == "PERSON"
        if head.pos != "VERB":
            return clause.verb.i != head.i and is_person and fold(head.text) in self.words.people
        if self.syntax.is_passive(head.i):
            return is_person and self.scene.gender(who) == gender_of(head)
        sense = "any" if self._is_said(head) else self.words.sense.get(fold(head.lemma))
        return sense == "any" or (sense == "person" and is_person)

    def _is_said(self, head: Token) -> bool:
        """Whether the verb reports words: by itself, behind quotation marks and their comma, with its object («hizo un llamado»)."""
        lemma = fold(head.lemma)
        behind = lemma in self.words.speak and any(self.scene.is_quoted(self.tokens[i]) for i in range(max(0, head.i - 2), head.i))
        uttered = lemma in self.words.utter and any(fold(self.tokens[i].lemma) in self.words.uttered for i in self.syntax.children(head.i, "obj"))
        return behind or uttered or lemma in self.words.say

    def _others(self, who: Draft, first: int, end: int, gender: str = "") -> Iterator[Span]:
        """Those who could be meant beside `who` among the words, outside quotation marks: other persons, and nouns for one."""
        near = self.scene.between(first, end)
        own = {i for span in near if self.scene.drafts.at[span] is who for i in self.scene.covered(span)}
        for span in near:
            draft, words = self.scene.drafts.at[span], self.scene.covered(span)
            agrees = not gender or self.scene.gender(draft) in {"", gender}
            if draft is not who and draft.kind == "PERSON" and agrees and not (words and self.scene.is_quoted(self.tokens[words.start])):
                yield span
        for token in self.tokens[first:end]:
            beside = token.head in own or any(self.tokens[i].head == token.i for i in own) or any(span.holds(token.span) for span in near)
            if not beside and self._is_person(token) and gender in {"", gender_of(token)} and not self.scene.is_quoted(token):
                yield token.span

    def _is_person(self, token: Token) -> bool:
        """Whether a noun is one person: not several, not a predicate, not «la policía»."""
        body = token.i > 0 and f"{fold(self.tokens[token.i - 1].text)} {fold(token.text)}" in self.words.no_person
        return token.pos == "NOUN" and "Number=Plur" not in token.morph and fold(token.text) in self.words.people and token.dep != "ROOT" and not body

    # ------------------------------------------------------------ clitics

    def _clitics_of(self, clause: _Clause) -> Iterator[Token]:
        for i in self.syntax.tree.children[clause.head.i]:
            token = self.tokens[i]
            after = self.tokens[min(i + 1, len(self.tokens) - 1)]
            free = token.pos == "PRON" and token.span not in self.scene.drafts.at and after.pos in _VERBAL and after.text not in self.words.that
            if free and fold(token.text) in self.words.clitic:
                yield token

    def _is_fronted(self, clitic: Token, head: Token) -> bool:
        """«La investigación la llevó un juez», «el otro le pidió perdón»: the noun before is the object, or the subject is another of those meant."""
        before = self.tokens[max(0, clitic.i - 1)]
        behind = (self.tokens[i] for i in self.syntax.tree.children[head.i] if i > head.i)
        plain = any(token.pos in _THINGS and not any(True for _ in self.syntax.children(token.i, "case")) for token in behind)
        return (before.pos == "NOUN" and plain) or fold(before.text) in self.words.other

    def _object(self, clitic: Token, clause: _Clause) -> Draft | None:
        """The only person who can be meant beside the subject; nobody where the object is named too, or the subject is not known."""
        head, gender = clause.head, self.words.clitic[fold(clitic.text)]
        gender = "" if gender == "any" else gender
        if fold(head.lemma) not in (self.words.befalling if gender else self.words.toward) or head.dep == "acl" or head.i in self._open:
            return None
        children = self.syntax.tree.children[head.i]
        named = any(i > head.i and self.syntax.cased(i, self.syntax.words("calling-preposition")) for i in children)
        if named or self._is_fronted(clitic, head) or any("Reflex=Yes" in self.tokens[i].morph for i in children):
            return None
        subject, first = self._who.get(head.i), self.scene.begin(self.scene.sentence(clitic.i) - 1)
        within = {i for own in self._own_subject(clause) for i in self.syntax.tree.below(own)}
        spans = (span for span in self.scene.between(first, clitic.i) if within.isdisjoint(self.scene.covered(span)))
        drafts = (self.scene.drafts.at[span] for span in spans)
        near = {id(draft): draft for draft in drafts if draft.kind == "PERSON" and draft is not subject}
        fitting = [draft for draft in near.values() if not gender or self.scene.gender(draft) in {"", gender}]
        if len(fitting) != 1:
            return None
        others = (self.scene.drafts.at.get(span) for span in self._others(fitting[0], first, clitic.i, gender))
        return None if any(other is None or other is not subject for other in others) else fitting[0]
