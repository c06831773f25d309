"""Who is who across reports: which namings may be of one person, body or place, how likely, and why in words. Links only; nothing is merged.

Steps, each a pure function of what it is handed. `Linker.named` takes the names of one report apart. `Linker.equal` links namings of an equal
name, each to the first. `Linker.block` compares unequal names that share a key, once each pair of names: `names.compare` says what two names have
in common, and the two reports that speak most for it add the rest: the same week, the same office, the same company.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations, product
from typing import NamedTuple

from careo.collate.clusters import part, short_id
from careo.collate.entities import Naming, line
from careo.model import Anchor, Link, Verdict
from careo.names import Knowledge, Likeness, Name, compare, forms, is_generic, keys
from careo.text import fold

SAME, OPEN = 0.7, 0.5
"""From which score on two are the same; from which on it is asked."""

WEEK, SEASON, COMPANY, OFFICE, SURE = 0.1, 0.05, 0.1, 0.15, 0.95
"""What is added for reports of one week, of 90 days, for each other name that both have (two count), for the same office; and the most in all."""

FULL, SAMPLE = 200, 8
"""Names that are compared with each other in one block, and reports that are looked at of each name; more are left out by a hash of what they are."""


@dataclass(frozen=True, slots=True)
class Row:
    """One name that one report gives to somebody, with what it says around. `company`: all names of the report that say something."""

    anchor: Anchor
    name: Name
    others: tuple[Name, ...]
    offices: frozenset[str]
    day: date | None
    region: str | None
    company: frozenset[str] = frozenset()

    @property
    def part(self) -> str:
        """The key of some of the rows of its name."""
        return part(self.name.key, self.anchor.document)


class Named(NamedTuple):
    """The names of one report, and those of its namings of which it says itself that they are one («alias»)."""

    document: str
    rows: tuple[Row, ...]
    company: frozenset[str]
    by_names: tuple[Link, ...]

    def whole(self) -> Iterator[Row]:
        """The rows, each with its company."""
        return (replace(row, company=self.company) for row in self.rows)


class Brief(NamedTuple):
    """Of the rows of an equal name the first, and a sample; of some of them, or of all."""

    first: Row
    sample: tuple[Row, ...]


class First(NamedTuple):
    """The first row of a name, to which all others are linked."""

    row: Row
    parts: tuple[str, ...]


class Group(NamedTuple):
    """A name as it is compared with others, and the blocks in which it is."""

    brief: Brief
    keys: frozenset[str]

    @property
    def name(self) -> Name:
        """The name."""
        return self.brief.first.name


class Apart(NamedTuple):
    """Two names, by their keys, that one text has both and takes for two; `key`: the block in which they are compared."""

    key: str
    one: str
    other: str


class Block(NamedTuple):
    """What `block` makes of one key; `left_out`: how many names were too many."""

    links: tuple[Link, ...]
    left_out: int


@dataclass(frozen=True)
class Linker:
    """The steps, with what is known of names."""

    know: Knowledge
    _keys: dict[Name, frozenset[str]] = field(default_factory=dict)

    # ------------------------------------------------------------ the names of one report

    def named(self, document: str, namings: Sequence[Naming]) -> Iterator[Named]:
        """The names of one report."""
        ordered = sorted(namings, key=lambda one: (one.anchor, one.chain))
        known = [(naming, tuple(self._names(naming))) for naming in ordered]
        company = frozenset(name.key for _, names in known for name in names if self._tells(name))
        rows = tuple(
            Row(naming.anchor, name, names, (naming.near & self.know.title) - self.know.kin, naming.day, naming.region)
            for naming, names in known
            for name in names
        )
        by_names = (self._by_name(naming, other) for naming in ordered for words, other in naming.joints if fold(words) in self.know.alias)
        yield Named(document, rows, company, tuple(by_names))

    def apart(self, _document: str, named: Sequence[Named]) -> Iterator[Apart]:
        """The unequal names that one text has both, and takes for two."""
        found = set()
        for one, other in combinations((row for made in named for row in made.rows), 2):
            shared = self.keys(one.name) & self.keys(other.name)
            if shared and one.anchor != other.anchor and one.anchor.field == other.anchor.field and one.name.key != other.name.key:
                found.add(Apart(min(shared), *sorted((one.name.key, other.name.key))))
        yield from sorted(found)

    def _names(self, naming: Naming) -> Iterator[Name]:
        if naming.called:
            yield from forms(naming.called, naming.kind, self.know)
        elif naming.related:
            words = fold(line(naming.name)).split()
            yield Name(naming.kind, naming.name, tuple(words[1:] if words[0] in self.know.article else words), "kin")

    def _tells(self, name: Name) -> bool:
        """Whether two reports that have the name both are likelier to tell of the same: no bare surname, and nothing that stands in every paper."""
        words = " ".join(name.words)
        return (
            words not in self.know.known
            and words not in self.know.place
            and (name.kind != "PERSON" or (len(name.words) > 1 and name.form != "given"))
            and not self._vague(name)
        )

    def _vague(self, name: Name) -> bool:
        return len(name.words) == 1 and is_generic(name, self.know)

    @staticmethod
    def _by_name(naming: Naming, other: Anchor) -> Link:
        return Link(other, naming.anchor, "entity", "SAME", SURE, f"the report says so: {naming.name}")

    # ------------------------------------------------------------ equal names

    def brief(self, _part: str, rows: Sequence[Row]) -> Iterator[Brief]:
        """Some of the rows of a name in brief."""
        yield _brief(rows)

    def first(self, key: str, briefs: Sequence[Brief]) -> Iterator[First]:
        """The first row of a name."""
        first = min((brief.first for brief in briefs), key=lambda row: row.anchor)
        if not _is_bare(first.name):
            yield First(first, tuple(sorted({brief.first.part for brief in briefs})))

    def group(self, key: str, briefs: Sequence[Brief]) -> Iterator[Group]:
        """A name as it is compared with others."""
        brief = _brief([row for one in briefs for row in (one.first, *one.sample)])
        if known := self.keys(brief.first.name):
            yield Group(brief, known)

    def keys(self, name: Name) -> frozenset[str]:
        """The blocks in which a name is compared with others; a bare surname is never, across reports."""
        if name not in self._keys:
            self._keys[name] = frozenset() if _is_bare(name) else frozenset(keys(name, self.know))
        return self._keys[name]

    def equal(self, _part: str, rows: Sequence[Row], firsts: Sequence[First]) -> Iterator[Link]:
        """Links between the rows of one name and its first: star-wise, so that a name that stands in all reports costs no more than they are."""
        for first in firsts:
            placed = {row.anchor: row for row in rows}
            links = (self._equal(first.row, placed[anchor]) for anchor in sorted(placed) if anchor != first.row.anchor)
            yield from (link for link in links if link)

    def _equal(self, first: Row, row: Row) -> Link | None:
        """What an equal name alone is worth, with what the two reports add where that is not enough."""
        base, why = self._worth(first, row)
        if base < SAME:
            more, reasons = self._context(first, row)
            base, why = min(base + more, SURE), "; ".join((why, *reasons))
        return _link(first, row, base, f"{why}: {row.name.text}")

    def _worth(self, first: Row, row: Row) -> tuple[float, str]:
        name = first.name
        country = first.region is None or row.region is None or first.region == row.region
        many = len(name.words) > 1
        if name.form == "kin":
            return (0.8, "the same relative") if name.words[0] in self.know.only_kin else (OPEN, "a relative who may be another")
        if name.form == "handle":
            return SURE, "the same account"
        if name.form == "nickname":
            return 0.6, "the same by-name"
        if name.form == "given":
            return 0.55, "the same given names, without a surname"
        if name.form == "acronym":
            return (OPEN, "the same letters for two long names") if _two_names(first, row) else (0.9, "the same acronym")
        if is_generic(name, self.know):
            if many:
                return (0.85, "the same full name") if country else (OPEN, "the same name in two countries")
            return (OPEN, "the same single word, which many bodies bear") if first.region == row.region else (0.0, "")
        if name.kind == "LOCATION" and not country and " ".join(name.words) not in self.know.place:
            return OPEN, "the same name in two countries"
        return min(0.82 + 0.04 * len(name.words), SURE), "the same full name" if many else "the same name"

    # ------------------------------------------------------------ unequal names

    def block(self, key: str, groups: Sequence[Group], apart: Sequence[Apart]) -> Iterator[Block]:
        """Links between unequal names that share `key`, if it is the first that they share. Of too many those with the least hash are compared."""
        chosen = sorted(groups, key=lambda group: (short_id(group.brief.first.anchor), group.name.key))[:FULL]
        chosen.sort(key=lambda group: group.name.key)
        found = []
        for one, other in combinations(chosen, 2):
            if min(one.keys & other.keys) == key and (likeness := compare(one.name, other.name, self.know)) is not None:
                found.append((one, other, likeness))
        doubtful, two = self._doubtful(found), {(one.one, one.other) for one in apart}
        links = (self._judged(one, other, likeness, doubtful, (one.name.key, other.name.key) in two) for one, other, likeness in found)
        made = Block(tuple(link for link in links if link), len(groups) - len(chosen))
        if made.links or made.left_out:
            yield made

    def _doubtful(self, found: Sequence[tuple[Group, Group, Likeness]]) -> dict[str, str]:
        """The short names that fit two names which cannot be one, with these."""
        longer: dict[str, list[Name]] = defaultdict(list)
        for one, other, likeness in found:
            if not likeness.different and len(one.name.words) != len(other.name.words):
                short, long = sorted((one.name, other.name), key=lambda name: len(name.words))
                longer[short.key].append(long)
        made: dict[str, str] = {}
        for key, names in longer.items():
            for a, b in combinations(names, 2):
                between = compare(a, b, self.know)
                if between is not None and between.different:
                    made.setdefault(key, f"fits two who cannot be one: {a.text}, {b.text}")
        return made

    def _judged(self, one: Group, other: Group, likeness: Likeness, doubtful: dict[str, str], apart: bool) -> Link | None:
        if likeness.different:
            left, right = one.brief.first, other.brief.first
            return Link(left.anchor, right.anchor, "entity", "DIFFERENT", 0.9, f"{likeness.why}: {one.name.text}, {other.name.text}")
        short = min((one.name, other.name), key=lambda name: len(name.words))
        more, reasons, left, right = self._best(one, other)
        score, why = min(likeness.base + more, SURE), [likeness.why, *reasons]
        against = [doubtful[short.key]] if short.key in doubtful and len(one.name.words) != len(other.name.words) else []
        if apart:
            against.append("one report names both")
        if against:
            score = min(score, SAME - 0.1)
        return _link(left, right, score, f"{'; '.join(why + against)}: {left.name.text}, {right.name.text}")

    def _best(self, one: Group, other: Group) -> tuple[float, tuple[str, ...], Row, Row]:
        """The two rows that speak most for the names being one, and what they add."""
        best: tuple[float, tuple[str, ...], Row, Row] | None = None
        for left, right in product(one.brief.sample, other.brief.sample):
            more, reasons = self._context(left, right)
            if best is None or more > best[0]:
                best = (more, reasons, left, right)
        assert best is not None
        return best

    def _context(self, left: Row, right: Row) -> tuple[float, tuple[str, ...]]:
        """What two reports add to a likeness of names, and the reasons. Two namings of one text add nothing: the reader has told them apart."""
        if (left.anchor.document, left.anchor.field) == (right.anchor.document, right.anchor.field):
            return 0.0, ()
        more, reasons = 0.0, []
        if left.day and right.day:
            apart = abs((left.day - right.day).days)
            if apart <= 7 and left.anchor.document != right.anchor.document:
                more, reasons = WEEK, ["the same week"]
            elif apart <= 90:
                more, reasons = SEASON, ["within 90 days"]
        own = {name.key for row in (left, right) for name in row.others}
        shared = [key for key in left.company & right.company if key not in own]
        if shared:
            more += COMPANY * min(2, len(shared))
            reasons.append("in the company of the same names")
        if offices := left.offices & right.offices:
            more += OFFICE
            reasons.append(f"the same office ({min(offices)})")
        return more, tuple(reasons)


def _link(left: Row, right: Row, score: float, why: str) -> Link | None:
    verdict: Verdict = "SAME" if score >= SAME - 1e-9 else "UNSURE"
    if score < OPEN - 1e-9 or left.anchor == right.anchor:
        return None
    return Link(left.anchor, right.anchor, "entity", verdict, round(score, 2), why)


def _brief(rows: Iterable[Row]) -> Brief:
    """The first row, and a sample chosen by a hash of their place: the same for any order of arrival."""
    placed = {row.anchor: row for row in rows}
    sample = sorted(placed, key=short_id)[:SAMPLE] if len(placed) > SAMPLE else placed
    return Brief(placed[min(placed)], tuple(placed[anchor] for anchor in sorted(sample)))


def _is_bare(name: Name) -> bool:
    """Whether it is one word that many people may be called by."""
    return name.kind == "PERSON" and name.form == "plain" and len(name.words) == 1


def _two_names(first: Row, row: Row) -> bool:
    """Whether both reports write the acronym out, and the two long names share no word."""
    ours, theirs = ({word for name in one.others if len(name.words) > 1 for word in name.words} for one in (first, row))
    return bool(ours) and bool(theirs) and not ours & theirs
