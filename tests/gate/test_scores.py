"""Scores of the readings against ../shared/gold, by ../shared/score/score.py; floors in floors.toml under [scores]. Prints every figure."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
GOLD = SHARED / "gold"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["scores"]
AT_MOST = " at most"
# Texts in which a data set hid the figures say nothing of quantities.
WITHOUT = {"quantities": "*NUMBER*"}

pytestmark = [
    pytest.mark.gate,
    pytest.mark.skipif(not GOLD.is_dir(), reason=f"{GOLD} is absent: nothing to measure readings against"),
]


def scored(gold: Path, readings: Path, layer: str) -> dict[str, float]:
    """What the scorer says of one layer, flat: «overlap@0.3 f1» → 71.2."""
    words = ["score.py", str(gold), str(readings), "--layer", layer]
    words += ["--without", WITHOUT[layer]] if layer in WITHOUT else []
    done = subprocess.run([sys.executable, str(SHARED / "score" / words[0]), *words[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(flat(json.loads(done.stdout).get(layer, {})))


def flat(result: dict[str, Any], path: str = "") -> list[tuple[str, float]]:
    """The percentages of a result with their path, counts left out."""
    rows: list[tuple[str, float]] = []
    for name, value in result.items():
        if isinstance(value, dict) and not name.startswith("by kind"):
            rows += flat(value, f"{path}{name} ")
        elif isinstance(value, float):
            rows.append((f"{path}{name}", value))
    return rows


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The readings of each gold file, made by the command that a user would give; each is made once, when first asked for."""
    folder = tmp_path_factory.mktemp("readings")
    return {name: read(GOLD / f"{name}.jsonl", folder) for name in sorted({where.split("/")[0] for where in FLOORS})}


def read(gold: Path, folder: Path) -> Path:
    """`careo read` of one file."""
    made = folder / gold.name
    with made.open("w", encoding="utf-8") as out:
        command = [str(Path(sys.executable).with_name("careo")), "read", str(gold), "--format", "jsonl"]
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return made


def keeps(found: dict[str, float], figure: str, bound: float) -> bool:
    """Whether a figure is no less than its floor; no more, where its name ends in «at most»."""
    if figure.endswith(AT_MOST):
        return found.get(figure.removesuffix(AT_MOST), 100.0) <= bound
    return found.get(figure, -1.0) >= bound


@pytest.mark.parametrize("where", sorted(FLOORS))
def test_scores(where: str, readings: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    name, layer = where.split("/")
    found = scored(GOLD / f"{name}.jsonl", readings[name], layer)
    with capsys.disabled():
        print(f"\n{where}: " + ", ".join(f"{figure} {value}" for figure, value in found.items() if figure.endswith(" f1") or "matched" in figure))
    assert FLOORS[where], "pin floors in floors.toml, from the figures printed here"
    missed = {figure: (found.get(figure.removesuffix(AT_MOST)), bound) for figure, bound in FLOORS[where].items() if not keeps(found, figure, bound)}
    assert not missed, "found, bound"
