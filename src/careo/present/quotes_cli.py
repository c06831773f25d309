"""`careo quotes`: what somebody said in the reports of a case, about whom, and in which stance."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click
from rich.text import Text

from careo import pipeline
from careo.errors import UsageError
from careo.model import Chain, Chronology, Document, Entity, Field, Layers, Quotation, Report
from careo.present import lookup, public
from careo.present.edge import Desk, Told
from careo.present.shown import Masks, quoted, shown
from careo.present.text import Sheet, plain, thing_line
from careo.run.local import Local
from careo.settings import Settings, settings
from careo.store.case import Case
from careo.text import View, fold

STANCES = ("say", "deny", "ask", "order", "warn", "accuse", "threaten", "promise", "confirm", "admit")


class Said(NamedTuple):
    """A quotation with its report and the field that it stands in."""

    report: Document
    field: Field
    quotation: Quotation


@click.command(cls=Told)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--by", metavar="NAME", help="Only what this person or body says.")
@click.option("--about", metavar="NAME", help="Only words that name this person, body or thing.")
@click.option("--stance", type=click.Choice(STANCES), help="Only words that do this.")
@click.option("--format", "shape", type=click.Choice(("text", "jsonl")), default="text", show_default=True, help="The form of the output.")
@click.pass_context
def quotes(ctx: click.Context, case: Path, by: str | None, about: str | None, stance: str | None, shape: str) -> None:
    """Show who said what in the reports of a case, each with its report and place.

    Example: careo quotes caso.careo --by "Óscar Pérez" --stance accuse
    """
    desk = Desk(settings(os.environ, processors=1, tongue=(ctx.find_object(Settings) or Settings()).tongue))
    with Case.open(case, read_only=True) as opened, opened.snapshot():
        if not opened.is_current:
            desk.tell("stale", case=opened.path)
        chronology = pipeline.concluded(opened, Local())
        masks = Masks(opened.masks(), chronology.entities, opened.document)
        asked = _Asked(_who(by, chronology, desk, masks), _who(about, chronology, desk, masks), stance, masks)
        found = False
        for one in asked.among(opened.reports()):
            found = True
            if shape == "jsonl":
                desk.write(public.encode(_row(one, masks)))
            else:
                desk.show(_lines(one, desk.sheet(), masks))
        if not found:
            desk.tell("none_found")


class _Who(NamedTuple):
    """Somebody asked for: the folded name, and the person or body of the case that it fits, if one does."""

    name: str
    entity: Entity | None


def _who(name: str | None, chronology: Chronology, desk: Desk, masks: Masks) -> _Who | None:
    """Whom a name means. Raises SeveralFitError, its people listed first, where it fits several; what fits nobody is taken as words."""
    if name is None:
        return None
    people = [thing for thing in lookup.people(chronology) if masks.without_names(thing.name) == thing.name]
    try:
        record = lookup.one_of(name, people).record
    except lookup.SeveralFitError as error:
        desk.tell("several", wanted=name)
        for thing in error.things:
            desk.note(thing_line(thing, desk.words).plain)
        raise
    except UsageError:
        return _Who(_key(name), None)
    return _Who(_key(name), record if isinstance(record, Entity) else None)


def _key(words: str) -> str:
    return " ".join(fold(View(words).text).split())


class _Asked(NamedTuple):
    """What is asked for: None where anything will do. What is masked answers to no name."""

    by: _Who | None
    about: _Who | None
    stance: str | None
    masks: Masks

    def among(self, reports: Iterator[Report]) -> Iterator[Said]:
        """The quotations of the reports that fit, in order of the reports and of the text."""
        for report in reports:
            if report.reading is None:
                continue
            fields: list[tuple[Field, Layers]] = [("text", report.reading.layers)]
            if report.reading.title is not None:
                fields.insert(0, ("title", report.reading.title))
            for field, layers in fields:
                chains = {chain.id: chain for chain in layers.chains}
                for quotation in layers.quotations:
                    said = Said(report.document, field, quotation)
                    if self._fits(said, chains.get(quotation.speaker_chain or "")):
                        yield said

    def _fits(self, said: Said, chain: Chain | None) -> bool:
        right = self.stance in {None, said.quotation.stance}
        return right and (self.by is None or self._is_by(said, chain, self.by)) and (self.about is None or self._is_about(said, self.about))

    def _is_by(self, said: Said, chain: Chain | None, who: _Who) -> bool:
        """Whether the speaker is the one asked for: a mention of his is one of the entity's, or he is called just so."""
        if who.entity is None or chain is None:
            names = {who.name, *(map(_key, who.entity.names) if who.entity else ())}
            return _key(self.masks.without_names(said.quotation.speaker or "")) in names
        spans = {one.span for one in who.entity.mentions if (one.report, one.field) == (said.report.id, said.field)}
        return any(member.span in spans for member in chain.members)

    def _is_about(self, said: Said, who: _Who) -> bool:
        """Whether the words said hold a mention of the one asked for, or the words themselves."""
        parts = said.quotation.content
        if any(f" {who.name} " in f" {_bare(shown(said.report, part, self.masks, said.field))} " for part in parts):
            return True
        mentions = who.entity.mentions if who.entity else ()
        return any((one.report, one.field) == (said.report.id, said.field) and part.touches(one.span) for one in mentions for part in parts)


def _bare(words: str) -> str:
    """The words folded, without the marks between them."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(View(words).text)).split())


# ---------------------------------------------------------------- showing


def _lines(said: Said, sheet: Sheet, masks: Masks) -> Iterator[Text]:
    """Who, how and through what; the words; the report with the characters they stand at."""
    quotation, words = said.quotation, sheet.words
    speaker = quotation.speaker or words.say("labels", "nobody_told")
    head = plain(masks.without_names(speaker), "bold").append(f"  {words.say('stances', quotation.stance)}", style="dim not bold")
    for label, value in (("medium", quotation.medium), ("addressee", quotation.addressee), ("said_on", quotation.said)):
        if value:
            head.append(" · ").append_text(plain(f"{words.say('labels', label)}: {masks.without_names(value)}", "dim not bold"))
    yield head
    yield from sheet.indented(plain(quoted(shown(said.report, part, masks, said.field))) for part in quotation.content)
    start, end = quotation.content[0].start, quotation.content[-1].end
    place = words.say("labels", "characters", start=start, end=end)
    yield from sheet.indented([plain(f"{masks.without_names(said.report.publisher or said.report.title or said.report.label)}, {place}", "dim")])
    yield Text()


def _row(said: Said, masks: Masks) -> dict[str, Any]:
    """A quotation as JSON, under the names of the public format, with its words and its report."""
    quotation = said.quotation
    made: dict[str, Any] = public.public(quotation)
    made |= {name: made[name] and masks.without_names(made[name]) for name in ("speaker", "addressee")}
    exact = [shown(said.report, part, masks, said.field) for part in quotation.content]
    label = masks.without_names(said.report.label)
    return {"format": 1, "report": said.report.id, "label": label, "field": said.field, "exact": exact, **made}
