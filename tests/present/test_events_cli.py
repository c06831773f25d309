"""`careo events`: the table and the lines of JSON, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from careo.present.cli import main

TEXT = "Tres jóvenes fueron asesinados el lunes en Puerto Nuevo por hombres armados, informó la policía. Los atacantes huyeron."


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one short report."""
    path = tmp_path_factory.mktemp("events") / "nota.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*words: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(main, ["events", *words], env={"CAREO_LANG": None})


def test_an_event_a_line(report: Path) -> None:
    made = run(str(report), "--dct", "2018-01-17")
    assert made.exit_code == 0, made.output
    label, head, killing, escape = [line for line in made.output.splitlines() if line]
    assert label == "nota.txt"
    assert head.split() == ["kind", "trigger", "agent", "patient", "when", "where", "certainty", "attributed_to", "rule"]
    cells = [cell.strip() for cell in killing.split("  ") if cell.strip()]
    assert cells == ["killing", "asesinados", "hombres armados", "Tres jóvenes", "2018-01-15", "Puerto Nuevo", "asserted", "policía", "killing#verb"]
    assert escape.startswith("escape ")
    assert "(2018-01-15)" in escape, "carried from the killing, and shown so"


def test_json_has_the_words_and_the_sentence(report: Path) -> None:
    made = run(str(report), "--dct", "2018-01-17", "--format", "jsonl")
    rows = [json.loads(line) for line in made.output.splitlines()]
    assert [row["kind"] for row in rows] == ["killing", "escape"]
    assert rows[0]["exact"] == "asesinados"
    assert rows[0]["sentence"] == TEXT.partition(" Los")[0]
    assert rows[0]["when"]["edtf"] == "2018-01-15"
    assert "codes" in rows[0]


def test_no_date_is_told(report: Path) -> None:
    made = run(str(report), "--dct", "yesterday")
    assert made.exit_code == 2
    assert "--dct" in made.output


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    made = run(str(tmp_path / "none.txt"))
    assert made.exit_code != 0
    assert "none.txt" in made.output
