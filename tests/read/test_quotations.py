"""Quotations: what is one and what is none, how far it reaches, who says it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careo.model import Chain, DctReading, Media, Member, Quotation, Related, Span, Timex
from careo.read.corefer import chains as chains_of
from careo.read.mentions import mentions
from careo.read.page import Page
from careo.read.parse import SpacyParser
from careo.read.quotations import quotations
from careo.read.sentences import sentences
from careo.rules import Language
from careo.text import View

Read = Callable[..., tuple[Quotation, ...]]


@pytest.fixture(scope="module")
def read(parser: SpacyParser, language: Language) -> Read:
    def of(text: str, chains: tuple[Chain, ...] = (), timexes: tuple[Timex, ...] = (), media: tuple[Media, ...] = ()) -> tuple[Quotation, ...]:
        view = View(text)
        page = Page(text, view, parser.parse(view, sentences(view, language)), language, DctReading(None, None, None))
        return quotations(page, timexes, chains, media)

    return of


def words(text: str, quotation: Quotation) -> list[str]:
    return [part.of(text) for part in quotation.content]


@pytest.mark.parametrize(
    ("text", "content", "cue", "speaker", "manner"),
    [
        ('"No fui yo", dijo el panadero.', ["No fui yo"], "dijo", "panadero", "direct"),
        ('"No fui yo”, dijo el panadero.', ["No fui yo"], "dijo", "panadero", "direct"),
        ("«No fui yo. Nadie me vio», aseguró Rosa Lugo.", ["No fui yo. Nadie me vio"], "aseguró", "Rosa Lugo", "direct"),
        ('Rosa Lugo respondió: "No fui yo".', ["No fui yo"], "respondió", "Rosa Lugo", "direct"),
        ('"No fui", dijo Rosa Lugo, "y nadie me vio".', ["No fui", "y nadie me vio"], "dijo", "Rosa Lugo", "direct"),
        ('"No fui", dijo Rosa Lugo. "Nadie me vio".', ["No fui", "Nadie me vio"], "dijo", "Rosa Lugo", "direct"),
        ("El alcalde dijo que el puente se cayó.", ["que el puente se cayó"], "dijo", "alcalde", "indirect"),
        ('El alcalde dijo que "nadie va a pagar esa cuenta".', ['que "nadie va a pagar esa cuenta'], "dijo", "alcalde", "mixed"),
        ("Según la alcaldesa, el puente se cayó.", ["el puente se cayó"], "Según", "alcaldesa", "indirect"),
        ("El puente se cayó, informó la alcaldía.", ["El puente se cayó"], "informó", "alcaldía", "indirect"),
        ("La fiscal alertó de un brote.", ["un brote"], "alertó", "fiscal", "indirect"),
        ("Los vecinos exigen justicia.", ["justicia"], "exigen", "vecinos", "indirect"),
        ("No nos iremos: Rosa Lugo", ["No nos iremos"], None, "Rosa Lugo", "direct"),
        ("Aseguró el alcalde que no habrá clases.", ["que no habrá clases"], "Aseguró", "alcalde", "indirect"),
        ("«¡Fuera el alcalde!», gritaban los vecinos.", ["¡Fuera el alcalde!"], "gritaban", "vecinos", "direct"),
        ("Juan Lobo, quien aseguró que volverá, salió del país.", ["que volverá"], "aseguró", "Juan Lobo", "indirect"),
        ("Rosa Lugo hizo un llamado a mantener la calma.", ["mantener la calma"], "hizo un llamado", "Rosa Lugo", "indirect"),
        ("El puente se cayó. Así lo informó la alcaldía.", ["El puente se cayó"], "Así lo informó", "alcaldía", "indirect"),
        ("El anuncio de la ministra de que habrá despidos alarmó a todos.", ["que habrá despidos"], "anuncio", "ministra", "indirect"),
        # a headline in marks; one that has lost the mark that opens it
        ("Rosa Lugo: 'El alcalde será recordado'", ["El alcalde será recordado"], None, "Rosa Lugo", "direct"),
        ("El agua está por llegar', anuncia Rosa Lugo", ["El agua está por llegar"], "anuncia", "Rosa Lugo", "direct"),
        # all that stands in marks behind a colon is said there, whatever clause the verb seems to take
        (
            "La abuela contó los detalles en la radio: «No vi a nadie. Ojalá que esto sirva para saber algo».",
            ["No vi a nadie. Ojalá que esto sirva para saber algo"],
            "contó",
            "abuela",
            "direct",
        ),
        # what something is called; a clause without «que»
        ("Rosa Lugo calificó la venta como un «robo a mano armada».", ["robo a mano armada"], "calificó", "Rosa Lugo", "direct"),
        ("Rosa Lugo aseguró se ha creado un estado de alarma.", ["se ha creado un estado de alarma"], "aseguró", "Rosa Lugo", "indirect"),
        ("El juez descartó exista una orden contra el alcalde.", ["exista una orden contra el alcalde"], "descartó", "juez", "indirect"),
        # a subject that the parser finds in the marks before the verb is no subject
        (
            "«El Consejo de la Loma felicita al alcalde por el triunfo, que llena de esperanza al valle; así como a la comarca», detalla el mensaje.",
            ["El Consejo de la Loma felicita al alcalde por el triunfo, que llena de esperanza al valle; así como a la comarca"],
            "detalla",
            "mensaje",
            "direct",
        ),
        # marks that are never closed end before their cue
        ('"El puente se cayó y nadie lo vio, aseguró Rosa Lugo.', ["El puente se cayó y nadie lo vio"], "aseguró", "Rosa Lugo", "direct"),
        # whom one speaks to is no part of what is said
        ("Rosa Lugo pidió calma a los vecinos.", ["calma"], "pidió", "Rosa Lugo", "indirect"),
    ],
)
def test_one_quotation(read: Read, text: str, content: list[str], cue: str | None, speaker: str, manner: str) -> None:
    (found,) = read(text)
    assert words(text, found) == content
    assert (found.cue.of(text) if found.cue else None) == cue
    assert (found.speaker, found.manner) == (speaker, manner)


@pytest.mark.parametrize(
    "text",
    [
        "El llamado «Plan Pradera» comenzó ayer.",
        'Vieron "La casa del lago" en el cine.',
        "Alias 'El Chino' fue detenido ayer.",
        'El piloto está acusado de "ataque terrorista".',
        "Los vecinos pidieron perdón.",
        "Pensó en su madre y se fue.",
        'El "presunto" ladrón huyó.',
        "La advertencia del alcalde alarmó a los vecinos.",
    ],
)
def test_what_is_no_quotation(read: Read, text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("verb", "stance"),
    [("negó", "deny"), ("pidió", "ask"), ("advirtió", "warn"), ("prometió", "promise"), ("confirmó", "confirm"), ("admitió", "admit")],
)
def test_the_verb_gives_the_stance(read: Read, verb: str, stance: str) -> None:
    (found,) = read(f"El alcalde {verb} que cierren la escuela.")
    assert found.stance == stance


def test_a_message_announced_with_a_colon_and_its_paragraphs(read: Read) -> None:
    text = 'El mensaje de la hermana de Iván Rojas es el siguiente:\n\n"Soy su hermana, él quiere salir.\n\n"Déjenlo salir con vida".'
    (found,) = read(text)
    assert words(text, found) == ["Soy su hermana, él quiere salir.", "Déjenlo salir con vida"]
    assert found.speaker == "hermana de Iván Rojas"
    assert found.cue is not None
    assert found.cue.of(text) == "mensaje"


def test_the_relative_is_not_the_one_she_speaks_of(read: Read) -> None:
    text = 'La hermana de Iván Rojas llegó. "Él quiere salir", denunció la hermana a través de las redes sociales.'
    name, sister = text.index("Iván"), text.index("la hermana")
    chains = (
        Chain("c1", "PERSON", "Iván Rojas", (Member(Span(name, name + 10), "name"),)),
        Chain("c2", "PERSON", "hermana de Iván Rojas", (Member(Span(sister, sister + 10), "relation"),), (Related("c1", "hermana"),)),
    )
    (found,) = read(text, chains)
    assert (found.speaker, found.speaker_chain, found.stance, found.medium) == ("hermana de Iván Rojas", "c2", "accuse", "redes sociales")
    assert read(text)[0].speaker == "hermana de Iván Rojas"


def test_a_subject_left_out_is_the_last_speaker(read: Read) -> None:
    text = '"No fui", dijo Rosa Lugo. Agregó que nadie la vio. "Estaba sola", añadió.'
    assert [one.speaker for one in read(text)] == ["Rosa Lugo"] * 3
    assert [one.source.of(text) if one.source else None for one in read(text)] == ["Rosa Lugo", None, None]


def test_a_plural_verb_is_not_said_by_one(read: Read) -> None:
    text = "Rosa Lugo dijo que no fue. Reportaron que hay dos heridos."
    assert [one.speaker for one in read(text)] == ["Rosa Lugo", None]


def test_title_and_name_make_the_source_and_the_name_the_speaker(read: Read) -> None:
    text = "La ministra de Salud, Rosa Lugo, dijo que no hay vacunas."
    (found,) = read(text)
    assert found.source is not None
    assert (found.source.of(text), found.speaker) == ("La ministra de Salud, Rosa Lugo", "Rosa Lugo")


def test_a_report_gives_its_author(read: Read) -> None:
    (found,) = read("Murieron doce personas, según el informe de la Cruz Blanca.")
    assert found.speaker == "Cruz Blanca"


def test_the_day_on_which_it_was_said(read: Read) -> None:
    text = "El alcalde dijo el lunes que el puente se cayó."
    start = text.index("el lunes")
    day = Timex("t1", Span(start, start + 8), "DATE", "2018-01-15", "times/x", edtf="2018-01-15")
    assert read(text, timexes=(day,))[0].said == "2018-01-15"


def test_a_report_within_a_report_has_a_parent(read: Read) -> None:
    text = "El alcalde dijo que la policía informó que hay dos heridos."
    outer, inner = read(text)
    assert (outer.parent, inner.parent) == (None, outer.id)
    assert inner.speaker == "policía"


def test_dialogue_behind_dashes(read: Read) -> None:
    text = "— ¿Se va usted de aquí?\n— No me voy —respondió Rosa Lugo—. Nadie me echa."
    asked, answered = read(text)
    assert words(text, asked) == ["¿Se va usted de aquí?"]
    assert words(text, answered) == ["No me voy", "Nadie me echa"]
    assert answered.speaker == "Rosa Lugo"


def test_a_post_is_said_by_its_author(read: Read) -> None:
    text = "Cierran la avenida por la marcha\n— Radio Loma (@radioloma) 15 de enero de 2018"
    post = Media("m1", "post", Span(0, len(text)), "media/x", author="Radio Loma", handle="@radioloma", content=Span(0, text.index("\n")))
    (found,) = read(text, media=(post,))
    assert (words(text, found), found.speaker, found.manner) == (["Cierran la avenida por la marcha"], "Radio Loma", "direct")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([*"dijo Rosa Lugo que según « » \" “ ” ' , . : — no fue la fiscal y mensaje x se ¿ ?".split(), "\n", "\n\n"]),
        max_size=30,
    ),
    st.sampled_from([" ", ""]),
)
def test_any_text_is_read_and_content_never_overlaps_its_cue(read: Read, pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    found = read(text)
    assert [one.id for one in found] == [f"q{n}" for n in range(1, len(found) + 1)]
    for one in found:
        spans = [*one.content, *(span for span in (one.cue, one.source) if span)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert not any(one.cue and part.touches(one.cue) for part in one.content)
        assert one.rule.startswith("quotations/")


def test_marks_that_are_opened_twice_and_never_closed_hold_nothing(read: Read) -> None:
    assert all(part.start < part.end for one in read("dijo : « «") for part in one.content)


def test_of_two_figures_each_is_of_whom_it_is_said_to_be(read: Read) -> None:
    text = "Trece reclusos murieron según el Ministerio, y diecinueve, según Voces de Adentro."
    assert {(*words(text, one), one.speaker) for one in read(text)} == {("Trece reclusos murieron", "Ministerio"), ("diecinueve", "Voces de Adentro")}


def test_a_name_in_marks_is_no_part_of_what_is_said(read: Read) -> None:
    text = '"El agua está sucia", dijo Ramón "El Flaco" Ortega.'
    (found,) = read(text)
    assert words(text, found) == ["El agua está sucia"]


# ---------------------------------------------------------------- who speaks, with the chains of the report


@pytest.fixture(scope="module")
def heard(parser: SpacyParser, language: Language) -> Callable[[str], list[str | None]]:
    """The speakers of a text, its chains read from it."""

    def of(text: str) -> list[str | None]:
        view = View(text)
        page = Page(text, view, parser.parse(view, sentences(view, language)), language, DctReading(None, None, None))
        return [one.speaker for one in quotations(page, (), chains_of(page, mentions(page)), ())]

    return of


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # whom the report calls by the noun, before or behind it
        ("El fiscal Tomás Rivas llegó. El fiscal dijo que no hay pruebas.", ["Tomás Rivas"]),
        ("Tomás Rivas, fiscal del caso, llegó. Después habló Ana Peña. El fiscal dijo que no hay pruebas.", ["Tomás Rivas"]),
        ("Tomás Rivas es fiscal. Llegó Ana Peña. El fiscal dijo que no hay pruebas.", ["Tomás Rivas"]),
        ("La diócesis calla. El diácono denunció que faltan cuentas. El diácono Tomás Rivas entregó cartas.", ["Tomás Rivas"]),
        ("Ministro niega ejecuciones en La Loma\n\nEl ministro de Obras, Tomás Rivas, llegó.", ["Tomás Rivas"]),
        # an office that changes hands is its last holder's; one with another complement is somebody else's
        ("El alcalde Tomás Rivas renunció. El alcalde Pedro Mora asumió. El alcalde dijo que habrá obras.", ["Pedro Mora"]),
        ("El ministro de Salud, Tomás Rivas, calló. Llegó Ana Peña. El ministro de Obras dijo que habrá puente.", ["ministro de Obras"]),
        # an office by another name
        ("El presidente Tomás Rivas llegó. Ana Peña aplaudió. El mandatario dijo que habrá obras.", ["Tomás Rivas"]),
        ("La senadora Ana Peña llegó. Tomás Rivas calló. La legisladora dijo que votará.", ["Ana Peña"]),
        # bodies: by the first word of the name, by initials, by an acronym of another language
        ("El Ministerio de Obras cerró el puente. El ministerio dijo que no hay fondos.", ["Ministerio de Obras"]),
        ("La Asociación Libre de Costureras protestó. La ALC dijo que seguirá.", ["Asociación Libre de Costureras"]),
        ("El Departamento de Puertos (HPT por sus siglas en inglés) calló. El HPT dijo que abrirá.", ["Departamento de Puertos"]),
        # persons: a second surname, a slip of the pen, a surname that two bear
        ("Tomás Andrés Rivas llegó. Rivas Peña dijo que no irá.", ["Tomás Andrés Rivas"]),
        ("Joel Rivas murió. Ana Rivas habló con la prensa. «Lo vi salir», dijo Rivas.", ["Ana Rivas"]),
        # of several people named, one not told which: nobody, not a wrong one
        ("Vino Tomás Rivas con Julio Peña. El escritor dijo que no irá.", [None]),
        # a subject left out: the actor of the report's own thread, not one spoken of in passing
        ("Ana Peña recordó a Tomás Rivas, quien pidió calma. Después aseguró que volverá.", ["Tomás Rivas", "Ana Peña"]),
        ("Según la Cruz Blanca, hay doce heridos.\n\nDijo que llegarán más.", ["Cruz Blanca", None]),
        # «algunos» are themselves, «eso» and «se anunció» are nobody's
        ("Ana Peña dijo que no irá. Algunos aseguran que volverá.", ["Ana Peña", "Algunos"]),
        ("Ana Peña dijo que no irá. Eso confirmó que hay dudas.", ["Ana Peña", None]),
        ("Ana Peña dijo que no irá. Se anunció que habrá paro.", ["Ana Peña", None]),
        # nor is a verb that differs in number from the subject before said by it
        ("Los carteles aparecieron en la plaza, y en ellos se plantea que faltan aulas.", [None]),
        ("El gobierno regional calló, y en el barrio dicen que habrá paro.", [None]),
        # marks behind a passage that names others are nobody's
        ("«No iré», dijo Ana Peña. Después llegó Tomás Rivas.\n\n«Nadie quiere ir a ese lugar».", ["Ana Peña", None]),
        # a relative clause says who is meant: nobody who went before
        ("El Partido Verde ganó con Ana Peña. El partido que surgió de la guerra dijo que apelará.", [None]),
        # a group by another noun is who spoke in common before; not where something tells it apart
        ("Vecinos del barrio Sur dijeron que falta agua. Los manifestantes exigieron la renuncia del director.", ["Vecinos del barrio Sur"] * 2),
        ("Los vecinos dijeron que falta agua. Los expertos en suelos aseguraron que sobra.", ["vecinos", "expertos en suelos"]),
        # the noun's own name, given beside it, is who speaks
        ("Payasos pidieron respeto. El payaso «Botones» dijo que no irá.", ["Payasos", "Botones"]),
        # a paper without an owner is who spoke through one
        ("La alcaldía dijo en un comunicado que cerrará el puente. Ana Peña calló. Según el escrito, reabrirá en mayo.", ["alcaldía"] * 2),
        ("Ana Peña dijo que cerrará el puente. El informe señala que reabrirá en mayo.", ["Ana Peña", "informe"]),
        # «su mensaje» is the last speaker's
        ("Ana Peña dijo que no irá. Su mensaje señala que está enferma.", ["Ana Peña", "Ana Peña"]),
    ],
)
def test_the_speaker_is_the_fullest_form(heard: Callable[[str], list[str | None]], text: str, speakers: list[str | None]) -> None:
    assert heard(text) == speakers


def test_what_is_asked_in_a_dialogue_is_not_the_last_speakers(heard: Callable[[str], list[str | None]]) -> None:
    assert heard("Ana Peña dijo que no irá.\n— ¿Y no le preocupa el viaje?\n— No me preocupa nada.") == ["Ana Peña", None, "Ana Peña"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("«No fui», dijo el comisario Ramón Paz, jefe del puesto.", "el comisario Ramón Paz"),
        ("Consultada por la prensa, la Policía Provincial respondió que no sabe nada.", "la Policía Provincial"),
        ("La vocera Ana Peña dijo que no irá.", "La vocera Ana Peña"),
        ("Tras la apertura de la escuela, integrantes del Comité de Padres piden más aulas.", "integrantes del Comité de Padres"),
        ("«Qué cosa más rara», dijeron algunos al verlo.", "algunos"),
    ],
)
def test_the_source_as_the_report_has_it(read: Read, text: str, source: str) -> None:
    (found,) = read(text)
    assert found.source is not None
    assert found.source.of(text) == source


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("El puente se cayó, según dijo la maestra a la agencia Istmo.", "agencia Istmo"),
        ("«No fui», le dijo el detenido al juez.", "juez"),
        ("Consultada por esta emisora, la alcaldesa respondió que no sabe nada.", "esta emisora"),
        ("La alcaldesa pidió a los vecinos que cierren la vía.", "vecinos"),
        ("El fiscal acusó al alcalde de robar.", None),
        ("«No fui», escribió Ana Peña a través de un canal.", None),
    ],
)
def test_to_whom_it_was_said(read: Read, text: str, addressee: str | None) -> None:
    (found,) = read(text)
    assert found.addressee == addressee


@pytest.mark.parametrize("dateline", ["PUERTO LOMA (Agencia Istmo) — ", "LOMA, NL. (apro).- ", "PUERTO LOMA — "])
def test_a_dateline_is_not_said(read: Read, dateline: str) -> None:
    text = f"{dateline}Cuatro personas murieron el martes, informó la alcaldía."
    (found,) = read(text)
    assert words(text, found) == ["Cuatro personas murieron el martes"]


def test_the_report_itself_is_not_quoted(read: Read) -> None:
    assert read("Este diario constató que las clases fueron suspendidas.") == ()


def test_what_is_told_of_has_no_speaker_but_its_own(read: Read) -> None:
    (found,) = read("Rosa Lugo llegó ayer. El juez rechazó la denuncia de que hubo fraude.")
    assert (found.stance, found.speaker) == ("accuse", None)


def test_a_video_beside_a_post_is_its_medium_and_goes_on_with_its_speaker(read: Read) -> None:
    text = '"No disparen", dijo Rosa Lugo en uno de los últimos videos. "Nos vamos a entregar", agregó.'
    assert [one.medium for one in read(text)] == ["video", "video"]
    assert read("La madre pidió que lo dejen salir / Video cortesía")[0].medium == "video"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Ana Peña habló ayer.\n\nP: ¿Va a renunciar?\n\nR: No voy a renunciar.",
            [("¿Va a renunciar?", None, "ask"), ("No voy a renunciar", "Ana Peña", "say")],
        ),
        (
            "Periodista: ¿Va a renunciar?\n\nJuan Lobo: No voy a renunciar.",
            [("¿Va a renunciar?", None, "ask"), ("No voy a renunciar", "Juan Lobo", "say")],
        ),
        ("Lugar: Puerto Loma.\n\nFecha: el lunes.", []),
    ],
)
def test_an_interview_as_questions_and_answers(read: Read, text: str, said: list[tuple[str, str | None, str]]) -> None:
    assert [(words(text, one)[0], one.speaker, one.stance) for one in read(text)] == said


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("La Fiscalía anunció un juicio. Unos mineros marcharon por el centro para exigir la renuncia del director.", "mineros"),
        ("La Fiscalía anunció un juicio. Los vecinos bloquearon la vía, pues aseguraron que falta agua.", "vecinos"),
        (
            "A una semana de que Pedro Mora fuera nombrado director de la escuela, miembros del Comité marcharon, pues aseguraron que no sabe.",
            "miembros del Comité",
        ),
    ],
)
def test_a_clause_is_said_by_the_subject_of_its_main_clause(heard: Callable[[str], list[str | None]], text: str, speaker: str) -> None:
    assert heard(text)[-1] == speaker
