"""Words as the search compares them: cut, folded, and with the stems that join their inflected forms."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex
import simplemma
import snowballstemmer  # type: ignore[import-untyped]

from careo.text import View, fold

STEMMERS = {"es": "spanish", "pt": "portuguese", "en": "english"}
"""Document language → stemmer of snowballstemmer. Words in other languages are found only as they are written."""

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*")
_LONGEST = 64
_KEPT = "ñ"


class Word(NamedTuple):
    """A word of a view: as it stands there in lower case, its `key` in the index, and its place (offsets of the view)."""

    surface: str
    key: str
    start: int
    end: int


def words_of(view: View) -> list[Word]:
    """The words of a view in order. Longer ones than 64 characters are cut there: such things are addresses, not words."""
    found = ((word.group()[:_LONGEST].lower(), word) for word in _WORD.finditer(view.text))
    return [Word(surface, key(surface), word.start(), word.end()) for surface, word in found]


@lru_cache(maxsize=100_000)
def key(surface: str) -> str:
    """The word without accents of any language, only letters and digits; ñ stays ñ."""
    folded = fold(surface)
    if folded.isascii():
        return folded
    plain = "".join(c if c == _KEPT else unicodedata.normalize("NFKD", c) for c in folded)
    return "".join(c for c in plain if c.isalnum()) or folded


@lru_cache(maxsize=100_000)
def stems(surface: str, language: str | None) -> tuple[str, ...]:
    """What `surface` shares with its inflected forms: stems of the word, of its lemma, and of the word without accents.

    Snowball stems (Porter 2001) take care of words that no dictionary has, lemmas of words whose forms have no stem in common,
    the third of queries typed without accents. Each stem names its language: `es:orden`.
    """
    if language not in STEMMERS or not surface.isalpha():
        return ()
    stemmer = snowballstemmer.stemmer(STEMMERS[language])
    lemma = simplemma.lemmatize(surface, lang=language).lower()
    return tuple(sorted({f"{language}:{key(stemmer.stemWord(word))}" for word in (surface, lemma, key(surface))}))
