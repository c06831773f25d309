"""Which languages can be read — each is a folder of `lang/`, named by its code — and the readers of them, each loaded once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from careo import rules
from careo.errors import UsageError
from careo.names import Knowledge
from careo.read import Reader
from careo.read.parse import DEFAULT_MODEL, Parser, load
from careo.text import fold


def languages() -> tuple[str, ...]:
    """The codes of all languages that have a folder, in order."""
    folders = (files("careo") / "lang").iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.is_dir() and not folder.name.startswith(("_", "."))))


def language_folder(code: str) -> Traversable:
    """Where the rule files of `code` stand. Raises UsageError for a language that has none."""
    if code not in languages():
        raise UsageError(f"language {code!r}", expected=f"one of {', '.join(languages())}", mend="add a folder to lang/")
    return files("careo") / "lang" / code


@lru_cache(maxsize=4)
def language(code: str) -> rules.Language:
    """The rules of `code`. Raises UsageError for a language without a folder, RuleError for a wrong rule file."""
    return rules.load(language_folder(code))


@lru_cache(maxsize=4)
def people(code: str) -> Knowledge:
    """What is known of the names of `code`, for comparing them across reports. Raises as `language` does."""
    rules_of = language(code)
    own = {name: rules_of.words("people", name).folded() for name in ("suffix", "equivalent", "hypocorism", *_SETS)}
    lists = {name: rules_of.words("mentions", name).folded() for name in ("title", "given", "surname", "place", "entity")}
    sounds = rules_of.words("people", "spelling").meanings
    return Knowledge(
        **{field: frozenset(own[name]) for name, field in _SETS.items()},
        title=frozenset(lists["title"]),
        kin=frozenset(rules_of.words("corefer", "relation").folded()),
        given=frozenset(lists["given"]),
        surname=frozenset(lists["surname"]),
        place=frozenset(lists["place"]),
        known=frozenset(lists["entity"]),
        suffix=own["suffix"],
        equivalent={fold(word): fold(same) for word, same in own["equivalent"].items()},
        hypocorism={word: tuple(fold(names).split()) for word, names in own["hypocorism"].items()},
        spelling=tuple(sounds.items()),
    )


_SETS = {
    "particle": "particle", "article": "article", "preposition": "preposition", "legal-form": "legal", "alias": "alias", "only-kin": "only_kin",
    "generic": "generic", "conjunction": "conjunction",
}  # fmt: skip
"""Classes of the layer `people` that are sets of words, with their fields."""


@lru_cache(maxsize=2)
def parser(model: str = DEFAULT_MODEL) -> Parser:
    """The syntax model of that name. Raises ModelError where it is missing or for a language that is not read."""
    return load(model)


@dataclass(frozen=True)
class Readers:
    """The reader of each language that can be read. Handed to worker processes by the name of the model, and loaded there."""

    model: str = DEFAULT_MODEL

    def __call__(self, code: str | None) -> Reader | None:
        """The reader of `code`; None for a language without a folder. Raises ModelError and RuleError."""
        return _reader(code, self.model) if code in languages() else None


@lru_cache(maxsize=4)
def _reader(code: str, model: str) -> Reader:
    return Reader(language(code), parser(model))
