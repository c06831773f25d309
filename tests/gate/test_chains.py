"""Chains on the spans of MEANTIME's gold: B³ and CEAF-e within a report, and across the reports of a topic as collation links them.

The gold's spans and kinds are given as mentions. It marks parts and wholes alike: «X, jefe de Y», «X» and «jefe de Y» are three of one chain.
Floors in floors.toml under [chains].
"""

from __future__ import annotations

import tomllib
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pytest

from careo import pipeline
from careo.model import Chain, Dct, DctReading, Document, Layers, Mention, Reading, Report, Span
from careo.read.corefer import chains
from careo.read.page import Page
from careo.read.parse import Parser
from careo.read.sentences import sentences
from careo.rules import Language
from careo.run.local import Local
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
def read(rows: list[dict[str, Any]], parser: Parser, language: Language) -> dict[str, tuple[Chain, ...]]:
    """The chains of each report, with the gold's spans as mentions."""
    made = {}
    for row in rows:
        given = [(Span(one["start"], one["end"]), one["kind"]) for one in row["mentions_meantime"]]
        named = [Mention("", span, kind, span.of(row["text"]), "gold") for span, kind in given]
        made[row["id"]] = chains(page_of(row["text"], parser, language), sorted(named, key=lambda one: one.span))
    return made


@pytest.fixture(scope="module")
def found(rows: list[dict[str, Any]], read: dict[str, tuple[Chain, ...]]) -> dict[Place, Chain]:
    """For each gold mention its chain in its report."""
    made = {}
    for row in rows:
        chain_of = {member.span: chain for chain in read[row["id"]] for member in chain.members}
        made |= {(row["id"], index): chain_of[Span(one["start"], one["end"])] for index, one in enumerate(row["mentions_meantime"])}
    return made


@pytest.fixture(scope="module")
def linked(rows: list[dict[str, Any]], read: dict[str, tuple[Chain, ...]]) -> dict[Place, Hashable]:
    """For each gold mention the entity that collation makes of the reports of its topic."""
    made: dict[Place, Hashable] = {}
    for topic in sorted({row["id"].split("/")[0] for row in rows}):
        own = [row for row in rows if row["id"].split("/")[0] == topic]
        failed: list[Any] = []
        concluded = pipeline.conclude([report_of(row, read[row["id"]]) for row in own], (), 0, Local(), failed.append)
        assert not failed
        entity_of = {(one.report, one.span): entity.id for entity in concluded.entities for one in entity.mentions}
        places = [(row["id"], index, Span(one["start"], one["end"])) for row in own for index, one in enumerate(row["mentions_meantime"])]
        made |= {(report, index): entity_of[report, span] for report, index, span in places}
    return made


def report_of(row: dict[str, Any], made: tuple[Chain, ...]) -> Report:
    ident, dct = row["id"], row["dct"]
    document = Document(ident, row["text"], ident, ident, ident, dct=Dct(dct, "input"), language="es")
    return Report(document, Reading(ident, DctReading(dct, dct, "input"), Layers(chains=made), "gold"))


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
    names_only: bool, name: str, rows: list[dict[str, Any]], linked: dict[Place, Hashable], capsys: pytest.CaptureFixture[str]
) -> None:
    check(f"across, {name}", scores(rows, linked, "topic", names_only=names_only), capsys)


@pytest.mark.parametrize(
    ("scope", "names_only", "b3"), [("topic", False, 53.7), ("topic", True, 61.7), ("report", False, 68.3), ("report", True, 75.5)]
)
def test_equal_names_score_what_they_are_known_to(scope: Scope, names_only: bool, b3: float, rows: list[dict[str, Any]]) -> None:
    assert scores(rows, equal_names(rows), scope, names_only=names_only)["b3 f1"] == b3
