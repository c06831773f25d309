"""`careo add` of a thousand reports, killed at ten moments and started again: nothing lost, nothing twice, the same chronology."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from careo.errors import CaseError
from careo.store.case import Case

pytestmark = pytest.mark.slow

REPORTS = 1000
KILLS = 10
SEED = 20180115

WHO = ["Arturo Mendieta", "Rosa Quispe", "Luis Alberto Condori", "Marta Elena Soruco", "Iván Chura", "Nelly Apaza"]
POST = ["el comandante", "la fiscal", "el alcalde", "la vocera del hospital", "el dirigente", "la abogada"]
WHERE = ["Caracas", "Maracaibo", "La Paz", "Cochabamba", "Medellín", "Arequipa"]
DONE = ["atacaron una comisaría", "detuvieron a tres jóvenes", "allanaron una vivienda", "bloquearon la avenida", "saquearon un depósito"]
DAYS = ["el lunes", "ayer", "el 12 de enero de 2018", "este viernes", "el 3 de enero"]


def text_of(number: int) -> str:
    """The report of this number, always the same; each has a sentence of its own."""
    chance = Random(SEED + number)
    who, post, where, done, day = (chance.choice(words) for words in (WHO, POST, WHERE, DONE, DAYS))
    return (
        f"Hombres armados {done} en {where} {day}, informó {post}, {who}. Es el parte número {number}. "
        f"«No vamos a callar», dijo {chance.choice(WHO)}. Al menos {chance.randint(2, 40)} personas resultaron heridas."
    )


def adding(case: Path, reports: Path) -> subprocess.Popen[str]:
    """`careo add` in a process group of its own."""
    command = [sys.executable, "-m", "careo", "add", str(case), str(reports), "--jobs", "2"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, env={**os.environ, "CAREO_LANG": "en"})


def stored(case: Path) -> int:
    """How many reports are in the case; 0 while it is being made."""
    try:
        with Case.open(case, read_only=True) as opened:
            return opened.counts()["reports"]
    except CaseError:
        return 0


def killed_at(case: Path, reports: Path, enough: int, delay: float) -> int:
    """Start adding, kill the process a moment after so many reports are stored, and give how many were when it died."""
    with adding(case, reports) as process:
        deadline = time.monotonic() + 300
        while stored(case) < enough and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, f"it ended by itself: {process.stderr.read() if process.stderr else ''}"
    gone(process.pid)
    return stored(case)


def gone(group: int) -> None:
    """Wait until no worker is left: they end when the one that feeds them has gone."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a worker outlived the process that feeds it")


def chronology(case: Path) -> bytes:
    """The chronology as it is shown to other programs."""
    made = subprocess.run([sys.executable, "-m", "careo", "chronology", str(case), "--format", "json"], capture_output=True, check=True)
    assert made.stderr == b""
    return made.stdout


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand reports in one file of JSON Lines."""
    path = tmp_path_factory.mktemp("partes") / "partes.jsonl"
    lines = (json.dumps({"id": f"parte-{number}", "text": text_of(number), "dct": "2018-01-15"}, ensure_ascii=False) for number in range(REPORTS))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_ten_kills_lose_nothing_and_double_nothing(reports: Path, tmp_path: Path) -> None:
    chance, case, had = Random(SEED), tmp_path / "muertes.careo", 0
    for kill in range(KILLS):
        enough = (kill * REPORTS) // (KILLS + 1) + chance.randint(1, 60)
        now = killed_at(case, reports, enough, chance.uniform(0, 0.1))
        assert had <= now < REPORTS
        had = now
    with adding(case, reports) as last:
        assert last.stderr
        said = last.stderr.read()
        assert last.wait() == 0, said
    assert f"{REPORTS - had} read, {had} known already, 0 unread, 0 failed" in said
    with Case.open(case, read_only=True) as opened:
        counts = opened.counts()
        assert (counts["captures"], counts["reports"], counts["readings"], counts["failures"]) == (REPORTS, REPORTS, REPORTS, 0)
        assert sorted(one.text for one in opened.documents(posts=False)) == sorted(text_of(number) for number in range(REPORTS))
        assert opened.is_current
    at_one_go = tmp_path / "entero.careo"
    with adding(at_one_go, reports) as whole:
        assert whole.wait() == 0
    assert chronology(case) == chronology(at_one_go)
