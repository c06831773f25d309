"""Chains on the spans of MEANTIME's gold: B³ and CEAF-e within a report, and across a topic where equal names are taken for one.

The gold's spans and kinds are given as mentions. It marks parts and wholes alike: «X, jefe de Y», «X» and «jefe de Y» are three of one chain.
Floors in floors.toml under [chains].
"""

from __future__ import annotations

import tomllib
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pytest

from careo.model import Chain, DctReading, Mention, Span
from careo.read.corefer import chains
from careo.read.page import Page
from careo.read.parse import Parser
from careo.read.sentences import sentences
from careo.rules import Language
from careo.text import View, fold
from tests.gate.coreference import Place, Scope, read_gold, scores, surface

HERE = Path(__file__).resolve().parent
GOLD = HERE.parents[2] / "shared" / "gold" / "who_meantime.jsonl"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["chains"]

pytestmark = [pytest.mark.gate, pytest.mark.skipif(not GOLD.is_file(), reason=f"{GOLD} is absent: nothing to measure chains against")]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return read_gold(GOLD)


def page_of(text: str, parser: Parser, language: Language) -> Page:
    view = View(text)
    return Page(text, view, parser.parse(view, sentences(view, language)), language, DctReading(None, None, None))


@pytest.fixture(scope="module")
def found(rows: list[dict[str, Any]], parser: Parser, language: Language) -> dict[Place, Chain]:
    """For each gold mention its chain in its report."""
    made = {}
    for row in rows:
        given = [Span(one["start"], one["end"]) for one in row["mentions_meantime"]]
        named = [Mention("", span, one["kind"], span.of(row["text"]), "gold") for span, one in zip(given, row["mentions_meantime"], strict=True)]
        read = chains(page_of(row["text"], parser, language), sorted(named, key=lambda one: one.span))
        chain_of = {member.span: chain for chain in read for member in chain.members if member.form == "name"}
        made |= {(row["id"], index): chain_of[span] for index, span in enumerate(given)}
    return made


def equal_names(rows: list[dict[str, Any]]) -> dict[Place, Hashable]:
    return {(row["id"], index): fold(surface(row, index)) for row in rows for index in range(len(row["mentions_meantime"]))}


def check(name: str, figures: dict[str, float], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nchains, {name}: " + ", ".join(f"{figure} {value}" for figure, value in figures.items()))
    below = {figure: (figures[figure], floor) for figure, floor in FLOORS[name].items() if figures[figure] < floor}
    assert not below, "found, floor"


@pytest.mark.parametrize(("names_only", "name"), [(False, "all"), (True, "names")])
def test_within_a_report(
    names_only: bool, name: str, rows: list[dict[str, Any]], found: dict[Place, Chain], capsys: pytest.CaptureFixture[str]
) -> None:
    ids = {place: chain.id for place, chain in found.items()}
    check(f"within, {name}", scores(rows, ids, "report", names_only=names_only), capsys)


@pytest.mark.parametrize(("names_only", "name"), [(False, "all"), (True, "names")])
def test_across_a_topic(
    names_only: bool, name: str, rows: list[dict[str, Any]], found: dict[Place, Chain], capsys: pytest.CaptureFixture[str]
) -> None:
    names = {place: fold(chain.name) for place, chain in found.items()}
    check(f"across, {name}", scores(rows, names, "topic", names_only=names_only), capsys)


@pytest.mark.parametrize(
    ("scope", "names_only", "b3"), [("topic", False, 53.7), ("topic", True, 61.7), ("report", False, 68.3), ("report", True, 75.5)]
)
def test_equal_names_score_what_they_are_known_to(scope: Scope, names_only: bool, b3: float, rows: list[dict[str, Any]]) -> None:
    assert scores(rows, equal_names(rows), scope, names_only=names_only)["b3 f1"] == b3
