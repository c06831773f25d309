"""The SQLite file under a case: opened, told from other files, brought to this version, and its errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from careo.errors import CaseError

APPLICATION = 0x43415245
"""«CARE», in the header of every case (`PRAGMA application_id`)."""

PATIENCE = 10.0
"""Seconds to wait while another process writes. One report is written in a few milliseconds."""

_PAGE = 200
_AGAIN = 0.02
"""Seconds before a file is tried again that SQLite refused without waiting."""


def steps() -> list[tuple[int, str]]:
    """The numbered migrations in order: (number, SQL). The number leads the file's name."""
    found = [entry for entry in files("careo.store").joinpath("migrations").iterdir() if entry.name.endswith(".sql")]
    return sorted((int(entry.name.split("_")[0]), entry.read_text("utf-8")) for entry in found)


def migrate(db: sqlite3.Connection, todo: Sequence[tuple[int, str]]) -> None:
    """Apply, in one transaction, those of `todo` that the file has not had yet. Another process may have been faster: it looks again inside."""
    db.execute("BEGIN IMMEDIATE")
    try:
        had = _pragma(db, "user_version")
        for number, script in todo:
            if number > had:
                for statement in statements(script):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number}")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def statements(script: str) -> Iterator[str]:
    """The SQL statements of `script` one by one (`executescript` would end the transaction that they must share)."""
    so_far = ""
    for line in script.splitlines(keepends=True):
        so_far += line
        if sqlite3.complete_statement(so_far):
            yield so_far
            so_far = ""
    if so_far.strip():
        yield so_far


