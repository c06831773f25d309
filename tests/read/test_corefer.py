"""Chains: who is the same, who is not, and who is related to whom."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from careo.model import Chain, DctReading, Kind, Mention, Span
from careo.read.corefer import chains
from careo.read.mentions import mentions
from careo.read.page import Page
from careo.read.parse import Parser
from careo.read.sentences import sentences
from careo.rules import Language
from careo.text import View


def read(text: str, language: Language, parser: Parser) -> tuple[Chain, ...]:
    view = View(text)
    page = Page(text, view, parser.parse(view, sentences(view, language)), language, DctReading(None, None, None))
    return chains(page, mentions(page))


def shown(text: str, language: Language, parser: Parser) -> dict[str, list[tuple[str, str]]]:
    return {chain.name: [(one.form, one.span.of(text)) for one in chain.members] for chain in read(text, language, parser)}


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("La Federación Minera llamó a un paro. Después la Federación lo levantó.", True),
        ("Federación de Tiro ganó. La Federación Minera llamó a un paro. Después la Federación lo levantó.", False),
        ("La Federación lo levantó. Antes, la Federación Minera había llamado a un paro.", False),
    ],
)
def test_a_body_is_named_again_by_what_it_is(language: Language, parser: Parser, text: str, again: bool) -> None:
    assert (len(shown(text, language, parser).get("Federación Minera", [])) == 2) is again


def test_a_surname_joins_the_full_name(language: Language, parser: Parser) -> None:
    text = "Óscar Pérez huyó. Después dijo Pérez que volvería."
    assert shown(text, language, parser) == {"Óscar Pérez": [("name", "Óscar Pérez"), ("name", "Pérez")]}


@pytest.mark.parametrize("short", ["Urdaz", "Urdaz Camejo", "Luis Urdaz", "Luis Alberto Urdaz"])
def test_shorter_forms_of_a_full_name(short: str, language: Language, parser: Parser) -> None:
    text = f"Habló el juez Luis Alberto Urdaz Camejo. Más tarde, el juez {short} calló."
    assert [chain.name for chain in read(text, language, parser)] == ["Luis Alberto Urdaz Camejo"]


def test_a_surname_that_two_bear_stays_apart(language: Language, parser: Parser) -> None:
    text = "Óscar Pérez y Luis Pérez huyeron. Después dijo Pérez que volvería."
    assert set(shown(text, language, parser)) == {"Óscar Pérez", "Luis Pérez", "Pérez"}


def test_a_given_name_alone_joins_nobody(language: Language, parser: Parser) -> None:
    text = "Óscar Pérez huyó. Después llamó Óscar a la radio."
    assert set(shown(text, language, parser)) == {"Óscar Pérez", "Óscar"}


def test_a_place_is_no_surname(language: Language, parser: Parser) -> None:
    text = "Ramiro Caracas huyó. El lunes llegó a Caracas."
    assert len(read(text, language, parser)) == 2


def test_an_acronym_in_brackets_is_its_long_form(language: Language, parser: Parser) -> None:
    text = "Habló el Tribunal Supremo de Justicia (TSJ). El TSJ no contestó más."
    assert shown(text, language, parser) == {
        "Tribunal Supremo de Justicia": [("name", "Tribunal Supremo de Justicia"), ("name", "TSJ"), ("name", "TSJ")]
    }


def test_a_place_in_brackets_is_not_the_name_before_it(language: Language, parser: Parser) -> None:
    text = "La marcha llegó a Villa del Rosario (Zulia) por la tarde."
    assert len(read(text, language, parser)) == 2


def test_a_relative_is_another_person(language: Language, parser: Parser) -> None:
    text = "«No lo dejan», denunció la madre. La madre de Óscar Pérez vive en Caracas."
    found = {chain.name: chain for chain in read(text, language, parser)}
    mother, son = found["madre de Óscar Pérez"], found["Óscar Pérez"]
    assert [one.span.of(text) for one in mother.members] == ["la madre", "La madre de Óscar Pérez"]
    assert {one.form for one in mother.members} == {"relation"}
    assert [(one.to, one.relation) for one in mother.related] == [(son.id, "madre")]
    assert mother.kind == "PERSON"
    assert len(son.members) == 1


def test_two_mothers_leave_the_mother_open(language: Language, parser: Parser) -> None:
    text = "La madre de Óscar Pérez y la madre de Luis Urdaz salieron. Después lloró la madre."
    assert sum(len(chain.members) for chain in read(text, language, parser) if chain.related) == 2


def test_a_relative_takes_the_fullest_name(language: Language, parser: Parser) -> None:
    text = "Óscar Pérez huyó. La madre de Pérez llamó a la radio."
    assert "madre de Óscar Pérez" in shown(text, language, parser)


@pytest.mark.parametrize("first", ["Óscar Pérez, el policía que lanzó granadas, huyó.", "Lo hizo el policía Óscar Pérez."])
def test_a_trade_once_equated_names_again(first: str, language: Language, parser: Parser) -> None:
    text = f"{first} Este lunes, el policía mandó un mensaje."
    assert ("nominal", "el policía") in shown(text, language, parser)["Óscar Pérez"]


@pytest.mark.parametrize(
    "later",
    [
        "Este lunes, el piloto mandó un mensaje.",
        "Este lunes, el policía Luis Urdaz mandó un mensaje.",
        "Este lunes, el policía de Maracay mandó un mensaje.",
        "Este lunes, un policía mandó un mensaje.",
    ],
)
def test_what_is_not_equated_joins_nobody(later: str, language: Language, parser: Parser) -> None:
    found = shown(f"El policía Óscar Pérez huyó. {later}", language, parser)
    assert [span for form, span in found["Óscar Pérez"] if form == "nominal" and span.startswith("el")] == []


def test_a_subject_behind_a_comma_is_no_apposition(language: Language, parser: Parser) -> None:
    text = "En un texto para Gladys Turmero, el médico explicó su caso. Después el médico calló."
    assert shown(text, language, parser) == {"Gladys Turmero": [("name", "Gladys Turmero")]}


def test_a_trade_that_two_have_joins_neither(language: Language, parser: Parser) -> None:
    text = "El policía Óscar Pérez y el policía Luis Urdaz huyeron. Este lunes, el policía mandó un mensaje."
    assert all(form == "name" for members in shown(text, language, parser).values() for form, _ in members)


@pytest.mark.parametrize(
    ("text", "name", "short"),
    [
        ("El candidato ALR habló en Lima. Ana Luisa Ramos habló después.", "Ana Luisa Ramos", "ALR"),
        ("Habló la Comisión de Aguas del Norte. La CAN no contestó más.", "Comisión de Aguas del Norte", "CAN"),
        ("Habló el Departamento de Puertos (HPT por sus siglas en inglés). El HPT calló.", "Departamento de Puertos", "HPT"),
        ("Tomás Andrés Urdaz huyó. Después volvió Urdaz Camejo.", "Tomás Andrés Urdaz", "Urdaz Camejo"),
        ("Ernesto Urdazco huyó. Después volvió Urdezco.", "Ernesto Urdazco", "Urdezco"),
    ],
)
def test_other_forms_of_a_name(text: str, name: str, short: str, language: Language, parser: Parser) -> None:
    assert ("name", short) in shown(text, language, parser)[name]


@pytest.mark.parametrize(
    "text",
    [
        "Habló la ONU. Después habló la Oficina de Notarios Unidos.",
        "La CAN calló. Habló la Comisión de Aguas del Norte y la Cámara Agraria Nacional.",
        "Ernesto Urdaz huyó. Después volvió Urdez.",
        "Habló Ernesto Pérez. Después volvió Peres.",
    ],
)
def test_forms_that_are_others(text: str, language: Language, parser: Parser) -> None:
    assert sum(len(chain.members) > 1 for chain in read(text, language, parser)) == 0


PIECES = st.sampled_from(
    [
        "Óscar Pérez", "Pérez", "Luis Pérez", "la madre de", "La madre", "el policía", ", el policía", "(TSJ)",
        "Tribunal Supremo de Justicia", ".", ",", "\n\n", "y", "de", "dijo", "@oscar", "Caracas", "J.", "(", "\u00ad", "x\u0301",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=25).map(" ".join))
@example("la madre de Óscar Pérez la madre de La madre , Pérez")
def test_any_text(language: Language, parser: Parser, text: str) -> None:
    view = View(text)
    page = Page(text, view, parser.parse(view, sentences(view, language)), language, DctReading(None, None, None))
    found = mentions(page)
    made = chains(page, found)
    assert chains(page, found) == made
    assert [chain.id for chain in made] == [f"c{number}" for number in range(1, len(made) + 1)]
    spans = [one.span for chain in made for one in chain.members]
    assert all(spans.count(mention.span) == 1 for mention in found)
    assert {one.span for chain in made for one in chain.members if one.form == "name"} <= {one.span for one in found}
    assert all(one.span.end <= len(text) for chain in made for one in chain.members)
    assert all(link.to in {chain.id for chain in made} - {one.id} for one in made for link in one.related)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Óscar Pérez huyó el lunes. Él no quiso hablar con nadie.", ["Óscar Pérez", "Él"]),
        ("Habló Óscar Pérez, quien había huido el lunes.", ["Óscar Pérez", "quien"]),
        ("Óscar Pérez huyó el lunes. Según él, nadie lo ayudó.", ["Óscar Pérez", "él", "lo"]),
    ],
)
def test_a_pronoun_that_can_mean_only_one(text: str, members: list[str], language: Language, parser: Parser) -> None:
    assert [span for _, span in shown(text, language, parser)["Óscar Pérez"]] == members


@pytest.mark.parametrize(
    "text",
    [
        "Óscar Pérez y Luis Urdaz huyeron. Él no quiso hablar con nadie.",
        "Óscar Pérez huyó el lunes. Ella no quiso hablar con nadie.",
        "Óscar Pérez huyó el lunes. «Él no quiso», dijo un vecino.",
    ],
)
def test_a_pronoun_that_grammar_leaves_open(text: str, language: Language, parser: Parser) -> None:
    assert [span for _, span in shown(text, language, parser)["Óscar Pérez"]] == ["Óscar Pérez"]


ABOUT = "Óscar Pérez huyó. Pérez llamó a su casa. Pérez volvió después. "


def test_the_one_whom_a_report_is_about(language: Language, parser: Parser) -> None:
    assert ("nominal", "El piloto") in shown(ABOUT + "El piloto no dijo más.", language, parser)["Óscar Pérez"]


@pytest.mark.parametrize("more", ["El ministro no dijo más.", "Lo buscó la policía.", "Luis Urdaz lo vio. El piloto no dijo más."])
def test_an_office_a_body_and_one_of_two_are_not_he(more: str, language: Language, parser: Parser) -> None:
    assert all(form == "name" for form, _ in shown(ABOUT + more, language, parser)["Óscar Pérez"])


def test_the_company_is_the_body_that_acted_last(language: Language, parser: Parser) -> None:
    text = "Minera Cóndor cerró la mina. Dos días después, la empresa despidió a todos."
    assert ("nominal", "la empresa") in shown(text, language, parser)["Minera Cóndor"]


@pytest.mark.parametrize(
    ("text", "name", "to"),
    [
        ("Óscar Pérez llamó a su madre esa noche.", "madre de Óscar Pérez", "madre"),
        ("Óscar Pérez huyó con otros seis hombres hacia el sur.", "otros seis hombres", "otros"),
    ],
)
def test_people_without_a_name_are_persons_apart(text: str, name: str, to: str, language: Language, parser: Parser) -> None:
    found = {chain.name: chain for chain in read(text, language, parser)}
    assert [(one.to, one.relation) for one in found[name].related] == [(found["Óscar Pérez"].id, to)]
    assert len(found["Óscar Pérez"].members) == 1


def given(text: str, kind: Kind, spans: list[str], language: Language, parser: Parser) -> set[frozenset[str]]:
    """The chains of mentions that an annotator marked, each the first occurrence of its words."""
    view = View(text)
    page = Page(text, view, parser.parse(view, sentences(view, language)), language, DctReading(None, None, None))
    marked = sorted(Span(text.index(words), text.index(words) + len(words)) for words in spans)
    made = chains(page, [Mention("", span, kind, span.of(text), "given") for span in marked])
    return {frozenset(one.span.of(text) for one in chain.members) for chain in made}


@pytest.mark.parametrize(
    ("text", "kind", "one"),
    [
        ("Ana Ruiz, jefa de prensa de Minera Cóndor, calló.", "PERSON", ["Ana Ruiz, jefa de prensa de Minera Cóndor", "Ana Ruiz", "jefa de prensa"]),
        (
            "Cerró el fabricante chileno Minera Cóndor.",
            "ORGANIZATION",
            ["el fabricante chileno Minera Cóndor", "el fabricante chileno", "Minera Cóndor"],
        ),
        ("Minera Cóndor Inc. cerró; después Minera Cóndor abrió.", "ORGANIZATION", ["Minera Cóndor Inc.", "Minera Cóndor abrió"[:13]]),
        ("Llegó a Estados Unidos. En EE.UU. calló.", "LOCATION", ["Estados Unidos", "EE.UU"]),
    ],
)
def test_marked_mentions_that_the_text_equates(text: str, kind: Kind, one: list[str], language: Language, parser: Parser) -> None:
    made = given(text, kind, one, language, parser)
    assert len(made) == 1 + (kind == "PERSON")


@pytest.mark.parametrize(
    ("text", "kind", "apart"),
    [
        ("Habló el jefe de Minera Cóndor.", "ORGANIZATION", ["el jefe de Minera Cóndor", "Minera Cóndor"]),
        (
            "Vinieron Minera Cóndor, Banco Andino y Casa Lima.",
            "ORGANIZATION",
            ["Minera Cóndor, Banco Andino y Casa Lima", "Minera Cóndor", "Banco Andino"],
        ),
        ("Llegó a Cumaná (Sucre).", "LOCATION", ["Cumaná (Sucre", "Sucre"]),
    ],
)
def test_marked_mentions_that_stand_within_others(text: str, kind: Kind, apart: list[str], language: Language, parser: Parser) -> None:
    assert len(given(text, kind, apart, language, parser)) == len(apart)
