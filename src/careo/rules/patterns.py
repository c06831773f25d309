"""Patterns over words: how they are written, compiled and found.

A pattern is compiled to one regular expression over the folded text. Which of them run on a text is decided by the words that each
needs, found for all in one pass (Aho-Corasick), so that cost hardly grows with the number of rules (the habit is eyecite's).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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


class _Searched(NamedTuple):
    """A text as it stands and folded; folded once, for a long one has many matches."""

    text: str
    folded: str

    def by(self, compiled: Compiled) -> str:
        """The form that a pattern is searched in."""
        return self.text if compiled.exact else self.folded


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

    def prepare(self) -> None:
        """Compile all expressions now, and not when a text first needs them: for measuring time."""
        for compiled in self._compiled:
            assert compiled.expression

    def find(self, text: str, lemmas: Mapping[int, str] | None = None) -> list[Found]:
        """All matches in `text`, none overlapping: of two that do the longest, then the rule that comes first.

        `lemmas` gives the lemma of the word that begins at an offset; rules that ask for one are silent without it.
        """
        searched = _Searched(text, fold(text))
        found: list[tuple[int, int, int, Compiled, regex.Match[str]]] = []
        for index, windows in sorted(self._windows(searched.folded).items()):
            compiled = self._compiled[index]
            form = searched.by(compiled)
            for begin, end in windows:
                for match in compiled.expression.finditer(form, begin, end, overlapped=compiled.marked):
                    if self._holds(compiled, match, form, lemmas):
                        start, stop = match.span("_found_") if compiled.marked else match.span()
                        found.append((start, stop, index, compiled, match))
        return [
            self._found(compiled, match, start, stop, searched) for start, stop, _, compiled, match in _longest(found) if not compiled.rule.blocks
        ]

    def _windows(self, folded: str) -> dict[int, list[tuple[int, int]]]:
        """Where each rule is to be searched: around the words that it needs. Gathered by word first, for many rules share one."""
        by_word: dict[str, list[tuple[int, int]]] = {}
        for end, word in self._automaton.iter(folded) if self._automaton else ():
            _widen(by_word.setdefault(word, []), max(0, end + 1 - len(word) - REACH), min(len(folded), end + 1 + REACH))
        gathered: dict[int, list[list[tuple[int, int]]]] = {}
        for word, known in by_word.items():
            for index in self._needs[word]:
                gathered.setdefault(index, []).append(known)
        windows = {index: [(0, len(folded))] for index in self._always}
        return windows | {index: known[0] if len(known) == 1 else _united(known) for index, known in gathered.items()}

    @staticmethod
    def _holds(compiled: Compiled, match: regex.Match[str], searched: str, lemmas: Mapping[int, str] | None) -> bool:
        for group, lemma in compiled.lemmas.items():
            if not lemmas or any(lemmas.get(start) != lemma for start in match.starts(group)):
                return False
        return not compiled.excluded(match, searched)

    def _found(self, compiled: Compiled, match: regex.Match[str], start: int, stop: int, searched: _Searched) -> Found:
        pieces = {
            name: tuple(self._piece(compiled, name, span, searched.text) for span in match.spans(group)) for name, group in compiled.groups.items()
        }
        pieces = {name: spans for name, spans in pieces.items() if spans}
        return Found(compiled.rule, start, stop, self._fields(compiled, pieces, searched), pieces)

    @staticmethod
    def _piece(compiled: Compiled, name: str, span: tuple[int, int], text: str) -> Piece:
        words = text[span[0] : span[1]]
        known = compiled.classes.get(name)
        return Piece(span[0], span[1], words, known.meaning(words) if known else words)

    def _fields(self, compiled: Compiled, pieces: Mapping[str, tuple[Piece, ...]], searched: _Searched) -> dict[str, str]:
        made = {}
        for name, alternatives in compiled.templates.items():
            for template in alternatives:
                filled = self._filled(template, pieces, searched)
                if filled is not None:
                    made[name] = filled
                    break
        return made

    def _filled(self, template: Sequence[str | tuple[str, int, str]], pieces: Mapping[str, tuple[Piece, ...]], searched: _Searched) -> str | None:
        made = []
        for part in template:
            if isinstance(part, str):
                made.append(part)
                continue
            name, which, inner = part
            if len(pieces.get(name, ())) < which:
                return None
            value = self._inner_value(name, pieces[name][which - 1], inner, searched) if inner else pieces[name][which - 1].meaning
            if value is None:
                return None
            made.append(value)
        return "".join(made)

    def _inner_value(self, name: str, piece: Piece, field: str, searched: _Searched) -> str | None:
        """The field of the rule of that type which finds the piece whole."""
        for compiled in self._inner[name]:
            match = compiled.expression.fullmatch(searched.by(compiled), piece.start, piece.end)
            if match:
                return self._found(compiled, match, piece.start, piece.end, searched).fields.get(field)
        return None

    def explain(self, text: str, lemmas: Mapping[int, str] | None = None) -> list[Found]:
        """Every match of every rule in `text`, also those that a longer or earlier one beat, in order of place."""
        searched = _Searched(text, fold(text))
        made = []
        for index, windows in sorted(self._windows(searched.folded).items()):
            compiled = self._compiled[index]
            form = searched.by(compiled)
            for match in (match for begin, end in windows for match in compiled.expression.finditer(form, begin, end)):
                if self._holds(compiled, match, form, lemmas):
                    start, stop = match.span("_found_") if compiled.marked else match.span()
                    made.append(self._found(compiled, match, start, stop, searched))
        return sorted(made, key=lambda one: (one.start, -one.end, one.rule.name))


def _widen(windows: list[tuple[int, int]], begin: int, stop: int) -> None:
    """Add a window that begins no earlier than the last one; the two become one where they touch."""
    if windows and begin <= windows[-1][1]:
        windows[-1] = (windows[-1][0], max(stop, windows[-1][1]))
    else:
        windows.append((begin, stop))


def _united(several: Iterable[Iterable[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Windows of several words as one list, in order, none touching."""
    made: list[tuple[int, int]] = []
    for begin, stop in sorted(window for windows in several for window in windows):
        _widen(made, begin, stop)
    return made


def _automaton(needs: Iterable[str]) -> ahocorasick.Automaton | None:
    automaton = ahocorasick.Automaton()
    for word in sorted(needs):
        automaton.add_word(word, word)
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton


def _longest(found: list[tuple[int, int, int, Compiled, regex.Match[str]]]) -> list[tuple[int, int, int, Compiled, regex.Match[str]]]:
    """Of those that overlap the one with the longest match (what it marks may be less), then one that only keeps others off
    (`blocks`), then the first rule; in order of place."""
    kept: list[tuple[int, int, int, Compiled, regex.Match[str]]] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda f: (f[4].start() - f[4].end(), not f[3].rule.blocks, f[2], f[0])):
        places = range(one[0], one[1])
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(one)
    return sorted(kept, key=lambda f: f[0])
