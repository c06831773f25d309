"""A toll as a picture: each step a stretch as high as its figure, a band where the figure has two bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careo.model import Step
from careo.present.words import Words

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


def said(step: Step, words: Words) -> str:
    """The bounds of a step in words."""
    return words.say("figures", _form(step), low=_grouped(step.low), high=_grouped(step.high))


def mark(step: Step) -> str:
    """The bounds of a step in signs that every language reads: `~20`, `≥3`, `4–6`."""
    if step.low is None and step.high is None:
        return "?"
    if step.high is None:
        return (">" if step.mod == "more_than" else "≥") + _grouped(step.low)
    if step.low is None:
        return ("<" if step.mod == "less_than" else "≤") + _grouped(step.high)
    return ("~" if step.mod == "about" else "") + (_grouped(step.low) if step.low == step.high else f"{_grouped(step.low)}–{_grouped(step.high)}")


def _form(step: Step) -> str:
    """Which phrase fits the bounds."""
    if step.low is None and step.high is None:
        return "open"
    if step.low is not None and step.high is not None:
        spread, about = step.low != step.high, step.mod == "about"
        return ("about_between" if about else "between") if spread else ("about" if about else "exact")
    if step.high is None:
        return "more_than" if step.mod == "more_than" else "at_least"
    return "less_than" if step.mod == "less_than" else "at_most"


def _grouped(number: int | None) -> str:
    """Figures of five digits and more in groups of three, with a narrow blank that both languages know."""
    if number is None:
        return ""
    return f"{number:,}".replace(",", "\u202f") if abs(number) >= 10_000 else str(number)


def treads(steps: Sequence[Step]) -> tuple[Tread, ...]:
    """The steps in their order, each as wide as the next, on one scale from nought to the highest bound."""
    highest = max([bound for step in steps for bound in (step.low, step.high) if bound is not None], default=0) or 1
    wide = WIDTH / max(len(steps), 1)
    made = []
    for at, step in enumerate(steps):
        low, high = step.low or 0, step.high if step.high is not None else highest
        top, bottom = (round(HEIGHT * (1 - bound / highest), 1) for bound in (high, low))
        made.append(Tread(round(at * wide, 1), round(wide, 1), top, bottom, step.high is None, mark(step)))
    return tuple(made)
