"""`careo leads`: what the case leaves open, each gap with the words that show it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from careo import pipeline
from careo.collate.leads import Lead, leads
from careo.model import EntityMention
from careo.present import public
from careo.present.edge import Desk, Told
from careo.present.shown import Masks, hide, quoted, shown
from careo.present.text import Sheet, label_of, plain
from careo.run.local import Local
from careo.settings import Settings, settings
from careo.store.case import Case

APART = ("no_reply", "media", "not_located")
"""Kinds of leads that are of no entry, each under a heading of its own."""


@click.command("leads", cls=Told)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--format", "shape", type=click.Choice(("text", "jsonl")), default="text", show_default=True, help="The form of the output.")
@click.pass_context
def leads_of(ctx: click.Context, case: Path, shape: str) -> None:
    """Show what a case leaves open: accused not heard, entries without date, place or second origin, media it cites, places that stay open.

    Example: careo leads caso.careo
    """
    desk = Desk(settings(os.environ, processors=1, tongue=(ctx.find_object(Settings) or Settings()).tongue))
    with Case.open(case, read_only=True) as opened, opened.snapshot():
        if not opened.is_current:
            desk.tell("stale", case=opened.path)
        concluded = pipeline.concluded(opened, Local())
        masks = Masks(opened.masks(), concluded.entities, opened.document)
        concluded = hide(concluded, masks, opened.document)
        page = _Page(opened, masks, desk.sheet(), {entry.id: entry.kind for entry in (*concluded.entries, *concluded.undated)})
        found = leads(concluded, opened.reports())
        if shape == "jsonl":
            for lead in found:
                desk.write(public.encode(page.row(lead)))
        else:
            desk.show(page.lines(found))
        if not found:
            desk.tell("none_found")


class _Page:
    """Leads as lines and as JSON, with what is masked left out. `kinds`: of each entry by its id."""

    def __init__(self, case: Case, masks: Masks, sheet: Sheet, kinds: Mapping[str, str]) -> None:
        self.case, self.masks, self.sheet, self.kinds = case, masks, sheet, kinds
        self.label_of = label_of(case.document, masks)

    def lines(self, found: Sequence[Lead]) -> Iterator[Text]:
        """Who is not heard and what is cited, each under its heading; then the entries, each once with all that it lacks."""
        lacking: dict[str, list[Lead]] = {}
        for lead in found:
            if lead.kind not in APART:
                lacking.setdefault(lead.id or "", []).append(lead)
        for kind in APART:
            group = [lead for lead in found if lead.kind == kind]
            if group:
                yield self._heading(kind, len(group))
            for lead in group:
                yield from self._lead(lead, self._say(lead.name) if kind == "media" else self.masks.without_names(lead.name))
        if lacking:
            yield self._heading("entries", len(lacking))
        for group in lacking.values():
            what = self.sheet.words.say("kinds", self.kinds[group[0].id or ""])
            yield from self._lead(group[0], f"{what} [{', '.join(self._say(lead.kind) for lead in group)}]")

    def _heading(self, kind: str, number: int) -> Text:
        return Text(f"{self._say(f'{kind}_heading')}: {number}", style="bold")

    def _say(self, key: str) -> str:
        return self.sheet.words.say("leads", key)

    def _lead(self, lead: Lead, name: str) -> Iterator[Text]:
        """A lead with its words, the same words once with all who have them."""
        yield from self.sheet.indented([plain(name).append(f"  {lead.id or ''}", style="dim")])
        sources: dict[str, list[str]] = {}
        for place in lead.places:
            said, source = self._said(place)
            sources.setdefault(said, []).append(source)
        for said, who in sources.items():
            yield from self.sheet.indented([plain(quoted(said)), plain(f"— {'; '.join(dict.fromkeys(who))}", "dim")], 4)
        yield Text()

    def _said(self, place: EntityMention) -> tuple[str, str]:
        document = self.case.document(place.report)
        said = " ".join(shown(document, place.span, self.masks, place.field).split())
        return said, self.masks.without_names(document.publisher or "") or self.label_of(place.report)

    def row(self, lead: Lead) -> dict[str, Any]:
        """A lead as JSON: its words stand with their places."""
        places = [
            {"report": one.report, "field": one.field, "start": one.span.start, "end": one.span.end, "exact": self._said(one)[0]}
            for one in lead.places
        ]
        return {"format": 1, "kind": lead.kind, "id": lead.id, "name": self.masks.without_names(lead.name), "places": places}
