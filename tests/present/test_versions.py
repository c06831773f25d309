"""What older versions said is shown after the chronology, masked where it must be."""

from __future__ import annotations

import msgspec

from careo.model import Chronology, Earlier, Evidence, Span
from careo.present import versions
from careo.present.public import chronology_of
from careo.present.text import Sheet
from careo.present.words import words


def evidence(report: str, exact: str) -> Evidence:
    span = Span(0, len(exact))
    return Evidence(report, "text", span, span, exact, "", "", (), "El Faro", "2018-01-15", "x")


OLD, NEW, GONE = "Cuatro personas murieron.", "Seis personas murieron.", "El alcalde *renunció*."
MADE = Chronology(1, "es 1", earlier=(Earlier(evidence("a", OLD), "b", evidence("b", NEW)), Earlier(evidence("a", GONE), "b")))


def test_at_a_terminal_each_sentence_stands_with_what_became_of_it() -> None:
    shown = [line.plain.strip() for line in versions.lines(MADE, Sheet(words("es"), 100), str) if line.plain]
    assert shown[1] == f"«{OLD}»"
    assert shown[3] == f"ahora dice: «{NEW}»"
    assert shown[4] == f"«{GONE}»"
    assert shown[6] == "la versión más nueva ya no lo dice"
    assert "El Faro" in shown[2]


def test_in_markdown_words_of_a_report_mean_nothing() -> None:
    shown = "\n".join(versions.markdown_lines(MADE, words("es"), str))
    assert "\\*renunció\\*" in shown
    assert shown.startswith("## ")


def test_a_case_without_versions_has_no_heading() -> None:
    bare = msgspec.structs.replace(MADE, earlier=())
    assert list(versions.lines(bare, Sheet(words("en"), 100), str)) == []
    assert list(versions.markdown_lines(bare, words("en"), str)) == []


def test_the_json_has_the_place_in_the_older_version() -> None:
    first = chronology_of(MADE)["earlier"][0]
    assert (first["said"]["report"], first["said"]["start"], first["said"]["end"], first["newer"]) == ("a", 0, len(OLD), "b")
    assert first["now"]["exact"] == NEW
