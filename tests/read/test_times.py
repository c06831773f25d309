"""Time expressions: what is known of the creation time decides how precise they are; spans and values hold for any text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careo import edtf
from careo.model import DctReading, Span, Timex
from careo.read.parse import Parser
from careo.read.sentences import sentences
from careo.read.times import Expression, resolved, timexes
from careo.rules import Language
from careo.text import View

# TIMEX3 values as the TimeML guidelines have them, with the parts of a duration in any order of size.
DAYS = r"\d{2,4}|(?:\d{4}|XXXX)-(?:\d\d|XX)(?:-(?:\d\d|XX))?"
PARTS = r"(?:\d{4}|XXXX)-(?:SP|SU|FA|WI|Q\d|T\d|H\d|W(?:\d\d|XX)(?:-(?:WE|\d))?)|XXXX"
DATE = rf"(?:{DAYS}|{PARTS})"
CLOCK = r"T(?:MO|MI|AF|EV|NI|\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?)"
LENGTH = r"P(?:[\dX.]+(?:WE|[YMWDQH]))*(?:T(?:[\dX.]+(?:MO|MI|AF|NI|[HMS]))+)?"
VALUE = re.compile(rf"(?:{DATE}(?:{CLOCK})?|BCE\d{{2,4}}|{LENGTH}|(?:PAST|PRESENT|FUTURE)_REF)")


def read(language: Language, text: str, dct: str | None) -> list[tuple[str, str, str | None]]:
    """Words, value and EDTF of each expression."""
    found = timexes(View(text), language, DctReading(dct, dct, "input" if dct else None))
    return [(timex.span.of(text), timex.value, timex.edtf) for timex in found]


SAID = ("Hoy", "ayer", "este lunes", "esta semana", "este mes", "el 3 de enero")
PRECISION = {
    "2018-01-15": ("2018-01-15", "2018-01-14", "2018-01-15", "2018-W03", "2018-01", "2018-01-03"),
    "2018-01": ("2018-01-XX", "XXXX-XX-XX", "2018-01-XX", "XXXX-WXX", "2018-01", "2018-01-03"),
    "2018-02": ("2018-02-XX", "2018-XX-XX", "XXXX-WXX-1", "XXXX-WXX", "2018-02", "2018-01-03"),
    "2018": ("2018-XX-XX", "XXXX-XX-XX", "XXXX-WXX-1", "XXXX-WXX", "2018-XX", "XXXX-01-03"),
    "2018-01-16/2018-01-31": ("2018-01-XX", "2018-01-XX", "2018-01-XX", "XXXX-WXX", "2018-01", "2018-01-03"),
    None: ("XXXX-XX-XX", "XXXX-XX-XX", "XXXX-WXX-1", "XXXX-WXX", "XXXX-XX", "XXXX-01-03"),
    "enero": ("XXXX-XX-XX", "XXXX-XX-XX", "XXXX-WXX-1", "XXXX-WXX", "XXXX-XX", "XXXX-01-03"),
}


@pytest.mark.parametrize(("dct", "wanted"), PRECISION.items(), ids=str)
def test_a_value_is_as_precise_as_the_creation_time_allows(language: Language, dct: str | None, wanted: tuple[str, ...]) -> None:
    text = "Hoy habló la madre; ayer, el juez; este lunes, nadie. Todo esta semana, este mes, como el 3 de enero."
    assert [(words, value) for words, value, _ in read(language, text, dct)] == list(zip(SAID, wanted, strict=True))


def test_what_needs_no_creation_time_is_resolved_without(language: Language) -> None:
    text = "El acuerdo del 3 de marzo de 2011 y el del 25/03/93 rigen desde enero de 2018."
    values = [
        ("del 3 de marzo de 2011", "2011-03-03", "2011-03-03"),
        ("del 25/03/93", "1993-03-25", "1993-03-25"),
        ("enero de 2018", "2018-01", "2018-01"),
    ]
    assert read(language, text, None) == values


def test_a_last_day_is_exact_though_only_the_month_is_known(language: Language) -> None:
    assert read(language, "El pasado 27 de junio cayó el puente.", "2018-01") == [("El pasado 27 de junio", "2017-06-27", "2017-06-27")]


def test_spans_are_of_the_original_and_ids_in_order_of_the_text(language: Language) -> None:
    text = "El 15\u00a0de e\u00adnero de 2018\u200b, y el lune\u0301s no: ayer."
    found = timexes(View(text), language, DctReading("2018-01-20", "2018-01-20", "input"))
    assert [timex.span.of(text) for timex in found] == ["El 15\u00a0de e\u00adnero de 2018", "el lune\u0301s", "ayer"]
    assert [timex.id for timex in found] == ["t1", "t2", "t3"]
    assert found[0].rule == "times/calendar#day-month-year"


def test_parts_of_the_day_and_clock_times_stand_beside_the_day(language: Language) -> None:
    text = "El 3 de enero de 2017, a las 18:30, tembló; esa noche, a las 07.15 gmt, otra vez."
    found = timexes(View(text), language, DctReading("2018-01-15", "2018-01-15", "input"))
    assert [(timex.edtf, timex.part, timex.time, timex.zone) for timex in found] == [
        ("2017-01-03", None, None, None),
        ("2017-01-03", None, "18:30", None),
        ("2017-01-03", "NI", None, None),
        ("2017-01-03", None, "07:15", "Z"),
    ]
    assert [timex.anchor for timex in found] == [None, "t1", "t2", "t3"]


def test_about_is_marked_in_the_date_too(language: Language) -> None:
    (found,) = timexes(View("Se fue hace unos dos años."), language, DctReading("2018-01-15", "2018-01-15", "input"))
    assert (found.value, found.mod, found.edtf) == ("P2Y", "APPROX", "2016~")


def test_summer_depends_on_the_hemisphere(language: Language) -> None:
    dct = DctReading("2018-05-15", "2018-05-15", "input")
    north = timexes(View("Fue el verano pasado."), language, dct, region="es-MX")
    south = timexes(View("Fue el verano pasado."), language, dct, region="es-CL")
    assert ([t.value for t in north], [t.value for t in south]) == (["2017-SU"], ["2018-SU"])


@pytest.mark.parametrize("text", ["El 31 de abril no llegó.", "Sellado el 45/13/2018.", "Fue el 30 de febrero de 2018.", "Salió a las 25:71.", ""])
def test_what_no_calendar_has_is_no_expression(language: Language, text: str) -> None:
    assert not [value for _, value, _ in read(language, text, "2018-01-15") if "-" in value or ":" in value]


FROM_OTHER_DATES = {
    "El 3 de mayo de 2014 lo detuvieron y el 8 de junio quedó libre.": ["2014-05-03", "2014-06-08"],
    "Cayó preso en noviembre de 2014; en febrero lo soltaron.": ["2014-11", "2015-02"],
    "Cayó preso el 11 de septiembre. El día 12 lo soltaron y ese día huyó.": ["2017-09-11", "2017-09-12", "2017-09-12"],
    "Cayó preso en 2014. En mayo lo soltaron.": ["2014", "2017-05"],
    "Cayó preso el 3 de mayo de 2014.\n\nEl 8 de junio lo soltaron.": ["2014-05-03", "2017-06-08"],
    "La ley es del 3 de mayo de 2014 y el 8 de junio regirá.": ["2014-05-03", "2018-06-08"],
}


@pytest.mark.parametrize(("text", "values"), FROM_OTHER_DATES.items())
def test_a_date_without_its_year_goes_with_its_neighbour(language: Language, parser: Parser, text: str, values: list[str]) -> None:
    view = View(text)
    found = timexes(view, language, DctReading("2018-01-15", None, None), parser.parse(view, sentences(view, language)))
    assert [timex.value for timex in found] == values


def test_what_was_counted_from_what_is_told(language: Language) -> None:
    text = "El 3 de mayo de 2014 ardió la sede. Al día siguiente, a las 9:30 pm, hubo saqueos."
    found = timexes(View(text), language, DctReading("2018-01-15", None, None))
    assert [(timex.value, timex.anchor, timex.why) for timex in found] == [
        ("2014-05-03", None, None),
        ("2014-05-04", "t1", "+P1D from t1 2014-05-03"),
        ("2014-05-04T21:30", "t2", "on the day of t2 2014-05-04"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("Votaron el domingo 7 de enero de 2018.", "2018-01-07", None),
        ("Votaron el lunes 8 de enero.", "2018-01-08", "near from dct 2018-01-15"),
        ("Votaron el lunes 11.", "2017-12-11", "near from dct 2018-01-15"),
        ("Hoy, martes, votaron.", "2018-01-15", "P0D from dct 2018-01-15; 2018-01-15 is a Monday and no Tuesday"),
        ("Votaron el viernes 13 de enero.", "2018-01-13", "near from dct 2018-01-15; 2018-01-13 is a Saturday and no Friday"),
    ],
)
def test_the_number_of_the_day_decides_and_a_weekday_that_contradicts_it_is_told(language: Language, text: str, value: str, why: str | None) -> None:
    (found,) = timexes(View(text), language, DctReading("2018-01-15", None, None))
    assert (found.value, found.why) == (value, why)


@pytest.mark.parametrize(
    ("text", "region", "zone", "instant"),
    [
        ("El 30 de abril de 2016, a las 8:00, tembló.", "es-VE", None, "2016-04-30T12:30Z"),
        ("El 1 de mayo de 2016, a las 8:00, tembló.", "es-VE", None, "2016-05-01T12:00Z"),
        ("El 1 de mayo de 2016, a las 8:00 (hora local), tembló.", "es-VE", None, None),
        ("El 1 de mayo de 2016, a las 8:00, tembló.", "es-MX", None, None),
        ("El 1 de mayo de 2016, a las 8:00, tembló.", None, None, None),
        ("El 1 de mayo de 2016, a las 23:15 gmt, tembló.", "es-VE", "Z", "2016-05-01T23:15Z"),
        ("El 1 de abril de 2016, a las 21:15, hora de Caracas, tembló.", "es-CO", "-04:30", "2016-04-02T01:45Z"),
    ],
)
def test_an_instant_is_given_only_where_the_zone_is_certain(
    language: Language, text: str, region: str | None, zone: str | None, instant: str | None
) -> None:
    found = timexes(View(text), language, DctReading("2018-01-15", None, None), region=region)[1]
    assert (found.zone, found.instant) == (zone, instant)


NO_TIMES = [
    "Domingo Pérez y Abril Ríos declararon ante el juez.",
    "La cantante Abril fue detenida en Santo Domingo.",
    "Marzo Díaz es portero; Julio Borges, delantero.",
    "El padre Domingo cruzó la Avenida 5 de Mayo y la calle 24 de Julio.",
    "La Universidad 23 de Enero y el Movimiento 26 de Julio convocaron a la plaza del 2 de Mayo.",
    "Lo publicaron Últimas Noticias, La Jornada, el diario Hoy y la revista Semana.",
    "El canal 24 Horas lo transmitió.",
    "El equipo ganó 2-1 y antes 3-0, con goles al 43 y al 90.",
    "Goleadores: Ana Ríos 34, Luis Paz 28, Eva Sol 19.",
    "Llame al 0212-555-1998, al 0414 1999 2010 o al fax 2018-2019.",
    "Pagaron 2018 bolívares, US$ 1999 y Bs. 2.017 por cada saco.",
    "El vuelo 1999, por el kilómetro 2000, y el artículo 2017 de la ley 1990.",
    "La isla de Pascua y el árbol de Navidad.",
    "Estudia en la UNAM, vive en el bloque 11A, mide 3 m.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_names_scores_ages_telephones_and_money_are_no_times(language: Language, text: str) -> None:
    assert read(language, text, "2018-01-15") == []


def test_a_feast_without_a_year_is_some_day(language: Language) -> None:
    text = "Lo soltaron en Navidad, no el Jueves Santo ni en Semana Santa."
    values = [("Navidad", "XXXX-12-25", None), ("el Jueves Santo", "XXXX-XX-XX", None), ("Semana Santa", "XXXX-WXX", None)]
    assert read(language, text, None) == values


def test_a_length_without_a_unit_takes_it_from_the_one_before(language: Language) -> None:
    assert read(language, "Será un 5 % este año y un 3 % en los tres siguientes.", "2018-01-15")[1] == ("los tres siguientes", "P3Y", None)
    assert read(language, "Será un 3 % en los tres siguientes.", "2018-01-15") == []


def test_a_rule_of_another_type_is_left_out() -> None:
    assert resolved([Expression(Span(0, 1), {"type": "CUCKOO", "value": "2018"}, "times/x#y")], "x", DctReading(None, None, None)) == ()


WORDS = st.sampled_from(
    """el la del al los las hoy ayer mañana anoche lunes viernes sábado enero mayo septiembre febrero 3 15 29 30 31 2018 1998 2020 99 de del a y
    entre hace dos tres un una días años meses semanas horas minutos media medio y pasado pasada próximo próxima último últimos este esta
    ese aquel semana mes año noche tarde madrugada mediodía las 8:30 20.15 25:99 gmt siglo XIX década los 80 cada todos diario anual ahora
    entonces actual principios finales mediados primer segundo trimestre semestre verano invierno después antes dentro durante hasta desde
    en por 15/01/2018 31/04/17 2018-02-30 #15Ene #30Feb , . ; : ( ) - / qué dijo llegará millones personas 1500 y media cuarto menos
    Navidad Semana Santa Jueves Santo víspera 11-S #27J 3,5 2h 4pm hora local Caracas 1750 a. C. primer cada veces fines este siguientes de""".split()
)
TEXTS = st.one_of(st.lists(WORDS, max_size=30).map(" ".join), st.text(max_size=80), st.lists(WORDS, max_size=12).map("\u00a0".join))
DCTS = st.one_of(
    st.none(),
    st.dates().map(str),
    st.sampled_from(
        [
            "2018",
            "2018-01",
            "2018-01-15/2018-01-31",
            "../2018",
            "2018/..",
            "198X",
            "0001-01-01",
            "9999-12-31",
            "9999",
            "2018-02-30",
            "XXXX",
            "[2018-01-01..2018-02-01]",
        ]
    ),
)


