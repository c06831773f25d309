"""Tolls as a history, and accounts that cannot all hold side by side. Never a verdict.

A figure that grew with time is no conflict. Two are, where the later is the lower or both are of one day, and different people give
them. Where one publisher takes a figure back it is a correction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import msgspec

from careo.collate.chronology import Telling, facing, given
from careo.collate.clusters import ids
from careo.collate.disagreements import Disagreements
from careo.collate.sides import day, side
from careo.collate.victims import with_names
from careo.model import Conflict, Correction, Entry, Evidence, Side, Status, Step, Toll
from careo.text import fold

SOME = "some"
"""What a figure counts only some of those harmed by, without saying whom: it is compared with none."""

OCCURRENCE = "occurrence"
"""The property of which the sides are `told` and `denied`."""


class Differing(NamedTuple):
    """Where accounts differ: the tolls of a case, what cannot all hold, what was taken back."""

    tolls: tuple[Toll, ...]
    conflicts: tuple[Conflict, ...]
    corrections: tuple[Correction, ...]


def differing(entries: Sequence[tuple[Entry, Sequence[Telling]]], figures: Iterable[Sequence[Telling]], known: Disagreements) -> Differing:
    """All that differs in the entries and the figures that were linked, conflicts in order of id."""
    counted = tuple(with_names(tolls(figures, entries), entries, known.entity_of))
    denials = (denial(entry, members) for entry, members in entries)
    told = [one for entry, members in entries for one in known.of(entry, members)]
    found = [one for one in (*denials, *map(figure_conflict, counted), *told) if isinstance(one, Conflict)]
    mended = [*(one for made in counted for one in corrections(made)), *(one for one in told if isinstance(one, Correction))]
    return Differing(counted, tuple(sorted(found, key=lambda one: one.id)), tuple(mended))


def marked(entries: Iterable[Entry], found: Differing) -> Iterator[Entry]:
    """The entries, those that something is in conflict about as disputed, else those that a figure was corrected of as corrected."""
    disputed, mended = {one.entry for one in found.conflicts}, {one.entry for one in found.corrections}
    for entry in entries:
        status: Status = "disputed" if entry.id in disputed else "corrected" if entry.id in mended and entry.status == "asserted" else entry.status
        yield msgspec.structs.replace(entry, status=status)


def tolls(groups: Iterable[Sequence[Telling]], entries: Iterable[tuple[Entry, Sequence[Telling]]]) -> tuple[Toll, ...]:
    """The tolls of all figures that were linked, each with the entry that most of them are told of; in order of entry and harm."""
    entry_of = {one.anchor: entry for entry, members in entries for one in members}
    together: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    places: dict[str, str | None] = {}
    for figures in groups:
        told = sorted(entry_of[one.figure.event].id for one in figures if one.figure and one.figure.event in entry_of)
        entry = max(told, key=lambda name: (told.count(name), name)) if told else ids(one.anchor for one in figures)[0]
        places.setdefault(entry, next((one.where for one in figures if one.where), None))
        together[entry, figures[0].kind] += figures
    known = {entry.id for entry in entry_of.values()}
    return tuple(toll(entry if entry in known else None, places[entry], together[entry, of]) for entry, of in sorted(together))


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
