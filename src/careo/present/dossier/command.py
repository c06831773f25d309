"""`careo dossier`: writes a case as one HTML file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from careo import pipeline
from careo.errors import UsageError
from careo.model import Layers, Report
from careo.present.dossier.page import dossier as page
from careo.present.edge import Desk, Told
from careo.present.shown import Masks
from careo.run.local import Local
from careo.settings import Settings, settings
from careo.store.case import Case


@click.command(cls=Told)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="The HTML file to write.")
@click.option("--title", metavar="WORDS", help="The heading of the page; the name of the case if left out.")
@click.option("--lang", "tongue", metavar="es|en", help="The language of the interface (also CAREO_LANG).")
@click.pass_context
def dossier(ctx: click.Context, case: Path, output: Path, title: str | None, tongue: str | None) -> None:
    """Write a case as one HTML file that needs no network: chronology, sources, accounts face to face.

    Example: careo dossier caso.careo -o dossier.html
    """
    given = ctx.find_object(Settings) or Settings()
    desk = Desk(settings(os.environ, processors=1, tongue=tongue or given.tongue))
    with Case.open(case, read_only=True) as opened, opened.snapshot():
        if not opened.is_current:
            desk.tell("stale", case=opened.path)
        made = _page(opened, desk, case.stem if title is None else title)
    size = _write(output, made, case)
    desk.tell("written", path=output, size=f"{size / 1e6:.1f}")


def _page(case: Case, desk: Desk, title: str) -> str:
    chronology = pipeline.concluded(case, Local())
    masks = Masks(case.masks(), chronology.entities, case.document)
    return page(chronology, _reports(case), words=desk.words, failures=case.failures(), masks=masks, name=title)


def _reports(case: Case) -> Iterator[Report]:
    """The reports without their annotations, which the page does not need: a large case must fit into the memory."""
    for report in case.reports():
        reading = report.reading and msgspec.structs.replace(report.reading, layers=Layers(), title=None, posts=())
        yield msgspec.structs.replace(report, reading=reading)


def _write(output: Path, made: str, case: Path) -> int:
    """Write the page whole or not at all; gives its bytes. Raises UsageError where that cannot be done."""
    if output.exists() and output.samefile(case):
        raise UsageError("the page would be written over the case", where=str(output), expected="another file", mend="name one that ends in .html")
    raw = made.encode("utf-8")
    part = output.with_name(output.name + ".part")
    try:
        part.write_bytes(raw)
        os.replace(part, output)
    except OSError as error:
        part.unlink(missing_ok=True)
        expected = "a file in a folder that can be written"
        raise UsageError(f"cannot be written: {error.strerror}", where=str(output), expected=expected, mend="name another") from error
    return len(raw)
