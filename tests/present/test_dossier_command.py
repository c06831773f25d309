"""`careo dossier` as a user calls it, on a case with conclusions but without the syntax model."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from careo.model import Capture
from careo.present.cli import main
from careo.store.case import Case
from tests.present.inventing import CHRONOLOGY, FAILURES, REPORTS
from tests.present.storing import conclude


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The invented case as a file."""
    path = tmp_path / "salina.careo"
    with Case.open(path, create=True) as opened:
        for one in REPORTS:
            opened.add(Capture(one.document.capture, "text/html", b"", one.sightings), one.document, one.reading)
        for failure in FAILURES:
            opened.fail(failure)
        conclude(opened, CHRONOLOGY)
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env={"CAREO_LANG": "en"})


def test_it_writes_the_page(case: Path) -> None:
    output = case.with_name("dossier.html")
    done = run("dossier", case, "-o", output)
    assert (done.exit_code, done.stdout) == (0, "")
    made = output.read_text(encoding="utf-8")
    assert "<h1>salina</h1>" in made
    assert "seis personas murieron" in made
    assert sorted(path.name for path in case.parent.iterdir() if path.suffix == ".part") == []


def test_language_and_title_can_be_chosen(case: Path) -> None:
    output = case.with_name("dossier.html")
    assert run("dossier", case, "-o", output, "--lang", "en", "--title", "La <Salina>").exit_code == 0
    made = output.read_text(encoding="utf-8")
    assert '<html lang="en">' in made
    assert "<h1>La &lt;Salina&gt;</h1>" in made


def test_it_writes_the_same_bytes_again(case: Path) -> None:
    pages = [case.with_name(name) for name in ("a.html", "b.html")]
    for page in pages:
        run("dossier", case, "-o", page)
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_it_does_not_write_over_the_case(case: Path) -> None:
    before = case.read_bytes()
    done = run("dossier", case, "-o", case)
    assert done.exit_code == 2
    assert "written over the case" in done.stderr
    assert case.read_bytes() == before


def test_a_folder_that_is_not_there(case: Path) -> None:
    done = run("dossier", case, "-o", case.parent / "no" / "dossier.html")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_a_case_that_is_not_collated_says_so(case: Path) -> None:
    with Case.open(case) as opened:
        conclude(opened, CHRONOLOGY, 1)
    done = run("dossier", case, "-o", case.with_name("dossier.html"))
    assert done.exit_code == 0
    assert "careo collate" in done.stderr


def test_what_is_no_case(tmp_path: Path) -> None:
    (tmp_path / "no.careo").write_text("no case")
    assert run("dossier", tmp_path / "no.careo", "-o", tmp_path / "dossier.html").exit_code == 2
    assert not (tmp_path / "dossier.html").exists()
