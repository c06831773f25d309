"""Who did it: the agent of an event, chosen among the subjects that the parse offers, or found where it offers none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from careo.model import Span
from careo.read.happening import Syntax

CAUSED = frozenset({"injury", "death", "killing"})
"""Kinds that one suffers: who stands as subject above their noun did it only where the verb says that he caused it."""
BREAK = regex.compile(r"[!?;]|\.\s")


class Doers:
    """The agents of one page's events. `head` is the index of an event's word."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax

    def chosen(self, head: int, kind: str, spans: Sequence[Span]) -> Iterator[Span]:
        """Those of the phrases that can be its agent; of two subjects of one verb the one nearest to it."""
        verbs = self._verbs(head)
        for span in spans:
            subject = self.syntax.head(span)
            own = self.syntax.nearest_subject(subject) if self.syntax.tokens[subject].head in verbs else None
            nearer = self.syntax.phrase(own) if own not in {None, subject} else span
            inherited = self.syntax.tokens[subject].dep in {"nsubj", "csubj"} and self.syntax.tokens[subject].head != head
            addressed = (
                own is None and self.syntax.tokens[subject].dep == "nsubj" and self.syntax.cased(subject, self.syntax.words("calling-preposition"))
            )
            if (
                nearer
                and not addressed
                and self.fits(head, kind, nearer)
                and not (inherited and not self.syntax.agree(head, [self.syntax.head(nearer)]))
            ):
                yield nearer

    def _verbs(self, head: int) -> set[int]:
        """The event's verb and those that it shares its subject with."""
        verbs = {head}
        for token in self.syntax.up(head):
            if not self.syntax.follows(token):
                break
            verbs.add(token.head)
        return verbs

    def fits(self, head: int, kind: str, span: Span) -> bool:
        """Not where a whole clause was taken for a subject, or one of another sentence, or a thing, or who only orders what another does."""
        tokens, text = self.syntax.tokens, self.syntax.page.text
        if any("VerbForm=Fin" in tokens[i].morph for i in self.syntax.covered(span)):
            return False
        here = tokens[head].span
        if BREAK.search(text, min(span.end, here.end), max(span.start, here.start)):
            return False
        if kind in self.syntax.words("moving") and self.syntax.names_place(self.syntax.head(span)):
            return False
        if kind in self.syntax.words("doerless") and not self._may_act(head, self.syntax.head(span)):
            return False
        above = tokens[head].head
        return not (self._is_commanded(head) and self.syntax.head(span) in self.syntax.subjects(above))

    def _may_act(self, head: int, doer: int) -> bool:
        """Not a thing («el caso», «la orden»), nor what a noun's «por» names that is nobody («detención por robo»)."""
        if self._acts(doer):
            return True
        of_noun = self.syntax.tokens[head].pos == "NOUN" and self.syntax.cased(doer, self.syntax.words("cause"))
        return not of_noun and self.syntax.is_in(doer, self.syntax.words("no-doer")) is None

    def _is_commanded(self, head: int) -> bool:
        token = self.syntax.tokens[head]
        return "VerbForm=Inf" in token.morph and self.syntax.is_in(token.head, self.syntax.words("commanding")) is not None

    def missed(self, head: int, kind: str) -> Iterator[Span]:
        """«Realizaron un operativo», «ordenó a los soldados disparar»: those who stand a verb higher."""
        token = self.syntax.tokens[head]
        subjects = self._commanded(head) if token.pos == "VERB" else self._of_light_verb(head, kind)
        for subject in subjects:
            phrase = self.syntax.phrase(subject)
            if phrase and self.fits(head, kind, phrase):
                yield phrase

    def _commanded(self, head: int) -> list[int]:
        """«Ordenó a los soldados disparar»: who is told to."""
        if not self._is_commanded(head):
            return []
        told = self.syntax.children(self.syntax.tokens[head].head, "obj|iobj|obl")
        return [i for i in told if i < head and self.syntax.cased(i, self.syntax.words("calling-preposition")) and self._acts(i)][:1]

    def _of_light_verb(self, head: int, kind: str) -> list[int]:
        token = self.syntax.tokens[head]
        verbs = self.syntax.words("causing" if kind in CAUSED else "doing")
        light = token.dep == "obj" and token.head != head and self.syntax.is_in(token.head, verbs) is not None
        if not light or self.syntax.is_passive(token.head) or self._may_be_of_two(token.head):
            return []
        return [i for i in self.syntax.subjects(token.head) if self._acts(i)]

    def _may_be_of_two(self, verb: int) -> bool:
        """«Marchas contra el alcalde que dejó doce muertos»: what a relative clause says of a noun that belongs to another may be meant of either."""
        relative = self.syntax.tokens[verb]
        return relative.dep == "acl" and self.syntax.tokens[relative.head].dep == "nmod"

    def _acts(self, i: int) -> bool:
        """Whether the word stands for somebody: a name, a word for people, a pronoun."""
        return self.syntax.tokens[i].pos == "PRON" or self.syntax.is_person(i)
