"""`careo quotes`: by whom, about whom, in which stance; masked names stay masked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from careo.model import Anchor
from careo.present.cli import main
from careo.present.shown import ENTITY, HIDDEN
from careo.store.case import Case

TEXT = (
    "La fiscal Rosa Quispe denunció que Arturo Mendieta huyó de la comisaría. "
    "Quispe dijo que hay tres heridos. "
    "Arturo Mendieta negó que estuviera en Maracaibo. "
    "La madre de Arturo Mendieta pidió que lo dejen salir."
)
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def run() -> Run:
    def call(*words: str | Path) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], env={"CAREO_JOBS": "1", "CAREO_LANG": None})

    return call


@pytest.fixture(scope="module")
def case(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of one report."""
    folder = tmp_path_factory.mktemp("citas")
    (folder / "uno.txt").write_text(f"date 2018-01-15 {TEXT}", encoding="utf-8")
    made = run("add", folder / "x.careo", folder / "uno.txt")
    assert made.exit_code == 0, made.output
    return folder / "x.careo"


def said(result: Result) -> list[tuple[str, str]]:
    """The speakers and the words of the lines of JSON."""
    assert result.exit_code == 0, result.output
    return [(row["speaker"], row["exact"][0]) for row in map(json.loads, result.stdout.splitlines())]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        (("--by", "Rosa Quispe"), ["que Arturo Mendieta huyó de la comisaría", "que hay tres heridos"]),
        (("--by", "Quispe"), ["que Arturo Mendieta huyó de la comisaría", "que hay tres heridos"]),
        (("--by", "Arturo Mendieta"), ["que estuviera en Maracaibo"]),
        (("--by", "madre de Arturo Mendieta"), ["que lo dejen salir"]),
        (("--by", "Rosa Quispe", "--about", "Arturo Mendieta"), ["que Arturo Mendieta huyó de la comisaría"]),
        (("--about", "heridos"), ["que hay tres heridos"]),
        (("--stance", "accuse"), ["que Arturo Mendieta huyó de la comisaría"]),
        (("--by", "Arturo Mendieta", "--stance", "accuse"), []),
        (("--by", "un desconocido"), []),
    ],
)
def test_what_is_asked_for(run: Run, case: Path, asked: tuple[str, ...], first: list[str]) -> None:
    assert [words for _, words in said(run("quotes", case, *asked, "--format", "jsonl"))] == first


def test_the_words_stand_in_the_report_where_it_says(run: Run, case: Path) -> None:
    for line in run("quotes", case, "--format", "jsonl").stdout.splitlines():
        row = json.loads(line)
        assert [TEXT[part["start"] : part["end"]] for part in row["content"]] == row["exact"]


def test_lines_for_a_reader(run: Run, case: Path) -> None:
    shown = run("quotes", case, "--stance", "deny").stdout
    assert shown.splitlines()[0] == "Arturo Mendieta  niega"
    assert "«que estuviera en Maracaibo»" in shown


def test_nothing_found_is_said(run: Run, case: Path) -> None:
    assert "Nada encontrado." in run("quotes", case, "--stance", "threaten").stderr


def test_a_masked_name_is_never_shown(run: Run, case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "y.careo"
    copy.write_bytes(case.read_bytes())
    with Case.open(copy) as opened:
        report = next(opened.documents())
        start = report.text.index("Arturo Mendieta")
        anchor = Anchor(report.id, "text", "mentions", start, start + len("Arturo Mendieta"), ENTITY)
        opened.judge("mask", anchor, "HIDE", because="su seguridad", by="prueba", at="2018-01-16T10:00:00Z")
    for shape in ("text", "jsonl"):
        out = run("quotes", copy, "--format", shape)
        assert out.exit_code == 0
        assert HIDDEN in out.stdout
        assert "Mendieta" not in out.stdout
    assert said(run("quotes", copy, "--by", "Arturo Mendieta", "--format", "jsonl")) == []
