"""Deciding: same or different, accept, reject, correct, hide, note; taken back by one key; and all that was decided so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response

from careo.errors import UsageError
from careo.model import Anchor, Document, Judgement, Span
from careo.present import judging
from careo.present.dossier.quoting import visible
from careo.present.edge import now
from careo.present.lookup import SeveralFitError
from careo.present.shown import ENTITY, shown
from careo.present.web import anchors, human
from careo.present.web.layers import notes
from careo.present.web.room import AUTHOR, SAID, Visit, keep
from careo.present.web.views.beside import back
from careo.store.case import Case

PAGE = 50
AROUND = 400
"""Characters around the words that a decision is about."""

PATIENCE = 60.0
"""Seconds to wait while another process writes: what somebody has thought over must not be refused because reports come in."""

SAID_FOR = 60
"""Seconds for which pages tell of the decision that was just made."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be decided: the kind of judgement, its verdict («» for a value that is typed), the property of its anchor."""

    kind: judging.JudgementKind
    verdict: str
    property: str | None = None


OFFERS: Mapping[str, Offer] = {
    "same": Offer("link", "SAME"),
    "different": Offer("link", "DIFFERENT"),
    "accept": Offer("claim", "ACCEPT"),
    "reject": Offer("claim", "REJECT"),
    "correct": Offer("correction", ""),
    "hide": Offer("mask", "HIDE"),
    "hide_all": Offer("mask", "HIDE", ENTITY),
    "note": Offer("note", "NOTE"),
}

PERSON, HAPPENING, TOLD, FIGURE, WORDS, REPORT = (
    ("same", "different", "correct", "hide_all", "note"),
    ("accept", "reject", "correct", "same", "different", "note"),
    ("accept", "reject", "correct", "note"),
    ("accept", "reject", "correct", "note"),
    ("accept", "reject", "correct", "hide", "note"),
    ("note",),
)
"""What is offered for a person, for what happened, for what was said, for a figure, for other words, for a report."""

PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "events": ("when", "where", "agent", "patient", "kind"),
    "quotations": ("when", "agent"),
    "quantities": ("figure",),
    "chains": ("name",),
    "mentions": ("name", "kind"),
    "timexes": ("when",),
}
"""What can be corrected of an annotation of a layer."""


def offered(layer: str) -> tuple[str, ...]:
    """What can be decided on an annotation of `layer`."""
    return {"chains": PERSON, "events": HAPPENING, "quotations": TOLD, "quantities": FIGURE, "document": REPORT}.get(layer, WORDS)


def form_of(visit: Visit, anchor: Anchor, *, chosen: str = "", other: str = "", entry: str = "") -> dict[str, Any]:
    """What the form of an anchor is made of. `chosen` is offered first; `other` is whom a link leads to; of an `entry` all is decided on at once."""
    return {
        "entry": entry,
        "left": anchors.written(anchor),
        "offers": offered(anchor.layer),
        "chosen": chosen,
        "other": other,
        "properties": PROPERTIES.get(anchor.layer, ()),
        "people": _names(visit) if anchor.layer == "chains" else (),
    }


def _names(visit: Visit) -> tuple[str, ...]:
    """Names to choose from; one that several have comes with its id."""
    found = [(visit.quoter.plain(one.name), one.id) for one in visit.board.by_mentions[:400]]
    names = [name for name, _ in found]
    return tuple(name if names.count(name) == 1 else f"{name} ({ident})" for name, ident in found)


# ---------------------------------------------------------------- pages


def ask(visit: Visit) -> Response:
    """The words at an anchor, what was read there, what was decided on them, and the form."""
    query = visit.request.query_params
    anchor = anchors.read(query.get("on", ""))
    if anchor is None:
        raise HTTPException(404)
    try:
        document = visit.room.document(visit.case, anchor.document)
    except UsageError as error:
        raise HTTPException(404) from error
    anchor = _resolved(visit, anchor)
    chosen = query.get("do", "") if query.get("do") in OFFERS else ""
    return visit.page(
        "judge.html",
        visit.say("decide"),
        form=form_of(visit, anchor, chosen=chosen, other=query.get("with", "")[:200]),
        **_asked(visit, anchor, document),
    )


