"""`careo accept`, `reject` and `correct`: what people decide of an entry of the chronology."""

from __future__ import annotations

from pathlib import Path

import click

from careo.errors import UsageError
from careo.model import Anchor, Judgement
from careo.present import judging
from careo.present.edge import Told, now
from careo.present.judging_cli import BECAUSE, BY, CASE, author_of, desk_of, sight_of, told
from careo.store.case import Case

PROPERTIES = ("when", "where", "agent", "patient", "kind")

_ENTRY = click.argument("entry", metavar="ENTRY")
_ONLY = click.option("--only", type=click.IntRange(1), metavar="N", help="Only the N-th of the words that the entry rests on.")


@click.command("accept", cls=Told)
@CASE
@_ENTRY
@_ONLY
@BECAUSE
@BY
@click.pass_context
def accept(ctx: click.Context, case: Path, entry: str, only: int | None, because: str, author: str | None) -> None:
    """Decide that what an ENTRY says is rightly read, and conclude the case anew. ENTRY is its id.

    Example: careo accept caso.careo 04ecd49c452a --because "cotejado con el video"
    """
    _decide(ctx, case, entry, only, ("claim", "", "ACCEPT"), because, author)


@click.command("reject", cls=Told)
@CASE
@_ENTRY
@_ONLY
@BECAUSE
@BY
@click.pass_context
def reject(ctx: click.Context, case: Path, entry: str, only: int | None, because: str, author: str | None) -> None:
    """Decide that an ENTRY is wrongly read: it stands apart at the end and counts nowhere. ENTRY is its id.

    Example: careo reject caso.careo 063a76cfaed2 --because "es una súplica, no un ataque"
    """
    _decide(ctx, case, entry, only, ("claim", "", "REJECT"), because, author)


@click.command("correct", cls=Told)
@CASE
@_ENTRY
@click.argument("property_", metavar="PROPERTY", type=click.Choice(PROPERTIES))
@click.argument("value", metavar="VALUE")
@_ONLY
@BECAUSE
@BY
@click.pass_context
def correct(ctx: click.Context, case: Path, entry: str, property_: str, value: str, only: int | None, because: str, author: str | None) -> None:
    """Put VALUE in the place of what was read for a property of an ENTRY: when, where, agent, patient or kind. What was read is kept beside it.

    Example: careo correct caso.careo cb433092ba74 when 2018-01-15 --because "la nota es de ese día"
    """
    _decide(ctx, case, entry, only, ("correction", property_, value), because, author)


def _decide(
    ctx: click.Context, case: Path, wanted: str, only: int | None, decision: tuple[judging.JudgementKind, str, str], because: str, author: str | None
) -> None:
    kind, of, verdict = decision
    desk = desk_of(ctx)
    with Case.open(case) as opened:
        entry = judging.entry_meant(wanted, sight_of(opened, desk).chronology)
        anchors = judging.statements(entry)
        if only is not None and only > len(anchors):
            raise UsageError(f"no words {only}", where="--only", expected=f"1 to {len(anchors)}", mend="count the words that the entry rests on")
        chosen = anchors if only is None else anchors[only - 1 : only]
        made = [_judged(opened, kind, anchor, of, verdict, because, author) for anchor in chosen]
        told(made, opened, desk)


def _judged(case: Case, kind: judging.JudgementKind, anchor: Anchor, of: str, verdict: str, because: str, author: str | None) -> Judgement:
    on = Anchor(anchor.document, anchor.field, anchor.layer, anchor.start, anchor.end, of)
    return judging.decide(case, kind, on, verdict, because, author_of(author), now())
