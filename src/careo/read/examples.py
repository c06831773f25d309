"""What a layer sees in an example sentence, in the terms of the rule machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from careo.model import Dct, Document, Layers, Parse, Record, Span
from careo.rules import Found, Frame, Language, Rule
from careo.rules.examples import Example, Look, Seen
from careo.text import View

LAYERS = {
    "times": "timexes",
    "mentions": "mentions",
    "corefer": "chains",
    "quotations": "quotations",
    "quantities": "quantities",
    "events": "events",
    "accusations": "accusations",
    "media": "media",
}
"""A layer's folder and the field of `Layers` that its rules fill."""


def seen(layers: Layers) -> Iterator[tuple[str, Seen]]:
    """All annotations of a reading as (layer's folder, what is seen), layer by layer in order of the text."""
    for layer, field in LAYERS.items():
        for record in getattr(layers, field):
            yield layer, _seen(record)


def looker(language: Language, read: Callable[[Document], Layers], parse: Callable[[View], Parse]) -> Look:
    """The Look for all layers of a language: `read` gives a whole reading, `parse` the parse alone."""

    def look(rule: Rule, example: Example) -> list[Seen]:
        layer = rule.name.split("/", 1)[0]
        if rule.inner or layer not in LAYERS:
            return list(_machine(language, layer, rule, example.text, parse))
        document = Document(
            "example",
            example.text,
            "",
            "example",
            "example",
            dct=Dct(rule.dct, "input") if rule.dct else None,
            language=language.code,
            region=rule.region,
        )
        return [_seen(record) for record in getattr(read(document), LAYERS[layer])]

    return look


def _machine(language: Language, layer: str, rule: Rule, text: str, parse: Callable[[View], Parse]) -> Iterator[Seen]:
    view = View(text)
    if rule.is_frame:
        for frame in language.frames(layer).find(parse(view)):
            yield _of_frame(frame)
    else:
        for found in language.patterns(layer).find(view.text):
            yield _of_pattern(found)


def _of_frame(frame: Frame) -> Seen:
    spans = {role: tuple((span.start, span.end) for span in parts) for role, parts in frame.parts.items()}
    trigger = ((frame.trigger.start, frame.trigger.end),)
    return Seen(frame.rule.name, {**spans, "": trigger, "trigger": trigger, "cue": trigger}, frame.fields)


def _of_pattern(found: Found) -> Seen:
    pieces = {name: tuple((piece.start, piece.end) for piece in pieces) for name, pieces in found.pieces.items()}
    return Seen(found.rule.name, {**pieces, "": ((found.start, found.end),)}, found.fields)


def _seen(record: Record) -> Seen:
    """A record's spans under the names of its fields, participants under their roles, and its plain values."""
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    values: dict[str, str | None] = {}
    for name, value in msgspec.structs.asdict(record).items():
        for label, span in _spans(name, value):
            spans[label] = (*spans.get(label, ()), (span.start, span.end))
        if value is None or isinstance(value, str | int):
            values[name] = None if value is None else str(value)
    return Seen(str(values.get("rule")), spans, values)


def _spans(name: str, value: Any) -> Iterator[tuple[str, Span]]:
    if isinstance(value, Span):
        yield ("" if name == "span" else name), value
        if name == "trigger":
            yield "", value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(getattr(item, "role", getattr(item, "form", name)), item)
    elif isinstance(value, Record) and hasattr(value, "span"):
        yield name, value.span
