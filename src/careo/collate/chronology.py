"""Entries of the chronology: from the events and dated quotations of reports, each with the words that it was read from."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from careo import edtf
from careo.collate.clusters import ids
from careo.collate.entities import ChainKey, fields, line
from careo.collate.places import NOWHERE, Sited, SiteKey, inside, place, sited
from careo.model import (
    Anchor,
    Decision,
    Document,
    Entry,
    EventMention,
    Evidence,
    Field,
    Layers,
    Modality,
    Participant,
    Party,
    Placing,
    Quantity,
    QuantityMod,
    Quotation,
    Report,
    Span,
    Status,
    Where,
)
from careo.text import fold

AROUND = 48
"""Code points of `prefix` and `suffix`."""

LONGEST = 240
"""Code points of `what`; a longer one is cut at a blank, and says so with an ellipsis."""

LEAD = 2
"""Sentences, the heading among them, that say what a report is about."""

STATUS: Mapping[Modality, Status] = {"asserted": "asserted", "alleged": "alleged", "ordered": "announced", "planned": "announced"}
"""Modalities that make an entry. What is feared or only possible is a claim, and none."""

TOLD: frozenset[Status] = frozenset({"asserted", "alleged"})
"""What is told as having happened, by whomever: a denial stands against it, and not against what was only announced."""

PARTS = ("MO", "MI", "AF", "EV", "NI")


Standing = Literal["heading", "opening", "body"]
"""Where in its report something is told: in the heading, in the first sentences behind it, or further on."""


class Involved(NamedTuple):
    """Who takes part, in which role and by which name. `person`: somebody by name. `entity`: who that is across reports, once that is known."""

    role: str
    chain: ChainKey | None
    name: str
    person: bool = False
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """An event or dated quotation as one report tells it: all that an entry is made of.

    `placed`: no other event of its sentence is said to be where it is. `placing`: what the name `site` is taken for, once that is known.
    """

    anchor: Anchor
    when: str | None
    part: str | None
    kind: str
    what: str
    where: str | None
    participants: tuple[Involved, ...]
    status: Status
    evidence: Evidence
    places: Sited = NOWHERE
    lead: Sited = NOWHERE
    site: SiteKey | None = None
    carried: bool = False
    quoted: bool = False
    known: bool | None = None
    stands: Standing = "body"
    placed: bool = True
    figure: Figure | None = None
    decisions: tuple[Decision, ...] = ()
    placing: Placing | None = None

    def resolved(self, entity_of: Mapping[ChainKey, str], sites: Mapping[SiteKey, Placing]) -> Telling:
        """The telling with what is known across reports: who takes part, and where it is."""
        known = tuple(one._replace(entity=entity_of.get(one.chain)) if one.chain else one for one in self.participants)
        return dataclasses.replace(self, participants=known, placing=sites.get(self.site) if self.site else None)

    def people(self, role: str) -> frozenset[str]:
        """The entities of the people by name in this role."""
        return frozenset(one.entity for one in self.participants if one.role == role and one.person and one.entity)


@dataclass(frozen=True, slots=True)
class Figure:
    """How many people, as bounds, were harmed in which way; set on the tellings that a toll is made of. `part`: only some of them."""

    of: str
    low: int | None
    high: int | None
    mod: QuantityMod | None
    event: Anchor | None = dataclasses.field(default=None, compare=False)
    part: str | None = None


def tellings(report: Report) -> tuple[Telling, ...]:
    """The events and dated quotations of one report, in order of place."""
    made = []
    for field, text, layers in fields(report):
        page = Page(report, field, text, layers)
        made += [page.event(event) for event in layers.events if event.polarity == "negative" or event.modality in STATUS]
        made += [page.quotation(quotation) for quotation in layers.quotations if quotation.said and quotation.content]
    return tuple(sorted(made, key=lambda one: (one.anchor, one.kind)))


def figures(report: Report) -> tuple[Telling, ...]:
    """The counts of people harmed in one report, each told as the event that it belongs to."""
    made = []
    for field, text, layers in fields(report):
        page = Page(report, field, text, layers)
        made += [page.quantity(quantity) for quantity in layers.quantities]
    return tuple(sorted(made, key=lambda one: one.anchor))


class Page:
    """One read text of a report, and how its annotations become tellings."""

    def __init__(self, report: Report, field: Field, text: str, layers: Layers) -> None:
        assert report.reading is not None
        self.report, self.field, self.text, self.layers = report, field, text, layers
        self.published = report.reading.dct.value
        self.posts = report.reading.posts if field == "text" else ()
        self.lead = self._places(Span(0, layers.sentences[:LEAD][-1].end if layers.sentences else 0))
        self.quotations = {quotation.id: quotation for quotation in layers.quotations}
        self.persons = {chain.id for chain in layers.chains if chain.kind == "PERSON"}
        self.times = {timex.id: timex.span for timex in layers.timexes}
        self.placed = Counter(event.where.span for event in layers.events if event.where)
        title = text if field == "title" else report.document.title or ""
        heading = len(title) if text.startswith(title) else 0
        body = [one for one in layers.sentences if one.start >= heading]
        self.heading, self.opening = heading, body[:LEAD][-1].end if body else heading

    def event(self, event: EventMention) -> Telling:
        """An event with its own words; its time is only what the reading gave it."""
        time = event.when or event.carried
        when = time.edtf if time and time.edtf and edtf.is_edtf(time.edtf) else None
        speakers = [self.quotations[one].speaker for one in event.attribution if one in self.quotations]
        attribution = _once([*(speaker for speaker in speakers if speaker), *([event.attributed_to] if event.attributed_to else [])])
        return Telling(
            anchor=self._anchor("events", event.trigger),
            when=when,
            part=time.part if time and when else None,
            kind=event.kind,
            what=self._what(event),
            where=line(event.where.name) if event.where else None,
            site=self._site(event.where.span) if event.where else None,
            participants=tuple(self._involved(one) for one in event.participants),
            status="denied" if event.polarity == "negative" else STATUS[event.modality],
            evidence=self.evidence(event.evidence, event.trigger, attribution),
            places=self._places(event.evidence, event.where),
            lead=self.lead,
            carried=time is not None and when is not None and not event.evidence.holds(self.times.get(time.timex, time.span)),
            quoted=any(one.manner == "direct" and one.holds(event.trigger) for one in self.layers.quotations),
            known=event.known,
            stands="heading" if event.trigger.end <= self.heading else "opening" if event.trigger.end <= self.opening else "body",
            placed=event.where is None or self.placed[event.where.span] == 1,
        )

    def _involved(self, one: Participant) -> Involved:
        return Involved(one.role, self._chain(one.chain), line(one.name), one.chain in self.persons)

    def quantity(self, quantity: Quantity) -> Telling:
        """A count with the time and place of its event; without one, of its sentence alone."""
        event = next((one for one in self.layers.events if one.id == quantity.of_event), None)
        told = self.event(event) if event else None
        sentence = next((one for one in self.layers.sentences if one.holds(quantity.span)), quantity.span)
        return Telling(
            anchor=self._anchor("quantities", quantity.span),
            when=told.when if told else None,
            part=told.part if told else None,
            kind=quantity.of,
            what=shortened(line(sentence.of(self.text))),
            where=told.where if told else None,
            site=told.site if told else None,
            participants=(),
            status="asserted",
            evidence=self.evidence(sentence, quantity.span, _once([quantity.attributed_to] if quantity.attributed_to else [])),
            places=self._places(sentence),
            lead=self.lead,
            figure=Figure(quantity.of, quantity.low, quantity.high, quantity.mod, told.anchor if told else None, quantity.part),
        )

    def quotation(self, quotation: Quotation) -> Telling:
        """That somebody said this at that time; what was said stays the speaker's."""
        spans = [*quotation.content, *(span for span in (quotation.cue, quotation.source) if span)]
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        content = quotation.content[0]
        said = quotation.said if quotation.said and edtf.is_edtf(quotation.said) else None
        speaker = [Involved("agent", self._chain(quotation.speaker_chain), line(quotation.speaker))] if quotation.speaker else []
        return Telling(
            anchor=self._anchor("quotations", content),
            when=said,
            part=None,
            kind="statement",
            what=shortened(line(whole.of(self.text))),
            where=None,
            participants=tuple(speaker),
            status="asserted",
            evidence=self.evidence(whole, quotation.cue or content, _once([quotation.speaker] if quotation.speaker else [])),
        )

    def _places(self, span: Span, where: Where | None = None) -> Sited:
        """The places that the words of `span` name, and `where`: all of them say where it is."""
        found = [*inside(self.layers.places, span), *(inside(self.layers.places, where.span) if where else ())]
        known = {at for one in self.layers.places for at in one.spans}
        names = [one.name for one in self.layers.mentions if one.kind == "LOCATION" and span.holds(one.span) and one.span not in known]
        bare = where is not None and not inside(self.layers.places, where.span)
        return sited(found, [*names, *([where.name] if where and bare else ())])

    def _site(self, span: Span) -> SiteKey | None:
        """The placing of the first name that stands in `span`."""
        found = inside(self.layers.places, span)
        return (self.report.document.id, self.field, found[0].id) if found else None

    def _anchor(self, layer: str, span: Span) -> Anchor:
        return Anchor(self.report.document.id, self.field, layer, span.start, span.end)

    def _chain(self, chain: str | None) -> ChainKey | None:
        return (self.report.document.id, self.field, chain) if chain else None

    def _what(self, event: EventMention) -> str:
        """The report's own clause, whole: cut out of it, the parts of an event can say what it does not («… acusó a X de haber atacado»)."""
        return shortened(line(event.evidence.of(self.text)), len(line(self.text[event.evidence.start : event.trigger.end])))

    def evidence(self, span: Span, trigger: Span, attribution: tuple[str, ...]) -> Evidence:
        """The words of `span` as evidence: a post's words are its author's, and come from the post."""
        document, post = self.report.document, self._post(trigger)
        if post and post.author:
            attribution = _once([post.author, *attribution])
        return Evidence(
            report=document.id,
            field=self.field,
            span=span,
            trigger=trigger,
            exact=span.of(self.text),
            prefix=self.text[max(0, span.start - AROUND) : span.start],
            suffix=self.text[span.end : span.end + AROUND],
            attribution=attribution,
            publisher=document.publisher or next((one.publisher for one in sorted(self.report.sightings, key=repr) if one.publisher), None),
            published=self.published,
            said=post.dct.value if post and post.dct else None,
            origin=post.article if post else document.article,
        )

    def _post(self, span: Span) -> Document | None:
        """The post in whose span `span` stands: five stories with one post are one origin."""
        return next((post for post in self.posts if post.span and post.span.holds(span)), None)


