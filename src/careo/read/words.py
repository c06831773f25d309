"""The words of a text as names are looked for in them: with their shape, and whether their capital says anything.

The first word of a sentence, a line in capitals and a title in which every word has one say nothing by their capital.
Offsets are those of the view.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

from careo.read.page import Page
from careo.text import fold

QUOTES = "\"'«»"
_OPENING = frozenset(".?!…:;\n¿¡-–—•*|" + QUOTES)
_WORD = regex.compile(
    r"""(?P<address>https?://\S+|www\.\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|gob|gov|tv|mx|ve|co|ar|cl|pe|es)\b(?:\.\w\w\b)?(?:/\S*)?)
    |(?P<handle>@\w+)|(?P<tag>\#\w+)
    |(?P<dotted>(?:\p{Lu}\.){2,}(?:\p{Lu}\b)?|(\p{Lu})\5\.\ ?(\p{Lu})\6\.)
    |(?P<number>\*NUMBER\*|\d+(?:[.,]\d+)*(?![\w-]))
    |\p{Ll}[\p{L}\p{M}\d]*(?:['&+-][\p{Ll}\d][\p{L}\p{M}\d]*)*
    |[\p{L}\d][\p{L}\p{M}\d]*(?:['&+-][\p{L}\d][\p{L}\p{M}\d]*)*""",
    regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the view. `opens`: its capital says nothing; `loud`: it stands in a line of capitals; `shape`: the group of `_WORD`."""

    start: int
    end: int
    text: str
    folded: str
    shape: str
    opens: bool
    loud: bool
    pos: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, or has one behind its first («iPhone»)."""
        return self.text[0].isupper() or self.text[1:2].isupper()

    @property
    def caps(self) -> bool:
        """Whether it is written in capitals throughout, as acronyms are."""
        return len(self.text) > 1 and self.text.isupper()


def words(page: Page) -> list[Word]:
    """The words of the report, with what the parse and the line say of each."""
    text = page.view.text
    tags = {token.span.start: token.pos for token in page.parse.tokens}
    loud, titled = _lines(text)
    made: list[Word] = []
    done = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[done:start]
        opens = _within(titled, start) or not made or (not _OPENING.isdisjoint(gap) and not _abbreviated(made[-1], gap))
        is_loud = _within(loud, start)
        word = match.group()
        made.append(Word(start, end, word, fold(word), match.lastgroup or "word", opens, is_loud, tags.get(page.view.at(start), "")))
        done = end
    return made


def _within(lines: deque[tuple[int, int]], place: int) -> bool:
    """Whether one of the lines holds `place`; lines come in order, and those before it are done with."""
    while lines and lines[0][1] <= place:
        lines.popleft()
    return bool(lines) and lines[0][0] <= place


def _abbreviated(before: Word, gap: str) -> bool:
    """Whether the full stop ends an initial or a short title («J. Pérez», «Sra. Ruiz») rather than a sentence."""
    return gap == ". " and before.capital and (len(before.text) <= 3 or before.shape == "dotted") and not before.caps


def _lines(text: str) -> tuple[deque[tuple[int, int]], deque[tuple[int, int]]]:
    """The lines written in capitals; and with them those in which nearly every long word has one."""
    loud: deque[tuple[int, int]] = deque()
    titled: deque[tuple[int, int]] = deque()
    for line in regex.finditer(r"[^\n]+", text):
        long_words = regex.findall(r"\p{L}{4,}", line.group())
        if _mostly(long_words, 3, str.isupper):
            loud.append(line.span())
        sentence = line.group().rstrip().endswith(".")
        if (not sentence and _mostly(long_words, 5, lambda word: word[0].isupper())) or _mostly(long_words, 3, str.isupper):
            titled.append(line.span())
    return loud, titled


def _mostly(long_words: Sequence[str], least: int, has: Callable[[str], bool]) -> bool:
    return len(long_words) >= least and 5 * sum(map(has, long_words)) >= 4 * len(long_words)
