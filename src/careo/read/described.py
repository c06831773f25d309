"""By which common nouns a report calls those whom it names: «el fiscal Ana Ruiz», «Ana Ruiz, fiscal del caso», «Ana Ruiz es fiscal»."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from careo.model import Span, Token
from careo.text import fold

_HEADS = frozenset({"NOUN", "ADJ"})
_JOINED = frozenset({"appos", "flat", "nmod", "dep"})
_AFTER = 7
"""Words behind a name and its comma among which complements of a noun are looked for."""


class Called(NamedTuple):
    """One place where a report puts a noun beside a name: from where on, whose name, which words complete the noun."""

    since: int
    whose: str
    tail: frozenset[str]


def described(tokens: Sequence[Token], named: Iterable[tuple[Span, str]]) -> dict[str, list[Called]]:
    """For each folded noun the places where it is put beside one of the names `named` (span and whose it is), in order of the text."""
    begins = [token.span.start for token in tokens]
    made: dict[str, list[Called]] = {}
    for span, whose in sorted(named):
        first, end = bisect_left(begins, span.start), bisect_left(begins, span.end)
        if first < end:
            for noun, tail in _beside(tokens, first, end):
                if "Number=Plur" not in noun.morph:
                    made.setdefault(fold(noun.text), []).append(Called(span.end, whose, tail))
    return made


def content_words(tokens: Iterable[Token]) -> frozenset[str]:
    """The folded words among `tokens` that say which one is meant."""
    return frozenset(fold(token.text) for token in tokens if token.pos in {"NOUN", "PROPN", "ADJ"})


def _beside(tokens: Sequence[Token], first: int, end: int) -> Iterator[tuple[Token, frozenset[str]]]:
    """The nouns beside the name in the tokens `first:end`, each with the words that complete it."""
    root = next((i for i in range(first, end) if not first <= tokens[i].head < end), first)
    yield from _before(tokens, first, root)
    yield from _behind(tokens, first, end)
    predicate = tokens[tokens[root].head]
    if tokens[root].dep == "nsubj" and predicate.pos in _HEADS and any(t.dep == "cop" and t.head == predicate.i for t in tokens[end : predicate.i]):
        yield predicate, content_words(tokens[predicate.i + 1 : predicate.i + 4])


def _before(tokens: Sequence[Token], first: int, root: int) -> Iterator[tuple[Token, frozenset[str]]]:
    """Titles: the noun just before the name, or the head that the name stands beside, with its conjuncts."""
    at = first - 1
    while at > 0 and tokens[at].pos == "ADJ" and tokens[at - 1].pos in _HEADS:
        at -= 1
    head = tokens[tokens[root].head]
    if at >= 0 and (tokens[at].pos == "NOUN" or (tokens[at].pos == "ADJ" and tokens[at].text[:1].islower())):
        yield tokens[at], content_words(tokens[at + 1 : first])
    elif head.i < first and head.pos in _HEADS and tokens[root].dep in _JOINED and not _governed(tokens, first):
        yield head, content_words(tokens[head.i + 1 : first])
    else:
        return
    for other in (tokens[i] for i in range(max(0, first - _AFTER), first)):
        if other.pos == "NOUN" and other.i != head.i and (other.dep == "conj" and other.head == head.i):
            yield other, content_words(tokens[other.i + 1 : first])


def _governed(tokens: Sequence[Token], first: int) -> bool:
    """Whether a preposition stands before the name."""
    return tokens[first - 1].pos in {"ADP", "DET"} or (first > 1 and tokens[first - 2].pos == "ADP")


def _behind(tokens: Sequence[Token], first: int, end: int) -> Iterator[tuple[Token, frozenset[str]]]:
    """Appositions: the noun behind the name's comma, with an article or without."""
    if end + 1 >= len(tokens) or tokens[end].text != ",":
        return
    article = tokens[end + 1].pos == "DET"
    noun = tokens[min(end + 1 + article, len(tokens) - 1)]
    after = tokens[min(noun.i + 1, len(tokens) - 1)]
    told = (noun.dep == "appos" and first <= noun.head < end) or (article and "Rel" in after.morph)
    if noun.pos in _HEADS and (told or (not article and noun.pos == "NOUN" and noun.dep not in {"conj", "nsubj"})):
        stop = next((i for i in range(noun.i + 1, min(noun.i + _AFTER, len(tokens))) if tokens[i].pos in {"PUNCT", "VERB", "AUX"}), noun.i + 1)
        yield noun, content_words(tokens[noun.i + 1 : stop])
