"""`careo accept`, `reject` and `correct`: what people decide of an entry of the chronology."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from careo.errors import UsageError
from careo.present import judging
from careo.present.edge import Told, now
from careo.present.judging_cli import BECAUSE, BY, CASE, Sight, author_of, desk_of, told
from careo.store.case import Case

PROPERTIES = ("when", "where", "agent", "patient", "kind")

Decide = tuple[judging.JudgementKind, str, str]
"""The kind of a judgement, the property that it is about, the verdict."""


def _on_entry(*given: Callable[[Any], Any]) -> Callable[[Callable[..., Any]], Any]:
    """What the three commands take: the case, ENTRY, what is `given` besides, which words, why, and who decides."""
    entry = click.argument("entry", metavar="ENTRY")
    only = click.option("--only", type=click.IntRange(1), metavar="N", help="Only the N-th of the words that the entry rests on.")

    def wrap(command: Callable[..., Any]) -> Any:
        for part in reversed((CASE, entry, *given, only, BECAUSE, BY, click.pass_context)):
            command = part(command)
        return command

    return wrap


@click.command("accept", cls=Told)
@_on_entry()
def accept(ctx: click.Context, **given: Any) -> None:
    """Decide that what an ENTRY says is rightly read, and conclude the case anew. ENTRY is its id.

    Example: careo accept caso.careo 04ecd49c452a --because "cotejado con el video"
    """
    _decide(ctx, ("claim", "", "ACCEPT"), **given)


@click.command("reject", cls=Told)
@_on_entry()
def reject(ctx: click.Context, **given: Any) -> None:
    """Decide that an ENTRY is wrongly read: it stands apart at the end and counts nowhere. ENTRY is its id.

    Example: careo reject caso.careo 063a76cfaed2 --because "es una súplica, no un ataque"
    """
    _decide(ctx, ("claim", "", "REJECT"), **given)


@click.command("correct", cls=Told)
@_on_entry(click.argument("of", metavar="PROPERTY", type=click.Choice(PROPERTIES)), click.argument("value", metavar="VALUE"))
def correct(ctx: click.Context, of: str, value: str, **given: Any) -> None:
    """Put VALUE in the place of what was read for a property of an ENTRY: when, where, agent, patient or kind. What was read is kept beside it.

    Example: careo correct caso.careo cb433092ba74 when 2018-01-15 --because "la nota es de ese día"
    """
    _decide(ctx, ("correction", of, value), **given)


def _decide(ctx: click.Context, decision: Decide, case: Path, entry: str, only: int | None, because: str, author: str | None) -> None:
    """One judgement on each of the words that the entry rests on, all of one time: `careo undo` takes them back together."""
    kind, of, verdict = decision
    desk, at = desk_of(ctx), now()
    with Case.open(case) as opened:
        anchors = judging.statements(judging.entry_meant(entry, Sight(opened, desk).chronology), opened)
        if only is not None and only > len(anchors):
            raise UsageError(f"no words {only}", where="--only", expected=f"1 to {len(anchors)}", mend="count the words that the entry rests on")
        chosen = dict.fromkeys(anchors if only is None else anchors[only - 1 : only])
        on = [msgspec.structs.replace(anchor, property=of) for anchor in chosen]
        told([judging.decide(opened, kind, anchor, verdict, because, author_of(author), at) for anchor in on], opened, desk)
