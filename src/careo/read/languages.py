"""Which languages can be read: each is a folder of `lang/`, named by its code."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from careo import rules
from careo.errors import UsageError


def languages() -> tuple[str, ...]:
    """The codes of all languages that have a folder, in order."""
    folders = (files("careo") / "lang").iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.is_dir() and not folder.name.startswith(("_", "."))))


@lru_cache(maxsize=4)
def language(code: str) -> rules.Language:
    """The rules of `code`, read once a process. Raises UsageError for a language without a folder, RuleError for a wrong rule file."""
    if code not in languages():
        raise UsageError(f"language {code!r}", expected=f"one of {', '.join(languages())}", mend="add a folder to lang/")
    return rules.load(files("careo") / "lang" / code)
