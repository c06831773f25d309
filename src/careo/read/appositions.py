"""Mentions that the text itself equates, because one is made of the others: «X, jefe de Y» of «X» and «jefe de Y», «el fabricante X» of «X»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from careo.model import Span
from careo.read.chain import LAYER, is_common
from careo.read.page import Page
from careo.text import fold

_CUT = regex.compile(r"\s*(?:,|\(|--|—|–)\s*")
_OPEN, _CLOSE = " ,\"«“'", ' )"»”'


def equated(page: Page, spans: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Pairs of `spans` of one person, body or thing. Spans that do not lie within one another give none."""
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    known = set(ordered)
    for at, whole in enumerate(ordered):
        for part in ordered[at + 1 :]:
            if part.start >= whole.end:
                break
            if part.end <= whole.end and part != whole:
                yield from _of_whole(page, whole, part, known)


def _of_whole(page: Page, whole: Span, part: Span, known: set[Span]) -> Iterator[tuple[Span, Span]]:
    if part.start == whole.start and (cut := _CUT.match(page.text, part.end, whole.end)):
        rest = Span(cut.end(), whole.start + len(whole.of(page.text).rstrip(_CLOSE))) if cut.end() < whole.end else part
        if rest in known:
            yield whole, rest
        if rest in known or not _is_list(page, rest):
            yield whole, part
    elif part.end == whole.end and not is_common(page, part.of(page.text)):
        before = Span(whole.start, whole.start + len(page.text[whole.start : part.start].rstrip(_OPEN)))
        if before in known or _calls_it(page, before, part):
            yield whole, part
        if before in known:
            yield whole, before


def _is_list(page: Page, rest: Span) -> bool:
    """Whether what follows the comma goes on with «y»: names one after the other, not one who is called twice."""
    joining = page.language.words(LAYER, "joining")
    return any(word in joining for word in fold(rest.of(page.text)).split())


def _calls_it(page: Page, before: Span, name: Span) -> bool:
    """Whether common words stand before the name and call it something: no preposition, no bracket, no other name."""
    governing = page.language.words(LAYER, "governing")
    words = before.of(page.text).split()
    between = page.text[before.end : name.start]
    if not words or "(" in words[-1] or words[-1] in governing or name.of(page.text).split(None, 1)[0] in governing or between.strip() in {",", "("}:
        return False
    return is_common(page, f"{words[0].lower()} {' '.join(words[1:])}") and "," not in before.of(page.text)
