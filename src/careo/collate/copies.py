"""Copies: which reports carry the words of another, and which words these are.

Sampled fingerprints of runs of five words find the pairs worth a look; each pair is then verified by the words that really stand in
both (the sampling is «0 mod p» of Manku et al. and Schleimer et al., *Winnowing*, 2003). A family of copies has one origin.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec
import regex

from careo.collate.chronology import Telling
from careo.collate.clusters import short_id
from careo.collate.quotations import Saying
from careo.model import Anchor, Copy, Family, Span
from careo.text import View, fold

RUN = 5
"""Words a fingerprint covers."""
SAMPLE = 8
"""One fingerprint in so many is kept of a long text."""
SHORT = 400
"""Texts of fewer words keep all their fingerprints."""
SHARED = 0.3
"""The share of the shorter text that must stand in the other."""
LONGEST = 15
"""Words that the longest shared run must have: what is shared in scraps is no copy."""
CEILING = 200
"""Texts with one fingerprint beyond this number are compared only with the first so many in order of hash."""

_WORD = regex.compile(r"\w+")


Told = TypeVar("Told", Telling, Saying)
"""What says in which words of a report it stands."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, folded, with their spans in it."""

    text: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts share: the spans of each, the share of the shorter one's words, and the longest run in words."""

    left: tuple[Span, ...]
    right: tuple[Span, ...]
    share: float
    longest: int

    @property
    def is_copy(self) -> bool:
        """Whether so much is shared that one was taken from the other, or both from a third."""
        return self.share >= SHARED and self.longest >= LONGEST


def words_of(text: str) -> Words:
    """The words of a text as its view shows them, without case and accents."""
    view = View(text)
    found = [(fold(match.group()), view.span(*match.span())) for match in _WORD.finditer(view.text)]
    return Words(text, tuple(word for word, _ in found), tuple(span for _, span in found))


def fingerprints(words: Words) -> frozenset[int]:
    """Hashes of the runs of five words that are kept; stable across processes and machines."""
    hashes = [zlib.crc32(" ".join(run).encode()) for run in _runs(words.words)]
    return frozenset(hashes if len(words.words) < SHORT else (one for one in hashes if one % SAMPLE == 0))


def pairs(prints: Mapping[str, Iterable[int]]) -> list[tuple[str, str]]:
    """Texts that share a fingerprint, by id, each pair once and in order."""
    holders: dict[int, list[str]] = defaultdict(list)
    for name in sorted(prints):
        for one in prints[name]:
            holders[one].append(name)
    found = {(a, b) for names in holders.values() for i, a in enumerate(names[:CEILING]) for b in names[i + 1 : CEILING]}
    return sorted(found)


def shared(left: Words, right: Words) -> Shared:
    """The maximal runs of five words or more that stand in both texts."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, run in enumerate(_runs(right.words)):
        places[run].append(at)
    mine: list[tuple[int, int]] = []
    theirs: list[tuple[int, int]] = []
    at = 0
    while at + RUN <= len(left.words):
        starts = places.get(left.words[at : at + RUN])
        if not starts:
            at += 1
            continue
        length, start = max((_length(left.words, at, right.words, start), -start) for start in starts)
        mine.append((at, at + length))
        theirs.append((-start, -start + length))
        at += length
    return Shared(_spans(left, mine), _spans(right, theirs), _share(left, right, mine, theirs), max((end - start for start, end in mine), default=0))


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _length(left: Sequence[str], i: int, right: Sequence[str], j: int) -> int:
    length = 0
    while i + length < len(left) and j + length < len(right) and left[i + length] == right[j + length]:
        length += 1
    return length


def _share(left: Words, right: Words, mine: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> float:
    shorter, runs = (left, mine) if len(left.words) <= len(right.words) else (right, theirs)
    covered = {at for start, end in runs for at in range(start, end)}
    return round(len(covered) / len(shorter.words), 4) if shorter.words else 0.0


def _spans(words: Words, runs: list[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(sorted({Span(words.spans[start].start, words.spans[end - 1].end) for start, end in runs}))


@dataclass(frozen=True, slots=True)
class Source:
    """What tells which of a family came first: the folded publisher, the author and text that may credit another, and the age."""

    publisher: str
    credits: str
    age: tuple[str, ...]


def family(members: Sequence[str], found: Mapping[tuple[str, str], Shared], sources: Mapping[str, Source]) -> Family:
    """The family of documents that `found` connects. Its origin is the one whose publisher most others credit, else the one published
    first; each says what it shares with any other."""
    origin = min(members, key=lambda name: (-_credited(name, members, sources), not sources[name].age[0], sources[name].age))
    inside = set(members)
    spans: dict[str, set[Span]] = defaultdict(set)
    share: dict[str, float] = defaultdict(float)
    for (left, right), one in found.items():
        if left in inside and right in inside:
            for name, mine in ((left, one.left), (right, one.right)):
                spans[name].update(mine)
                share[name] = max(share[name], one.share)
    ordered = sorted(members, key=lambda name: (name != origin, sources[name].age))
    copies = tuple(Copy(name, 1.0 if name == origin else share[name], tuple(sorted(spans[name]))) for name in ordered)
    return Family(short_id(Anchor(min(members), "text", "document", 0, 0)), origin, copies)


def _credited(name: str, members: Sequence[str], sources: Mapping[str, Source]) -> int:
    publisher = sources[name].publisher
    return sum(publisher in sources[other].credits for other in members if other != name) if publisher else 0


class Origins:
    """Where words come from: those that a report shares with its family come from the family."""

    def __init__(self, families: Iterable[Family]) -> None:
        self._shared = {copy.report: (one.family, copy.spans) for one in families for copy in one.reports}

    def traced(self, telling: Told) -> Told:
        """The telling with the family as its origin, if at least half of its words are shared, or stand in the heading over them."""
        family, spans = self._shared.get(telling.evidence.report, ("", ()))
        where = telling.evidence.span
        covered = sum(max(0, min(span.end, where.end) - max(span.start, where.start)) for span in spans)
        heading = bool(spans) and (telling.evidence.field == "title" or where.end <= spans[0].start)
        if not family or not (heading or 2 * covered >= len(where)):
            return telling
        return replace(telling, evidence=msgspec.structs.replace(telling.evidence, origin=family))
