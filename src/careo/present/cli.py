"""The command line: what each command takes, does and says."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import click
import msgspec

from careo import __version__, edtf, ingest, pipeline
from careo.errors import UnreadableInput, UsageError
from careo.model import Capture, Chronology, Document, Entity, Entry, Failure, Report
from careo.present import accounts, limits, lookup, md, public, statements, text, versions
from careo.present.deciding_cli import accept, correct, reject
from careo.present.dossier.command import dossier
from careo.present.edge import Commands, Desk, Told
from careo.present.events_cli import events
from careo.present.judging_cli import different, judgements, people, same, undo
from careo.present.leads_cli import leads_of
from careo.present.open_cli import open_case
from careo.present.places_cli import places_of
from careo.present.quotes_cli import quotes
from careo.present.rules_cli import rules
from careo.present.shown import Masks, hide
from careo.present.there import There
from careo.present.times_cli import times
from careo.run.local import Local
from careo.settings import Settings, settings
from careo.store.case import Case

SOME_FAILED = 1

_CASE = click.argument("case", type=click.Path(path_type=Path))
_DCT = click.option("--dct", metavar="DATE", help="The date of reports that bring none: 2018, 2018-01 or 2018-01-15.")
_JOBS = click.option("--jobs", type=int, metavar="N", help="Processes at a time (also CAREO_JOBS); one a processor if left out.")
_MODEL = click.option("--model", metavar="NAME", help="The syntax model, an installed spaCy package (also CAREO_MODEL).")


def _shape(*shapes: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option("--format", "shape", type=click.Choice(shapes), default=shapes[0], show_default=True, help="The form of the output.")


@click.group(cls=Commands, name="careo", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="careo", message="%(prog)s %(version)s", help="Show the version.")
@click.option("--lang", "tongue", metavar="es|en", help="The language of the interface (also CAREO_LANG).")
def main(tongue: str | None) -> None:
    """Rebuild an event from Spanish-language reports: who says what happened, when and where, in which words."""


def _desk(ctx: click.Context, **given: Any) -> Desk:
    tongue = ctx.find_object(Settings) or Settings()
    return Desk(settings(os.environ, processors=_processors(), tongue=tongue.tongue, **given))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# ---------------------------------------------------------------- putting in


@main.command(cls=Told)
@_CASE
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_DCT
@_JOBS
@_MODEL
@click.pass_context
def add(ctx: click.Context, case: Path, paths: tuple[Path, ...], dct: str | None, jobs: int | None, model: str | None) -> None:
    """Add reports (files, folders, JSON Lines) to a case, and finish its chronology.

    Example: careo add caso.careo reportes/ nota.html
    """
    desk = _desk(ctx, jobs=jobs, model=model)
    take = pipeline.Take(pipeline.Readers(desk.settings.model), _date(dct, "--dct"))
    tally, failed = pipeline.Tally(), list[Failure]()
    captures = ingest.captures(paths, on_failure=failed.append)
    with Case.open(case, create=True) as opened, desk.progress(lambda: tally.seen) as step:
        try:
            pipeline.add(opened, captures, take, Local(desk.settings.jobs), tally, step)
        finally:
            pipeline.note(opened, failed, tally)
        if not opened.is_current:
            _collated(opened, desk)
    _report(tally, desk)
    if tally.failures:
        ctx.exit(SOME_FAILED)


def _report(tally: pipeline.Tally, desk: Desk) -> None:
    """What became of the reports: a line for each that failed, then the sum."""
    for failure in tally.failures:
        desk.tell("failed", where=failure.where, error=desk.words.told("errors", failure.error))
    if tally.unread:
        languages = ", ".join(f"{code or desk.words.say('messages', 'unknown_language')} {count}" for code, count in sorted(tally.unread.items()))
        desk.tell("unread_by_language", languages=languages)
    desk.tell("added", read=tally.read, known=tally.known, unread=tally.unread.total(), failed=len(tally.failures))


@main.command(cls=Told)
@_CASE
@click.pass_context
def collate(ctx: click.Context, case: Path) -> None:
    """Finish the chronology of a case whose last run was interrupted.

    Example: careo collate caso.careo
    """
    with Case.open(case) as opened:
        _collated(opened, _desk(ctx))


def _collated(case: Case, desk: Desk) -> None:
    made = pipeline.collate(case, Local())
    desk.tell("collated", entries=made.entries, undated=made.undated, entities=made.entities)


# ---------------------------------------------------------------- looking


class _View:
    """A case open for reading: its chronology and documents, with the masks applied."""

    def __init__(self, case: Case, desk: Desk) -> None:
        self.case, self.desk = case, desk
        found = pipeline.concluded(case, Local())
        self.masks = Masks(case.masks(), found.entities, case.document)
        self.chronology = hide(found, self.masks, case.document)
        self.label_of = text.label_of(case.document, self.masks)
        if not case.is_current:
            desk.tell("stale", case=case.path)

    def documents(self) -> Iterator[Document]:
        """The documents, as far as their names go."""
        for document in self.case.documents():
            title = document.title and self.masks.without_names(document.title)
            yield msgspec.structs.replace(document, title=title, label=self.masks.without_names(document.label))

    def person(self, name: str) -> Entity:
        """The person or body that `name` fits."""
        found = _one_of(name, lookup.people(self.chronology), self.desk)
        assert isinstance(found.record, Entity)
        return found.record


def _one_of(wanted: str, among: list[lookup.Thing], desk: Desk) -> lookup.Thing:
    """The only thing that `wanted` fits; where there are several they are listed first."""
    try:
        return lookup.one_of(wanted, among)
    except lookup.SeveralFitError as error:
        desk.tell("several", wanted=wanted)
        for thing in error.things:
            desk.note(text.thing_line(thing, desk.words).plain)
        raise


@main.command(cls=Told)
@_CASE
@click.option("--person", metavar="NAME", help="Only entries that name this person or body.")
@click.option("--place", metavar="NAME", help="Only entries that happened in this place, or in what lies in it.")
@click.option("--from", "since", metavar="DATE", help="Only from this date on.")
@click.option("--to", "until", metavar="DATE", help="Only up to this date.")
@_shape("text", "json", "md")
@click.pass_context
def chronology(ctx: click.Context, case: Path, person: str | None, place: str | None, since: str | None, until: str | None, shape: str) -> None:
    """Show the chronology of a case, each line with the words that it was read from.

    Example: careo chronology caso.careo --person "Óscar Pérez" --from 2018-01 --to 2018-02
    """
    desk = _desk(ctx)
    with Case.open(case, read_only=True) as opened, opened.snapshot():
        view = _View(opened, desk)
        chosen = accounts.kept(_chosen(view, person, place, *_stretch(since, until)))
        if shape == "json":
            desk.write(public.encode(public.chronology_of(chosen), indent=2))
        elif shape == "md":
            parts = (accounts.markdown_lines, md.chronology_lines, *(part.markdown_lines for part in (statements, versions, limits)))
            for line in chain.from_iterable(part(chosen, desk.words, view.label_of) for part in parts):
                desk.write(line)
        else:
            sheet = desk.sheet()
            desk.show(
                chain.from_iterable(
                    part(chosen, sheet, view.label_of)
                    for part in (accounts.lines, text.chronology_lines, statements.lines, versions.lines, limits.lines)
                )
            )


def _stretch(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """The two ends of a stretch of time. Raises UsageError where one is no date, or the end comes before the beginning."""
    first, last = _date(since, "--from"), _date(until, "--to")
    if first and last and edtf.bounds(first)[0] > edtf.bounds(last)[1]:
        raise UsageError(f"--from {first} comes after --to {last}", expected="a beginning before the end", mend="exchange the two")
    return first, last


def _chosen(view: _View, person: str | None, place: str | None, since: str | None, until: str | None) -> Chronology:
    """The chronology with only the entries that are asked for. What has no date is in no stretch of time; what older versions
    said belongs to the whole."""
    made = view.chronology
    parts = [made.entries, made.undated, made.rejected]
    whole = not (person or place or since or until)
    quotations = made.quotations if whole else ()
    if since or until:
        asked = f"{edtf.bounds(since)[0] if since else '..'}/{edtf.bounds(until)[1] if until else '..'}"
        parts = [tuple(one for one in part if one.when and edtf.overlaps(one.when, asked)) for part in parts]
    if person:
        entity = view.person(person)
        parts = [tuple(_naming(part, entity)) for part in parts]
        quotations = tuple(one for one in made.quotations if one.entity == entity.id)
    if place:
        there = There(place, made)
        parts = [there.kept(part) for part in parts]
    entries, undated, rejected = parts
    earlier = made.earlier if whole else ()
    return msgspec.structs.replace(made, entries=entries, undated=undated, rejected=rejected, earlier=earlier, quotations=quotations)


def _naming(entries: Iterable[Entry], entity: Entity) -> Iterator[Entry]:
    """The entries in which the entity takes part, or whose words name it."""
    places: dict[tuple[str, str], list[Any]] = {}
    for mention in entity.mentions:
        places.setdefault((mention.report, mention.field), []).append(mention.span)
    for entry in entries:
        named = any(span.touches(one.span) for one in entry.evidence for span in places.get((one.report, one.field), ()))
        if named or any(party.entity == entity.id for party in entry.participants):
            yield entry


def _date(value: str | None, option: str) -> str | None:
    if value is not None and not edtf.is_edtf(value):
        raise UsageError(f"no date: {value!r}", where=option, expected="a date such as 2018, 2018-01 or 2018-01-15", mend="correct the date")
    return value


@main.command(cls=Told)
@_CASE
@click.argument("words")
@click.option("--exact", is_flag=True, help="Only these words, written so, in this order.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many passages to show.")
@click.pass_context
def search(ctx: click.Context, case: Path, words: str, exact: bool, limit: int) -> None:
    """Find words in all reports of a case, in any of their forms.

    Example: careo search caso.careo "orden de captura"
    """
    desk = _desk(ctx)
    with Case.open(case, read_only=True) as opened, opened.snapshot():
        view = _View(opened, desk)
        hits = opened.search(words, exact=exact, limit=limit)
        if not hits:
            desk.tell("none_found")
        for hit in hits:
            desk.show(text.hit_lines(hit, opened.document(hit.document), desk.sheet(), view.masks))


@main.command(cls=Told)
@_CASE
@click.argument("thing", metavar="ENTRY|PERSON|REPORT")
@click.pass_context
def show(ctx: click.Context, case: Path, thing: str) -> None:
    """Show an entry, a person or a report, by its id or by a name that fits only one.

    Example: careo show caso.careo "Óscar Pérez"
    """
    desk = _desk(ctx)
    with Case.open(case, read_only=True) as opened, opened.snapshot():
        view = _View(opened, desk)
        found = _one_of(thing, lookup.things(view.chronology, view.documents()), desk).record
        if isinstance(found, Entry):
            desk.show(text.entry_lines(found, desk.sheet(), view.label_of))
        elif isinstance(found, Entity):
            _show_entity(found, view)
        else:
            document = opened.document(found.id)
            report = Report(document, opened.reading(document.parent or document.id), opened.capture(document.capture).sightings)
            desk.show(text.report_lines(report, desk.sheet(), view.masks))


def _show_entity(entity: Entity, view: _View) -> None:
    names = {one.id: one.name for one in view.chronology.entities}
    entries = _naming((*view.chronology.entries, *view.chronology.undated), entity)
    related = [(one.relation, names.get(one.to, one.to)) for one in entity.related]
    view.desk.show(text.entity_lines(entity, entries, related, view.desk.sheet(), view.label_of))


# ---------------------------------------------------------------- reading without a case


@main.command(cls=Told)
@click.argument("paths", nargs=-1, required=True, metavar="PATH|-...")
@_shape("text", "jsonl")
@click.option("--profile", is_flag=True, help="Show at the end the time by layer, and the memory.")
@_DCT
@_JOBS
@_MODEL
@click.pass_context
def read(ctx: click.Context, paths: tuple[str, ...], shape: str, profile: bool, dct: str | None, jobs: int | None, model: str | None) -> None:
    """Read reports without storing them, and show what they say; `-` is standard input.

    Example: careo read nota.html --format jsonl
    """
    desk = _desk(ctx, jobs=jobs, model=model)
    failed: list[Failure] = []
    take = pipeline.Take(pipeline.Readers(desk.settings.model), _date(dct, "--dct"), time.perf_counter if profile else None)
    begun, totals = time.perf_counter(), pipeline.Times()
    for capture, taken in pipeline.read(_captures(paths, failed), take, Local(desk.settings.jobs)):
        totals.add(taken)
        if taken.report is None:
            failed.append(taken.failure or Failure(ingest.place(capture), "read", "?"))
        elif shape == "jsonl":
            desk.write(public.encode(public.reading_of(taken.report.document, taken.report.reading)))
        else:
            desk.show(text.reading_lines(taken.report.document, taken.report.reading, desk.sheet()))
    for failure in failed:
        desk.tell("failed", where=failure.where, error=desk.words.told("errors", failure.error))
    if profile:
        _show_profile(totals, time.perf_counter() - begun, desk)
    if failed:
        ctx.exit(SOME_FAILED)


def _captures(paths: Sequence[str], failed: list[Failure]) -> Iterator[Capture]:
    """The captures of files and folders in order; standard input where a path is `-`."""
    given = [(path, None if path == "-" else ingest.captures([Path(path)], on_failure=failed.append)) for path in paths]
    return chain.from_iterable(_standard_input(failed) if captures is None else captures for _, captures in given)


def _standard_input(failed: list[Failure]) -> Iterator[Capture]:
    try:
        yield from ingest.from_bytes(sys.stdin.buffer.read(), "-")
    except UnreadableInput as error:
        failed.append(ingest.failure(error))


def _show_profile(totals: pipeline.Times, seconds: float, desk: Desk) -> None:
    """The share of each layer in the time, then reports a second and the most memory of a process."""
    whole = sum(totals.seconds.values()) or 1.0
    for layer, spent in sorted(totals.seconds.items(), key=lambda item: -item[1]):
        desk.note(f"{layer:<12} {spent:9.2f} s {100 * spent / whole:5.1f} %")
    rate = totals.reports / seconds if seconds else 0.0
    desk.tell("profile", reports=totals.reports, seconds=f"{seconds:.1f}", rate=f"{rate:.1f}", memory=f"{_memory():.0f}")


def _memory() -> float:
    """The most memory that one process took, in MB (no such measure on Windows)."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most / (2**20 if sys.platform == "darwin" else 2**10)


main.add_command(rules)
main.add_command(times)
main.add_command(events)
main.add_command(dossier)
main.add_command(quotes)
main.add_command(leads_of)
main.add_command(places_of)
main.add_command(open_case)
for judging in (people, same, different, accept, reject, correct, undo, judgements):
    main.add_command(judging)
