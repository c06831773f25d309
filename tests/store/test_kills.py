"""Killed in the middle of adding, and started again: nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from careo.store.case import Case
from tests.store.making import report

REPORTS = 1000
KILLS = 10

# Says what is stored only after `add` came back: what it said must outlive it.
ADDING = f"""
import sys
from careo.store.case import Case
from careo.store.stems import stems
from tests.store.making import report
stems("calle", "es")  # the dictionary, which takes a second to load, before the clock runs
with Case.open(sys.argv[1], create=True) as case:
    print("open", flush=True)
    for number in range({REPORTS}):
        taken, made, read = report(number)
        if not case.known(taken.sha256):
            case.add(taken, made, read)
            print(number, flush=True)
"""


def adding(path: Path) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    return subprocess.Popen([sys.executable, "-c", ADDING, str(path)], stdout=subprocess.PIPE, text=True, env=env)


def said_before_a_kill(path: Path, enough: int, delay: float) -> list[int]:
    """Start adding, kill it so many seconds after it said that `enough` are stored, and give the numbers that it said were."""
    with adding(path) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        said = [process.stdout.readline() for _ in range(enough)]
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        said += process.stdout.read().splitlines(keepends=True)
    assert process.returncode == -signal.SIGKILL, "it ended before it was killed"
    # A kill may cut the last line.
    return [int(line) for line in said if line.endswith("\n")]


@pytest.mark.slow
def test_ten_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    path, chance, said = tmp_path / "caso.careo", random.Random(20180115), list[int]()
    for _ in range(KILLS):
        said += said_before_a_kill(path, chance.randint(1, 60), chance.uniform(0, 0.005))
        with Case.open(path, read_only=True) as case:
            assert all(case.known(report(number)[0].sha256) for number in said)
    assert 0 < len(said) < REPORTS
    with adding(path) as undisturbed:
        undisturbed.communicate()
    assert undisturbed.returncode == 0
    check_whole(path, tmp_path)
    assert len(said) == len(set(said))


def check_whole(path: Path, folder: Path) -> None:
    """The case is what one undisturbed run makes."""
    with Case.open(folder / "undisturbed.careo", create=True) as undisturbed, Case.open(path) as case:
        for number in range(REPORTS):
            undisturbed.add(*report(number))
        assert case.counts() == undisturbed.counts()
        assert case.counts()["reports"] == REPORTS
        assert case.generation == undisturbed.generation
        assert list(case.reports()) == list(undisturbed.reports())
        assert case.search("vocera", limit=50) == undisturbed.search("vocera", limit=50)
        assert case._file.value("PRAGMA integrity_check") == "ok"
        assert case._file.rows("PRAGMA foreign_key_check") == []
        assert case._file.run("INSERT INTO words (words) VALUES ('integrity-check')") >= -1
