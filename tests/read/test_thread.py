"""What takes its time from the thread of a report, and what does not."""

from __future__ import annotations

import pytest

from careo.collate.chronology import tellings
from careo.model import Dct, Document, Report
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
        ("La junta cerró este martes la mina El Roble. Unos cien mineros marcharon por la plaza.", "marcharon", "2021-03-09"),
        ("La junta informó este martes que la mina cerró. Unos cien mineros marcharon por la plaza.", "marcharon", None),
        ("La junta cerró este martes la mina El Roble, que el lunes ardió. Unos cien mineros marcharon por la plaza.", "marcharon", "2021-03-09"),
        ("La junta cerró el martes la mina y la abrió el lunes. Unos cien mineros marcharon por la plaza.", "marcharon", None),
        ("La junta cerró este martes la mina El Roble. Tres mineros han marchado a la capital en protesta.", "protesta", None),
        ("La junta cerró este martes la mina El Roble. Según un estudio, unos mineros marcharon por la plaza.", "marcharon", None),
    ],
)
def test_the_thread(reader: Reader, text: str, word: str, date: str | None) -> None:
    assert carried(reader, text)[word] == date


def test_a_carried_time_says_where_it_comes_from(reader: Reader) -> None:
    text = "La policía allanó el martes una casa en el barrio El Pinar. Dos agentes resultaron heridos."
    events = reader.read(Document("d", text, "", "d", "d", dct=Dct("2021-03-10", "input"), language="es")).layers.events
    whys = [event.carried.why for event in events if event.carried]
    assert whys == [f"carried from the raid at {text.index('allanó')}"]


def test_a_time_of_day_alone_takes_the_day_of_the_report(reader: Reader) -> None:
    text = "La junta cerró este martes la mina El Roble. La policía detuvo por la tarde a dos mineros."
    document = Document("d", text, "", "d", "d", dct=Dct("2021-03-10", "input"), language="es")
    reading = reader.read(document)
    (told,) = (one for one in tellings(Report(document, reading, ())) if one.kind == "detention")
    assert told.carried, "an entry says that its day comes from the thread"
    when = next(event.when for event in reading.layers.events if event.kind == "detention")
    assert when is not None
    assert (when.span.of(text), when.value, when.edtf, when.why) == ("la tarde", "2021-03-09TAF", "2021-03-09", f"on the day at {text.index('este')}")
