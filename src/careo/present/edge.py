"""Where a command meets the terminal: how it speaks, fails and is called off; its help in the language of the interface."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise, takewhile
from typing import IO, Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.text import Text

from careo.errors import CareoError
from careo.present.shown import harmless
from careo.present.text import Sheet
from careo.present.words import Words, words
from careo.settings import TONGUES, Settings, settings

CALLED_OFF = 130
NOBODY_LISTENS = 141
"""Exit statuses of a shell for Ctrl-C and for a closed pipe."""

PIPED = 110
"""Columns where the output is no terminal."""


class Complaint(click.ClickException):
    """An error of Careo, as the command line tells it: one message, exit status 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Write it to standard error."""
        click.echo(f"careo: {harmless(self.message)}", file=file, err=True)


class Commands(click.Group):
    """The group of all commands: errors of Careo become one message; Ctrl-C and a closed pipe end it quietly."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Help must speak the language that stands among the words of the same command."""
        own = list(takewhile(lambda word: word not in self.commands, args))
        given = [after for word, after in pairwise(own) if word == "--lang"]
        given += [word.partition("=")[2] for word in own if word.startswith("--lang=")]
        tongue = next((one for one in (*given, os.environ.get("CAREO_LANG")) if one in TONGUES), Settings().tongue)
        with _complaining(words(tongue)):
            set_to = settings(os.environ, processors=1, tongue=given[0] if given else None)
        ctx.obj = set_to
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            with _complaining(_words(ctx)):
                return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo(_words(ctx).say("messages", "interrupted"), err=True)
            ctx.exit(CALLED_OFF)
        except BrokenPipeError:
            # What is left in the buffer must not raise again when the interpreter ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(NOBODY_LISTENS)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sentence of the whole program."""
        _write_told(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands, each with its sentence."""
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of the commands, each with the first sentence of its help."""
        told = {name: _words(ctx).find("help", name) or command.help or "" for name, command in sorted(self.commands.items())}
        with formatter.section(_words(ctx).find("headings", "Commands") or "Commands"):
            formatter.write_dl([(name, text.partition("\n\n")[0]) for name, text in told.items()])


class Told(click.Command):
    """A command whose help speaks the language of the interface: English in its docstring, others in their texts."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        _write_told(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What its options do."""
        _write_options(self, ctx, formatter)


def _write_told(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(_words(ctx).find("help", command.name or "") or inspect.cleandoc(command.help or ""))


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """`told` replaces the sentence alone: what click adds to it (a default) stays."""
    rows = []
    for option in command.get_params(ctx):
        record = option.get_help_record(ctx)
        if record and isinstance(option, click.Option):
            told = _words(ctx).find("options", (option.name or "").removeprefix("_click_default_"))
            rows.append((record[0], record[1].replace(option.help, told) if told and option.help else record[1]))
    with formatter.section(_words(ctx).find("headings", "Options") or "Options"):
        formatter.write_dl(rows)


@contextmanager
def _complaining(words: Words) -> Iterator[None]:
    try:
        yield
    except CareoError as error:
        raise Complaint(words.told("errors", str(error))) from error


def now() -> str:
    """The present moment in UTC to the second, as judgements have it: `2018-01-15T09:30:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _words(ctx: click.Context) -> Words:
    found = ctx.find_object(Settings)
    return words((found or Settings()).tongue)


class Desk:
    """The terminal as a command sees it: settings and words, and the two streams. All that is said passes `harmless` or is a laid-out Text."""

    def __init__(self, set_to: Settings) -> None:
        self.settings, self.words = set_to, words(set_to.tongue)
        self._out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
        self._width = self._out.width if sys.stdout.isatty() else PIPED

    def sheet(self) -> Sheet:
        """A sheet as wide as the terminal."""
        return Sheet(self.words, self._width)

    def show(self, lines: Iterable[Text]) -> None:
        """Laid-out lines to standard output."""
        for line in lines:
            self._out.print(line, soft_wrap=True)

    def write(self, line: str) -> None:
        """A line of JSON or Markdown to standard output, as it is: its maker has made it harmless."""
        click.echo(line)

    def tell(self, key: str, **values: object) -> None:
        """A message of the interface to standard error."""
        self.note(self.words.say("messages", key, **values))

    def note(self, line: str) -> None:
        """A line to standard error."""
        click.echo(harmless(line), err=True)

    @contextmanager
    def progress(self, seen: Callable[[], int]) -> Iterator[Callable[[], None]]:
        """Gives what is to be called at each step; on a terminal it shows on standard error how many were `seen`."""
        console = Console(stderr=True)
        if not console.is_terminal:
            yield lambda: None
            return
        with Progress(SpinnerColumn(), TextColumn("{task.description}", markup=False), console=console, transient=True) as bar:
            task = bar.add_task(self.words.say("messages", "progress", seen=0), total=None)
            yield lambda: bar.update(task, description=self.words.say("messages", "progress", seen=seen()))
