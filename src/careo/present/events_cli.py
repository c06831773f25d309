"""`careo events`: the happenings of some reports as a table to look at, or a line of JSON each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from careo import edtf, ingest, pipeline
from careo.errors import UsageError
from careo.model import Document, EventMention, Failure, Field, Reading
from careo.present import public
from careo.present.edge import Desk, Told
from careo.present.shown import harmless
from careo.run.local import Local
from careo.settings import Settings, settings

COLUMNS = ("kind", "trigger", "agent", "patient", "when", "where", "certainty", "attributed_to", "rule")
WIDEST = 30
"""A cell of the table is cut at so many columns."""
SOME_FAILED = 1


@click.command(cls=Told)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "shape", type=click.Choice(("table", "jsonl")), default="table", show_default=True, help="The form of the output.")
@click.option("--dct", metavar="DATE", help="The date of reports that bring none: 2018, 2018-01 or 2018-01-15.")
@click.option("--model", metavar="NAME", help="The syntax model, an installed spaCy package (also CAREO_MODEL).")
@click.pass_context
def events(ctx: click.Context, paths: tuple[Path, ...], shape: str, dct: str | None, model: str | None) -> None:
    """Show what happened in reports, an event a line: who did what to whom, when, where, how sure, and who says so.

    Example: careo events nota.html --dct 2018-01-15
    """
    desk = Desk(settings(os.environ, processors=1, tongue=(ctx.find_object(Settings) or Settings()).tongue, model=model))
    if dct is not None and not edtf.is_edtf(dct):
        raise UsageError(f"no date: {dct!r}", where="--dct", expected="a date such as 2018, 2018-01 or 2018-01-15", mend="correct the date")
    failed: list[Failure] = []
    take = pipeline.Take(pipeline.Readers(desk.settings.model), dct, None)
    for capture, taken in pipeline.read(ingest.captures(paths, on_failure=failed.append), take, Local(desk.settings.jobs)):
        report = taken.report
        if report is None or report.reading is None:
            failed.append(taken.failure or Failure(ingest.place(capture), "read", "?"))
        elif shape == "jsonl":
            for row in _rows(report.document, report.reading):
                desk.write(public.encode(row))
        else:
            desk.show(_table(report.document, report.reading))
    for failure in failed:
        desk.tell("failed", where=failure.where, error=failure.error)
    if failed:
        ctx.exit(SOME_FAILED)


def _told(document: Document, reading: Reading) -> Iterator[tuple[Field, str, EventMention]]:
    """The events of the title, then those of the text, each with the words that its spans count in."""
    if reading.title is not None:
        yield from (("title", document.title or "", event) for event in reading.title.events)
    yield from (("text", document.text, event) for event in reading.layers.events)


def _rows(document: Document, reading: Reading) -> Iterator[dict[str, Any]]:
    """Each event under the names of the public format, with its report, the exact words of its trigger and the sentence it is read from."""
    for field, words, event in _told(document, reading):
        (made,) = public.coded([public.public(event)])
        exact = {"exact": event.trigger.of(words), "sentence": event.evidence.of(words)}
        yield {"format": public.FORMAT, "report": document.id, "label": document.label, "field": field, **exact, **made}


# ---------------------------------------------------------------- the table


def _table(document: Document, reading: Reading) -> Iterator[Text]:
    """The report's label, then a line for each event in columns as wide as what they hold."""
    lines = [COLUMNS, *(_cells(words, event) for _, words, event in _told(document, reading))]
    widths = [max(len(line[n]) for line in lines) for n in range(len(COLUMNS))]
    yield Text(harmless(document.title or document.label), "bold")
    for n, line in enumerate(lines):
        told = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        yield Text(told, "" if n else "dim")
    yield Text()


def _cells(words: str, event: EventMention) -> tuple[str, ...]:
    """What stands in the columns; a time that is carried from another event stands in brackets."""
    roles = (" + ".join(one.name for one in event.participants if one.role == role) for role in ("agent", "patient"))
    when = event.when.edtf or event.when.span.of(words) if event.when else None
    carried = f"({event.carried.edtf or event.carried.value})" if event.carried else None
    certainty = event.modality if event.polarity == "positive" else f"not {event.modality}"
    where = event.where.name if event.where else None
    cells = (event.kind, event.trigger.of(words), *roles, when or carried, where, certainty, event.attributed_to, event.rule.partition("/")[2])
    return tuple(_cut(harmless(" ".join((cell or "-").split()))) for cell in cells)


def _cut(cell: str) -> str:
    return cell if len(cell) <= WIDEST else cell[: WIDEST - 1] + "…"
