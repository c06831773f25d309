"""Patterns: their notation, which match wins, and that the prefilter changes nothing."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careo import rules
from tests.rules.folder import language

DATES = r"""
about: fechas
words:
  month: {enero|ene: 01, febrero: 02, junio: 06}
  article: [el, la]
  day: {re: '\d{1,2}'}
  year: {re: '(?:19|20)\d\d'}
  unit: {días|día: D, años|año: Y}
  paper: [Diario]
  handle: {re: '@\w{1,30}'}
  acronym: {re: '[A-Z]{3}[\d-]\w*'}
rules:
  - id: acronym
    pattern: <acronym>
    case: exact
    examples: ['[PLA-UNIDA]']
  - id: full
    pattern: (<article> )?<day> de <month>( del? <year>)?
    type: DATE
    value: <year>-<month>-<day> | XXXX-<month>-<day>
    unless: ['avenida $', '$ de fútbol']
    examples: ['[el 3 de enero de 2011] -> 2011-01-3']
  - id: street
    pattern: calle <day> de <month>
    blocks: 'yes'
    gap: ['la [calle 3 de enero]']
  - id: span
    pattern: del <day> al <day> de <month>
    value: <month>-<day.1>/<month>-<day.2>
    examples: ['[del 3 al 5 de enero] -> 01-3/01-5']
  - id: length
    pattern: <day:number> <unit>
    type: LENGTH
    value: P<number><unit>
    examples: ['[3 días] -> P3D']
  - id: ago
    pattern: hace [[<LENGTH>]]
    type: AGO
    value: -<LENGTH.value>
    examples: ['hace [3 días] -> -P3D']
  - id: paper
    pattern: El <paper>
    case: exact
    examples: ['[El Diario]']
  - id: handle
    pattern: <handle>
    examples: ['[@ana]']
  - id: begins
    pattern: lemma:empezar el <day>
    value: s<day>
    examples: ['[empezó el 3] -> s3']
"""


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> rules.Patterns:
    return language(tmp_path_factory.mktemp("dates"), t__dates=DATES).patterns("t")


def found(patterns: rules.Patterns, text: str, lemmas: dict[int, str] | None = None) -> list[tuple[str, str, str | None]]:
    return [(one.rule.id, text[one.start : one.end], one.fields.get("value")) for one in patterns.find(text, lemmas)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fue EL 3 DE FEBRERO DEL 2011.", [("full", "EL 3 DE FEBRERO DEL 2011", "2011-02-3")]),
        ("Fue el 3 de junio", [("full", "el 3 de junio", "XXXX-06-3")]),
        ("Fue el 3\nde junio", [("full", "el 3\nde junio", "XXXX-06-3")]),
        ("Fue el 3\n\nde junio", []),
        ("la avenida 3 de junio", []),
        ("el 3 de junio de futbol", []),
        ("la calle 3 de junio", []),
        ("del 3 al 5 de enero", [("span", "del 3 al 5 de enero", "01-3/01-5")]),
        ("hace 3 anos", []),
        ("hace 3 años", [("ago", "3 años", "-P3Y")]),
        ("dura 3 años", [("length", "3 años", "P3Y")]),
        ("1.203 días", []),
        ("El Diario y el diario", [("paper", "El Diario", None)]),
        ("x3 días", []),
        ("lo vio @ana", [("handle", "@ana", None)]),
        ("el PLA-UNIDA", [("acronym", "PLA-UNIDA", None)]),
        ("el PLA7", [("acronym", "PLA7", None)]),
    ],
)
def test_what_is_found(patterns: rules.Patterns, text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert found(patterns, text) == expected


def test_a_lemma_needs_the_parse(patterns: rules.Patterns) -> None:
    assert found(patterns, "empezó el 3") == []
    assert found(patterns, "empezó el 3", {0: "empezar"}) == [("begins", "empezó el 3", "s3")]
    assert found(patterns, "acabó el 3", {0: "acabar"}) == []


def test_pieces_say_their_words_and_meanings(patterns: rules.Patterns) -> None:
    one = patterns.find("del 3 al 5 de Enero")[0]
    assert [(piece.text, piece.meaning) for piece in one.pieces["day"]] == [("3", "3"), ("5", "5")]
    assert one.pieces["month"][0].meaning == "01"


def test_far_matches_are_found_each_in_its_window(patterns: rules.Patterns) -> None:
    text = "el 3 de enero " + "x " * 900 + "el 4 de enero"
    assert [one[1] for one in found(patterns, text)] == ["el 3 de enero", "el 4 de enero"]


WORDS = st.lists(
    st.sampled_from(
        ["el", "3", "de", "enero", "ENERO", "del", "al", "2011", "hace", "días", "años", "calle", "\n", "\n\n", "avenida", "ñ", "é", "5", "."]
    ),
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(WORDS)
def test_the_prefilter_changes_nothing(patterns: rules.Patterns, words: list[str]) -> None:
    text = " ".join(words)
    expected = {(one.rule.id, one.start, one.end) for one in patterns.explain(text)}
    kept = patterns.find(text)
    assert {(one.rule.id, one.start, one.end) for one in kept} <= expected
    assert all(a.end <= b.start for a, b in pairwise(kept))
    covered = {i for one in patterns.explain(text) for i in range(one.start, one.end)}
    assert bool(covered) >= bool(kept)


@given(st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_text(patterns: rules.Patterns, text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in patterns.find(text))


def test_tsv_classes_and_unions(tmp_path: Path) -> None:
    (tmp_path / "xx" / "t").mkdir(parents=True)
    rows = "\n".join(f"nombre{i}\tm{i}" for i in range(80))
    (tmp_path / "xx" / "t" / "names.tsv").write_text(f"# names\n{rows}\n", encoding="utf-8")
    words = "words:\n  name: {tsv: names.tsv}\n  other: [ana]\n  any: {union: [name, other]}\n"
    source = f"about: a\n{words}rules:\n  - id: r\n    pattern: don <any>\n    value: <any>\n    examples: ['[don ana] -> ana']\n"
    patterns = language(tmp_path, t__names=source).patterns("t")
    assert [one.fields["value"] for one in patterns.find("don Nombre7, don Ana, don nadie")] == ["m7", "ana"]


def test_the_version_changes_with_a_word(tmp_path: Path) -> None:
    one = language(tmp_path / "a", t__dates=DATES).version
    assert one == language(tmp_path / "b", t__dates=DATES).version
    assert one != language(tmp_path / "c", t__dates=DATES.replace("febrero", "marzo")).version
