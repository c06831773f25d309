"""What one report says of its events and people, one row a property: never what is so."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from careo.model import Accusation, Claim, EventMention, Layers, Quantity, Span
from careo.read.cover import Cover


def claims(text: str, layers: Layers) -> tuple[Claim, ...]:
    """The claims of one text from the layers read so far: those of events, then tolls, then accusations; ids `l1`…"""
    rows = [*_of_events(text, layers), *_tolls(text, layers), *_accusations(layers)]
    return tuple(msgspec.structs.replace(row, id=f"l{n}") for n, row in enumerate(rows, start=1))


# ---------------------------------------------------------------- events


def _of_events(text: str, layers: Layers) -> Iterator[Claim]:
    for event in layers.events:
        yield _row(event, "kind", event.kind, event.trigger.of(text))
        for one in event.participants:
            yield _row(event, one.role, one.name, one.span.of(text))
        if event.when:
            yield _row(event, "when", event.when.edtf or event.when.value, event.when.span.of(text))
        if event.where:
            yield _row(event, "where", event.where.name, event.where.span.of(text))


def _row(event: EventMention, name: str, value: str, original: str) -> Claim:
    """A property of an event, as certain as the event itself."""
    return Claim("", event.id, name, value, original, event.evidence, event.rule, event.attribution, event.polarity, event.modality)


# ---------------------------------------------------------------- tolls


def _tolls(text: str, layers: Layers) -> Iterator[Claim]:
    """How many, of the event that is counted, or of the quantity itself where the text has no such event."""
    of_event = {event.id: event for event in layers.events}
    sentences = Cover((sentence, sentence) for sentence in layers.sentences)
    for quantity in layers.quantities:
        event = of_event.get(quantity.of_event or "")
        within = sentences.touching(quantity.span)
        evidence = within[0] if within else quantity.span
        yield Claim(
            "", quantity.of_event or quantity.id, f"toll:{quantity.of}", bounds(quantity), quantity.span.of(text),
            evidence, quantity.rule, quantity.attribution, modality=event.modality if event else "asserted",
        )  # fmt: skip


def bounds(quantity: Quantity) -> str:
    """`125..125 about`, `3..`, `..30`: low and high, open where unknown, and the hedge of a rounded number."""
    ends = "..".join("" if end is None else str(end) for end in (quantity.low, quantity.high))
    return f"{ends} about" if quantity.mod == "about" else ends


# ---------------------------------------------------------------- accusations


def _accusations(layers: Layers) -> Iterator[Claim]:
    """What somebody is accused of: a claim about the accused, or about the event where the report names no accused."""
    chains = {chain.name: chain.id for chain in reversed(layers.chains)}
    events = Cover((event.evidence, event) for event in layers.events)
    for accusation in layers.accusations:
        subject = chains.get(accusation.accused or "") or accusation.event
        if subject and (accusation.act or accusation.state):
            yield _accused_of(accusation, subject, events.touching(accusation.evidence))


def _accused_of(accusation: Accusation, subject: str, near: list[EventMention]) -> Claim:
    own = next((event for event in near if event.id == accusation.event), None)
    words = accusation.act or accusation.state or ""
    evidence: Span = accusation.evidence
    return Claim(
        "", subject, "accused-of", accusation.label or words, words, evidence, accusation.rule, own.attribution if own else (),
        modality="alleged",
    )  # fmt: skip
