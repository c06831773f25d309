"""One statement in several reports: what joins its tellings, what is left as a question, what stays apart."""

from __future__ import annotations

import msgspec
import pytest

from careo import pipeline
from careo.collate.quotations import compared, link, longest_run, sayings
from careo.model import Chain, Link, Report, Statement
from careo.present import statements as shown_statements
from careo.present.text import Sheet
from careo.present.words import words
from careo.run.local import Local
from tests.collate.making import chain, quotation, report

FULL = "«No vamos a levantar el plantón mientras no liberen a los once detenidos del puente», advirtió Marta Iriarte."
CUT = "Marta Iriarte, vocera, dijo: «mientras no liberen a los once detenidos del puente»."
RETOLD = "Marta Iriarte avisó que no levantarán el plantón si no se libera a los detenidos del puente."
NOBODY = "Se escuchó en un audio: «No vamos a levantar el plantón mientras no liberen a los once detenidos»."
OTHER = "«No vamos a levantar el plantón mientras no liberen a los once detenidos», gritó Pablo Sosa."
ELSE = "Marta Iriarte pidió que la gobernadora reciba a los familiares este viernes."


def told(text: str, content: str, speaker: str | None = "Marta Iriarte", dct: str = "2020-05-04", publisher: str = "Radio Cauce") -> Report:
    chains: list[Chain] = [chain(text, "c1", speaker)] if speaker else []
    one = msgspec.structs.replace(quotation(text, "q1", content, speaker=speaker), speaker_chain="c1" if speaker else None)
    return report(text, dct=dct, publisher=publisher, chains=chains, quotations=[one])


full = told(FULL, "No vamos a levantar el plantón mientras no liberen a los once detenidos del puente")
cut = told(CUT, "mientras no liberen a los once detenidos del puente", dct="2020-05-09")
retold = told(RETOLD, "que no levantarán el plantón si no se libera a los detenidos del puente", dct="2020-05-05")
nobody = told(NOBODY, "No vamos a levantar el plantón mientras no liberen a los once detenidos", None)
other = told(OTHER, "No vamos a levantar el plantón mientras no liberen a los once detenidos", "Pablo Sosa")
otherwise = told(ELSE, "que la gobernadora reciba a los familiares este viernes")


def between(left: Report, right: Report) -> Link | None:
    (one,), (two,) = sayings(left), sayings(right)
    return link(compared(one), compared(two))


def verdict(left: Report, right: Report) -> str | None:
    found = between(left, right)
    return found.judgement if found else None


def test_the_same_words_of_one_speaker_are_one_statement_whenever_they_are_printed() -> None:
    assert verdict(full, cut) == "SAME"


def test_other_words_of_one_speaker_are_one_statement_within_days_only() -> None:
    assert verdict(full, retold) == "SAME"
    late = told(RETOLD, "que no levantarán el plantón si no se libera a los detenidos del puente", dct="2020-06-20")
    assert verdict(full, late) is None


def test_words_of_nobody_join_the_speaker_whose_long_run_they_are() -> None:
    found = between(full, nobody)
    assert found
    assert (found.judgement, found.why) == ("SAME", "the same words; one of the reports does not say whose")


def test_the_same_words_from_two_mouths_are_two_statements() -> None:
    assert verdict(full, other) is None


def test_two_statements_of_one_speaker_stay_two() -> None:
    assert verdict(full, otherwise) is None


def test_the_longest_run_is_counted_in_words() -> None:
    assert longest_run("a b c d".split(), "x b c y c d".split()) == 2
    assert longest_run([], ["a"]) == 0


def statements(*reports: Report) -> tuple[Statement, ...]:
    return pipeline.conclude(reports, [], 1, Local(), print).quotations


def test_a_statement_has_its_first_and_its_fullest_telling() -> None:
    early = told(CUT, "mientras no liberen a los once detenidos del puente", dct="2020-05-03")
    one, two = statements(early, full, retold, otherwise)
    assert (one.speaker, len(one.variants), one.reports) == ("Marta Iriarte", 3, 3)
    assert one.first.report == early.document.id
    assert one.fullest.report == full.document.id
    assert one.fullest.evidence.exact == "No vamos a levantar el plantón mientras no liberen a los once detenidos del puente"
    assert [variant.report for variant in two.variants] == [otherwise.document.id]


def test_a_question_joins_nothing() -> None:
    assert [len(one.variants) for one in statements(full, other)] == [1, 1]


def test_what_a_ceiling_leaves_out_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careo.collate.quotations.CEILING", 1)
    assert pipeline.conclude([full, cut], [], 1, Local(1), lambda _: None).unjoined == 1


def test_wordings_of_one_statement_are_shown_beside_the_fullest() -> None:
    made = pipeline.conclude([full, cut, retold], [], 1, Local(1), lambda _: None)
    shown = "\n".join(shown_statements.markdown_lines(made, words("es"), lambda report: report))
    assert shown.index("plantón mientras") < shown.index("que no levantarán")
    assert shown.count("Marta Iriarte") >= 1
    assert "\n".join(line.plain for line in shown_statements.lines(made, Sheet(words("es"), 100), lambda report: report)).count("«") >= 3
