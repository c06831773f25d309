"""The people, bodies and places that reports name; and one of them with what it takes part in."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from careo.present.web.room import Visit

PAGE = 100


def listed(visit: Visit) -> Response:
    """All that are named, the most named first."""
    known, page = visit.board.by_mentions, visit.asked_page
    figures = [(visit.bench.to_entity(one.id), visit.bench.figure(one)) for one in known[(page - 1) * PAGE : page * PAGE]]
    return visit.page("people.html", visit.say("people"), figures=figures, count=len(known), page=page, pages=max(-(-len(known) // PAGE), 1))


def show(visit: Visit) -> Response:
    """One of them: names, kin, entries and reports."""
    entity = visit.board.index.entity.get(visit.request.path_params["id"])
    if entity is None:
        raise HTTPException(404)
    title = visit.quoter.plain(entity.name)
    return visit.page("person.html", title, entity=entity, kind=visit.words.say("kinds", entity.kind), one=visit.bench.figure(entity))
