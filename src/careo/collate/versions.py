"""Versions of one article are one report: the newest speaks, and what an older one said and the newest no longer says is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from careo.collate.chronology import AROUND
from careo.collate.facts import Facts, newest
from careo.model import Earlier, Evidence, Span
from careo.text import View, fold

LEAST = 3
"""Words of a sentence that says something."""

ALIKE = 0.5
"""The share of the words of the shorter of two sentences from which the newer may be what became of the older."""

_WORD = regex.compile(r"\w+")


class Article(NamedTuple):
    """One article: the document that speaks for it, and what older versions said."""

    newest: str
    earlier: tuple[Earlier, ...]


def article(name: str, versions: Sequence[Facts]) -> Iterator[Article]:
    """The versions of one article, compared: each older one with the newest, sentence by sentence. The same words said twice are shown once,
    from the first version that has them; words alone are compared, so that marks and accents that changed are no change."""
    last = newest(name, versions)
    new = [(span, _words(span.of(last.text))) for span in last.sentences]
    stands = f" {' '.join(_words(last.text))} "
    told: set[tuple[str, ...]] = set()
    made: list[Earlier] = []
    for one in sorted(versions, key=lambda one: one.age):
        old = [(span, _words(span.of(one.text))) for span in one.sentences] if one is not last else []
        gone = [(span, words) for span, words in old if len(words) >= LEAST and f" {' '.join(words)} " not in stands and words not in told]
        before = f" {' '.join(_words(one.text))} "
        fresh = [(span, words) for span, words in new if f" {' '.join(words)} " not in before]
        made += (Earlier(_evidence(one, span), last.document, _became(last, words, fresh)) for span, words in gone)
        told.update(words for _, words in gone)
    yield Article(last.document, tuple(made))


def _became(last: Facts, words: tuple[str, ...], fresh: Sequence[tuple[Span, tuple[str, ...]]]) -> Evidence | None:
    """Of the sentences that are new in the newest version the one most like these words, if one is."""
    scored = [(_likeness(words, others), -span.start, span) for span, others in fresh if len(others) >= LEAST]
    best = max(scored, default=None)
    return _evidence(last, best[2]) if best and best[0] >= ALIKE else None


def _likeness(words: tuple[str, ...], others: tuple[str, ...]) -> float:
    return len(set(words) & set(others)) / min(len(set(words)), len(set(others)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(View(text).text)))


def _evidence(facts: Facts, span: Span) -> Evidence:
    text = facts.text
    return Evidence(
        report=facts.document,
        field="text",
        span=span,
        trigger=span,
        exact=span.of(text),
        prefix=text[max(0, span.start - AROUND) : span.start],
        suffix=text[span.end : span.end + AROUND],
        attribution=(),
        publisher=facts.publisher,
        published=facts.published,
        origin=facts.article,
    )
