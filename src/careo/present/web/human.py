"""What people decided, as pages show it: each decision in words, and those that are about given places of reports."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from careo.errors import UsageError
from careo.model import Anchor, Entity, Entry, Field, Judgement, Span
from careo.present.dossier.quoting import visible
from careo.present.judging import strokes, undone_by
from careo.present.shown import ENTITY, shown
from careo.present.web import anchors
from careo.store.case import UNDO

if TYPE_CHECKING:
    from careo.present.web.room import Visit

LONGEST = 140
"""Code points of the words that a decision is about."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement as it is shown. `undone` is the number of the one that took it back; `place` where its words stand; `own`: of whoever asks;
    `places`: how many judgements were made by the same stroke."""

    number: int
    verdict: str
    says: Markup
    because: Markup
    by: Markup
    on: str
    place: str
    undone: int | None
    own: bool
    places: int = 1


def told(visit: Visit, one: Judgement, undone: int | None = None, places: int = 1) -> Decision:
    """A judgement in words."""
    verdict = one.verdict if one.kind in ("link", "claim", "mask") or one.verdict == UNDO else one.kind
    left, right = (_words(visit, anchor) if anchor else Markup() for anchor in (one.left, one.right))
    said = Markup(visit.words.say("decide", f"says_{verdict}")).format(
        left=left, right=right, number=one.undoes or "", value=visit.quoter.line(one.verdict), property=_property(visit, one.left)
    )
    return Decision(
        number=one.number,
        verdict=verdict.lower(),
        says=said,
        because=visit.quoter.bare(one.because, 2000),
        by=visit.quoter.line(one.by),
        on=visit.bench.date(one.at[:10]),
        place=_place(visit, one.left),
        undone=undone,
        own=one.by == visit.author,
        places=places,
    )


def history(visit: Visit) -> tuple[tuple[Judgement, int], ...]:
    """All that was decided, the last first: the last judgement of each stroke, with how many it has."""
    return tuple(reversed(strokes(visit.look.judgements)))


def undone(visit: Visit) -> dict[int, int]:
    """Of each judgement that does not stand the one that took it back."""
    return undone_by(visit.look.judgements)


def last_own(visit: Visit) -> Decision | None:
    """The last decision of whoever asks that stands and takes nothing back: what the key undoes."""
    mine = (one for one in reversed(visit.look.held) if one.verdict != UNDO and one.by == visit.author)
    found = next(mine, None) if visit.author else None
    return told(visit, found) if found else None


def of_entry(visit: Visit, entry: Entry) -> tuple[Decision, ...]:
    """What was decided on an entry: on any of the words that it rests on."""
    return over(visit, ((one.report, one.field, one.span) for one in entry.evidence), ("events", "quotations", "quantities"))


def of_entity(visit: Visit, entity: Entity) -> tuple[Decision, ...]:
    """What was decided on a person, body or place: on any of its namings."""
    return over(visit, ((one.report, one.field, one.span) for one in entity.mentions), ("chains", "mentions"))


def of_report(visit: Visit, report: str) -> tuple[Decision, ...]:
    """What was decided on a report, or on words of it."""
    return _told(visit, _known(visit, report))


def decided_spans(visit: Visit, report: str, field: Field) -> list[Span]:
    """The words of a report that somebody decided on."""
    places = (anchor for one in _known(visit, report) for anchor in (one.left, one.right) if anchor and anchor.document == report)
    return [Span(one.start, one.end) for one in places if one.field == field and one.end > one.start]


def over(visit: Visit, places: Iterable[tuple[str, Field, Span]], layers: Container[str] = anchors.LAYERS) -> tuple[Decision, ...]:
    """The decisions that stand on anchors of these layers that touch one of the places, in order of number."""
    found: dict[int, Judgement] = {}
    for report, field, span in places if visit.look.by_report else ():
        for one in _known(visit, report):
            ends = (anchor for anchor in (one.left, one.right) if anchor and (anchor.document, anchor.field) == (report, field))
            if any(anchor.layer in layers and span.touches(Span(anchor.start, anchor.end)) for anchor in ends):
                found[one.number] = one
    return _told(visit, (found[number] for number in sorted(found)))


def _told(visit: Visit, judgements: Iterable[Judgement]) -> tuple[Decision, ...]:
    return tuple(told(visit, one, places=count) for one, count in strokes(judgements))


def _known(visit: Visit, report: str) -> tuple[Judgement, ...]:
    return tuple(one for one in visit.look.by_report.get(report, ()) if one.verdict != UNDO)


def _words(visit: Visit, anchor: Anchor) -> Markup:
    """The words at an anchor; of a whole report its title."""
    try:
        document = visit.room.document(visit.case, anchor.document)
    except UsageError:
        return Markup("?")
    if anchor.layer == "document":
        return Markup("«{}»").format(visit.quoter.title(document))
    text = anchors.text_of(anchor, document)
    whole = anchor.layer in ("events", "quantities") and anchor.property != ENTITY
    span = Span(max(0, anchor.start - 30), min(len(text), anchor.end + 30)) if whole else Span(anchor.start, min(anchor.end, len(text)))
    said = " ".join(shown(document, span, visit.look.masks, anchor.field).split())
    short = said if len(said) <= LONGEST else f"{said[:LONGEST]} …"
    return Markup("«{}»").format(visible(f"…{short}…" if whole else short))


def _property(visit: Visit, anchor: Anchor) -> str:
    return visit.words.find("decide", f"property_{anchor.property}") or visit.words.say("properties", anchor.property)


def _place(visit: Visit, anchor: Anchor) -> str:
    if anchor.start == anchor.end:
        return visit.bench.to_report(anchor.document)
    return visit.bench.to_place(anchor.document, anchor.field, anchor.start, anchor.end)
