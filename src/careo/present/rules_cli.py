"""`careo rules`: the tools of the linguist — check, try, explain, diff."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console

from careo import ingest, pipeline
from careo import rules as machine
from careo.errors import CareoError, UsageError
from careo.model import Dct, Document, Layers
from careo.present.reckoning import drawn
from careo.present.shown import harmless
from careo.read import Reader
from careo.read.dct import dated
from careo.read.examples import looker, seen
from careo.read.parse import Parser
from careo.read.sentences import sentences
from careo.rules import Found, Frame, Language
from careo.rules.examples import Seen, problems
from careo.text import View

_LANGUAGE = click.option("--language", "code", default="es", show_default=True, help="The language whose rules are meant.")
_DCT = click.option("--dct", metavar="DATE", help="The day on which the sentence was written, such as 2018-01-15.")


@click.group()
def rules() -> None:
    """Work on the rules: check them, try a sentence, see why, see what a change does."""


@rules.command()
@click.argument("words", required=False)
@_LANGUAGE
def check(words: str | None, code: str) -> None:
    """Hold all rules, or those whose name holds WORDS, against their examples.

    Example: careo rules check times/calendar
    """
    language, parser = _tools(code)
    reader = Reader(language, parser)
    chosen = [rule for rule in language.rules() if not words or words in rule.name]
    if not chosen:
        raise UsageError(
            f"no rule's name holds «{words}»", expected="part of a name such as times/calendar#day-month-year", mend="leave it out to check all"
        )
    wrong = problems(
        chosen, looker(language, lambda document: reader.read(document).layers, lambda view: parser.parse(view, sentences(view, language)))
    )
    for verdict in wrong:
        click.echo(f"{verdict.where}: {verdict.rule.id} ({verdict.example.kind})\n  {verdict.example.text}\n  {verdict.problem}")
    examples = sum(len(rule.examples) for rule in chosen)
    click.echo(f"{len(chosen)} rules, {examples} examples, {len(wrong)} do not hold")
    if wrong:
        raise click.exceptions.Exit(1)


@rules.command("try")
@click.argument("sentence")
@_DCT
@_LANGUAGE
def try_sentence(sentence: str, dct: str | None, code: str) -> None:
    """Show what is read in SENTENCE, each annotation with its rule.

    Example: careo rules try "El fiscal dijo que no hay pruebas."
    """
    layers = _read(Reader(*_tools(code)), sentence, dct, code)
    for layer, one in seen(layers):
        click.echo(harmless(_line(layer, one, sentence)))


@rules.command()
@click.argument("sentence")
@_DCT
@click.option("--region", metavar="es-VE", help="The country of the report, for its hours and seasons.")
@_LANGUAGE
def explain(sentence: str, dct: str | None, region: str | None, code: str) -> None:
    """Show every rule that fits somewhere in SENTENCE, with its pieces, and whether another rule beat it; then draw how each time was reckoned.

    What no rule file gives, but the program's own code, is marked so (docs/quotations.md, ARCHITECTURE.md).

    Example: careo rules explain "el 27 de junio" --dct 2018-01-15
    """
    language, parser = _tools(code)
    view = View(sentence)
    parse = parser.parse(view, sentences(view, language))
    places = {rule.name: rule.where for rule in language.rules()}
    for layer in sorted(language.layers):
        patterns, frames = language.patterns(layer), language.frames(layer)
        won = {(found.rule.name, found.start, found.end) for found in patterns.find(view.text)}
        for found in patterns.explain(view.text):
            _say(_of_pattern(found, view.text), places[found.rule.name], beaten=(found.rule.name, found.start, found.end) not in won)
        kept = {(frame.rule.name, frame.head) for frame in frames.find(parse)}
        for frame in frames.explain(parse):
            _say(_of_frame(frame, sentence), places[frame.rule.name], beaten=(frame.rule.name, frame.head) not in kept)
    for layer, one in seen(_read(Reader(language, parser), sentence, None, code)):
        if one.rule not in places:
            _say(harmless(_line(layer, one, sentence)), "in code, src/careo/read", beaten=False)
    timexes = dated(view, language, Dct(dct, "user") if dct else None, parse, region)[1]
    for tree in drawn(view, language.patterns("times").find(view.text), timexes, places):
        click.echo()
        Console(soft_wrap=True, highlight=False, markup=False, emoji=False).print(tree)


@rules.command()
@click.argument("corpus", type=click.Path(exists=True, path_type=Path), nargs=-1, required=True)
@click.option("--against", "revision", metavar="REV", default="HEAD", show_default=True, help="The git revision whose rule files are the old ones.")
@click.option("--layer", help="Only this layer, such as times.")
@_LANGUAGE
def diff(corpus: tuple[Path, ...], revision: str, layer: str | None, code: str) -> None:
    """Read CORPUS with the rule files of a git revision and with the present ones; show what differs.

    Example: careo rules diff reports.jsonl --against HEAD~1 --layer times
    """
    parser = pipeline.parser()
    new = Reader(pipeline.language(code), parser)
    with tempfile.TemporaryDirectory() as folder:
        old = Reader(_at_revision(revision, code, Path(folder)), parser)
        gone = come = 0
        for document in _documents(corpus, code):
            before, after = _lines(old.read(document).layers, document.text, layer), _lines(new.read(document).layers, document.text, layer)
            lost, found = [line for line in before if line not in after], [line for line in after if line not in before]
            for sign, lines in (("-", lost), ("+", found)):
                for line in lines:
                    click.echo(harmless(f"{sign} {document.label}: {line}"))
            gone, come = gone + len(lost), come + len(found)
    click.echo(f"{gone} annotations gone, {come} new, against {revision}")


def _tools(code: str) -> tuple[Language, Parser]:
    return pipeline.language(code), pipeline.parser()


def _read(reader: Reader, sentence: str, dct: str | None, code: str) -> Layers:
    return reader.read(Document("", sentence, "", "sentence", "", dct=Dct(dct, "user") if dct else None, language=code)).layers


def _line(layer: str, one: Seen, text: str) -> str:
    spans = " ".join(f"[{label + ' ' if label else ''}{text[start:end]}]" for label, places in one.spans.items() for start, end in places)
    values = ", ".join(f"{key}={value}" for key, value in one.values.items() if value is not None and key not in {"rule", "id"})
    return f"{layer:<12} {spans}  {values}  ({one.rule})"


def _lines(layers: Layers, text: str, wanted: str | None) -> Mapping[str, None]:
    return dict.fromkeys(_line(layer, one, text) for layer, one in seen(layers) if wanted in {None, layer})


def _documents(corpus: Sequence[Path], code: str) -> Iterator[Document]:
    for capture in ingest.captures(corpus, on_failure=lambda failure: click.echo(harmless(f"{failure.where}: {failure.error}"), err=True)):
        try:
            document = ingest.document(capture)
        except CareoError as error:
            click.echo(str(error), err=True)
            continue
        if document.language == code:
            yield document


def _at_revision(revision: str, code: str, folder: Path) -> Language:
    """The rule files of `revision`, laid out in `folder`."""
    here = Path(str(pipeline.language_folder(code)))
    if revision.startswith("-"):
        raise UsageError(f"«{revision}» is no revision", expected="a git revision such as HEAD~1 or a tag")
    command = ["git", "-C", str(here), "archive", "--format=tar", revision, "."]
    made = subprocess.run(command, capture_output=True, check=False)
    if made.returncode:
        raise UsageError(
            f"git has no rule files at «{revision}»: {made.stderr.decode(errors='replace').strip()}",
            where=str(here),
            expected="a revision of the repository that these rule files stand in",
            mend="run the command in a checkout of Careo, with a revision that `git log` shows",
        )
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        archive.extractall(folder / code, filter="data")
    return machine.load(folder / code)


def _say(line: str, where: str, *, beaten: bool) -> None:
    click.echo(f"{line}\n    {where}{'  (beaten by a longer or earlier one)' if beaten else ''}")


def _of_pattern(found: Found, text: str) -> str:
    pieces = ", ".join(
        f"{name} «{piece.text}»" + (f" = {piece.meaning}" if piece.meaning != piece.text else "")
        for name, pieces in found.pieces.items()
        for piece in pieces
    )
    fields = ", ".join(f"{key} = {value}" for key, value in found.fields.items())
    return f"{found.rule.name}: «{text[found.start : found.end]}»\n    {pieces}\n    {fields}"


def _of_frame(frame: Frame, text: str) -> str:
    parts = ", ".join(f"{role} «{span.of(text)}»" for role, spans in frame.parts.items() for span in spans)
    fields = ", ".join(f"{key} = {value}" for key, value in frame.fields.items())
    return f"{frame.rule.name}: «{frame.trigger.of(text)}»\n    {parts}\n    {fields}"
