"""Who of those that a toll counts is known by name: people of the entry that it is told of, and of others that are part of one happening with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from careo.collate.chronology import TOLD, Telling
from careo.collate.entities import ChainKey
from careo.model import Entry, Party, Toll

HARMED: Mapping[str, frozenset[str]] = {
    "killed": frozenset({"death", "killing"}), "injured": frozenset({"injury"}), "detained": frozenset({"detention"}),
    "missing": frozenset({"disappearance"}), "kidnapped": frozenset({"kidnapping"}),
}  # fmt: skip
"""The kinds of entry whose people each sort of toll counts."""


def with_names(tolls: Iterable[Toll], entries: Sequence[tuple[Entry, Sequence[Telling]]], entity_of: Mapping[ChainKey, str]) -> Iterator[Toll]:
    """The tolls, each with those of its victims who are named."""
    told = {entry.id: (entry, members) for entry, members in entries}
    wholes: dict[str, set[str]] = {entry.id: set(entry.part_of) for entry, _ in entries}
    parts: dict[str, set[str]] = defaultdict(set)
    for entry, _ in entries:
        for caused in entry.causes:
            wholes[caused].add(entry.id)
    for part, of in wholes.items():
        for whole in of:
            parts[whole].add(part)
    for one in tolls:
        about = {one.event, *(part for whole in wholes.get(one.event or "", ()) for part in parts[whole])}
        harmed = [told[entry] for entry in about if entry in told and told[entry][0].kind in HARMED.get(one.of, ())]
        found = sorted(
            ((party.name, party.entity or "", party) for _, members in harmed for party in _people(members, entity_of)), key=lambda one: one[:2]
        )
        yield msgspec.structs.replace(one, named=tuple({entity: party for _, entity, party in reversed(found)}.values())[::-1])


def _people(members: Sequence[Telling], entity_of: Mapping[ChainKey, str]) -> Iterator[Party]:
    for one in members:
        if one.status in TOLD:
            for role, chain, name in one.participants:
                if role == "patient" and chain in one.persons and chain in entity_of:
                    yield Party(role, entity_of[chain], name)
