"""What people decided of single statements, put on what was read: a rejected one stands apart, a corrected one has its new value, and says so."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from careo import edtf
from careo.collate.chronology import Telling
from careo.collate.clusters import resolve
from careo.model import Anchor, Decision, Judgement, Link, Span

LAYERS = frozenset({"events", "quotations", "quantities"})
"""Layers on whose annotations a judgement says what holds of a statement."""

REJECT = "REJECT"


class Decisions:
    """The judgements on statements that stand, held on the annotations that there are now. Those that find none are left out here."""

    def __init__(self, judgements: Iterable[Judgement], known: Iterable[Anchor]) -> None:
        self._known: dict[tuple[str, str, str], dict[Anchor, Sequence[Span]]] = defaultdict(dict)
        for anchor in known:
            self._known[anchor.document, anchor.field, anchor.layer][anchor] = (Span(anchor.start, anchor.end),) if anchor.start < anchor.end else ()
        self._on: dict[Anchor, list[Judgement]] = defaultdict(list)
        self.links: list[Link] = []
        for judgement in (one for one in judgements if one.undoes is None):
            left = self._now(judgement.left)
            right = self._now(judgement.right) if judgement.right else None
            if judgement.kind == "link" and left and right and left != right and judgement.verdict in ("SAME", "DIFFERENT", "UNSURE"):
                self.links.append(Link(left, right, "event", judgement.verdict, 1.0, judgement.because, judgement.by))  # type: ignore[arg-type]
            elif judgement.kind in {"claim", "correction"} and left:
                self._on[left].append(judgement)

    def _now(self, anchor: Anchor) -> Anchor | None:
        return resolve(anchor, self._known[anchor.document, anchor.field, anchor.layer]) if anchor.layer in LAYERS else None

    def parted(self, tellings: Iterable[Telling]) -> tuple[list[Telling], list[Telling]]:
        """The tellings as people corrected them: those that stand, and those that were rejected."""
        sides: tuple[list[Telling], list[Telling]] = ([], [])
        for telling in tellings:
            sides[self.rejected(telling)].append(self.applied(telling))
        return sides

    def rejected(self, telling: Telling) -> bool:
        """Whether the last word on the whole statement is that it does not hold."""
        said = [one for one in self._on.get(telling.anchor, ()) if one.kind == "claim" and not one.left.property]
        return bool(said) and said[-1].verdict == REJECT

    def applied(self, telling: Telling) -> Telling:
        """The telling as people corrected it, with all that they decided and, of a correction, what was read."""
        decided = []
        for judgement in self._on.get(telling.anchor, ()):
            before = None
            mend = _MENDS.get(judgement.left.property) if judgement.kind == "correction" else None
            if mend is not None:
                telling, before = mend(telling, judgement.verdict)
            decided.append(
                Decision(judgement.number, judgement.kind, judgement.verdict, judgement.by, judgement.because, judgement.left.property, before)
            )
        return dataclasses.replace(telling, decisions=tuple(decided)) if decided else telling


Mended = tuple[Telling, str | None]


def _when(telling: Telling, value: str) -> Mended:
    if not edtf.is_edtf(value):
        return telling, telling.when
    return dataclasses.replace(telling, when=value, part=None, carried=False), telling.when


def _where(telling: Telling, value: str) -> Mended:
    return dataclasses.replace(telling, where=value, site=None), telling.where


def _kind(telling: Telling, value: str) -> Mended:
    return dataclasses.replace(telling, kind=value), telling.kind


def _role(role: str) -> Callable[[Telling, str], Mended]:
    def mend(telling: Telling, value: str) -> Mended:
        before = "; ".join(name for other, _, name in telling.participants if other == role)
        others = tuple(one for one in telling.participants if one[0] != role)
        return dataclasses.replace(telling, participants=(*others, (role, None, value))), before or None

    return mend


def _figure(telling: Telling, value: str) -> Mended:
    if telling.figure is None or not value.isdecimal():
        return telling, None
    old, number = telling.figure, int(value)
    before = "..".join("" if bound is None else str(bound) for bound in (old.low, old.high))
    return dataclasses.replace(telling, figure=dataclasses.replace(old, low=number, high=number, mod=None)), before


_MENDS: Mapping[str, Callable[[Telling, str], Mended]] = {
    "when": _when, "where": _where, "kind": _kind, "agent": _role("agent"), "patient": _role("patient"), "figure": _figure,
}  # fmt: skip
"""How each property of a statement is corrected; the value that was read goes with it."""
