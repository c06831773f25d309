"""What people decided of single statements, put on what was read: a rejected one stands apart, a corrected one has its new value, and says so."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from careo import edtf
from careo.collate.chronology import Involved, Telling
from careo.collate.clusters import resolve
from careo.model import Anchor, Decision, Judgement, Link, Span, Verdict

NAMED = frozenset({"chains", "mentions"})
"""Layers on whose annotations a judgement says who is who."""

TOLD = frozenset({"events", "quotations", "quantities"})
"""Layers on whose annotations a judgement says what holds of a statement."""

REJECT = "REJECT"

Places = Mapping[Anchor, Sequence[Span]]
"""The annotations that there are now in one report, each with its spans."""


def spans(anchor: Anchor) -> Sequence[Span]:
    """The span of an annotation that is one piece; none where it has no length."""
    return (Span(anchor.start, anchor.end),) if anchor.start < anchor.end else ()


class End(NamedTuple):
    """The annotation on which one end of a judgement holds now."""

    number: int
    left: bool
    anchor: Anchor


class Judged(NamedTuple):
    """A link that a person judged; a later judgement outranks an earlier one."""

    number: int
    link: Link


def documents(judgement: Judgement) -> set[str]:
    """The documents that a judgement speaks of."""
    return {one.document for one in (judgement.left, judgement.right) if one}


def ends(judgements: Iterable[Judgement], layers: frozenset[str], known: Places) -> Iterator[End]:
    """The ends of judgements that say whether two are one, as far as they lie in one report and are not orphaned."""
    for judgement in judgements:
        if judgement.kind == "link" and judgement.left.layer in layers and judgement.verdict in ("SAME", "DIFFERENT", "UNSURE"):
            for left, anchor in ((True, judgement.left), (False, judgement.right)):
                now = held(anchor, layers, known) if anchor else None
                if now:
                    yield End(judgement.number, left, now)


def held(anchor: Anchor, layers: frozenset[str], known: Places) -> Anchor | None:
    """The annotation of these layers that an anchor holds on now."""
    if anchor.layer not in layers:
        return None
    beside = {one: spans for one, spans in known.items() if (one.document, one.field) == (anchor.document, anchor.field)}
    return resolve(anchor, beside if layers is NAMED else {one: spans for one, spans in beside.items() if one.layer == anchor.layer})


def linked(_number: str, judgements: Sequence[Judgement], ends: Sequence[End]) -> Iterator[Judged]:
    """What a person judged of two, both of which are there."""
    at = {end.left: end.anchor for end in ends}
    for judgement in judgements:
        if len(at) == 2 and at[True] != at[False]:
            relation = "entity" if judgement.left.layer in NAMED else "event"
            verdict: Verdict = judgement.verdict  # type: ignore[assignment]
            yield Judged(judgement.number, Link(at[True], at[False], relation, verdict, 1.0, judgement.because, judgement.by))


class Decisions:
    """What people decided of the statements of one report, held on the annotations that there are now. What finds none is left out."""

    def __init__(self, judgements: Iterable[Judgement], known: Places) -> None:
        self._on: dict[Anchor, list[Judgement]] = defaultdict(list)
        for judgement in sorted(judgements, key=lambda one: one.number):
            left = held(judgement.left, TOLD, known) if judgement.kind in {"claim", "correction"} and judgement.undoes is None else None
            if left:
                self._on[left].append(judgement)

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
        before = "; ".join(one.name for one in telling.participants if one.role == role)
        others = tuple(one for one in telling.participants if one.role != role)
        return dataclasses.replace(telling, participants=(*others, Involved(role, None, value))), before or None

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
