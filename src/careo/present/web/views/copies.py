"""Copies: families of reports that carry one dispatch and count once; and two of a family side by side, what they share marked."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from careo.collate import copies
from careo.model import Copy, Document, Family, Span
from careo.present.web.room import Visit
from careo.present.web.views.search import marked

PAGE = 25
LONGEST = 60_000
"""Characters of a report that is compared on a page."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A report of a family: its title, who published it and when, how much of its words is shared, and where both stand side by side."""

    title: Markup
    lang: str | None
    publisher: Markup
    date: str
    href: str
    share: int
    beside: str | None


def listed(visit: Visit) -> Response:
    """All families, the largest first."""
    every = sorted(visit.board.chronology.copies, key=lambda one: (-len(one.reports), one.family))
    page = visit.asked_page
    chosen = [
        (one.family, [_carrier(visit, one, copy) for copy in one.reports if copy.report in visit.board.report])
        for one in every[(page - 1) * PAGE : page * PAGE]
    ]
    reports = sum(len(one.reports) for one in every)
    return visit.page(
        "copies.html", visit.say("copies"), families=chosen, count=len(every), reports=reports, page=page, pages=max(-(-len(every) // PAGE), 1)
    )


def _carrier(visit: Visit, family: Family, copy: Copy) -> Carrier:
    document, outline = visit.room.document(visit.case, copy.report), visit.board.report[copy.report]
    beside = f"{visit.base}/copies/{family.family}?with={copy.report}" if copy.report != family.origin else None
    return Carrier(
        title=visit.quoter.title(document),
        lang=visit.bench.lang(document.language),
        publisher=visit.quoter.line(document.publisher or document.label),
        date=visit.bench.dated(outline),
        href=visit.bench.to_report(document.id),
        share=round(copy.shared * 100),
        beside=beside,
    )


def beside(visit: Visit) -> Response:
    """The origin of a family and one of its copies, side by side."""
    wanted, other = visit.request.path_params["id"], visit.request.query_params.get("with", "")
    family = next((one for one in visit.board.chronology.copies if one.family == wanted), None)
    copy = next((one for one in family.reports if one.report == other), None) if family else None
    if family is None or copy is None or not {copy.report, family.origin} <= visit.board.report.keys():
        raise HTTPException(404)
    documents = [visit.room.document(visit.case, one) for one in (family.origin, copy.report)]
    left, right = (copies.words_of(one.text[:LONGEST]) for one in documents)
    found = copies.shared(left, right)
    sides = [
        (_carrier(visit, family, Copy(one.id, found.share)), _text(visit, one, spans))
        for one, spans in zip(documents, (found.left, found.right), strict=True)
    ]
    return visit.page("copies_beside.html", visit.say("copies_beside"), sides=sides, share=round(found.share * 100))


def _text(visit: Visit, document: Document, spans: tuple[Span, ...]) -> Markup:
    return marked(visit, document, "text", Span(0, min(len(document.text), LONGEST)), spans)
