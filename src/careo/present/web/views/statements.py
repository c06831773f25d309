"""What was said: each statement once, with every report's telling of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.responses import Response

from careo.model import Entity, Statement, Variant
from careo.present.web.board import folded
from careo.present.web.room import Visit

PAGE = 25


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's telling: its words, how it tells them, where they stand, who published them and when. `first`, `fullest`: of all tellings."""

    words: Markup
    manner: str
    href: str
    publisher: Markup
    published: str
    first: bool
    fullest: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: who said it (with the address of their page), the fullest telling, all others, and how many tell it."""

    anchor: str
    speaker: Markup | None
    person: str | None
    fullest: Telling
    others: tuple[Telling, ...]
    told: str


def listed(visit: Visit) -> Response:
    """The statements in order of time; of one speaker, or with some words, where the address asks for that."""
    query = visit.request.query_params
    person, words = query.get("person", "")[:64], query.get("q", "").strip()[:200]
    chosen, page = _chosen(visit, person, words), visit.asked_page
    speaker = visit.board.known_as(person) if person else None
    return visit.page(
        "statements.html",
        visit.say("statements"),
        statements=told(visit, chosen[(page - 1) * PAGE : page * PAGE]),
        count=len(chosen),
        speakers=[(one.id, f"{visit.quoter.plain(one.name)} ({count})") for one, count in visit.board.speakers[:150]],
        person=speaker.id if speaker else "",
        asked_words=words,
        page=page,
        pages=max(-(-len(chosen) // PAGE), 1),
    )


def _chosen(visit: Visit, person: str, words: str) -> Sequence[Statement]:
    known = visit.board.known_as(person) if person else None
    of_them = visit.board.said_by.get(known.id, ()) if known else visit.board.chronology.quotations
    wanted = [_loosely(word) for word in folded(words).split()]
    return [one for one in of_them if all(word.search(one.fullest.evidence.exact) for word in wanted)] if wanted else of_them


def _loosely(word: str) -> re.Pattern[str]:
    """A folded word in any case and with any accents: sooner than folding all that was ever said."""
    return re.compile("".join(_ACCENTED.get(sign, re.escape(sign)) for sign in word), re.IGNORECASE)


_ACCENTED = {"a": "[aáàâäã]", "e": "[eéèêë]", "i": "[iíìîï]", "o": "[oóòôöõ]", "u": "[uúùûü]", "c": "[cç]"}


def told(visit: Visit, statements: Iterable[Statement]) -> list[Said]:
    """Statements as they are shown."""
    return [_said(visit, one) for one in statements]


def _said(visit: Visit, one: Statement) -> Said:
    entity: Entity | None = visit.board.index.entity.get(one.entity or "")
    return Said(
        anchor=f"q-{one.id}" if one.id.isalnum() else "",
        speaker=visit.quoter.line(one.speaker) if one.speaker else None,
        person=visit.bench.to_entity(entity.id) if entity else None,
        fullest=_telling(visit, one, one.fullest),
        others=tuple(_telling(visit, one, variant) for variant in one.variants if variant != one.fullest),
        told=visit.bench.told(one.origins, one.reports),
    )


def _telling(visit: Visit, statement: Statement, variant: Variant) -> Telling:
    saying = visit.bench.saying(variant.evidence, said=set(), context=False)
    return Telling(
        words=saying.words or Markup(),
        manner=visit.words.say("manners", variant.manner),
        href=saying.report,
        publisher=saying.publisher,
        published=saying.published,
        first=variant == statement.first and len(statement.variants) > 1,
        fullest=variant == statement.fullest and len(statement.variants) > 1,
    )
