"""Frames over the parse: a word that calls them, and for each role an ordered list of candidates, first fit wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careo.model import Parse, Span, Token
from careo.rules.extents import spans_of
from careo.rules.files import Line
from careo.rules.grammar import Extent, Grammar
from careo.rules.mistakes import mistake
from careo.rules.notation import Rule, as_list
from careo.rules.tree import Path, Tree, has_morph, read_path
from careo.text import fold

PHRASE_GAP = 3
"""How many words may stand between two words of a phrase."""
OPENING = frozenset({"PROPN", "ADJ", "PRON", "INTJ", "X"})
"""What a common word is taken for where a capital opens its sentence."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a frame found: spans of the text for its trigger and each role, and its fields filled in.

    `head` is the trigger's word, `heads` the head word of each role's first span: indices into the parse.
    """

    rule: Rule
    trigger: Span
    head: int
    parts: Mapping[str, tuple[Span, ...]]
    heads: Mapping[str, int]
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    path: Path
    extent: Extent
    every: bool


@dataclass(slots=True)
class _Compiled:
    rule: Rule
    order: int
    pos: frozenset[str]
    words: list[Mapping[str, str]]
    morph: str
    takes: frozenset[str]
    unless: list[Path]
    roles: dict[str, tuple[list[_Candidate], bool]]
    gives: dict[str, str] = field(default_factory=dict)


class Frames:
    """The frame rules of one layer, ready to search."""

    def __init__(self, rules: Sequence[Rule], grammar: Grammar) -> None:
        self.rules, self.grammar = tuple(rules), grammar
        self._by_lemma: dict[str, list[_Compiled]] = defaultdict(list)
        for order, rule in enumerate(rules):
            compiled = self._compile(rule, order)
            for word in compiled.words[0]:
                self._by_lemma[word].append(compiled)
        for known in self._by_lemma.values():
            known.sort(key=lambda compiled: (-len(compiled.words), compiled.order))

    def find(self, parse: Parse) -> list[Frame]:
        """At most one frame a word: phrases before single words, then the first rule that fits, in order of the text."""
        tree = Tree(parse)
        found: list[Frame] = []
        taken: set[int] = set()
        for token in tree.tokens:
            for compiled in self._called(token):
                frame = self._fit(tree, token, compiled, taken)
                if frame:
                    if not compiled.rule.blocks:
                        found.append(frame)
                    break
        return found

    def explain(self, parse: Parse) -> list[Frame]:
        """Every frame that fits, also those that an earlier rule beat."""
        tree = Tree(parse)
        return [frame for token in tree.tokens for compiled in self._called(token) if (frame := self._fit(tree, token, compiled, set()))]

    def _called(self, token: Token) -> list[_Compiled]:
        return self._by_lemma.get(fold(token.lemma)) or self._by_lemma.get(fold(token.text)) or []

    def _fit(self, tree: Tree, token: Token, compiled: _Compiled, taken: set[int]) -> Frame | None:
        if token.i in taken or (compiled.pos and token.pos not in compiled.pos and not _opens(tree, token)) or not has_morph(token, compiled.morph):
            return None
        words = _phrase(tree, token.i, compiled.words)
        if not words or any(path.walk(tree, token.i) for path in compiled.unless):
            return None
        trigger = _widened(tree, token.i, words, compiled.takes)
        roles = self._roles(tree, token.i, trigger, compiled)
        if roles is None:
            return None
        taken.update(words)
        parts, heads = roles
        span = Span(tree.tokens[trigger[0]].span.start, tree.tokens[trigger[-1]].span.end)
        lemma = fold(token.lemma) if fold(token.lemma) in compiled.words[0] else fold(token.text)
        return Frame(compiled.rule, span, token.i, parts, heads, _fields(compiled, lemma))

    def _roles(self, tree: Tree, i: int, trigger: list[int], compiled: _Compiled) -> tuple[dict[str, tuple[Span, ...]], dict[str, int]] | None:
        parts: dict[str, tuple[Span, ...]] = {}
        heads: dict[str, int] = {}
        for role, (candidates, optional) in compiled.roles.items():
            filled = next(_fillings(tree, i, trigger, candidates), None)
            if filled:
                parts[role], heads[role] = filled
            elif not optional:
                return None
        return parts, heads

    # ------------------------------------------------------------ compiling

    def _compile(self, rule: Rule, order: int) -> _Compiled:
        keys, file = rule.keys, rule.where.rsplit(":", 1)[0]
        roles = {**self._shape(rule), **(keys.get("roles") or {})}
        return _Compiled(
            rule, order, frozenset(str(keys["frame"]).replace("|", " ").split()), self._trigger_words(rule), str(keys.get("morph", "")),
            frozenset(as_list(keys, "cue-takes", file, line=rule.line)),
            [read_path(text, rule.where, rule.words) for text in as_list(keys, "unless", file, line=rule.line)],
            {str(role): self._candidates(rule, as_list(roles, role, file, line=rule.line)) for role in roles},
            {str(key): str(value) for key, value in (keys.get("gives") or {}).items()},
        )  # fmt: skip

    def _shape(self, rule: Rule) -> Mapping[str, Any]:
        name = rule.keys.get("like")
        if name and name not in self.grammar.shapes:
            raise mistake("unknown-shape", rule.where, name=name, known=", ".join(self.grammar.shapes) or "none")
        return self.grammar.shapes[Line(name, 0)] if name else {}

    def _trigger_words(self, rule: Rule) -> list[Mapping[str, str]]:
        """For each word of the trigger its alternatives with their meanings."""
        written = rule.keys.get("lemma") or rule.keys.get("phrase")
        if not written:
            raise mistake("no-trigger", rule.where, id=rule.id)
        words = [written.replace(" ", "")] if "lemma" in rule.keys else written.split()
        return [self._alternatives(rule, word) for word in words]

    @staticmethod
    def _alternatives(rule: Rule, word: str) -> Mapping[str, str]:
        if not word.startswith("<"):
            return {fold(one): one for one in word.split("|")}
        name = word.strip("<>")
        if name not in rule.words:
            raise mistake("unknown-class", rule.where, name=name, near=", ".join(sorted(rule.words)))
        return rule.words[name].folded()

    def _candidates(self, rule: Rule, written: list[str]) -> tuple[list[_Candidate], bool]:
        made = []
        for text in written:
            if text == "none":
                continue
            every = text.startswith("all ")
            path, _, extent = text.removeprefix("all ").rpartition(" : ")
            if extent not in self.grammar.extents:
                raise mistake("unknown-extent", rule.where, name=extent, known=", ".join(self.grammar.extents))
            made.append(_Candidate(read_path(path, rule.where, rule.words), self.grammar.extents[extent], every))
        return made, "none" in written


def _opens(tree: Tree, token: Token) -> bool:
    """Whether a common word opens its sentence, taken for a name because of its capital: no other name goes on from it, its lemma is not its text."""
    if token.i not in tree.starts or token.pos not in OPENING or token.lemma == token.text:
        return False
    after = tree.tokens[token.i + 1] if token.i + 1 < len(tree.tokens) else token
    return after.pos != "PROPN" or after.i in tree.starts


def _fillings(tree: Tree, i: int, trigger: list[int], candidates: list[_Candidate]) -> Iterator[tuple[tuple[Span, ...], int]]:
    for candidate in candidates:
        reached = [there for there in candidate.path.walk(tree, i) if there not in trigger]
        spans = tuple(span for there in (reached if candidate.every else reached[:1]) for span in spans_of(tree, there, candidate.extent, trigger))
        if spans:
            yield spans, reached[0]


def _phrase(tree: Tree, start: int, words: list[Mapping[str, str]]) -> list[int]:
    """The words of the phrase that begins at `start`, a few others between them allowed; empty if it does not stand there."""
    found = [start]
    for alternatives in words[1:]:
        nearby = range(found[-1] + 1, min(found[-1] + 2 + PHRASE_GAP, len(tree.tokens)))
        here = next((i for i in nearby if fold(tree.tokens[i].lemma) in alternatives or fold(tree.tokens[i].text) in alternatives), None)
        if here is None:
            return []
        found.append(here)
    return found


_TAKEN = {"aux": "aux|aux:pass|cop", "clitic": "expl|expl:pass|expl:pv|expl:impers|obj|iobj", "neg": "advmod"}


def _widened(tree: Tree, i: int, words: list[int], takes: frozenset[str]) -> list[int]:
    """The trigger with the auxiliaries, clitics and negations that stand right beside it."""
    made = list(range(words[0], words[-1] + 1))
    while made[0] > 0 and _belongs(tree, made[0] - 1, i, takes):
        made.insert(0, made[0] - 1)
    return made


def _belongs(tree: Tree, at: int, i: int, takes: frozenset[str]) -> bool:
    token = tree.tokens[at]
    for kind in takes:
        if token.head == i and token.dep in _TAKEN[kind].split("|"):
            return kind == "aux" or (kind == "clitic" and token.pos == "PRON") or (kind == "neg" and "Polarity=Neg" in token.morph)
    return False


def _fields(compiled: _Compiled, lemma: str) -> dict[str, str]:
    made = {}
    for key, value in compiled.gives.items():
        meaning = compiled.words[0].get(lemma, lemma)
        made[key] = meaning if value.startswith("<") and value.endswith(">") else value
    return made
