"""The creation time is narrowed only where a full date and a deictic agree, and nothing contradicts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careo import edtf
from careo.model import Dct, DctReading, Parse, Span, Token
from careo.read.dct import dated
from careo.rules import Language
from careo.text import View

JANUARY = Dct("2018-01", "input")
POST = "— Diario Llanero (@DiarioLlanero) 15 de enero de 2018"


def narrowed(language: Language, text: str, given: Dct | None = JANUARY) -> DctReading:
    return dated(View(text), language, given)[0]


AGREE = [
    f"La madre pide calma.\n{POST}\nEste lunes habló un primo.",
    f"La madre pide calma.\n{POST}\nHabló hoy lunes un primo.",
    "#15Ene La madre pide calma. Este lunes habló un primo.",
    "#15Ene2018 La madre pide calma. Ayer domingo habló un primo.",
    "La madre habló hoy, 15 de enero, en la plaza.",
    "La madre habló ayer, 14 de enero de 2018, en la plaza.",
    f"— La Voz (@LaVoz) 12 de enero de 2018\n{POST}\nEste lunes habló un primo.",
]


@pytest.mark.parametrize("text", AGREE)
def test_a_full_date_and_a_deictic_agree(language: Language, text: str) -> None:
    found = narrowed(language, text)
    assert (found.value, found.given, found.origin) == ("2018-01-15", "2018-01", "text")
    assert "Monday 2018-01-15" in (found.why or "")
    assert found.evidence
    assert all(span.of(text) in (found.why or "") for span in found.evidence)


BOUNDED = [
    f"La madre pide calma.\n{POST}",
    f"La madre pide calma.\n{POST}\nEste martes habló un primo.",
    f"La madre pide calma.\n{POST}\nEste lunes habló un primo, y este jueves, otro.",
    f"La madre pide calma. #29Ene\n{POST}\nEste lunes habló un primo.",
    f"La madre pide calma. #30Ene\n{POST}\nEste lunes habló un primo.",
]


@pytest.mark.parametrize("text", BOUNDED)
def test_a_full_date_without_agreement_is_a_lower_bound(language: Language, text: str) -> None:
    found = narrowed(language, text)
    assert (found.value, found.origin) == ("2018-01-15/2018-01-31", "text")
    assert [span.of(text) for span in found.evidence] == ["15 de enero de 2018"]
    assert "not before «15 de enero de 2018»" in (found.why or "")


LEFT = [
    "Este lunes habló un primo.",
    "La madre pide calma desde el 15 de enero de 2018.",
    "#15Ene La madre pide calma.",
    "#15Ene La madre pide calma. Este martes habló un primo.",
    "#30Feb La madre pide calma. Este lunes habló un primo.",
    "— Diario Llanero (@DiarioLlanero) 15 de marzo de 2016\nEste martes habló un primo.",
    "",
]


@pytest.mark.parametrize("text", LEFT)
def test_less_than_that_leaves_what_was_given(language: Language, text: str) -> None:
    assert narrowed(language, text) == DctReading("2018-01", "2018-01", "input")


def test_a_day_is_never_narrowed_and_nothing_given_stays_nothing(language: Language) -> None:
    assert narrowed(language, AGREE[0], Dct("2018-01-16", "page", "JSON-LD")) == DctReading("2018-01-16", "2018-01-16", "page", "JSON-LD")
    assert narrowed(language, AGREE[0], None) == DctReading(None, None, None)


def test_what_is_no_date_gives_no_value_and_says_so(language: Language) -> None:
    found = narrowed(language, AGREE[0], Dct("January", "user"))
    assert (found.value, found.given, found.why) == (None, "January", "'January' is no date")


def test_the_last_day_of_the_range_needs_no_interval(language: Language) -> None:
    assert narrowed(language, "Sigue el paro.\n— La Voz (@LaVoz) 31 de enero de 2018").value == "2018-01-31"


def test_expressions_are_resolved_with_the_narrowed_day(language: Language) -> None:
    _, found = dated(View(AGREE[0]), language, JANUARY)
    assert [timex.edtf for timex in found] == ["2018-01-15", "2018-01-15"]


def test_this_weekday_beside_a_future_verb_is_no_clue(language: Language) -> None:
    text = f"{POST}\nEste lunes hablará un primo."
    start = text.index("Este")
    words = [(start, 4, "det", 1), (start + 5, 5, "obl", 2), (start + 11, 7, "ROOT", 2)]
    morph = ["", "", "Mood=Ind|Tense=Fut|VerbForm=Fin"]
    tokens = tuple(Token(i, Span(at, at + n), text[at : at + n], "", "X", dep, head, morph[i]) for i, (at, n, dep, head) in enumerate(words))
    parse = Parse(tokens, (Span(0, 3),))
    assert dated(View(text), language, JANUARY, parse)[0].value == "2018-01-15/2018-01-31"
    assert dated(View(text), language, JANUARY)[0].value == "2018-01-15"


PIECES = st.sampled_from(
    [
        POST,
        "#15Ene",
        "#16Ene",
        "#30Feb",
        "Este lunes",
        "este jueves",
        "hoy",
        "ayer domingo",
        "Hoy, 15 de enero",
        "ayer, 14 de enero de 2018",
        "(@x) 3 de mayo de 2018",
        ".",
    ]
)
RANGES = st.sampled_from([None, "2018", "2018-01", "2018-01-15", "2017-12/2018-02", "2018-01/..", "../2018", "198X", "9999", "0001", "nunca"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=5).map("\n".join), RANGES)
def test_narrowing_never_leaves_the_given_range(language: Language, text: str, value: str | None) -> None:
    found, timexes = dated(View(text), language, Dct(value, "input") if value else None)
    if found.value:
        assert value
        assert edtf.within(found.value, value)
    assert (found.origin == "text") == bool(found.evidence)
    assert all(0 <= timex.span.start < timex.span.end <= len(text) for timex in timexes)
