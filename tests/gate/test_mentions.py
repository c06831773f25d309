"""Names and kinds against ../shared/gold: the sequence model trained anew without a fifth of the articles, and measured on these.

Floors in floors.toml under [mentions]. All five folds: `python tools/train.py ../shared/gold/names_train.jsonl --folds 5`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1]
GOLD = HOME.parent / "shared" / "gold" / "names_train.jsonl"

pytestmark = [
    pytest.mark.gate,
    pytest.mark.skipif(not GOLD.is_file(), reason=f"{GOLD} is absent: nothing to measure names against"),
]


def test_names_of_articles_that_the_model_has_not_seen(capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, str(HOME / "tools" / "train.py"), str(GOLD), "--folds", "5", "--measured", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)["mentions"]
    found = {name: result[name]["f1"] for name in ("typed", "untyped")}
    with capsys.disabled():
        print(f"\nmentions, one fold of five: {found}, {result['reports']} texts")
    floors: dict[str, float] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["mentions"]
    below = {name: (found[name], floor) for name, floor in floors.items() if found[name] < floor}
    assert floors
    assert not below, "found, floor"
