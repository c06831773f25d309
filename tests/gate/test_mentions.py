"""Names and kinds against ../shared/gold, on a fixed sample; floors in floors.toml under [mentions]. Prints the figures (`pytest -s`)."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from careo.model import Document
from careo.read import Reader

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
GOLD = SHARED / "gold" / "names_train.jsonl"
SAMPLE = 100

pytestmark = [
    pytest.mark.gate,
    pytest.mark.skipif(not GOLD.is_file(), reason=f"{GOLD} is absent: nothing to measure names against"),
]


def sample() -> list[dict[str, Any]]:
    """Texts at even distances through the file."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return rows[:: max(1, len(rows) // SAMPLE)][:SAMPLE]


def reading(row: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """The names of one text as the scorer wants them."""
    document = Document(row["id"], row["text"], "", row["id"], row["id"], language="es")
    found = reader.read(document).layers.mentions
    return {"id": row["id"], "text": row["text"], "mentions": [{"start": one.span.start, "end": one.span.end, "kind": one.kind} for one in found]}


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_names(reader: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = sample()
    begun = time.perf_counter()
    read = [reading(row, reader) for row in rows]
    spent = time.perf_counter() - begun
    gold, predicted = written(tmp_path / "gold.jsonl", rows), written(tmp_path / "read.jsonl", read)
    command = [sys.executable, str(SHARED / "score" / "score.py"), str(gold), str(predicted), "--layer", "mentions"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)["mentions"]
    found = {name: result[name]["f1"] for name in ("typed", "untyped")}
    with capsys.disabled():
        print(f"\nmentions: {found}, {len(rows)} texts, all layers {1000 * spent / len(rows):.0f} ms a text")
    floors: dict[str, float] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["mentions"]
    below = {name: (found[name], floor) for name, floor in floors.items() if found[name] < floor}
    assert floors
    assert not below, "found, floor"
