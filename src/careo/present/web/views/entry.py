"""One entry with all that is said of it; and all accounts that cannot hold together, face to face."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from careo.model import Anchor, Entry, Evidence
from careo.present import judging
from careo.present.dossier.shapes import Stair, Versus
from careo.present.web import human
from careo.present.web.room import Visit
from careo.present.web.views.judging import form_of, to_judge

Shown = TypeVar("Shown", Versus, Stair)

PAGE = 25
MOST = 100
"""Words of an entry that are offered one by one."""


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
        parties=_parties(visit, entry),
        whole_of=[one for one in line.related if one[0] != bench.say("participants")],
        when=bench.capital(bench.date(entry.when)),
        conflicts=[_own(bench.versus("c", n, one)) for n, one in known.conflicts] if known else [],
        corrections=[_own(bench.versus("k", n, one)) for n, one in known.corrections] if known else [],
        tolls=[_own(bench.stair(n, one)) for n, one in known.tolls] if known else [],
        rejected=entry.id not in visit.board.order,
        decided=human.of_entry(visit, entry),
        form=form_of(visit, _anchor(visit, entry.evidence[0]), entry=entry.id) if entry.evidence else None,
        judge_words=[_word(visit, one) for one in entry.evidence[:MOST]],
        before=before,
        after=after,
    )


def _parties(visit: Visit, entry: Entry) -> list[tuple[str, list[tuple[Markup, str | None]]]]:
    """Who takes part, by role; a person or body of the case with the address of its page."""
    made = []
    for role in dict.fromkeys(party.role for party in entry.participants):
        known = {party.name: party.entity for party in reversed(entry.participants) if party.role == role}
        names = [(visit.quoter.line(name), visit.bench.to_entity(who) if who in visit.board.index.entity else None) for name, who in known.items()]
        made.append((visit.words.role(role, entry.status), names[::-1]))
    return made


def _own(shown: Shown) -> Shown:
    """Without the link to its entry: it stands on that page."""
    return replace(shown, about=None)


def _anchor(visit: Visit, evidence: Evidence) -> Anchor:
    return judging.told_at(evidence.report, evidence.field, evidence.trigger, visit.case.reading(evidence.report))


def _word(visit: Visit, evidence: Evidence) -> tuple[str, Markup, Markup]:
    """What one report says, to be decided on by itself. Which annotation it rests on is looked up when it is asked for."""
    anchor = Anchor(evidence.report, evidence.field, "events", evidence.trigger.start, evidence.trigger.end)
    return to_judge(visit, anchor), visit.quoter.glimpse(evidence.exact, 90), visit.quoter.line(evidence.publisher or "")


def _neighbours(visit: Visit, entry: Entry) -> tuple[str | None, str | None]:
    """The addresses of the entries before and after, in order of time."""
    at = visit.board.order.get(entry.id)
    if at is None:
        return None, None
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
