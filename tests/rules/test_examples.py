"""What the example runner calls right and wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from careo.rules.examples import Seen, check
from careo.rules.notation import Example, Rule, read_example

WHOLE = {"": ((4, 12),)}


def rule() -> Rule:
    return Rule("t/f#r", "r", "t/f.yaml:3", {}, {}, (), {})


def look(*seen: Seen) -> object:
    def at(_rule: Rule, _example: Example) -> Sequence[Seen]:
        return seen

    return at


@pytest.mark.parametrize(
    ("kind", "written", "seen", "holds"),
    [
        ("examples", "Fue [el lunes].", [Seen("t/f#r", WHOLE, {})], True),
        ("examples", "Fue [el lunes]. -> a", [Seen("t/f#r", WHOLE, {"value": "b"})], False),
        ("examples", "Fue [el lunes]. -> mod=none", [Seen("t/f#r", WHOLE, {"mod": None})], True),
        ("examples", "Fue [el lunes]. -> mod=none", [Seen("t/f#r", WHOLE, {"mod": "about"})], False),
        ("examples", "Fue [el lunes].", [Seen("t/f#other", WHOLE, {})], False),
        ("examples", "Fue [el] lunes.", [Seen("t/f#r", WHOLE, {})], False),
        ("examples", "Fue [cue el lunes].", [Seen("t/f#r", {"cue": ((4, 12),)}, {})], True),
        ("examples", "[source Fue] [cue el lunes].", [Seen("t/f#r", {"cue": ((4, 12),)}, {})], False),
        ("not", "Fue el lunes.", [], True),
        ("not", "Fue el lunes.", [Seen("t/f#r", WHOLE, {})], False),
        ("not", "Fue el lunes.", [Seen("t/f#other", WHOLE, {})], True),
        ("gap", "Fue [el lunes].", [], True),
        ("gap", "Fue [el lunes].", [Seen("t/f#r", WHOLE, {})], False),
    ],
)
def test_check(kind: str, written: str, seen: list[Seen], holds: bool) -> None:
    example = read_example(kind, written, "t/f.yaml:9")  # type: ignore[arg-type]
    verdict = check(rule(), example, look(*seen))  # type: ignore[arg-type]
    assert (verdict.problem == "") is holds
    assert verdict.where == "t/f.yaml:9"
