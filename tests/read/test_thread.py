"""What takes its time from the thread of a report, and what does not."""

from __future__ import annotations

import pytest

from careo.model import Dct, Document
from careo.read import Reader


def carried(reader: Reader, text: str) -> dict[str, str | None]:
    """The word of each event with the date that the thread gives it."""
    layers = reader.read(Document("d", text, "", "d", "d", dct=Dct("2021-03-10", "input"), language="es")).layers
    return {event.trigger.of(text): event.carried.edtf if event.carried else None for event in layers.events if event.when is None}


@pytest.mark.parametrize(
    ("text", "word", "date"),
    [
        ("La policía allanó el martes una casa en el barrio El Pinar. Dos agentes resultaron heridos.", "heridos", "2021-03-09"),
        ("La policía allanó el martes una casa en el barrio El Pinar. Dos agentes habían resultado heridos.", "heridos", None),
        ("La policía allanó el martes una casa en el barrio El Pinar. El juez fue acusado.", "acusado", None),
        ("El lunes mataron a Rosa Paz en El Pinar. El martes hirieron a Luis Mora. Después detuvieron a un hombre.", "detuvieron", None),
        ("La policía allanó el martes una casa en el barrio El Pinar.\n«Nos dispararon», dijo una vecina.", "dispararon", None),
    ],
)
def test_the_thread(reader: Reader, text: str, word: str, date: str | None) -> None:
    assert carried(reader, text)[word] == date


def test_a_carried_time_says_where_it_comes_from(reader: Reader) -> None:
    text = "La policía allanó el martes una casa en el barrio El Pinar. Dos agentes resultaron heridos."
    events = reader.read(Document("d", text, "", "d", "d", dct=Dct("2021-03-10", "input"), language="es")).layers.events
    whys = [event.carried.why for event in events if event.carried]
    assert whys == [f"carried from the raid at {text.index('allanó')}"]
