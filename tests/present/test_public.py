"""The public JSON has the keys of FORMATS.md, and its offsets are those of the text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from careo.model import Dct, Document, Span
from careo.present import public
from careo.read import Reader

TEXT = (
    "El comandante Arturo Mendieta dijo este lunes que al menos tres personas murieron en el ataque contra la comisaría de Santa Rita. "
    "«No vamos a descansar», agregó Mendieta. Rosa Quispe está acusada de terrorismo. "
    "Hombres armados atacaron una comisaría en Caracas el domingo."
)

KEYS = {
    "sentences": {"start", "end"},
    "timexes": {"id", "start", "end", "type", "value", "mod", "edtf", "part", "anchor", "rule"},
    "mentions": {"id", "start", "end", "kind", "name", "rule"},
    "chains": {"id", "kind", "name", "members", "related"},
    "quotations": {
        "id", "content", "cue", "source", "speaker", "speaker_chain", "manner", "stance", "medium", "addressee", "said", "parent", "rule",
    },
    "quantities": {"id", "start", "end", "low", "high", "of", "mod", "of_event", "attribution", "attributed_to", "rule"},
    "events": {"id", "trigger", "kind", "when", "where", "participants", "polarity", "modality", "attribution", "attributed_to", "rule"},
    "accusations": {"accuser", "accused", "event", "act", "label", "state", "hedge", "reply", "evidence"},
    "claims": {"id", "subject", "property", "value", "original", "evidence", "attribution", "polarity", "modality"},
    "media": {"id", "kind", "start", "end", "author", "handle", "posted", "link", "hashtags", "document"},
}  # fmt: skip

FULL = TEXT + "\n\nVean este video #15Ene pic.twitter.com/abcdefghij — Radio Sur (@RadioSur) 15 de enero de 2018"


@pytest.fixture(scope="module")
def made(reader: Reader) -> dict[str, Any]:
    """A reading as it goes out."""
    document = Document("d", FULL, "c", "nota.txt", "d", title="Tres muertos en Santa Rita", dct=Dct("2018-01", "input"), language="es")
    found = json.loads(public.encode(public.reading_of(document, reader.read(document))))
    assert isinstance(found, dict)
    return found


def test_the_report_itself(made: dict[str, Any]) -> None:
    assert (made["format"], made["id"], made["document"], made["text"], made["language"]) == (1, "nota.txt", "d", FULL, "es")
    assert set(made["dct"]) == {"value", "given", "origin", "why", "evidence"}
    assert made["dct"]["given"] == "2018-01"


@pytest.mark.parametrize("layer", sorted(KEYS))
def test_each_layer_is_there_with_its_keys(made: dict[str, Any], layer: str) -> None:
    assert made[layer], f"the report was written to hold {layer}"
    assert all(KEYS[layer] <= set(one) for one in made[layer])


def test_the_title_is_read_on_its_own(made: dict[str, Any]) -> None:
    assert set(KEYS) <= set(made["title_reading"])


def test_parts_are_objects_with_offsets(made: dict[str, Any]) -> None:
    event = next(one for one in made["events"] if FULL[one["trigger"]["start"] : one["trigger"]["end"]] == "atacaron")
    assert event["where"]["name"] == "Caracas"
    assert {"start", "end", "name"} <= set(event["where"])
    assert {"start", "end", "value", "edtf"} <= set(event["when"])
    assert {"role", "start", "end", "name", "chain"} <= set(event["participants"][0])
    quotation = next(one for one in made["quotations"] if one["manner"] == "direct")
    assert [FULL[part["start"] : part["end"]] for part in quotation["content"]] == ["No vamos a descansar"]
    assert {"start", "end", "form"} <= set(made["chains"][0]["members"][0])


def offsets(value: Any) -> list[tuple[int, int]]:
    """All start and end pairs in the layers."""
    if isinstance(value, dict):
        own = [(value["start"], value["end"])] if {"start", "end"} <= set(value) else []
        return own + [pair for name, inner in value.items() if name != "title_reading" for pair in offsets(inner)]
    return [pair for inner in value for pair in offsets(inner)] if isinstance(value, list) else []


def test_every_offset_lies_in_the_text(made: dict[str, Any]) -> None:
    assert len(offsets(made)) > 20
    assert all(0 <= start <= end <= len(FULL) for start, end in offsets(made))


def test_layers_of_an_unread_report_are_absent() -> None:
    document = Document("d", "Three people died.", "c", "en.txt", "d", dct=Dct("2018-01", "user", "--dct"), language="en")
    made = public.reading_of(document, None)
    assert not set(KEYS) & set(made)
    assert made["dct"] == {"value": "2018-01", "given": "2018-01", "origin": "user", "why": "--dct", "evidence": []}


def test_a_span_that_is_the_place_of_a_record_stands_in_the_record() -> None:
    assert public.public(Span(1, 2)) == {"start": 1, "end": 2}
    assert public.public((Span(1, 2), None, "x", 3)) == [{"start": 1, "end": 2}, None, "x", 3]
