"""Records → the public JSON of FORMATS.md: the one place that knows how each looks outside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec
import regex

from careo.model import Chronology, Dct, DctReading, Document, Layers, Reading, Record, Span
from careo.present.codes import counterparts

FORMAT = 1

_STEERING = regex.compile(r"[\x7f-\x9f\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


def public(value: Any) -> Any:
    """A record as the object that goes out: spans as `start` and `end`, tuples as lists."""
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, Record):
        made: dict[str, Any] = {}
        for name in value.__struct_fields__:
            inner = getattr(value, name)
            if name == "span" and isinstance(inner, Span):
                made |= {"start": inner.start, "end": inner.end}
            else:
                made[name] = public(inner)
        return made
    if isinstance(value, (tuple, list)):
        return [public(one) for one in value]
    return value


def layers_of(layers: Layers) -> dict[str, Any]:
    """The layers of one text, each a list; those that were read and are empty are `[]`."""
    made = {name: public(getattr(layers, name)) for name in layers.__struct_fields__}
    return made | {"events": coded(made["events"])}


def coded(made: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Events or entries, each with what other codings call its kind."""
    return [{**one, "codes": counterparts(one["kind"])} for one in made]


def reading_of(document: Document, reading: Reading | None) -> dict[str, Any]:
    """One report with its reading: a line of `careo read --format jsonl`. The layers of an unread report are absent."""
    made: dict[str, Any] = {
        "format": FORMAT,
        "id": document.label,
        "document": document.id,
        "text": document.text,
        "language": document.language,
        "dct": public(reading.dct if reading else _as_given(document.dct)),
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "url": document.url,
        "region": document.region,
        "capture": document.capture,
        "article": document.article,
    }
    if reading:
        made |= {"language_version": reading.language_version, **layers_of(reading.layers)}
        if reading.title is not None:
            made["title_reading"] = layers_of(reading.title)
    return made


def _as_given(dct: Dct | None) -> DctReading:
    return DctReading(dct.value, dct.value, dct.origin, dct.why) if dct else DctReading(None, None, None)


def chronology_of(chronology: Chronology) -> dict[str, Any]:
    """A case as concluded. What no step concludes yet (tolls, conflicts, …) is absent."""
    made = public(chronology)
    return {"format": FORMAT, **made, "entries": coded(made["entries"]), "undated": coded(made["undated"])}


def encode(made: dict[str, Any] | Sequence[Any], *, indent: int = 0) -> str:
    """JSON in which no sign can steer a terminal: C1 characters, direction marks and half surrogates are written as escapes."""
    return _STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", _json(made, indent))


def _json(made: Any, indent: int) -> str:
    try:
        plain = msgspec.json.encode(made)
    except UnicodeEncodeError:
        # Half a surrogate pair, which only the standard library lets through.
        plain = json.dumps(made).encode()
    return (msgspec.json.format(plain, indent=indent) if indent else plain).decode()
