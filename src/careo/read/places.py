"""Which place a name stands for, decided within the report: by what stands beside it, the report's other places, and its publisher's country.

Each candidate of the gazetteer gets a number: how likely one means a place of its size, and what in the report speaks for it. The best is
taken where it is ahead of all others by `MARGIN`, places inside each other (a city and its province of one name) being no rivals; else it
is UNSURE, with all that come near. The numbers were set by hand on texts of nine countries. Names of other things («río Magdalena») and
names that the gazetteer does not know are told as unknown.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from careo.model import Mention, Placing, Span, Spot
from careo.read.gazetteer import LAYER, Gazetteer, Known, distance, gazetteer, holds, nested
from careo.read.page import Page
from careo.text import View, fold

MARGIN = 0.9
"""How far the best must be ahead of the next that is not inside it, nor around it."""
ENOUGH = 3.0
"""What the best must have at least: the name of one hamlet, with nothing of its country in the report, may be anything's."""
BESIDE, COUNTRY, REGION, HOME = 5.0, 2.5, 1.5, 1.0
"""What it counts that its container stands beside it, that the report's places are in its country or region, or its publisher is."""
OVERSHADOWS = 20
"""A place so many times as large as its namesake is what is meant, unless more than the country speaks for the other."""
METROPOLIS = 500_000
OWN, WIDE = 2.8, 4.5
"""What a place of our own list counts, whose inhabitants are not known, and an area wider than a country."""
LISTED, LESSER = 1.0, -1.5
"""What it counts that a quarter with inhabitants is on our list, and that a town is mostly called otherwise («Morelos» for «Ecatepec de Morelos»)."""
SHOWN = 6
"""Candidates that are kept of a name that stays open."""
REACH = 60
"""Characters between a place and its container beside it."""

_ENDING = regex.compile(r"(?:\w+[^\S\n]+){1,4}$")
_WORDS = regex.compile(r"\w+|[^\w\s]")


@dataclass
class Group:
    """The mentions of one name that stand for one place; `beside`: next to one of them stands what that lies in, or what lies in it.

    `apart`: it is said to lie in something in which no place of that name lies.
    """

    name: str
    known: tuple[Known, ...]
    mentions: list[Mention]
    beside: bool = False
    apart: bool = False
    best: Known | None = None
    rivals: tuple[Known, ...] = ()
    rule: str = "unknown"
    scores: dict[str, float] = field(default_factory=dict)


def places(page: Page, mentions: Sequence[Mention]) -> tuple[Placing, ...]:
    """The places that the names of one text stand for, in order of their first mention; ids `l1`…"""
    known = gazetteer(page.language)
    if known is None:
        return ()
    names = _Names(page, known)
    groups = names.groups([one for one in mentions if one.kind == "LOCATION" or names.is_site(one)])
    home = (page.region or "").rpartition("-")[2] or None
    votes: Mapping[int, Votes] = {}
    for _ in range(3):
        for i, group in enumerate(groups):
            _decide(group, votes.get(i, Votes()), home)
        votes = {i: Votes.of(other for j, other in enumerate(groups) if j != i) for i in range(len(groups))}
    ordered = sorted(groups, key=lambda group: group.mentions[0].span)
    return tuple(_placing(f"l{n}", group) for n, group in enumerate(ordered, start=1))


# ---------------------------------------------------------------- names and what stands around them


