"""Judgements: written down whole, refused where they cannot be, taken back without a trace in the conclusions; and their commands."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careo import pipeline
from careo.collate import entities
from careo.errors import UsageError
from careo.model import Anchor, Capture, Chronology, Entity, Link, Report
from careo.present import judging
from careo.present.cli import main
from careo.present.shown import ENTITY
from careo.present.words import words
from careo.run.local import Local
from careo.store.case import Case
from careo.store.records import pack, unpack
from tests.collate.making import chain, report

AT = "2024-05-01T10:00:00Z"
TEXTS = ["Habló Rosa Quispe.", "Calló Rosa Quispe.", "Vino Ernesto Mendieta.", "Se fue Arturo Mendieta Paz."]
NAMES = ["Rosa Quispe", "Rosa Quispe", "Ernesto Mendieta", "Arturo Mendieta Paz"]
REPORTS = [report(text, id=f"{n}", chains=[chain(text, "c1", name)]) for n, (text, name) in enumerate(zip(TEXTS, NAMES, strict=True))]
ANCHORS = [entities.namings(one)[0].anchor for one in REPORTS]


def put(case: Case, made: Report) -> None:
    document = made.document
    case.add(Capture(document.capture, "text/plain", document.text.encode(), made.sightings), document, made.reading)


def concluded(case: Case) -> bytes:
    pipeline.collate(case, Local())
    return pack(pipeline.concluded(case))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.open(tmp_path / "x.careo", create=True) as opened:
        for one in REPORTS:
            put(opened, one)
        yield opened


def decide(case: Case, left: Anchor = ANCHORS[0], verdict: str = "SAME", right: Anchor | None = ANCHORS[2], **other: Any) -> int:
    given: dict[str, Any] = {"kind": "link", "because": "la misma foto", "by": "ana", "at": AT, **other}
    return judging.decide(case, given["kind"], left, verdict, given["because"], given["by"], given["at"], right).number


def people(case: Case) -> list[set[str]]:
    return [{one.report for one in entity.mentions} for entity in unpack(concluded(case), Chronology).entities]


class TestDecide:
    def test_what_is_judged_same_is_one(self, case: Case) -> None:
        decide(case)
        assert {"0", "1", "2"} in people(case)

    def test_what_is_judged_different_is_split_though_the_names_are_equal(self, case: Case) -> None:
        assert {"0", "1"} in people(case)
        decide(case, verdict="DIFFERENT", right=ANCHORS[1])
        assert {"0"} in people(case)

    def test_author_and_reason_are_kept_in_one_line(self, case: Case) -> None:
        decide(case, because=" la\nmisma  foto ", by="ana\tpaz")
        (made,) = case.judgements()
        assert (made.because, made.by, made.at) == ("la misma foto", "ana paz", AT)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"because": " \n"},
            {"because": "x" * 2001},
            {"by": ""},
            {"by": "x" * 101},
            {"at": "ayer"},
            {"verdict": "PERHAPS"},
            {"right": None},
            {"right": ANCHORS[0]},
            {"right": Anchor("2", "text", "events", 5, 10)},
            {"right": Anchor("no such report", "text", "chains", 0, 4)},
            {"right": Anchor("2", "text", "chains", 5, 400)},
            {"right": Anchor("2", "title", "chains", 0, 4)},
            {"kind": "mask", "verdict": "SAME"},
            {"kind": "claim", "verdict": "SAME"},
            {"kind": "correction", "verdict": " "},
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_written(self, case: Case, wrong: dict[str, Any]) -> None:
        with pytest.raises(UsageError):
            decide(case, **wrong)
        assert case.judgements() == ()

    @pytest.mark.parametrize(("kind", "verdict"), [("mask", "HIDE"), ("claim", "REJECT"), ("correction", "2018-01-15"), ("note", "")])
    def test_other_kinds_have_verdicts_of_their_own(self, case: Case, kind: str, verdict: str) -> None:
        assert decide(case, kind=kind, verdict=verdict, right=None) == 1


class TestUndo:
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(["SAME", "DIFFERENT", "UNSURE"])), max_size=3), st.data())
    def test_a_judgement_and_its_undoing_leave_the_same_bytes(self, case: Case, earlier: list[tuple[int, int, str]], data: st.DataObject) -> None:
        for left, right, verdict in earlier:
            if left != right:
                decide(case, ANCHORS[left], verdict, ANCHORS[right])
        before = concluded(case)
        left = data.draw(st.integers(0, 3))
        decide(case, ANCHORS[left], "SAME", ANCHORS[(left + data.draw(st.integers(1, 3))) % 4])
        concluded(case)
        judging.undo(case, None, "", "ana", AT)
        assert concluded(case) == before

    def test_undoing_an_undoing_brings_the_judgement_back(self, case: Case) -> None:
        number = decide(case)
        after = concluded(case)
        taken = judging.undo(case, number, "era otra", "luis", AT)
        assert concluded(case) != after
        judging.undo(case, taken.number, "no era otra", "ana", AT)
        assert concluded(case) == after
        assert len(case.judgements()) == 3

    def test_the_last_that_stands_goes_first_and_then_the_one_before(self, case: Case) -> None:
        first, second = decide(case), decide(case, right=ANCHORS[3])
        assert [judging.undo(case, None, "", "ana", AT).undoes for _ in range(2)] == [second, first]
        with pytest.raises(UsageError, match="no judgement to undo"):
            judging.undo(case, None, "", "ana", AT)

    def test_what_does_not_stand_cannot_be_undone(self, case: Case) -> None:
        number = decide(case)
        judging.undo(case, number, "", "ana", AT)
        for gone in (number, 7):
            with pytest.raises(UsageError, match="does not stand"):
                judging.undo(case, gone, "", "ana", AT)

    def test_a_mask_that_is_undone_hides_nothing(self, case: Case) -> None:
        number = decide(case, kind="mask", verdict="HIDE", right=None)
        assert len(case.masks()) == 1
        judging.undo(case, number, "consintió", "ana", AT)
        assert case.masks() == ()


class TestMeant:
    def entity(self, case: Case, name: str) -> tuple[Chronology, Entity]:
        made = unpack(concluded(case), Chronology)
        return made, next(one for one in made.entities if one.name == name)

    def test_a_name_and_an_id_mean_the_first_naming(self, case: Case) -> None:
        made, rosa = self.entity(case, "Rosa Quispe")
        assert judging.meant("rosa quispe", made)[1] == judging.meant(rosa.id, made)[1] == ANCHORS[0]

    def test_an_alias_means_its_own_naming(self, case: Case) -> None:
        made, rosa = self.entity(case, "Rosa Quispe")
        assert judging.meant(rosa.aliases[0], made)[1] == ANCHORS[1]
        assert list(judging.namings(rosa)) == [rosa.id, *rosa.aliases]


# ---------------------------------------------------------------- commands


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env={"CAREO_JOBS": "1", "CAREO_LANG": "en", "CAREO_BY": "ana"})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("quien") / "x.careo"
    with Case.open(path, create=True) as opened:
        for one in REPORTS:
            put(opened, one)
        concluded(opened)
    return path


@pytest.fixture
def file(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(built, tmp_path / "x.careo"))


def rows(file: Path, command: str = "people") -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(command, file, "--format", "jsonl").stdout.splitlines()]


def test_people_are_listed_and_one_with_its_namings(file: Path) -> None:
    listed = run("people", file).stdout
    assert "Rosa Quispe  person" in listed
    whole = run("people", file, "Rosa Quispe").stdout.splitlines()
    assert [line.split()[0] for line in whole if "«" in line] == [rows(file)[-1]["id"], *rows(file)[-1]["aliases"]]


def test_deciding_and_undoing_from_the_command_line(file: Path) -> None:
    before = run("people", file, "--format", "jsonl").stdout
    made = run("same", file, "Rosa Quispe", "Ernesto Mendieta", "--because", "a nickname")
    assert made.exit_code == 0
    assert "1  the same" in made.stdout
    assert "ana, 20" in made.stdout
    assert len(rows(file)) < len(before.splitlines())
    assert run("undo", file).exit_code == 0
    assert run("people", file, "--format", "jsonl").stdout == before
    first, second = rows(file, "judgements")
    assert (first["undone_by"], second["undoes"], first["exact"]) == (2, 1, ["Rosa Quispe", "Ernesto Mendieta"])
    assert "[undone by 2]" in run("judgements", file).stdout


def test_a_cluster_is_split_by_the_ids_of_its_namings(file: Path) -> None:
    rosa = rows(file)[-1]
    assert run("different", file, rosa["id"], rosa["aliases"][0], "--because", "two people").exit_code == 0
    assert [one["name"] for one in rows(file)].count("Rosa Quispe") == 2


def test_a_name_that_fits_several_lists_them(file: Path) -> None:
    refused = run("same", file, "Mendieta", "Rosa Quispe", "--because", "x")
    assert refused.exit_code == 2
    assert refused.stderr.count(" Mendieta") == 2


def test_one_cannot_be_judged_against_itself(file: Path) -> None:
    assert "to split one" in run("same", file, "Rosa Quispe", "Rosa Quispe", "--because", "x").stderr


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case in which two are one by a shorter form, and a third may be, five years later."""
    path = tmp_path_factory.mktemp("dudas") / "x.careo"
    names = [("Rosa Mendieta", "2018-01-15"), ("Rosa Mendieta Quispe", "2018-01-16"), ("Elena Rosa Mendieta", "2023-01-01")]
    with Case.open(path, create=True) as opened:
        for number, (name, dct) in enumerate(names):
            text = f"Habló {name}, parte {number}."
            put(opened, report(text, id=f"{number}", dct=dct, chains=[chain(text, "c1", name)]))
        concluded(opened)
    return path


