"""All articles of ../shared/corpus are read without a crash; how fast, in how much memory, and what takes the time is printed (`-s`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "articles.jsonl"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CORPUS.is_file(), reason=f"{CORPUS} is not there")]


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `careo read` writes of the whole corpus, in two processes."""
    path = tmp_path_factory.mktemp("corpus") / "readings.jsonl"
    command = [sys.executable, "-m", "careo", "read", str(CORPUS), "--format", "jsonl", "--profile", "--jobs", "2"]
    with path.open("wb") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, env={**os.environ, "CAREO_LANG": "en"}, check=False)
    print(f"\n{done.stderr}")
    assert done.returncode == 0, done.stderr
    assert "failed" not in done.stderr
    return path


def objects(path: Path) -> Iterator[dict[str, Any]]:
    """One object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def offsets(value: object) -> Iterator[tuple[int, int]]:
    """All start and end pairs in what was read of the text."""
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            yield value["start"], value["end"]
        for name, inner in value.items():
            if name != "title_reading":
                yield from offsets(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from offsets(inner)


def test_every_article_is_read_in_order_with_its_text_unaltered(readings: Path) -> None:
    for given, made in zip(objects(CORPUS), objects(readings), strict=True):
        assert (made["id"], made["text"]) == (given["id"], given["text"])


def test_every_offset_lies_in_its_text_and_every_annotation_names_its_rule(readings: Path) -> None:
    ruled = ("timexes", "mentions", "chains", "quotations", "quantities", "events", "accusations", "claims", "media")
    for made in objects(readings):
        length = len(made["text"])
        assert all(0 <= start <= end <= length for start, end in offsets(made)), made["id"]
        assert all(one["rule"] for layer in ruled for one in made.get(layer, ())), made["id"]
