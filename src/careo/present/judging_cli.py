"""`careo people`, `same`, `different`, `undo` and `judgements`: who is who in a case, and what people decide of it."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from careo import pipeline
from careo.errors import UsageError
from careo.model import Anchor, Entity, Judgement, Link, Span
from careo.present import judging, lookup, public
from careo.present.edge import Desk, Told, now
from careo.present.shown import Masks, hide, quoted, shown
from careo.present.text import Sheet, label_of, plain, thing_line, verdict_of
from careo.run.local import Local
from careo.settings import Settings, settings
from careo.store.case import Case

ASKED = 50
"""Pairs that may be one that the list of all people ends with; those of one person are all shown with it."""

CASE = click.argument("case", type=click.Path(path_type=Path))
BY = click.option(
    "--by", "author", metavar="NAME", envvar="CAREO_BY", help="Who decides (also CAREO_BY); the name of this computer's user if left out."
)
BECAUSE = click.option("--because", required=True, metavar="TEXT", help="Why.")


def _shape(*shapes: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option("--format", "shape", type=click.Choice(shapes), default=shapes[0], show_default=True, help="The form of the output.")


def desk_of(ctx: click.Context) -> Desk:
    """Where the command speaks, in the language that was asked for."""
    return Desk(settings(os.environ, processors=1, tongue=(ctx.find_object(Settings) or Settings()).tongue))


def author_of(by: str | None) -> str:
    """Who decides: as given, else the user of this computer. Raises UsageError where neither is known."""
    try:
        return by or getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("no author", where="--by", expected="who decides", mend="give --by NAME or set CAREO_BY") from error


class Sight:
    """The conclusions and the words of an open case, as they may be shown."""

    def __init__(self, case: Case, desk: Desk) -> None:
        self.case, self.desk = case, desk
        concluded = pipeline.concluded(case, Local())
        self.masks = Masks(case.masks(), concluded.entities, case.document)
        self.chronology = hide(concluded, self.masks, case.document)
        self.label_of = label_of(case.document, self.masks)

    def meant(self, wanted: str) -> tuple[Entity, Anchor]:
        """The entity that is meant, and its anchor; where several fit they are listed first."""
        try:
            return judging.meant(wanted, self.chronology)
        except lookup.SeveralFitError as error:
            self.desk.tell("several", wanted=wanted)
            for thing in error.things:
                self.desk.note(thing_line(thing, self.desk.words).plain)
            raise

    @cached_property
    def entity_at(self) -> dict[Anchor, Entity]:
        """The entity of each naming."""
        return {anchor: entity for entity in self.chronology.entities for anchor in judging.namings(entity).values()}

    def links_of(self, entity: Entity) -> tuple[Link, ...]:
        """Why namings of other names are of this entity, and what people decided on it."""
        return tuple(link for link in self.chronology.links if entity in (self.entity_at.get(link.left), self.entity_at.get(link.right)))

    def questions_of(self, entity: Entity) -> tuple[Link, ...]:
        """The pairs that may be one of which it is an end."""
        return tuple(link for link in self.chronology.questions if entity in (self.entity_at.get(link.left), self.entity_at.get(link.right)))

    def reason(self, link: Link) -> str:
        """Why a link holds, as it may be shown."""
        return self.masks.without_names(judging.reason(link, self.desk.words))

    def words_at(self, anchor: Anchor) -> str:
        """The words at an anchor; nothing where its report is gone, or shorter than that."""
        try:
            return " ".join(shown(self.case.document(anchor.document), Span(anchor.start, anchor.end), self.masks, anchor.field).split())
        except UsageError:
            return ""


# ---------------------------------------------------------------- looking


@click.command("people", cls=Told)
@CASE
@click.argument("name", required=False, metavar="[PERSON]")
@_shape("text", "jsonl")
@click.pass_context
def people(ctx: click.Context, case: Path, name: str | None, shape: str) -> None:
    """Show the people and bodies of a case, each with all its names; of one PERSON each naming, with the id to judge it by.

    Example: careo people caso.careo "Óscar Pérez"
    """
    desk = desk_of(ctx)
    with Case.open(case, read_only=True) as opened, opened.snapshot():
        if not opened.is_current:
            desk.tell("stale", case=opened.path)
        sight = Sight(opened, desk)
        entities = (sight.meant(name)[0],) if name else sight.chronology.entities
        if shape == "jsonl":
            for entity in entities:
                about = {"links": sight.links_of(entity), "questions": sight.questions_of(entity)}
                desk.write(
                    public.encode({"format": public.FORMAT, **public.public(entity), **{key: public.public(made) for key, made in about.items()}})
                )
        else:
            desk.show(_whole_lines(entities[0], sight) if name else _people_lines(entities, sight))
        if not entities:
            desk.tell("none_found")


def _people_lines(entities: tuple[Entity, ...], sight: Sight) -> Iterator[Text]:
    """All of them, then the pairs that may be one, the likeliest first."""
    sheet, say = sight.desk.sheet(), sight.desk.words.say
    for entity in entities:
        yield from _entity_lines(entity, sheet)
    asked = sight.chronology.questions
    if asked:
        yield Text()
        yield Text(f"{say('judged', 'may_be_one')}: {len(asked)}", style="bold")
    for link in asked[:ASKED]:
        one, other = (sight.entity_at[end] for end in (link.left, link.right))
        yield from sheet.indented([plain(f"{one.name}  {one.id} · {other.name}  {other.id}"), plain(f"— {sight.reason(link)}", "dim")])
    if len(asked) > ASKED:
        yield from sheet.indented([Text(say("judged", "more", number=len(asked) - ASKED), style="dim")])
    if sight.chronology.uncompared:
        yield Text(say("limits", "uncompared", number=sight.chronology.uncompared), style="dim")


def _whole_lines(entity: Entity, sight: Sight) -> Iterator[Text]:
    """One with its namings, why those of other names are it, and with whom it may be one."""
    sheet, say = sight.desk.sheet(), sight.desk.words.say
    yield from _entity_lines(entity, sheet)
    yield from _naming_lines(entity, sight, sheet)
    links, asked = sight.links_of(entity), sight.questions_of(entity)
    if links:
        yield from sheet.indented([Text(say("judged", "why"), style="bold")])
    for link in links:
        yield from sheet.indented([plain(f"{say('judged', link.judgement)}: {sight.reason(link)}")], 4)
    if asked:
        yield from sheet.indented([Text(say("judged", "may_be"), style="bold")])
    for link in asked:
        (other,) = {sight.entity_at[end].id: sight.entity_at[end] for end in (link.left, link.right) if sight.entity_at[end] != entity}.values()
        yield from sheet.indented([plain(f"{other.name}  {other.id} — {sight.reason(link)}")], 4)


def _entity_lines(entity: Entity, sheet: Sheet) -> Iterator[Text]:
    """The name and the id, what else it is called, and how often in how many reports."""
    say = sheet.words.say
    reports = len({one.report for one in entity.mentions})
    counted = say("labels", "mentions", mentions=len(entity.mentions), reports=reports)
    yield plain(entity.name, "bold").append(f"  {say('kinds', entity.kind)}  {entity.id}  {counted}", style="dim not bold")
    others = [name for name in entity.names if name != entity.name]
    if others:
        yield from sheet.indented([Text(say("labels", "names") + ": ", style="dim").append_text(plain("; ".join(others), "not dim"))], 4)


def _naming_lines(entity: Entity, sight: Sight, sheet: Sheet) -> Iterator[Text]:
    """Each naming with its id, its first words and its report."""
    for ident, anchor in judging.namings(entity).items():
        publisher = sight.masks.without_names(sight.case.document(anchor.document).publisher or "") or sight.label_of(anchor.document)
        said = Text(f"{ident}  ").append_text(plain(quoted(sight.words_at(anchor)))).append("  — ", style="dim").append_text(plain(publisher, "dim"))
        yield from sheet.indented([said], 4)


@click.command("judgements", cls=Told)
@CASE
@_shape("text", "jsonl")
@click.pass_context
def judgements(ctx: click.Context, case: Path, shape: str) -> None:
    """Show all that people decided on a case, with author, time and reason; what was undone stays in the list.

    Example: careo judgements caso.careo
    """
    desk = desk_of(ctx)
    with Case.open(case, read_only=True) as opened, opened.snapshot():
        sight = Sight(opened, desk)
        made = opened.judgements()
        undone = judging.undone_by(made)
        for judgement in made:
            if shape == "jsonl":
                desk.write(public.encode(_row(judgement, undone.get(judgement.number), sight)))
            else:
                desk.show(_judgement_lines(judgement, undone.get(judgement.number), sight))
        if not made:
            desk.tell("none_found")


def _row(judgement: Judgement, undone: int | None, sight: Sight) -> dict[str, Any]:
    """A judgement as JSON. The reason and the verdict pass the masks: they may name whom a mask hides."""
    made = {name: sight.masks.without_names(value) if isinstance(value, str) else value for name, value in public.public(judgement).items()}
    exact = [sight.words_at(anchor) for anchor in (judgement.left, judgement.right) if anchor]
    return {"format": public.FORMAT, **made, "undone_by": undone, "exact": exact}


def _judgement_lines(judgement: Judgement, undone: int | None, sight: Sight) -> Iterator[Text]:
    """Two lines: what was decided of which words; who, when, why."""
    sheet = sight.desk.sheet()
    say = sheet.words.say
    head = Text(f"{judgement.number}  ", style="bold").append_text(plain(verdict_of(judgement, sheet.words), "bold"))
    if judgement.undoes is not None:
        head.append(f" {judgement.undoes}")
    said = [quoted(sight.words_at(anchor)) for anchor in (judgement.left, judgement.right) if anchor]
    head.append_text(plain(f"  {say('judged', judgement.kind)}  {' · '.join(said)}", "not bold"))
    if judging.orphaned(sight.case, judgement):
        head.append(f"  [{say('judged', 'orphaned')}]", style="yellow")
    if undone is not None:
        head.append(f"  [{say('judged', 'undone_by', number=undone)}]", style="yellow")
    yield head
    because = sight.masks.without_names(f"{judgement.by}, {judgement.at}: {judgement.because}")
    yield from sheet.indented([plain(because, "dim")], 4)


# ---------------------------------------------------------------- deciding


@click.command("same", cls=Told)
@CASE
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@BECAUSE
@BY
@click.pass_context
def same(ctx: click.Context, case: Path, a: str, b: str, because: str, author: str | None) -> None:
    """Decide that A and B are one person, body, place or entry, and conclude the case anew. Each is an id or a name that fits only one.

    Example: careo same caso.careo "Óscar Pérez" "El Piloto" --because "lo dice su hermana"
    """
    _link(ctx, case, (a, b), "SAME", because, author)


@click.command("different", cls=Told)
@CASE
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@BECAUSE
@BY
@click.pass_context
def different(ctx: click.Context, case: Path, a: str, b: str, because: str, author: str | None) -> None:
    """Decide that A and B are not one, and conclude the case anew. To split a person, give the ids of the namings (careo people).

    Example: careo different caso.careo 3f0c19aa52d1 77e0b2c4d9f3 --because "tío y sobrino"
    """
    _link(ctx, case, (a, b), "DIFFERENT", because, author)


def _link(ctx: click.Context, case: Path, wanted: tuple[str, str], verdict: str, because: str, author: str | None) -> None:
    desk = desk_of(ctx)
    with Case.open(case) as opened:
        sight = Sight(opened, desk)
        left, right = _two(sight, wanted)
        made = judging.decide(opened, "link", left, verdict, because, author_of(author), now(), right)
        told([made], opened, desk)


def _two(sight: Sight, wanted: tuple[str, str]) -> tuple[Anchor, Anchor]:
    """The anchors of two entries, by their ids, else of two people, bodies or places."""
    known = {one.id for one in (*sight.chronology.entries, *sight.chronology.undated)}
    if all(one in known for one in wanted):
        first, second = (judging.statements(judging.entry_meant(one, sight.chronology), sight.case)[0] for one in wanted)
        return first, second
    (_, left), (_, right) = (sight.meant(one) for one in wanted)
    return left, right


@click.command("undo", cls=Told)
@CASE
@click.argument("number", required=False, type=click.IntRange(1))
@click.option("--because", default="", metavar="TEXT", help="Why.")
@BY
@click.pass_context
def undo(ctx: click.Context, case: Path, number: int | None, because: str, author: str | None) -> None:
    """Take back the judgement with this NUMBER, or the last one that stands, with those of the same stroke. They stay in the list.

    Example: careo undo caso.careo 3
    """
    desk = desk_of(ctx)
    with Case.open(case) as opened:
        told(judging.undo_stroke(opened, number, because, author_of(author), now()), opened, desk)


def told(judgements: Sequence[Judgement], case: Case, desk: Desk) -> None:
    """Conclude anew, and say what was written down."""
    if not case.is_current:
        pipeline.collate(case, Local())
    sight = Sight(case, desk)
    desk.show(line for judgement in judgements for line in _judgement_lines(judgement, None, sight))
