"""What all layers of a language share: its words, the extents of frames, and the shapes of roles (`grammar.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any

import regex

from careo.rules.files import Line, kind_of, read_yaml
from careo.rules.mistakes import mistake
from careo.rules.notation import as_list, as_text, check_keys
from careo.rules.words import WordClass, read_class

GRAMMAR_KEYS = ("about", "words", "extents", "shapes")
EXTENT_KEYS = ("about", "take", "leave-first", "cut", "cut-appositions", "stop")


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a role reaches from its head.

    `take`: `subtree` or `token`. `leave_first`: functions left out at its left edge. `cut`: functions of children after the head
    that end it. `cut_appositions`: an apposition ends it unless a common noun is followed by a name («Title, Name»). `stop`:
    words after the head that end it.
    """

    take: str = "subtree"
    leave_first: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()
    cut_appositions: bool = False
    stop: regex.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words, extents and shapes of one language."""

    words: Mapping[str, WordClass] = field(default_factory=dict)
    extents: Mapping[str, Extent] = field(default_factory=lambda: {"token": Extent("token"), "subtree": Extent()})
    shapes: Mapping[Line, Any] = field(default_factory=dict)


def read_grammar(folder: Traversable, digest: Any) -> Grammar:
    """The grammar in the folder of a language; its content is added to `digest`. Raises RuleError."""
    file = folder / "grammar.yaml"
    content = file.read_text(encoding="utf-8")
    digest.update(f"{file.name}\0{content}\0".encode())
    source = read_yaml(content, file.name)
    check_keys(source, GRAMMAR_KEYS, file.name)
    words: dict[str, WordClass] = {}
    for key, value in _section(source, "words", file.name).items():
        words[str(key)] = read_class(key, value, file.name, folder, words)
    extents = {"token": Extent("token"), "subtree": Extent()}
    extents |= {str(name): _extent(value, f"{file.name}") for name, value in _section(source, "extents", file.name).items()}
    return Grammar(words, extents, _section(source, "shapes", file.name))


def _section(source: Mapping[Any, Any], key: str, name: str) -> dict[Line, Any]:
    value = source.get(key) or {}
    if not isinstance(value, dict):
        raise mistake("not-a-mapping", f"{name}:1", what=f"under «{key}» {kind_of(value)}")
    return value


def _extent(value: Mapping[Any, Any], name: str) -> Extent:
    check_keys(value, EXTENT_KEYS, name)
    stops = "|".join(as_list(value, "stop", name))
    return Extent(
        as_text(value, "take", name) or "subtree",
        frozenset(as_list(value, "leave-first", name)),
        frozenset(as_list(value, "cut", name)),
        as_text(value, "cut-appositions", name) == "yes",
        regex.compile(stops, regex.IGNORECASE) if stops else None,
    )
