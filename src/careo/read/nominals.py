"""Whom «el policía» means: one whom the report has called so; and «la empresa»: the body that it speaks of most."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
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
        self._persons = [(whose, draft) for whose, draft in self._drafts.items() if draft.kind == "PERSON"]
        self._at = {span: whose for whose, draft in self._drafts.items() for span in draft.members}
        self._covered = sorted(drafts.at)
        self._covered_starts = [span.start for span in self._covered]
        self._known: dict[str, tuple[frozenset[str], int]] = {}
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
            if article.pos != "DET" or article.head != noun.i:
                continue
            known = fold(noun.text) in self._titles or noun.text in self._body_again or self._is_trade(noun)
            if known and f"{article.text} {noun.text}" not in self._no_person:
                definite = "Definite=Def" in article.morph
                if definite and self._alone(noun):
                    yield Span(article.span.start, noun.span.end), noun

    def meant(self, noun: Token, but: Draft | None = None) -> Draft | None:
        """The only one, `but` one, who has been called so before; a body that is just «the company» is the one spoken of last."""
        word = fold(noun.text)
        callers, since = (
            self._callers(word) if but is None else _callers(one for one in self._called.get(word, ()) if self._drafts[one.whose] is not but)
        )
        if callers:
            return self._drafts[min(callers)] if len(callers) == 1 and since < noun.span.start else None
        if self._is_trade(noun):
            return self._main_person(noun.span.start)
        return self._topic(noun.span.start) if noun.text in self._body_again else None

    def _is_trade(self, noun: Token) -> bool:
        return noun.i > 0 and f"{self.tokens[noun.i - 1].text} {noun.text}" in self._trade

    def _callers(self, noun: str) -> tuple[frozenset[str], int]:
        """Who is called by the folded noun, and from which offset on; gathered once a noun, for a long report asks often."""
        if noun not in self._known:
            self._known[noun] = _callers(self._called.get(noun, ()))
        return self._known[noun]

    def _main_person(self, place: int) -> Draft | None:
        """The person whom the report is about, for nouns that are nobody's office.

        None where the words before name another of whom the report does not say what else they are («el presidente X»).
        """
        main = self._main
        if main is None or main.first.start >= place:
            return None
        since = self._begins[max(0, bisect_left(self._begins, place) - _BACK)]
        near = self._covered[bisect_left(self._covered_starts, since) : bisect_left(self._covered_starts, place)]
        return None if any(self._at[span] in self._rivals for span in near) else main

    @cached_property
    def _main(self) -> Draft | None:
        """The person who is named three times as often as any other, if there is one."""
        named = sorted(((-count, draft.first, whose) for whose, draft in self._persons if (count := _names(draft))), key=lambda one: one[:2])
        if not named or -named[0][0] < _MAIN or (len(named) > 1 and _MAIN * named[1][0] < named[0][0]):
            return None
        return self._drafts[named[0][2]]

    @cached_property
    def _rivals(self) -> frozenset[str]:
        """The other persons who are named, and not called by any noun."""
        called = {one.whose for places in self._called.values() for one in places}
        return frozenset(whose for whose, draft in self._persons if _names(draft) and draft is not self._main and whose not in called)

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


def _callers(places: Iterable[Called]) -> tuple[frozenset[str], int]:
    """Whose the places are, and where the first of them is."""
    found = list(places)
    return frozenset(one.whose for one in found), min((one.since for one in found), default=0)


def _names(draft: Draft) -> int:
    """How often a person is named."""
    return sum(form == "name" for form in draft.members.values())
