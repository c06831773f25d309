"""The Runner on one machine: in this process, or in several that are started afresh («spawn»).

They are not forked: a fork would carry an open SQLite connection and the threads of libraries into the child, which neither survives,
and other systems than Linux cannot do it. Each loads rules and model once, which costs it two seconds.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any, TypeVar

from careo.errors import CareoError
from careo.flow import Crash
from careo.model import Anchor

A = TypeVar("A")
B = TypeVar("B")
K = TypeVar("K")


class Local:
    """A Runner in `jobs` processes; with one, in this process, where a crash of the interpreter ends the run."""

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = jobs

    def each(self, step: Callable[[A], B], rows: Iterable[A]) -> Iterator[tuple[A, B | Crash]]:
        """Each row with what `step` makes of it, as they become ready. An error that is not Careo's own is a Crash; so is the end of a process."""
        if self.jobs == 1:
            for row in rows:
                yield row, _attempt(step, row)
        else:
            with _Crew(step, self.jobs) as crew:
                yield from crew.work(rows)

    def together(self, step: Callable[[K, Sequence[A]], B], rows: Iterable[tuple[K, A]]) -> Iterator[B]:
        """What `step` makes of each key and its rows: in this process, where grouping costs less than sending."""
        groups: dict[K, list[A]] = defaultdict(list)
        for key, row in rows:
            groups[key].append(row)
        for key, group in groups.items():
            yield step(key, group)

    def components(self, links: Iterable[tuple[Anchor, Anchor]]) -> list[tuple[Anchor, ...]]:
        """The groups of anchors that links connect, in order, each in order (union-find; Tarjan 1975)."""
        above: dict[Anchor, Anchor] = {}

        def top(node: Anchor) -> Anchor:
            while above.setdefault(node, node) != node:
                above[node] = node = above[above[node]]
            return node

        for left, right in links:
            low, high = sorted((top(left), top(right)))
            above[high] = low
        groups: dict[Anchor, list[Anchor]] = defaultdict(list)
        for node in sorted(above):
            groups[top(node)].append(node)
        return sorted(tuple(group) for group in groups.values())


def _attempt(step: Callable[[A], B], row: A) -> B | Crash:
    """Errors of Careo concern the run (no model, a wrong rule file) and go through; any other is a bug that one row has brought to light."""
    try:
        return step(row)
    except CareoError:
        raise
    except Exception as error:
        return Crash(_in_words(error))


def _in_words(error: Exception) -> str:
    """What was raised, and in which line of which module: never a path, which would tell where somebody keeps their files."""
    frames = extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"an error of Careo, please report it: {type(error).__name__}: {str(error)[:300]}{place}"


class _Crew:
    """Worker processes, started as rows come, at most `size`. One that dies is missed on the one row that it held."""

    def __init__(self, step: Callable[[Any], Any], size: int) -> None:
        self._step, self._size = step, size
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, Any]] = {}

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for worker in [*self._idle, *(worker for worker, _ in self._busy.values())]:
            worker.end()

    def work(self, rows: Iterable[A]) -> Iterator[tuple[A, Any]]:
        """Each row with its result, as they become ready."""
        waiting = iter(rows)
        self._fill(waiting)
        while self._busy:
            for ready in wait(list(self._busy)):
                worker, row = self._busy.pop(ready)  # type: ignore[call-overload]
                result = self._result(worker)
                self._fill(waiting)
                yield row, result

    def _fill(self, waiting: Iterator[Any]) -> None:
        """Give every worker a row, while there are rows."""
        while len(self._busy) < self._size:
            try:
                row = next(waiting)
            except StopIteration:
                return
            worker = self._idle.pop() if self._idle else _Worker(self._step)
            self._busy[worker.connection] = worker, row
            worker.give(row)

    def _result(self, worker: _Worker) -> Any:
        try:
            result = worker.connection.recv()
        except (EOFError, OSError):
            return Crash(worker.obituary())
        self._idle.append(worker)
        if isinstance(result, CareoError):
            raise result
        return result


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, step: Callable[[Any], Any]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, step), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, row: Any) -> None:
        """Send a row. That the process has died meanwhile shows when its result is fetched."""
        with suppress(BrokenPipeError, ConnectionError):
            self.connection.send(row)

    def obituary(self) -> str:
        """Why there is no result: the process has ended."""
        self.connection.close()
        self._process.join()
        code = self._process.exitcode or 0
        how = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with code {code}"
        hint = "; the machine may be out of memory: try fewer --jobs" if code == -signal.SIGKILL else ""
        return f"the process that read it ended {how}{hint}"

    def end(self) -> None:
        """Take the process away; what it held is read again next time."""
        self._process.terminate()
        self._process.join()
        self._process.close()
        self.connection.close()


def _serve(connection: Connection, step: Callable[[Any], Any]) -> None:
    """What a worker does until the other end is closed. An interruption is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            row = connection.recv()
            try:
                result = _attempt(step, row)
            except CareoError as error:
                result = error
            try:
                connection.send(result)
            except (pickle.PicklingError, TypeError, AttributeError) as error:
                connection.send(Crash(_in_words(error)))
