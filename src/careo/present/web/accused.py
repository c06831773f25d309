"""Who accuses whom, as the reports that name somebody tell it. What is told is an accusation, never a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from careo.model import Accusation, Entity, Field, Layers, Span
from careo.present.dossier.quoting import visible
from careo.present.shown import shown

if TYPE_CHECKING:
    from careo.present.web.room import Visit

MOST = 40
"""Reports that are looked through for one person."""


STATES = ("state", "hedge", "reply")
"""Parts of an accusation that are one of a few values."""


@dataclass(frozen=True, slots=True)
class Told:
    """An accusation: its parts by name, its words, and where they stand; reports with the same words stand together."""

    parts: tuple[tuple[str, Markup], ...]
    words: Markup
    sources: tuple[tuple[str, Markup], ...]


def accusations(visit: Visit, entity: Entity) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """What `entity` is accused of, and what it accuses others of."""
    against: dict[str, tuple[Accusation, list[tuple[str, Field]]]] = {}
    by: dict[str, tuple[Accusation, list[tuple[str, Field]]]] = {}
    for report in list(dict.fromkeys(one.report for one in entity.mentions))[:MOST]:
        document = visit.room.document(visit.case, report)
        for field, layers in _fields(visit, report):
            names = _names(entity, report, field, layers)
            text = document.text if field == "text" else document.title or ""
            for one in layers.accusations:
                for name, found in ((one.accused, against), (one.accuser, by)):
                    if name in names:
                        key = " ".join(one.evidence.of(text).split())
                        found.setdefault(key, (one, []))[1].append((report, field))
    return tuple(_told(visit, one) for one in against.values()), tuple(_told(visit, one) for one in by.values())


def _fields(visit: Visit, report: str) -> Iterator[tuple[Field, Layers]]:
    reading = visit.case.reading(report)
    if reading is not None:
        yield "text", reading.layers
        if reading.title is not None:
            yield "title", reading.title


def _names(entity: Entity, report: str, field: Field, layers: Layers) -> frozenset[str]:
    """What this report calls the entity: the names of the chains that its namings belong to."""
    spans = {one.span for one in entity.mentions if (one.report, one.field) == (report, field)}
    return frozenset(chain.name for chain in layers.chains if any(member.span in spans for member in chain.members))


def _told(visit: Visit, found: tuple[Accusation, list[tuple[str, Field]]]) -> Told:
    one, places = found
    parts = [(name, getattr(one, name)) for name in ("accuser", "accused", "act", "label", "state", "hedge", "reply")]
    report, field = places[0]
    document = visit.room.document(visit.case, report)
    said = shown(document, one.evidence, visit.look.masks, field)
    return Told(
        parts=tuple((visit.words.say("notes", name), _part(visit, name, text)) for name, text in parts if text),
        words=visible(" ".join(said.split())),
        sources=tuple(_sources(visit, places, one.evidence)),
    )


def _part(visit: Visit, name: str, text: str) -> Markup:
    """A part in words of the page where it is one of a few; else as the report has it."""
    return visit.quoter.line(visit.words.say("accusation_states", text)) if name in STATES else visit.quoter.line(text)


def _sources(visit: Visit, places: Iterable[tuple[str, Field]], span: Span) -> Iterator[tuple[str, Markup]]:
    for n, (report, field) in enumerate(dict.fromkeys(places)):
        document = visit.room.document(visit.case, report)
        # Only of the first is the place known; the same words stand elsewhere in the others.
        href = visit.bench.to_place(report, field, span.start, span.end) if not n else visit.bench.to_report(report)
        yield href, visit.quoter.line(document.publisher or document.label)
