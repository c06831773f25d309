"""Copies: which reports carry the words of another, and which words these are.

Winnowed fingerprints of runs of five words find the pairs worth a look (Schleimer, Wilkerson and Aiken, *Winnowing*, 2003); each pair is then
verified by the words that really stand in both: what share of the shorter text they are (containment: Broder, *On the resemblance and containment
of documents*, 1997), and how long their longest run is. A family of copies has one origin. Measured: docs/copies.md.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple, TypeVar

import msgspec
import regex

from careo.collate.chronology import Telling
from careo.collate.clusters import short_id
from careo.collate.quotations import Saying
from careo.model import Anchor, Copy, Family, Span
from careo.text import View, fold

RUN = 5
"""Words a fingerprint covers."""
WINDOW = 4
"""Of so many fingerprints in a row the least is kept: a shared run of RUN + WINDOW - 1 words leaves one in both texts."""
SHARED = 0.25
"""The share of the shorter text that must stand in the other."""
LONGEST = 15
"""Words that the longest shared run must have: what is shared in scraps is no copy. It leaves two fingerprints at least."""
LIKELY, LIKELY_SHARE = 2, 0.08
"""Fingerprints, and the share of those of the text with fewer, that two texts must have in common to be compared word by word."""
CEILING, FIRST = 50, 8
"""Texts that have one fingerprint are compared with each other up to this number, further ones only with the first of them, in order of id."""
REPEATS = 16
"""Places of one run of words in one text that are tried."""
MOSTLY = 0.5
"""From this share of shared words on, a report's heading and lead are taken for the dispatch's."""

_WORD = regex.compile(r"\w+")


Told = TypeVar("Told", Telling, Saying)
"""What says in which words of a report it stands."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, folded, with their places in its view, and a hash of the run of words that begins at each."""

    view: View
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    runs: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The span in the text of the words from `start` up to, not including, `end`."""
        return self.view.span(self.places[start][0], self.places[end - 1][1])

    def share(self, spans: Sequence[Span]) -> float:
        """The share of the words that stand inside `spans`."""
        starts = [self.view.at(start) for start, _ in self.places]
        held = {at for span in spans for at in range(bisect_left(starts, span.start), bisect_right(starts, span.end - 1))}
        return round(len(held) / len(starts), 4) if starts else 0.0


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
    found = [(match.group(), match.span()) for match in _WORD.finditer(fold(view.text))]
    words = tuple(word for word, _ in found)
    return Words(view, words, tuple(place for _, place in found), tuple(_hash(words[at : at + RUN]) for at in range(len(words) - RUN + 1)))


def _hash(run: Sequence[str]) -> int:
    """Stable across processes and machines."""
    return zlib.crc32(" ".join(run).encode("utf-8", "surrogatepass"))


def fingerprints(words: Words) -> frozenset[int]:
    """The least hash of each window of runs."""
    runs = words.runs
    return frozenset(min(runs[at : at + WINDOW]) for at in range(max(1, len(runs) - WINDOW + 1))) if runs else frozenset()


class Printed(NamedTuple):
    """A text with its fingerprints."""

    document: str
    prints: frozenset[int]


class Holder(NamedTuple):
    """A text that has a fingerprint, and how many it has in all."""

    document: str
    prints: int


class Holders(NamedTuple):
    """The texts that have one fingerprint, in order of id; `beyond`: those that were too many."""

    among: tuple[Holder, ...]
    beyond: tuple[Holder, ...]


class Met(NamedTuple):
    """Two texts that have a fingerprint in common, and how many has the one that has fewer."""

    left: str
    right: str
    fewer: int


class Pair(NamedTuple):
    """Two texts to be compared word by word."""

    left: str
    right: str


class Alike(NamedTuple):
    """Two texts of which one carries the words of the other."""

    left: str
    right: str
    shared: Shared


class Kin(NamedTuple):
    """A text of one family, with those that it was found to be like. `stamp`: what else the family depends on; the words never change."""

    family: str
    document: str
    alike: tuple[Alike, ...]
    stamp: tuple[str | None, ...]


def holders(_print: str, printed: Sequence[Printed]) -> Iterator[Holders]:
    """The texts that have this fingerprint."""
    ordered = sorted(Holder(one.document, len(one.prints)) for one in printed)
    yield Holders(tuple(ordered[:CEILING]), tuple(ordered[CEILING:]))


def met(known: Holders) -> Iterator[Met]:
    """Which of them meet."""
    for left, right in combinations(known.among, 2):
        yield Met(left.document, right.document, min(left.prints, right.prints))
    for right in known.beyond:
        for left in known.among[:FIRST]:
            yield Met(left.document, right.document, min(left.prints, right.prints))


def likely(_pair: str, meetings: Sequence[Met]) -> Iterator[Pair]:
    """The pair, if the two texts have enough fingerprints in common."""
    left, right, fewer = meetings[0]
    if len(meetings) >= min(fewer, max(LIKELY, LIKELY_SHARE * fewer)):
        yield Pair(left, right)


def unmatched(document: str, beyond: Sequence[str], pairs: Sequence[Pair]) -> Iterator[str]:
    """The text, if it may have copies among those with which it was not compared, and was found to be like none."""
    if beyond and not pairs:
        yield document


def shared(left: Words, right: Words) -> Shared:
    """The maximal runs of five words or more that stand in both texts."""
    places: dict[int, list[int]] = defaultdict(list)
    for at, run in enumerate(right.runs):
        if len(places[run]) < REPEATS:
            places[run].append(at)
    mine: list[tuple[int, int]] = []
    theirs: list[tuple[int, int]] = []
    at = 0
    while at < len(left.runs):
        starts = places.get(left.runs[at], ())
        length, start = max(((_length(left.words, at, right.words, start), -start) for start in starts), default=(0, 0))
        if length < RUN:
            at += 1
            continue
        mine.append((at, at + length))
        theirs.append((-start, -start + length))
        at += length
    return Shared(_spans(left, mine), _spans(right, theirs), _share(left, right, mine, theirs), max((end - start for start, end in mine), default=0))


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
    return tuple(sorted({words.span(start, end) for start, end in runs}))


@dataclass(frozen=True, slots=True)
class Source:
    """What tells which of a family came first: the folded publisher and the agency that it is, the folded author and text that may name another
    publisher, the agencies that the report credits, and its age."""

    publisher: str
    agency: frozenset[str]
    words: str
    credits: frozenset[str]
    age: tuple[str, ...]

    def credited_by(self, other: Source) -> bool:
        """Whether the other says that it has this one's words."""
        return bool(self.agency & other.credits) or (bool(self.publisher) and self.publisher in other.words)