class File:
    """An open case file. Every error of SQLite leaves it as a CaseError."""

    def __init__(self, path: Path, *, create: bool, read_only: bool, patience: float = PATIENCE) -> None:
        self.path, self.read_only, self._patience = path, read_only, patience
        self._found_alone = not _beside(path, "-wal").exists()
        _must_be_there(path, create)
        with self._plainly():
            self._db = self._reader() if read_only else self._connect("rwc" if create else "rw")
            try:
                self._settle_in_time(create)
            except BaseException:
                self.close()
                raise

    # ------------------------------------------------------------ opening

    def _connect(self, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.path.absolute().as_uri()}?mode={mode}", timeout=self._patience, isolation_level=None, uri=True)

    def _reader(self) -> sqlite3.Connection:
        """A connection that cannot write. Where the folder is read-only and nobody writes, SQLite must be told that nothing will change."""
        db = self._connect("ro")
        try:
            _pragma(db, "user_version")
        except sqlite3.OperationalError as error:
            db.close()
            if _code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN) or _size(_beside(self.path, "-wal")):
                raise
            db = self._connect("ro&immutable=1")
        return db

    def _settle_in_time(self, create: bool) -> None:
        """Where many make one file at once SQLite refuses some of them at once, lest they wait for each other: those try again."""
        deadline = monotonic() + self._patience
        while True:
            try:
                return self._settle(create)
            except sqlite3.OperationalError as error:
                if _code(error) != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                    raise
                sleep(_AGAIN)

    def _settle(self, create: bool) -> None:
        todo = steps()
        if self._is_blank() and not create:
            raise self._not_a_case("an empty file")
        if not self._is_blank():
            self._must_be_a_case(todo[-1][0])
        self._db.execute("PRAGMA trusted_schema = OFF")
        if not self.read_only:
            if _pragma(self._db, "user_version") < todo[-1][0]:
                migrate(self._db, todo)
            # A report or a judgement that Careo says is stored must outlive a power cut too: FULL costs a few milliseconds a report.
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                self._db.execute(f"PRAGMA {pragma}")

    def _is_blank(self) -> bool:
        (things,) = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return not (things or _pragma(self._db, "application_id") or _pragma(self._db, "user_version"))

    def _must_be_a_case(self, newest: int) -> None:
        version = _pragma(self._db, "user_version")
        if _pragma(self._db, "application_id") != APPLICATION:
            raise self._not_a_case("a database of another program")
        if version > newest:
            raise CaseError(
                f"a case of version {version}",
                where=str(self.path),
                expected=f"version {newest} or older, which is what this Careo knows",
                mend="install a newer Careo; the file was left as it is",
            )
        if self.read_only and version < newest:
            raise CaseError(
                f"a case of version {version}",
                where=str(self.path),
                expected=f"version {newest}; a command that only reads brings no case up to date",
                mend="run `careo collate` on it once",
            )

    def _not_a_case(self, found: str) -> CaseError:
        return CaseError(found, where=str(self.path), expected="a case made by Careo", mend="check the name; `careo add` makes a new case")

    # ------------------------------------------------------------ reading and writing

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows that `sql` gives."""
        with self._plainly():
            return self._db.execute(sql, values).fetchall()

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, None where there is none."""
        with self._plainly():
            row = self._db.execute(sql, values).fetchone()
        return row[0] if row else None

    def pages(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of `sql`, some at a time, so that one may write between them. `sql` sorts by its first column, with `> ?` and `LIMIT ?`."""
        after = ""
        while page := self.rows(sql, after, _PAGE):
            yield from page
            after = page[-1][0]

    def run(self, sql: str, *values: Any) -> int:
        """Run one statement; gives the number of rows it changed."""
        with self._plainly():
            return self._db.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run one statement for each of `rows`."""
        with self._plainly():
            self._db.executemany(sql, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: all of it is stored, or nothing. Raises CaseError where the case is open for reading, or stays locked."""
        if self.read_only:
            raise CaseError("it was opened for reading", where=str(self.path), expected="a case opened for writing", mend="open it without read_only")
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever others write meanwhile; inside another snapshot it is of that one's."""
        if self._db.in_transaction:
            yield
            return
        with self._transaction("BEGIN"):
            self.value("SELECT count(*) FROM state")
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.run(begin)
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close; a reader leaves the folder as it found it. May be called twice."""
        self._db.close()
        if self.read_only and self._found_alone:
            self._tidy()

    def _tidy(self) -> None:
        """A reader has SQLite make two helper files which it may not take away. A writer's close does, unless others have the case open."""
        log = _beside(self.path, "-wal")
        if log.exists() and not _size(log):
            with suppress(sqlite3.Error):
                db = self._connect("rw")
                try:
                    _pragma(db, "user_version")
                finally:
                    db.close()

    # ------------------------------------------------------------ errors

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._in_words(error) from error
        except UnicodeEncodeError as error:
            raise CaseError(f"not Unicode text: {error.object!r}", where=str(self.path), expected="an id or a name", mend="write it anew") from error

    def _in_words(self, error: sqlite3.Error) -> CaseError:
        found, expected, mend = _WORDS.get(_code(error), (str(error), "", ""))
        if _code(error) == sqlite3.SQLITE_NOTADB:
            return self._not_a_case("no case file at all")
        if _code(error) == sqlite3.SQLITE_BUSY:
            found += f" for more than {self._patience:g} s"
        return CaseError(found, where=str(self.path), expected=expected, mend=mend)


_WORDS = {
    sqlite3.SQLITE_BUSY: (
        "another program has been writing to it",
        "one that writes at a time",
        "wait until the other is done, then start again",
    ),
    sqlite3.SQLITE_FULL: (
        "the disk is full",
        "room for the case and its log",
        "make room, then start again: what was stored is still there",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the file is damaged",
        "a whole case file",
        "take a copy of an earlier state",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk could not be read or written",
        "a disk that answers",
        "check the disk, and keep cases on a disk of this machine",
    ),
    sqlite3.SQLITE_READONLY: (
        "it may not be written",
        "a file and a folder that you may write",
        "change its permissions, or copy it to a folder of yours",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened",
        "a file that you may read, together with its -wal file if there is one",
        "check its permissions, or copy it and its -wal file to a folder of yours",
    ),
}


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 where the error is not SQLite's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _pragma(db: sqlite3.Connection, name: str) -> int:
    (value,) = db.execute(f"PRAGMA {name}").fetchone()
    return int(value)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _must_be_there(path: Path, create: bool) -> None:
    """Raises CaseError where there is no file that could be a case, in words that SQLite has not."""
    if path.is_dir():
        raise CaseError("a folder", where=str(path), expected="a case file", mend="name the file inside it")
    if create and not path.absolute().parent.is_dir():
        raise CaseError("its folder is not there", where=str(path), expected="a folder that exists", mend=f"make {path.absolute().parent} first")
    if not create and not path.exists():
        raise CaseError("no such file", where=str(path), expected="a case made by Careo", mend="check the name; `careo add` makes a new case")
