"""One entry with all that is said of it; and all accounts that cannot hold together, face to face."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from careo.model import Entry
from careo.present.web.room import Visit

PAGE = 25


def show(visit: Visit) -> Response:
    """Who says what, grouped by origin; its conflicts, corrections and tolls."""
    entry = visit.board.index.entry.get(visit.request.path_params["id"])
    if entry is None:
        raise HTTPException(404)
    bench = visit.bench
    line = bench.line(entry)
    known = bench.index.about.get(entry.id)
    before, after = _neighbours(visit, entry)
    return visit.page(
        "entry.html",
        f"{line.kind}, {bench.date(entry.when)}",
        entry=entry,
        line=line,
        when=bench.capital(bench.date(entry.when)),
        conflicts=[bench.versus("c", n, one) for n, one in known.conflicts] if known else [],
        corrections=[bench.versus("k", n, one) for n, one in known.corrections] if known else [],
        tolls=[bench.stair(n, one) for n, one in known.tolls] if known else [],
        before=before,
        after=after,
    )


def _neighbours(visit: Visit, entry: Entry) -> tuple[str | None, str | None]:
    """The addresses of the entries before and after, in order of time."""
    at = visit.board.order[entry.id]
    entries, to = visit.board.entries, visit.bench.to_entry
    return to(entries[at - 1].id) if at else None, to(entries[at + 1].id) if at + 1 < len(entries) else None


def disputes(visit: Visit) -> Response:
    """All conflicts and corrections."""
    page = visit.asked_page
    bench, first = visit.bench, (page - 1) * PAGE
    conflicts, corrections = bench.chronology.conflicts, bench.chronology.corrections
    return visit.page(
        "disputes.html",
        bench.say("conflicts"),
        conflicts=[bench.versus("c", n, one) for n, one in enumerate(conflicts, 1)][first : first + PAGE],
        corrections=[bench.versus("k", n, one) for n, one in enumerate(corrections, 1)][first : first + PAGE],
        page=page,
        pages=max(-(-max(len(conflicts), len(corrections)) // PAGE), 1),
    )
