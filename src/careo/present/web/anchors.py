"""Anchors as pages carry them: one line in an address or a field of a form; and what in a reading an anchor stands on."""

from __future__ import annotations

from typing import Any, get_args

from careo.model import Anchor, Document, Field, Layers, Reading, Span

LAYERS = ("events", "quotations", "quantities", "chains", "mentions", "timexes", "accusations", "media", "text", "document")
"""What a decision can be about. `text`: words of a report, whatever was read in them; `document`: a report as a whole."""


def written(anchor: Anchor) -> str:
    """`report/field/layer/start/end/property`."""
    return "/".join((anchor.document, anchor.field, anchor.layer, str(anchor.start), str(anchor.end), anchor.property))


def read(line: str) -> Anchor | None:
    """The anchor that a line tells, None where it tells none."""
    parts = line.rsplit("/", 5)
    if len(parts) != 6 or len(line) > 400:
        return None
    document, field, layer, start, end, of = parts
    numbers = all(one.isascii() and one.isdigit() and len(one) < 10 for one in (start, end))
    if field not in get_args(Field) or layer not in LAYERS or not numbers or int(start) > int(end):
        return None
    return Anchor(document, field, layer, int(start), int(end), of)  # type: ignore[arg-type]


def whole(document: str) -> Anchor:
    """A report as a whole."""
    return Anchor(document, "text", "document", 0, 0)


def record(anchor: Anchor, reading: Reading | None) -> Any:
    """The annotation that stands at an anchor now, None where there is none."""
    span = Span(anchor.start, anchor.end)
    for one in getattr(_layers(reading, anchor.field), anchor.layer, ()):
        if span in _spans(one):
            return one
    return None


def text_of(anchor: Anchor, document: Document) -> str:
    """The field of the document that an anchor is in."""
    return document.text if anchor.field == "text" else document.title or ""


def _layers(reading: Reading | None, field: Field) -> Layers:
    if reading is None:
        return Layers()
    return reading.layers if field == "text" else reading.title or Layers()


def _spans(one: Any) -> tuple[Span, ...]:
    if hasattr(one, "members"):
        return tuple(member.span for member in one.members)
    if hasattr(one, "content") and isinstance(one.content, tuple):
        return one.content[:1]
    return tuple(span for name in ("trigger", "span", "evidence") if (span := getattr(one, name, None)) is not None)[:1]
