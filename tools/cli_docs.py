"""Writes docs/cli.md from the help of the commands: `python tools/cli_docs.py docs/cli.md` (`make docs`)."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from careo.present.cli import main

HEAD = """\
# The commands

Written by `make docs` from the help of the commands; a test fails where the two differ. The same words stand in `careo COMMAND --help`.
"""


def commands(command: click.Command = main, path: tuple[str, ...] = ("careo",)) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with its words (`careo`, `rules`, `try`), groups before what they hold, hidden ones left out."""
    yield path, command
    if isinstance(command, click.Group):
        for name, child in sorted(command.commands.items()):
            if not child.hidden:
                yield from commands(child, (*path, name))


def page() -> str:
    """The whole of docs/cli.md."""
    return "\n".join([HEAD, *(_section(path, command) for path, command in commands())])


def _section(path: tuple[str, ...], command: click.Command) -> str:
    """One command: its words, how it is called, what it does, its options."""
    context = click.Context(command, info_name=" ".join(path))
    usage = " ".join([*path, *command.collect_usage_pieces(context)])
    told = inspect.cleandoc(command.help or "").split("\f")[0].replace("\b\n", "").strip()
    return "\n".join([f"{'#' * (len(path) + 1)} {' '.join(path)}\n", f"    {usage}\n", f"{told}\n", *_options(command, context)])


def _options(command: click.Command, context: click.Context) -> list[str]:
    """A table of the options; nothing where there are none but --help."""
    records = [record for option in command.params if (record := option.get_help_record(context))]
    if not records:
        return []
    rows = [f"| `{_cell(names)}` | {_cell(told)} |" for names, told in records]
    return ["| option | |", "|---|---|", *rows, ""]


def _cell(text: str) -> str:
    """`text` on one line, with the mark between cells escaped."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
