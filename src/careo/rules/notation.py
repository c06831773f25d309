"""What stands in a rule file: its rules with their fields, and its examples with their marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import regex

from careo.rules.files import Line, kind_of
from careo.rules.mistakes import mistake
from careo.rules.words import WordClass

FILE_KEYS = ("about", "dct", "region", "words", "rules")
SHARED_KEYS = ("about", "id", "examples", "not", "gap", "unless", "blocks", "inner")
FRAME_KEYS = ("frame", "lemma", "phrase", "morph", "cue-takes", "like", "roles", "gives")


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked span of an example, in code points of its sentence; `label` is empty for a bare `[…]`."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence without its marks, what is marked in it, and the values that it must give."""

    kind: Literal["examples", "not", "gap"]
    text: str
    marks: tuple[Mark, ...]
    values: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as its author wrote it. `name` is `layer/file#id`; `fields` are the keys that the rule machine gives no meaning of its own."""

    name: str
    id: str
    where: str
    keys: Mapping[str, Any]
    fields: Mapping[str, str]
    examples: tuple[Example, ...]
    words: Mapping[str, WordClass] = field(repr=False)
    dct: str | None = None
    region: str | None = None

    @property
    def is_frame(self) -> bool:
        """Whether the rule looks at the parse rather than at words."""
        return "frame" in self.keys

    @property
    def blocks(self) -> bool:
        """Whether the rule finds something only to keep others from it."""
        return self.keys.get("blocks") == "yes"

    @property
    def inner(self) -> bool:
        """Whether the rule is a piece for others: its examples are held against what the machine finds, not what the layer makes of it."""
        return self.keys.get("inner") == "yes"

    @property
    def line(self) -> int:
        """The line of its file that the rule begins in."""
        return int(self.where.rsplit(":", 1)[1])


def read_rules(file: Mapping[Line, Any], name: str, layer: str, words: Mapping[str, WordClass]) -> tuple[Rule, ...]:
    """The rules of one file. `name` is the file's path within the language's folder; raises RuleError."""
    check_keys(file, FILE_KEYS, name)
    if not file.get("about"):  # type: ignore[call-overload]
        raise mistake("no-about", f"{name}:1")
    entries = as_list(file, "rules", name)
    seen: dict[str, int] = {}
    made = []
    for entry in entries:
        rule = _rule(entry, name, layer, words, file)
        if rule.id in seen:
            raise mistake("duplicate-id", rule.where, id=rule.id, first=seen[rule.id])
        seen[rule.id] = rule.line
        made.append(rule)
    return tuple(made)


def check_keys(given: Iterable[Line], known: Iterable[str], name: str) -> None:
    """Refuse keys that mean nothing."""
    for key in given:
        if key not in known:
            raise mistake("unknown-key", f"{name}:{key.line}", key=key, known=", ".join(known))


def as_list(given: Mapping[Any, Any], key: str, name: str, *, line: int = 1) -> list[Any]:
    """The list under `key`, empty where there is none."""
    value = given.get(key, [])
    if value == "":
        return []
    if not isinstance(value, list):
        raise mistake("not-a-list", f"{name}:{_line_of(given, key, line)}", key=key, what=kind_of(value))
    return value


def as_text(given: Mapping[Any, Any], key: str, name: str, *, line: int = 1) -> str:
    """The text under `key`, empty where there is none."""
    value = given.get(key, "")
    if not isinstance(value, str):
        raise mistake("not-text", f"{name}:{_line_of(given, key, line)}", key=key, what=kind_of(value))
    return value


def _line_of(given: Mapping[Any, Any], key: str, line: int) -> int:
    return next((k.line for k in given if k == key and isinstance(k, Line)), line)


def _rule(entry: Any, name: str, layer: str, words: Mapping[str, WordClass], file: Mapping[Any, Any]) -> Rule:
    if not isinstance(entry, dict):
        raise mistake("not-a-list", f"{name}:{getattr(entry, 'line', 1)}", key="rules", what=kind_of(entry))
    line = next(iter(entry)).line
    where = f"{name}:{line}"
    ident = as_text(entry, "id", name, line=line)
    if not ident:
        raise mistake("no-id", where)
    kinds = {"pattern", "frame"} & set(entry)
    if len(kinds) != 1:
        raise mistake("both-kinds" if kinds else "no-kind", where, id=ident)
    own = (*SHARED_KEYS, "pattern", "case") if kinds == {"pattern"} else (*SHARED_KEYS, *FRAME_KEYS)
    if kinds == {"frame"}:
        check_keys(entry, own, name)
    fields = {str(key): as_text(entry, key, name) for key in entry if key not in own}
    examples = tuple(_example(kind, text, name) for kind in ("examples", "not", "gap") for text in as_list(entry, kind, name, line=line))
    if not any(example.kind != "not" for example in examples):
        raise mistake("no-example", where, id=ident)
    stem = name.rsplit("/", 1)[-1].removesuffix(".yaml")
    dct, region = file.get("dct"), file.get("region")
    return Rule(f"{layer}/{stem}#{ident}", ident, where, entry, fields, examples, words, dct, region)


# ---------------------------------------------------------------- examples

_VALUE = regex.compile(r"\s+->\s*(.*)$", regex.DOTALL)
_LABEL = regex.compile(r"([a-z][a-z-]*) ")
LABELS = frozenset(
    {
        "content",
        "cue",
        "source",
        "agent",
        "patient",
        "instrument",
        "recipient",
        "trigger",
        "when",
        "where",
        "accuser",
        "accused",
        "act",
        "label",
        "addressee",
        "medium",
        "author",
        "handle",
        "number",
        "noun",
        "name",
        "relation",
        "reply",
    }
)


def read_example(kind: Literal["examples", "not", "gap"], written: str, where: str) -> Example:
    """A sentence with `[marks]` and `-> value` as an Example. `where` is `file:line`."""
    found = _VALUE.search(written)
    values = _values(found.group(1), where) if found else {}
    text, marks = _unmarked(written[: found.start()] if found else written, where)
    if kind == "not" and marks:
        raise mistake("marked-not", where)
    if kind != "not" and not marks:
        raise mistake("no-mark", where)
    return Example(kind, text, marks, values, int(where.rsplit(":", 1)[1]))


def _example(kind: Any, written: Any, name: str) -> Example:
    if not isinstance(written, Line):
        raise mistake("not-text", f"{name}:{_first_line(written)}", key=kind, what=kind_of(written))
    return read_example(kind, written, f"{name}:{written.line}")


def _first_line(value: Any) -> int:
    while not isinstance(value, Line):
        value = next(iter(value), Line("", 1))
    return value.line


def _values(written: str, where: str) -> dict[str, str]:
    if "=" not in written:
        return {"value": written.strip()}
    made = {}
    for pair in written.split(", "):
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise mistake("bad-value", where, value=written)
        made[key.strip()] = value.strip()
    return made


def _unmarked(written: str, where: str) -> tuple[str, tuple[Mark, ...]]:
    pieces: list[str] = []
    open_marks: list[tuple[str, int]] = []
    marks: list[Mark] = []
    length = at = 0
    while at < len(written):
        character = written[at]
        at += 1
        if character == "[":
            label = _LABEL.match(written, at)
            known = label and label.group(1) in LABELS
            open_marks.append((label.group(1) if label and known else "", length))
            at = label.end() if label and known else at
        elif character == "]" and open_marks:
            name, start = open_marks.pop()
            marks.append(Mark(name, start, length))
        else:
            pieces.append(character)
            length += 1
    if open_marks:
        raise mistake("open-bracket", where)
    return "".join(pieces), tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))
