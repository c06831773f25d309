"""Events: kinds, participants, time and place, polarity and modality, who says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careo.model import Dct, Document, EventMention, Layers
from careo.read import Reader
from careo.rules import Language

KINDS = set(
    """attack killing death injury clash protest blockade looting raid siege deployment detention warrant charge accusation trial sentence release
    surrender escape disappearance kidnapping torture sexual_violence threat search rescue discovery seizure expulsion displacement resignation
    dismissal appointment election negotiation agreement censorship disaster accident strike arrival departure""".split()
)


def layers(text: str, reader: Reader) -> Layers:
    return reader.read(Document("d", text, "c", "d", "d", dct=Dct("2011-03-10", "input"), language="es")).layers


def events(text: str, reader: Reader) -> dict[str, EventMention]:
    """Trigger → event."""
    return {one.trigger.of(text): one for one in layers(text, reader).events}


def parts(event: EventMention, text: str) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for one in event.participants:
        made.setdefault(one.role, []).append(one.span.of(text))
    return made


def test_every_kind_has_rules(language: Language) -> None:
    given_kinds = {str(rule.keys["gives"]["kind"]) for rule in language.layers["events"].rules if "kind" in rule.keys.get("gives", {})}
    assert given_kinds == KINDS


def test_a_file_holds_one_kind(language: Language) -> None:
    for rule in language.layers["events"].rules:
        assert Path(rule.where.rsplit(":", 1)[0]).stem == rule.keys["gives"]["kind"], rule.where


def test_coordinated_participants_and_verbs(reader: Reader) -> None:
    text = "Los guardias y dos civiles lanzaron piedras contra la escuela y dispararon contra los maestros."
    found = events(text, reader)
    assert parts(found["lanzaron"], text)["agent"] == ["Los guardias", "dos civiles"]
    assert parts(found["lanzaron"], text)["instrument"] == ["piedras"]
    assert parts(found["dispararon"], text)["agent"] == ["Los guardias", "dos civiles"]
    assert parts(found["dispararon"], text)["patient"] == ["los maestros"]


@pytest.mark.parametrize(
    "text",
    [
        "Los vecinos buscan a Elvira Montes, una enfermera de 40 años que desapareció el lunes.",
        "Miles fueron al entierro de Elvira Montes, que murió el lunes.",
        "Marchan por la aparición de Elvira Montes, desaparecida el lunes.",
    ],
)
def test_who_died_or_disappeared_is_the_person_by_name(reader: Reader, text: str) -> None:
    told = [one for one in layers(text, reader).events if one.kind in {"death", "disappearance"}]
    assert [(one.role, one.name) for event in told for one in event.participants] == [("patient", "Elvira Montes")]


def test_the_passive_turns_roles(reader: Reader) -> None:
    text = "Tres pescadores fueron asesinados por una banda en el muelle."
    event = events(text, reader)["asesinados"]
    assert parts(event, text) == {"agent": ["una banda"], "patient": ["Tres pescadores"]}
    assert event.where is not None
    assert event.where.span.of(text) == "el muelle"


def test_nobody_has_two_roles(reader: Reader) -> None:
    for text in ("Tres pescadores fueron detenidos en el muelle.", "Tres pescadores han sido detenidos en el muelle."):
        assert parts(events(text, reader)["detenidos"], text) == {"patient": ["Tres pescadores"]}


def test_when_and_ranges(reader: Reader) -> None:
    text = "El 3 de marzo de 2011 los vecinos incendiaron la alcaldía."
    event = events(text, reader)["incendiaron"]
    assert event.when is not None
    assert (event.when.edtf, event.when.why) == ("2011-03-03", None)
    text = "La ola de protestas dejó unos 40 muertos entre abril y julio de 2010."
    event = events(text, reader)["muertos"]
    assert event.when is not None
    assert event.when.edtf == "2010-04/2010-07"
    assert parts(event, text) == {"patient": ["unos 40 muertos"]}


def test_the_date_of_the_saying_is_not_that_of_the_event(reader: Reader) -> None:
    found = events("La alcaldesa dijo el martes que tres pescadores fueron asesinados.", reader)
    assert found["asesinados"].when is None


def test_the_foot_of_a_post_dates_no_event(reader: Reader) -> None:
    found = events("Vecinos incendiaron la alcaldía — Diario del Valle (@diariovalle) 3 de marzo de 2011", reader)
    assert found["incendiaron"].when is None


def test_the_day_that_a_march_is_held_for_is_not_its_day(reader: Reader) -> None:
    event = events("Los maestros hicieron una marcha por el 8 de marzo, convocada el 2 de marzo.", reader)["marcha"]
    assert event.when is None or event.when.edtf == "2011-03-02"


def test_the_place_of_a_relative_clause(reader: Reader) -> None:
    event = events("La familia volvió a la plaza donde asesinaron al pescador.", reader)["asesinaron"]
    assert event.where is not None
    assert event.where.name == "la plaza"


def test_an_event_named_again_takes_its_time(reader: Reader) -> None:
    text = "El 3 de marzo de 2011 ocurrió un ataque en la escuela. El ataque conmovió al país."
    first, second = (one for one in layers(text, reader).events if one.kind == "attack")
    assert first.when is not None
    assert second.when is not None
    assert second.when.edtf == first.when.edtf
    assert second.when.why


@pytest.mark.parametrize(
    ("text", "trigger", "modality", "polarity"),
    [
        ("La policía detuvo a tres pescadores.", "detuvo", "asserted", "positive"),
        ("La policía no detuvo a tres pescadores.", "detuvo", "asserted", "negative"),
        ("No hubo ataques en el puerto.", "ataques", "asserted", "negative"),
        ("El capitán habría matado a su vecino.", "matado", "alleged", "positive"),
        ("El alcalde fue acusado de secuestro.", "secuestro", "alleged", "positive"),
        ("El juez ordenó detener al capitán.", "detener", "ordered", "positive"),
        ("Los maestros planean marchar hasta la alcaldía.", "marchar", "planned", "positive"),
        ("Los maestros marcharán hasta la alcaldía.", "marcharán", "planned", "positive"),
        ("Los vecinos temen un ataque en el puerto.", "ataque", "feared", "positive"),
        ("El presunto ataque ocurrió en el puerto.", "ataque", "alleged", "positive"),
        ("El juez negó el secuestro.", "secuestro", "asserted", "negative"),
        ("El capitán trata de entregarse.", "entregarse", "planned", "positive"),
        ("Los vecinos intentaron incendiar la alcaldía.", "incendiar", "asserted", "positive"),
        ("La marcha se realizará el lunes.", "marcha", "planned", "positive"),
        ("Detuvieron al capitán por asesinato.", "asesinato", "alleged", "positive"),
        ("Yo no di ninguna orden de disparar.", "disparar", "ordered", "negative"),
        ("El capitán nunca ordenó disparar.", "disparar", "ordered", "negative"),
        ("El alcalde no autorizó el allanamiento.", "allanamiento", "ordered", "negative"),
        ("Dio la orden de disparar contra los vecinos.", "disparar", "ordered", "positive"),
        ("No hubo ejecuciones en el puerto.", "ejecuciones", "asserted", "negative"),
        ("Los guardias avanzaron sin disparar.", "disparar", "asserted", "negative"),
        ("El capitán evitó disparar.", "disparar", "asserted", "negative"),
        ("Nadie murió en el puerto.", "murió", "asserted", "negative"),
        ("El ministro negó que la policía haya matado a los mineros.", "matado", "asserted", "negative"),
        ("El ministro rechazó que se tratara de un ataque.", "ataque", "asserted", "negative"),
        ("No solo mataron al alcalde.", "mataron", "asserted", "positive"),
        ("Sin embargo, el alcalde murió.", "murió", "asserted", "positive"),
        ("El hombre habría matado a dos vecinos y dejado heridas a tres.", "heridas", "alleged", "positive"),
        ("Vinieron con el objetivo de detener al capitán.", "detener", "planned", "positive"),
        ("Se realizará una marcha tras el ataque.", "ataque", "asserted", "positive"),
        ("Los maestros llamaron a marchar hasta la alcaldía.", "marchar", "ordered", "positive"),
    ],
)
def test_how_certain(text: str, trigger: str, modality: str, polarity: str, reader: Reader) -> None:
    event = events(text, reader)[trigger]
    assert (event.modality, event.polarity) == (modality, polarity)


def test_what_is_quoted_is_said_by_its_speaker(reader: Reader) -> None:
    text = '"Nos están disparando desde el cerro", dijo Juan Soto.'
    event = events(text, reader)["disparando"]
    assert event.attributed_to == "Juan Soto"
    assert event.attribution


def test_deaths_by_violence_are_killings(reader: Reader) -> None:
    assert events("Un pescador murió en el hospital tras recibir un balazo.", reader)["murió"].kind == "killing"
    assert events("Un pescador murió en el hospital de pulmonía.", reader)["murió"].kind == "death"


def test_a_suspect_is_never_an_agent_asserted(reader: Reader) -> None:
    text = "El capitán está acusado de asesinato."
    killing = events(text, reader)["asesinato"]
    assert killing.modality == "alleged"
    assert parts(killing, text) == {"agent": ["El capitán"]}
    for said in ("El capitán es sospechoso de asesinato.", "Detuvieron al capitán por asesinato.", "La fiscalía imputó al capitán por asesinato."):
        assert events(said, reader)["asesinato"].modality == "alleged"


def test_the_accused_did_only_what_he_is_accused_of(reader: Reader) -> None:
    text = "La fiscalía acusó al capitán de haber ordenado la masacre de tres mineros durante el operativo del lunes 7 de marzo."
    found = events(text, reader)
    assert (found["masacre"].modality, parts(found["masacre"], text)["agent"]) == ("alleged", ["capitán"])
    assert (found["operativo"].modality, parts(found["operativo"], text)) == ("asserted", {})
    assert found["operativo"].when is not None
    assert found["masacre"].when is not None
    assert (found["masacre"].when.edtf, found["operativo"].when.edtf) == ("2011-03-07", "2011-03-07")
    assert found["masacre"].when.why


def test_who_accuses_did_it_not(reader: Reader) -> None:
    text = "La diputada acusó al capitán de matar a dos jóvenes en la protesta."
    found = events(text, reader)
    assert parts(found["matar"], text)["agent"] == ["capitán"]
    assert found["protesta"].modality == "asserted"
    text = "La diputada acusó al capitán de participar en el ataque contra la escuela."
    assert events(text, reader)["ataque"].modality == "alleged"


@pytest.mark.parametrize(
    ("text", "trigger", "patient"),
    [
        ("Al menos cuatro mineros murieron en el derrumbe.", "murieron", "Al menos cuatro mineros"),
        ("Por lo menos tres mineros murieron.", "murieron", "Por lo menos tres mineros"),
        ("Alrededor de 50 pescadores fueron detenidos.", "detenidos", "Alrededor de 50 pescadores"),
        ("La policía detuvo a más de diez pescadores.", "detuvo", "más de diez pescadores"),
        ("Unos 40 mineros murieron.", "murieron", "Unos 40 mineros"),
        ("Los 40 mineros murieron.", "murieron", "Los 40 mineros"),
    ],
)
def test_a_number_keeps_its_hedge(text: str, trigger: str, patient: str, reader: Reader) -> None:
    assert parts(events(text, reader)[trigger], text)["patient"] == [patient]


@pytest.mark.parametrize("text", ["Nadie murió en el puerto.", "Ningún minero murió en el puerto.", "Hay nueve muertos, ni uno más."])
def test_nobody_is_no_participant(text: str, reader: Reader) -> None:
    (event,) = layers(text, reader).events
    named = [one.span.of(text) for one in event.participants]
    assert named == (["nueve muertos"] if "nueve" in text else [])


def test_a_toll_is_dated_by_the_event_that_it_stands_in(reader: Reader) -> None:
    text = "El número de muertos en el ataque del martes en el barrio La Loma se elevó a nueve, luego de que un niño falleciera este jueves."
    found = events(text, reader)
    dates = {trigger: event.when.edtf for trigger, event in found.items() if event.when}
    assert dates == {"muertos": "2011-03-08", "ataque": "2011-03-08", "falleciera": "2011-03-10"}


def test_places_go_by_their_names(reader: Reader) -> None:
    for text in ("Los disparos comenzaron en el barrio La Loma.", "Dos niños murieron en el barrio La Loma."):
        (where,) = (one.where for one in layers(text, reader).events)
        assert where is not None
        assert (where.name, where.span.of(text)) == ("La Loma", "el barrio La Loma")


def test_the_place_is_the_one_named_last_or_none(reader: Reader) -> None:
    assert events("Juan Soto murió en el lugar.", reader)["murió"].where is None
    where = events("Hubo un ataque en Lima. Juan Soto murió en el lugar.", reader)["murió"].where
    assert where is not None
    assert where.name == "Lima"
    assert where.why


@pytest.mark.parametrize(
    ("text", "trigger", "agents"),
    [
        ("El martes, elementos de la policía y de la guardia realizaron un operativo en el puerto.", "operativo", ["elementos de la policía"]),
        ("Murió por una paliza que le propinó el viernes un grupo de jóvenes.", "paliza", ["un grupo de jóvenes"]),
        ("El ministro pidió matar a los perros de la plaza.", "matar", []),
        ("Se enfrentaron dos bandas en el puerto; murió un menor.", "enfrentaron", ["dos bandas"]),
    ],
)
def test_who_did_it(text: str, trigger: str, agents: list[str], reader: Reader) -> None:
    assert parts(events(text, reader)[trigger], text).get("agent", []) == agents


@pytest.mark.parametrize(
    ("text", "trigger", "role", "name"),
    [
        ("El expresidente Juan Ruiz criticó al líder Pedro Soto, a quien acusó de fraude.", "acusó", "agent", "Juan Ruiz"),
        ("Óscar Pérez nació en Caracas. Huyó a Colombia.", "Huyó", "agent", "Óscar Pérez"),
        ("Óscar Pérez llegó a Cúcuta. Fue detenido el lunes.", "detenido", "patient", "Óscar Pérez"),
        ("Óscar Pérez llegó a Cúcuta. Agentes de la policía lo detuvieron.", "detuvieron", "patient", "Óscar Pérez"),
    ],
)
def test_whom_a_verb_or_a_pronoun_means(text: str, trigger: str, role: str, name: str, reader: Reader) -> None:
    assert [one.name for one in events(text, reader)[trigger].participants if one.role == role] == [name]


def test_an_event_named_again_has_its_people(reader: Reader) -> None:
    text = "La guardia detuvo a dos pescadores en el puerto. La detención conmovió al barrio."
    first, second = (one for one in layers(text, reader).events if one.kind == "detention")
    assert second.participants == first.participants


BEGINNINGS = ["La policía detuvo a ", "murieron tres ", "«Nos disparan», ", ""]


@given(st.text(max_size=60), st.sampled_from(BEGINNINGS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(reader: Reader, noise: str, begun: str) -> None:
    text = begun + noise
    found = layers(text, reader)
    for event in found.events:
        spans = [event.trigger, event.evidence, *(one.span for one in event.participants), *(one.span for one in (event.when, event.where) if one)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert event.rule.startswith("events/")
        assert event.evidence.holds(event.trigger)


def test_what_an_attack_left_is_its_attackers_doing(reader: Reader) -> None:
    text = "Dos niños fueron baleados por pandilleros en la plaza; uno murió."
    found = events(text, reader)
    assert found["murió"].kind == "killing"
    assert parts(found["murió"], text)["agent"] == ["pandilleros"]


def test_who_attacks_others_did_not_do_what_a_clash_left(reader: Reader) -> None:
    text = "Reporteros fueron golpeados por soldados mientras cubrían el enfrentamiento entre bandas, el cual dejó tres muertos."
    event = events(text, reader)["muertos"]
    assert "agent" not in parts(event, text)


def test_what_a_happening_left_has_its_time_and_place(reader: Reader) -> None:
    found = events("El tiroteo del martes en Puerto Nuevo dejó ocho muertos y dos heridos.", reader)
    when, where = found["muertos"].when, found["muertos"].where
    assert when is not None
    assert where is not None
    assert (when.edtf, when.why) == ("2011-03-08", "of the attack at 3")
    assert where.name == "Puerto Nuevo"
    assert found["heridos"].when == when


def test_the_time_that_opens_a_sentence_dates_its_clauses(reader: Reader) -> None:
    text = "El 2 de febrero, según el parte, la patrulla entró al barrio, cercó la casa y detuvo a tres vecinos."
    detained = events(text, reader)["detuvo"].when
    assert detained is not None
    assert detained.edtf == "2011-02-02"
    said = events("El 2 de febrero, el alcalde dijo que los soldados habían matado a un vecino.", reader)["matado"]
    assert said.when is None


def test_a_subject_behind_an_opening_circumstance(reader: Reader) -> None:
    text = "La madrugada del martes, agentes de la Policía, de la Fiscalía y del Ejército, realizaron un operativo en el puerto."
    assert parts(events(text, reader)["operativo"], text)["agent"] == ["agentes de la Policía"]


def test_a_headline_without_a_verb(reader: Reader) -> None:
    text = "Enfrentamiento entre policías y mineros deja un muerto y 15 heridos en Huaro"
    found = events(text, reader)
    assert parts(found["Enfrentamiento"], text)["agent"] == ["policías", "mineros"]
    assert parts(found["heridos"], text)["patient"] == ["15 heridos"]
    assert parts(found["muerto"], text)["patient"] == ["un muerto"]


def test_who_burns_houses_in_a_march_did_not_kill_who_died_in_it(reader: Reader) -> None:
    text = "La guardia quemó tres casas en Rubio durante las protestas de abril, en las que murieron 125 personas."
    assert "agent" not in parts(events(text, reader)["murieron"], text)


def test_a_massacre_is_not_its_own_victim(reader: Reader) -> None:
    text = "Masacre en la sierra: nueve vecinos fueron asesinados por una banda."
    assert parts(events(text, reader)["asesinados"], text).get("patient", []) != ["Masacre"]


def test_what_something_happened_in_has_its_time(reader: Reader) -> None:
    found = events("Tres soldados murieron el martes en una emboscada cerca de Rubio.", reader)
    ambush = found["emboscada"].when
    assert ambush is not None
    assert ambush.edtf == "2011-03-08"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Carabineros dispersó con gases a los estudiantes.", "attack"),
        ("Un policía cayó abatido en la frontera.", "killing"),
        ("Le quitaron la vida a un taxista.", "killing"),
        ("Los presos se amotinaron en el penal.", "clash"),
        ("Miles de vecinos salieron a las calles.", "protest"),
        ("Fue privado de la libertad por agentes.", "detention"),
        ("El periodista recuperó su libertad.", "release"),
        ("Los obreros paralizaron labores.", "strike"),
    ],
)
def test_ways_of_saying_of_several_countries(text: str, kind: str, reader: Reader) -> None:
    assert kind in {event.kind for event in layers(text, reader).events}


@pytest.mark.parametrize(
    ("text", "trigger", "role", "who"),
    [
        ("La plaza fue cerrada y detuvieron a tres hombres.", "detuvieron", "agent", []),
        ("La policía llegó al lugar y detuvieron a tres hombres.", "detuvieron", "agent", ["La policía"]),
        ("Los jóvenes apedrearon y quemaron una patrulla.", "apedrearon", "patient", ["una patrulla"]),
        ("Los jóvenes gritaron y quemaron una patrulla.", "quemaron", "patient", ["una patrulla"]),
        ("Tras su detención, Juan Pérez fue llevado a la costa.", "detención", "patient", ["Juan Pérez"]),
        ("Rosa Díaz vivía con su sobrina al momento de su desaparición.", "desaparición", "patient", ["Rosa Díaz"]),
        ("La madre de Luis Ríos exigió su liberación.", "liberación", "patient", []),
        ("Agredieron a un vendedor del municipio que fue atacado en su puesto.", "atacado", "patient", ["un vendedor del municipio"]),
        ("El barco rescató el lunes a 169 personas y el martes a otras 96.", "rescató", "patient", ["169 personas", "otras 96"]),
        ("Estudiantes de la Facultad de Ciencias Políticas y Sociales tomaron las calles.", "tomaron las calles", "agent",
         ["Estudiantes de la Facultad de Ciencias Políticas y Sociales"]),
        ("La ley amplía la protección internacional de los extranjeros que llegan al país.", "llegan", "agent", ["los extranjeros"]),
    ],
)  # fmt: skip
def test_who_takes_part(text: str, trigger: str, role: str, who: list[str], reader: Reader) -> None:
    assert parts(events(text, reader)[trigger], text).get(role, []) == who


def test_who_is_found_lifeless_is_dead_and_the_dead_man_named_again_is_no_event(reader: Reader) -> None:
    text = "En el patio quedaron sin vida dos guardias. La madre del fallecido llegó a la plaza."
    found = events(text, reader)
    assert found["vida"].polarity == "positive"
    assert parts(found["vida"], text) == {"patient": ["dos guardias"]}
    assert "fallecido" not in found


@pytest.mark.parametrize(
    ("text", "trigger", "who"),
    [
        ("El teléfono amenazó a Ana Ruiz en la plaza.", "amenazó", []),
        ("La detención por robo de Luis Ríos duró una hora.", "detención", []),
        ("El asesinato del alcalde por sicarios conmovió al pueblo.", "asesinato", ["sicarios"]),
        ("A la maestra se le dictó una sentencia de tres años.", "sentencia", []),
        ("Los hinchas fueron condenados por las agresiones a dos guardias.", "agresiones", ["Los hinchas"]),
        ("Ana Luna fue condenada a siete años de encarcelamiento.", "encarcelamiento", []),
        ("El alcalde firmó un decreto y en marzo asesinaron a una jueza.", "asesinaron", []),
        ("Los jóvenes, armados con palos, atacaron a los vecinos.", "atacaron", ["Los jóvenes"]),
    ],
)
def test_who_did_it_is_somebody(text: str, trigger: str, who: list[str], reader: Reader) -> None:
    assert parts(events(text, reader)[trigger], text).get("agent", []) == who


def test_a_relative_that_two_nouns_may_have_is_no_deed_of_the_nearer(reader: Reader) -> None:
    for text in (
        "El hecho ocurrió en medio de una oleada de marchas contra el alcalde Tomás Rivas que dejó unos 12 muertos.",
        "Todo pasó en una ola de marchas contra el alcalde Tomás Rivas que dejó doce muertos.",
        "El hecho ocurrió tras una ola de choques contra la gobernadora Inés Vela que dejó tres muertos.",
    ):
        assert not any("Rivas" in name or "Vela" in name for one in events(text, reader).values() for name in parts(one, text).get("agent", [])), text


def test_what_a_relative_clause_tells_is_told_whatever_stands_above_it(reader: Reader) -> None:
    text = "El ministro ordenó capturar a los hombres que mataron al alcalde."
    found = events(text, reader)
    assert (found["capturar"].modality, found["mataron"].modality) == ("ordered", "asserted")
    text = "El equipo quiere filmar una escena en la que el actor le dé una golpiza al alcalde."
    assert events(text, reader)["golpiza"].modality != "asserted"
