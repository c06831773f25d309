"""Tolls as a history, and accounts that cannot all hold side by side. Never a verdict.

A figure that grew with time is no conflict. Two are, where the later is the lower or both are of one day, and different people give
them. Where one publisher takes a figure back it is a correction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import msgspec

from careo.collate.chronology import Telling, facing, given
from careo.collate.clusters import ids
from careo.collate.disagreements import disagreements
from careo.collate.sides import day, side
from careo.collate.victims import Victims, with_names
from careo.model import Anchor, Conflict, Correction, Entry, Evidence, Side, Status, Step, Toll
from careo.text import fold

SOME = "some"
"""What a figure counts only some of those harmed by, without saying whom: it is compared with none."""

OCCURRENCE = "occurrence"
"""The property of which the sides are `told` and `denied`."""


class Counted(NamedTuple):
    """Figures that were linked, all of one kind, with the entry that most of them are told of; `name` stands for it where there is none."""

    entry: str | None
    name: str
    figures: tuple[Telling, ...]


class Told(NamedTuple):
    """In which entry an event is told."""

    event: Anchor
    entry: str


class OfEntry(NamedTuple):
    """In which entry the event is told of which a figure counts the people."""

    figure: Anchor
    event: Anchor
    entry: str


class Settled(NamedTuple):
    """All that stands under one entry: its line, its tolls, and where accounts of it differ. `place`: its first telling or figure."""

    entry: Entry | None
    tolls: tuple[Toll, ...]
    conflicts: tuple[Conflict, ...]
    corrections: tuple[Correction, ...]
    place: Anchor


def of_entry(_event: str, figures: Sequence[Telling], told: Sequence[Told]) -> Iterator[OfEntry]:
    """The entries of the figures of one event."""
    return (OfEntry(one.anchor, event, entry) for one in figures for event, entry in told)


def counted(figures: Sequence[Telling], entry_of: Mapping[Anchor, str]) -> Counted:
    """The figures of one group under the entry that most of them are told of."""
    ordered = sorted(figures, key=lambda one: one.anchor)
    events = [one.figure.event for one in ordered if one.figure and one.figure.event]
    told = sorted(entry_of[event] for event in events if event in entry_of)
    entry = max(told, key=lambda name: (told.count(name), name)) if told else None
    return Counted(entry, entry or ids(one.anchor for one in ordered)[0], tuple(ordered))


def settled(made: tuple[Entry, Sequence[Telling]] | None, groups: Sequence[Counted], known: Sequence[Victims]) -> Settled:
    """What the tellings of an entry and the figures under it amount to. An entry that something is in conflict about is disputed,
    else one that a figure was corrected of is corrected."""
    entry, members = made or (None, ())
    counted = [with_names(one, known) for one in tolls(groups)]
    told = list(disagreements(entry, members)) if entry else []
    found = [denial(entry, members) if entry else None, *map(figure_conflict, counted), *told]
    conflicts = tuple(one for one in found if isinstance(one, Conflict))
    mended = (*(one for toll in counted for one in corrections(toll)), *(one for one in told if isinstance(one, Correction)))
    if entry:
        status: Status = "disputed" if conflicts else "corrected" if mended and entry.status == "asserted" else entry.status
        entry = msgspec.structs.replace(entry, status=status)
    place = min(one.anchor for one in (*members, *(figure for group in groups for figure in group.figures)))
    return Settled(entry, tuple(counted), conflicts, mended, place)


def tolls(groups: Sequence[Counted]) -> Iterator[Toll]:
    """The tolls of all figures under one entry, in order of harm."""
    ordered = sorted(groups, key=lambda group: group.figures[0].anchor)
    where = next((one.where for group in ordered[:1] for one in group.figures if one.where), None)
    together: dict[str, list[Telling]] = defaultdict(list)
    for group in ordered:
        together[group.figures[0].kind] += group.figures
    for of in sorted(together):
        yield toll(ordered[0].entry, where, together[of])


def toll(entry: str | None, where: str | None, figures: Sequence[Telling]) -> Toll:
    """The steps of one toll: each bounds with who gives them, from the first time that they are given. A report's lower figures of
    one speaker are part of its highest, and no steps."""
    together: dict[tuple[object, ...], list[Telling]] = defaultdict(list)
    for one in _highest(figures):
        assert one.figure is not None
        together[one.figure.low, one.figure.high, one.figure.mod, one.figure.part, fold(_speaker(one) or "")].append(one)
    steps = list(_aged([_step(alike) for alike in together.values()]))
    of = next(one.figure.of for one in figures if one.figure)
    return Toll(of, entry, tuple(sorted(steps, key=lambda step: (day(step.as_of), step.attribution or "", step.low or 0, step.high or 0))), where)


def _highest(figures: Sequence[Telling]) -> Iterator[Telling]:
    best: dict[tuple[str, str, str], Telling] = {}
    for one in sorted(figures, key=lambda one: one.anchor):
        assert one.figure is not None
        key = one.evidence.report, fold(_speaker(one) or ""), one.figure.part or ""
        if one.figure.part == SOME:
            yield one
        elif key not in best or _most(one) > _most(best[key]):
            best[key] = one
    yield from best.values()


def _most(one: Telling) -> int:
    assert one.figure is not None
    return max(one.figure.low or 0, one.figure.high or 0)


def _speaker(one: Telling) -> str | None:
    return one.evidence.attribution[-1] if one.evidence.attribution else None


def _step(alike: Sequence[Telling]) -> Step:
    first = min(alike, key=lambda one: (day(given(one.evidence)), one.anchor))
    assert first.figure is not None
    evidence = tuple(one.evidence for one in sorted(alike, key=lambda one: one.anchor))
    return Step(given(first.evidence), first.figure.low, first.figure.high, _speaker(first), evidence, first.figure.mod, first.figure.part)


def _aged(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps; what reports repeat in their own words once a figure has been raised is a step apart, and stale."""
    for step in steps:
        raised = [day(other.as_of) for other in steps if _above(other, step) and any(_before(same, other) for same in steps if _alike(same, step))]
        late = tuple(one for one in step.evidence if raised and min(raised) < day(given(one))) if step.attribution is None else ()
        fresh = tuple(one for one in step.evidence if one not in late)
        for evidence, stale in ((fresh, False), (late, True)):
            if evidence:
                yield msgspec.structs.replace(step, as_of=min((given(one) for one in evidence), key=day), evidence=evidence, stale=stale)


