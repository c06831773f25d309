"""What was derived, row by row, as `flow.py` asks for it and changes it. All of it can be thrown away and derived again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from careo.store.file import File
from careo.store.records import exact, expand, inexact, pack, squeeze, unpack

SMALL = 400
"""Bytes that are not worth packing."""

_NO_DERIVATION = frozenset({"present", "__pycache__"})


class Derived(NamedTuple):
    """What was derived, if by this program, with the number of times that was stored; and the reports to be derived (anew), each with a mark of when
    it changed."""

    kept: Kept | None
    revision: int
    waiting: dict[str, int]


class Changes(NamedTuple):
    """What changed: the rows of keys by collection (none: gone), and which keys of a source came to, or left, which key of an index."""

    rows: Iterable[tuple[str, str, tuple[Any, ...]]] = ()
    put: Iterable[tuple[str, str, str]] = ()
    taken: Iterable[tuple[str, str, str]] = ()


ALL_WAITING = """
    SELECT d.id, coalesce(w.mark, 0) FROM documents AS d LEFT JOIN waiting AS w ON w.document = d.id WHERE d.parent IS NULL ORDER BY d.id
"""


@cache
def program() -> str:
    """A hash of the code and the language data by which conclusions are drawn: what other code derived is not built upon."""
    digest = blake2b(digest_size=16)
    for name, content in _files(files("careo"), ""):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _files(folder: Traversable, at: str) -> Iterator[tuple[str, bytes]]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            if one.name not in _NO_DERIVATION:
                yield from _files(one, f"{at}{one.name}/")
        else:
            yield f"{at}{one.name}", one.read_bytes()


class Kept:
    """The rows as they stand in the file."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._ids: dict[str, int] = {name: number for number, name in file.rows("SELECT id, name FROM collections")}

    def load(self, name: str, key: str, kind: Any) -> tuple[Any, ...]:
        """The rows of a key in a collection; none where there are none."""
        stored = self._file.value("SELECT rows FROM kept WHERE collection = ? AND key = ?", self._ids.get(name), exact(key))
        return () if stored is None else _read(stored, kind)

    def all(self, name: str, kind: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Every key of a collection with its rows, in order of key."""
        for key, stored in self._file.rows("SELECT key, rows FROM kept WHERE collection = ? ORDER BY key", self._ids.get(name)):
            yield inexact(key), _read(stored, kind)

    def rows(self, name: str, kind: Any) -> Iterator[Any]:
        """All rows of a collection, in order of key."""
        for _, rows in self.all(name, kind):
            yield from rows

    def find(self, index: str, key: str) -> list[str]:
        """The keys of the source whose rows have this key, or one in 2**64 of others: keys are found by a hash."""
        found = self._file.rows("SELECT origin FROM keyed WHERE collection = ? AND key = ?", self._ids.get(index), _short(key))
        return [inexact(origin) for (origin,) in found]

    def write(self, changes: Changes) -> None:
        """Put the changes into the file; inside a transaction."""
        # One collection after the other, as they were made: all of them at once would fill the memory a second time.
        for name, some in groupby(changes.rows, itemgetter(0)):
            rows = sorted(((exact(key), rows) for _, key, rows in some), key=itemgetter(0))
            self._file.run_many("DELETE FROM kept WHERE collection = ? AND key = ?", [(self._id(name), key) for key, rows in rows if not rows])
            stored = [(self._id(name), key, _written(rows)) for key, rows in rows if rows]
            self._file.run_many("INSERT OR REPLACE INTO kept (collection, key, rows) VALUES (?, ?, ?)", stored)
        for sql, which in (
            ("DELETE FROM keyed WHERE collection = ? AND key = ? AND origin = ?", changes.taken),
            ("INSERT OR IGNORE INTO keyed (collection, key, origin) VALUES (?, ?, ?)", changes.put),
        ):
            for name, index in groupby(which, itemgetter(0)):
                self._file.run_many(sql, sorted((self._id(name), _short(key), exact(origin)) for _, key, origin in index))

    def clear(self) -> None:
        """Throw all of it away."""
        for table in ("kept", "keyed", "collections"):
            self._file.run(f"DELETE FROM {table}")
        self._ids.clear()

    def _id(self, name: str) -> int:
        if name not in self._ids:
            self._file.run("INSERT INTO collections (name) VALUES (?)", name)
            self._ids[name] = int(self._file.value("SELECT id FROM collections WHERE name = ?", name))
        return self._ids[name]


def derived(file: File) -> Derived:
    """What was derived last; see `Case.derived`."""
    ((made_by, revision),) = file.rows("SELECT program, revision FROM state")
    if made_by == program():
        return Derived(Kept(file), revision, dict(file.rows("SELECT document, mark FROM waiting ORDER BY document")))
    return Derived(None, revision, dict(file.rows(ALL_WAITING)))


def replace(file: File, generation: int, known: Derived, changes: Changes, again: Collection[str]) -> bool:
    """Store the changes inside a transaction, unless others have stored theirs since `known`; `again`: documents that stay to be derived."""
    if file.value("SELECT revision FROM state") != known.revision:
        return False
    kept = Kept(file)
    if known.kept is None:
        kept.clear()
    kept.write(changes)
    done = [(document, mark) for document, mark in known.waiting.items() if document not in again]
    file.run_many("DELETE FROM waiting WHERE document = ? AND mark = ?", done)
    file.run_many("INSERT OR IGNORE INTO waiting (document, mark) VALUES (?, 0)", [(document,) for document in again])
    file.run("UPDATE state SET collated = ?, program = ?, revision = revision + 1", generation, program())
    return True


def _short(key: str) -> int:
    return int.from_bytes(blake2b(exact(key), digest_size=8).digest(), "big", signed=True)


def _written(rows: tuple[Any, ...]) -> bytes:
    raw = pack(rows)
    return squeeze(raw) if len(raw) > SMALL else raw


def _read(stored: bytes, kind: Any) -> tuple[Any, ...]:
    return unpack(stored if stored.startswith(b"[") else expand(stored), _rows_of(kind))


@cache
def _rows_of(kind: Any) -> Any:
    return tuple[kind, ...]
