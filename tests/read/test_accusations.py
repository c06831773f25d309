"""Accusations: who accuses whom of what, under which label, in which state."""

from __future__ import annotations

import pytest

from careo.model import Accusation, Dct, Document
from careo.read import Reader


def accusations(text: str, reader: Reader) -> tuple[Accusation, ...]:
    return reader.read(Document("d", text, "c", "d", "d", language="es")).layers.accusations


def test_the_label_is_what_stands_in_marks(reader: Reader) -> None:
    (found,) = accusations('El capitán está acusado de "robo mayor" y sigue en la isla.', reader)
    assert (found.accused, found.act, found.label, found.state) == ("capitán", "robo mayor", "robo mayor", "accused")
    assert found.accuser is None


def test_the_act_is_an_event_of_its_own(reader: Reader) -> None:
    text = "La fiscalía acusó a Juan Soto de secuestro."
    layers = reader.read(Document("d", text, "c", "d", "d", language="es")).layers
    (found,) = layers.accusations
    (act,) = (event for event in layers.events if event.id == found.event)
    assert (act.kind, act.modality) == ("kidnapping", "alleged")
    assert found.accused == "Juan Soto"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("La fiscalía imputó al exministro por fraude.", "charged"),
        ("El exministro fue condenado por fraude.", "sentenced"),
        ("Un juez giró una orden de captura contra el exministro.", "wanted"),
        ("El exministro negó las acusaciones de fraude.", "accused"),
    ],
)
def test_states(text: str, state: str, reader: Reader) -> None:
    found = accusations(text, reader)
    assert [one.state for one in found] == [state]
    assert found[0].accused == "exministro"


def test_nothing_where_nobody_is_accused(reader: Reader) -> None:
    assert accusations("La economía acusó el golpe de la sequía.", reader) == ()
    assert accusations("La ministra condenó el ataque.", reader) == ()


@pytest.mark.parametrize("text", ["Ana Ruiz ha sido acusada de fraude.", "Ana Ruiz fue acusada de fraude.", "Ana Ruiz está acusada de fraude."])
def test_who_is_accused_accuses_nobody(text: str, reader: Reader) -> None:
    (found,) = accusations(text, reader)
    assert (found.accused, found.accuser, found.act) == ("Ana Ruiz", None, "fraude")


def test_a_crime_by_name_is_a_label(reader: Reader) -> None:
    (found,) = accusations("La vecina denunció a Juan Soto ante la fiscalía por homicidio culposo.", reader)
    assert (found.accuser, found.accused, found.act, found.label) == ("vecina", "Juan Soto", "homicidio culposo", "homicidio culposo")
    (found,) = accusations("La vecina acusó a Juan Soto de matar a un perro.", reader)
    assert found.label is None


def test_a_denial_is_the_reply_to_what_was_said_before(reader: Reader) -> None:
    (found,) = accusations("La vecina denunció a Juan Soto por fraude. Soto rechazó la acusación.", reader)
    assert (found.accuser, found.accused, found.act, found.reply) == ("vecina", "Juan Soto", "fraude", "denied")


def test_a_denial_of_something_else_stands_alone(reader: Reader) -> None:
    first, second = accusations("La vecina denunció a Juan Soto por fraude. Soto negó las acusaciones de acoso.", reader)
    assert (first.act, first.reply) == ("fraude", None)
    assert (second.act, second.reply) == ("acoso", "denied")


def test_wanted_for_an_act(reader: Reader) -> None:
    (found,) = accusations("Buscan a Juan Soto, sobre quien pesa una orden de captura por fraude.", reader)
    assert (found.accused, found.act, found.state) == ("Juan Soto", "fraude", "wanted")


@pytest.mark.parametrize("who", ["Un juez ordenó prisión preventiva para", "La Fiscalía pidió cárcel para", "El tribunal recibió a"])
def test_who_decides_on_the_accused_is_not_the_accused(who: str, reader: Reader) -> None:
    text = f"{who} Ramiro Cedeño, acusado del secuestro de Ana Ruiz."
    layers = reader.read(Document("d", text, "", "d", "d", dct=Dct("2022-08-22", "input"), language="es")).layers
    assert [one.accused for one in layers.accusations] == ["Ramiro Cedeño"]
    doers = {one.name for event in layers.events if event.kind == "kidnapping" for one in event.participants if one.role == "agent"}
    assert doers == {"Ramiro Cedeño"}
