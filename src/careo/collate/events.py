"""Tellings of one happening: the same kind, time, place and people; linked with a reason, never merged.

Figures of people harmed are linked by the same rules, each kind of harm for itself. What one asserts and another only alleges stays
apart; what one denies joins what it denies, and makes it disputed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import regex

from careo import edtf
from careo.collate.chronology import Telling
from careo.collate.places import Sited
from careo.model import Link, Status, Verdict
from careo.text import fold

SURE = 0.7
"""The score from which two tellings are one happening."""

DOUBTFUL = 0.5
"""The score from which it is asked whether they are; below it nothing is linked."""

NEAR = 7
"""Days after a happening within which a report that names its place, and no date, is taken to tell of it."""

MANIFOLD = frozenset({"attack", "clash", "protest", "raid", "looting", "blockade", "deployment"})
"""Kinds of which one may have several targets: what the same people attack on one day, one report tells in detail."""

COMMON = 3
"""Words in common that say something; a denial that names none of the people is set against nothing with fewer."""

FOREVER = frozenset({"death"})
"""What befalls a person once: two reports that date it differently tell of one happening, and contradict each other."""

ONCE = FOREVER | {"disappearance", "kidnapping", "rescue", "release", "detention", "resignation", "injury"}
"""What befalls a person once in `SOON` days."""

SOON = 3
"""Days within which a person is not taken, set free or hurt again."""

INTENDED: Status = "announced"

CEILING = 300
"""Tellings of one key beyond this number, in order of place, are not compared."""

STEM = 5
"""Letters by which words for who is attacked are compared."""

_WORD = regex.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class Compared:
    """A telling as it is compared: its days, the day it was published, who takes part, to whom by name it happened, its place and words."""

    telling: Telling
    days: tuple[date, date] | None
    published: date | None
    people: frozenset[str]
    named: frozenset[str]
    persons: frozenset[str]
    agents: frozenset[str]
    places: Sited
    lead: Sited
    words: frozenset[str]

    @property
    def kind(self) -> str:
        """The kind by which it is compared: a killing of which nobody is said to be the doer is the death that others tell of."""
        return "death" if self.telling.kind == "killing" and self.telling.status == "asserted" and not self._done else self.telling.kind

    @property
    def _done(self) -> bool:
        return any(one.role == "agent" for one in self.telling.participants)

    @property
    def harmed(self) -> bool:
        """Whether it says to whom it happened."""
        return any(one.role == "patient" for one in self.telling.participants)

    @property
    def counted(self) -> bool:
        """Whether it tells of a number of people."""
        return self.telling.figure is not None


def compared(telling: Telling) -> Compared:
    """A telling made ready to be compared, as `Telling.resolved` gives it."""
    published = telling.evidence.said or telling.evidence.published
    return Compared(
        telling,
        edtf.bounds(telling.when) if telling.when else None,
        edtf.bounds(published)[1] if published and edtf.is_edtf(published) else None,
        _entities(telling, None),
        _entities(telling, "patient"),
        telling.people("patient"),
        _entities(telling, "agent"),
        telling.places,
        telling.lead,
        frozenset(_WORD.findall(fold(telling.evidence.exact))),
    )


def _entities(telling: Telling, role: str | None) -> frozenset[str]:
    return frozenset(one.entity for one in telling.participants if one.entity and role in (None, one.role))


def event_keys(one: Compared) -> Iterator[str]:
    """Tellings that share one of these keys are compared: the kind with the day, the place, the origin, the report, or whom it befell once."""
    kind = one.kind
    yield f"{kind}\0origin\0{one.telling.evidence.origin}"
    yield f"{kind}\0report\0{one.telling.evidence.report}"
    sites = one.places if one.places.named else one.lead
    for place in sorted(sites.named | sites.near):
        yield f"{kind}\0place\0{place}"
    if one.days and one.days[0] == one.days[1]:
        yield f"{kind}\0day\0{one.days[0].isoformat()}"
    if kind in ONCE:
        yield from (f"{kind}\0person\0{entity}" for entity in sorted(one.persons))


def link_events(_key: str, alike: Sequence[Compared]) -> Iterator[Link]:
    """Links between the tellings that share a key."""
    known = sorted(alike, key=lambda one: one.telling.anchor)
    links = (link(left, right, known) for left, right in combinations(known, 2))
    return (one for one in links if one is not None)


def link(left: Compared, right: Compared, among: Sequence[Compared]) -> Link | None:
    """What the two have in common; None where nothing speaks for one happening. `among` are all that share a key with them."""
    statuses = {left.telling.status, right.telling.status}
    if len(statuses) > 1 and "denied" not in statuses:
        return None
    one_report = left.telling.evidence.report == right.telling.evidence.report
    others = bool(left.named and right.named) and not left.named & right.named
    manifold = one_report and left.telling.kind in MANIFOLD and bool(left.agents & right.agents) and not _other_hours(left, right)
    if others and not manifold:
        return _link(left, right, "DIFFERENT", 0.9, "it happened to other people")
    if not one_report and left.persons & right.persons and _once(left, right):
        return _link(left, right, "SAME", 0.9, "it happens to a person once")
    if one_report and left.days and right.days and _apart(left.days, right.days):
        return _link(left, right, "DIFFERENT", 0.9, "on other days, in one report")
    if one_report and statuses == {"denied"}:
        return _link(left, right, "SAME", 0.8, "one report denies it twice")
    if one_report and _headed(left, right, among):
        return _link(left, right, "SAME", 0.9, "the heading tells what the report begins with")
    if one_report and _told_again(left, right, among):
        return _link(left, right, "SAME", 0.8, "the report names it again")
    if (bool(left.named) != bool(right.named) and not manifold) or not _compatible(left.places, right.places):
        return None
    score, reason = _time(left, right, among)
    if not reason or (len(statuses) > 1 and not left.people & right.people and len(left.words & right.words) < COMMON):
        return None
    more, reasons = _alike_in(left, right)
    score, reasons = score + more, [reason, *reasons]
    if left.kind == "attack" and not manifold and _other_targets(left, right):
        score, reasons = min(score, SURE - 0.1), [*reasons, "but others are attacked"]
    verdict: Verdict = "SAME" if score >= SURE - 1e-9 else "UNSURE"
    return _link(left, right, verdict, min(score, 1.0), "; ".join(reasons)) if score >= DOUBTFUL - 1e-9 else None


def _alike_in(left: Compared, right: Compared) -> tuple[float, list[str]]:
    """What people, places, figures and words add, with the reasons."""
    found = [
        (gain, why)
        for gain, holds, why in (
            (0.3, left.people & right.people, "the same people"),
            (0.3, _one_place(left, right), "the same place"),
            (0.2, left.counted and right.counted, "both count people"),
            (0.3, left.counted and left.telling.figure == right.telling.figure, "the same figure"),
            (0.1, len(left.words & right.words) >= COMMON, "words in common"),
            (0.2, _alike(left, right), "mostly the same words"),
        )
        if holds
    ]
    return sum(gain for gain, _ in found), [why for _, why in found]


def _once(left: Compared, right: Compared) -> bool:
    """Whether what befell one person can be but one happening: a death; a disappearance and the like within a few days."""
    if left.kind not in ONCE:
        return False
    apart = min((abs((a - b).days) for a in left.days for b in right.days), default=0) if left.days and right.days else 0
    near = left.days is not None and right.days is not None
    return left.kind in FOREVER or (near and apart <= SOON)


def _told_again(left: Compared, right: Compared, among: Sequence[Compared]) -> bool:
    """Whether the later speaks of the earlier as known («la marcha»), and says nothing of its own; of several before it the nearest is meant."""
    earlier, later = sorted((left, right), key=lambda one: one.telling.anchor)
    other_day = later.days and not later.telling.carried and later.days != earlier.days
    if not later.telling.known or other_day or later.telling.evidence.field != earlier.telling.evidence.field:
        return False
    mine, theirs = ({(who.role, who.name) for who in one.telling.participants} for one in (later, earlier))
    own = mine - theirs
    if own or not _of_one_voice(earlier, later):
        return False
    begin, end = (bisect_left(among, one.telling.anchor, key=lambda other: other.telling.anchor) for one in (earlier, later))
    return next((one for one in reversed(among[begin:end]) if _of_one_voice(one, later)), None) is earlier


def _of_one_voice(one: Compared, other: Compared) -> bool:
    mine, theirs = one.telling, other.telling
    same = mine.evidence.report == theirs.evidence.report and mine.evidence.field == theirs.evidence.field
    return same and (mine.status, mine.quoted) == (theirs.status, theirs.quoted)


def _headed(left: Compared, right: Compared, among: Sequence[Compared]) -> bool:
    """Whether one is the first of its kind in the heading, and the other the first in what the report begins with."""
    if {left.telling.stands, right.telling.stands} != {"heading", "opening"}:
        return False
    report = left.telling.evidence.report
    first = {}
    for one in reversed(among):
        if (one.telling.evidence.report, one.telling.status) == (report, left.telling.status):
            first[one.telling.stands] = one.telling.anchor
    return {left.telling.anchor, right.telling.anchor} == {first.get("heading"), first.get("opening")}


def _link(left: Compared, right: Compared, verdict: Verdict, score: float, why: str) -> Link:
    return Link(left.telling.anchor, right.telling.anchor, "event", verdict, round(score, 2), why)


def _time(left: Compared, right: Compared, among: Sequence[Compared]) -> tuple[float, str]:
    """How well the times agree, with the reason in words; no reason where they do not."""
    one_report = left.telling.evidence.report == right.telling.evidence.report
    if not one_report and left.telling.evidence.origin == right.telling.evidence.origin and left.days == right.days and _alike(left, right):
        return SURE, "the same words of one dispatch"
    if left.days and right.days:
        if _apart(left.days, right.days):
            return 0.0, ""
        same = left.days == right.days and left.days[0] == left.days[1]
        return (0.4, "the same day") if same else (0.2, "days that may be the same")
    if one_report and left.telling.status == INTENDED and left.agents & right.agents:
        return SURE, "the same people mean to, in one report"
    if one_report and (left.telling.quoted != right.telling.quoted or _another(left, right)):
        return 0.0, ""
    if one_report:
        dated = {other.days for other in among if other.days and other.telling.evidence.report == left.telling.evidence.report}
        only = len(dated) == 1 and bool(left.days or right.days) and left.harmed == right.harmed
        return (SURE, "the only one of its kind that the report dates") if only else (0.3, "one report")
    if not (_near(left, right) and _one_place(left, right)):
        return 0.0, ""
    undated = left if right.days else right
    choices = {other.days for other in among if other.days and _near(undated, other)}
    sure = len(choices) <= 1 or bool(left.people & right.people)
    return (0.4, f"told within {NEAR} days") if sure else (0.0, "")


def _other_targets(left: Compared, right: Compared) -> bool:
    """Whether both say who or what is attacked, and no word for it is the same."""
    mine, theirs = ({word[:STEM] for name in _targets(one) for word in _WORD.findall(fold(name))} for one in (left, right))
    return bool(mine) and bool(theirs) and not mine & theirs and not left.persons & right.persons


def _targets(one: Compared) -> Iterator[str]:
    return (who.name for who in one.telling.participants if who.role == "patient")


def _other_hours(left: Compared, right: Compared) -> bool:
    """Whether the two are told of different parts of the day."""
    parts = {left.telling.part, right.telling.part}
    return None not in parts and len(parts) == 2


def _another(left: Compared, right: Compared) -> bool:
    """Whether one report brings the later up as new, or the earlier, and does not come back to it: «una balacera», «lanzaron granadas»."""
    earlier, later = sorted((left.telling, right.telling), key=lambda one: one.anchor)
    return later.known is False or (earlier.known is False and later.known is None and not left.people & right.people)


def _apart(left: tuple[date, date], right: tuple[date, date]) -> bool:
    return left[0] > right[1] or right[0] > left[1]


def _alike(left: Compared, right: Compared) -> bool:
    return 2 * len(left.words & right.words) > len(left.words | right.words)


def _one_place(left: Compared, right: Compared) -> bool:
    """Whether both name one place, or one a part of the other's town. Where one of them has a date, the place that a report's lead names
    will do for words that name none."""
    dated = left.days is not None or right.days is not None
    mine, theirs = (one.places if one.places.named or not dated else one.lead for one in (left, right))
    return bool(mine.named & theirs.named or mine.named & theirs.near or mine.near & theirs.named)


def _compatible(left: Sited, right: Sited) -> bool:
    """Whether what both name may be one place: one of them is, or lies in, what the other names; or one names none."""
    return not left.named or not right.named or bool(left.named & right.all or right.named & left.all)


def _near(left: Compared, right: Compared) -> bool:
    """Whether the one without a date was published soon after the other's day, or both soon after each other."""
    one, other = left.days[0] if left.days else left.published, right.days[0] if right.days else right.published
    return one is not None and other is not None and abs((one - other).days) <= NEAR
