"""Reports as JSON Lines: kept exactly, refused with file, line and key."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from careo import ingest
from careo.errors import UnreadableInput
from careo.model import Capture, Dct, Document, Failure, Sighting


def line(content: str | bytes, number: int = 7) -> Capture:
    data = content.encode() if isinstance(content, str) else content
    return Capture(hashlib.sha256(data).hexdigest(), "application/jsonl", data, (Sighting("más.jsonl", f"line {number}"),))


def report(**keys: object) -> Capture:
    return line(json.dumps({"text": "Hubo tres heridos en Cerro Pardo.", **keys}))


def test_all_keys_are_taken_and_unknown_ones_ignored() -> None:
    document = ingest.document(
        report(
            id="h-1",
            dct="2018-01",
            title="Heridos",
            publisher="El Faro de Pencas",
            url="https://faro.example.ve/n/1",
            author="A. Roa",
            language="es",
            otra=[1],
        )
    )
    assert (document.label, document.title, document.author, document.publisher) == ("h-1", "Heridos", "A. Roa", "El Faro de Pencas")
    assert document.dct == Dct("2018-01", "input", "key dct")
    assert (document.language, document.region, document.article) == ("es", "es-VE", "faro.example.ve/n/1")


def test_nulls_and_a_number_as_id() -> None:
    document = ingest.document(report(id=12, dct=None, title=None, publisher="", url=None, author=None, language=None))
    assert (document.label, document.dct, document.publisher) == ("12", None, None)
    assert ingest.document(report()).label == "más.jsonl, line 7"


@pytest.mark.parametrize("text", [" \tHola “señor”,\r\n\x93cita\x94\u200b e\u0301 \U0001f600  ", "uno\x00dos", "\ufeffHola"])
def test_the_text_is_kept_exactly_and_can_be_stored(text: str) -> None:
    for ascii_only in (True, False):
        document = ingest.document(line(json.dumps({"text": text}, ensure_ascii=ascii_only)))
        assert document.text == text
    with sqlite3.connect(":memory:") as database:
        assert database.execute("select ?", (document.text,)).fetchone() == (text,)
    database.close()


def test_offsets_lead_into_the_line_past_escapes() -> None:
    capture = line('{"título": "ñ", "text": "El ni\\u00f1o \\"Tito\\" se fue a Río Seco."}')
    document, source = ingest.document(capture), capture.content.decode()
    pieces = [document.text[s.start : s.start + s.length] for s in document.offsets]
    assert pieces == ["El ni", "o ", "Tito", " se fue a Río Seco."]
    assert [source[s.source : s.source + s.length] for s in document.offsets] == pieces


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('{"text": 3}', "Expected `str`, got `int` - at `$.text`"),
        ('{"title": "Sin texto"}', "missing required field `text`"),
        ('{"text": "x", "title": []}', "at `$.title`"),
        ('{"text": "x", "dct": "ayer"}', "at `$.dct`"),
        ('{"text": "x", "dct": "2018-02-30"}', "no such date: '2018-02-30' - at `$.dct`"),
        ('{"text": "x", "dct": "2018-02-03T25:00"}', "no such date"),
        ('{"text": "x"', "truncated"),
        ("[1, 2]", "Expected `object`, got `array`"),
        ("no es JSON", "malformed"),
        (b'{"text": "a\xf1o"}', "broken UTF-8"),
        ('{"text": "a\\ud800b"}', "half a character, \\ud800, at byte 11"),
        ('{"text": "a\\udc00b"}', "half a character, \\udc00, at byte 11"),
        ('{"x": ' + "[" * 100_000 + "]" * 100_000 + ', "text": "a"}', "nested too deep"),
        ('{"text": " \\n "}', "a report without text"),
    ],
)
def test_a_bad_line_7_names_file_line_and_key(content: str | bytes, found: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        ingest.document(line(content))
    assert caught.value.where == "más.jsonl, line 7"
    assert found in caught.value.found
    assert caught.value.expected
    assert caught.value.mend


def test_the_other_lines_go_on(tmp_path: Path) -> None:
    good = '{"text": "Hubo tres heridos."}'
    (tmp_path / "más.jsonl").write_text("\n".join([good] * 6 + ['{"text": 3}'] + [good] * 2), encoding="utf-8")
    read: list[Document] = []
    failed: list[Failure] = []
    for capture in ingest.captures([tmp_path], on_failure=failed.append):
        try:
            read.append(ingest.document(capture))
        except UnreadableInput as error:
            failed.append(ingest.failure(error, capture=capture.sha256))
    assert len(read) == 8
    assert [failure.where for failure in failed] == ["más.jsonl, line 7"]
    assert failed[0].error.startswith("Expected `str`")
