"""One statement told many times: truncated, in other words, direct in one report and indirect in another; linked with a reason.

Words are compared by their first letters, which inflection leaves alone («nos quieren asesinar», «que los querían asesinar»). The
same words from two mouths are two statements.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import regex

from careo import edtf
from careo.collate.chronology import Page, given
from careo.collate.clusters import ids
from careo.collate.entities import ChainKey, fields, line
from careo.model import Anchor, Evidence, Link, Manner, Quotation, Report, Span, Statement, Variant
from careo.text import fold

RUN = 5
"""Words in a row that two tellings share only if one statement stands behind both."""

LONG_RUN = 8
"""Words in a row that are enough even where one of the reports does not say whose they are."""

STEM, SHORTEST = 5, 4
"""Letters by which a word is compared, and those that a word must have to be compared."""

COMMON, MOST = 4, 0.6
"""Words that reworded tellings share at least, and the share of the shorter one's words from which they are one."""

NEAR = 3
"""Days between two reports in which other words may still tell the same statement."""

KEYS = 12
"""Words of a telling, those with the lowest hashes, by which tellings in other words are found."""

CEILING = 200
"""Tellings of one key beyond this number, in order of place, are not compared."""

MANNERS: tuple[Manner, ...] = ("direct", "mixed", "indirect")

_WORD = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Saying:
    """A quotation as one report gives it: its words, who says them there, and where they stand."""

    anchor: Anchor
    speaker: str | None
    chain: ChainKey | None
    content: tuple[Span, ...]
    manner: Manner
    words: tuple[str, ...]
    evidence: Evidence
    said: str | None = None
    entity: str | None = None

    def resolved(self, entity_of: Mapping[ChainKey, str]) -> Saying:
        """The saying with who says it across reports."""
        return replace(self, entity=entity_of.get(self.chain) if self.chain else None)


def sayings(report: Report) -> tuple[Saying, ...]:
    """The quotations of one report, in order of place."""
    made = []
    for field, text, layers in fields(report):
        page = Page(report, field, text, layers)
        made += [_saying(page, quotation) for quotation in layers.quotations if quotation.content]
    return tuple(sorted(made, key=lambda one: one.anchor))


def _saying(page: Page, quotation: Quotation) -> Saying:
    document, whole = page.report.document.id, Span(quotation.content[0].start, quotation.content[-1].end)
    speaker = line(quotation.speaker) if quotation.speaker else None
    return Saying(
        Anchor(document, page.field, "quotations", whole.start, whole.end),
        speaker,
        (document, page.field, quotation.speaker_chain) if quotation.speaker_chain else None,
        quotation.content,
        quotation.manner,
        tuple(word for span in quotation.content for word in _WORD.findall(fold(span.of(page.text)))),
        page.evidence(whole, quotation.cue or whole, (speaker,) if speaker else ()),
        quotation.said if quotation.said and edtf.is_edtf(quotation.said) else None,
    )


# ---------------------------------------------------------------- which tellings are of one statement


@dataclass(frozen=True, slots=True)
class Compared:
    """A saying as it is compared: who says it across reports, the beginnings of its words, its runs of words, and its days."""

    saying: Saying
    speaker: str | None
    stems: frozenset[str]
    runs: frozenset[tuple[str, ...]]
    days: tuple[date, date] | None
    told: date | None


def compared(saying: Saying) -> Compared:
    """A saying made ready to be compared, as `Saying.resolved` gives it."""
    words, told = saying.words, given(saying.evidence)
    length = min(RUN, len(words))
    return Compared(
        saying,
        saying.entity or (fold(saying.speaker) if saying.speaker else None),
        frozenset(word[:STEM] for word in words if len(word) >= SHORTEST),
        frozenset(words[at : at + length] for at in range(len(words) - length + 1)),
        edtf.bounds(saying.said) if saying.said else None,
        edtf.bounds(told)[1] if told and edtf.is_edtf(told) else None,
    )


def saying_keys(one: Compared) -> Iterator[str]:
    """Sayings that share one of these keys are compared: a run of words, or a word from one mouth."""
    for run in sorted(one.runs):
        yield " ".join(run) if len(run) == RUN else f"{one.speaker}\0{' '.join(run)}"
    if one.speaker:
        for stem in sorted(one.stems, key=lambda stem: (zlib.crc32(stem.encode()), stem))[:KEYS]:
            yield f"{one.speaker}\0{stem}\0"


