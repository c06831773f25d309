"""Who of those that a toll counts is known by name: people of the entry that it is told of, and of others that are part of one happening with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from careo.collate.chronology import TOLD, Telling
from careo.collate.wholes import Relation, around
from careo.model import Entry, Party, Toll

HARMED: Mapping[str, frozenset[str]] = {
    "killed": frozenset({"death", "killing"}), "injured": frozenset({"injury"}), "detained": frozenset({"detention"}),
    "missing": frozenset({"disappearance"}), "kidnapped": frozenset({"kidnapping"}),
}  # fmt: skip
"""The kinds of entry whose people each sort of toll counts."""


class Victims(NamedTuple):
    """Who was harmed, by name, in one entry of this kind."""

    entry: str
    kind: str
    people: tuple[Party, ...]


class Harmed(NamedTuple):
    """An entry that is part of another, with its victims."""

    whole: str
    victims: Victims


class Beside(NamedTuple):
    """For an entry the victims of one that is part of the same whole."""

    entry: str
    victims: Victims


def victims(entry: Entry, members: Sequence[Telling]) -> Victims:
    """The people by name whom an entry befell, once each for every name that they are told by."""
    found = {
        Party(who.role, who.entity, who.name): None
        for one in members
        if one.status in TOLD
        for who in one.participants
        if who.role == "patient" and who.person and who.entity
    }
    return Victims(entry.id, entry.kind, tuple(found))


def harmed(_entry: str, made: Sequence[tuple[Entry, Sequence[Telling]]], known: Sequence[Relation]) -> Iterator[Harmed]:
    """An entry under each that it is part of."""
    for entry, members in made:
        for whole in sorted(around(entry.id, known)):
            yield Harmed(whole, victims(entry, members))


def beside(_whole: str, parts: Sequence[Harmed]) -> Iterator[Beside]:
    """Each part of one whole with the victims of the others."""
    for one in parts:
        for other in parts:
            if other.victims.entry != one.victims.entry and other.victims.people:
                yield Beside(one.victims.entry, other.victims)


def with_names(toll: Toll, known: Iterable[Victims]) -> Toll:
    """The toll with those of its victims who are named; `known`: those of its entry, and of others that are part of one happening with it."""
    people = {(party.name, party.entity or "", party) for one in known if one.kind in HARMED.get(toll.of, ()) for party in one.people}
    found = {entity: party for _, entity, party in sorted(people, key=lambda one: one[:2], reverse=True)}
    return msgspec.structs.replace(toll, named=tuple(found.values())[::-1])
