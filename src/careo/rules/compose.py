"""From a pattern as a linguist writes it to one regular expression, the words that it needs, and the templates of its fields."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import regex

from careo.rules.mistakes import mistake
from careo.rules.notation import Rule, as_list
from careo.rules.words import WordClass
from careo.text import fold

BLANK = r"(?:[^\S\n]+|[^\S\n]*\n(?![^\S\n]*\n)[^\S\n]*)"
OPEN = r"(?<!\w)(?!(?<=\d[.,])\d)"
CLOSE = r"(?!\w)(?!(?<=\d)[.,]\d)"
MANY = 60
RARE = 4
"""A figure is as rare in a text as words of so many letters."""

_TOKEN = regex.compile(
    r"""\[\[ | \]\] | <(?P<name>[^<>:]+)(?::(?P<alias>[^<>]+))?> | lemma:(?P<lemma>[\w-]+) | \\(?P<plain>.) | (?P<blank>\s+) | [()|?]
    | (?P<letters>[^\s<>()|?\[\]\\]+?(?=lemma:|\s|[<>()|?\[\]\\]|$)) | .""",
    regex.VERBOSE,
)
_FIELD = regex.compile(r"<([^<>]+)>")

_OPTIONAL_GROUP = regex.compile(r"\((?:\?:)?[^()]*\)[?*]")
# An item that may match nothing; an item that matches one digit.
_MAY_BE_ABSENT = regex.compile(r"(?:\\.|\[[^\]]*\]|.)(?:[?*]|\{0?,[^}]*\})")
_COUNT = regex.compile(r"\{[\d,]*\}")
# A class of characters that matches something else than digits too.
_NOT_ONLY_DIGITS = regex.compile(r"\[(?!(?:\\d|\d-\d|\d)+\])[^\]]*\]")
_A_DIGIT = regex.compile(r"\\d|(?<!\\)\d|\[\d(?:-\d)?\]")
DIGITS = frozenset("0123456789")
"""What a class of figures needs: one of them."""

Need = frozenset[str] | None


@dataclass(slots=True)
class Compiled:
    """A pattern ready to run. `needs`: words one of which must stand in a text for it to match; none where that cannot be said."""

    rule: Rule
    source: str
    exact: bool
    marked: bool
    needs: frozenset[str] | None
    groups: Mapping[str, str]
    classes: Mapping[str, WordClass]
    lemmas: Mapping[str, str]
    templates: Mapping[str, Sequence[Sequence[str | tuple[str, int, str]]]]
    unless: Sequence[tuple[str, str]] = ()

    @property
    def expression(self) -> regex.Pattern[str]:
        """The pattern as an expression."""
        return ready(self.source)

    def excluded(self, match: regex.Match[str], searched: str) -> bool:
        """Whether what stands before and after the match is what one of `unless` excludes."""
        return any(
            (not before or ready(before).match(searched, match.start())) and (not after or ready(after).match(searched, match.end()))
            for before, after in self.unless
        )


@cache
def ready(source: str) -> regex.Pattern[str]:
    """An expression, compiled when a text first needs it: most texts need few, and all of them take seconds."""
    return regex.compile(source, regex.VERSION0)


@dataclass(slots=True)
class _Part:
    """A piece of the expression with what it needs; `empty` if it can match nothing; `marked` if whatever it matches is marked with [[ ]]."""

    source: str
    needs: Need = None
    empty: bool = False
    marked: bool = False


@dataclass(slots=True)
class _State:
    """What is gathered while one pattern is read."""

    rule: Rule
    exact: bool
    tokens: list[regex.Match[str]]
    nested: bool = False
    at: int = 0
    groups: dict[str, str] = field(default_factory=dict)
    classes: dict[str, WordClass] = field(default_factory=dict)
    lemmas: dict[str, str] = field(default_factory=dict)
    marked: bool = False


class Composer:
    """Compiles the patterns of one layer; types of the layer are pieces of its other patterns."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.types: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            if "type" in rule.fields:
                self.types[rule.fields["type"]].append(rule)
        self._open: list[str] = []
        self._done: dict[int, list[Compiled]] = {}

    def compile(self, rule: Rule) -> list[Compiled]:
        """One Compiled a pattern of the rule (`pattern` may be a list)."""
        if id(rule) not in self._done:
            written = rule.keys["pattern"]
            patterns = [written] if isinstance(written, str) else as_list(rule.keys, "pattern", rule.where.rsplit(":", 1)[0], line=rule.line)
            self._done[id(rule)] = [self._one(rule, pattern) for pattern in patterns]
        return self._done[id(rule)]

    def _one(self, rule: Rule, pattern: object) -> Compiled:
        if not isinstance(pattern, str):
            raise mistake("not-text", rule.where, key="pattern", what="no text")
        state = self._state(rule, pattern)
        part = self._whole(state, pattern)
        if part.empty:
            raise mistake("empty-pattern", rule.where, pattern=pattern)
        needs = None if state.exact and not part.needs else part.needs
        return Compiled(
            rule, f"{OPEN}(?:{part.source}){CLOSE}", state.exact, state.marked, needs, state.groups, state.classes, state.lemmas,
            _templates(rule, state.groups, self.types),
            [self._unless(rule, text) for text in as_list(rule.keys, "unless", rule.where.rsplit(":", 1)[0])],
        )  # fmt: skip

    def _state(self, rule: Rule, pattern: str, *, nested: bool = False) -> _State:
        return _State(rule, rule.keys.get("case") == "exact", list(_TOKEN.finditer(pattern)), nested)

    def _whole(self, state: _State, pattern: str) -> _Part:
        part = self._alternatives(state, pattern)
        if state.at < len(state.tokens):
            raise mistake("unclosed-group", state.rule.where, pattern=pattern)
        return part

    def _alternatives(self, state: _State, pattern: str) -> _Part:
        branches = [self._sequence(state, pattern)]
        while state.at < len(state.tokens) and state.tokens[state.at].group() == "|":
            state.at += 1
            branches.append(self._sequence(state, pattern))
        if len(branches) == 1:
            return branches[0]
        marked = [branch.marked for branch in branches]
        if any(marked) and not all(marked):
            raise mistake("marked-in-part", state.rule.where, pattern=pattern)
        needs = [branch.needs for branch in branches]
        joined = None if any(need is None for need in needs) else frozenset().union(*(need for need in needs if need))
        return _Part(f"(?:{'|'.join(b.source for b in branches)})", joined, any(b.empty for b in branches), all(marked))

    def _sequence(self, state: _State, pattern: str) -> _Part:
        parts: list[_Part] = []
        while state.at < len(state.tokens) and state.tokens[state.at].group() not in {"|", ")"}:
            token = state.tokens[state.at]
            state.at += 1
            if token.group() == "?":
                if parts and parts[-1].marked:
                    raise mistake("marked-in-part", state.rule.where, pattern=pattern)
                parts[-1] = _optional(parts[-1]) if parts else _raise_unclosed(state, pattern)
            else:
                parts += self._item(state, token, pattern, cut=state.at < len(state.tokens) and state.tokens[state.at].group() == "?")
        best = _best([part.needs for part in parts])
        return _Part("".join(part.source for part in parts), best, all(part.empty for part in parts), any(part.marked for part in parts))

    def _item(self, state: _State, token: regex.Match[str], pattern: str, *, cut: bool) -> Iterator[_Part]:
        text = token.group()
        if text == "(":
            part = self._alternatives(state, pattern)
            if state.at >= len(state.tokens):
                raise mistake("unclosed-group", state.rule.where, pattern=pattern)
            state.at += 1
            yield _Part(f"(?:{part.source})", part.needs, part.empty, part.marked)
        elif text == "[[":
            state.marked = True
            yield _Part("" if state.nested else "(?P<_found_>", empty=True, marked=True)
        elif text == "]]":
            yield _Part("" if state.nested else ")", empty=True)
        elif token["name"]:
            yield self._piece(state, token["name"], token["alias"])
        elif token["lemma"]:
            group = f"_lemma_{len(state.lemmas)}_"
            state.lemmas[group] = token["lemma"]
            yield _Part(rf"(?P<{group}>\w+)")
        elif token["blank"]:
            yield _Part(BLANK)
        elif text in {"<", ">", "[", "]"}:
            raise mistake("unclosed-group", state.rule.where, pattern=pattern)
        else:
            yield from _letters(token["plain"] or text, state.exact, cut=cut)

    def _piece(self, state: _State, name: str, alias: str | None) -> _Part:
        if name.isupper():
            source, needs = self._type(state, name)
        elif name in state.rule.words:
            source, needs = _class_source(state.rule.words[name], state.exact)
        else:
            near = ", ".join(difflib.get_close_matches(name, state.rule.words, 5, 0.3)) or "none"
            raise mistake("unknown-class", state.rule.where, name=name, near=near)
        if state.nested:
            return _Part(f"(?:{source})", needs)
        shown = alias or name
        group = state.groups.setdefault(shown, f"p{len(state.groups)}_")
        if name in state.rule.words:
            state.classes[shown] = state.rule.words[name]
        return _Part(f"(?P<{group}>{source})", needs)

    def _type(self, state: _State, name: str) -> tuple[str, Need]:
        if name not in self.types:
            raise mistake("unknown-type", state.rule.where, name=name, known=", ".join(sorted(self.types)) or "none")
        if name in self._open or (not self._open and state.rule in self.types[name]):
            raise mistake("circular-type", state.rule.where, name=name)
        self._open.append(name)
        parts = []
        for rule in self.types[name]:
            for pattern in [rule.keys["pattern"]] if isinstance(rule.keys["pattern"], str) else rule.keys["pattern"]:
                inner = self._state(rule, pattern, nested=True)
                inner.exact = state.exact
                parts.append(self._whole(inner, pattern))
        self._open.pop()
        needs = None if any(part.needs is None for part in parts) else frozenset().union(*(part.needs for part in parts if part.needs))
        return "|".join(part.source for part in parts), needs

    def _unless(self, rule: Rule, text: str) -> tuple[str, str]:
        before, here, after = text.partition("$")
        if not here:
            raise mistake("unless-without-here", rule.where, text=text)
        return self._side(rule, before, "before"), self._side(rule, after, "after")

    def _side(self, rule: Rule, pattern: str, side: str) -> str:
        if not pattern.strip():
            return ""
        source = self._whole(self._state(rule, pattern), pattern).source
        return rf"(?<=(?<!\w){source})" if side == "before" else rf"{source}(?!\w)"


