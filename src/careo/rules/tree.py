"""A parse as a tree that can be walked, and the paths that frames walk on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import regex

from careo.model import Parse, Token
from careo.rules.mistakes import mistake
from careo.rules.words import WordClass
from careo.text import fold


class Tree:
    """The words of a parse with their children, and their sentences."""

    __slots__ = ("children", "parse", "starts", "tokens")

    def __init__(self, parse: Parse) -> None:
        self.parse, self.tokens = parse, parse.tokens
        self.starts = frozenset(sentence.start for sentence in parse.sentences)
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                self.children[token.head].append(token.i)

    def below(self, i: int, *, keep: Callable[[Token], bool] = lambda _: True) -> Iterator[int]:
        """`i` and all words below it, leaving out those that `keep` refuses with all below them."""
        waiting = [i]
        while waiting:
            at = waiting.pop()
            yield at
            waiting += [child for child in self.children[at] if keep(self.tokens[child])]

    def having(self, i: int, function: str) -> Iterator[Token]:
        """The children of `i` with that function."""
        return (self.tokens[child] for child in self.children[i] if self.tokens[child].dep in function.split("|"))


Test = Callable[[Tree, int, int], bool]
"""A condition: tree, the word, the word one came from."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `self`, `down` to a child or `up` to the head, the functions allowed (none: any), and conditions."""

    move: str
    functions: frozenset[str] | None
    tests: tuple[Test, ...]

    def reach(self, tree: Tree, i: int) -> Iterator[int]:
        """The words that the step leads to from `i`."""
        for there in self._moves(tree, i):
            if all(test(tree, there, i) for test in self.tests):
                yield there

    def _moves(self, tree: Tree, i: int) -> Iterator[int]:
        token = tree.tokens[i]
        if self.move == "self":
            yield i
        elif self.move == "up":
            if token.head != i and (self.functions is None or token.dep in self.functions):
                yield token.head
        else:
            yield from (child for child in tree.children[i] if self.functions is None or tree.tokens[child].dep in self.functions)


@dataclass(frozen=True, slots=True)
class Path:
    """Steps over the tree, as written."""

    written: str
    steps: tuple[Step, ...]

    def walk(self, tree: Tree, start: int) -> list[int]:
        """The words that the path leads to from `start`, without repeats."""
        here = [start]
        for step in self.steps:
            here = list(dict.fromkeys(there for i in here for there in step.reach(tree, i)))
        return here


_STEP = regex.compile(r"\s*(?P<move>[<>])?\s*(?P<functions>\.|\*|[a-z:|]+)\s*(?:\[(?P<conditions>[^\]]*)\])?")


def read_path(written: str, where: str, words: Mapping[str, WordClass]) -> Path:
    """The path that `written` says; raises RuleError at `where`."""
    steps: list[Step] = []
    at = 0
    while at < len(written.rstrip()):
        found = _STEP.match(written, at)
        if not found or (steps and not found["move"]):
            raise mistake("bad-path", where, at=written[at:], path=written)
        steps.append(_step(found, written, where, words))
        at = found.end()
    return Path(written, tuple(steps))


def _step(found: regex.Match[str], written: str, where: str, words: Mapping[str, WordClass]) -> Step:
    functions = None if found["functions"] in {"*", "."} else frozenset(found["functions"].split("|"))
    move = "self" if found["functions"] == "." else {"<": "up"}.get(found["move"] or "", "down")
    conditions = [text.strip() for text in (found["conditions"] or "").split(",") if text.strip()]
    return Step(move, functions, tuple(_test(text, written, where, words) for text in conditions))


def _test(text: str, written: str, where: str, words: Mapping[str, WordClass]) -> Test:
    if text.startswith("!"):
        test = _test(text[1:], written, where, words)
        return lambda tree, i, origin: not test(tree, i, origin)
    key, equals, value = text.partition("=")
    if equals and key in _WITH_VALUE:
        return _WITH_VALUE[key](_chooser(value, written, where, words))
    if equals and key in _WITH_FUNCTION:
        return _WITH_FUNCTION[key](value)
    if not equals and key in _PLAIN:
        return _PLAIN[key]
    raise mistake("bad-path", where, at=text, path=written)


def _chooser(value: str, written: str, where: str, words: Mapping[str, WordClass]) -> Callable[[str], bool]:
    """Whether a word is one of `a|b`, or of the class `<x>`."""
    if value.startswith("<") and value.endswith(">"):
        if value[1:-1] not in words:
            raise mistake("unknown-class", where, name=value[1:-1], near=written)
        return words[value[1:-1]].__contains__
    allowed = {fold(word) for word in value.split("|")}
    return lambda word: fold(word) in allowed


def _child_words(function: str) -> Callable[[Callable[[str], bool]], Test]:
    return lambda chosen: lambda tree, i, _: any(chosen(child.text) or chosen(child.lemma) for child in tree.having(i, function))


def has_morph(token: Token, wanted: str) -> bool:
    """Whether the word has all features of `wanted`: `VerbForm=Fin|Inf Person=3`."""
    features = dict(feature.partition("=")[::2] for feature in token.morph.split("|"))
    return all(features.get(key, "") in values.split("|") for key, _, values in (feature.partition("=") for feature in wanted.split()))


def _relative(function: str) -> Test:
    return lambda tree, i, _: any("Rel" in child.morph and child.pos == "PRON" for child in tree.having(i, function))


_WITH_VALUE: dict[str, Callable[[Callable[[str], bool]], Test]] = {
    "mark": _child_words("mark"),
    "prep": _child_words("case"),
    "aux": _child_words("aux"),
    "lemma": lambda chosen: lambda tree, i, _: chosen(tree.tokens[i].lemma),
    "in": lambda chosen: lambda tree, i, _: chosen(tree.tokens[i].text),
    "pos": lambda chosen: lambda tree, i, _: chosen(tree.tokens[i].pos),
}
_WITH_FUNCTION: dict[str, Callable[[str], Test]] = {
    "morph": lambda wanted: lambda tree, i, _: has_morph(tree.tokens[i], wanted),
    "child": lambda function: lambda tree, i, _: any(True for _ in tree.having(i, function)),
    "rel": _relative,
}
_PLAIN: dict[str, Test] = {
    "after": lambda _, i, origin: i > origin,
    "before": lambda _, i, origin: i < origin,
    "name": lambda tree, i, _: any(tree.tokens[below].pos == "PROPN" for below in tree.below(i)),
}