def family(members: Sequence[str], found: Mapping[tuple[str, str], Shared], sources: Mapping[str, Source], words: Mapping[str, Words]) -> Family:
    """The family of documents that `found` connects. Its origin is the one whose publisher most others credit, else the one published
    first; each says how much of it is shared with any other. `agency` is the one that most of them credit."""
    origin = min(members, key=lambda name: (-_credited(name, members, sources), not sources[name].age[0], sources[name].age))
    spans: dict[str, set[Span]] = {name: set() for name in members}
    for (left, right), one in found.items():
        if left in spans and right in spans:
            spans[left].update(one.left)
            spans[right].update(one.right)
    ordered = sorted(members, key=lambda name: (name != origin, sources[name].age))
    copies = tuple(_copy(name, 1.0 if name == origin else None, _merged(spans[name]), words[name]) for name in ordered)
    return Family(short_id(Anchor(min(members), "text", "document", 0, 0)), origin, copies, _agency(members, sources))


def _copy(name: str, share: float | None, spans: tuple[Span, ...], words: Words) -> Copy:
    return Copy(name, words.share(spans) if share is None else share, spans)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap as one."""
    made: list[Span] = []
    for span in sorted(spans):
        if made and span.start <= made[-1].end:
            made[-1] = Span(made[-1].start, max(made[-1].end, span.end))
        else:
            made.append(span)
    return tuple(made)


def _credited(name: str, members: Sequence[str], sources: Mapping[str, Source]) -> int:
    return sum(sources[name].credited_by(sources[other]) for other in members if other != name)


def _agency(members: Sequence[str], sources: Mapping[str, Source]) -> str | None:
    counted = Counter(agency for name in members for agency in sources[name].credits | sources[name].agency)
    return min(counted, key=lambda one: (-counted[one], one)) if counted else None


class Place(NamedTuple):
    """A report's place in its family."""

    family: str
    copy: Copy


def places(family: Family) -> Iterator[Place]:
    """The places of its reports."""
    return (Place(family.family, copy) for copy in family.reports)


class Origins:
    """Where words come from: those that a report shares with its family come from the family."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {one.copy.report: one for one in places}

    def traced(self, telling: Told) -> Told:
        """The telling with the family as its origin, if at least half of its words are shared; of a report that is mostly shared, also what
        stands in the heading over the shared words."""
        if telling.evidence.report not in self._places:
            return telling
        family, copy = self._places[telling.evidence.report]
        where = telling.evidence.span
        if telling.evidence.field == "title":
            taken = copy.shared >= MOSTLY
        else:
            covered = sum(max(0, min(span.end, where.end) - max(span.start, where.start)) for span in copy.spans)
            heading = copy.shared >= MOSTLY and where.end <= copy.spans[0].start
            taken = heading or 2 * covered >= len(where)
        return replace(telling, evidence=msgspec.structs.replace(telling.evidence, origin=family)) if taken else telling
