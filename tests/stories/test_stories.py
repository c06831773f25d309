"""Three invented stories: what an editor who read their reports would write down, before the program did, beside what it concludes.

An expected line with a `gap` is one that is not reached yet, with the reason: a strict xfail, so that whoever mends it is told.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from careo import ingest, pipeline
from careo.model import Chronology, Entry
from careo.run.local import Local
from careo.store.case import Case
from careo.text import fold

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
STORIES = ("riot", "missing", "protest")


def _written(story: str, name: str) -> Any:
    return yaml.safe_load((HERE / story / f"{name}.yaml").read_text(encoding="utf-8"))


def _expected(part: str) -> list[Any]:
    """Every expected line of that part of each story; those with a gap as strict xfails."""
    lines = [(story, line) for story in STORIES for line in _written(story, "expected")[part]]
    return [pytest.param(story, line, marks=_gap(line), id=f"{story}-{number}") for number, (story, line) in enumerate(lines)]


def _gap(line: Any) -> tuple[pytest.MarkDecorator, ...]:
    reason = line.get("gap") if isinstance(line, dict) else None
    return (pytest.mark.xfail(strict=True, reason=reason),) if reason else ()


@cache
def _concluded(story: str) -> tuple[Chronology, dict[str, str]]:
    """The chronology of a story, and the label of each report."""
    with TemporaryDirectory() as folder:
        reports = Path(folder) / "reports.jsonl"
        rows = ({**row, "language": "es", "url": None} for row in _written(story, "reports"))
        reports.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        with Case.open(Path(folder) / "story.careo", create=True) as case:
            captures = ingest.captures([reports], on_failure=lambda failure: pytest.fail(failure.error))
            pipeline.add(case, captures, pipeline.Take(pipeline.Readers()), Local(1), pipeline.Tally(), lambda: None)
            pipeline.collate(case, Local(1))
            return pipeline.concluded(case), {one.id: one.label for one in case.documents()}


def _told(one: Entry, words: str) -> bool:
    said = (one.what, *(party.name for party in one.participants), *(evidence.exact for evidence in one.evidence))
    return any(fold(words) in fold(text) for text in said)


@pytest.mark.parametrize(("story", "line"), _expected("entries"))
def test_an_event_is_one_dated_line(story: str, line: dict[str, str]) -> None:
    made, _ = _concluded(story)
    found = [one for one in made.entries if (one.when, one.kind) == (line["when"], line["kind"]) and _told(one, line["words"])]
    assert [one.status for one in found] == [line["status"]]


@pytest.mark.parametrize(("story", "line"), _expected("tolls"))
def test_a_toll_has_the_step(story: str, line: dict[str, Any]) -> None:
    made, _ = _concluded(story)
    steps = {((step.as_of or "")[:10], step.low, step.high, step.attribution) for toll in made.tolls if toll.of == line["of"] for step in toll.steps}
    assert (line["as_of"], line["low"], line["high"], line["speaker"]) in steps, steps


@pytest.mark.parametrize(("story", "line"), _expected("conflicts"))
def test_a_side_of_a_conflict_has_its_speakers(story: str, line: dict[str, Any]) -> None:
    made, _ = _concluded(story)
    sides = [side for one in made.conflicts if one.property == line["property"] for side in one.sides if side.value == line["side"]]
    assert sides
    speakers = {evidence.attribution[-1] for side in sides for evidence in side.evidence if evidence.attribution}
    assert speakers >= set(line["speakers"]), speakers


@pytest.mark.parametrize(("story", "line"), _expected("no_conflicts"))
def test_what_can_all_hold_is_no_conflict(story: str, line: dict[str, str]) -> None:
    made, _ = _concluded(story)
    assert line["property"] not in {one.property for one in made.conflicts}


@pytest.mark.parametrize(("story", "line"), _expected("copies"))
def test_copies_are_one_family(story: str, line: list[str]) -> None:
    made, labels = _concluded(story)
    families = [{labels[copy.report] for copy in family.reports} for family in made.copies]
    assert families == [set(line)]
    assert [labels[family.origin] for family in made.copies] == line[:1]