def _raise_unclosed(state: _State, pattern: str) -> _Part:
    raise mistake("unclosed-group", state.rule.where, pattern=pattern)


def _optional(part: _Part) -> _Part:
    return _Part(f"(?:{part.source})?", None, True)


def _letters(text: str, exact: bool, *, cut: bool) -> Iterator[_Part]:
    """Literal characters; with `cut` the last one apart, so that the `?` behind it takes it alone, as in regular expressions."""
    seen = text if exact else fold(text)
    for literal in (seen[:-1], seen[-1]) if cut else (seen,):
        if literal:
            yield _Part(regex.escape(literal, literal_spaces=True), frozenset({fold(literal)}) if len(literal) > 1 else None)


def _has_digit(expression: str) -> bool:
    """Whether whatever a plain regular expression matches holds a digit; False where that is not easily seen."""
    sure = _OPTIONAL_GROUP.sub("", expression)
    alternatives = [_COUNT.sub("", _NOT_ONLY_DIGITS.sub("", _MAY_BE_ABSENT.sub("", part))) for part in sure.split("|")]
    return "(" not in sure and all(_A_DIGIT.search(part) for part in alternatives)


@cache
def _class_source(words: WordClass, exact: bool) -> tuple[str, Need]:
    if words.expression:
        return words.expression, DIGITS if _has_digit(words.expression) else None
    alternatives = sorted({word if exact else fold(word) for word in words.meanings}, key=lambda word: (-len(word), word))
    needs = frozenset(fold(word) for word in alternatives)
    if len(alternatives) > MANY:
        return _tree(alternatives), needs
    return "|".join(regex.escape(word, literal_spaces=True).replace(" ", BLANK) for word in alternatives), frozenset(
        min(word.split(), key=lambda w: (-len(w), w)) for word in needs if word.strip()
    )


