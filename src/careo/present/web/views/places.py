"""Places: where entries happened, as a list with a map beside it; and the names that stay open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from careo.model import Located, Spot
from careo.present.shown import located
from careo.present.there import around
from careo.present.web.atlas import TILES
from careo.present.web.board import folded
from careo.present.web.room import Visit

MOST = 500
"""Places that the list and the map show, those where most happened first; names that stay open, of each sort."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A place: its name, what it is and in what it lies, how that is known, how many entries and mentions; where its entries stand."""

    name: Markup
    told: Markup
    why: Markup
    counted: str
    href: str
    entries: int
    spot: Spot | None
    choices: tuple[Markup, ...] = ()


def listed(visit: Visit) -> Response:
    """All places of the case: decided ones with where they are, then names that may be several, then those that nobody knows."""
    known = [located(one, visit.look.masks) for one in visit.board.chronology.places]
    happened = visit.board.happened
    ordered = sorted(known, key=lambda one: (-happened[one.id], -len(one.mentions), folded(one.name)))
    sure = [one for one in ordered if one.spot]
    several = [one for one in ordered if not one.spot and one.candidates]
    unknown = [one for one in ordered if not one.spot and not one.candidates]
    return visit.page(
        "places.html",
        visit.say("places"),
        dots=_dots(visit, sure, happened),
        several=_dots(visit, several, happened),
        unknown=_dots(visit, unknown, happened),
        count=len(sure),
        more=max(len(sure) - MOST, 0),
        tiles=TILES if visit.room.atlas else None,
    )


def _dots(visit: Visit, found: Sequence[Located], happened: Counter[str]) -> list[Dot]:
    return [_dot(visit, one, happened[one.id]) for one in found[:MOST]]


def _dot(visit: Visit, one: Located, entries: int) -> Dot:
    query = urlencode({"place": one.names[0] if len(one.names) == 1 else one.name})
    counted = visit.say("place_counted", entries=entries, mentions=len(one.mentions), reports=one.reports)
    told = _told(visit, one.spot) if one.spot else Markup()
    why = visit.quoter.line(visit.words.told("reasons", one.why), 400)
    return Dot(visit.quoter.line(one.name), told, why, counted, f"{visit.base}/?{query}", entries, one.spot, tuple(_choices(visit, one.candidates)))


def _told(visit: Visit, spot: Spot) -> Markup:
    """What it is, in what it lies, and how exactly it is known where."""
    kind = visit.words.say("places", spot.kind)
    lies = visit.quoter.line(f"{kind}, {around(spot.within)}" if spot.within else kind)
    return Markup("{} <small>± {:g} km</small>").format(lies, spot.km)


def _choices(visit: Visit, candidates: Iterable[Spot]) -> Iterable[Markup]:
    for spot in candidates:
        yield Markup("{}, {}").format(visit.quoter.line(spot.name), _told(visit, spot))