def holds(timex: Timex, text: str) -> None:
    """What is true of every time expression."""
    assert 0 <= timex.span.start < timex.span.end <= len(text)
    assert VALUE.fullmatch(timex.value), timex.value
    assert timex.rule.startswith("times/")
    assert timex.edtf is None or edtf.is_edtf(timex.edtf)
    if timex.type in ("DATE", "TIME") and timex.edtf:
        assert edtf.from_timex(timex.value).edtf == timex.edtf.rstrip("~")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, dct=DCTS)
def test_any_text_and_any_creation_time(language: Language, text: str, dct: str | None) -> None:
    found = timexes(View(text), language, DctReading(dct, dct, None))
    for timex in found:
        holds(timex, text)
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start
    assert found == timexes(View(text), language, DctReading(dct, dct, None))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(WORDS, max_size=25).map(" ".join), day=st.dates())
def test_knowing_less_of_the_creation_time_never_changes_a_known_date(language: Language, text: str, day: object) -> None:
    """With the month alone a date is the one that the day gives, wider, or unknown."""
    exact = timexes(View(text), language, DctReading(str(day), None, None))
    vague = timexes(View(text), language, DctReading(str(day)[:7], None, None))
    by_span = {timex.span: timex for timex in exact}
    for timex in vague:
        if timex.edtf and timex.span in by_span and (known := by_span[timex.span].edtf):
            assert edtf.overlaps(known, timex.edtf), (timex, known)
