"""Who is who across reports: which namings may be of one person, body or place, how likely, and why in words. Links only; nothing is merged.

Three steps, each a pure function of what it is handed. `Linker.rows` takes the names of one report apart. `Linker.equal` links namings of an equal
name, each to the first. `Linker.block` compares unequal names that share a key, once each pair of names: `names.compare` says what two names have
in common, and the two reports that speak most for it add the rest: the same week, the same office, the same company.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import NamedTuple

from careo.collate.clusters import short_id
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
    company: frozenset[str]
    offices: frozenset[str]
    day: date | None
    region: str | None


class Group(NamedTuple):
    """An equal name with all its rows, in order of place, and the blocks in which it is compared with others."""

    name: Name
    rows: tuple[Row, ...]
    keys: frozenset[str] = frozenset()


class Equal(NamedTuple):
    """What `equal` makes of one name."""

    links: tuple[Link, ...]
    group: Group


class Block(NamedTuple):
    """What `block` makes of one key; `left_out`: how many names were too many."""

    links: tuple[Link, ...]
    left_out: int


@dataclass(frozen=True)
class Linker:
    """The steps, with what is known of names."""

    know: Knowledge

    # ------------------------------------------------------------ the names of one report

    def rows(self, namings: Sequence[Naming]) -> tuple[list[Row], list[Link]]:
        """The names of one report; and links between two of its namings where it says itself that one is the other's by-name («alias»)."""
        named = [(naming, tuple(self._names(naming))) for naming in namings]
        company = frozenset(name.key for _, names in named for name in names if self._tells(name))
        made = [
            Row(naming.anchor, name, names, company, (naming.near & self.know.title) - self.know.kin, naming.day, naming.region)
            for naming, names in named
            for name in names
        ]
        return made, [self._by_name(naming, other) for naming in namings for words, other in naming.joints if fold(words) in self.know.alias]

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

    def equal(self, key: str, rows: Sequence[Row]) -> Equal:
        """Links between the rows of one name, each to the first: star-wise, so that a name that stands in all reports costs no more than they are."""
        placed = tuple(sorted({row.anchor: row for row in rows}.values(), key=lambda row: row.anchor))
        name = placed[0].name
        if name.kind == "PERSON" and name.form == "plain" and len(name.words) == 1:
            return Equal((), Group(name, placed))
        links = (self._equal(placed[0], row) for row in placed[1:])
        return Equal(tuple(link for link in links if link), Group(name, placed, frozenset(keys(name, self.know))))

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

    def block(self, key: str, groups: Sequence[Group]) -> Block:
        """Links between unequal names that share `key`, if it is the first that they share. Of too many those with the least hash are compared."""
        chosen = list(groups)
        if len(groups) > FULL:
            chosen = sorted(groups, key=lambda group: (short_id(group.rows[0].anchor), group.name.key))[:FULL]
        chosen.sort(key=lambda group: group.name.key)
        found = []
        for one, other in combinations(chosen, 2):
            if min(one.keys & other.keys) == key and (likeness := compare(one.name, other.name, self.know)) is not None:
                found.append((one, other, likeness))
        doubtful = self._doubtful(found)
        links = (self._judged(one, other, likeness, doubtful) for one, other, likeness in found)
        return Block(tuple(link for link in links if link), len(groups) - len(chosen))

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

    def _judged(self, one: Group, other: Group, likeness: Likeness, doubtful: dict[str, str]) -> Link | None:
        if likeness.different:
            left, right = one.rows[0], other.rows[0]
            return Link(left.anchor, right.anchor, "entity", "DIFFERENT", 0.9, f"{likeness.why}: {one.name.text}, {other.name.text}")
        short = min((one.name, other.name), key=lambda name: len(name.words))
        more, reasons, left, right = self._best(one, other)
        score, why = min(likeness.base + more, SURE), [likeness.why, *reasons]
        against = [doubtful[short.key]] if short.key in doubtful and len(one.name.words) != len(other.name.words) else []
        if _told_apart(one, other):
            against.append("one report names both")
        if against:
            score = min(score, SAME - 0.1)
        return _link(left, right, score, f"{'; '.join(why + against)}: {left.name.text}, {right.name.text}")

    def _best(self, one: Group, other: Group) -> tuple[float, tuple[str, ...], Row, Row]:
        """The two rows that speak most for the names being one, and what they add."""
        best: tuple[float, tuple[str, ...], Row, Row] | None = None
        for left, right in product(_sample(one), _sample(other)):
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


def _sample(group: Group) -> list[Row]:
    """Some of the rows, chosen by a hash of their place: the same for any order of arrival."""
    if len(group.rows) <= SAMPLE:
        return list(group.rows)
    return sorted(group.rows, key=lambda row: short_id(row.anchor))[:SAMPLE]


def _told_apart(one: Group, other: Group) -> bool:
    """Whether one text has both names and takes them for two."""
    places = {(row.anchor.document, row.anchor.field): row.anchor for row in one.rows}
    return any(places.get((row.anchor.document, row.anchor.field), row.anchor) != row.anchor for row in other.rows)


def _two_names(first: Row, row: Row) -> bool:
    """Whether both reports write the acronym out, and the two long names share no word."""
    ours, theirs = ({word for name in one.others if len(name.words) > 1 for word in name.words} for one in (first, row))
    return bool(ours) and bool(theirs) and not ours & theirs
