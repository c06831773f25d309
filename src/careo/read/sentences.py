"""Sentence boundaries by rule: paragraphs always end one, what stands in quotation marks is never cut."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import regex

from careo.model import Span
from careo.read.marks import Marked, marked, paragraphs, trim
from careo.rules import Language
from careo.text import View

LAYER = "sentences"

_END = regex.compile(r"(?P<stop>[.!?…]+)(?P<shut>[\"'»)\]]*)(?P<blank>\s+|$|(?<=\p{Ll}{3}\.)(?=\p{Lu}\p{Ll}{2}))")
_OPENS = regex.compile(r"[\"'«(\[<¿¡—–\-•*#@\s]*(?P<first>[\p{Lu}\d])|[\"'«(\[]*[¿¡—–•]|#|@")
_WORD_BEFORE = regex.compile(r"[\p{L}\p{M}º°][\p{L}\p{M}º°.]*$")
_FIRST_WORD = regex.compile(r"[^\p{L}]*(\p{L}+)")


def sentences(view: View, language: Language) -> tuple[Span, ...]:
    """The sentences of a text as spans of the original, trimmed of blanks, in order. A stretch in marks within one paragraph is never cut."""
    text = view.text
    whole = [one for one in marked(view) if one.closed and one.opened]
    cutter = _Cutter(text, language, whole)
    pieces = (piece for start, end in paragraphs(text) for piece in cutter.pieces(start, end))
    return tuple(view.span(*piece) for piece in pieces)


class _Cutter:
    """Cuts one paragraph; holds what is the same for all of a text's."""

    def __init__(self, text: str, language: Language, whole: list[Marked]) -> None:
        self.text, self.whole, self.starts = text, whole, [one.start for one in whole]
        self.never = language.words(LAYER, "abbreviation")
        self.before_number = language.words(LAYER, "before-number")
        self.doubtful = language.words(LAYER, "doubtful")
        self.opener = language.words(LAYER, "opener")

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The sentences of the paragraph `start:end` of the view."""
        done = start
        for found in _END.finditer(self.text, start, end):
            if found.start("blank") > done and self.ends(found, done, end):
                yield from self._piece(done, found.start("blank"))
                done = found.end()
        yield from self._piece(done, end)

    def _piece(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        if trimmed := trim(self.text, start, end):
            yield trimmed

    def ends(self, found: regex.Match[str], done: int, end: int) -> bool:
        """Whether the stop that was found ends the sentence that began at `done`."""
        after = found.end()
        if self._within_marks(found.start("blank")) or after >= end:
            return False
        if not _OPENS.match(self.text, after, end):
            return False
        return found["stop"] != "." or self._full_stop(found, done, after, end)

    def _within_marks(self, at: int) -> bool:
        i = bisect_right(self.starts, at) - 1
        return i >= 0 and self.whole[i].start < at < self.whole[i].end

    def _full_stop(self, found: regex.Match[str], done: int, after: int, end: int) -> bool:
        """A single full stop ends a sentence unless it belongs to an abbreviation, an initial or a number that counts."""
        stop = found.start("stop")
        before = self.text[max(done, stop - 20) : stop]
        if before.strip().isdigit() and stop - done < 4:
            return False
        word = _WORD_BEFORE.search(before)
        if not word or found["shut"]:
            return True
        name = word.group()
        if name in self.never or (name in self.before_number and self.text[after : after + 1].isdigit()):
            return False
        if len(name) == 1 or name in self.doubtful or "." in name:
            return self._opened(after, end)
        return True

    def _opened(self, after: int, end: int) -> bool:
        """Whether what follows begins with a capital and is a word that opens sentences."""
        word = _FIRST_WORD.match(self.text, after, end)
        return word is not None and word.group(1)[0].isupper() and word.group(1) in self.opener
