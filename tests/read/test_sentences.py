"""Sentences: what ends one, what does not, and that words in marks stay together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.read.languages import language as load
from careo.read.marks import marked
from careo.read.sentences import sentences
from careo.rules import Language
from careo.text import View

LANGUAGE = load("es")


def cut(text: str, language: Language = LANGUAGE) -> list[str]:
    return [span.of(text) for span in sentences(View(text), language)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Llovió toda la noche.", "El río creció."],
        ["¿Quién llamó?", "¡Nadie!", "Todos callaron…", "Luego salieron."],
        ["El Sr. Duarte y la Dra. Peña viajaron a EE.UU. con J. M. Soto."],
        ["Viajó a EE.UU.", "El lunes volvió."],
        ["Según el art. 12 y el núm. 4, pagaron 3.500 pesos y 2.5 dólares."],
        ["Dijo que no.", "Cuatro horas después se fue."],
        ["Salió a las 9 a.m. del cuartel.", "Nadie lo vio."],
        ["Compraron pan, leche, etc.", "Los vecinos ayudaron."],
        ['Él "se quiere ir. No lo dejan”, denunció la tía.', "Nadie respondió."],
        ["«No fui. No estaba. ¿Y usted?», preguntó Rosa Lugo.", "Después calló."],
        ['"No fui. No estaba."', "El juez lo escuchó."],
        ["— ¿Se va?", "— No me voy."],
    ],
)
def test_sentences_end_where_they_end(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


def test_a_paragraph_always_ends_a_sentence() -> None:
    assert cut("Sin agua en el norte\nVecinos protestan\n\nAyer cerraron la calle") == [
        "Sin agua en el norte",
        "Vecinos protestan",
        "Ayer cerraron la calle",
    ]


def test_a_glued_sentence_is_cut() -> None:
    assert cut("Cerraron la calle.Nadie pasó por ella.") == ["Cerraron la calle.", "Nadie pasó por ella."]


def test_lines_of_a_wrapped_text_are_joined() -> None:
    text = "Los vecinos de la parte alta\nsalieron a la calle con\nollas y pitos desde\nlas seis de la\nmañana.\n\nNadie los oyó."
    assert cut(text) == [text.split("\n\n")[0], "Nadie los oyó."]


def test_a_mark_that_is_never_closed_swallows_no_more_than_its_paragraph() -> None:
    text = '"No sabemos nada. Estamos cansados.\nLa alcaldesa no vino. Su oficina tampoco.'
    assert cut(text)[-2:] == ["La alcaldesa no vino.", "Su oficina tampoco."]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('Dijo "sí, vengo”.', "sí, vengo"),
        ("Dijo “sí, vengo“.", "sí, vengo"),
        ("Dijo \x93sí, vengo\x94.", "sí, vengo"),
        ("Dijo «sí, vengo».", "sí, vengo"),
        ('Dijo «sí, "vengo" hoy».', 'sí, "vengo" hoy'),
        ('Dijo "sí, vengo».', "sí, vengo"),
        ("Dijo 'sí, vengo'.", "sí, vengo"),
        ("Vengo de lejos”, dijo.", "Vengo de lejos"),
    ],
)
def test_marks_of_all_kinds(text: str, inside: str) -> None:
    view = View(text)
    assert [view.text[one.inner_start : one.inner_end].replace("”", '"') for one in marked(view)] == [inside]


def test_apostrophes_are_no_marks() -> None:
    assert marked(View("O'Higgins llegó en los '90 a la plaza.")) == []


@given(st.text(alphabet=" \n.,;:!?…\"'«»“”‘’()—-abcAB1é\u0093\u0094\u200b\u00a0", max_size=200))
def test_sentences_lie_in_order_inside_the_text_and_cover_all_words(text: str) -> None:
    spans = sentences(View(text), LANGUAGE)
    ends = [0, *(span.end for span in spans)]
    assert all(before <= span.start < span.end <= len(text) for before, span in zip(ends, spans, strict=False))
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert all(i in covered for i, character in enumerate(text) if character.isalnum())
    assert all(span.of(text)[0].strip(" \n") and span.of(text)[-1].strip(" \n") for span in spans)
