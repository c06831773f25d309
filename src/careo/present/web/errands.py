"""What goes on beside the pages, one after the other: reading reports that were added, concluding, and fetching the conclusions.

Reading and concluding run in processes of their own where they are long, so that pages are served meanwhile.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Literal

import msgspec

from careo import ingest, pipeline
from careo.collate.leads import Lead, leads
from careo.errors import CareoError
from careo.model import Failure
from careo.run.local import Local
from careo.store.case import Case

SMALL = 300
"""Reports of a case that is concluded in this process: sooner than another could be started."""

TRIES = 5
"""How often it is concluded anew where meanwhile something came in."""

Stage = Literal["reading", "concluding", "loading", "looking"]


@dataclass(frozen=True, slots=True)
class Doing:
    """What is going on. `seen` reports are dealt with; `failed` tells of those that could not be, `problem` of what broke."""

    stage: Stage | None = None
    seen: int = 0
    read: int = 0
    known: int = 0
    unread: int = 0
    failed: tuple[Failure, ...] = ()
    problem: str = ""
    added: int = 0


def concluded(path: Path) -> bool:
    """Conclude the case, until nothing has come in meanwhile; gives whether it is current. Another process may run this."""
    with Case.open(path) as case:
        for _ in range(TRIES):
            if case.is_current:
                break
            pipeline.collate(case, Local())
        return case.is_current


def looked(path: Path) -> tuple[int, tuple[Lead, ...]]:
    """The leads that only the readings give, with the generation of the conclusions that they belong to. Another process may run this."""
    with Case.open(path, read_only=True) as case, case.snapshot():
        chronology = pipeline.concluded(case)
        bare = msgspec.structs.replace(chronology, entries=(), undated=())
        return chronology.generation, leads(bare, case.reports())


class Errands:
    """A thread that does them in turn. `load` is called after each, in that thread."""

    def __init__(self, path: Path, load: Callable[[], None], *, jobs: int, model: str) -> None:
        self.path, self._load, self._jobs, self._readers = path, load, jobs, pipeline.Readers(model)
        self.doing = Doing()
        self.leads: tuple[int, tuple[Lead, ...]] = (-1, ())
        self._waiting: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._asked: set[str] = set()
        self._lock = threading.Lock()
        self._idle = threading.Event()
        self._idle.set()
        self._thread = threading.Thread(target=self._serve, name="errands", daemon=True)
        self._thread.start()

    def add(self, folder: Path, files: Sequence[Path], dct: str | None = None) -> None:
        """Take these files into the case, conclude, and take the folder away. `dct` dates what brings no date of its own."""
        self._put(lambda: self._add(folder, files, dct))

    def conclude(self) -> None:
        """Conclude anew; once, however often it is asked for before it begins."""
        self._once("conclude", self._conclude)

    def load(self) -> None:
        """Fetch the conclusions that another process has drawn."""
        self._once("load", self._fetch)

    def look(self) -> None:
        """Find the leads that only the readings give."""
        self._once("look", self._look)

    def rest(self, seconds: float) -> bool:
        """Wait until nothing is going on; gives whether that is so."""
        return self._idle.wait(seconds)

    def end(self) -> None:
        """No more errands after the present one."""
        self._waiting.put(None)
        self._thread.join(10)

    # ------------------------------------------------------------ in the thread

    def _put(self, errand: Callable[[], None]) -> None:
        with self._lock:
            self._idle.clear()
            self._waiting.put(errand)

    def _once(self, name: str, errand: Callable[[], None]) -> None:
        with self._lock:
            if name in self._asked:
                return
            self._asked.add(name)

        def begin() -> None:
            with self._lock:
                self._asked.discard(name)
            errand()

        self._put(begin)

    def _serve(self) -> None:
        while (errand := self._waiting.get()) is not None:
            try:
                errand()
            except CareoError as error:
                self.doing = replace(self.doing, problem=str(error))
            finally:
                self.doing = replace(self.doing, stage=None)
                with self._lock:
                    if self._waiting.empty():
                        self._idle.set()

    def _add(self, folder: Path, files: Sequence[Path], dct: str | None) -> None:
        failed: list[Failure] = []
        tally = pipeline.Tally()
        self.doing = Doing("reading", added=self.doing.added)

        def tell() -> None:
            self.doing = replace(self.doing, seen=tally.seen, read=tally.read, known=tally.known, unread=tally.unread.total())

        try:
            with Case.open(self.path) as case:
                captures = ingest.captures(files, on_failure=failed.append)
                # Never in this process: reading keeps the interpreter busy, and pages would wait.
                pipeline.add(case, captures, pipeline.Take(self._readers, dct), Local(max(self._jobs, 2)), tally, tell)
                pipeline.note(case, failed, tally)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            tell()
            self.doing = replace(self.doing, failed=tuple(tally.failures), added=self.doing.added + 1)
        self._conclude()

    def _conclude(self) -> None:
        self.doing = replace(self.doing, stage="concluding", problem="")
        for _, made in self._apart().each(concluded, [self.path]):
            if isinstance(made, pipeline.Crash):
                self.doing = replace(self.doing, problem=made.error)
        self._fetch()

    def _look(self) -> None:
        self.doing = replace(self.doing, stage="looking")
        for _, made in self._apart().each(looked, [self.path]):
            if isinstance(made, pipeline.Crash):
                self.doing = replace(self.doing, problem=made.error)
            else:
                self.leads = made

    def _apart(self) -> Local:
        """In this process where the case is small, else in one of its own."""
        with Case.open(self.path, read_only=True) as case:
            return Local(1 if case.counts()["reports"] <= SMALL else 2)

    def _fetch(self) -> None:
        self.doing = replace(self.doing, stage="loading")
        self._load()