def test_people_tells_why_and_what_stays_open(asking: Path) -> None:
    whole = run("people", asking, "Rosa Mendieta Quispe").stdout
    assert "the same: a shorter form of the name; the same week: Rosa Mendieta, Rosa Mendieta Quispe" in whole
    assert "May be one with" in whole
    assert "    Elena Rosa Mendieta " in whole
    assert "May be one (careo same or careo different decides): 1" in run("people", asking).stdout
    assert [(len(one["links"]), len(one["questions"])) for one in rows(asking)] == [(0, 1), (1, 1)]


def test_reasons_speak_the_language_of_the_interface(asking: Path) -> None:
    shown = CliRunner().invoke(main, ["people", str(asking), "Rosa Mendieta Quispe"], env={"CAREO_LANG": "es"}).stdout
    assert "los mismos: forma más corta del nombre; la misma semana: Rosa Mendieta, Rosa Mendieta Quispe" in shown
    link = Link(ANCHORS[0], ANCHORS[2], "entity", "SAME", 1.0, "the same week: so says ana", "ana")
    assert judging.reason(link, words("es")) == "the same week: so says ana (ana)"


def test_nothing_decided_is_told(file: Path) -> None:
    assert run("judgements", file).stderr == "Nothing found.\n"
    assert run("undo", file).exit_code == 2


def test_masked_words_are_in_no_list(file: Path) -> None:
    run("same", file, "Rosa Quispe", "Ernesto Mendieta", "--because", "Rosa Quispe said so")
    with Case.open(file) as opened:
        judging.decide(opened, "mask", Anchor(*[*_parts(ANCHORS[0]), ENTITY]), "HIDE", "a witness", "ana", AT)
    for command in ("people", "judgements"):
        for shape in ("text", "jsonl"):
            assert "Quispe" not in run(command, file, "--format", shape).stdout


def _parts(anchor: Anchor) -> list[Any]:
    return [anchor.document, anchor.field, anchor.layer, anchor.start, anchor.end]
