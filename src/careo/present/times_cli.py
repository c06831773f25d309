"""`careo times`: the time expressions of some words, each with its value, its dates, its rule and how it came about."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click
from rich.text import Text

from careo import edtf, pipeline
from careo.errors import UsageError
from careo.model import Dct, DctReading, Timex
from careo.present.edge import Desk, Told
from careo.present.shown import harmless
from careo.present.words import Words
from careo.read.dct import dated
from careo.read.sentences import sentences
from careo.settings import Settings, settings
from careo.text import View

LANGUAGE = "es"


@click.command(cls=Told)
@click.argument("words")
@click.option("--dct", metavar="DATE", help="The date of reports that bring none: 2018, 2018-01 or 2018-01-15.")
@click.option("--region", metavar="es-VE", help="The country of the report, for its hours and seasons.")
@click.option("--model", metavar="NAME", help="The syntax model, an installed spaCy package (also CAREO_MODEL).")
@click.pass_context
def times(ctx: click.Context, words: str, dct: str | None, region: str | None, model: str | None) -> None:
    """Show the time expressions of WORDS, each with its value, its date, its rule and the reason.

    Example: careo times "Murió el lunes a las 9:30 pm" --dct 2018-01-15
    """
    given = ctx.find_object(Settings) or Settings()
    desk = Desk(settings(os.environ, processors=1, tongue=given.tongue, model=model))
    if dct is not None and not edtf.is_edtf(dct):
        raise UsageError(f"no date: {dct!r}", where="--dct", expected="a date such as 2018, 2018-01 or 2018-01-15", mend="correct the date")
    known, found = _read(words, dct, region, desk.settings.model)
    desk.show(_lines(words, known, found, desk.words))
    if not found:
        desk.tell("none_found")


def _read(words: str, dct: str | None, region: str | None, model: str) -> tuple[DctReading, tuple[Timex, ...]]:
    language, view = pipeline.language(LANGUAGE), View(words)
    parse = pipeline.parser(model).parse(view, sentences(view, language))
    return dated(view, language, Dct(dct, "user") if dct else None, parse, region)


def _lines(words: str, known: DctReading, found: tuple[Timex, ...], told: Words) -> Iterator[Text]:
    """A line for each expression with what it means, and one with how that came about; first the creation time where the words narrow it."""
    if known.why:
        yield Text(harmless(f"dct {known.value}: {told.told('reasons', known.why)}"))
    for timex in found:
        fields = (timex.type, timex.value, timex.mod, f"edtf {timex.edtf or '-'}", timex.instant and f"instant {timex.instant}")
        yield Text(harmless(f"{timex.id} «{timex.span.of(words)}»  {' '.join(field for field in fields if field)}  ({timex.rule})"))
        if timex.why:
            yield Text(harmless(f"   {told.told('reasons', timex.why)}"))
