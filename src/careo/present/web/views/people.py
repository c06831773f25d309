"""The people, bodies and places that reports name; and one of them with what it takes part in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from careo.collate.clusters import MACHINE
from careo.model import Anchor, Entity, Entry, Kind, Link, Span
from careo.present import judging
from careo.present.shown import shown
from careo.present.web import anchors, human
from careo.present.web.accused import accusations
from careo.present.web.room import Visit
from careo.present.web.views.judging import form_of, to_judge
from careo.present.web.views.statements import told

PAGE = 100
MOST, SAID = 60, 10
"""Namings and reports of one person that are listed; things that it said, and entries that name it."""


def listed(visit: Visit) -> Response:
    """All that are named, the most named first."""
    kind, page = visit.request.query_params.get("kind", ""), visit.asked_page
    every = visit.board.by_mentions
    counts = Counter(one.kind for one in every)
    known = [one for one in every if one.kind == kind] if kind in counts else every
    kinds = [("", visit.say("everybody"), len(every)), *((one, visit.words.say("kinds", one), counts[one]) for one in get_args(Kind) if counts[one])]
    figures = [(visit.bench.to_entity(one.id), visit.bench.figure(one)) for one in known[(page - 1) * PAGE : page * PAGE]]
    return visit.page(
        "people.html",
        visit.say("people"),
        figures=figures,
        kinds=kinds,
        kind=kind if kind in counts else "",
        questions=len(visit.board.chronology.questions) + len(visit.board.doubts),
        count=len(known),
        page=page,
        pages=max(-(-len(known) // PAGE), 1),
    )


def show(visit: Visit) -> Response:
    """One of them: names, kin, entries and reports; where it is named, and what was decided."""
    entity = visit.board.known_as(visit.request.path_params["id"])
    if entity is None:
        raise HTTPException(404)
    bench, (against, by) = visit.bench, accusations(visit, entity)
    takes = {one.id for one in visit.board.index.taken.get(entity.id, ())}
    named = [one for one in visit.board.entries_of.get(entity.id, ()) if one.id not in takes]
    return visit.page(
        "person.html",
        visit.quoter.plain(entity.name),
        entity=entity,
        kind=visit.words.say("kinds", entity.kind),
        one=visit.bench.figure(entity),
        decided=human.of_entity(visit, entity),
        namings=_namings(visit, entity),
        form=form_of(visit, judging.anchor_of(entity)) if entity.id in judging.namings(entity) else None,
        statements=told(visit, visit.board.said_by.get(entity.id, ())[:SAID]),
        said=len(visit.board.said_by.get(entity.id, ())),
        accused=against,
        accuses=by,
        named=[(bench.date(one.when), bench.to_entry(one.id), visit.quoter.glimpse(one.what, 120), one.status) for one in named[:SAID]],
        named_count=len(named),
        links=[_link(visit, one, entity) for one in visit.board.links_of.get(entity.id, ())[:MOST]],
    )


@dataclass(frozen=True, slots=True)
class Linked:
    """Why two namings are one, or may be: their words, the reason, who says so; for what is open, and for the other person, where they lead."""

    left: Markup
    right: Markup
    verdict: str
    why: Markup
    by: Markup | None
    other: str | None
    judge: tuple[str, str] | None


def _link(visit: Visit, link: Link, entity: Entity | None = None) -> Linked:
    sides = visit.board.ends(link)
    other = next((one for one in sides if one and entity and one.id != entity.id), None)
    by_machine = link.by == MACHINE
    return Linked(
        left=_words(visit, link.left),
        right=_words(visit, link.right),
        verdict=link.judgement,
        why=visit.quoter.line(judging.reason(link, visit.words) if by_machine else link.why, 400),
        by=None if by_machine else visit.quoter.line(link.by),
        other=visit.bench.to_entity(other.id) if other else None,
        judge=_ways(visit, link) if link.judgement == "UNSURE" else None,
    )


def _ways(visit: Visit, link: Link) -> tuple[str, str]:
    """Where to say that the two are one, and that they are not."""
    same, different = (to_judge(visit, link.left, do=do, **{"with": anchors.written(link.right)}) for do in ("same", "different"))
    return same, different


def _words(visit: Visit, anchor: Anchor) -> Markup:
    document = visit.room.document(visit.case, anchor.document)
    said = shown(document, Span(anchor.start, anchor.end), visit.look.masks, anchor.field)
    return Markup("{} <small>{}</small>").format(visit.quoter.line(said), visit.quoter.line(document.publisher or document.label))


def questions(visit: Visit) -> Response:
    """Pairs that may be one, the likeliest first: for a person to decide."""
    people, doubts, page = visit.board.chronology.questions, visit.board.doubts, visit.asked_page
    chosen = slice((page - 1) * PAGE, page * PAGE)
    return visit.page(
        "questions.html",
        visit.say("questions"),
        pairs=[_link(visit, one) for one in people[chosen]],
        doubts=[_doubt(visit, *one) for one in doubts[chosen]],
        people_count=len(people),
        doubts_count=len(doubts),
        count=len(people) + len(doubts),
        page=page,
        pages=max(-(-max(len(people), len(doubts)) // PAGE), 1),
    )


def _doubt(visit: Visit, left: Entry, right: Entry, link: Link) -> Linked:
    return Linked(
        left=_happening(visit, left),
        right=_happening(visit, right),
        verdict=link.judgement,
        why=visit.quoter.line(judging.reason(link, visit.words), 400),
        by=None,
        other=None,
        judge=_ways(visit, link),
    )


def _happening(visit: Visit, entry: Entry) -> Markup:
    """An entry in a line, which leads to it."""
    date = visit.bench.date(entry.when) if entry.when else ""
    return Markup('<a href="{}">{}</a> <small>{}</small>').format(visit.bench.to_entry(entry.id), visit.quoter.glimpse(entry.what, 140), date)


@dataclass(frozen=True, slots=True)
class Naming:
    """A report's naming of somebody: its words, where they stand, the report's title and publisher, and where to say that it is somebody else."""

    said: Markup
    words: str
    title: Markup
    publisher: Markup
    apart: str | None


def _namings(visit: Visit, entity: Entity) -> list[Naming]:
    """Its namings by report, as many as are listed."""
    known = list(judging.namings(entity).values())[:MOST] or _first_of_each(entity)
    return [_naming(visit, anchor, known[0]) for anchor in known]


def _first_of_each(entity: Entity) -> list[Anchor]:
    first = {one.report: Anchor(one.report, one.field, "chains", one.span.start, one.span.end) for one in reversed(entity.mentions)}
    return sorted(first.values())[:MOST]


def _naming(visit: Visit, anchor: Anchor, first: Anchor) -> Naming:
    document = visit.room.document(visit.case, anchor.document)
    said = shown(document, Span(anchor.start, anchor.end), visit.look.masks, anchor.field)
    return Naming(
        said=visit.quoter.line(said),
        words=visit.bench.to_place(anchor.document, anchor.field, anchor.start, anchor.end),
        title=visit.quoter.title(document),
        publisher=visit.quoter.line(document.publisher or document.label),
        apart=to_judge(visit, anchor, do="different", **{"with": anchors.written(first)}) if anchor != first else None,
    )