def _once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line(name) for name in names))


def shortened(text: str, reach: int = 0) -> str:
    """At most `LONGEST` code points of `text` with what stands before `reach`, cut at blanks, an ellipsis where it was cut."""
    if len(text) <= LONGEST:
        return text
    if reach <= LONGEST:
        end = text.rfind(" ", max(reach, LONGEST // 2), LONGEST)
        return text[: end if end > 0 else LONGEST] + " …"
    blank = text.find(" ", reach)
    end = min(len(text) if blank < 0 else blank, reach + AROUND)
    start = text.find(" ", end - LONGEST, reach)
    return "… " + text[start + 1 if start >= 0 else end - LONGEST : end] + (" …" if end < len(text) else "")


def entry(members: Sequence[Telling]) -> Entry | None:
    """One line of the chronology of the tellings of one happening, as `Telling.resolved` gives them; None where all deny it.

    One telling speaks for all: one that has a date, was published first and says where; those that deny it never. Who took part is
    taken only from tellings of the entry's own status: one who is accused in one report is not shown as the doer of what another asserts.
    """
    ordered = sorted(members, key=lambda one: one.anchor)
    told = [one for one in ordered if one.status != "denied"]
    if not told:
        return None
    first, evidence = min(told, key=_speaks), tuple(one.evidence for one in ordered)
    there = next((one for one in (first, *told) if one.where), None)
    return Entry(
        id=ids(one.anchor for one in ordered)[0],
        when=first.when,
        kind=first.kind,
        what=first.what,
        status="disputed" if all(facing(ordered)) else first.status,
        origins=len({one.origin for one in evidence}),
        reports=len({one.report for one in evidence}),
        evidence=evidence,
        carried=first.carried,
        part=first.part or next((one.part for one in told if one.part and one.when == first.when), None),
        where=place(there.where, there.placing) if there and there.where else None,
        participants=_parties(told),
        decisions=tuple(sorted({one for telling in ordered for one in telling.decisions}, key=lambda one: one.number)),
    )


def facing(members: Sequence[Telling]) -> tuple[list[Telling], list[Telling]]:
    """Those that tell of the happening and those that deny it; neither, where all of it comes from one voice and origin, or is only announced."""
    told, denied = [one for one in members if one.status in TOLD], [one for one in members if one.status == "denied"]
    voices = {(one.evidence.origin, one.evidence.attribution) for one in (*told, *denied)}
    return (told, denied) if len(voices) > 1 else ([], [])


def _speaks(one: Telling) -> tuple[bool, bool, str, int, Anchor]:
    published = one.evidence.said or one.evidence.published
    day = edtf.bounds(published)[1].isoformat() if published and edtf.is_edtf(published) else "9999"
    return one.when is None, one.carried, day, -len(one.places.named), one.anchor


def _parties(told: Sequence[Telling]) -> tuple[Party, ...]:
    """All who take part, once each: by entity where there is one, else by name."""
    made: dict[tuple[str, str], Party] = {}
    for telling in told:
        for one in telling.participants:
            made.setdefault((one.role, one.entity or fold(one.name)), Party(one.role, one.entity, one.name))
    return tuple(made.values())


def given(evidence: Evidence) -> str | None:
    """When the words were given: a post's own time, else the report's."""
    return evidence.said or evidence.published


Order = tuple[tuple[date, int, str], int, str, int, str]


def order(entry: Entry) -> Order:
    """How entries stand: by the days that their date allows, the wider first; by part of the day; then as the reports tell them; then by id."""
    dated = edtf.key(entry.when) if entry.when else (date.max, 0, "")
    part = next((rank for rank, name in enumerate(PARTS, 1) if entry.part and entry.part.endswith(name)), 0)
    first = entry.evidence[0]
    return dated, part, first.report, first.span.start, entry.id
