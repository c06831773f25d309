"""`careo leads`: gaps with their words, in both languages; what is masked stays masked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from careo.model import Anchor
from careo.present.cli import main
from careo.present.shown import ENTITY
from careo.store.case import Case

TEXT = (
    "La fiscal Rosa Quispe acusó a Arturo Mendieta de ordenar el ataque contra el mercado. "
    "Quispe dijo que hay tres heridos. Un video muestra el ataque."
)


def run(*words: str | Path, tongue: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env={"CAREO_JOBS": "1", "CAREO_LANG": tongue})


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pistas")
    (folder / "uno.txt").write_text(f"date 2018-01-15 {TEXT}", encoding="utf-8")
    assert run("add", folder / "x.careo", folder / "uno.txt").exit_code == 0
    return folder / "x.careo"


def test_the_accused_who_is_not_heard_comes_first_with_the_words(case: Path) -> None:
    lines = run("leads", case).stdout.splitlines()
    assert lines[0] == "Señalados que no responden en ningún reporte: 1"
    assert lines[1].startswith("  Arturo Mendieta  ")
    assert "«La fiscal Rosa Quispe acusó a Arturo Mendieta" in lines[2]


def test_each_entry_stands_once_with_all_that_it_lacks(case: Path) -> None:
    shown = run("leads", case, tongue="en").stdout
    assert "Entries that lack something: " in shown
    assert "[no date, no place, one origin]" in shown or "[no place, one origin]" in shown


def test_lines_of_json_tell_the_words_and_their_places(case: Path) -> None:
    rows = [json.loads(line) for line in run("leads", case, "--format", "jsonl").stdout.splitlines()]
    assert rows[0]["kind"] == "no_reply"
    for row in rows:
        for place in row["places"]:
            assert TEXT[place["start"] : place["end"]] == place["exact"]


def test_a_masked_name_is_not_told(case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "y.careo"
    shutil.copy(case, copy)
    with Case.open(copy) as opened:
        (document,) = opened.documents()
        start = TEXT.index("Arturo")
        anchor = Anchor(document.id, "text", "mentions", start, start + len("Arturo Mendieta"), ENTITY)
        opened.judge("mask", anchor, "mask", because="a witness", by="ana", at="2018-01-20T00:00:00Z")
    for shape in ("text", "jsonl"):
        assert "Mendieta" not in run("leads", copy, "--format", shape).stdout
