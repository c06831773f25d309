"""Leads: what the case leaves open, each gap with the words that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup
from starlette.responses import Response

from careo.collate.leads import Lead, LeadKind
from careo.model import EntityMention, Entry
from careo.present.dossier.quoting import visible
from careo.present.shown import shown
from careo.present.web.room import Visit

FIRST, PAGE, MOST = 5, 50, 12
"""Leads of a kind on the page of all kinds, and on its own; places of one lead that are told."""


@dataclass(frozen=True, slots=True)
class Open:
    """Something open: what it is called, where that leads, and the words that show it with their places."""

    name: Markup
    href: str
    words: tuple[tuple[Markup, str, Markup], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """The leads of one kind: how many in all, those on this page, and the address of all. `count` is None while they are looked for."""

    kind: str
    count: int | None
    leads: tuple[Open, ...]
    every: str


def show(visit: Visit) -> Response:
    """All kinds with their first leads; or all leads of the kind that the address asks for."""
    asked, page = visit.request.query_params.get("kind", ""), visit.asked_page
    if asked not in get_args(LeadKind):
        return visit.page(
            "leads.html", visit.say("leads"), kinds=[_kind(visit, one, 0, FIRST) for one in get_args(LeadKind)], only="", page=1, pages=1
        )
    kind = _kind(visit, asked, (page - 1) * PAGE, PAGE)
    return visit.page("leads.html", visit.say("leads"), kinds=[kind], only=asked, page=page, pages=max(-(-(kind.count or 0) // PAGE), 1))


def _kind(visit: Visit, kind: str, first: int, most: int) -> Kind:
    every = f"{visit.base}/leads?kind={kind}"
    if kind in visit.board.gaps:
        entries = visit.board.gaps[kind]
        return Kind(kind, len(entries), tuple(_entry(visit, one) for one in entries[first : first + most]), every)
    found = visit.room.leads()
    if found is None:
        return Kind(kind, None, (), every)
    chosen = [one for one in found if one.kind == kind]
    return Kind(kind, len(chosen), tuple(_lead(visit, one) for one in chosen[first : first + most]), every)


def _entry(visit: Visit, entry: Entry) -> Open:
    """An entry that lacks something: its words, what it is, and its date where it has one."""
    kind = visit.words.say("kinds", entry.kind)
    told = f"{kind} · {visit.bench.date(entry.when)}" if entry.when else kind
    return Open(visit.quoter.glimpse(entry.what, 160), visit.bench.to_entry(entry.id), ((Markup(), "", Markup(told)),))


def _lead(visit: Visit, lead: Lead) -> Open:
    words = _once(_words(visit, one) for one in lead.places[:MOST])
    if lead.id is None:
        name = Markup(visit.words.say("leads", lead.name)) if lead.kind == "media" else visit.quoter.line(lead.name)
        return Open(name, words[0][1], words)
    known = visit.board.known_as(lead.id)
    return Open(visit.quoter.line(known.name if known else lead.name), visit.bench.to_entity(known.id if known else lead.id), words)


def _once(found: Iterable[tuple[Markup, str, Markup]]) -> tuple[tuple[Markup, str, Markup], ...]:
    """The same words once, with all who have them."""
    first: dict[Markup, str] = {}
    who: dict[Markup, list[Markup]] = {}
    for said, href, publisher in found:
        first.setdefault(said, href)
        who.setdefault(said, []).append(publisher)
    return tuple((said, href, Markup("; ").join(dict.fromkeys(who[said]))) for said, href in first.items())


def _words(visit: Visit, place: EntityMention) -> tuple[Markup, str, Markup]:
    document = visit.room.document(visit.case, place.report)
    said = " ".join(shown(document, place.span, visit.look.masks, place.field).split())
    href = visit.bench.to_place(place.report, place.field, place.span.start, place.span.end)
    return visible(said if len(said) < 300 else said[:300] + " …"), href, visit.quoter.line(document.publisher or document.label)
