"""The bundled example: what an editor who read its eight reports by hand would write down. The program is held against that."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from careo import ingest, pipeline
from careo.model import Chronology, Conflict, Document, Entry, Toll
from careo.present.cli import main
from careo.run.local import Local
from careo.store.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
EXAMPLE = Path(ingest.__file__).parent.parent / "example"

# When, kind, what is told of, status, independent origins, reports.
EXPECTED = [
    ("2021-03-09", "raid", "operativo", "asserted", 5, 7),
    ("2021-03-09", "death", "cuatro personas", "disputed", None, None),
    ("2021-03-09", "injury", "dos agentes", "asserted", 1, 3),
    ("2021-03-09", "detention", "seis personas", "corrected", None, None),
    ("2021-03-09", "death", "Quintero", "asserted", 2, 3),
    ("2021-03-10", "death", "una mujer", "asserted", 1, 1),
    ("2021-03-10", "protest", "marcharon", "asserted", 1, 1),
    ("2021-03-12", "accusation", "Ramiro Ugarte", "asserted", None, None),
]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, language: object) -> Case:
    opened = Case.open(tmp_path_factory.mktemp("example") / "demo.careo", create=True)
    tally = pipeline.Tally()
    pipeline.add(
        opened,
        ingest.captures([EXAMPLE], on_failure=lambda failure: pytest.fail(failure.error)),
        pipeline.Take(pipeline.Readers()),
        Local(1),
        tally,
        lambda: None,
    )
    assert tally.read == 8
    assert not tally.failures
    return opened


@pytest.fixture(scope="module")
def made(case: Case) -> Chronology:
    pipeline.collate(case, Local(1))
    return pipeline.concluded(case)


@pytest.fixture(scope="module")
def label(case: Case) -> Callable[[str], str]:
    documents: dict[str, Document] = {one.id: one for one in case.documents()}
    return lambda report: documents[report].label


def entry(made: Chronology, when: str | None, kind: str, words: str) -> Entry:
    """The one entry of that day and kind in whose evidence the words stand."""
    found = [
        one
        for one in (*made.entries, *made.undated)
        if one.when == when and one.kind == kind and (words in one.what or any(words in party.name for party in one.participants))
    ]
    assert len(found) == 1, [(one.when, one.kind, one.what, one.status) for one in (*made.entries, *made.undated)]
    return found[0]


@pytest.mark.parametrize(("when", "kind", "words", "status", "origins", "reports"), EXPECTED)
def test_the_chronology(made: Chronology, when: str, kind: str, words: str, status: str, origins: int | None, reports: int | None) -> None:
    one = entry(made, when, kind, words)
    assert one.status == status
    assert origins is None or (one.origins, one.reports) == (origins, reports)


def test_the_dispatch_and_its_copies_are_one_family(made: Chronology, label: Callable[[str], str]) -> None:
    assert len(made.copies) == 1
    family = made.copies[0]
    assert label(family.origin) == "istmo-despacho"
    assert {label(one.report) for one in family.reports} == {"istmo-despacho", "la-costa-1", "el-faro-del-puerto.html"}
    assert all(one.shared > 0.8 for one in family.reports)


def toll(made: Chronology, of: str) -> Toll:
    found = [one for one in made.tolls if one.of == of]
    assert len(found) == 1, [(one.of, one.event, len(one.steps)) for one in made.tolls]
    return found[0]


def test_the_toll_of_the_dead_goes_step_by_step(made: Chronology) -> None:
    steps = [(step.as_of and step.as_of[:10], step.low, step.high, step.attribution) for step in toll(made, "killed").steps]
    for wanted in [
        ("2021-03-09", 4, None, "Ministerio de Seguridad"),
        ("2021-03-09", 7, 7, "Vecinos de La Cantera"),
        ("2021-03-10", 5, 5, None),
        ("2021-03-11", 5, 5, "Esteban Roldán"),
        ("2021-03-12", 7, 7, "Memoria Viva"),
        ("2021-03-12", 5, 5, "Ministerio de Seguridad"),
    ]:
        assert wanted in steps, steps


def test_the_toll_names_the_hospital(made: Chronology) -> None:
    assert "Álvaro Benítez" in {step.attribution for step in toll(made, "killed").steps}


def conflict(made: Chronology, name: str) -> Conflict:
    found = [one for one in made.conflicts if one.property == name]
    assert len(found) == 1, [(one.property, [side.value for side in one.sides]) for one in made.conflicts]
    return found[0]


def test_five_or_seven_dead_is_a_conflict_and_four_then_five_is_not(made: Chronology) -> None:
    sides = {side.value: side for side in conflict(made, "killed").sides}
    assert set(sides) == {"5", "7"}
    assert (sides["7"].first or "")[:10] == "2021-03-09"
    assert {evidence.attribution[-1] for evidence in sides["5"].evidence if evidence.attribution} >= {"Esteban Roldán", "Ministerio de Seguridad"}
    assert {evidence.attribution[-1] for evidence in sides["7"].evidence if evidence.attribution} >= {"Vecinos de La Cantera", "Memoria Viva"}


def test_the_agency_corrects_the_number_of_the_detained(made: Chronology) -> None:
    found = [(one.property, one.before.value, one.after.value) for one in made.corrections]
    assert found == [("detained", "6", "5")]


def test_whether_people_were_executed_is_disputed(made: Chronology) -> None:
    disputed = [one for one in (*made.entries, *made.undated) if one.kind == "killing"]
    assert {one.status for one in disputed} == {"disputed"}
    ids = {one.id for one in disputed}
    found = [one for one in made.conflicts if one.property == "occurrence" and one.entry in ids]
    said = {side.value: {name for evidence in side.evidence for name in evidence.attribution} for one in found for side in one.sides}
    assert "Memoria Viva" in said["told"]
    assert "Esteban Roldán" in said["denied"]


def test_nobody_accused_is_shown_as_the_doer_of_what_is_asserted(made: Chronology) -> None:
    for one in (*made.entries, *made.undated):
        if one.status == "asserted":
            assert not [party for party in one.participants if party.role == "agent" and "Ugarte" in party.name], one.what


def test_the_mother_is_not_her_son(made: Chronology) -> None:
    mother = next(one for one in made.entities if any("madre" in name.lower() for name in one.names))
    assert "Joel Arrieta" not in mother.names
    son = next(one for one in made.entities if one.name == "Joel Arrieta")
    assert [related.to for related in mother.related] == [son.id]


@pytest.fixture(scope="module")
def printed(case: Case, made: Chronology) -> str:
    assert made
    done = CliRunner().invoke(main, ["chronology", str(case.path)], env={"CAREO_LANG": "es"}, catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_the_docs_show_what_is_printed(printed: str) -> None:
    assert (ROOT / "docs" / "example.txt").read_text(encoding="utf-8") == printed, "make docs"


def test_the_readme_shows_parts_of_it(printed: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("## An example")[2].partition("## What it tells apart")[0]
    parts = [part for part in re.findall(r"(?:^    .*\n)+", shown, re.MULTILINE) if "make demo" not in part]
    assert len(parts) == 2
    for part in parts:
        assert re.sub(r"^    ", "", part, flags=re.MULTILINE) in printed, part
