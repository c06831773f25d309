"""Where names stand in a text: runs of capitalised words, joined by the small words that belong to official names.

A capital letter is evidence of a name only where the writer had a choice. The first word of a sentence, a headline in capitals and
a title in which every word has one say nothing by themselves; there the rest of the report decides, then lists, then the parse.
Offsets are those of the view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import simplemma

from careo.read.page import Page
from careo.read.words import QUOTES, Word, words
from careo.rules import Found, Language
from careo.rules.words import WordClass
from careo.text import fold

LAYER = "mentions"
_QUOTE_SIGNS = frozenset(QUOTES)


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of the view that names."""

    start: int
    end: int
    text: str
    shape: str

    @property
    def folded(self) -> str:
        """The name without case and accents, with single blanks."""
        return " ".join(fold(self.text).split())


@dataclass(frozen=True, slots=True)
class Lists:
    """The words of the language that decide where names begin and end, folded."""

    function: Mapping[str, str]
    not_name: Mapping[str, str]
    article: Mapping[str, str]
    joiner: Mapping[str, str]
    head_joiner: Mapping[str, str]
    aim_joiner: Mapping[str, str]
    person_joiner: Mapping[str, str]
    body_adjective: Mapping[str, str]
    place: Mapping[str, str]
    entity: Mapping[str, str]
    head: Mapping[str, str]
    given: Mapping[str, str]
    surname: Mapping[str, str]
    title: Mapping[str, str]
    closing: Mapping[str, str]

    @classmethod
    def of(cls, language: Language) -> Lists:
        """The lists of a language's layer `mentions`."""
        named = {"function": "function-word", "article": "name-article", "closing": "closing-abbreviation"}
        found = {field: language.words(LAYER, named.get(field, field.replace("_", "-"))).folded() for field in cls.__slots__}
        return cls(**found)

    def known(self, word: str) -> bool:
        """Whether the folded word names something by itself."""
        return word in self.given or word in self.surname or word in self.place or word in self.entity


@lru_cache(maxsize=20_000)
def _in_dictionary(word: str, code: str) -> bool:
    return bool(simplemma.is_known(word, lang=code))


@lru_cache(maxsize=16)
def _entries(words: WordClass) -> Mapping[str, str]:
    """The entries of a list as they are written, by their folded form."""
    return {fold(word): word for word in words.meanings}


