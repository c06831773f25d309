"""What a reporting word frames that is set off by commas or stands behind a whole clause: «El río bajó, dijo el alcalde, dos metros»."""

from __future__ import annotations

from careo.model import Span
from careo.read.speech import FRAGMENT, Cue, Sheet

_STOPS = frozenset({".", ";", "?", "!", ":"})
_NOT_LAST = 2
"""Tokens between the last one in marks and a cue behind their comma."""


def is_parenthesis(sheet: Sheet, cue: Cue) -> bool:
    """Whether the cue stands behind a comma that follows a whole clause, with nothing but its subject behind it."""
    sentence = sheet.sentence(cue.at)
    if cue.first <= sentence.start or sheet.tokens[cue.first - 1].text not in {",", "–", "—"} or "VerbForm=Fin" not in sheet.morph(cue):
        return False
    if not sheet.has_verb(sentence.start, cue.first) or any(
        s.last == cue.first - _NOT_LAST for s in sheet.stretches_in(cue.first - _NOT_LAST, cue.first)
    ):
        return False
    framed = any(t.head == cue.at and t.dep == "ccomp" and t.i < cue.first for t in sheet.tokens[sentence.start : cue.first])
    subject = cue.source if cue.kind == "bare" else (cue.content[0] if cue.content else None)
    if cue.source and cue.source.end <= cue.span.start:
        return False
    if subject is None:
        return framed
    end = sheet.token_from(subject.end)
    closed = end >= sentence.end or sheet.tokens[end].text in {".", ",", ";", ")"} or sheet.tokens[end].pos in {"ADP", "PUNCT"}
    return closed and (framed or cue.kind == "bare" or _is_name(sheet, subject))


def _is_name(sheet: Sheet, span: Span) -> bool:
    return any(t.pos == "PROPN" for t in sheet.tokens[sheet.token_from(span.start) : sheet.token_from(span.end)])


def take_subject(cue: Cue) -> None:
    """Behind a clause («…, confirmó la Policía») what the parser takes for an object is who speaks."""
    if cue.kind == "thing" and cue.source is None and cue.content:
        cue.source, cue.source_head = cue.content[0], cue.content_head


def around(sheet: Sheet, cue: Cue) -> list[Span]:
    """What a parenthesis frames: the clause before it, else what follows its comma, else both."""
    sentence = sheet.sentence(cue.at)
    start = _behind_semicolon(sheet, cue, sheet.opening(sentence, cue.first))
    end = _region_end(sheet, cue, sentence)
    before = sheet.between(start, cue.first)
    after = sheet.between(end, sentence.end)
    joined = sheet.tokens[cue.first - 1].text.lower() in sheet.that if cue.first > sentence.start else False
    if before and not joined and sheet.has_verb(start, cue.first):
        return [sheet.whole_marks(before)]
    if after and sheet.has_verb(end, sentence.end):
        subject = before and any(t.dep in {"nsubj", "obj"} for t in sheet.tokens[start : cue.first])
        return [before, after] if before and subject and not joined else [after]
    return [before] if before and sheet.words(start, cue.first) > FRAGMENT else []


def _behind_semicolon(sheet: Sheet, cue: Cue, start: int) -> int:
    """In a headline («Ruiz felicita al alcalde; obra necesaria, dice») what is said begins behind the last semicolon."""
    if sheet.paragraph(cue.span.start):
        return start
    return next((i + 1 for i in range(cue.first - 1, start, -1) if sheet.tokens[i].text == ";"), start)


def _region_end(sheet: Sheet, cue: Cue, sentence: Span) -> int:
    """The token behind the comma that ends the attribution, descriptions of its source included; the sentence's end if there is none."""
    i = max(cue.last + 1, sheet.token_from(cue.source.end) if cue.source and cue.source.start > cue.span.start else 0)
    while i < sentence.end:
        token = sheet.tokens[i]
        if token.text in _STOPS:
            return i + 1
        if token.text == "," and not _describes(sheet, i + 1, cue, sentence):
            return i + 1
        i += 1
    return sentence.end


def _describes(sheet: Sheet, i: int, cue: Cue, sentence: Span) -> bool:
    """Whether the word behind a comma hangs on the source, and another comma follows."""
    if i >= sentence.end or cue.source_head is None or not any(t.text == "," for t in sheet.tokens[i : sentence.end]):
        return False
    for _ in range(6):
        head = sheet.tokens[i].head
        if head == cue.source_head:
            return True
        if head == i:
            return False
        i = head
    return False
