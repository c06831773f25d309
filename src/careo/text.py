"""A text as rules, the model and the search see it, with one map back to the characters as they came.

The text of a document is never altered. What reads it reads a `View`: composed characters (NFC), C1 characters as the cp1252 marks
that they are, no-break spaces as blanks, soft hyphens and zero-width characters left out, curly marks straight, tags of an HTML
remnant blanked. `View.span` leads from the view back to the text.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

import regex

from careo.model import Span

_BLANK = {"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u3000": " ", "\u2028": "\n", "\u2029": "\n", "\r": "\n"}
_STRAIGHT = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201b": "'",
    "\u2032": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u201f": '"',
    "\u2033": '"',
}
_LEFT_OUT = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _as_cp1252(code: int) -> str:
    mark = bytes([code]).decode("cp1252", errors="replace").replace("\ufffd", " ")
    return _STRAIGHT.get(mark, mark)


_TAG = regex.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]{0,300})?/?>|&(?:nbsp|amp|quot|#\d{1,6});")
_C1 = {chr(code): _as_cp1252(code) for code in range(0x80, 0xA0)}
_ALIKE = str.maketrans({**_BLANK, **_STRAIGHT, **_C1})
_UNEVEN = regex.compile(rf"[{_LEFT_OUT}]|[^\p{{M}}{_LEFT_OUT}]\p{{M}}+")


class View:
    """`text` is what is read; offsets of it are turned into offsets of the original by `span` and `at`."""

    __slots__ = ("_shifts", "_starts", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self._starts: list[int] = [0]
        self._shifts: list[int] = [0]
        alike = original.translate(_ALIKE)
        if "<" in alike or "&" in alike:
            alike = _TAG.sub(lambda tag: " " * len(tag.group()), alike)
        self.text = self._evened(alike)

    def _evened(self, alike: str) -> str:
        """Marks composed with their letters, invisible characters left out; the shifts that this makes are noted."""
        pieces: list[str] = []
        done = length = 0
        for uneven in _UNEVEN.finditer(alike):
            seen = "" if uneven.group() in _LEFT_OUT else unicodedata.normalize("NFC", uneven.group())
            pieces += [alike[done : uneven.start()], seen]
            length += uneven.start() - done + len(seen)
            done = uneven.end()
            self._starts.append(length)
            self._shifts.append(done - length)
        return "".join([*pieces, alike[done:]]) if pieces else alike

    def at(self, offset: int) -> int:
        """The offset in the original of the character at `offset` of the view."""
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]

    def span(self, start: int, end: int) -> Span:
        """The span of the original that `text[start:end]` was made of."""
        if end <= start:
            return Span(self.at(start), self.at(start))
        last = self.at(end - 1) + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return Span(self.at(start), last)


_PLAIN = str.maketrans("áàâäãåéèêëíìîïóòôöõúùûüç", "aaaaaaeeeeiiiiooooouuuuc")


def fold(text: str) -> str:
    """Lower case without accents, of the same length; ñ stays ñ (an «ano» is no «año»)."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_PLAIN)