def _resolved(visit: Visit, anchor: Anchor) -> Anchor:
    """A link to what an entry rests on names its trigger: where that is no event, it is the cue of a quotation, or a figure."""
    if anchor.layer != "events":
        return anchor
    return judging.told_at(anchor.document, anchor.field, Span(anchor.start, anchor.end), visit.case.reading(anchor.document))


def _asked(visit: Visit, anchor: Anchor, document: Document) -> dict[str, Any]:
    reading = visit.case.reading(document.id)
    found = anchors.record(anchor, reading)
    span = Span(anchor.start, anchor.end)
    layers = reading.layers if reading and anchor.field == "text" else reading.title if reading else None
    read = next((one for one in notes(layers, visit.words, shown=[anchor.layer]) if span in one.spans), None) if layers and found else None
    first, at, last = _around(visit, anchor, document)
    other = anchors.read(visit.request.query_params.get("with", ""))
    hidden = bool(visit.look.masks.over(anchor.document, anchor.field, span))
    return {
        "anchor": anchor,
        "words_before": first,
        "words_at": at,
        "words_after": last,
        "beside": _beside(visit, other) if other else None,
        "source": visit.bench.to_place(document.id, anchor.field, anchor.start, anchor.end) if anchor.end else visit.bench.to_report(document.id),
        "report": visit.quoter.title(document),
        "publisher": visit.quoter.line(document.publisher or ""),
        "read": [(visit.words.find("notes", label) or visit.words.say("roles", label), visit.quoter.line(text)) for label, text in read.says]
        if read and not hidden
        else [],
        "decisions_made": human.over(visit, [(anchor.document, anchor.field, span)])
        if anchor.layer != "document"
        else human.of_report(visit, document.id),
    }


def _beside(visit: Visit, anchor: Anchor) -> tuple[Any, Any, Any, Any] | None:
    """The words around the other end of a link, and who published them; None where its report is gone."""
    try:
        document = visit.room.document(visit.case, anchor.document)
    except UsageError:
        return None
    return (*_around(visit, anchor, document), visit.quoter.line(document.publisher or document.label))