class Finder:
    """Finds the names of one report. `fixed` are the matches of rules that know a name whole, `offices` of those that know a title's end."""

    def __init__(self, page: Page, fixed: Iterable[Found], offices: Iterable[Found]) -> None:
        self.text = page.view.text
        self.words = words(page)
        self.code = page.language.code
        self.lists = Lists.of(page.language)
        self.low = {word.folded for word in self.words if not word.capital}
        self.sure = {word.folded for word in self.words if word.capital and not word.opens and not word.loud}
        self.portfolios = {one.start if one.fields["side"] == "state" else one.end + 1 for one in offices}
        self.fixed: dict[int, int] = {}
        for found in fixed:
            if self._written_as_name(found):
                self.fixed[found.start] = max(found.end, self.fixed.get(found.start, 0))

    def _written_as_name(self, found: Found) -> bool:
        """A name known whole must have the capitals of its list entry; entries in small letters are names in any case."""
        name, pieces = next(iter(found.pieces.items()))
        written = pieces[0].text
        entry = _entries(found.rule.words[name]).get(fold(written), written)
        return entry.islower() or all(mine.isupper() for mine, theirs in zip(written, entry, strict=False) if theirs.isupper())

    def find(self) -> list[Name]:
        """All names in order, none overlapping."""
        made: list[Name] = []
        i = 0
        while i < len(self.words):
            name, i = self._at(i)
            if name is not None:
                made.append(name)
        return made

    def _at(self, i: int) -> tuple[Name | None, int]:
        """The name that begins at word `i`, if one does, and the word to go on from."""
        word = self.words[i]
        if word.shape == "handle":
            return self._name(i, i), i + 1
        if word.shape == "tag":
            inner = word.folded[1:]
            named = inner in self.lists.place or inner in self.lists.entity or inner in self.sure
            return (Name(word.start + 1, word.end, word.text[1:], "tag") if named else None), i + 1
        last = self._fixed_end(i)
        if last is None and not self._begins(i):
            return None, i + 1
        last = self._extended(i, i if last is None else last)
        first = self._after_titles(i, last)
        return (self._name(first, last) if first <= last and self._stands(first, last) else None), last + 1

    def _fixed_end(self, i: int) -> int | None:
        """The last word of the known name that begins at word `i`."""
        word = self.words[i]
        end = self.fixed.get(word.start)
        if end is None or (end == word.end and word.capital and not self._is_name(word)):
            return None
        j = i
        while j + 1 < len(self.words) and self.words[j + 1].end <= end:
            j += 1
        return j

    def _begins(self, i: int) -> bool:
        word = self.words[i]
        if self._opens_nickname(i) or self._chosen_article(i):
            return True
        if not self._is_name(word):
            return False
        if not word.opens or word.folded in self.sure or word.folded not in self.lists.head or self.lists.known(word.folded):
            return True
        return self._follows(i) is not None

    def _opens_nickname(self, i: int) -> bool:
        """«El Chapo» in quotation marks: the article is part of the name."""
        word = self.words[i]
        if word.folded not in self.lists.article or not word.capital or self.text[word.start - 1 : word.start] not in QUOTES or not word.start:
            return False
        last = self._extended(i, i)
        return i < last <= i + 3 and self.text[self.words[last].end : self.words[last].end + 1] in _QUOTE_SIGNS

    def _chosen_article(self, i: int) -> bool:
        """A capital article in the middle of a sentence belongs to the name: «contra La Gaviota»."""
        word = self.words[i]
        free = word.opens or word.loud or word.caps or not word.capital
        return not free and (word.folded in self.lists.article or word.folded in self.lists.joiner) and self._follows(i) is not None

    def _is_name(self, word: Word) -> bool:
        """Whether the word, taken alone, is written as a name is."""
        if word.shape in {"dotted", "number", "handle", "tag", "address"}:
            return word.shape == "dotted"
        if not word.capital or word.folded in self.lists.function or word.folded in self.lists.not_name:
            return False
        if word.loud:
            return self.lists.known(word.folded) or word.folded in self.sure
        if word.caps and len(word.text) > 3 and not self.lists.known(word.folded) and self._common(word):
            return False
        if not word.opens or word.caps:
            return True
        if word.folded in self.sure:
            return True
        if self.lists.known(word.folded) or word.folded in self.lists.head:
            if word.folded in self.lists.surname and word.folded not in self.lists.given:
                return word.pos == "PROPN"
            return word.folded not in self.low or word.pos == "PROPN"
        return word.pos == "PROPN" and not self._common(word)

    def _common(self, word: Word) -> bool:
        """Whether the word stands in small letters in the report or in the dictionary."""
        return word.folded in self.low or _in_dictionary(word.text.lower(), self.code)

    def _blank(self, i: int, j: int) -> bool:
        """Whether only blanks of one line part the words `i` and `j`, or the full stop of an initial."""
        gap = self.text[self.words[i].end : self.words[j].start]
        if gap[:1] == "." and len(self.words[i].text) == 1 and self.words[i].capital and self.words[j].folded not in self.lists.function:
            gap = gap[1:]
        return gap.isspace() and "\n" not in gap

    def _follows(self, j: int, first: int | None = None) -> int | None:
        """The word that goes on with the name which ends at word `j` and began at `first`; None if it ends there."""
        first = j if first is None else first
        k = j + 1
        if k >= len(self.words) or not self._blank(j, k):
            return self._past_nickname(first, j)
        following = self.words[k]
        if following.shape == "number":
            return k if self.lists.head.get(self.words[first].folded) == "OTHER" else None
        if following.capital:
            apart = following.folded in self.lists.given and self._folded(first, j) in self.lists.place
            return self._past_article(k) if not apart and self._goes_on(k, official=self.words[first].folded in self.lists.head) else None
        if following.folded in self.lists.body_adjective and self.words[j].folded in self.lists.head:
            return k
        return self._joined(first, j)

    def _goes_on(self, k: int, *, official: bool) -> bool:
        """Within a name a capital needs less: only small words and days end it, and adjectives of origin none that is official."""
        word = self.words[k]
        if word.shape in {"tag", "handle", "address"}:
            return False
        if word.folded in self.lists.function:
            return self._past_article(k) > k
        if word.loud or (word.opens and not official):
            return self._is_name(word)
        return official or word.caps or word.folded not in self.lists.not_name

    def _past_article(self, k: int) -> int:
        """The word behind a capital article («La Habana», «El Chopo»), else `k` itself."""
        word = self.words[k]
        article = word.folded in self.lists.article and word.capital and not word.caps and not word.loud
        return k + 1 if article and k + 1 < len(self.words) and self._blank(k, k + 1) and self.words[k + 1].capital else k

    def _past_nickname(self, first: int, j: int) -> int | None:
        """The surname behind a nickname in quotation marks, which belongs to the name: «Jorge "El Tuerto" Rangel»."""
        for last in range(j + 1, min(j + 4, len(self.words) - 1)):
            opened = self.text[self.words[j].end : self.words[j + 1].start].strip(" ") in _QUOTE_SIGNS
            closed = self.text[self.words[last].end : self.words[last + 1].start].rstrip(" ") in _QUOTE_SIGNS
            if not opened or not self.words[last].capital or self.words[first].folded not in self.lists.given:
                return None
            if closed:
                return last + 1 if self._is_name(self.words[last + 1]) else None
        return None

    def _joined(self, first: int, j: int) -> int | None:
        """The capitalised word behind «de», «de la», «y» … that belongs to the same name."""
        for count in (3, 2, 1):
            k = j + count + 1
            if k >= len(self.words) or not all(self._blank(i, i + 1) for i in range(j, k)):
                continue
            small = " ".join(self.text[self.words[j + 1].start : self.words[k - 1].end].split())
            right = self.words[k]
            begins = self._is_name(right) or self._past_article(k) > k
            if right.capital and small.islower() and begins and self._may_join(first, j, fold(small), right):
                return self._fixed_end(k) or self._past_article(k)
        return None

    def _may_join(self, first: int, last: int, small: str, right: Word) -> bool:
        lists, begin, left = self.lists, self.words[first].folded, self._folded(first, last)
        if begin in lists.head:
            return self._head_joins(left, small, right, several=last > first)
        known = right.caps or right.folded in lists.place or right.folded in lists.entity
        if begin in lists.title or left in lists.place or left in lists.entity or self.words[last].caps:
            return False
        if begin in lists.given:
            return small in lists.person_joiner and not known
        return small in lists.joiner

    def _head_joins(self, left: str, small: str, right: Word, *, several: bool) -> bool:
        """Official names take «de …» of any kind but a person's, and «y …» of what is no name by itself."""
        lists = self.lists
        person = (right.folded in lists.given or right.folded in lists.surname) and right.folded not in lists.place
        if small in lists.joiner:
            return not (person and left in lists.entity)
        named = lists.known(right.folded) or right.folded in lists.head or right.caps
        return (several or small in lists.aim_joiner) and small in lists.head_joiner and not named

    def _folded(self, first: int, last: int) -> str:
        return " ".join(word.folded for word in self.words[first : last + 1])

    def _extended(self, first: int, last: int) -> int:
        """The last word of the name that begins at `first` and reaches at least `last`."""
        while (following := self._follows(last, first)) is not None:
            last = following
        return last

    def _after_titles(self, first: int, last: int) -> int:
        """The first word of the name behind its title: «Presidente [Nicolás Maduro]»."""
        lists = self.lists
        while first < last and self.words[first].folded in lists.title:
            heads = self.words[first].folded in lists.head and self.words[first + 1].folded not in lists.given
            if heads or self.fixed.get(self.words[first].start, 0) > self.words[first].end or not self.words[first + 1].capital:
                break
            first += 1
        return first

    def _stands(self, first: int, last: int) -> bool:
        """Whether what is left is a name: not a bare title, nor an initial."""
        word = self.words[first]
        if word.start in self.portfolios and not self._more_than_portfolio(first, last):
            return False
        if first < last:
            return True
        if word.folded in self.low and not word.caps and not self.lists.known(word.folded) and word.folded not in self.lists.head:
            return False
        bare = word.folded in self.lists.title and not (word.folded in self.lists.entity or word.folded in self.lists.head)
        return not bare and len(word.text) > 1

    def _more_than_portfolio(self, first: int, last: int) -> bool:
        """Whether what follows an office names a place or a body all the same: «secretario del Consejo Nacional»."""
        word = self.words[first]
        return word.caps or self._folded(first, last) in self.lists.place or (first < last and word.folded in self.lists.head)

    def _name(self, first: int, last: int) -> Name:
        start, end = self.words[first].start, self.words[last].end
        return Name(start, end, self.text[start:end], self.words[first].shape)