class _Names:
    """The names of one page with their candidates."""

    def __init__(self, page: Page, known: Gazetteer) -> None:
        words = page.language.words
        self.text, self.known = page.text, known
        self.classes = words(LAYER, "class-of").folded()
        self.elsewhere = frozenset(words(LAYER, "elsewhere").folded())
        self.joiners = frozenset(words(LAYER, "joiner").folded())
        self.links = frozenset(words(LAYER, "link").folded())
        self.inside = frozenset(words(LAYER, "inside").folded())
        self.never = frozenset(words(LAYER, "never").folded())

    def groups(self, mentions: Sequence[Mention]) -> list[Group]:
        """One group a name; two where a name stands for one place here and, by what is beside it, for another there."""
        found = [(one, *self._candidates(one)) for one in mentions]
        made: dict[tuple[str, tuple[str, ...]], Group] = {}
        for i, (mention, name, known) in enumerate(found):
            after, before = list(self._beside(i, found, 1)), list(self._beside(i, found, -1))
            meant = tuple(one for one in known if any(holds(spot, one.spot) for spot in after) or any(holds(one.spot, spot) for spot in before))
            key = (fold(name), tuple(one.spot.id for one in meant))
            group = made.setdefault(key, Group(name, meant or known, [], bool(meant)))
            group.apart |= not meant and self._lies_elsewhere(i, found)
            group.mentions.append(mention)
        return list(_gathered(made.values()))

    def is_site(self, mention: Mention) -> bool:
        """Whether what was taken for a body or a thing is a building of our own list: prisons and bases are both."""
        found = self.known.candidates(mention.span.of(self.text)) if mention.kind != "PERSON" else ()
        return bool(found) and all(one.spot.kind in _SITES for one in found)

    def _candidates(self, mention: Mention) -> tuple[str, tuple[Known, ...]]:
        """The name, and the places of that name that are of the kind that the word before it says."""
        said = " ".join(View(mention.span.of(self.text)).text.split())
        word, before = self._before(mention.span)
        whole = self.known.candidates(f"{before} {said}") if before else ()
        if whole:
            return said, whole
        if word in self.elsewhere or fold(said) in self.never:
            return said, ()
        first, _, rest = said.partition(" ")
        found, direct = self.known.candidates(said) or self._named(mention, said), " " not in before
        if not found and fold(first) in self.classes and rest:
            links = rest.split(" ")
            while len(links) > 1 and fold(links[0]) in self.links:
                links.pop(0)
            word, found, direct = fold(first), self.known.candidates(" ".join(links)), " ".join(links) == rest
        kind = self.classes.get(word, "")
        fitting = tuple(one for one in found if one.spot.kind in _FITS.get(kind, frozenset()))
        # «La calle Bolívar» is not the place of that name; «el puerto de Valencia» is in it.
        return said, fitting or (() if kind in _BUILT and direct else found)

    def _named(self, mention: Mention, said: str) -> tuple[Known, ...]:
        """Places of the name without its article, or of the fullest name that its chain has."""
        first, _, rest = said.partition(" ")
        bare = self.known.candidates(rest) if fold(first) in self.links else ()
        return bare or (self.known.candidates(mention.name) if len(mention.name) > len(said) else ())

    def _before(self, span: Span) -> tuple[str, str]:
        """The word before a name, small words left out, and what stands from it on up to the name."""
        before = _ENDING.search(self.text, max(0, span.start - REACH), span.start)
        words = before.group().split() if before else []
        last = next((i for i in range(len(words) - 1, -1, -1) if fold(words[i]) not in self.links), None)
        return (fold(words[last]), " ".join(words[last:])) if last is not None else ("", "")

    def _beside(self, i: int, found: Sequence[tuple[Mention, str, tuple[Known, ...]]], step: int) -> Iterator[Spot]:
        """The candidates of the names right after (or before) a name that has several: «Mérida, estado de Yucatán, México»."""
        several = len(found[i][2]) > 1
        for j in range(i + step, i + 3 * step, step) if several else ():
            if not 0 <= j < len(found) or not self._joined(*sorted((found[j - step][0].span, found[j][0].span))):
                return
            yield from (one.spot for one in found[j][2])

    def _lies_elsewhere(self, i: int, found: Sequence[tuple[Mention, str, tuple[Known, ...]]]) -> bool:
        """«Una casa de X, en Y», where the gazetteer has X only somewhere else."""
        if i + 1 == len(found) or not found[i][2] or not self._joined(found[i][0].span, found[i + 1][0].span):
            return False
        between = set(_WORDS.findall(fold(self.text[found[i][0].span.end : found[i + 1][0].span.start])))
        holders = [one for one in found[i + 1][2] if one.people >= METROPOLIS]
        return bool(holders) and bool(between & self.inside) and not any(_near(one.spot, other.spot) for one in holders for other in found[i][2])

    def _joined(self, left: Span, right: Span) -> bool:
        """Whether between two names stand only words that put one into the other."""
        between = self.text[left.end : right.start]
        if len(between) > REACH or "\n" in between or not between.strip():
            return False
        return all(word in self.joiners for word in _WORDS.findall(fold(between)))


_BUILT = frozenset({"site", "quarter", "prison", "base"})
_SITES = frozenset({"site", "prison", "base"})
_FITS = {
    "region": frozenset({"region"}),
    "town": frozenset({"town", "quarter"}),
    "quarter": frozenset({"quarter", "site"}),
    "prison": frozenset({"prison"}),
    "base": frozenset({"base"}),
    "site": frozenset({"site"}),
    "country": frozenset({"country"}),
}


def _gathered(groups: Iterable[Group]) -> Iterable[Group]:
    """Mentions with nothing beside them go with those of the same name that have, where these stand for one place only."""
    named: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        named[fold(group.name)].append(group)
    for alike in named.values():
        told = [group for group in alike if group.beside]
        bare = [group for group in alike if not group.beside]
        if len(told) == 1:
            for group in bare:
                told[0].mentions += group.mentions
            told[0].mentions.sort(key=lambda one: one.span)
            bare = []
        yield from (*told, *bare)


# ---------------------------------------------------------------- deciding


@dataclass
class Votes:
    """How much of a report's other places lies in each country and in each region or town."""

    total: float = 0.0
    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    areas: set[str] = field(default_factory=set)

    @staticmethod
    def of(groups: Iterable[Group]) -> Votes:
        """The votes of the names that are decided."""
        votes = Votes()
        for group in groups:
            if group.best and group.best.spot.country:
                weight = math.sqrt(len(group.mentions))
                votes.total += weight
                votes.countries[group.best.spot.country] += weight
                votes.areas |= {group.best.spot.id, *(area.id for area in group.best.spot.within if area.kind != "country")}
        return votes

    def share(self, country: str | None) -> float:
        """The share of a country, the smaller the less there is to go by."""
        return self.countries.get(country or "", 0.0) / (self.total + 0.5)


