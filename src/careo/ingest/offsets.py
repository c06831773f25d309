"""Aligns extracted text with the page it was taken from, so that every character can be traced to its place.

Blanks, tags and entities differ between the two, so both are squeezed to their non-blank characters; lines of the text are
sought in the squeezed page, whole first, then by pieces, always onward from the last hit; every hit is cut where the page is not verbatim.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from careo.model import Segment

_PROBE = 24
_NEAR = 2000
_EFFORT = 64
_ROOM = 1_000_000
_PIECE = re.compile(
    r"(?s:<!--.*?(?:-->|\Z)|<(?P<raw>script|style)\b.*?(?:</(?P=raw)\s*>|\Z)|<[a-z/!?][^>]*(?:>|\Z))"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});?)"
    r"|(?P<plain>[^\s<&\x00-\x1f]+|[<&])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\s\x00-\x1f]+")


@dataclass(slots=True)
class _Squeezed:
    """Non-blank characters in one string. Run `k` starts at `starts[k]` of it and at `places[k]` of the original; `verbatim` unless decoded."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    verbatim: list[bool] = field(default_factory=list)


def align(text: str, page: str) -> tuple[Segment, ...]:
    """Segments with `text[start:start+length] == page[source:source+length]`, in order of `start`, none overlapping.

    `page` is markup, `text` what was extracted from it. Text that is not found has no segment. The time is linear in both lengths.
    """
    squeezed = _squeeze(text, ((word.start(), word.group(), True) for word in _WORD.finditer(text)))
    source = _squeeze(page, _visible(page))
    lines = _lines(text, squeezed)
    return tuple(_joined(text, page, _cut(squeezed, source, _hits(squeezed, source.text, lines))))


def align_escaped(text: str, raw: str, at: int) -> tuple[Segment, ...]:
    """Segments of a JSON string: `raw` is the literal with its quotes as it stands from `at` in the capture, `text` its value."""
    segments: list[Segment] = []
    start = 0
    for piece in _JSON.finditer(raw, 1, len(raw) - 1):
        if piece["plain"]:
            segments.append(Segment(start, len(piece[0]), at + piece.start()))
            start += len(piece[0])
        else:
            start += 1
    return tuple(segments)


_JSON = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|(?P<plain>[^\\]+)", re.DOTALL)


def _visible(page: str) -> Iterator[tuple[int, str, bool]]:
    """The words of a page that are no markup: offset, characters, and whether they stand there as they are."""
    for piece in _PIECE.finditer(page):
        if piece["plain"]:
            yield piece.start(), piece["plain"], True
        elif piece["entity"]:
            decoded = html.unescape(piece["entity"])
            yield piece.start(), "".join(decoded.split()), decoded == piece["entity"]


def _squeeze(original: str, runs: Iterable[tuple[int, str, bool]]) -> _Squeezed:
    squeezed = _Squeezed()
    pieces, length = [], 0
    for place, run, verbatim in runs:
        if run:
            squeezed.starts.append(length)
            squeezed.places.append(place)
            squeezed.verbatim.append(verbatim)
            pieces.append(run)
            length += len(run)
    squeezed.starts.append(length)
    squeezed.places.append(len(original))
    squeezed.text = "".join(pieces)
    return squeezed


def _lines(text: str, squeezed: _Squeezed) -> Iterator[tuple[int, int]]:
    """The lines of `text` as ranges of its squeezed form."""
    word, end_of_text = 0, len(squeezed.starts) - 1
    for line in re.finditer(r"[^\n]+", text):
        first = word
        while word < end_of_text and squeezed.places[word] < line.end():
            word += 1
        if word > first:
            yield squeezed.starts[first], squeezed.starts[word]


def _hits(squeezed: _Squeezed, page: str, lines: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(offset in the squeezed text, offset in the squeezed page, length) of what the two share, in order of the text."""
    seek = _Seeker(page)
    for at, end in lines:
        here, size = at, end - at
        while here < end:
            hit = seek.find(squeezed.text[here : min(here + size, end)])
            if hit < 0 and size <= _PROBE:
                here = squeezed.starts[bisect_right(squeezed.starts, here)]
            elif hit >= 0:
                length = _common(squeezed.text, here, end, page, hit)
                yield here, hit, length
                here, seek.cursor = here + length, hit + length
            size = _PROBE


class _Seeker:
    """Finds pieces in a page, onward from `cursor` first, within a sum of effort that grows with the page only."""

    def __init__(self, page: str) -> None:
        self.page, self.cursor = page, 0
        self._effort = _EFFORT * len(page) + _ROOM

    def find(self, piece: str) -> int:
        """Where `piece` stands, or -1. A short piece counts only near the cursor: elsewhere it would be chance."""
        if len(piece) < _PROBE:
            return self._find(piece, self.cursor, min(len(self.page), self.cursor + _NEAR))
        onward = self._find(piece, self.cursor, len(self.page))
        return onward if onward >= 0 else self._find(piece, 0, min(len(self.page), self.cursor + len(piece)))

    def _find(self, piece: str, start: int, end: int) -> int:
        if self._effort <= 0:
            return -1
        hit = self.page.find(piece, start, end)
        self._effort -= len(piece) + ((end if hit < 0 else hit) - start)
        return hit


def _common(left: str, i: int, end: int, right: str, j: int) -> int:
    """How many characters `left[i:end]` and `right[j:]` share from their starts."""
    most = min(end - i, len(right) - j)
    length, step = 0, _PROBE
    while step and length < most:
        size = min(step, most - length)
        same = left[i + length : i + length + size] == right[j + length : j + length + size]
        length += size if same else 0
        step = size * 2 if same else size // 2
    return length


def _cut(squeezed: _Squeezed, source: _Squeezed, hits: Iterable[tuple[int, int, int]]) -> Iterator[Segment]:
    """Hits in offsets of the originals, cut wherever a word ends in either, entities left out."""
    for i, j, length in hits:
        a, b = bisect_right(squeezed.starts, i) - 1, bisect_right(source.starts, j) - 1
        done = 0
        while done < length:
            left, right = i + done - squeezed.starts[a], j + done - source.starts[b]
            run = min(squeezed.starts[a + 1] - i - done, source.starts[b + 1] - j - done, length - done)
            if source.verbatim[b]:
                yield Segment(squeezed.places[a] + left, run, source.places[b] + right)
            done += run
            a += i + done == squeezed.starts[a + 1]
            b += j + done == source.starts[b + 1]


def _joined(text: str, page: str, segments: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbours made one where what stands between them is the same in both."""
    open_: tuple[int, int, int] | None = None
    for piece in segments:
        if open_ and _continues(text, page, open_, piece):
            open_ = (open_[0], piece.start + piece.length - open_[0], open_[2])
            continue
        if open_:
            yield Segment(*open_)
        open_ = (piece.start, piece.length, piece.source)
    if open_:
        yield Segment(*open_)


def _continues(text: str, page: str, before: tuple[int, int, int], piece: Segment) -> bool:
    start, length, source = before
    same_step = piece.start - start == piece.source - source
    return same_step and text[start + length : piece.start] == page[source + length : piece.source]
