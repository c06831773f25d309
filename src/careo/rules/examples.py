"""Holding rules against their examples: what must be found, what must not, and what is not found yet.

Every example is read with all the rules of its language on, so that a rule that takes another's match is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from careo.rules.notation import Example, Mark, Rule


@dataclass(frozen=True, slots=True)
class Seen:
    """One annotation in an example: its rule, its spans by label (empty label: the whole), its values."""

    rule: str
    spans: Mapping[str, tuple[tuple[int, int], ...]]
    values: Mapping[str, str | None]


Look = Callable[[Rule, Example], Sequence[Seen]]
"""What the rule's layer sees in the example."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with an example of a rule: `problem` is empty if nothing is."""

    rule: Rule
    example: Example
    problem: str

    @property
    def where(self) -> str:
        """`file:line` of the example."""
        return f"{self.rule.where.rsplit(':', 1)[0]}:{self.example.line}"


def check(rule: Rule, example: Example, look: Look) -> Verdict:
    """Read one example and say what is wrong with it."""
    seen = list(look(rule, example))
    own = [one for one in seen if one.rule == rule.name]
    if example.kind == "not":
        return Verdict(rule, example, f"found {_shown(own, example.text)}, though nothing must be" if own else "")
    problem = _compare(example, own)
    if example.kind == "gap":
        return Verdict(rule, example, "" if problem else "this gap is closed: move the sentence to «examples»")
    return Verdict(rule, example, f"{problem}; found {_shown(seen, example.text)}" if problem else "")


def _compare(example: Example, own: Iterable[Seen]) -> str:
    """What is missing: each bare mark needs an annotation of its own, labelled marks one that has them all."""
    candidates = [one for one in own if _values_agree(example, one)]
    for mark in example.marks:
        if not mark.label and not any((mark.start, mark.end) in one.spans.get("", ()) for one in candidates):
            return f"wanted «{example.text[mark.start : mark.end]}»{_wanted(example)}"
    labelled: dict[str, set[tuple[int, int]]] = {}
    for mark in example.marks:
        if mark.label:
            labelled.setdefault(mark.label, set()).add((mark.start, mark.end))
    if any(all(set(one.spans.get(label, ())) == spans for label, spans in labelled.items()) for one in candidates):
        return ""
    return f"wanted {_marks(example)}{_wanted(example)}"


def _values_agree(example: Example, one: Seen) -> bool:
    for key, wanted in example.values.items():
        found = one.values.get(key)
        if wanted == "none":
            if found is not None or one.spans.get(key):
                return False
        elif found != wanted:
            return False
    return True


def _wanted(example: Example) -> str:
    return " with " + ", ".join(f"{key}={value}" for key, value in example.values.items()) if example.values else ""


def _marks(example: Example) -> str:
    return ", ".join(f"{mark.label or 'it'} «{example.text[mark.start : mark.end]}»" for mark in example.marks)


def _shown(seen: Sequence[Seen], text: str) -> str:
    if not seen:
        return "nothing"
    lines = []
    for one in seen:
        spans = ", ".join(f"{label} «{text[start:end]}»".strip() for label, places in one.spans.items() for start, end in places)
        values = ", ".join(f"{key}={value}" for key, value in one.values.items() if value is not None)
        lines.append(f"{one.rule}: {spans} ({values})")
    return "; ".join(lines)


def problems(rules: Iterable[Rule], look: Look) -> list[Verdict]:
    """All examples that do not hold, in order of the rules."""
    verdicts = (check(rule, example, look) for rule in rules for example in rule.examples)
    return [verdict for verdict in verdicts if verdict.problem]


__all__ = ["Example", "Look", "Mark", "Seen", "Verdict", "check", "problems"]
