"""Reports made by hand, with just the annotations that a test is about."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from careo.model import (
    Chain,
    Dct,
    DctReading,
    Document,
    EventMention,
    Kind,
    Layers,
    Member,
    Modality,
    Participant,
    Polarity,
    Quotation,
    Reading,
    Related,
    Report,
    Sighting,
    Span,
    When,
    Where,
)


def place(text: str, words: str) -> Span:
    """Where `words` stand in `text`, which they must do once."""
    assert text.count(words) == 1, (words, text)
    start = text.index(words)
    return Span(start, start + len(words))


def chain(text: str, id: str, name: str, *members: str, kind: Kind = "PERSON", related: Sequence[Related] = ()) -> Chain:
    """A chain whose members are named by their words."""
    return Chain(id, kind, name, tuple(Member(place(text, words), "name") for words in members or (name,)), tuple(related))


def event(
    text: str,
    trigger: str,
    *,
    kind: str = "attack",
    when: str | None = None,
    edtf: str | None = None,
    part: str | None = None,
    where: str | None = None,
    who: Sequence[tuple[str, str | None]] = (),
    modality: Modality = "asserted",
    polarity: Polarity = "positive",
    attribution: Sequence[str] = (),
) -> EventMention:
    """An event in the sentence of its trigger; `who` are words and chain of its agents."""
    at = place(text, trigger)
    start = text.rfind(". ", 0, at.start) + 2 if ". " in text[: at.start] else 0
    end = text.find(".", at.end) + 1 or len(text)
    dated = When(place(text, when), edtf or "", edtf, "t1", part) if when else None
    return EventMention(
        id=f"e{at.start}",
        trigger=at,
        kind=kind,
        rule="events/test#one",
        evidence=Span(start, end),
        when=dated,
        where=Where(place(text, where), where) if where else None,
        participants=tuple(Participant("agent", place(text, words), words, one) for words, one in who),
        polarity=polarity,
        modality=modality,
        attribution=tuple(attribution),
    )


def quotation(text: str, id: str, content: str, *, speaker: str | None = None, said: str | None = None) -> Quotation:
    """Words that somebody is quoted with."""
    return Quotation(id, (place(text, content),), "direct", "say", "quotations/test#one", speaker=speaker, said=said)


def report(
    text: str,
    *,
    id: str | None = None,
    article: str | None = None,
    publisher: str | None = "El Faro del Sur",
    dct: str | None = "2018-01-15",
    retrieved: str | None = None,
    chains: Sequence[Chain] = (),
    events: Sequence[EventMention] = (),
    quotations: Sequence[Quotation] = (),
    title: str | None = None,
    title_layers: Layers | None = None,
    posts: Sequence[Document] = (),
    version: str = "test-1",
) -> Report:
    """A report with these annotations; its id is a hash of its text unless given."""
    id = id or blake2b(text.encode(), digest_size=8).hexdigest()
    given = Dct(dct, "input") if dct else None
    document = Document(id, text, f"capture-{id}", f"{id}.txt", article or id, title=title, publisher=publisher, dct=given, language="es")
    layers = Layers(chains=tuple(chains), events=tuple(events), quotations=tuple(quotations))
    reading = Reading(id, DctReading(dct, dct, "input" if dct else None), layers, version, title_layers, tuple(posts))
    return Report(document, reading, (Sighting(f"{id}.txt", retrieved=retrieved),))
