"""Interviews set as questions and answers: «P: ¿Se va? / R: No me voy», «Periodista: … / Ana Ruiz: …»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

from careo.model import Span
from careo.read.speech import LAYER, Draft, Sheet
from careo.text import fold

TURN = "quotations/interview#turn"
LEAST = 2
"""Labelled paragraphs, one that asks among them, from which on a text is an interview."""

_LABEL = regex.compile(r"(?P<label>\p{L}[\p{L}. ]{0,40}?)\s?(?::|\.-|\.–|\.—|\.)\s*(?=\S)")


def interview(sheet: Sheet) -> list[Draft]:
    """The turns of an interview, each direct speech; who asks is nobody by name, an answer without a name is the one's who was last spoken of."""
    words = sheet.page.language.words
    asks, answers = words(LAYER, "asker").folded(), words(LAYER, "answerer").folded()
    turns = [(place, found, fold(found["label"])) for place in sheet.paragraphs if (found := _LABEL.match(sheet.text, place.start, place.end))]
    asked = [turn for turn in turns if turn[2] in asks]
    answered = [turn for turn in turns if turn[2] in answers or (turn[2] not in asks and _is_name(sheet, turn[1]))]
    if not asked or not answered or len(asked) + len(answered) < LEAST:
        return []
    return list(_drafts(sheet, sorted([*asked, *answered], key=lambda turn: turn[0].start), asks, answers))


def _drafts(sheet: Sheet, turns: list[tuple[Span, regex.Match[str], str]], asks: Mapping[str, str], answers: Mapping[str, str]) -> Iterator[Draft]:
    for place, found, label in turns:
        content = sheet.bare(Span(found.end(), place.end))
        if content is None:
            continue
        question = label in asks
        named = not question and label not in answers
        source = Span(*found.span("label")) if named else None
        # A question mark or a closing sign at its edge is what was said.
        whole = Span(content.start, max(content.end, content.start + len(sheet.text[content.start : place.end].rstrip(" ."))))
        yield Draft(
            [whole], "direct", "ask" if question else "say", TURN, source=source, source_head=sheet.token_from(source.start) if source else None,
            last=sheet.token_from(place.end) - 1, is_turn=True, is_question=question,
        )  # fmt: skip


def _is_name(sheet: Sheet, found: regex.Match[str]) -> bool:
    """Whether a label before a colon is a name: its words begin with capitals, and the parser takes one for a name."""
    start, end = found.span("label")
    tokens = sheet.tokens[sheet.token_from(start) : sheet.token_from(end)]
    capitals = all(token.text[:1].isupper() or token.pos == "ADP" for token in tokens)
    return sheet.text[end : found.end()].lstrip().startswith(":") and capitals and any(token.pos == "PROPN" for token in tokens)