def _around(visit: Visit, anchor: Anchor, document: Document) -> tuple[Any, Any, Any]:
    """The words before the anchor, at it, and after it."""
    text = anchors.text_of(anchor, document)
    start, end = min(anchor.start, len(text)), min(anchor.end, len(text))
    spans = (Span(max(0, start - AROUND // 2), start), Span(start, end), Span(end, min(len(text), end + AROUND // 2)))
    first, at, last = (visible(shown(document, one, visit.look.masks, anchor.field)) for one in spans)
    return first, at, last


def history(visit: Visit) -> Response:
    """All that people decided, the last first; what was undone stays."""
    every, undone, page = human.history(visit), human.undone(visit), visit.asked_page
    chosen = [human.told(visit, one, undone.get(one.number), count) for one, count in every[(page - 1) * PAGE : page * PAGE]]
    rejected = [(visit.bench.to_entry(one.id), visit.quoter.glimpse(one.what, 140)) for one in visit.board.chronology.rejected[:PAGE]]
    return visit.page(
        "judgements.html",
        visit.say("decisions"),
        rejected=rejected if page == 1 else [],
        chosen=chosen,
        count=len(every),
        page=page,
        pages=max(-(-len(every) // PAGE), 1),
    )


# ---------------------------------------------------------------- what changes something


def judge(visit: Visit, form: FormData) -> Response:
    """Write a decision down, conclude anew, and go back to the page it was made on."""
    given = {name: str(form.get(name, "")).strip() for name in ("left", "do", "value", "property", "other", "because", "by", "entry")}
    anchor, offer = anchors.read(given["left"]), OFFERS.get(given["do"])
    if anchor is None or offer is None:
        raise HTTPException(400)
    if missing := _missing(given):
        return _again(visit, form, given, problem=visit.words.say("decide", missing))
    try:
        made = _decided(visit, anchor, offer, given)
    except SeveralFitError as error:
        return _again(visit, form, given, several=[(one.id, visit.quoter.plain(one.name)) for one in error.things[:50]])
    except UsageError as error:
        return _again(
            visit, form, given, problem=visit.words.say("decide", "no_such_person") if given["other"] else visit.words.told("errors", str(error))
        )
    return _done(visit, form, made, given["by"])


def _missing(given: Mapping[str, str]) -> str:
    """The text that says what the form lacks; empty where it is whole."""
    needed = {"because": "no_reason", "by": "no_author"}
    if given["do"] in ("same", "different"):
        needed["other"] = "no_other"
    if given["do"] == "correct":
        needed["value"] = "no_value"
    return next((text for name, text in needed.items() if not given[name]), "")


def _decided(visit: Visit, anchor: Anchor, offer: Offer, given: Mapping[str, str]) -> Judgement:
    """The judgement, or of those on all words of an entry the last."""
    of = given["property"] if offer.kind == "correction" else offer.property or ""
    right = _other(visit, anchor, given["other"]) if offer.kind == "link" else None
    entry = visit.board.index.entry.get(given["entry"]) if offer.kind in ("claim", "correction") else None
    told = judging.statements(entry, visit.case) if entry else ()
    at, verdict = now(), offer.verdict or given["value"]
    with Case.open(visit.room.path, patience=PATIENCE) as case:
        for one in (*(place for place in dict.fromkeys(told) if place != anchor), anchor):
            left = Anchor(one.document, one.field, one.layer, one.start, one.end, of[:40])
            made = judging.decide(case, offer.kind, left, verdict, given["because"], given["by"], at, right)
    return made


def _other(visit: Visit, anchor: Anchor, wanted: str) -> Anchor:
    """What a link leads to: an anchor, the id of an entry or of a person, or a name that fits only one."""
    known = anchors.read(wanted)
    if known:
        return known
    if anchor.layer == "events":
        told = judging.statements(judging.entry_meant(wanted, visit.board.chronology), visit.case)
        return next((one for one in told if one.layer == anchor.layer), told[0])
    name, _, rest = wanted.rpartition(" (")
    return judging.meant(rest[:-1] if name and rest.endswith(")") else wanted, visit.board.chronology)[1]


def undo(visit: Visit, form: FormData) -> Response:
    """Take a decision back: the one that the form names."""
    number, by = str(form.get("number", "")), str(form.get("by", "")).strip() or visit.author
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise HTTPException(400)
    if not by:
        return _again(visit, form, {"number": number, "by": ""}, problem=visit.words.say("decide", "no_author"))
    try:
        with Case.open(visit.room.path, patience=PATIENCE) as case:
            made = judging.undo_stroke(case, int(number), str(form.get("because", "")), by, now())[-1]
    except UsageError:
        # Somebody was faster: it does not stand any more.
        return back(visit, form)
    return _done(visit, form, made, by)


def _again(visit: Visit, form: FormData, given: Mapping[str, str], *, problem: str = "", several: list[tuple[str, str]] | None = None) -> Response:
    """The form once more, with what was typed and what it lacks."""
    kept = (
        dict.fromkeys(("left", "do", "property", "value", "other", "because", "by", "number", "entry"), "")
        | dict(given)
        | {"back": str(form.get("back", ""))}
    )
    return visit.page("judge_again.html", visit.say("decide"), status=422, problem=problem, several=several or [], kept=kept)


def _done(visit: Visit, form: FormData, made: Judgement, by: str) -> Response:
    visit.room.errands.conclude()
    visit.room.errands.rest(0.7)
    response = back(visit, form)
    keep(response, AUTHOR, quote(by), visit.base)
    keep(response, SAID, str(made.number), visit.base, seconds=SAID_FOR)
    return response


def to_judge(visit: Visit, anchor: Anchor, **more: str) -> str:
    """The address where an anchor is decided on."""
    return f"{visit.base}/judge?{urlencode({'on': anchors.written(anchor), **more})}"
