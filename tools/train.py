"""Trains the sequence model of names: `python tools/train.py GOLD` (`make train`); with `--folds N` it measures instead, N-fold by article,
with `--measured K` only the first K folds.

GOLD is JSON Lines with `text` and `mentions` (start, end, kind; code points), such as ../shared/gold/names_train.jsonl. Written are the weights,
`lang/es/mentions/model/names.crfsuite`. The same gold, packages and rules give the same weights.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pycrfsuite

from careo import pipeline
from careo.model import DctReading
from careo.read import sequence
from careo.read.mentions import by_rules, sentences_of
from careo.read.names import Lists
from careo.read.page import Page
from careo.read.sentences import sentences
from careo.text import View

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "careo" / "lang" / "es" / "mentions" / "model" / sequence.WEIGHTS
SCORER = Path("score") / "score.py"
SETTINGS = {"c1": 0.15, "c2": 0.02, "max_iterations": 120, "feature.possible_transitions": True}
LAST = 1e-3
"""Weights smaller than this are left out of the file."""


class Sample(NamedTuple):
    """One text of the gold: its sentences as the model sees them, and their true tags."""

    row: dict[str, Any]
    spots: list[list[sequence.Spot]]
    tags: list[list[str]]


def main() -> None:
    """Train on all of the gold, or measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("gold", type=Path)
    asked.add_argument("--folds", type=int, default=0)
    asked.add_argument("--measured", type=int, default=None)
    given = asked.parse_args()
    samples = read(given.gold)
    if given.folds:
        measure(samples, given.folds, given.measured or given.folds, given.gold.resolve().parents[1] / SCORER)
    else:
        train(samples, WEIGHTS)
        print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1e6:.2f} MB")


def read(gold: Path) -> list[Sample]:
    """The texts of the gold with their true tags."""
    language, parser = pipeline.language("es"), pipeline.parser()
    made = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        view = View(row["text"])
        page = Page(row["text"], view, parser.parse(view, sentences(view, language)), language, DctReading(None, None, None))
        spots = list(sentences_of(page, by_rules(page)))
        true = [(view.at(one["start"]), view.at(one["end"]), one["kind"]) for one in row["mentions"]]
        made.append(Sample(row, spots, [_true(sentence, true) for sentence in spots]))
    return made


def _true(spots: Sequence[sequence.Spot], true: Sequence[tuple[int, int, str]]) -> list[str]:
    """The tags that the gold gives; a word that a name shares with other words is the name's."""
    tags = []
    for spot in spots:
        held = next((one for one in true if one[0] < spot.word.end and spot.word.start < one[1]), None)
        begins = held is not None and spot.word.start <= held[0]
        tags.append(f"{'B' if begins else 'I'}-{held[2]}" if held else sequence.OUT)
    return tags


def train(samples: Sequence[Sample], target: Path) -> None:
    """Weights from `samples` into `target`."""
    features = sequence.Features(_forms())
    trainer = pycrfsuite.Trainer(verbose=False)
    for sample in samples:
        for spots, tags in zip(sample.spots, sample.tags, strict=True):
            trainer.append(features.of(spots), tags)
    trainer.set_params(SETTINGS)
    trainer.train(str(target))


def _forms() -> dict[str, tuple[int, str]]:
    return sequence.read_forms((WEIGHTS.parent / sequence.FORMS).read_bytes())


def measure(samples: Sequence[Sample], folds: int, measured: int, scorer: Path) -> None:
    """Train on all articles but a fold's, tag the fold; print what the scorer says of the first `measured` folds together."""
    with tempfile.TemporaryDirectory() as folder:
        gold, told = Path(folder) / "gold.jsonl", Path(folder) / "told.jsonl"
        rows = []
        for fold in range(measured):
            weights = Path(folder) / f"{fold}.crfsuite"
            train([one for i, one in enumerate(samples) if i % folds != fold], weights)
            tagger = sequence.Model(weights.read_bytes(), (WEIGHTS.parent / sequence.FORMS).read_bytes())
            rows += [(one.row, _told(one, tagger)) for i, one in enumerate(samples) if i % folds == fold]
        gold.write_text("".join(json.dumps(true) + "\n" for true, _ in rows), encoding="utf-8")
        told.write_text("".join(json.dumps(found) + "\n" for _, found in rows), encoding="utf-8")
        subprocess.run([sys.executable, str(scorer), str(gold), str(told), "--layer", "mentions"], check=True)


def _told(sample: Sample, tagger: sequence.Model) -> dict[str, Any]:
    view, closing = View(sample.row["text"]), Lists.of(pipeline.language("es")).closing
    found = [(view.span(start, end), kind) for start, end, kind in sequence.told(view.text, sample.spots, tagger, closing)]
    made = [{"start": span.start, "end": span.end, "kind": kind} for span, kind in found]
    return {"id": sample.row["id"], "text": sample.row["text"], "mentions": made}


if __name__ == "__main__":
    main()
