"""The case: captures, documents, readings, failures, judgements and conclusions in one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import msgspec

from careo.errors import CaseError, UsageError
from careo.model import Anchor, Capture, DctReading, Document, Failure, Judgement, Layers, Reading, Report, Sighting
from careo.store import search as searching
from careo.store.file import PATIENCE, File
from careo.store.kept import Changes, Derived, derived, program, replace
from careo.store.records import MODULUS, exact, expand, inexact, pack, squeeze, unpack, weight

SHOW = "SHOW"
"""The verdict of a judgement of kind `mask` that hides nothing: it only undoes another, or says that a name may be shown."""

UNDO = "UNDO"
"""The verdict of a judgement that says nothing of its own: it only undoes another."""

_OUTLINES = """
    SELECT d.id, d.record, r.record FROM documents AS d LEFT JOIN readings AS r ON r.document = d.id
    WHERE d.id > ? AND d.parent IS NULL ORDER BY d.id LIMIT ?
"""
_COUNTED = ("captures", "sightings", "documents", "readings", "failures", "judgements")
_PRESENT = "(d.parent IS NULL OR EXISTS (SELECT 1 FROM posts WHERE posts.document = d.id))"


class _Outline(msgspec.Struct, frozen=True):
    """The little of a stored reading that dates its report; the rest is not decoded."""

    dct: DctReading
    language_version: str


class Case:
    """A case file, open. A context manager; `open` makes one.

    Every method raises CaseError where the file fails (locked, damaged, full disk). A method that writes does so in one
    transaction: after a kill all of it is there, or nothing.
    """

    def __init__(self, file: File) -> None:
        self._file = file

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, read_only: bool = False, patience: float = PATIENCE) -> Case:
        """The case at `path`. `create`: make it where there is none. `read_only`: nothing is written, and another process may write meanwhile.

        `patience`: seconds to wait for another writer. Raises CaseError for what is no case, or one of a newer version.
        """
        return cls(File(Path(path), create=create and not read_only, read_only=read_only, patience=patience))

    @property
    def path(self) -> Path:
        """Where the case stands."""
        return self._file.path

    def close(self) -> None:
        """Close the file. May be called twice."""
        self._file.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def snapshot(self) -> AbstractContextManager[None]:
        """Inside `with case.snapshot():` all is read as of one moment (the generation and its readings, for instance). Nothing may be written."""
        return self._file.snapshot()

    # ------------------------------------------------------------ reports in

    def known(self, sha256: str) -> bool:
        """Whether a capture with these bytes is there."""
        return self._file.value("SELECT 1 FROM captures WHERE sha256 = ?", sha256) is not None

    def add(self, capture: Capture, document: Document, reading: Reading | None) -> bool:
        """Store one report in one transaction; `reading` None: stored, searchable, unread. Gives whether the document is new.

        A document that is there stays as it is: only sightings, and a reading where it had none, are added. Failures of the same
        capture and places are cleared: those of ingest, and with a reading those of reading too.
        """
        with self._file.writing():
            self._put_capture(capture)
            new = self._put_document(document)
            if reading is not None and self.reading(document.id) is None:
                self._put_reading(reading)
            self._clear(capture.sha256, capture.sightings, read=reading is not None)
        return new

    def add_sighting(self, sha256: str, sighting: Sighting) -> bool:
        """The bytes of a stored capture were met at one more place. Gives whether that is news. Raises UsageError for an unknown capture."""
        with self._file.writing():
            if not self.known(sha256):
                raise UsageError(f"no capture {sha256}", where=str(self.path), expected="one that is in the case", mend="add its report first")
            new = self._put_sighting(sha256, sighting)
            self._clear(sha256, (sighting,), read=False)
        return new

    def replace_reading(self, reading: Reading) -> None:
        """Put `reading` in the place of the one that its document has, if any. Posts that it no longer names are kept, but not listed."""
        with self._file.writing():
            old = self._file.value("SELECT record FROM readings WHERE document = ?", reading.document)
            if old is not None:
                self._weigh(-weight("reading", reading.document, expand(old)))
                self._file.run("DELETE FROM posts WHERE story = ?", reading.document)
                self._file.run("DELETE FROM readings WHERE document = ?", reading.document)
            self._put_reading(reading)
            capture = self._file.value("SELECT capture FROM documents WHERE id = ?", reading.document)
            self._clear(capture, self._sightings(capture), read=True)

    def _put_capture(self, capture: Capture) -> None:
        if not self.known(capture.sha256):
            values = (capture.sha256, capture.media_type, squeeze(capture.content))
            self._file.run("INSERT INTO captures (sha256, media_type, content) VALUES (?, ?, ?)", *values)
        for sighting in capture.sightings:
            self._put_sighting(capture.sha256, sighting)

    def _put_sighting(self, sha256: str, sighting: Sighting) -> bool:
        record = pack(sighting)
        new = self._file.run("INSERT OR IGNORE INTO sightings (capture, record) VALUES (?, ?)", sha256, record) > 0
        if new:
            self._weigh(weight("sighting", sha256, record))
            for (document,) in self._file.rows("SELECT id FROM documents WHERE capture = ? AND parent IS NULL", sha256):
                self._changed(document)
        return new

    def _put_document(self, document: Document) -> bool:
        """Store a report or a post. Of a post that is there only what is known about it is renewed, never its text."""
        there = self._file.value("SELECT text FROM documents WHERE id = ?", document.id)
        if there is None:
            self._insert_document(document)
        elif inexact(there) != document.text:
            raise CaseError(f"document {document.id} comes with two texts", where=str(self.path), expected="one id for one text", mend=_REPORT_IT)
        elif document.parent is not None:
            values = (_bare(document), _plain(document.language), document.id)
            self._file.run("UPDATE documents SET record = ?, language = ? WHERE id = ?", *values)
        return there is None

    def _insert_document(self, document: Document) -> None:
        values = (document.id, document.capture, document.parent, _plain(document.language), _bare(document), exact(document.text))
        self._file.run("INSERT INTO documents (id, capture, parent, language, record, text) VALUES (?, ?, ?, ?, ?, ?)", *values)
        if document.parent is None:
            # The label is left out: it is the name of the place that was met first, and would make the order count.
            self._weigh(weight("document", _bare(msgspec.structs.replace(document, label="")), document.text))
            self._changed(document.id)
            searching.index(self._file, document)

    def _put_reading(self, reading: Reading) -> None:
        record = pack(reading)
        values = (reading.document, reading.language_version, squeeze(record))
        self._file.run("INSERT INTO readings (document, language_version, record) VALUES (?, ?, ?)", *values)
        for post in reading.posts:
            self._put_document(post)
            self._file.run("INSERT INTO posts (story, document) VALUES (?, ?)", reading.document, post.id)
        self._weigh(weight("reading", reading.document, record))
        self._changed(reading.document)

    # ------------------------------------------------------------ reports out

    def documents(self, *, posts: bool = True) -> Iterator[Document]:
        """The documents in order of id; with those posts that a present reading names, unless `posts` is false."""
        return self._documents(_PRESENT if posts else "d.parent IS NULL")

    def unread(self) -> Iterator[Document]:
        """Reports without a reading, in order of id."""
        return self._documents("d.parent IS NULL AND NOT EXISTS (SELECT 1 FROM readings WHERE readings.document = d.id)")

    def outdated(self, language_version: str) -> Iterator[Document]:
        """Reports that were read by another language version, in order of id: what a re-reading would read."""
        for (document,) in self._file.rows("SELECT document FROM readings WHERE language_version <> ? ORDER BY document", language_version):
            yield self.document(document)

    def document(self, document: str) -> Document:
        """The document with this id, a post of an earlier reading too. Raises UsageError where there is none."""
        rows = self._file.rows("SELECT id, record, text FROM documents WHERE id = ?", document)
        if not rows:
            raise UsageError(f"no document {document}", where=str(self.path), expected="the id of one of its reports", mend="search for it first")
        return _whole(*rows[0])

    def readings(self) -> Iterator[Reading]:
        """All readings in order of their document's id."""
        for _, record in self._file.pages("SELECT document, record FROM readings WHERE document > ? ORDER BY document LIMIT ?"):
            yield unpack(expand(record), Reading)

    def reading(self, document: str) -> Reading | None:
        """The reading of a document, None where it is unread, or a post (a post is read within its story)."""
        record = self._file.value("SELECT record FROM readings WHERE document = ?", document)
        return None if record is None else unpack(expand(record), Reading)

    def reports(self, which: Iterable[str] | None = None) -> Iterator[Report]:
        """Every report, or those of these documents, with its reading and its sightings, in order of the document's id: what collation takes."""
        for document in self.documents(posts=False) if which is None else map(self.document, which):
            yield Report(document, self.reading(document.id), self._sightings(document.capture))

    def outlines(self) -> Iterator[Report]:
        """Every report with neither its text nor its annotations, in order of the document's id: what lists of a large case are made of."""
        for document, record, reading in self._file.pages(_OUTLINES):
            read = None
            if reading is not None:
                dated = unpack(expand(reading), _Outline)
                read = Reading(document, dated.dct, Layers(), dated.language_version)
            bare = msgspec.structs.replace(unpack(record, Document), offsets=())
            yield Report(bare, read, self._sightings(bare.capture))

    def capture(self, sha256: str) -> Capture:
        """The bytes as they came, with all sightings (sorted). Raises UsageError where there are none."""
        rows = self._file.rows("SELECT media_type, content FROM captures WHERE sha256 = ?", sha256)
        if not rows:
            raise UsageError(f"no capture {sha256}", where=str(self.path), expected="one that is in the case", mend="take it from a document")
        media_type, packed = rows[0]
        return Capture(sha256, media_type, expand(packed), self._sightings(sha256))

    def counts(self) -> dict[str, int]:
        """How many captures, sightings, documents (posts among them), readings, failures, judgements, and unread reports there are."""
        counts = {table: self._file.value(f"SELECT count(*) FROM {table}") for table in _COUNTED}
        reports = self._file.value("SELECT count(*) FROM documents WHERE parent IS NULL")
        return {**counts, "reports": reports, "unread": reports - counts["readings"]}

    def search(self, words: str, *, exact: bool = False, limit: int = 20) -> list[searching.Hit]:
        """Passages with `words`, best first; see `store.search`. Spans, not text: what is shown goes through the masks."""
        return searching.search(self._file, words, exact=exact, limit=limit)

    def _documents(self, which: str) -> Iterator[Document]:
        for row in self._file.pages(f"SELECT d.id, d.record, d.text FROM documents AS d WHERE d.id > ? AND {which} ORDER BY d.id LIMIT ?"):
            yield _whole(*row)

    def _sightings(self, sha256: str) -> tuple[Sighting, ...]:
        rows = self._file.rows("SELECT record FROM sightings WHERE capture = ? ORDER BY record", sha256)
        return tuple(unpack(record, Sighting) for (record,) in rows)

    # ------------------------------------------------------------ failures

    def fail(self, failure: Failure) -> None:
        """Note what could not be taken in or read. The same place, stage and error: one row, however often it is said."""
        with self._file.writing():
            self._put_failure(failure)

    def failures(self) -> Iterator[Failure]:
        """What failed and has not succeeded since, in order of place, stage and error."""
        for (record,) in self._file.rows("SELECT record FROM failures ORDER BY place, stage, error"):
            yield unpack(record, Failure)

    def _put_failure(self, failure: Failure) -> None:
        values = (exact(failure.where), failure.stage, exact(failure.error), failure.capture, pack(failure))
        self._file.run("INSERT OR REPLACE INTO failures (place, stage, error, capture, record) VALUES (?, ?, ?, ?, ?)", *values)

    def _clear(self, sha256: str, sightings: tuple[Sighting, ...], *, read: bool) -> None:
        stages = ("ingest", "read" if read else "ingest")
        self._file.run("DELETE FROM failures WHERE capture = ? AND stage IN (?, ?)", sha256, *stages)
        for sighting in sightings:
            self._file.run("DELETE FROM failures WHERE place = ? AND stage IN (?, ?)", exact(place(sighting)), *stages)

    # ------------------------------------------------------------ judgements

    def judge(
        self,
        kind: Literal["link", "claim", "correction", "mask", "note"],
        left: Anchor,
        verdict: str,
        *,
        because: str,
        by: str,
        at: str,
        right: Anchor | None = None,
        undoes: int | None = None,
    ) -> Judgement:
        """Write down a person's decision; `at` is the caller's time. Gives it with its number. Nothing alters it later, but another may undo it.

        Raises UsageError where the kind is none, or the judgement to undo is not there.
        """
        with self._file.writing():
            number = 1 + self.judged
            made = _checked(Judgement(number, kind, left, verdict, because, by, at, right, undoes))
            earlier = {judgement.number: judgement for judgement in self.judgements()}
            if undoes is not None and undoes not in earlier:
                raise UsageError(f"no judgement {undoes} to undo", where=str(self.path), expected="the number of one", mend="list the judgements")
            values = (number, kind, undoes, pack(made))
            self._file.run("INSERT INTO judgements (number, kind, undoes, record) VALUES (?, ?, ?, ?)", *values)
            before = tuple(earlier.values())
            self._weigh(_weight((*before, made)) - _weight(before))
        return made

    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements by number, those that were undone too."""
        return tuple(unpack(record, Judgement) for (record,) in self._file.rows("SELECT record FROM judgements ORDER BY number"))

    @property
    def judged(self) -> int:
        """The number of the last judgement, 0 where there is none."""
        return int(self._file.value("SELECT coalesce(max(number), 0) FROM judgements"))

    def masks(self) -> tuple[Judgement, ...]:
        """The judgements of kind `mask` that hold: not undone by one that holds, and with another verdict than SHOW or UNDO."""
        return tuple(judgement for judgement in standing(self.judgements()) if judgement.kind == "mask" and judgement.verdict not in (SHOW, UNDO))

    # ------------------------------------------------------------ conclusions

    @property
    def generation(self) -> int:
        """A number for what the case holds, 0 for nothing: the sum, modulo 2**53, of a hash of each sighting, report, reading and judgement.

        A sum knows no order and no batches: the same reports and judgements give the same number. It is kept up to date by every
        transaction. Labels, the numbers of judgements, judgements that were undone, and failures do not count.
        """
        return int(self._file.value("SELECT generation FROM state"))

    @property
    def collated_generation(self) -> int:
        """The generation that the stored conclusions were drawn from; 0 where there are none."""
        return int(self._file.value("SELECT collated FROM state"))

    @property
    def is_current(self) -> bool:
        """Whether the conclusions are those of all that the case holds, drawn by this program."""
        ((generation, collated, made_by),) = self._file.rows("SELECT generation, collated, program FROM state")
        return generation == collated and (made_by == program() or not generation)

    def derived(self) -> Derived:
        """What was derived last, and which reports have come in or changed since: all, where another program derived it."""
        return derived(self._file)

    def conclude(self, generation: int, known: Derived, changes: Changes, failures: Mapping[str, Failure]) -> bool:
        """Store what was derived from `generation`, where nobody has stored anything since `known` was read; gives whether it did.

        `failures`: by the document of a report what failed in deriving. These, and what has changed meanwhile, are derived again next time.
        """
        with self._file.writing():
            if not replace(self._file, generation, known, changes, failures):
                return False
            self._file.run("DELETE FROM failures WHERE stage = 'collate'")
            for failure in failures.values():
                self._put_failure(failure)
        return True

    def language_versions(self) -> tuple[str, ...]:
        """The versions of languages by which reports were read, in order."""
        return tuple(version for (version,) in self._file.rows("SELECT DISTINCT language_version FROM readings ORDER BY language_version"))

    def _changed(self, document: str) -> None:
        """What is derived from a report is no longer so."""
        self._file.run("INSERT OR REPLACE INTO waiting (document, mark) VALUES (?, (SELECT generation FROM state))", document)

    def _weigh(self, change: int) -> None:
        self._file.run("UPDATE state SET generation = (generation + ?) % ?", change % MODULUS, MODULUS)


_REPORT_IT = "this is an error of Careo: please report it"


def place(sighting: Sighting) -> str:
    """A sighting in words, as failures name it: its path or address, with its part."""
    return f"{sighting.uri}, {sighting.part}" if sighting.part else sighting.uri


def standing(judgements: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """Those that are not undone. One that was undone undoes nothing any more. In order of number, as they come."""
    undone: set[int] = set()
    for judgement in reversed(judgements):
        if judgement.undoes is not None and judgement.number not in undone:
            undone.add(judgement.undoes)
    return tuple(judgement for judgement in judgements if judgement.number not in undone)


def _weight(judgements: tuple[Judgement, ...]) -> int:
    """What judgements add to the generation: those that stand and say something, by content. One that is undone leaves no trace in it."""
    said = (judgement for judgement in standing(judgements) if judgement.verdict != UNDO)
    return sum(weight("judgement", pack(msgspec.structs.replace(judgement, number=0, undoes=None))) for judgement in said)


def _checked(judgement: Judgement) -> Judgement:
    try:
        return msgspec.convert(msgspec.to_builtins(judgement), type=Judgement)
    except msgspec.ValidationError as error:
        raise UsageError(f"no judgement: {error}", expected="a kind of judgement, and anchors", mend="correct it") from error


def _bare(document: Document) -> bytes:
    """The record without its text, which has a column of its own."""
    return pack(msgspec.structs.replace(document, text=""))


def _whole(_: Any, record: bytes, text: bytes) -> Document:
    return msgspec.structs.replace(unpack(record, Document), text=inexact(text))


def _plain(language: str | None) -> str | None:
    """A language as a column can hold it; the record keeps it as it came."""
    return language and language.encode("utf-8", "replace").decode("utf-8")
