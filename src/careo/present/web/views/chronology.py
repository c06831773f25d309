"""The chronology: the picture of time, the filters, and the entries that fit them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup
from starlette.responses import Response

from careo.model import Entry
from careo.present.dossier.shapes import Line
from careo.present.web.asked import STATUSES, Asked
from careo.present.web.extent import Extent, held, written, written_end
from careo.present.web.pictures import Overview, Zoomed, overview, zoomed
from careo.present.web.room import Visit

PAGE = 50
"""Entries of a page."""
CHOICES = 150
"""People, places and publishers that a list offers, the most frequent; a link from elsewhere may ask for any."""


@dataclass(frozen=True, slots=True)
class Day:
    """Entries of one date, as far as they stand on this page."""

    when: str
    lines: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to filter by."""

    value: str
    name: str | Markup
    chosen: bool


def show(visit: Visit) -> Response:
    """The page, for all that its address asks."""
    asked = Asked.of(visit.request.query_params)
    chosen = asked.chosen(visit.board)
    pages = max(-(-len(chosen) // PAGE), 1)
    page = min(asked.page, pages)
    response = visit.page(
        "chronology.html",
        visit.say("chronology"),
        asked=asked,
        count=len(chosen),
        page=page,
        pages=pages,
        days=_days(visit, chosen[(page - 1) * PAGE : page * PAGE]),
        picture=_picture(visit, asked, chosen),
        choices=_choices(visit, asked),
        disputes=visit.bench.conflicts()[:3] if asked.is_empty and page == 1 else (),
        chips=_chips(visit, asked),
    )
    if "hx-request" in visit.request.headers:
        # The address that the browser shows has only the filters that are set.
        response.headers["hx-push-url"] = f"{visit.base}/?{asked.query()}".rstrip("?")
    return response


def _days(visit: Visit, entries: Sequence[Entry]) -> tuple[Day, ...]:
    bench = visit.bench
    return tuple(
        Day(bench.capital(bench.date(when)), tuple((bench.to_entry(one.id), bench.line(one, sayings=False)) for one in found))
        for when, found in groupby(entries, key=lambda one: one.when)
    )


def _picture(visit: Visit, asked: Asked, chosen: Sequence[Entry]) -> Overview | Zoomed | None:
    if asked.window is None:
        return overview(visit, asked, chosen)
    return zoomed(visit, asked, chosen)


def _choices(visit: Visit, asked: Asked) -> dict[str, tuple[Choice, ...]]:
    """What each filter offers."""
    board, words = visit.board, visit.words
    people = [(entity.id, f"{visit.quoter.plain(entity.name)} ({count})") for entity, count in board.people[:CHOICES]]
    if asked.person and asked.person not in dict(people) and asked.person in board.index.entity:
        people.append((asked.person, visit.quoter.plain(board.index.entity[asked.person].name)))
    offered = {
        "person": people,
        "place": [(key, f"{visit.quoter.plain(name)} ({count})") for key, name, count in board.places[:CHOICES]],
        "kind": [(kind, f"{words.say('kinds', kind)} ({count})") for kind, count in board.kinds],
        "status": [(one, f"{words.say('dossier_status', one)} ({board.statuses[one]})") for one in STATUSES if board.statuses.get(one)],
        "publisher": [(key, f"{visit.quoter.plain(name)} ({count})") for key, name, count in board.publishers[:CHOICES]],
        "origins": [(str(n), visit.say("origins_least", n=n)) for n in (2, 3, 5, 10)],
    }
    return {name: tuple(Choice(value, said, value == str(getattr(asked, name))) for value, said in found) for name, found in offered.items()}


def _chips(visit: Visit, asked: Asked) -> list[tuple[str, str]]:
    """The filters that are set: what each says, and the address without it."""
    names = {name: next((str(one.name) for one in found if one.chosen), "") for name, found in _choices(visit, asked).items()}
    within = asked.window
    said = [
        *((name, names[name] or str(getattr(asked, name))) for name in ("person", "place", "kind", "status", "publisher") if getattr(asked, name)),
        *([("origins", names["origins"] or str(asked.origins))] if asked.origins else []),
        *([("disputed", visit.say("disputed_only"))] if asked.disputed else []),
        *([("words", f"«{visit.quoter.plain(asked.words)}»")] if asked.words else []),
        *([("since", _stretch(visit, within))] if within else []),
    ]
    reset: dict[str, object] = {"origins": 0, "disputed": False}
    without = {"since": {"since": "", "until": ""}}
    return [(text, f"{visit.base}/?{asked.but(**without.get(name, {name: reset.get(name, '')})).query()}") for name, text in said]


def _stretch(visit: Visit, within: Extent) -> str:
    first, last = written(held(within).start), written_end(held(within).end)
    if first == last:
        return visit.bench.date(first)
    return visit.words.contracted(visit.say("from_to", first=visit.bench.on(first), last=visit.bench.on(last)))
