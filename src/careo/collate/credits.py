"""Which news agencies a report credits: beside its dateline, at its foot, in its byline. Words: `lang/es/copies`."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from careo.collate.copies import Source
from careo.collate.facts import Facts
from careo.rules import Language
from careo.text import View, fold

LAYER = "copies"

NEAR = 400
"""Code points from either end of a text within which an agency in brackets, or at the head of a line, is a credit."""


class Agencies:
    """The agencies of a language, and the forms in which they are credited."""

    def __init__(self, language: Language) -> None:
        self._names = language.words(LAYER, "agency").meanings
        agency = rf"(?<![\w-])(?:{_any_of(self._names)})(?![\w-])"
        several = rf"{agency}(?:\s*(?:[/,|-]|–)\s*{agency})*"
        lead, desk = (_any_of(language.words(LAYER, name).meanings) for name in ("credit", "desk"))
        self._agency = regex.compile(agency)
        self._led = regex.compile(rf"(?<!\w)(?i:{lead}):?\s+{several}")
        self._placed = regex.compile(rf"\((?:[^()\n]{{0,30}}[/,]\s*)?{several}\)|(?m:^(?:(?:{desk})\s*[/|-]\s*)?{several}\s*(?:[-–—|/.:]|$))")

    def of(self, text: str, author: str | None) -> frozenset[str]:
        """The agencies that a report credits, by their names; empty where it credits none. A mention in the running text is no credit."""
        seen = View(text).text
        ends = seen if len(seen) <= 2 * NEAR else f"{seen[:NEAR]}\n\0{seen[-NEAR:]}"
        found = [match.group() for form in (self._led, self._placed) for match in form.finditer(ends)]
        words = (word for piece in (*found, View(author or "").text) for word in self._agency.findall(piece))
        return frozenset(self._names[word] for word in words)


def source(facts: Facts, agencies: Agencies) -> Source:
    """What a report says of where it comes from."""
    publisher, author = facts.publisher or "", facts.author or ""
    words = fold(f"{author}\n{facts.text}")
    return Source(fold(publisher), agencies.of("", publisher), words, agencies.of(facts.text, author), facts.age)


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(regex.escape(part) for part in word.split()) for word in longest_first)