def size(one: Known) -> float:
    """How likely one means a place of that kind and size, other things being equal."""
    people = math.log10(one.people + 100)
    if one.spot.kind == "country":
        return 0.8 * people
    if one.spot.kind == "region":
        return 2.5 + 0.3 * people
    if one.spot.kind == "area":
        return WIDE
    if one.spot.id.startswith("geonames:"):
        return 0.7 * people + LESSER * one.lesser
    return 0.7 * people + LISTED if one.people else OWN


def _decide(group: Group, votes: Votes, home: str | None) -> None:
    """Set what the group stands for, or what it may stand for, and by which reason."""
    group.best, group.rivals = None, ()
    if not group.known:
        return
    scores = {one.spot.id: _score(one, group, votes, home) for one in group.known}
    ordered = sorted(group.known, key=lambda one: (-scores[one.spot.id], -one.people, one.spot.id))
    first = ordered[0]
    near = [one for one in ordered if scores[first.spot.id] - scores[one.spot.id] < MARGIN]
    group.rivals = tuple(ordered[:SHOWN])
    if any(not _of_one(one, first) for one in near[1:]):
        group.rule = "even"
        group.rivals = tuple(near[:SHOWN])
    elif group.apart:
        group.rule = "apart"
    elif scores[first.spot.id] < ENOUGH and not _stands_alone(first, group):
        group.rule = "small"
    elif not _among(first.spot, votes) and _overshadowed(first, group):
        group.rule = "overshadowed"
    else:
        group.best = _meant(first, ordered)
        group.rule = _reason(group.best, group, votes, home)


def _score(one: Known, group: Group, votes: Votes, home: str | None) -> float:
    score = size(one) + (BESIDE if group.beside else 0.0)
    if one.spot.kind != "country":
        score += COUNTRY * votes.share(one.spot.country)
        score += REGION * _among(one.spot, votes)
        score += HOME * (one.spot.country == home)
    return score


def _among(spot: Spot, votes: Votes) -> bool:
    """Whether another place of the report lies in it, or in the region or town in which it lies."""
    return spot.id in votes.areas or any(area.id in votes.areas for area in spot.within if area.kind != "country")


def _near(holder: Spot, spot: Spot) -> bool:
    return holds(holder, spot) or (holder.country == spot.country and distance(holder, spot) <= holder.km + spot.km)


def _of_one(one: Known, other: Known) -> bool:
    return one.spot.id == other.spot.id or nested(one.spot, other.spot)


def _stands_alone(first: Known, group: Group) -> bool:
    """Whether the name needs nothing that speaks for it: a country's, or the only place of that name and on our own list."""
    return first.spot.kind == "country" or (len(group.known) == 1 and not first.spot.id.startswith("geonames:"))


def _overshadowed(first: Known, group: Group) -> bool:
    """Whether a metropolis of another country bears the name of a small place: the country alone does not make it the small one."""
    if group.beside or first.spot.kind != "town":
        return False
    return any(
        one.people >= METROPOLIS and one.people > OVERSHADOWS * first.people and one.spot.country != first.spot.country and one.spot.kind == "town"
        for one in group.known
    )


def _meant(first: Known, ordered: Sequence[Known]) -> Known:
    """Of places inside each other: the country; a large town before its region, for that is what one calls by the name alone."""
    alike = [one for one in ordered if _of_one(one, first)]
    countries = [one for one in alike if one.spot.kind == "country"]
    towns = [one for one in alike if one.spot.kind == "town" and size(one) > size(first) - 1]
    return countries[0] if countries else towns[0] if towns and first.spot.kind == "region" else first


_WHY = {
    "beside": "beside it stands what it lies in, or what lies in it",
    "region": "other places of the report lie in its region or in it",
    "country": "other places of the report lie in its country",
    "home": "it lies in the publisher's country",
    "largest": "by far the largest of that name",
    "only": "the only place of that name that is known",
    "even": "several are as likely",
    "small": "only small places are known by that name, and nothing in the report speaks for them",
    "overshadowed": "a small place of the report's country and a far larger one abroad bear the name",
    "apart": "it is said to lie where no place of that name is known",
    "unknown": "no place of that name is known",
}


def _reason(best: Known, group: Group, votes: Votes, home: str | None) -> str:
    """What spoke for it most."""
    if group.beside:
        return "beside"
    if len([one for one in group.known if not _of_one(one, best)]) == 0:
        return "only"
    if best.spot.kind != "country" and _among(best.spot, votes):
        return "region"
    if best.spot.kind != "country" and votes.share(best.spot.country) >= 0.4:
        return "country"
    return "home" if home == best.spot.country else "largest"


def _placing(ident: str, group: Group) -> Placing:
    spans = tuple(one.span for one in group.mentions)
    best = group.best
    candidates = () if best else tuple(one.spot for one in group.rivals)
    judgement = "SAME" if best else "UNSURE"
    return Placing(ident, group.name, spans, judgement, _WHY[group.rule], f"{LAYER}/{group.rule}", best.spot if best else None, candidates)  # type: ignore[arg-type]
