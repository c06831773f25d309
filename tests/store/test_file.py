"""The file: what is no case is told apart, versions follow each other, readers never write, writers wait."""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from careo.errors import CaseError
from careo.store.case import Case
from careo.store.file import APPLICATION, migrate, steps
from careo.store.kept import Changes
from careo.store.records import squeeze
from tests.store.making import report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A case with one report, closed."""
    with Case.open(tmp_path / "caso con # y ñ.careo", create=True) as case:
        case.add(*report(1))
    return case.path


def asked(path: Path, pragma: str) -> int:
    db = sqlite3.connect(path)
    (value,) = db.execute(f"PRAGMA {pragma}").fetchone()
    db.close()
    return int(value)


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Names, bytes and times of all files of a folder."""
    return {entry.name: (entry.read_bytes(), entry.stat().st_mtime_ns) for entry in folder.iterdir()}


# ---------------------------------------------------------------- no case


def nothing(path: Path) -> None:
    pass


def empty(path: Path) -> None:
    path.write_bytes(b"")


def a_note(path: Path) -> None:
    path.write_text("Esto es una nota, no un caso. " * 50, encoding="utf-8")


def a_folder(path: Path) -> None:
    path.mkdir()


def anothers(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE recipes (name)")
    db.commit()
    db.close()


def newer(path: Path) -> None:
    Case.open(path, create=True).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()


BAD = [
    (nothing, "no such file", "careo add"),
    (empty, "an empty file", "careo add"),
    (a_note, "no case file at all", "careo add"),
    (a_folder, "a folder", "inside"),
    (anothers, "a database of another program", "careo add"),
    (newer, "a case of version 99", "newer Careo"),
]


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(("make", "found", "mend"), BAD)
def test_what_is_no_case_is_told_apart_and_left_alone(tmp_path: Path, make: Callable[[Path], None], found: str, mend: str, read_only: bool) -> None:
    path = tmp_path / "x.careo"
    make(path)
    before = sorted(tmp_path.iterdir()), path.read_bytes() if path.is_file() else None
    with pytest.raises(CaseError) as caught:
        Case.open(path, read_only=read_only)
    error = caught.value
    assert error.found == found
    assert mend in error.mend
    assert str(path) in error.where
    assert error.expected
    assert before == (sorted(tmp_path.iterdir()), path.read_bytes() if path.is_file() else None)


@pytest.mark.parametrize("make", [a_note, a_folder, anothers, newer])
def test_no_case_is_made_over_another_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "x.careo"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(CaseError):
        Case.open(path, create=True)
    assert before == (path.read_bytes() if path.is_file() else None)


def test_a_case_is_made_where_a_kill_left_an_empty_file(tmp_path: Path) -> None:
    empty(tmp_path / "x.careo")
    with Case.open(tmp_path / "x.careo", create=True) as case:
        assert case.generation == 0


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="its folder is not there"):
        Case.open(tmp_path / "no" / "x.careo", create=True)


def read_all(path: Path) -> None:
    with Case.open(path) as case:
        list(case.reports())
        case.search("heridos")


def test_a_damaged_case_says_so(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(CaseError, match=r"damaged|stored record"):
        read_all(path)


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (squeeze(b"{}"), "no Reading"),
        (squeeze(b"\xed\xa0\x80{"), "no Reading"),
        (squeeze(b"{}")[:-3], "cannot be unpacked"),
        (b"{}", "cannot be unpacked"),
    ],
)
def test_a_record_that_is_none_says_so(path: Path, record: bytes, found: str) -> None:
    db = sqlite3.connect(path)
    db.execute("UPDATE readings SET record = ?", (record,))
    db.commit()
    db.close()
    with Case.open(path) as case, pytest.raises(CaseError, match=found):
        list(case.readings())


def test_a_piece_too_great_for_the_memory_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careo.store.records.GREATEST", 10)
    with Case.open(path) as case, pytest.raises(CaseError, match="cannot be unpacked"):
        list(case.readings())


# ---------------------------------------------------------------- versions


def test_a_case_names_its_program_and_version(path: Path) -> None:
    assert asked(path, "application_id") == APPLICATION
    assert asked(path, "user_version") == len(steps()) == steps()[-1][0]


def schema(script: str) -> list[str]:
    """What a script makes, without comments and blanks."""
    db = sqlite3.connect(":memory:")
    db.executescript(script)
    made = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")]
    db.close()
    return [re.sub(r"\s*([,()])\s*", r"\1", " ".join(re.sub("--.*", "", sql).split())) for sql in made]


def test_the_migrations_make_what_the_schema_says() -> None:
    written = files("careo.store").joinpath("schema.sql").read_text("utf-8")
    assert schema(written) == schema("\n".join(script for _, script in steps()))
    assert f"application_id = {APPLICATION};" in written


def test_an_older_case_is_brought_up_to_date_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = steps()[-1][0]
    later = [*steps(), (version + 1, "CREATE TABLE later (x);\n"), (version + 2, "INSERT INTO later VALUES (1);\n")]
    monkeypatch.setattr("careo.store.file.steps", lambda: later)
    with pytest.raises(CaseError, match=f"a case of version {version}"):
        Case.open(path, read_only=True)
    for _ in range(2):
        with Case.open(path) as case:
            assert case.counts()["reports"] == 1
    assert asked(path, "user_version") == version + 2
    db = sqlite3.connect(path)
    assert db.execute("SELECT * FROM later").fetchall() == [(1,)]
    db.close()


