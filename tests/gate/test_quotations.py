"""Quotations on the gold: nothing found where nothing is said, and the layer's time beside the parse's. Scores stand in test_scores.py."""

from __future__ import annotations

import json
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from careo.model import DctReading, Document
from careo.read.corefer import chains
from careo.read.mentions import mentions
from careo.read.page import Page
from careo.read.parse import SpacyParser
from careo.read.quotations import quotations
from careo.read.sentences import sentences
from careo.rules import Language
from careo.text import View

if TYPE_CHECKING:
    from careo.read import Reader

HERE = Path(__file__).resolve().parent
GOLD = HERE.parents[2] / "shared" / "gold" / "quotations_dev.jsonl"
SEED = HERE.parents[2] / "shared" / "corpus" / "seed.txt"
FLOORS: dict[str, Any] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["quotations"]

pytestmark = [pytest.mark.gate, pytest.mark.skipif(not GOLD.is_file(), reason=f"{GOLD} is absent: nothing to measure quotations against")]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def page_of(text: str, parser: SpacyParser, language: Language) -> Page:
    view = View(text)
    return Page(text, view, parser.parse(view, sentences(view, language)), language, DctReading(None, None, None))


def test_nothing_is_found_in_the_traps(rows: list[dict[str, Any]], parser: SpacyParser, language: Language) -> None:
    sprung = []
    for row in rows:
        if not row["quotations"]:
            page = page_of(row["text"], parser, language)
            sprung += [(row["id"], one.rule) for one in quotations(page, (), chains(page, mentions(page)), ())]
    assert len({name for name, _ in sprung}) <= FLOORS["traps_sprung"], sprung


def test_the_layer_is_quick_beside_the_parse(rows: list[dict[str, Any]], parser: SpacyParser, language: Language) -> None:
    pages = [page_of(row["text"], parser, language) for row in rows]
    named = [chains(page, mentions(page)) for page in pages]
    begun = time.process_time()
    for row in rows:
        page_of(row["text"], parser, language)
    parsed = time.process_time()
    for page, known in zip(pages, named, strict=True):
        quotations(page, (), known, ())
    share = (time.process_time() - parsed) / (parsed - begun)
    assert share <= FLOORS["share_of_parse"], f"quotations take {share:.2f} of the parse's time"


@pytest.mark.skipif(not SEED.is_file(), reason=f"{SEED} is absent")
def test_the_six_quotations_of_the_seed(reader: Reader) -> None:
    """The mother's three (one inside an agency's post) and the policeman's three, two of them with a subject left out."""
    document = Document("seed", SEED.read_text(encoding="utf-8"), "", "seed", "seed", language="es")
    said = reader.read(document).layers.quotations
    mother = [(one.manner, one.medium) for one in said if one.speaker == "madre de Óscar Pérez"]
    officer = [(one.manner, one.medium, one.source is None) for one in said if one.speaker == "Óscar Pérez"]
    assert mother == [("mixed", "redes sociales"), ("direct", None), ("indirect", "video")]
    assert officer == [("direct", "video", False), ("direct", "video", True), ("direct", "video", True)]
    assert [one.stance for one in said if one.speaker == "madre de Óscar Pérez"] == ["accuse", "say", "ask"]
