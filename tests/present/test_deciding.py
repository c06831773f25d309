"""What people decide of entries: accepted, rejected, corrected, joined; shown, counted nowhere where rejected, undone without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from careo import pipeline
from careo.errors import UsageError
from careo.model import Capture, Chronology, Entry
from careo.present import judging
from careo.present.cli import main
from careo.run.local import Local
from careo.store.case import Case
from tests.collate.making import event, quotation, report

AT = "2024-05-01T10:00:00Z"
ATTACK, RAID = "Atacaron el cuartel el lunes.", "Allanaron la casa de Luis Mora."
REPORTS = [
    report(ATTACK, id="1", events=[event(ATTACK, "Atacaron", edtf="2018-01-15", when="lunes")]),
    report(RAID, id="2", events=[event(RAID, "Allanaron", kind="raid")]),
]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.open(tmp_path / "x.careo", create=True) as opened:
        for one in REPORTS:
            document = one.document
            opened.add(Capture(document.capture, "text/plain", document.text.encode(), one.sightings), document, one.reading)
        pipeline.collate(opened, Local())
        yield opened


def run(case: Case, *words: str) -> Result:
    command, *rest = words
    decided = command not in {"chronology", "judgements"}
    return CliRunner().invoke(main, ["--lang", "es", command, str(case.path), *rest, *(["--because", "porque sí", "--by", "ana"] if decided else [])])


def now(case: Case) -> Chronology:
    return pipeline.concluded(case)


def entry(case: Case, kind: str) -> Entry:
    made = now(case)
    return next(one for one in (*made.entries, *made.undated, *made.rejected) if one.kind == kind)


def test_what_is_rejected_stands_apart_and_undoing_brings_it_back(case: Case) -> None:
    before = pipeline.concluded(case)
    assert run(case, "reject", entry(case, "attack").id).exit_code == 0
    made = now(case)
    assert [[one.kind for one in some] for some in (made.entries, made.undated, made.rejected)] == [[], ["raid"], ["attack"]]
    assert [(one.verdict, one.by, one.because) for one in made.rejected[0].decisions] == [("REJECT", "ana", "porque sí")]
    shown = run(case, "chronology").stdout
    assert "RECHAZADO" in shown
    assert "ana rechaza: porque sí" in shown
    assert run(case, "undo").exit_code == 0
    assert pipeline.concluded(case) == before


def test_a_correction_puts_a_date_and_keeps_what_was_read(case: Case) -> None:
    assert run(case, "correct", entry(case, "attack").id, "when", "2018-01-14").exit_code == 0
    made = entry(case, "attack")
    assert (made.when, [(one.property, one.verdict, one.before) for one in made.decisions]) == ("2018-01-14", [("when", "2018-01-14", "2018-01-15")])
    assert "corrige fecha: 2018-01-14 (antes: 2018-01-15)" in " ".join(run(case, "chronology").stdout.split())


@pytest.mark.parametrize(("of", "value"), [("where", "El Pinar"), ("agent", "Luis Mora"), ("kind", "search")])
def test_other_properties_are_corrected(of: str, value: str, case: Case) -> None:
    ident = entry(case, "raid").id
    assert run(case, "correct", ident, of, value).exit_code == 0
    made = next(one for one in now(case).undated if one.id == ident)
    found = {"where": made.where and made.where.name, "agent": next((one.name for one in made.participants), None), "kind": made.kind}
    assert found[of] == value


def test_an_accepted_entry_says_so(case: Case) -> None:
    assert run(case, "accept", entry(case, "raid").id).exit_code == 0
    assert [one.verdict for one in entry(case, "raid").decisions] == ["ACCEPT"]
    assert "acepta" in run(case, "judgements").stdout


def test_all_that_an_entry_rests_on_is_rejected_and_taken_back_together(case: Case) -> None:
    run(case, "same", entry(case, "attack").id, entry(case, "raid").id)
    joined = now(case).entries[0]
    assert run(case, "reject", joined.id).exit_code == 0
    assert [len(part) for part in (now(case).entries, now(case).rejected)] == [0, 2]
    assert run(case, "undo").exit_code == 0
    assert now(case).entries == (joined,)


def test_what_somebody_said_is_rejected_too(case: Case) -> None:
    text = "«No lo vi», dijo Ana Ruiz ayer."
    said = report(text, id="3", quotations=[quotation(text, "q1", "No lo vi", speaker="Ana Ruiz", said="2018-01-14")])
    document = said.document
    case.add(Capture(document.capture, "text/plain", document.text.encode(), said.sightings), document, said.reading)
    pipeline.collate(case, Local())
    (statement,) = (one for one in now(case).entries if one.when == "2018-01-14")
    assert run(case, "reject", statement.id).exit_code == 0
    assert [one.what for one in now(case).rejected] == [statement.what]


def test_two_entries_are_joined(case: Case) -> None:
    assert run(case, "same", entry(case, "attack").id, entry(case, "raid").id).exit_code == 0
    made = now(case)
    assert [len(one.evidence) for one in (*made.entries, *made.undated)] == [2]


@pytest.mark.parametrize("words", [("correct", "when", "ayer"), ("correct", "kind", "ataque"), ("reject", "--only", "7")])
def test_what_cannot_be_decided_says_what_may_be(words: tuple[str, ...], case: Case) -> None:
    command, *rest = words
    result = run(case, command, entry(case, "attack").id, *rest)
    assert result.exit_code == 2
    assert not case.judgements()


def test_a_decision_whose_words_a_new_reading_does_not_find_is_listed_so(case: Case) -> None:
    run(case, "accept", entry(case, "attack").id)
    silent = report(ATTACK, id="1")
    assert silent.reading
    case.replace_reading(silent.reading)
    pipeline.collate(case, Local())
    assert [judging.orphaned(case, one) for one in case.judgements()] == [True]
    assert "ya no se leen" in run(case, "judgements").stdout


def test_the_figure_and_the_date_of_a_correction_are_checked(case: Case) -> None:
    (anchor,) = judging.statements(entry(case, "attack"), case)
    with pytest.raises(UsageError):
        judging.decide(case, "correction", type(anchor)(anchor.document, anchor.field, "quantities", 0, 3, "figure"), "muchos", "x", "ana", AT)
