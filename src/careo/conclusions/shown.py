"""The conclusions put together as a chronology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from careo.collate import chronology, conflicts, entities, places, quotations, versions
from careo.collate.clusters import MACHINE, pair
from careo.flow import Crossing, Flow, Rows
from careo.model import Chronology, Entity, Entry, Family, Link, Related, Statement
from careo.text import fold


class Totals(NamedTuple):
    """How many entries with and without a date, and how many entities, there are."""

    entries: int = 0
    undated: int = 0
    entities: int = 0


def totals(flow: Flow) -> Totals:
    """What the conclusions come to, by what they came to before and what `flow` changed."""
    kept: Rows[Totals] = flow.rows("totals", Totals)
    entries, undated, known = next(iter(kept.of("")), Totals())
    for before, after in flow.rows("settled", conflicts.Settled).changed.values():
        for sign, rows in ((-1, before), (1, after)):
            entries += sign * sum(1 for one in rows if one.entry and one.entry.when)
            undated += sign * sum(1 for one in rows if one.entry and not one.entry.when)
    known += sum(len(after) - len(before) for before, after in flow.rows("entities", Entity).changed.values())
    kept.put("", [Totals(entries, undated, known)])
    return Totals(entries, undated, known)


Stored = Callable[[str, Any], Iterable[Any]]
"""The rows of a collection by its name and kind."""


def chronology_of(rows: Stored, generation: int, language_versions: Iterable[str]) -> Chronology:
    """The conclusions put together, each list in its order."""
    settled = tuple(rows("settled", conflicts.Settled))
    in_order = sorted(settled, key=attrgetter("place"))
    entries = sorted((one.entry for one in settled if one.entry), key=chronology.order)
    known = _entities(rows)
    names = {entity.id: entity.name for entity in known}
    why: Iterable[Crossing] = rows("why", Crossing)
    return Chronology(
        generation=generation,
        language_version=", ".join(sorted(set(language_versions))),
        entries=tuple(entry for entry in entries if entry.when),
        undated=tuple(entry for entry in entries if not entry.when),
        entities=tuple(known),
        tolls=tuple(toll for one in settled for toll in one.tolls),
        conflicts=tuple(sorted((one for each in settled for one in each.conflicts), key=attrgetter("id"))),
        corrections=tuple(one for each in in_order for one in each.corrections),
        copies=tuple(sorted(rows("families", Family), key=attrgetter("family"))),
        unmatched=sum(1 for _ in rows("unmatched", str)),
        earlier=tuple(one for article in sorted(rows("articles", versions.Article), key=attrgetter("newest")) for one in article.earlier),
        quotations=tuple(sorted((_with_speaker(one, names) for one in rows("statements", Statement)), key=quotations.order)),
        links=tuple(one.link for one in sorted(why, key=lambda one: pair(one.link)) if one.inside or one.link.by != MACHINE),
        questions=tuple(sorted(rows("questions", Link), key=lambda link: (-link.score, pair(link)))),
        uncompared=sum(rows("uncompared", int)),
        places=places.located({one.key: one.placing for one in rows("sites", places.Siting)}),
        doubts=tuple(sorted(rows("doubts", Link), key=pair)),
        rejected=tuple(sorted(rows("rejected", Entry), key=chronology.order)),
        unjoined=sum(1 for _ in rows("unjoined", str)),
    )


def _entities(rows: Stored) -> list[Entity]:
    """The entities with those that they are related to, in order of name."""
    related = defaultdict[str, set[Related]](set)
    for one in rows("relations of entities", entities.Relation):
        related[one.of].add(one.related)
    order = attrgetter("to", "relation")
    made = (msgspec.structs.replace(one, related=tuple(sorted(related[one.id], key=order))) for one in rows("entities", Entity))
    return sorted(made, key=lambda one: (fold(one.name), one.id))


def _with_speaker(statement: Statement, names: Mapping[str, str]) -> Statement:
    """The statement with the speaker as the case knows him."""
    return msgspec.structs.replace(statement, speaker=names[statement.entity]) if statement.entity else statement
