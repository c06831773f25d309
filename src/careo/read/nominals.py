"""Whom «el policía» means: one whom the report has called so; and «la empresa»: the body that it speaks of most."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from careo.model import Span, Token
from careo.read.chain import LAYER, Draft, Drafts
from careo.read.described import Called, described
from careo.read.names import Lists
from careo.read.page import Page
from careo.text import fold

_BACK = 60
"""Words before «la empresa» among which the body that it means is sought."""
_MAIN = 3
"""How often, and how many times as often as any other, the person whom a report is about is named."""
_TELLING = frozenset({"nmod", "flat", "appos", "amod"})


class Nominals:
    """The common nouns of one text with whom they mean."""

    def __init__(self, page: Page, drafts: Drafts) -> None:
        self.page, self.tokens = page, page.parse.tokens
        self._begins = [token.span.start for token in self.tokens]
        self._drafts = {str(number): draft for number, draft in enumerate(drafts)}
        self._covered = sorted(drafts.at)
        names = [(span, whose) for whose, draft in self._drafts.items() for span, form in draft.members.items() if form == "name"]
        self._called = described(self.tokens, names)
        for whose, draft in self._drafts.items():
            for span, form in draft.members.items():
                if form == "nominal" and (noun := self.noun(span)) is not None and "Number=Plur" not in noun.morph:
                    self._called.setdefault(fold(noun.text), []).append(Called(span.end, whose, frozenset()))
        begins = {token.span.start: token.i for token in self.tokens}
        bodies = ((span, draft) for draft in self._drafts.values() if draft.kind == "ORGANIZATION" for span in draft.members)
        self._bodies = {i: draft for span, draft in bodies if (i := begins.get(span.start)) is not None}
        lists = Lists.of(page.language)
        self._titles, self._heads = lists.title, lists.head
        self._trade, self._no_person = page.language.words(LAYER, "trade"), page.language.words(LAYER, "no-person")
        self._body_again = page.language.words(LAYER, "body-again")

    def noun(self, span: Span) -> Token | None:
        """The noun with which a description begins, behind its article."""
        first, end = bisect_left(self._begins, span.start), bisect_left(self._begins, span.end)
        return next((token for token in self.tokens[first:end] if token.pos not in {"DET", "ADP", "NUM"}), None)

    def bare(self, span: Span) -> Token | None:
        """The noun of a description that says nothing more: «el avión»."""
        noun = self.noun(span)
        return noun if noun is not None and noun.span.end == span.end else None

    def again(self) -> Iterator[tuple[Span, Token]]:
        """Definite descriptions that no mention covers, and that say nothing more than their noun: «el policía», «la empresa»."""
        for article, noun in pairwise(self.tokens):
            known = fold(noun.text) in self._titles or noun.text in self._body_again or self._is_trade(noun)
            if known and f"{article.text} {noun.text}" not in self._no_person:
                definite = article.pos == "DET" and "Definite=Def" in article.morph and article.head == noun.i
                if definite and self._alone(noun):
                    yield Span(article.span.start, noun.span.end), noun

    def meant(self, noun: Token, but: Draft | None = None) -> Draft | None:
        """The only one, `but` one, who has been called so before; a body that is just «the company» is the one spoken of last."""
        places = [one for one in self._called.get(fold(noun.text), []) if self._drafts[one.whose] is not but]
        before = {one.whose for one in places if one.since < noun.span.start}
        if len({one.whose for one in places}) == 1 and before:
            return self._drafts[before.pop()]
        if places:
            return None
        if self._is_trade(noun):
            return self._main_person(noun.span.start)
        return self._topic(noun.span.start) if noun.text in self._body_again else None

    def _is_trade(self, noun: Token) -> bool:
        return noun.i > 0 and f"{self.tokens[noun.i - 1].text} {noun.text}" in self._trade

    def _main_person(self, place: int) -> Draft | None:
        """The person whom the report is about, for nouns that are nobody's office.

        None where the words before name another of whom the report does not say what else they are («el presidente X»).
        """
        persons = [draft for draft in self._drafts.values() if draft.kind == "PERSON" and "name" in draft.members.values()]
        named = {id(draft): sum(form == "name" for form in draft.members.values()) for draft in persons}
        main = max(persons, key=lambda draft: (named[id(draft)], -draft.first.start), default=None)
        if main is None or named[id(main)] < _MAIN or any(_MAIN * named[id(other)] > named[id(main)] for other in persons if other is not main):
            return None
        since = self._begins[max(0, bisect_left(self._begins, place) - _BACK)]
        near = [draft for draft in persons if any(since <= span.start < place for span in draft.members)]
        called = {one.whose for places in self._called.values() for one in places}
        rivals = [draft for draft in near if draft is not main and not any(self._drafts[whose] is draft for whose in called)]
        return main if main.first.start < place and not rivals else None

    def _topic(self, place: int) -> Draft | None:
        """The body that was the subject of the last clause before the offset whose subject is a body; not one with a noun of its own."""
        end = bisect_left(self._begins, place)
        for token in reversed(self.tokens[max(0, end - _BACK) : end]):
            body = self._bodies.get(token.i) if token.dep == "nsubj" else None
            if body is not None:
                return None if body.words[0] in self._heads else body
        return None

    def _alone(self, noun: Token) -> bool:
        """Whether nothing beside the noun says which one is meant: no name, no adjective, no «de …»."""
        following = self.tokens[noun.i + 1] if noun.i + 1 < len(self.tokens) else noun
        place = bisect_left(self._covered, noun.span)
        near = self._covered[max(0, place - 1) : place + 2]
        named = any(span.start <= following.span.start < span.end or span.touches(noun.span) for span in near)
        told = any(token.head == noun.i and token.dep in _TELLING for token in self.tokens[noun.i + 1 : noun.i + 8])
        return not named and not told and following.pos not in {"PROPN", "ADJ"}
