"""First persons in somebody's own words are the speaker: who says «nos quieren asesinar» is whom it would befall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from careo.model import Document

if TYPE_CHECKING:
    from careo.read import Reader


def parts(reader: Reader, text: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Each attributed event with its participants: role, words, name."""
    layers = reader.read(Document("d", text, "c", "d", "d", language="es")).layers
    return [(one.kind, [(who.role, who.span.of(text), who.name) for who in one.participants]) for one in layers.events if one.attribution]


@pytest.mark.parametrize(
    ("said", "kind", "participant"),
    [
        ("Nos quieren asesinar", "killing", ("patient", "Nos", "Ana Peña")),
        ("Me golpearon en la celda", "attack", ("patient", "Me", "Ana Peña")),
        ("Atacamos el cuartel", "attack", ("agent", "Atacamos", "Ana Peña")),
        ("Nos vamos a entregar", "surrender", ("agent", "vamos", "Ana Peña")),
        ("Yo no maté a nadie", "killing", ("agent", "Yo", "Ana Peña")),
        ("Hemos sido detenidos", "detention", ("patient", "Hemos", "Ana Peña")),
    ],
)
def test_the_first_person_is_the_speaker(reader: Reader, said: str, kind: str, participant: tuple[str, str, str]) -> None:
    (event,) = parts(reader, f"«{said}», dijo Ana Peña ayer.")
    assert event[0] == kind
    assert participant in event[1]


def test_the_chain_is_the_speakers(reader: Reader) -> None:
    text = "Ana Peña llegó. «Nos dispararon anoche», dijo Ana Peña."
    layers = reader.read(Document("d", text, "c", "d", "d", language="es")).layers
    (quotation,) = layers.quotations
    (who,) = next(one.participants for one in layers.events if one.attribution)
    assert who.chain == quotation.speaker_chain is not None


@pytest.mark.parametrize("text", ["Ana Peña dijo que nos quieren asesinar.", "«Nos quieren asesinar», se escuchó.", "Nos quieren asesinar."])
def test_where_it_is_not_told_whose_words_they_are_nobody_is_meant(reader: Reader, text: str) -> None:
    layers = reader.read(Document("d", text, "c", "d", "d", language="es")).layers
    assert [who.name for event in layers.events for who in event.participants] == []


def test_another_in_the_same_words_stays_himself(reader: Reader) -> None:
    ((_, who),) = parts(reader, "«Detuvieron a mi hermano», dijo Ana Peña.")
    assert who == [("patient", "mi hermano", "mi hermano")]
