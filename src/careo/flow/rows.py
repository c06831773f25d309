"""Collections, and how one is found by the keys of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

V = TypeVar("V")


class Shelf(Protocol):
    """Where rows are kept between runs. Nothing is written while a Flow works: its `changes` are put there when it is done."""

    def load(self, name: str, key: str, kind: Any) -> tuple[Any, ...]:
        """The rows of a key in a collection; none where there are none."""
        ...

    def all(self, name: str, kind: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Every key of a collection with its rows, in order of key."""
        ...

    def find(self, index: str, key: str) -> Iterable[str]:
        """The keys of the source whose rows have this key (and perhaps more: two keys may be written alike)."""
        ...


@dataclass(frozen=True)
class By(Generic[V]):
    """The rows of a collection as a source of another: each taken apart by `of`, if it is, and known by the keys that `keys` gives."""

    rows: Rows[Any]
    keys: Callable[[V], Iterable[str]]
    of: Callable[[Any], Iterable[V]] | None = None

    def keyed(self, rows: Iterable[Any]) -> dict[str, list[V]]:
        """By key what has it."""
        made: dict[str, list[V]] = {}
        for row in rows:
            for value in self.values(row):
                for key in self.keys(value):
                    made.setdefault(key, []).append(value)
        return made

    def values(self, row: Any) -> Iterable[V]:
        """What a row is taken apart into."""
        return (row,) if self.of is None else self.of(row)


class Rows(Generic[V]):
    """A collection. `changed`: for each key that this run changed its rows before and after."""

    def __init__(self, name: str, kind: Any, shelf: Shelf | None) -> None:
        self.name, self.kind = name, kind
        self.changed: dict[str, tuple[tuple[V, ...], tuple[V, ...]]] = {}
        self._shelf = shelf
        self._known: dict[str, tuple[V, ...]] = {}

    def of(self, key: str) -> tuple[V, ...]:
        """The rows of a key."""
        if key not in self._known:
            if self._shelf is None:
                return ()
            self._known[key] = self._shelf.load(self.name, key, self.kind)
        return self._known[key]

    def put(self, key: str, rows: Iterable[V]) -> None:
        """These are the rows of the key now."""
        before, after = self.of(key), tuple(rows)
        if before != after:
            self.changed[key] = self.changed.get(key, (before, ()))[0], after
            self._known[key] = after

    def __iter__(self) -> Iterator[V]:
        """All rows, in order of key."""
        there = dict(self._shelf.all(self.name, self.kind)) if self._shelf else {}
        for key in sorted(there | self._known):
            yield from self._known[key] if key in self._known else there[key]

    def by(self, keys: Callable[[Any], Iterable[str]], of: Callable[[Any], Iterable[Any]] | None = None) -> By[Any]:
        """These rows as a source."""
        return By(self, keys, of)


class Log(Protocol):
    """Where an inbox finds what earlier runs made, and writes down which keys of its source came to, or left, which of its keys."""

    shelf: Shelf | None
    put: list[tuple[str, str, str]]
    taken: list[tuple[str, str, str]]


class Inbox:
    """One source of one collection: which keys of the source have which of its keys."""

    def __init__(self, log: Log, name: str, source: By[Any]) -> None:
        self._log, self._name, self.source = log, name, source
        self._found: dict[str, set[str]] = {}
        self._keyed: dict[str, dict[str, list[Any]]] = {}

    def update(self) -> dict[str, set[str]]:
        """Take up what the source changed; gives the keys whose rows here are no longer what they were, with the keys of the source that changed."""
        dirty: dict[str, set[str]] = defaultdict(set)
        for origin, (old, new) in self.source.rows.changed.items():
            before, after = self.source.keyed(old), self.source.keyed(new)
            self._keyed[origin] = after
            for key in before.keys() - after.keys():
                self._log.taken.append((self._name, key, origin))
                self._origins(key).discard(origin)
            for key in after.keys() - before.keys():
                self._log.put.append((self._name, key, origin))
                self._origins(key).add(origin)
            for key in before.keys() | after.keys():
                if before.get(key) != after.get(key):
                    dirty[key].add(origin)
        return dirty

    def _origins(self, key: str) -> set[str]:
        if key not in self._found:
            self._found[key] = set(self._log.shelf.find(self._name, key)) if self._log.shelf else set()
        return self._found[key]

    def of(self, key: str) -> Iterator[Any]:
        """The rows that have the key, in order of the source's keys."""
        return self.rows_of(sorted(self._origins(key)), key)

    def rows_of(self, origins: Iterable[str], key: str) -> Iterator[Any]:
        """The rows of these keys of the source that have the key."""
        for origin in origins:
            yield from self._rows(origin).get(key, ())

    def near(self, key: str) -> list[str]:
        """The keys of the source whose rows have this key, in order; hardly ever others, as the shelf finds them."""
        return sorted(self._origins(key))

    def has(self, key: str) -> bool:
        """Whether a row has the key."""
        return any(True for _ in self.origins(key))

    def origins(self, key: str) -> Iterator[str]:
        """The keys of the source whose rows have this key."""
        return (origin for origin in self._origins(key) if key in self._rows(origin))

    def _rows(self, origin: str) -> dict[str, list[Any]]:
        if origin not in self._keyed:
            self._keyed[origin] = self.source.keyed(self.source.rows.of(origin))
        return self._keyed[origin]
