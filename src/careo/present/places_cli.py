"""`careo places`: the places that a case names, where they are and in what they lie; and the names that stay open."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.text import Text

from careo import pipeline
from careo.model import Located, Spot
from careo.present import public
from careo.present.edge import Desk, Told
from careo.present.shown import Masks, hide
from careo.present.text import Sheet, plain
from careo.present.there import There, around
from careo.run.local import Local
from careo.settings import Settings, settings
from careo.store.case import Case


@click.command("places", cls=Told)
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("place", required=False)
@click.option("--format", "shape", type=click.Choice(("text", "jsonl")), default="text", show_default=True, help="The form of the output.")
@click.pass_context
def places_of(ctx: click.Context, case: Path, place: str | None, shape: str) -> None:
    """Show the places that a case names, where they are, and which names stay open; with PLACE only what lies in it.

    Example: careo places caso.careo Caracas
    """
    desk = Desk(settings(os.environ, processors=1, tongue=(ctx.find_object(Settings) or Settings()).tongue))
    with Case.open(case, read_only=True) as opened, opened.snapshot():
        if not opened.is_current:
            desk.tell("stale", case=opened.path)
        concluded = pipeline.concluded(opened, Local())
        concluded = hide(concluded, Masks(opened.masks(), concluded.entities, opened.document), opened.document)
        there = There(place, concluded) if place else None
        found = [one for one in concluded.places if there is None or there.has(one)]
        if shape == "jsonl":
            for one in found:
                desk.write(public.encode({"format": public.FORMAT, **public.public(one)}))
        else:
            desk.show(_lines(found, desk.sheet()))
        if not found:
            desk.tell("none_found")


def _lines(found: Sequence[Located], sheet: Sheet) -> Iterator[Text]:
    """What is decided; then what is open between several; then what is not known."""
    for one in (one for one in found if one.spot):
        first, *rest = _decided(one, sheet)
        yield from sheet.indented([first], 0)
        yield from sheet.indented(rest)
    for key, group in (
        ("open_heading", [one for one in found if not one.spot and one.candidates]),
        ("unknown_heading", [one for one in found if not one.spot and not one.candidates]),
    ):
        if group:
            yield Text()
            yield Text(f"{sheet.words.say('places', key)}: {len(group)}", style="bold")
        for one in group:
            yield from sheet.indented([_named(one, sheet), *(plain(f"? {told(spot, sheet)}", "dim") for spot in one.candidates)])


def _decided(one: Located, sheet: Sheet) -> list[Text]:
    assert one.spot is not None
    others = [name for name in one.names if name != one.name]
    lines = [_named(one, sheet), plain(told(one.spot, sheet), "dim")]
    return lines + [plain(f"{sheet.words.say('places', 'also')}: {'; '.join(others)}", "dim")] * bool(others)


def _named(one: Located, sheet: Sheet) -> Text:
    counted = sheet.words.say("places", "named", mentions=len(one.mentions), reports=one.reports)
    return plain(one.name, "bold").append(f"  {counted}", style="not bold dim")


def told(spot: Spot, sheet: Sheet) -> str:
    """What a place is, in what it lies, and where, with the radius that it may fill."""
    kind = sheet.words.say("places", spot.kind)
    lies = f"{kind}, {around(spot.within)}" if spot.within else kind
    return f"{lies} · {spot.lat:.3f}, {spot.lon:.3f} ± {spot.km:g} km"
