"""Search: inflected forms, ñ, accents, exact words, exact places; no query is a mistake of SQLite's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careo.errors import UsageError
from careo.model import Span
from careo.store.case import Case
from careo.store.passages import LONGEST, passages
from careo.store.search import MOST_WORDS, Hit
from tests.store.making import capture, document, post, reading

ORDERS = (
    "Las órdenes de captura llegaron tarde, dijo la fiscal Muñoz.\n\n"
    "El juez ordenó hace un año la detención; los años anteriores no.\n\n"
    "Un policía capturó al ladrón de la calle sin orden alguna."
)
ENGLISH = "The warrants were signed by two judges."
GERMAN = "Die Haftbefehle wurden gestern unterschrieben."


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with Case.open(tmp_path_factory.mktemp("case") / "caso.careo", create=True) as opened:
        yield opened


def surfaces(case: Case, words: str, *, exact: bool = False) -> list[str]:
    """What the hits' shortest stretches are, as they stand in the texts or titles."""
    return [said(case, hit, hit.span) for hit in case.search(words, exact=exact)]


def said(case: Case, hit: Hit, span: Span) -> str:
    story = case.document(hit.document)
    return span.of(story.text if hit.field == "text" else story.title or "")


@pytest.fixture(scope="module", autouse=True)
def _filled(case: Case) -> None:
    for text, title, language in ((ORDERS, "Fiscal bajo sospecha", "es"), (ENGLISH, None, "en"), (GERMAN, None, "de")):
        made = document(text, title=title, language=language)
        posts = [post(made, 0, 30)] if language == "es" else []
        case.add(capture(text), made, reading(made, *posts))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("orden de captura", {"órdenes de captura", "capturó al ladrón de la calle sin orden"}),
        ("ORDENES", {"órdenes", "ordenó", "orden"}),
        ("muñoz", {"Muñoz"}),
        ("munoz", set()),
        ("año", {"año"}),
        ("años", {"año"}),
        ("ano", set()),
        ("detenciones", {"detención"}),
        ("decir", {"dijo"}),
        ("ladrones", {"ladrón"}),
        ("policias", {"policía"}),
        ("sospechas", {"sospecha"}),
        ("judge", {"judges"}),
        ("Haftbefehle", {"Haftbefehle"}),
        ("Haftbefehl", set()),
        ("fiscal llegó", {"llegaron tarde, dijo la fiscal"}),
        ("captura helicóptero", set()),
    ],
)
def test_inflected_forms(case: Case, words: str, found: set[str]) -> None:
    assert found <= set(surfaces(case, words))
    assert bool(found) == bool(surfaces(case, words))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ordenes de captura", ["órdenes de captura"]),
        ("orden de captura", []),
        ("de órdenes", []),
        ("captura, llegaron", ["captura llegaron"]),
        ("año", ["año"]),
        ("ano", []),
        ("sin orden", ["sin orden"]),
    ],
)
def test_exact_words_in_order(case: Case, words: str, found: list[str]) -> None:
    assert surfaces(case, words, exact=True) == found


def test_a_post_is_found_once_in_its_story(case: Case) -> None:
    hits = case.search("órdenes captura llegaron", exact=False)
    assert [hit.document for hit in hits] == [document(ORDERS).id]


def test_a_title_that_does_not_begin_the_text_is_found(case: Case) -> None:
    (hit,) = case.search("bajo sospecha", exact=True)
    assert (hit.field, said(case, hit, hit.passage)) == ("title", "Fiscal bajo sospecha")


def test_a_title_that_begins_the_text_is_found_once(tmp_path: Path) -> None:
    text = "Marcha en Quibdó\n\nMiles salieron."
    with Case.open(tmp_path / "c", create=True) as case:
        case.add(capture(text), document(text, title="Marcha en Quibdó"), None)
        assert [(hit.field, hit.span) for hit in case.search("marchas")] == [("text", Span(0, 6))]


def test_what_a_hit_says(case: Case) -> None:
    hit, _ = case.search("orden de captura")
    assert said(case, hit, hit.passage) in ORDERS.split("\n\n")
    for each in case.search("orden de captura"):
        assert each.passage.holds(each.span)
        assert {said(case, each, word).lower() for word in each.words} <= {"órdenes", "orden", "de", "captura", "capturó"}
        assert each.score > 0


def test_the_nearer_words_come_first(tmp_path: Path) -> None:
    apart = "La captura fue anunciada por el ministerio, de noche y sin dar a nadie razón de la orden."
    joined = "El ministerio anunció de noche la orden de captura sin dar a nadie razón de lo que pasó."
    with Case.open(tmp_path / "c", create=True) as case:
        for text in (apart, joined):
            case.add(capture(text), document(text), None)
        assert surfaces(case, "orden de captura")[0] == "orden de captura"


