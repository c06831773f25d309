"""A language as its folder says it: the rules and words of every layer, and a version that names exactly these files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Any

from careo.rules.files import Line, read_yaml
from careo.rules.frames import Frames
from careo.rules.grammar import Grammar, read_grammar
from careo.rules.notation import Rule, read_rules
from careo.rules.patterns import Patterns
from careo.rules.words import WordClass, read_class

MACHINE = "1"
"""Raised when the same rule files would find something else."""


@dataclass(frozen=True)
class Layer:
    """The rules of one layer in order of their files, and the word classes that these define.

    `packed`: the files of its folder `model`, by name; `lists`: its TSV files as they came, for what reads more than two columns.
    """

    rules: tuple[Rule, ...]
    words: Mapping[str, WordClass] = field(repr=False)
    packed: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    lists: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def patterns(self) -> Patterns:
        """The rules over words."""
        return Patterns([rule for rule in self.rules if not rule.is_frame])


@dataclass(frozen=True)
class Language:
    """All rules of one language. `code` is its folder's name, `version` a hash of the files and of the rule machine."""

    code: str
    version: str
    grammar: Grammar
    layers: Mapping[str, Layer]
    _frames: dict[str, Frames] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Language({self.code!r}, {self.version!r})"

    def patterns(self, layer: str) -> Patterns:
        """The patterns of `layer`."""
        return self.layers[layer].patterns

    def frames(self, layer: str) -> Frames:
        """The frames of `layer`."""
        if layer not in self._frames:
            self._frames[layer] = Frames([rule for rule in self.layers[layer].rules if rule.is_frame], self.grammar)
        return self._frames[layer]

    def words(self, layer: str, name: str) -> WordClass:
        """The word class `name` as `layer` sees it."""
        return self.layers[layer].words[name]

    def rules(self) -> tuple[Rule, ...]:
        """All rules, layer by layer in order of name."""
        return tuple(rule for name in sorted(self.layers) for rule in self.layers[name].rules)


def load(folder: Traversable) -> Language:
    """The language in `folder`; raises RuleError with file and line where a rule file is wrong."""
    digest = hashlib.blake2b(MACHINE.encode(), digest_size=8)
    files = {child.name: child for child in folder.iterdir()}
    grammar = read_grammar(folder, digest) if "grammar.yaml" in files else Grammar()
    layers = {name: _layer(files[name], grammar, digest) for name in sorted(files) if files[name].is_dir() and not name.startswith(("_", "."))}
    return Language(folder.name, digest.hexdigest(), grammar, layers)


def _layer(folder: Traversable, grammar: Grammar, digest: Any) -> Layer:
    """Classes are gathered from all files of the layer first: a rule may use the words of its neighbour file."""
    words: dict[str, WordClass] = dict(grammar.words)
    sources: list[tuple[str, dict[Line, Any]]] = []
    lists: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda child: child.name):
        if file.name.endswith((".yaml", ".tsv")):
            content = file.read_text(encoding="utf-8")
            digest.update(f"{folder.name}/{file.name}\0{content}\0".encode())
            if file.name.endswith(".yaml"):
                sources.append((f"{folder.name}/{file.name}", read_yaml(content, f"{folder.name}/{file.name}")))
            else:
                lists[file.name] = content
    for name, source in sources:
        for key, value in (source.get("words") or {}).items():  # type: ignore[call-overload]
            words[str(key)] = read_class(key, value, name, folder, words)
    rules = tuple(rule for name, source in sources for rule in read_rules(source, name, folder.name, words))
    return Layer(rules, words, _packed(folder, digest), lists)


def _packed(folder: Traversable, digest: Any) -> Mapping[str, bytes]:
    """Trained weights and packed tables: of no meaning here, but of weight for what is found."""
    model = folder / "model"
    made = {file.name: file.read_bytes() for file in sorted(model.iterdir(), key=lambda child: child.name)} if model.is_dir() else {}
    for name, content in made.items():
        digest.update(f"{folder.name}/model/{name}\0".encode() + hashlib.blake2b(content).digest())
    return made