class SayingLinker:
    """Links sayings that share a key. What it once found of two it knows for the other keys that they share."""

    def __init__(self) -> None:
        self._known: dict[tuple[Anchor, Anchor], Link | None] = {}

    def __call__(self, _key: str, alike: Sequence[Compared]) -> Iterator[Link]:
        """Links between the sayings that share a key."""
        ordered = sorted(alike, key=lambda one: one.saying.anchor)
        links = (self._link(left, right) for left, right in combinations(ordered, 2))
        return (one for one in links if one is not None)

    def _link(self, left: Compared, right: Compared) -> Link | None:
        pair = left.saying.anchor, right.saying.anchor
        if pair not in self._known:
            self._known[pair] = link(left, right)
        return self._known[pair]


def link(left: Compared, right: Compared) -> Link | None:
    """What makes the two one statement; None where nothing does, or two are known to have said it."""
    if left.saying.anchor == right.saying.anchor or (left.speaker and right.speaker and left.speaker != right.speaker):
        return None
    shorter = min(len(left.saying.words), len(right.saying.words))
    run = 0 if shorter >= RUN and left.runs.isdisjoint(right.runs) else longest_run(left.saying.words, right.saying.words)
    if left.speaker is None or right.speaker is None:
        return _link(left, right, 0.9, "the same words; one of the reports does not say whose") if run >= LONG_RUN else None
    if run >= min(RUN, shorter):
        return _link(left, right, 0.95, "the same words of the same speaker")
    common = len(left.stems & right.stems) if _of_one_time(left, right) else 0
    reworded = common >= COMMON and common / min(len(left.stems), len(right.stems)) >= MOST
    return _link(left, right, 0.8, "the same speaker, in other words, within days") if reworded else None


def _of_one_time(left: Compared, right: Compared) -> bool:
    """Whether the two may tell one statement in other words: in two reports of the same days, and not said at different times."""
    if left.saying.evidence.report == right.saying.evidence.report or left.told is None or right.told is None:
        return False
    apart = left.days and right.days and (left.days[0] > right.days[1] or right.days[0] > left.days[1])
    return not apart and abs((left.told - right.told).days) <= NEAR


def _link(left: Compared, right: Compared, score: float, why: str) -> Link:
    return Link(left.saying.anchor, right.saying.anchor, "quotation", "SAME", score, why)


def longest_run(left: Sequence[str], right: Sequence[str]) -> int:
    """The number of words in the longest run that stands in both, in order."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(right):
        places[word].append(at)
    longest, before = 0, dict[int, int]()
    for word in left:
        before = {at: before.get(at - 1, 0) + 1 for at in places.get(word, ())}
        longest = max(longest, *before.values()) if before else longest
    return longest


# ---------------------------------------------------------------- statements


def statement(members: Sequence[Saying]) -> Statement:
    """One statement of the sayings of a cluster: its variants as they were first told, the fullest of them and the first."""
    ordered = sorted(members, key=lambda one: (_day(one), one.anchor))
    fullest = max(ordered, key=lambda one: (len(one.words), -MANNERS.index(one.manner)))
    entities = Counter(one.entity for one in ordered if one.entity)
    entity = max(entities, key=lambda one: (entities[one], one)) if entities else None
    speaker = next((one.speaker for one in ordered if one.speaker), None)
    return Statement(
        id=ids(one.anchor for one in ordered)[0],
        speaker=speaker,
        entity=entity,
        fullest=_variant(fullest),
        first=_variant(ordered[0]),
        variants=tuple(_variant(one) for one in ordered),
        origins=len({one.evidence.origin for one in ordered}),
        reports=len({one.evidence.report for one in ordered}),
    )


def _variant(one: Saying) -> Variant:
    return Variant(one.evidence.report, one.evidence.field, one.content, one.manner, one.evidence)


def _day(one: Saying) -> str:
    told = one.said or given(one.evidence)
    return edtf.bounds(told)[0].isoformat() if told and edtf.is_edtf(told) else "9999"


def order(one: Statement) -> tuple[str, str, int, str]:
    """How statements stand: by the day they were first given, then as the reports tell them."""
    told = given(one.first.evidence)
    day = edtf.bounds(told)[0].isoformat() if told and edtf.is_edtf(told) else "9999"
    return day, one.first.report, one.first.content[0].start, one.id
