"""What the layers of happenings share: the parse as a tree with its words by place, and how far noun phrases reach."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from careo.model import Mention, Span, Timex, Token
from careo.read.cover import Cover
from careo.read.page import Page
from careo.rules.extents import spans_of
from careo.rules.tree import Tree
from careo.rules.words import WordClass
from careo.text import fold

LAYER, COUNTS = "events", "quantities"
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "ADJ"})
JOINED = frozenset({"flat", "appos", "compound"})
PHRASAL = frozenset({"NOUN", "PROPN", "DET", "ADJ", "ADV", "NUM", "ADP", "CCONJ", "PRON"})
"""What a noun phrase is made of."""
MARKS = "\"'«»“”"
HEDGE = 4
"""The longest words before a number that hedge it are so many."""
FAR = 12
"""No path over the tree that we follow is longer."""


class Syntax:
    """One page's parse, ready to be asked. Words are indices into the parse."""

    def __init__(self, page: Page, mentions: Sequence[Mention] = (), timexes: Sequence[Timex] = ()) -> None:
        self.page, self.tokens, self.tree = page, page.parse.tokens, Tree(page.parse)
        self.mentions = Cover((mention.span, mention) for mention in mentions)
        self.times = Cover((timex.span, timex) for timex in timexes)
        self._places = Cover((mention.span, mention) for mention in mentions if mention.kind == "LOCATION")
        self._starts = [token.span.start for token in self.tokens]
        self._hedges = page.language.words(COUNTS, "hedge").folded()
        self._numbers = {
            word.split()[0] for name in ("number", "collective", "plural-collective") for word in page.language.words(COUNTS, name).folded()
        }
        self._sentences = [sentence.start for sentence in page.parse.sentences]

    def words(self, name: str) -> Mapping[str, str]:
        """The class `name` of the events layer: folded word → meaning."""
        known: WordClass = self.page.language.words(LAYER, name)
        return known.folded()

    def at(self, offset: int) -> int:
        """The word that stands at or before `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def covered(self, span: Span) -> range:
        """The words of `span`."""
        first, last = self.at(span.start), self.at(max(span.start, span.end - 1))
        return range(first, last + 1) if self.tokens else range(0)

    def head(self, span: Span) -> int:
        """The word of `span` that all its others hang from (the first such word)."""
        covered = self.covered(span)
        return next((i for i in covered if self.tokens[i].head not in covered or self.tokens[i].head == i), covered[0])

    def sentence(self, i: int) -> Span:
        """The sentence of word `i`, as a range of words."""
        return self.page.parse.sentences[max(0, bisect_right(self._sentences, i) - 1)]

    def sentences_between(self, one: Span, other: Span) -> int:
        """How many sentences after that of `one` the words of `other` stand."""
        return bisect_right(self._sentences, self.at(other.start)) - bisect_right(self._sentences, self.at(one.start))

    def evidence(self, i: int) -> Span:
        """The sentence of word `i`, in code points."""
        sentence = self.sentence(i)
        return Span(self.tokens[sentence.start].span.start, self.tokens[sentence.end - 1].span.end)

    def phrase(self, head: int) -> Span | None:
        """The noun phrase of the word `head`, without preposition, relatives and coordinated ones."""
        spans = spans_of(self.tree, head, self.page.language.grammar.extents["participant"], [])
        return spans[0] if spans else None

    def coordinated(self, head: int) -> Iterator[int]:
        """The nominal words joined to `head` by «and», after it."""
        for child in self.tree.children[head]:
            if self.tokens[child].dep == "conj" and child > head and self.tokens[child].pos in NOMINAL:
                yield child
                yield from self.coordinated(child)

    def up(self, i: int) -> Iterator[Token]:
        """The word and those it hangs from, nearest first, within its sentence."""
        for _ in range(FAR):
            yield self.tokens[i]
            if self.tokens[i].head == i:
                return
            i = self.tokens[i].head

    def steps(self, one: int, other: int) -> int:
        """How many steps over the tree lead from one word to another; FAR where none do."""
        ups = {token.i: steps for steps, token in enumerate(self.up(one))}
        return next((ups[token.i] + down for down, token in enumerate(self.up(other)) if token.i in ups), FAR)

    def is_in(self, i: int, words: Mapping[str, str]) -> str | None:
        """What the word means by its lemma or its form in a class; None if it is not in it."""
        token = self.tokens[i]
        return words.get(fold(token.lemma), words.get(fold(token.text)))

    def children(self, i: int, functions: str) -> Iterator[int]:
        """The children of `i` with one of the functions `a|b`."""
        return (token.i for token in self.tree.having(i, functions))

    def is_definite(self, i: int) -> bool:
        """Whether an article or a demonstrative points at something known."""
        return any("Definite=Def" in self.tokens[child].morph or "PronType=Dem" in self.tokens[child].morph for child in self.children(i, "det"))

    def points_at_one(self, i: int) -> bool:
        """A singular noun that may be bare only behind a preposition («al lugar»), or whose article says that it is known."""
        return "Number=Plur" not in self.tokens[i].morph and (self.is_definite(i) or not any(True for _ in self.children(i, "det")))

    def is_finite(self, i: int) -> bool:
        """Whether the verb or one of its helpers is finite."""
        return any("VerbForm=Fin" in self.tokens[verb].morph for verb in (i, *self.children(i, "aux|cop")))

    def after(self, i: int) -> str:
        """The word that follows `i` in its sentence; empty where none does."""
        return self.tokens[i + 1].text if i + 1 < self.sentence(i).end else ""

    def is_passive(self, i: int) -> bool:
        """A participle with «be», or without «have»: what its subject undergoes."""
        helpers = list(self.children(i, "aux"))
        perfect = any(self.is_in(child, self.words("have")) is not None for child in helpers)
        passive = any(self.is_in(child, self.words("be")) is not None for child in helpers)
        return "VerbForm=Part" in self.tokens[i].morph and (passive or not perfect)

    def subjects(self, i: int) -> list[int]:
        """The subject of the verb `i` with those coordinated: its own, that of the verb it is joined to, else the nominal words right before it."""
        for token in self.up(i):
            found = self._own_subject(token) or [there for lead in self.leading(token.i) for there in self._own_subject(self.tokens[lead])]
            if found or not self.follows(token) or self._is_relative(self._subject_of(token)):
                return found if token.i == i or self.agree(i, found) else []
        return []

    def agree(self, verb: int, subjects: Sequence[int]) -> bool:
        """Whether the words can be the subject of a verb that they do not stand at: one thing does nothing in the plural («la plaza fue cerrada y
        detuvieron a tres»), a body of people may."""
        finite = next((self.tokens[i] for i in (verb, *self.children(verb, "aux|cop")) if "VerbForm=Fin" in self.tokens[i].morph), None)
        if finite is None or len(subjects) != 1 or any(True for _ in self.coordinated(subjects[0])):
            return True
        subject = self.tokens[subjects[0]]
        if "Number=Plur" not in finite.morph or "Number=Sing" not in subject.morph or subject.pos == "PRON":
            return "Number=Sing" not in finite.morph or "Number=Plur" not in subject.morph or subject.pos == "PRON"
        several = any("Number=Plur" in self.tokens[i].morph for i in self.children(subject.i, "nmod|flat|appos"))
        body = any(mention.kind == "ORGANIZATION" for mention in self.mentions.touching(subject.span))
        return several or body or self.is_in(subject.i, self.words("many")) is not None

    def is_person(self, i: int) -> bool:
        """Whether the word stands for somebody: a name of a person or a body, a word for people."""
        named = any(mention.kind in {"PERSON", "ORGANIZATION"} for mention in self.mentions.touching(self.tokens[i].span))
        return named or any(self.is_in(i, self.words(name)) is not None for name in ("person-noun", "force"))

    def names_place(self, i: int) -> bool:
        """Whether the word stands in the name of a place."""
        return bool(self._places.touching(self.tokens[i].span))

    def is_place(self, i: int) -> bool:
        """Whether the word stands for a place: a name of one, a common noun of place."""
        return self.names_place(i) or self.is_in(i, self.words("place-noun")) is not None

    def _own_subject(self, verb: Token) -> list[int]:
        own = self._subject_of(verb)
        if own is not None:
            return self._named(own, verb)
        return (self._before(verb.i) or self._fronted(verb)) if verb.pos == "VERB" and "VerbForm=Fin" in verb.morph else []

    def _fronted(self, verb: Token) -> list[int]:
        """«Luego de la marcha, miembros del sindicato, de la escuela y de la mina tomaron la sede»: the phrase behind the comma of an opening
        circumstance, which the parser hung on the circumstance."""
        start = self.sentence(verb.i).start
        if self.tokens[start].pos not in {"ADP", "ADV"} and not any(self._is_time(i) for i in range(start, min(start + 2, len(self.tokens)))):
            return []
        behind = (i + 1 for i in range(verb.i - 1, start, -1) if self.tokens[i].text == ",")
        found = (leader for i in behind if (leader := self._leader(i, verb)) is not None)
        return [leader for leader in [next(found, None)] if leader is not None]

    def _leader(self, start: int, verb: Token) -> int | None:
        """The noun that leads the words from `start` to the verb, where they can be its subject: they agree, and hold no verb of their own."""
        leader = next((i for i in range(start, verb.i) if self.tokens[i].pos not in {"DET", "NUM"}), None)
        if leader is None or self._is_time(leader) or self.tokens[leader].head == verb.i:
            return None
        if self.tokens[leader].pos not in {"NOUN", "PROPN"} and self.is_in(leader, self.words("person-noun")) is None:
            return None
        plural = any("Number=Plur" in self.tokens[i].morph for i in range(start, leader + 1)) or any(True for _ in self.coordinated(leader))
        alone = not any("VerbForm=Fin" in self.tokens[i].morph for i in range(start, verb.i))
        return leader if alone and plural == ("Number=Plur" in verb.morph) else None

    def _subject_of(self, verb: Token) -> int | None:
        """Of the words that the parser took for subjects the last plural one before a plural verb, else the first; a time is none."""
        fit = [child for child in self.children(verb.i, "nsubj|csubj") if self._may_be_subject(child, verb) and not self._is_time(child)]
        plural = [child for child in fit if child < verb.i and "Number=Plur" in verb.morph and self._may_be_several(child)]
        return plural[-1] if plural else next(iter(fit), None)

    def _may_be_several(self, i: int) -> bool:
        token = self.tokens[i]
        return "Number=Sing" not in token.morph and not any(mention.kind == "PERSON" for mention in self.mentions.touching(token.span))

    def nearest_subject(self, i: int) -> int | None:
        """The word that is rather the subject of the verb that has `i` for one; None where `i` is no subject."""
        token = self.tokens[i]
        return self._subject_of(self.tokens[token.head]) if token.dep == "nsubj" and token.head != i else None

    def _is_time(self, i: int) -> bool:
        return any(timex.type in {"DATE", "TIME"} for timex in self.times.touching(self.tokens[i].span))

    def _may_be_subject(self, i: int, verb: Token) -> bool:
        """A name taken for a verb is still a name; one behind a plural verb is not its subject."""
        token = self.tokens[i]
        if token.dep == "csubj":
            return bool(self.mentions.touching(token.span))
        singular = "Number=Plur" not in token.morph and not any("Number=Plur" in self.tokens[child].morph for child in self.children(i, "det|nummod"))
        return not ("Number=Plur" in verb.morph and singular and i > verb.i and token.pos == "PROPN" and not any(True for _ in self.coordinated(i)))

    def leading(self, i: int) -> Iterator[int]:
        """Clauses that stand before the verb `i` and are joined to it by nothing but a comma («sobrevolaron la plaza, lanzaron piedras»)."""
        for child in self.children(i, "ccomp|advcl|parataxis"):
            if child < i and "VerbForm=Fin" in self.tokens[child].morph and not self._opened(child, i):
                yield child

    def _opened(self, child: int, verb: int) -> bool:
        """Whether a word or a quotation mark tells the clause from one that is coordinated."""
        return any(True for _ in self.children(child, "mark")) or any("PunctType=Quot" in self.tokens[i].morph for i in range(child, verb))

    def _named(self, own: int, verb: Token) -> list[int]:
        """The subject, or what a relative pronoun in its place stands for."""
        if not self._is_relative(own):
            return [own, *self.coordinated(own)]
        above = next((token for token in self.up(verb.i) if token.dep != "conj"), verb)
        if above.dep == "acl":
            return [above.head]
        return [found for found in [self._antecedent(own, verb)] if found is not None] if any(True for _ in self.children(own, "det")) else []

    def _is_relative(self, i: int | None) -> bool:
        return i is not None and "Rel" in self.tokens[i].morph and self.tokens[i].pos == "PRON"

    def _antecedent(self, relative: int, verb: Token) -> int | None:
        """«El choque entre bandas, el cual dejó…»: the nearest noun before a relative with an article that agrees with the verb in number."""
        plural = "Number=Plur" in verb.morph
        before = range(relative - 1, self.sentence(relative).start - 1, -1)
        nouns = (i for i in before if self.tokens[i].pos in {"NOUN", "PROPN"})
        return next((i for i in nouns if plural == ("Number=Plur" in self.tokens[i].morph)), None)

    def follows(self, token: Token) -> bool:
        """Whether a verb has its subject and its circumstances from the verb above: coordinated, or a clause without a word that opens it."""
        if token.dep in {"conj", "xcomp"} or (token.dep == "obj" and self.is_passive(token.i)):
            return token.head != token.i
        return token.dep in {"advcl", "parataxis"} and ("VerbForm=Fin" not in token.morph or not any(True for _ in self.children(token.i, "mark")))

    def _before(self, verb: int) -> list[int]:
        """Nominal words between the last mark and the verb, none of them behind a preposition: a subject that the parser hung elsewhere."""
        end = verb
        while end > 0 and self.tokens[end - 1].head == verb and self.tokens[end - 1].dep in {"aux", "advmod", "obj", "iobj", "expl:pass", "expl:pv"}:
            end -= 1
        start = end
        while start > self.sentence(verb).start and self.tokens[start - 1].pos in PHRASAL:
            start -= 1
        heads = [i for i in range(start, end) if not start <= self.tokens[i].head < end and self.tokens[i].dep != "cc"]
        plain = all(self.tokens[i].pos in {"NOUN", "PROPN"} and not any(True for _ in self.children(i, "case")) for i in heads)
        plural = "Number=Plur" in self.tokens[verb].morph
        agree = plural == (len(heads) > 1 or any("Number=Plur" in self.tokens[i].morph for i in heads))
        return heads if heads and plain and agree else []

    def hedged(self, span: Span) -> Span:
        """The span from the words on that hedge its number («al menos cuatro personas»), wherever the parser hung them."""
        first = self.covered(span)[0]
        for number in range(first, min(first + HEDGE, self.sentence(first).end)):
            if fold(self.tokens[number].text) in self._numbers or self.tokens[number].pos == "NUM":
                found = (n for n in range(HEDGE, 0, -1) if n <= number and self._spoken(number - n, number) in self._hedges)
                start = number - next(found, 0)
                return Span(self.tokens[start].span.start, span.end) if start < first else span
        return span

    def beside(self, span: Span) -> Span:
        """A common noun of place with the name that stands right behind it, wherever the parser hung it («el barrio La Loma»)."""
        last = self.covered(span)[-1]
        after = self.tokens[last + 1].span if last + 1 < len(self.tokens) else span
        common = self.tokens[last].pos == "NOUN" and self.is_in(last, self.words("place-noun")) is not None
        named = self._places.touching(after) if common and after.start >= span.end else []
        apart = self.page.text[span.end : after.start].strip(MARKS + " ")
        return Span(span.start, named[0].span.end) if named and not apart else span

    def whole(self, span: Span) -> Span:
        """The span with all of a name that begins in it, where the parser cut the name («la Facultad de Ciencias Políticas | y Sociales»)."""
        ends = (mention.span.end for mention in self.mentions.touching(Span(span.end - 1, span.end)) if mention.span.start >= span.start)
        return Span(span.start, max((span.end, *ends)))

    def unled(self, span: Span) -> Span:
        """The span without a preposition, of one word or several («a manos de»), that leads to it."""
        covered = self.covered(span)
        first = next((i for i in covered if self.tokens[i].pos != "ADP" and self.tokens[i].dep != "fixed"), covered[0])
        return Span(self.tokens[first].span.start, span.end) if first != covered[0] else span

    def _spoken(self, start: int, end: int) -> str:
        return " ".join(fold(token.text) for token in self.tokens[start:end])

    def is_oblique(self, i: int) -> bool:
        """A common noun behind a preposition of its own that the parser took for part of a name."""
        return self.tokens[i].pos == "NOUN" and self.tokens[i].dep == "flat" and any(True for _ in self.children(i, "case"))

    def cased(self, i: int, words: Mapping[str, str]) -> bool:
        """Whether a preposition of the class stands before the word's phrase."""
        return any(fold(self.tokens[child].text) in words for child in self.children(i, "case"))
