"""The whole reading takes at most 2.5 times what the syntax model takes alone; the share of every layer is printed."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from careo.model import Document
from careo.read import Profile

if TYPE_CHECKING:
    from careo.read import Reader

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "articles.jsonl"
TEXTS = 60
CEILING = 2.5

pytestmark = [pytest.mark.gate, pytest.mark.skipif(not CORPUS.is_file(), reason=f"{CORPUS} is not there")]


def test_the_layers_stay_in_their_budget(reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    with CORPUS.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(TEXTS * 20), lines, strict=False)][::20]
    documents = [Document(str(n), text, "", str(n), str(n), language="es") for n, text in enumerate(texts)]
    for layer in reader.language.layers.values():
        layer.patterns.prepare()
    reader.read(documents[0])
    profile = Profile(time.process_time)
    for document in documents:
        reader.read(document, profile)
    parse = profile.seconds["parse"]
    whole = sum(profile.seconds.values())
    with capsys.disabled():
        print()
        for layer, seconds in sorted(profile.seconds.items(), key=lambda one: -one[1]):
            print(f"{layer:<12} {seconds / parse:5.2f} of the syntax model")
        print(f"{'all':<12} {whole / parse:5.2f}, {len(texts) / whole:.0f} texts a second")
    assert whole <= CEILING * parse