def test_a_migration_that_fails_leaves_the_case_as_it_was(path: Path) -> None:
    version = steps()[-1][0]
    db = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, [(version + 1, "CREATE TABLE later (x);\nCREATE TABLE later (x);\n")])
    assert db.execute("SELECT name FROM sqlite_master WHERE name = 'later'").fetchall() == []
    db.close()
    assert asked(path, "user_version") == version


# ---------------------------------------------------------------- readers


def test_a_reader_leaves_the_folder_as_it_was(path: Path) -> None:
    before = state(path.parent)
    with Case.open(path, read_only=True) as case:
        assert case.counts()["reports"] == 1
        assert case.search("heridos")
        assert len(list(case.documents())) == 1
    assert state(path.parent) == before


def test_a_reader_cannot_write(path: Path) -> None:
    with Case.open(path, read_only=True) as case:
        with pytest.raises(CaseError, match="opened for reading"):
            case.add(*report(2))
        with pytest.raises(CaseError, match="opened for reading"):
            case.conclude(1, case.derived(), Changes(), {})


def test_a_reader_sees_what_another_writes_but_not_within_a_snapshot(path: Path) -> None:
    with Case.open(path) as writer, Case.open(path, read_only=True) as reader:
        with reader.snapshot():
            writer.add(*report(2))
            assert reader.counts()["reports"] == 1
        assert reader.counts()["reports"] == 2
        with pytest.raises(ZeroDivisionError), reader.snapshot():
            _ = 1 / 0
        assert reader.counts()["reports"] == 2


def test_a_reader_reads_while_another_is_in_the_middle_of_writing(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with Case.open(path, read_only=True, patience=0.1) as case:
        assert case.counts()["reports"] == 1
    other.execute("ROLLBACK")
    other.close()


@pytest.fixture
def open_to_all(path: Path) -> Iterator[Path]:
    """The case in a folder that everybody may enter and nobody write (pytest's own folders are shut)."""
    folder = Path(tempfile.mkdtemp())
    there = folder / "caso.careo"
    there.write_bytes(path.read_bytes())
    there.chmod(0o444)
    folder.chmod(0o555)
    yield there
    folder.chmod(0o755)
    for left in folder.iterdir():
        left.unlink()
    folder.rmdir()


def as_nobody(do: Callable[[], str]) -> str:
    """What `do` gives in a process that is not root, which could write anywhere."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        try:
            said = do()
        except BaseException as error:
            said = repr(error)
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read()


def found_in(path: Path) -> str:
    with Case.open(path, read_only=True) as case:
        return f"{case.counts()['reports']} {len(case.search('heridos'))}"


def test_a_read_only_folder_is_read(open_to_all: Path) -> None:
    assert as_nobody(lambda: found_in(open_to_all)) == "1 1"
    assert [entry.name for entry in open_to_all.parent.iterdir()] == ["caso.careo"]


def test_a_read_only_folder_is_read_while_its_owner_writes(open_to_all: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root may write into the folder meanwhile")
    open_to_all.chmod(0o644)
    with Case.open(open_to_all) as writer:
        writer.add(*report(2))
        assert as_nobody(lambda: found_in(open_to_all)) == "2 2"


def test_a_log_that_cannot_be_read_is_not_passed_over(open_to_all: Path) -> None:
    """A copy of the case with its log, in a folder that may not be written: without the log, old things would be shown as the present ones."""
    log = open_to_all.with_name("caso.careo-wal")
    open_to_all.parent.chmod(0o755)
    log.write_bytes(b"\x37\x7f\x06\x82" + bytes(5000))
    open_to_all.parent.chmod(0o555)
    assert "-wal file" in as_nobody(lambda: found_in(open_to_all))


def test_a_file_that_may_not_be_written_says_so(open_to_all: Path) -> None:
    assert "may not be written" in as_nobody(lambda: str(Case.open(open_to_all).add(*report(2))))


# ---------------------------------------------------------------- writers


def test_a_second_writer_waits(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    release.start()
    with Case.open(path, patience=10) as case:
        began = time.monotonic()
        assert case.add(*report(2))
        assert time.monotonic() - began > 0.1
    release.join()
    other.close()


def test_a_second_writer_that_waits_too_long_says_why(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Case.open(path, patience=0.05) as case:
        with pytest.raises(CaseError) as caught:
            case.add(*report(2))
        assert "another program has been writing to it for more than 0.05 s" in str(caught.value)
        assert "wait" in caught.value.mend
        assert case.counts()["reports"] == 1
        other.execute("ROLLBACK")
        assert case.add(*report(2))
    other.close()


def test_two_writers_take_turns(path: Path) -> None:
    failed: list[Exception] = []

    def write(first: int) -> None:
        try:
            with Case.open(path) as case:
                for number in range(first, first + 30):
                    case.add(*report(number))
        except Exception as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(first,)) for first in (10, 25)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    with Case.open(path) as case:
        assert case.counts()["reports"] == 46


def test_many_make_the_case_at_once(tmp_path: Path) -> None:
    path, failed = tmp_path / "x.careo", []

    def make(number: int) -> None:
        try:
            with Case.open(path, create=True, patience=120) as case:
                case.add(*report(number))
        except Exception as error:
            failed.append(error)

    makers = [threading.Thread(target=make, args=(number,)) for number in range(6)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert failed == []
    with Case.open(path) as case:
        assert case.counts()["reports"] == 6


def test_closing_twice_is_closing(path: Path) -> None:
    case = Case.open(path, read_only=True)
    case.close()
    case.close()
    assert not path.with_name(path.name + "-wal").exists()
