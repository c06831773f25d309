"""A toll as a picture: each step a stretch as high as its figure, a band where the figure has two bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careo.model import Step
from careo.present.figures import mark

WIDTH, HEIGHT = 320.0, 72.0
"""Units of the picture, without its words."""


@dataclass(frozen=True, slots=True)
class Tread:
    """One step: from `x` for `width`; `top` and `bottom` of its band; `open` above where no upper bound was given. `mark` is its figure in signs."""

    x: float
    width: float
    top: float
    bottom: float
    open: bool
    mark: str
    short: str


def treads(steps: Sequence[Step], days: Sequence[str]) -> tuple[Tread, ...]:
    """The steps in their order, each as wide as the next, on one scale from nought to the highest bound; under each its day.

    A part of those harmed, or an old figure repeated, would look like a fall: they stand in the table alone, unless nothing else is told.
    """
    told = list(zip(steps, days, strict=True))
    drawn = [(step, day) for step, day in told if not (step.part or step.stale)] or told
    highest = max([bound for step, _ in drawn for bound in (step.low, step.high) if bound is not None], default=0) or 1
    wide = WIDTH / max(len(drawn), 1)
    made = []
    for at, (step, day) in enumerate(drawn):
        low, high = step.low or 0, step.high if step.high is not None else highest
        top, bottom = (round(HEIGHT * (1 - bound / highest), 1) for bound in (high, low))
        made.append(Tread(round(at * wide, 1), round(wide, 1), top, bottom, step.high is None, mark(step), day))
    return tuple(made)
