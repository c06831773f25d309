"""The tense that governs some words, read from the tree alone."""

from __future__ import annotations

import pytest

from careo.model import Parse, Span, Token
from careo.read.tense import tenses
from careo.rules.words import WordClass

FINITE = "Mood=Ind|VerbForm=Fin|Tense="
Word = tuple[str, str, int, str, str]


def parsed(*words: Word) -> Parse:
    """Words (text, function, head, part of speech, morph) three characters apart from each other's start."""
    tokens = [Token(i, Span(4 * i, 4 * i + 3), text, text, pos, dep, head, morph) for i, (text, dep, head, pos, morph) in enumerate(words)]
    return Parse(tuple(tokens), (Span(0, len(tokens)),))


CASES: dict[str, tuple[tuple[Word, ...], int, str | None]] = {
    "past": ((("fue", "ROOT", 0, "VERB", FINITE + "Past"), ("lun", "obl", 0, "NOUN", "")), 1, "past"),
    "imperfect": ((("iba", "ROOT", 0, "VERB", FINITE + "Imp"), ("lun", "obl", 0, "NOUN", "")), 1, "past"),
    "future": ((("irá", "ROOT", 0, "VERB", FINITE + "Fut"), ("lun", "obl", 0, "NOUN", "")), 1, "future"),
    "present": ((("van", "ROOT", 0, "VERB", FINITE + "Pres"), ("lun", "obl", 0, "NOUN", "")), 1, "future"),
    "perfect": ((("han", "aux", 1, "AUX", FINITE + "Pres"), ("ido", "ROOT", 1, "VERB", "VerbForm=Part"), ("lun", "obl", 1, "NOUN", "")), 2, "past"),
    "participle alone": (
        (("van", "ROOT", 0, "VERB", FINITE + "Pres"), ("ido", "acl", 0, "VERB", "VerbForm=Part"), ("lun", "obl", 1, "NOUN", "")),
        2,
        "past",
    ),
    "through a noun": ((("irá", "ROOT", 0, "VERB", FINITE + "Fut"), ("día", "obj", 0, "NOUN", ""), ("lun", "nmod", 1, "NOUN", "")), 2, "future"),
    "present through a noun": (
        (("van", "ROOT", 0, "VERB", FINITE + "Pres"), ("día", "obj", 0, "NOUN", ""), ("lun", "nmod", 1, "NOUN", "")),
        2,
        "present",
    ),
    "subjunctive": ((("van", "ROOT", 0, "VERB", "Mood=Sub|VerbForm=Fin|Tense=Pres"), ("lun", "obl", 0, "NOUN", "")), 1, None),
    "conditional": ((("iba", "ROOT", 0, "VERB", "Mood=Cnd|VerbForm=Fin"), ("lun", "obl", 0, "NOUN", "")), 1, None),
    "no verb": ((("día", "ROOT", 0, "NOUN", ""), ("lun", "nmod", 0, "NOUN", "")), 1, None),
}


@pytest.mark.parametrize(("words", "at", "tense"), CASES.values(), ids=CASES)
def test_the_governing_tense(words: tuple[Word, ...], at: int, tense: str | None) -> None:
    span = Span(4 * at, 4 * at + 3)
    assert tenses(parsed(*words), [span]) == ({span: tense} if tense else {})


def test_a_participle_of_what_is_planned_is_future() -> None:
    words = parsed(("van", "ROOT", 0, "VERB", FINITE + "Pres"), ("previsto", "amod", 0, "ADJ", "VerbForm=Part"), ("lun", "obl", 1, "NOUN", ""))
    assert tenses(words, [Span(8, 11)]) == {Span(8, 11): "past"}
    assert tenses(words, [Span(8, 11)], WordClass("ahead", {"previsto": "previsto"})) == {Span(8, 11): "future"}


def test_words_that_are_the_predicate_have_the_tense_of_their_copula() -> None:
    words = parsed(("cita", "nsubj", 2, "NOUN", ""), ("será", "cop", 2, "AUX", FINITE + "Fut"), ("lun", "ROOT", 2, "NOUN", ""))
    assert tenses(words, [Span(8, 11)]) == {Span(8, 11): "future"}


def test_words_after_the_last_token_and_heads_in_a_ring_have_none() -> None:
    assert tenses(parsed(), [Span(0, 3)]) == {}
    ring = parsed(("día", "nmod", 1, "NOUN", ""), ("lun", "nmod", 0, "NOUN", ""))
    assert tenses(ring, [Span(0, 3)]) == {}
