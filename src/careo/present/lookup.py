"""From what a user writes — an id, the beginning of one, a name — to the one thing that is meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from careo.errors import UsageError
from careo.model import Chronology, Document, Entity, Entry
from careo.text import View, fold

SHORTEST = 4
"""Characters that the beginning of an id must have."""


class Thing(NamedTuple):
    """Something that can be shown: its id, kind, what it is called, and the record."""

    id: str
    kind: Literal["entry", "entity", "report"]
    name: str
    record: Entry | Entity | Document


class SeveralFitError(UsageError):
    """A name that fits more than one; `things` are all that it fits."""

    def __init__(self, wanted: str, things: list[Thing]) -> None:
        super().__init__(f"«{wanted}» fits {len(things)}", expected="an id, or a name that fits only one", mend="take one of the ids listed")
        self.wanted, self.things = wanted, things


def things(chronology: Chronology, documents: Iterable[Document]) -> list[Thing]:
    """All that can be shown of a case."""
    made = [Thing(one.id, "entry", one.what, one) for one in (*chronology.entries, *chronology.undated)]
    made += people(chronology)
    return made + [Thing(one.id, "report", one.title or one.label, one) for one in documents]


def people(chronology: Chronology) -> list[Thing]:
    """All people and bodies of a case."""
    return [Thing(one.id, "entity", one.name, one) for one in chronology.entities]


def one_of(wanted: str, among: list[Thing]) -> Thing:
    """The only thing that `wanted` fits: first as an id or alias, then as the beginning of an id, then as a name whole, then as a part of one.

    Raises SeveralFitError, or UsageError where it fits nothing.
    """
    key = _key(wanted)
    for fits in (
        [one for one in among if wanted == one.id or wanted in _aliases(one)],
        [one for one in among if len(wanted) >= SHORTEST and one.id.startswith(wanted)],
        [one for one in among if one.kind != "entry" and key in map(_key, {one.name, *_whole_names(one)})],
        [one for one in among if key and one.kind != "entry" and any(f" {key} " in f" {_key(name)} " for name in {one.name, *_names(one)})],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise SeveralFitError(wanted, fits)
    raise UsageError(f"nothing is called «{wanted}»", expected="the id of an entry, a person or a report, or a name", mend="search for it first")


def _key(name: str) -> str:
    return " ".join(fold(View(name).text).split())


def _aliases(thing: Thing) -> tuple[str, ...]:
    return thing.record.aliases if isinstance(thing.record, Entity) else ()


def _whole_names(thing: Thing) -> tuple[str, ...]:
    """What alone names it whole: a report's label and address; people are called whole by their full name only."""
    return tuple(name for name in (thing.record.label, thing.record.url) if name) if isinstance(thing.record, Document) else ()


def _names(thing: Thing) -> tuple[str, ...]:
    return thing.record.names if isinstance(thing.record, Entity) else _whole_names(thing)
