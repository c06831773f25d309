"""Counts of people: bounds, words and figures, who gives them, and the event they count."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careo.model import DctReading, Document, EventMention, Layers, Parse, Participant, Quantity, Quotation, Span
from careo.read import Reader
from careo.read.page import Page
from careo.read.quantities import counted, number_of, quantities
from careo.rules import Language
from careo.text import View


def page(text: str, language: Language) -> Page:
    return Page(text, View(text), Parse((), ()), language, DctReading(None, None, None))


def counts(text: str, language: Language) -> list[tuple[str, str, int | None, int | None, str | None]]:
    return [(one.span.of(text), one.of, one.low, one.high, one.mod) for one in quantities(page(text, language), (), ())]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("125", 125), ("1.234", 1234), ("1,234", 1234), ("12 500", 12500), ("15 mil", 15000), ("2,7 millones", 2700000), ("89 mil 814", 89814),
        ("treinta y siete", 37), ("mil doscientos cuatro", 1204), ("dos millones trescientos mil", 2300000), ("ciento uno", 101), ("cero", 0),
        ("veintidós", 22), ("DOS", 2), ("", None), ("varios perros", None), ("²", None),
    ],
)  # fmt: skip
def test_number_of(written: str, number: int | None, language: Language) -> None:
    assert number_of(written, language) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("El alud dejó unos 125 muertos en la sierra.", [("unos 125 muertos", "killed", 125, 125, "about")]),
        ("Hubo al menos tres heridos.", [("al menos tres heridos", "injured", 3, None, "at_least")]),
        ("Van más de 40 detenidos.", [("más de 40 detenidos", "detained", 41, None, "more_than")]),
        ("Hay menos de 10 heridos.", [("menos de 10 heridos", "injured", None, 9, "less_than")]),
        ("Hay hasta 30 desaparecidos.", [("hasta 30 desaparecidos", "missing", None, 30, "at_most")]),
        ("Hablan de entre 10 y 15 muertos.", [("entre 10 y 15 muertos", "killed", 10, 15, None)]),
        ("Quedó medio centenar de heridos.", [("medio centenar de heridos", "injured", 50, 50, "about")]),
        ("Quedaron decenas de heridos.", [("decenas de heridos", "injured", 20, None, "about")]),
        ("Más de una docena de heridos.", [("Más de una docena de heridos", "injured", 13, None, "more_than")]),
        ("Hubo 15 mil desplazados.", [("15 mil desplazados", "displaced", 15000, 15000, None)]),
        ("Hubo tres muertos y dos heridos.", [("tres muertos", "killed", 3, 3, None), ("dos heridos", "injured", 2, 2, None)]),
        ("Cayó el techo sin dejar víctimas.", [("sin dejar víctimas", "victims", 0, 0, None)]),
        ("No hubo heridos en el puerto.", [("No hubo heridos", "injured", 0, 0, None)]),
        ("Anoche murieron doce personas.", [("doce personas", "killed", 12, 12, None)]),
        ("Fueron detenidos 3 jóvenes.", [("3 jóvenes", "detained", 3, 3, None)]),
        ("Un total de 1.200 mineros\nmuertos.", [("1.200 mineros\nmuertos", "killed", 1200, 1200, None)]),
        ("Entre 15 y 10 muertos hubo.", []),
        (
            "Dijo que dos guardias resultaron heridos y que seis mineros fueron detenidos.",
            [("dos guardias", "injured", 2, 2, None), ("seis mineros", "detained", 6, 6, None)],
        ),
        ("Suben a nueve los muertos en el derrumbe.", [("nueve", "killed", 9, 9, None)]),
        ("Son siete los muertos, no cuatro.", [("siete", "killed", 7, 7, None)]),
        ("El parte dice que los detenidos son cinco.", [("cinco", "detained", 5, 5, None)]),
        ("El número de muertos en el choque del martes en el cerro se elevó a 12.", [("12", "killed", 12, 12, None)]),
        ("El número de muertos en el operativo policial del martes en el barrio La Loma Alta se elevó a cinco.", [("cinco", "killed", 5, 5, None)]),
        ("Hay cinco fallecidos, ni uno más.", [("cinco fallecidos", "killed", 5, 5, None)]),
        ("Los muertos son cinco vecinos.", []),
        ("La mina cuesta 300 millones.", []),
        ("Hay 120 casos positivos y 40 camas.", []),
        ("Tenía 34 años.", []),
        ("Sacó 12 votos.", []),
        ("La tasa es de 70 muertos por millón.", []),
        ("Uno de cada tres fallecidos era minero.", []),
    ],
)
def test_counts(text: str, found: list[tuple[str, str, int | None, int | None, str | None]], language: Language) -> None:
    assert counts(text, language) == found


def test_no_count_outside_its_own_words(language: Language) -> None:
    assert counts("Hubo 3 casas caídas. Dos policías detuvieron a un vecino.", language) == []


def test_the_giver_is_the_outermost_speaker(language: Language) -> None:
    text = "hay nueve muertos"
    outer = Quotation("q1", (Span(0, 17),), "indirect", "say", "r", speaker="Ana Ruiz")
    inner = Quotation("q2", (Span(4, 17),), "direct", "say", "r", speaker="Juan Soto", parent="q1")
    (found,) = quantities(page(text, language), (), (inner, outer))
    assert (found.attribution, found.attributed_to) == (("q1", "q2"), "Ana Ruiz")


def test_a_count_is_of_the_event_at_its_words(language: Language) -> None:
    toll = Quantity("n1", Span(10, 20), "killed", 3, 3, "r")
    patient = Participant("patient", Span(10, 20), "x")
    events = (
        EventMention("e1", Span(0, 5), "attack", "r", Span(0, 40)),
        EventMention("e2", Span(30, 36), "death", "r", Span(0, 40)),
        EventMention("e3", Span(14, 20), "killing", "r", Span(0, 40), participants=(patient,)),
    )
    assert counted(page("", language), (toll,), events, ())[0].of_event == "e3"
    assert counted(page("", language), (toll,), events[:2], ())[0].of_event == "e2"
    assert counted(page("", language), (toll,), events[:1], ())[0].of_event is None


def test_an_event_with_its_own_people_is_counted_last(language: Language) -> None:
    toll = Quantity("n1", Span(20, 21), "killed", 5, 5, "r")
    woman = Participant("patient", Span(24, 32), "x")
    events = (
        EventMention("e1", Span(0, 5), "death", "r", Span(0, 40)),
        EventMention("e2", Span(33, 39), "death", "r", Span(0, 40), participants=(woman,)),
    )
    assert counted(page("", language), (toll,), events, ())[0].of_event == "e1"
    assert counted(page("", language), (toll,), events[1:], ())[0].of_event == "e2"


@given(st.text(alphabet=st.sampled_from("0123456789.,  muertos heridosydecenas millonesde\n*²½"), max_size=80))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(language: Language, text: str) -> None:
    for one in quantities(page(text, language), (), ()):
        assert 0 <= one.span.start < one.span.end <= len(text)
        assert one.low is None or one.high is None or 0 <= one.low <= one.high
        assert one.low is not None or one.high is not None


def test_read_with_all_layers(reader: Reader) -> None:
    from careo.model import Document

    text = "La alcaldesa Ana Ruiz dijo que hay nueve muertos en el puerto."
    layers: Layers = reader.read(Document("d", text, "c", "d", "d", language="es")).layers
    assert [(one.low, one.of, bool(one.of_event)) for one in layers.quantities] == [(9, "killed", True)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Un muro cayó y otros cinco resultaron heridos.", [("otros cinco", "injured", 5)]),
        ("Decenas resultaron heridas en la plaza.", [("Decenas", "injured", 20)]),
        ("Los guardias llegaron y doce fueron retenidos en el puente.", [("doce", "detained", 12)]),
        ("Dos murieron y cuatro siguen desaparecidos.", [("Dos", "killed", 2), ("cuatro", "missing", 4)]),
        ("El hombre atacó a tres niños con un machete.", [("tres niños", "victims", 3)]),
        ("El bombardeo mató a tres niños y dos mujeres.", [("tres niños", "killed", 3), ("dos mujeres", "killed", 2)]),
        ("Los atacantes quemaron tres vehículos.", []),
        ("El fuego mató a 300 cerdos.", []),
        ("El juez ordenó detener a tres vecinos.", []),
        ("Las dos murieron en el hospital.", []),
    ],
)
def test_whom_an_event_befell_is_counted(text: str, found: list[tuple[str, str, int]], reader: Reader) -> None:
    layers = reader.read(Document("d", text, "c", "d", "d", language="es")).layers
    assert [(one.span.of(text), one.of, one.low) for one in layers.quantities] == found
