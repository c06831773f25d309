"""Word classes: the alternatives of a piece and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Any

import regex

from careo.rules.files import Line, kind_of, read_tsv
from careo.rules.mistakes import mistake
from careo.text import fold


class WordClass:
    """A named class of words. `meanings` maps each word as written to what it means; `expression` is set for a class given by one."""

    __slots__ = ("_folded", "expression", "meanings", "name")

    def __init__(self, name: str, meanings: Mapping[str, str], expression: str | None = None) -> None:
        self.name, self.meanings, self.expression = name, dict(meanings), expression
        self._folded = {fold(word): meaning for word, meaning in reversed(self.meanings.items())}

    def meaning(self, matched: str) -> str:
        """What the words `matched` mean, whatever their case and accents; themselves where the class says nothing."""
        return self.meanings.get(matched) or self._folded.get(fold(matched), matched)

    def __contains__(self, word: str) -> bool:
        if self.expression:
            return bool(regex.fullmatch(self.expression, word, regex.IGNORECASE))
        return fold(word) in self._folded

    def folded(self) -> Mapping[str, str]:
        """The words without case and accents, with their meanings."""
        return self._folded


def read_class(name: Line, value: Any, where: str, folder: Traversable, known: Mapping[str, WordClass]) -> WordClass:
    """The word class that a rule file writes under `words:`. `where` is the file's name, `folder` where its lists stand."""
    at = f"{where}:{name.line}"
    if isinstance(value, str):
        return WordClass(name, _spread({value: value}))
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return WordClass(name, _spread({item: item for item in value}))
    if not isinstance(value, dict) or not value:
        raise mistake("bad-class", at, name=name, what=kind_of(value))
    special = {"re", "tsv", "union"} & set(value)
    if not special and all(isinstance(item, str) for item in value.values()):
        return WordClass(name, _spread(value))
    if len(value) > 1 or not special:
        raise mistake("bad-class", at, name=name, what=", ".join(sorted(value)))
    return _special(name, special.pop(), value, at, folder, known)


def _special(name: Line, kind: str, value: Mapping[str, Any], at: str, folder: Traversable, known: Mapping[str, WordClass]) -> WordClass:
    given = value[kind]
    if kind == "re":
        return WordClass(name, {}, _checked(name, given, at))
    if kind == "tsv":
        file = folder / given
        if not file.is_file():
            raise mistake("no-tsv", at, file=given)
        return WordClass(name, {row[0]: row[1] if len(row) > 1 else row[0] for row in read_tsv(file)})
    if absent := [part for part in given if part not in known]:
        raise mistake("unknown-class", at, name=absent[0], near=", ".join(sorted(known)))
    return WordClass(name, {word: meaning for part in given for word, meaning in known[part].meanings.items()})


def _spread(words: Mapping[str, str]) -> dict[str, str]:
    """`enero|ene.: 01` gives both words the one meaning; a bare `a|b` means its first word."""
    made = {}
    for alternatives, meaning in words.items():
        first, *rest = str(alternatives).split("|")
        for word in (first, *rest):
            made[word.strip()] = first.strip() if meaning == alternatives else str(meaning)
    return made


def _checked(name: str, expression: str, at: str) -> str:
    try:
        regex.compile(expression)
    except regex.error as error:
        raise mistake("bad-regex", at, name=name, problem=error) from error
    return str(expression)
