"""The docs say what the program does: docs/cli.md is fresh, every command is told of, every make target of the README exists."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

HOME = Path(__file__).parent.parent
README = HOME / "README.md"


def cli_docs() -> ModuleType:
    """tools/cli_docs.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("cli_docs", HOME / "tools" / "cli_docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_fresh() -> None:
    written = HOME / "docs" / "cli.md"
    assert written.is_file(), "run `make docs` and commit docs/cli.md"
    assert written.read_text(encoding="utf-8") == cli_docs().page(), "run `make docs` and commit docs/cli.md"


def test_every_command_says_what_it_does() -> None:
    silent = [" ".join(path) for path, command in cli_docs().commands() if not (command.help or "").strip()]
    assert not silent, f"give these commands a docstring: {silent}"


def test_every_option_says_what_it_does() -> None:
    silent = [
        f"{' '.join(path)} {option.opts[0]}"
        for path, command in cli_docs().commands()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert not silent, f"give these options a help: {silent}"


def test_the_readme_tells_of_every_command() -> None:
    readme = README.read_text(encoding="utf-8")
    missing = [" ".join(path) for path, _ in cli_docs().commands() if len(path) == 2 and " ".join(path) not in readme]
    assert not missing, f"README.md does not mention {missing}"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "src/careo/lang/es/LEEME.md", "ARCHITECTURE.md"])
def test_make_targets_that_docs_name_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", (HOME / name).read_text(encoding="utf-8")))
    assert named <= targets


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "src/careo/lang/es/LEEME.md", "ARCHITECTURE.md", "GLOSSARY.md", "CHANGELOG.md"])
def test_links_between_docs_lead_somewhere(name: str) -> None:
    page = HOME / name
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if not (page.parent / link).exists()]
    assert not broken