def _tree(alternatives: Iterable[str]) -> str:
    """One expression for many words, in which common beginnings stand once: some eight times as fast as a named list of `regex`."""
    root: dict[str, Any] = {}
    for word in alternatives:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(root)


def _branches(node: Mapping[str, Any]) -> str:
    """The longest words first: the end of a word is tried when its continuations have failed. Letters without a fork need no group."""
    further = [regex.escape(letter, literal_spaces=True) + _branches(node[letter]) for letter in sorted(node) if letter]
    if len(further) == 1 and "" not in node:
        return further[0]
    return f"(?:{'|'.join(further)}){'?' if '' in node else ''}" if further else ""


def _best(needs: Sequence[Need]) -> Need:
    """The rarest to be expected: all its words long, and few of them."""
    real = [need for need in needs if need]
    return max(real, key=lambda need: (min(4, min(RARE if word.isdigit() else len(word) for word in need)), -len(need), sorted(need)), default=None)


def _templates(rule: Rule, groups: Mapping[str, str], types: Mapping[str, list[Rule]]) -> dict[str, list[list[str | tuple[str, int, str]]]]:
    return {name: [_template(rule, name, text, groups, types) for text in written.split(" | ")] for name, written in rule.fields.items()}


def _template(rule: Rule, name: str, text: str, groups: Mapping[str, str], types: Mapping[str, list[Rule]]) -> list[str | tuple[str, int, str]]:
    made: list[str | tuple[str, int, str]] = []
    done = 0
    for slot in _FIELD.finditer(text):
        piece, _, rest = slot.group(1).partition(".")
        if piece not in groups:
            raise mistake("unknown-piece", rule.where, field=name, name=piece, known=", ".join(groups) or "none")
        made += [text[done : slot.start()], (piece, int(rest) if rest.isdigit() else 1, "" if rest.isdigit() or not rest else rest)]
        done = slot.end()
    return [part for part in [*made, text[done:]] if part]
