"""A text cut into passages: what a search finds and shows."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from careo.model import Span

LONGEST = 2000
"""Characters of the longest passage. A longer paragraph is cut at the end of a line, of a sentence, or of a word."""

_LINE_END = r"(?>\r\n|[\n\r\u2028\u2029])"
_BLANK_LINE = regex.compile(rf"{_LINE_END}[\p{{Zs}}\t]*+{_LINE_END}\s*+")
_ANY_LINE = regex.compile(_LINE_END)
_CUTS = (_ANY_LINE, regex.compile(r"[.!?…][\"'»”’)]*\s"), regex.compile(r"\s"))


def passages(text: str) -> Iterator[Span]:
    """The paragraphs of `text` in order, without the blanks around them. They end at blank lines; in a text that has none, at every line."""
    ends = _BLANK_LINE if _BLANK_LINE.search(text) else _ANY_LINE
    start = 0
    for end in ends.finditer(text):
        yield from _cut(text, start, end.start())
        start = end.end()
    yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        at = _best(text, start)
        yield from _trimmed(text, start, at)
        start = at
    yield from _trimmed(text, start, end)


def _best(text: str, start: int) -> int:
    """Where to cut a passage that begins at `start`: in its second half, at the best end that there is."""
    for cut in _CUTS:
        ends = [found.end() for found in cut.finditer(text, start + LONGEST // 2, start + LONGEST)]
        if ends:
            return ends[-1]
    return start + LONGEST


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if bare := piece.strip():
        first = start + piece.index(bare)
        yield Span(first, first + len(bare))
