"""Names: where they stand, where they do not, and what they name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careo.model import Chain, DctReading, Member, Mention, Parse, Span
from careo.read.mentions import mentions, named
from careo.read.page import Page
from careo.read.parse import Parser
from careo.read.sentences import sentences
from careo.rules import Language
from careo.text import View


def page(text: str, language: Language, parser: Parser | None = None) -> Page:
    view = View(text)
    parse = parser.parse(view, sentences(view, language)) if parser else Parse((), ())
    return Page(text, view, parse, language, DctReading(None, None, None))


def names(text: str, language: Language, parser: Parser) -> list[str]:
    return [one.span.of(text) for one in mentions(page(text, language, parser))]


def kinds(text: str, language: Language, parser: Parser) -> dict[str, str]:
    return {one.span.of(text): one.kind for one in mentions(page(text, language, parser))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dejen que se entregue. Fuerza. Soy su hermana.", []),
        ("El lunes 3 de Marzo se reunió con su familia.", []),
        ("La ministra de Sanidad y el Presidente no hablaron.", []),
        ("El Presidente Nicolás Maduro viajó.", ["Nicolás Maduro"]),
        ("Fue rodeado por la Guardia Nacional Bolivariana.", ["Guardia Nacional Bolivariana"]),
        ("Un helicóptero de la Policía científica sobrevoló Caracas.", ["Policía científica", "Caracas"]),
        ("Atacó el Tribunal Supremo de Justicia (TSJ) con granadas.", ["Tribunal Supremo de Justicia", "TSJ"]),
        ("Lo dijo el Ministerio de Agricultura y Ganadería.", ["Ministerio de Agricultura y Ganadería"]),
        ("Hablaron Ramiro Cedeño y Luisa Oropel.", ["Ramiro Cedeño", "Luisa Oropel"]),
        ("Habló Ramiro de la Cruz ante Juan del Valle.", ["Ramiro de la Cruz", "Juan del Valle"]),
        ("El Gobierno venezolano negó todo.", ["Gobierno"]),
        ("El gobierno de México negó todo.", ["México"]),
        ("El Gobierno de Nicolás Maduro negó todo.", ["Gobierno", "Nicolás Maduro"]),
        ("Lo publicó El Universal y lo copió La Jornada.", ["El Universal", "La Jornada"]),
        ("Vive en El Salvador desde niña.", ["El Salvador"]),
        ("Capturaron a Joaquín, alias «El Tigre», en la sierra.", ["Joaquín", "El Tigre"]),
        ("El video de @VozAndina lleva la marca #Caracas y #15Ene.", ["@VozAndina", "Caracas"]),
        ("Puede verse en https://www.VozAndina.com/Caracas/Hoy.html ahora.", []),
        ("EE.UU. y EE. UU. son el mismo país.", ["EE.UU.", "EE. UU."]),
        ("La señora J. Pérez no quiso hablar.", ["J. Pérez"]),
        ("Declaró Jorge «El Tuerto» Rangel en el juicio.", ["Jorge «El Tuerto» Rangel"]),
        ("Murió el papa Juan Pablo II en Roma.", ["Juan Pablo II", "Roma"]),
        ("Estudió en la Universidad de La Habana.", ["Universidad de La Habana"]),
        ("Lo dijo la Academia Venezolana de Letras.", ["Academia Venezolana de Letras"]),
        ("Acudió a la Comisión para la Verdad.", ["Comisión para la Verdad"]),
        ("Nadie creía ya en el Amor ni en ningún amor.", []),
        ("Compró un iPhone en el siglo XX.", ["iPhone"]),
        ("Lo decidió la Junta de Castilla y León.", ["Junta de Castilla y León"]),
    ],
)
def test_where_names_stand(text: str, found: list[str], language: Language, parser: Parser) -> None:
    assert names(text, language, parser) == found


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("La madre de Óscar Pérez habló.", "Óscar Pérez", "PERSON"),
        ("Lo ordenó el coronel Zambrotta.", "Zambrotta", "PERSON"),
        ("Venezuela acusó a su vecino.", "Venezuela", "LOCATION"),
        ("Tiene orden de captura en Interpol.", "Interpol", "ORGANIZATION"),
        ("Cerró la Fiscalía General de la Nación.", "Fiscalía General de la Nación", "ORGANIZATION"),
        ("Marcharon por la Avenida Bolívar.", "Avenida Bolívar", "LOCATION"),
        ("Empezó la Operación Gaviota de madrugada.", "Operación Gaviota", "OTHER"),
        ("Murió por covid-19 en su casa.", "covid-19", "OTHER"),
    ],
)
def test_what_names_name(text: str, name: str, kind: str, language: Language, parser: Parser) -> None:
    assert kinds(text, language, parser)[name] == kind


def test_a_clue_in_one_sentence_counts_in_the_others(language: Language, parser: Parser) -> None:
    text = "El coronel Zambrotta llegó tarde. Nadie esperaba a Zambrotta."
    assert [one.kind for one in mentions(page(text, language, parser))] == ["PERSON", "PERSON"]


def test_an_acronym_takes_the_kind_of_its_long_form(language: Language, parser: Parser) -> None:
    text = "Aprobaron la Ley General de Aguas (LGA) el martes. La LGA no gustó."
    assert kinds(text, language, parser) == {"Ley General de Aguas": "OTHER", "LGA": "OTHER"}


def test_a_surname_takes_the_kind_of_the_full_name(language: Language, parser: Parser) -> None:
    text = "Gladys Turmero cayó. Horas después apareció el carro de Turmero."
    assert kinds(text, language, parser)["Turmero"] == "PERSON"


def test_a_first_word_is_a_name_where_the_rest_of_the_report_says_so(language: Language, parser: Parser) -> None:
    assert names("Hubo gritos. Yaracal respondió. Desde Yaracal llamaron.", language, parser) == ["Yaracal", "Yaracal"]


def test_a_line_in_capitals_names_only_what_is_known(language: Language, parser: Parser) -> None:
    text = "GRAVES DISTURBIOS DEJAN MUERTOS EN CARACAS\n\nEn Caracas hubo disturbios."
    assert names(text, language, parser) == ["CARACAS", "Caracas"]


def test_every_mention_names_its_rule_and_is_numbered(language: Language, parser: Parser) -> None:
    found = mentions(page("Óscar Pérez salió de Caracas con Yubirí Yanomán.", language, parser))
    assert [one.id for one in found] == ["m1", "m2", "m3"]
    assert all(one.rule.startswith("mentions/") for one in found)


def test_named_gives_the_fullest_name_of_the_chain() -> None:
    found = (Mention("m1", Span(0, 5), "PERSON", "Pérez", "r"), Mention("m2", Span(9, 12), "PERSON", "Ana", "r"))
    chain = Chain("c1", "PERSON", "Óscar Pérez", (Member(Span(0, 5), "name"), Member(Span(9, 12), "relation")))
    assert [one.name for one in named(found, (chain,))] == ["Óscar Pérez", "Ana"]


PIECES = st.sampled_from(
    [
        "Óscar", "Pérez", "de", "la", "del", "y", "El", "«", "»", '"', "(", ")", ".", ",", "\n", " ", "  ", "@", "#", "TSJ", "Ministerio",
        "EE. UU.", "x\u0301", "\u00ad", "ﬁ", "İ", "Caracas", "madre", "1", "🙂", "presidente", "policía", "<b>", "’",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text(language: Language, text: str) -> None:
    found = mentions(page(text, language))
    spans = [one.span for one in found]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert mentions(page(text, language)) == found
