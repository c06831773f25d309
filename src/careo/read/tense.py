"""Which tense governs some words: past, future, or nothing that tells.

Reads Universal Dependencies alone: from the words up the tree to the first verb that is finite, has a finite auxiliary,
or is a participle without one («imposed on Monday»: past; of some, «planned for Monday», future: those are told by the caller).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Literal

from careo.model import Parse, Span, Token
from careo.rules.words import WordClass

Tense = Literal["past", "future", "present"]
"""A present that governs a date itself speaks of what is to come and is `future`; above a noun with a date it is `present`."""

_STEPS = 6
"""How far up the tree to look; further away a verb says little about the words."""
_BESIDE = 8
"""How many words from its verb an auxiliary may stand."""


def tenses(parse: Parse, spans: Iterable[Span], ahead: WordClass | None = None) -> dict[Span, Tense]:
    """The tense that governs each span, where one does. Spans and tokens are offsets of the same text.

    `ahead` are lemmas whose participle speaks of what is to come.
    """
    made = {}
    for span in spans:
        first = bisect_left(parse.tokens, span.start, key=lambda token: token.span.start)
        tense = _governing(parse, first, span, ahead) if first < len(parse.tokens) else None
        if tense:
            made[span] = tense
    return made


def _governing(parse: Parse, first: int, span: Span, ahead: WordClass | None) -> Tense | None:
    token, of_noun = parse.tokens[first], False
    for _ in range(_STEPS):
        inside = span.start <= token.span.start < span.end
        helper = _helper(parse, token)
        if (helper or not inside) and (known := _of(token, helper)) is not None:
            if known == "present":
                return "present" if of_noun else "future"
            return "future" if known == "past" and "VerbForm=Part" in token.morph and ahead and token.lemma in ahead else known or None
        if token.head == token.i:
            return None
        of_noun = of_noun or (token.dep == "nmod" and parse.tokens[token.head].pos == "NOUN" and not span.holds(parse.tokens[token.head].span))
        token = parse.tokens[token.head]
    return None


def _helper(parse: Parse, verb: Token) -> Token | None:
    """The first finite auxiliary or copula of a word, if it stands close by."""
    near = parse.tokens[max(0, verb.i - _BESIDE) : verb.i + _BESIDE]
    helpers = (token for token in near if token.head == verb.i and token.dep.split(":")[0] in ("aux", "cop") and "VerbForm=Fin" in token.morph)
    return next(helpers, None)


def _of(token: Token, helper: Token | None) -> Tense | Literal[""] | None:
    """The tense of a verb; empty for one that is finite and tells nothing, None for what is neither finite nor a participle."""
    finite = helper or token
    if "VerbForm=Fin" not in finite.morph:
        return "past" if token.pos in ("VERB", "ADJ") and "VerbForm=Part" in token.morph else None
    if "Tense=Fut" in finite.morph:
        return "future"
    if "Mood=Ind" not in finite.morph:
        return ""
    if "Tense=Past" in finite.morph or "Tense=Imp" in finite.morph or (helper and "VerbForm=Part" in token.morph):
        return "past"
    return "present" if "Tense=Pres" in finite.morph else ""
