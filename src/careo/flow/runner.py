"""How steps run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

import msgspec

from careo.model import Anchor

A = TypeVar("A")
B = TypeVar("B")
K = TypeVar("K")


class Crash(msgspec.Struct, frozen=True):
    """In place of a result: the step raised this error, or its process died. The run goes on."""

    error: str


class Runner(Protocol):
    """How steps run. The same rows give the same results on any machine, in an order that nobody may rely on."""

    def each(self, step: Callable[[A], B], rows: Iterable[A]) -> Iterator[tuple[A, B | Crash]]:
        """Each row with what `step` makes of it."""
        ...

    def together(self, step: Callable[[K, Sequence[A]], B], rows: Iterable[tuple[K, A]]) -> Iterator[B]:
        """What `step` makes of each key and all rows that share it."""
        ...

    def components(self, links: Iterable[tuple[Anchor, Anchor]]) -> list[tuple[Anchor, ...]]:
        """The groups of anchors that links connect."""
        ...
