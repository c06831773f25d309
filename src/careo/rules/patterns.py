"""Patterns over words: how they are written, compiled and found.

A pattern is compiled to one regular expression over the folded text. Which of them run on a text is decided by the words that each
needs, found for all in one pass (Aho-Corasick), so that cost hardly grows with the number of rules (the habit is eyecite's).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick
import regex

from careo.rules.compose import Compiled, Composer
from careo.rules.notation import Rule
from careo.text import fold

REACH = 80
"""How far, in code points, a match may lie from a word that it needs."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word class or type of a pattern as found: its words and what they mean."""

    start: int
    end: int
    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a pattern found: offsets of the text that was searched, the rule's fields filled in, its pieces by name."""

    rule: Rule
    start: int
    end: int
    fields: Mapping[str, str]
    pieces: Mapping[str, tuple[Piece, ...]]


class Patterns:
    """The pattern rules of one layer, ready to search."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        composer = Composer(rules)
        self._compiled = [compiled for rule in rules for compiled in composer.compile(rule)]
        self._inner = {name: [c for r in of_type for c in composer.compile(r)] for name, of_type in composer.types.items()}
        self._needs: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for index, compiled in enumerate(self._compiled):
            for word in compiled.needs or ():
                self._needs[word].append(index)
            if not compiled.needs:
                self._always.append(index)
        self._automaton = _automaton(self._needs)

    def find(self, text: str, lemmas: Mapping[int, str] | None = None) -> list[Found]:
        """All matches in `text`, none overlapping: of two that do the longest, then the rule that comes first.

        `lemmas` gives the lemma of the word that begins at an offset; rules that ask for one are silent without it.
        """
        folded = fold(text)
        found: list[tuple[int, int, int, Compiled, regex.Match[str]]] = []
        for index, windows in sorted(self._windows(folded).items()):
            compiled = self._compiled[index]
            searched = text if compiled.exact else folded
            for begin, end in windows:
                for match in compiled.expression.finditer(searched, begin, end, overlapped=compiled.marked):
                    if self._holds(compiled, match, searched, lemmas):
                        start, stop = match.span("_found_") if compiled.marked else match.span()
                        found.append((start, stop, index, compiled, match))
        return [self._found(compiled, match, start, stop, text) for start, stop, _, compiled, match in _longest(found) if not compiled.rule.blocks]

    def _windows(self, folded: str) -> dict[int, list[tuple[int, int]]]:
        windows: dict[int, list[tuple[int, int]]] = {index: [(0, len(folded))] for index in self._always}
        for end, word in self._automaton.iter(folded) if self._automaton else ():
            begin, stop = max(0, end + 1 - len(word) - REACH), min(len(folded), end + 1 + REACH)
            for index in self._needs[word]:
                known = windows.setdefault(index, [])
                if known and begin <= known[-1][1]:
                    known[-1] = (known[-1][0], max(stop, known[-1][1]))
                else:
                    known.append((begin, stop))
        return windows

    @staticmethod
    def _holds(compiled: Compiled, match: regex.Match[str], searched: str, lemmas: Mapping[int, str] | None) -> bool:
        for group, lemma in compiled.lemmas.items():
            if not lemmas or any(lemmas.get(start) != lemma for start in match.starts(group)):
                return False
        return not any(
            (before is None or before.match(searched, match.start())) and (after is None or after.match(searched, match.end()))
            for before, after in compiled.unless
        )

    def _found(self, compiled: Compiled, match: regex.Match[str], start: int, stop: int, text: str) -> Found:
        pieces = {name: tuple(self._piece(compiled, name, span, text) for span in match.spans(group)) for name, group in compiled.groups.items()}
        pieces = {name: spans for name, spans in pieces.items() if spans}
        return Found(compiled.rule, start, stop, self._fields(compiled, pieces, match, text), pieces)

    @staticmethod
    def _piece(compiled: Compiled, name: str, span: tuple[int, int], text: str) -> Piece:
        words = text[span[0] : span[1]]
        known = compiled.classes.get(name)
        return Piece(span[0], span[1], words, known.meaning(words) if known else words)

    def _fields(self, compiled: Compiled, pieces: Mapping[str, tuple[Piece, ...]], match: regex.Match[str], text: str) -> dict[str, str]:
        made = {}
        for name, alternatives in compiled.templates.items():
            for template in alternatives:
                filled = self._filled(template, pieces, text)
                if filled is not None:
                    made[name] = filled
                    break
        return made

    def _filled(self, template: Sequence[str | tuple[str, int, str]], pieces: Mapping[str, tuple[Piece, ...]], text: str) -> str | None:
        made = []
        for part in template:
            if isinstance(part, str):
                made.append(part)
                continue
            name, which, inner = part
            if len(pieces.get(name, ())) < which:
                return None
            value = self._inner_value(name, pieces[name][which - 1], inner, text) if inner else pieces[name][which - 1].meaning
            if value is None:
                return None
            made.append(value)
        return "".join(made)

    def _inner_value(self, name: str, piece: Piece, field: str, text: str) -> str | None:
        """The field of the rule of that type which finds the piece whole."""
        folded = fold(text)
        for compiled in self._inner[name]:
            match = compiled.expression.fullmatch(text if compiled.exact else folded, piece.start, piece.end)
            if match:
                return self._found(compiled, match, piece.start, piece.end, text).fields.get(field)
        return None

    def explain(self, text: str, lemmas: Mapping[int, str] | None = None) -> list[Found]:
        """Every match of every rule in `text`, also those that a longer or earlier one beat, in order of place."""
        folded = fold(text)
        made = []
        for compiled in self._compiled:
            for match in compiled.expression.finditer(text if compiled.exact else folded):
                if self._holds(compiled, match, text if compiled.exact else folded, lemmas):
                    start, stop = match.span("_found_") if compiled.marked else match.span()
                    made.append(self._found(compiled, match, start, stop, text))
        return sorted(made, key=lambda one: (one.start, -one.end, one.rule.name))


def _automaton(needs: Iterable[str]) -> ahocorasick.Automaton | None:
    automaton = ahocorasick.Automaton()
    for word in sorted(needs):
        automaton.add_word(word, word)
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton


def _longest(found: list[tuple[int, int, int, Compiled, regex.Match[str]]]) -> list[tuple[int, int, int, Compiled, regex.Match[str]]]:
    """Of those that overlap the one with the longest match (what it marks may be less), then the first rule; in order of place."""
    kept: list[tuple[int, int, int, Compiled, regex.Match[str]]] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda f: (f[4].start() - f[4].end(), f[2], f[0])):
        places = range(one[0], one[1])
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(one)
    return sorted(kept, key=lambda f: f[0])
