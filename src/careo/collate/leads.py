"""What an editor would look into next: gaps that a case shows by itself. Each lead points at the words that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, get_args

from careo.model import Chain, Chronology, Entity, EntityMention, Entry, Field, Layers, Record, Report
from careo.text import fold

LeadKind = Literal["no_reply", "no_date", "no_place", "one_origin", "media", "not_located"]
"""Accused, and no words of theirs in any report; an entry without a date, without a place, with one origin; a post, video or paper that
a report cites and the case does not hold; a place where entries happened and that may be several, or that the gazetteer does not have."""

_ORDER = get_args(LeadKind)


class Lead(Record, frozen=True):
    """One gap. `id`: the entry's or entity's; null for what is cited and for places. `places`: the words that it comes from, at least one."""

    kind: LeadKind
    id: str | None
    name: str
    places: tuple[EntityMention, ...]


def leads(chronology: Chronology, reports: Iterable[Report]) -> tuple[Lead, ...]:
    """The leads of a case by kind, within a kind in order of the chronology, or of the reports."""
    heard = _Heard(chronology.entities)
    made: list[Lead] = []
    for report in reports:
        for field, layers in _fields(report):
            heard.add(report.document.id, field, layers)
            made += _cited(report.document.id, field, layers)
    made += heard.unanswered()
    for entry in (*chronology.entries, *chronology.undated):
        made += [_of_entry(kind, entry) for kind in _lacking(entry)]
    made += _not_located((*chronology.entries, *chronology.undated))
    return tuple(sorted(made, key=lambda lead: _ORDER.index(lead.kind)))


def _fields(report: Report) -> Iterator[tuple[Field, Layers]]:
    if report.reading is not None:
        if report.reading.title is not None:
            yield "title", report.reading.title
        yield "text", report.reading.layers


def _lacking(entry: Entry) -> Iterator[LeadKind]:
    if entry.when is None:
        yield "no_date"
    if entry.where is None:
        yield "no_place"
    if entry.origins == 1:
        yield "one_origin"


def _not_located(entries: Iterable[Entry]) -> Iterator[Lead]:
    """The names of places where entries happened and of which it is not known where they are: once each, with the words of all entries."""
    found: dict[str, tuple[str, list[EntityMention]]] = {}
    for entry in entries:
        if entry.where and entry.where.judgement == "UNSURE":
            places = [EntityMention(one.report, one.span, one.field) for one in entry.evidence]
            found.setdefault(fold(entry.where.name), (entry.where.name, []))[1].extend(places)
    for name, places in found.values():
        yield Lead("not_located", None, name, tuple(dict.fromkeys(places)))


def _of_entry(kind: LeadKind, entry: Entry) -> Lead:
    return Lead(kind, entry.id, entry.what, tuple(EntityMention(one.report, one.span, one.field) for one in entry.evidence))


def _cited(report: str, field: Field, layers: Layers) -> Iterator[Lead]:
    """Media that the report tells of without showing them."""
    for media in layers.media:
        if media.document is None and media.content is None:
            yield Lead("media", None, media.kind, (EntityMention(report, media.span, field),))


class _Heard:
    """Who is accused and who is quoted, report by report; people are entities, for one report may accuse and another quote."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._entity = {(one.report, one.field, one.span): entity for entity in entities for one in entity.mentions}
        self._accused: dict[str, tuple[Entity, list[EntityMention]]] = {}
        self._quoted: set[str] = set()

    def add(self, report: str, field: Field, layers: Layers) -> None:
        """Take in the accusations and quotations of one text."""
        chains = {chain.id: chain for chain in layers.chains}
        by_name = {chain.name: chain for chain in reversed(layers.chains)}
        for quotation in layers.quotations:
            if (speaker := self._of(report, field, chains.get(quotation.speaker_chain or ""))) is not None:
                self._quoted.add(speaker.id)
        for accusation in layers.accusations:
            accused = self._of(report, field, by_name.get(accusation.accused or ""))
            if accused is not None and accusation.reply is None:
                self._accused.setdefault(accused.id, (accused, []))[1].append(EntityMention(report, accusation.evidence, field))
            elif accused is not None:
                self._quoted.add(accused.id)

    def _of(self, report: str, field: Field, chain: Chain | None) -> Entity | None:
        spans = chain.members if chain else ()
        return next((found for member in spans if (found := self._entity.get((report, field, member.span)))), None)

    def unanswered(self) -> Iterator[Lead]:
        """Whoever is accused and answers nowhere."""
        for ident, (entity, places) in sorted(self._accused.items()):
            if ident not in self._quoted:
                yield Lead("no_reply", ident, entity.name, tuple(places))
