"""The reports; one report with what was read in it; and the bytes that it came from, as text."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from careo.errors import UsageError
from careo.model import Anchor, Document, Field, Layers, Reading, Report, Span
from careo.present.dossier.quoting import visible
from careo.present.web import anchors, human
from careo.present.web.layers import LAYERS, Note, notes, pieces
from careo.present.web.room import Visit
from careo.present.web.views.judging import to_judge
from careo.read.languages import language, languages
from careo.rules.notation import Rule

PAGE = 50
LONGEST = 200_000
"""Characters of a capture on one page."""
DEFAULT = tuple(name for name in LAYERS if name not in ("accusations", "media"))


def listed(visit: Visit) -> Response:
    """All reports in order of their dates; the unread and the failed too."""
    page = visit.asked_page
    known = visit.bench.reports
    chosen = known[(page - 1) * PAGE : page * PAGE]
    failures = list(visit.case.failures())
    return visit.page(
        "reports.html",
        visit.bench.say("reports"),
        papers=[(visit.bench.to_report(one.document.id), visit.bench.paper(_whole(visit, one)), one.reading is None) for one in chosen],
        failures=[
            (visit.quoter.line(one.where), visit.words.say("stages", one.stage), visit.quoter.line(visit.words.told("errors", one.error)))
            for one in failures[:200]
        ],
        failed=len(failures),
        count=len(known),
        page=page,
        pages=max(-(-len(known) // PAGE), 1),
    )


def _whole(visit: Visit, outline: Report) -> Report:
    """With its text, which says whether something in it is masked."""
    return Report(visit.room.document(visit.case, outline.document.id), outline.reading, outline.sightings)


def show(visit: Visit) -> Response:
    """A report with its annotations highlighted."""
    outline, document, reading = _of(visit)
    layers = _asked_layers(visit)
    title, text = (reading.title or Layers(), reading.layers) if reading else (Layers(), Layers())
    field, span = _asked_words(visit, document)
    known = notes(text, visit.words, shown=layers)
    return visit.page(
        "report.html",
        visit.quoter.plain(document.title or document.label),
        paper=visit.bench.paper(outline),
        document=document,
        unread=reading is None,
        heading=list(pieces(document, "title", notes(title, visit.words, shown=()), visit.quoter, span if field == "title" else None)),
        pieces=list(
            pieces(document, "text", known, visit.quoter, span if field == "text" else None, human.decided_spans(visit, document.id, "text"))
        ),
        decided=human.of_report(visit, document.id),
        note_href=to_judge(visit, anchors.whole(document.id)),
        notes=[_told(visit, document, one) for one in known],
        layers=[(name, name in layers, len(getattr(text, name))) for name in LAYERS],
        people=_people(visit, document.id),
        entries=_entries(visit, document.id),
    )


def _of(visit: Visit) -> tuple[Report, Document, Reading | None]:
    ident = visit.request.path_params["id"]
    try:
        document = visit.room.document(visit.case, ident)
    except UsageError as error:
        raise HTTPException(404) from error
    if document.parent:
        raise HTTPException(404)
    reading = visit.case.reading(ident)
    return Report(document, reading, visit.case.capture(document.capture).sightings), document, reading


def _asked_layers(visit: Visit) -> tuple[str, ...]:
    asked = visit.request.query_params.getlist("layer")
    return tuple(name for name in LAYERS if name in asked) if asked else DEFAULT


def _asked_words(visit: Visit, document: Document) -> tuple[Field, Span | None]:
    """The words that the address points at: `text-12-40`."""
    name, _, place = visit.request.query_params.get("at", "").partition("-")
    start, _, end = place.partition("-")
    field: Field = "title" if name == "title" else "text"
    length = len(document.text if field == "text" else document.title or "")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and len(end) < 10 and int(start) < int(end) <= length):
        return field, None
    return field, Span(int(start), int(end))


def _told(visit: Visit, document: Document, note: Note) -> dict[str, Any]:
    """A note as it is explained: its words, what it says, and the rule with one of its examples."""
    words = " … ".join(visit.quoter.plain(span.of(document.text)) for span in note.spans)
    hidden = any(visit.look.masks.over(document.id, "text", span) for span in note.spans)
    rule = _rule(document.language, note.rule)
    example = next((one.text for one in rule.examples if one.kind == "examples"), "") if rule else ""
    return {
        "note": note,
        "words": visit.quoter.line("▒▒▒" if hidden else words),
        "says": () if hidden else tuple((_label(visit, label), visit.quoter.line(text)) for label, text in note.says),
        "where": rule.where if rule else "",
        "example": example,
        "judge": to_judge(visit, Anchor(document.id, "text", note.layer, note.anchor.start, note.anchor.end)),
    }


def _label(visit: Visit, label: str) -> str:
    return visit.words.find("notes", label) or visit.words.say("roles", label)


def _rule(code: str | None, name: str) -> Rule | None:
    """The rule of that name in the present rule files; None for one that stands in code, or was taken out since."""
    if code not in languages():
        return None
    known = _RULES.get(code) or _RULES.setdefault(code, {rule.name: rule for rule in language(code).rules()})
    return known.get(name)


_RULES: dict[str, dict[str, Rule]] = {}


def _people(visit: Visit, report: str) -> list[tuple[str, Markup]]:
    found = [visit.board.index.entity[one] for one in visit.board.people_of_report.get(report, ())]
    return [(visit.bench.to_entity(one.id), visit.quoter.line(one.name)) for one in sorted(found, key=lambda one: one.name)]


def _entries(visit: Visit, report: str) -> list[tuple[str, str, Markup]]:
    found = visit.board.entries_of_report.get(report, ())
    return [(visit.bench.to_entry(one.id), visit.bench.date(one.when), visit.quoter.glimpse(one.what, 90)) for one in found]


def capture(visit: Visit) -> Response:
    """The bytes as they came, decoded and shown as text: nothing in them is run, and nothing is fetched for them."""
    outline, document, _ = _of(visit)
    paper = visit.bench.paper(outline)
    found = visit.case.capture(document.capture)
    text = found.content.decode("utf-8", "replace")
    return visit.page(
        "capture.html",
        visit.say("capture"),
        paper=paper,
        document=document,
        media_type=found.media_type,
        size=len(found.content),
        content=None if paper.hidden else visible(text[:LONGEST]),
        cut=len(text) > LONGEST,
    )