def test_odd_characters_are_seen_through(tmp_path: Path) -> None:
    text = "\ufeffEl pen\u0303o\u0301n de la se\u00adño\u200bra; el disen\u0303o <b>del</b> mu\u0301sico Kovač, \udcff y Nul\0o."
    with Case.open(tmp_path / "c", create=True) as case:
        case.add(capture(text), document(text), None)
        found = {words: surfaces(case, words) for words in ("peñon", "señora", "músicos", "kovac", "penon", "diseño del musico", "se\u00adñora")}
    assert found["peñon"] == ["pen\u0303o\u0301n"]
    assert found["señora"] == found["se\u00adñora"] == ["se\u00adño\u200bra"]
    assert found["músicos"] == ["mu\u0301sico"]
    assert found["kovac"] == ["Kovač"]
    assert found["penon"] == []
    assert found["diseño del musico"] == ["disen\u0303o <b>del</b> mu\u0301sico"]


def test_the_order_of_adding_does_not_order_the_hits(tmp_path: Path) -> None:
    texts = [f"Cayó una granada en el patio número {number}." for number in range(30)]
    found = []
    for name, ordered in (("a", texts), ("b", texts[::-1])):
        with Case.open(tmp_path / name, create=True) as case:
            for text in ordered:
                case.add(capture(text), document(text), None)
            found.append(case.search("granadas", limit=7))
    assert found[0] == found[1]
    assert len(found[0]) == 7


@pytest.mark.parametrize("words", ["", "   ", "¡! «»", '"', "*", "\ud800", "\0", " ".join(["a"] * (MOST_WORDS + 1))])
def test_queries_without_words_or_with_too_many(case: Case, words: str) -> None:
    for exact in (True, False):
        with pytest.raises(UsageError) as caught:
            case.search(words, exact=exact)
        assert caught.value.mend


def test_a_limit_that_is_none(case: Case) -> None:
    with pytest.raises(UsageError, match="0 hits"):
        case.search("orden", limit=0)


def test_a_query_as_long_as_may_be(case: Case) -> None:
    words = " ".join(ORDERS.replace(",", " ").split()[:MOST_WORDS])
    assert case.search(words) == []
    assert surfaces(case, "Las órdenes de captura llegaron tarde, dijo la fiscal Muñoz", exact=True) == [
        "Las órdenes de captura llegaron tarde, dijo la fiscal Muñoz"
    ]


SIGNS = ['"', "*", "(", ")", "^", "+", "-", ":", "{", "}", "%", "'", ";", "--", "\0"]
NOTATION = st.sampled_from([*SIGNS, "AND", "OR", "NOT", "NEAR(", "folded:", "orden", "captura"])


@settings(deadline=None)
@given(words=st.text(st.characters(exclude_categories=())) | st.lists(NOTATION, min_size=1).map(" ".join), exact=st.booleans())
def test_no_query_is_an_error_of_sqlite(case: Case, words: str, exact: bool) -> None:
    try:
        hits = case.search(words, exact=exact)
    except UsageError:
        return
    assert all(hit.passage.holds(hit.span) for hit in hits)


def test_operators_are_words(case: Case) -> None:
    assert case.search("orden OR nada") == []
    assert case.search("NOT orden") == []
    assert surfaces(case, "ord*") == []


@settings(deadline=None)
@given(text=st.text(st.sampled_from("ab \n\r\t.\u2028\u00a0ñ")) | st.text())
def test_passages_cover_all_that_is_no_blank(text: str) -> None:
    found = list(passages(text))
    assert "".join(text.split()) == "".join("".join(span.of(text).split()) for span in found)
    assert all(span.of(text) == span.of(text).strip() != "" for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Uno.\nDos.\r\nTres.", ["Uno.", "Dos.", "Tres."]),
        ("Una línea\nque sigue.\n\nOtra.", ["Una línea\nque sigue.", "Otra."]),
        ("Una línea\r\nque sigue.\r\n \t\r\nOtra.", ["Una línea\r\nque sigue.", "Otra."]),
        ("Ya. " * 700, None),
        ("x" * 4500, None),
    ],
)
def test_passages(text: str, cut: list[str] | None) -> None:
    found = [span.of(text) for span in passages(text)]
    assert cut is None or found == cut
    assert all(len(passage) <= LONGEST for passage in found)


def test_long_blanks_cost_little() -> None:
    text = ("\n" + " " * 2000) * 200 + "x" + "\r" * 100_000
    assert [span.of(text) for span in passages(text)] == ["x"]


def test_the_same_hits_in_another_process(case: Case) -> None:
    program = "import sys; from careo.store.case import Case; print(Case.open(sys.argv[1], read_only=True).search('orden de captura'))"
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    answer = subprocess.run([sys.executable, "-c", program, str(case.path)], capture_output=True, text=True, env=env, check=True)
    assert answer.stdout.strip() == str(case.search("orden de captura"))
