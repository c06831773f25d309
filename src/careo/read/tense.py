"""Which tense governs some words: past, future, or nothing that tells.

Reads Universal Dependencies alone: from the words up the tree to the first verb that is finite or has a finite auxiliary.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Literal

from careo.model import Parse, Span, Token

Tense = Literal["past", "future"]

_STEPS = 6
"""How far up the tree to look; further away a verb says little about the words."""


def tenses(parse: Parse, spans: Iterable[Span]) -> dict[Span, Tense]:
    """The tense that governs each span, where one does. Spans and tokens are offsets of the same text."""
    starts = [token.span.start for token in parse.tokens]
    helpers = _helpers(parse)
    made = {}
    for span in sorted(spans):
        first = bisect_left(starts, span.start)
        tense = _governing(parse, first, span, helpers) if first < len(starts) else None
        if tense:
            made[span] = tense
    return made


def _helpers(parse: Parse) -> Mapping[int, Token]:
    """Verbs with the first of their finite auxiliaries or copulas."""
    made: dict[int, Token] = {}
    for token in parse.tokens:
        if token.dep.split(":")[0] in ("aux", "cop") and "VerbForm=Fin" in token.morph:
            made.setdefault(token.head, token)
    return made


def _governing(parse: Parse, first: int, span: Span, helpers: Mapping[int, Token]) -> Tense | None:
    token = parse.tokens[first]
    for _ in range(_STEPS):
        inside = span.start <= token.span.start < span.end
        if not inside and (known := _of(token, helpers.get(token.i))) is not None:
            return known or None
        if token.head == token.i:
            return None
        token = parse.tokens[token.head]
    return None


def _of(token: Token, helper: Token | None) -> Tense | Literal[""] | None:
    """The tense of a verb; empty for one that is finite and tells nothing, None for what is no finite verb."""
    finite = helper or token
    if "VerbForm=Fin" not in finite.morph:
        return None
    if "Tense=Fut" in finite.morph:
        return "future"
    if "Tense=Past" in finite.morph or "Tense=Imp" in finite.morph or (helper and "VerbForm=Part" in token.morph and "Mood=Cnd" not in finite.morph):
        return "past"
    return "future" if "Tense=Pres" in finite.morph and "Mood=Ind" in finite.morph else ""
