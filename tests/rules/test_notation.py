"""Examples with their marks and values."""

from __future__ import annotations

import pytest

from careo.rules.notation import read_example


@pytest.mark.parametrize(
    ("written", "text", "marks", "values"),
    [
        ("Fue [el lunes] pasado. -> 2018-01-15", "Fue el lunes pasado.", [("", "el lunes")], {"value": "2018-01-15"}),
        ("[source El juez] [cue dijo] [content que no]", "El juez dijo que no", [("source", "El juez"), ("cue", "dijo"), ("content", "que no")], {}),
        ("[content que [source X] vino]", "que X vino", [("content", "que X vino"), ("source", "X")], {}),
        ("[unos 12] -> low=12, mod=about", "unos 12", [("", "unos 12")], {"low": "12", "mod": "about"}),
        ("[content A], [cue dijo], [content B]", "A, dijo, B", [("content", "A"), ("cue", "dijo"), ("content", "B")], {}),
        ("[noche de ayer] -> a-b", "noche de ayer", [("", "noche de ayer")], {"value": "a-b"}),
    ],
)
def test_marks_and_values(written: str, text: str, marks: list[tuple[str, str]], values: dict[str, str]) -> None:
    example = read_example("examples", written, "f.yaml:7")
    assert example.text == text
    assert [(mark.label, example.text[mark.start : mark.end]) for mark in example.marks] == marks
    assert example.values == values
    assert example.line == 7