def _before(one: Step, other: Step) -> bool:
    return day(one.as_of) < day(other.as_of)


def _alike(one: Step, other: Step) -> bool:
    return (one.low, one.high, one.part) == (other.low, other.high, other.part)


def value(step: Step) -> str:
    """Bounds as text: `5`, `4..`, `..9`, `10..15`."""
    if step.low == step.high:
        return str(step.low)
    return f"{'' if step.low is None else step.low}..{'' if step.high is None else step.high}"


def figure_conflict(made: Toll) -> Conflict | None:
    """The figures of a toll that cannot all hold: each speaker's last word, where another's of the same or an earlier day excludes it
    from above. All who give one of these figures stand on its side. A figure that was taken back or is stale is no side."""
    taken_back = {one.before.value for one in corrections(made)}
    steps = [step for step in made.steps if not step.stale and value(step) not in taken_back]
    last = {(fold(step.attribution or ""), step.part): step for step in steps}
    against: set[tuple[int, str]] = set()
    for one, other in combinations(last.values(), 2):
        early, late = sorted((one, other), key=lambda step: day(step.as_of))
        grew = _before(early, late) and _above(late, early)
        if (_above(one, other) or _above(other, one)) and not grew:
            against |= {_lowest(one), _lowest(other)}
    sides = [_figure_side(low, name, steps, against) for low, name in sorted(against)]
    return Conflict(_name(made, sides[0].evidence[0]), made.event, made.of, tuple(sides)) if sides else None


def _lowest(step: Step) -> tuple[int, str]:
    """By what figures stand on one side: «19» and «al menos 19» do, «hasta 9» stands alone."""
    return (step.high or 0, "up to") if step.low is None else (step.low, "")


def _figure_side(low: int, name: str, steps: Sequence[Step], against: Iterable[tuple[int, str]]) -> Side:
    """One side: all who give the figure, by the exact one where there is one."""
    alike = [step for step in steps if _lowest(step) == (low, name)]
    return side(min((value(step) for step in alike), key=len), [one for step in alike for one in step.evidence])


def _name(made: Toll, first: Evidence) -> str:
    return f"{made.event or first.report}-{made.of}"


def _above(one: Step, other: Step) -> bool:
    """Whether both cannot hold, `one` being the higher: not where it counts all and the other some, or each some of its own."""
    comparable = SOME not in (one.part, other.part) and (other.part is None or one.part == other.part)
    return comparable and one.low is not None and other.high is not None and one.low > other.high


def corrections(made: Toll) -> tuple[Correction, ...]:
    """Where a publisher that gave a figure gives a lower one later."""
    said: dict[str, list[tuple[str, Step, Evidence]]] = defaultdict(list)
    for step in made.steps:
        for evidence in step.evidence:
            if evidence.publisher:
                said[evidence.publisher].append((day(given(evidence)), step, evidence))
    found = []
    for publisher in sorted(said):
        ordered = sorted(said[publisher], key=lambda one: (one[0], one[2].report, one[2].span.start))
        for (sooner, before, old), (later, after, new) in combinations(ordered, 2):
            if sooner < later and _above(before, after):
                name = f"{_name(made, old)}-{new.report}"
                found.append(Correction(name, made.event, made.of, side(value(before), [old]), side(value(after), [new])))
    return tuple(found)


def denial(entry: Entry, members: Sequence[Telling]) -> Conflict | None:
    """Where some tell of the happening and others deny it. What is only meant to happen, and did not, can both hold."""
    told, denied = facing(members)
    if not denied or not told:
        return None
    sides = tuple(side(what, (one.evidence for one in group)) for what, group in (("told", told), ("denied", denied)))
    return Conflict(f"{ids(one.anchor for one in members)[0]}-{OCCURRENCE}", entry.id, OCCURRENCE, sides)
