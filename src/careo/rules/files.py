"""Rule files as they are read: YAML in which every value is text that knows its line, and no key stands twice.

The ordinary YAML loader turns `no` into False, `12:30` into 750 and lets a second key overwrite the first; composing the nodes and
taking their text avoids all three, and keeps the line for messages.
"""

from __future__ import annotations

from importlib.resources.abc import Traversable
from typing import Any

import yaml

from careo.rules.mistakes import mistake

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SENTENCE_KEYS = frozenset({"examples", "not", "gap"})


class Line(str):
    """A text of a rule file with the number of its line, counted from 1."""

    line: int

    def __new__(cls, value: str, line: int) -> Line:
        """`value` as it stands in `line`."""
        made = super().__new__(cls, value)
        made.line = line
        return made


def read_yaml(source: str, name: str) -> dict[Line, Any]:
    """The keys and values of one rule file: dicts, lists and `Line`s. `name` is the file's name for messages; raises RuleError."""
    try:
        node = yaml.compose(source, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise mistake("not-yaml", f"{name}:{mark.line + 1 if mark else 1}", problem=getattr(error, "problem", error)) from error
    if not isinstance(node, yaml.MappingNode):
        raise mistake("not-a-mapping", f"{name}:1", what=kind_of(node))
    made = _Reader(source.split("\n"), name).mapping(node)
    return made


def kind_of(value: object) -> str:
    """What a YAML value is, in words for messages."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, (dict, yaml.MappingNode)):
        return "keys with values"
    if isinstance(value, (list, yaml.SequenceNode)):
        return "a list"
    return "a text"


class _Reader:
    def __init__(self, lines: list[str], name: str) -> None:
        self.lines, self.name = lines, name

    def mapping(self, node: yaml.MappingNode) -> dict[Line, Any]:
        made: dict[Line, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise mistake("not-text", f"{self.name}:{line}", key="a key", what=kind_of(key_node))
            key = Line(key_node.value, line)
            if key in made:
                first = next(other.line for other in made if other == key)
                raise mistake("duplicate-key", f"{self.name}:{line}", key=key, first=first)
            if key in SENTENCE_KEYS:
                self.refuse_cut(value_node)
            made[key] = self.value(value_node)
        return made

    def value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        return Line(node.value, node.start_mark.line + 1)

    def refuse_cut(self, node: yaml.Node) -> None:
        """A plain sentence with « #» in it would silently lose its end."""
        for item in node.value if isinstance(node, yaml.SequenceNode) else ():
            end = item.end_mark if item.end_mark.line < len(self.lines) else item.start_mark
            plain = isinstance(item, yaml.ScalarNode) and item.style in (None, "")
            if plain and self.lines[end.line][end.column :].lstrip().startswith("#"):
                raise mistake("cut-by-comment", f"{self.name}:{end.line + 1}")


def read_tsv(file: Traversable) -> list[tuple[str, ...]]:
    """The rows of a word list, read from its file."""
    return rows_of(file.read_text(encoding="utf-8"))


def rows_of(content: str) -> list[tuple[str, ...]]:
    """The rows of a word list; lines that begin with `#` and empty ones are left out."""
    return [tuple(cell.strip() for cell in line.split("\t")) for line in content.splitlines() if line.strip() and not line.startswith("#")]
