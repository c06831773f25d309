"""The people, bodies and places that reports name; and one of them with what it takes part in."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from careo.model import Entity, Span
from careo.present import judging
from careo.present.shown import shown
from careo.present.web import anchors, human
from careo.present.web.room import Visit
from careo.present.web.views.judging import form_of, to_judge

PAGE = 100
MOST = 60
"""Namings of one person that are listed."""


def listed(visit: Visit) -> Response:
    """All that are named, the most named first."""
    known, page = visit.board.by_mentions, visit.asked_page
    figures = [(visit.bench.to_entity(one.id), visit.bench.figure(one)) for one in known[(page - 1) * PAGE : page * PAGE]]
    return visit.page("people.html", visit.say("people"), figures=figures, count=len(known), page=page, pages=max(-(-len(known) // PAGE), 1))


def show(visit: Visit) -> Response:
    """One of them: names, kin, entries and reports; where it is named, and what was decided."""
    entity = visit.board.known_as(visit.request.path_params["id"])
    if entity is None:
        raise HTTPException(404)
    return visit.page(
        "person.html",
        visit.quoter.plain(entity.name),
        entity=entity,
        kind=visit.words.say("kinds", entity.kind),
        one=visit.bench.figure(entity),
        decided=human.of_entity(visit, entity),
        namings=_namings(visit, entity),
        form=form_of(visit, judging.anchor_of(entity)) if entity.id in judging.namings(entity) else None,
    )


@dataclass(frozen=True, slots=True)
class Naming:
    """A report's naming of somebody: its words, where they stand, who published them, and where to say that it is somebody else."""

    said: Markup
    words: str
    publisher: Markup
    apart: str | None


def _namings(visit: Visit, entity: Entity) -> list[Naming]:
    """The first naming in each report."""
    known = list(judging.namings(entity).values())[:MOST]
    made = []
    for anchor in known:
        document = visit.room.document(visit.case, anchor.document)
        said = shown(document, Span(anchor.start, anchor.end), visit.look.masks, anchor.field)
        apart = to_judge(visit, anchor, do="different", **{"with": anchors.written(known[0])}) if anchor != known[0] else None
        words = visit.bench.to_place(anchor.document, anchor.field, anchor.start, anchor.end)
        made.append(Naming(visit.quoter.line(said), words, visit.quoter.line(document.publisher or document.label), apart))
    return made
