"""Search in the reports: passages with the words marked."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from starlette.responses import Response

from careo.errors import UsageError
from careo.model import Document, Field, Span
from careo.present.dossier.quoting import visible
from careo.present.shown import HIDDEN, words_of
from careo.present.web.room import Visit

MOST = 50
"""Passages that are shown."""
AROUND = 160
"""Characters around what was found."""


def show(visit: Visit) -> Response:
    """The form, and what it finds."""
    words = visit.request.query_params.get("q", "").strip()[:300]
    exact = visit.request.query_params.get("exact") == "1"
    problem, hits = "", []
    if words:
        try:
            hits = visit.case.search(words, exact=exact, limit=MOST)
        except UsageError as error:
            problem = visit.words.told("errors", str(error))
    found = []
    for hit in hits:
        document = visit.room.document(visit.case, hit.document)
        start, end = max(hit.passage.start, hit.span.start - AROUND), min(hit.passage.end, hit.span.end + AROUND)
        snippet = marked(visit, document, hit.field, Span(start, end), hit.words)
        href = visit.bench.to_place(document.id, hit.field, hit.span.start, hit.span.end)
        found.append((href, _source(visit, document), snippet, start > hit.passage.start, end < hit.passage.end, visit.bench.lang(document.language)))
    count = visit.say("passages_most", n=MOST) if len(found) == MOST else visit.say(f"passages_{'one' if len(found) == 1 else 'many'}", n=len(found))
    return visit.page("search.html", visit.say("search"), found_words=words, exact=exact, found=found, count=count, problem=problem)


def _source(visit: Visit, document: Document) -> Markup:
    report = visit.board.report.get(document.id)
    return Markup("{} · {}").format(visit.bench.called(document.id), visit.bench.dated(report) if report else "")


def marked(visit: Visit, document: Document, field: Field, window: Span, words: Sequence[Span]) -> Markup:
    """The words of a stretch with some of them marked. Each piece is escaped by itself, then marked; what is masked is hidden as a whole."""
    hidden = [span for span in visit.look.masks.hidden(document, field) if span.touches(window)]
    bare = [span for span in words if span.touches(window) and not any(span.touches(one) for one in hidden)]
    made, at = [], window.start
    for span, is_word in sorted([*((one, True) for one in bare), *((one, False) for one in hidden)]):
        made.append(visible(words_of(document, Span(at, max(at, span.start)), field)))
        made.append(Markup("<mark>{}</mark>").format(visible(words_of(document, span, field))) if is_word else visible(HIDDEN))
        at = max(at, span.end)
    return Markup("").join([*made, visible(words_of(document, Span(min(at, window.end), window.end), field))])
