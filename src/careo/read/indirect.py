"""Indirect and mixed speech: what frames say that somebody said, asked or denied, with the limits that a parse alone does not keep."""

from __future__ import annotations

from collections.abc import Iterator

from careo.model import Span
from careo.read.speech import Cue, Draft, Sheet

FRAGMENT = 3
"""Words in marks from which on indirect speech is mixed."""

_STOPS = frozenset({".", ";", "?", "!", ":"})
_NOT_LAST = 2


def indirect(sheet: Sheet) -> list[Draft]:
    """Quotations whose content the frames, or a comma and a reporting verb behind a clause, give."""
    return [draft for cue in sheet.cues for draft in _drafts(sheet, cue)]


def _drafts(sheet: Sheet, cue: Cue) -> Iterator[Draft]:
    if cue.kind == "according":
        content = _around(sheet, cue)
    elif cue.kind in {"bare", "thing"} and _is_parenthesis(sheet, cue):
        _take_subject(cue)
        content = _around(sheet, cue)
    elif cue.kind in {"indirect", "thing"}:
        content = _limited(sheet, cue)
    else:
        content = []
    if content:
        yield drafted(sheet, cue, content)


def drafted(sheet: Sheet, cue: Cue, content: list[Span]) -> Draft:
    """A draft with this cue; mixed where its content holds a marked fragment of FRAGMENT words."""
    held = [s for s in sheet.stretches if any(part.holds(s.span) or part.touches(s.span) for part in content)]
    mixed = any(sheet.words(s.first, s.last + 1) >= FRAGMENT for s in held)
    fields = cue.frame.fields
    return Draft(content, "mixed" if mixed else "indirect", fields.get("stance", "say"), cue.frame.rule.name, cue, cue.span, cue.source, cue.source_head)


# ---------------------------------------------------------------- behind the cue


def _limited(sheet: Sheet, cue: Cue) -> list[Span]:
    """The frame's content, cut before another attribution and carried on to the end of marks that it runs into."""
    first = sheet.token_from(cue.content[0].start)
    end = max(first, sheet.token_from(cue.content[-1].end))
    if first <= cue.last or _is_after_colon(sheet, first):
        return []
    end = _cut(sheet, cue, first, end)
    span = sheet.between(first, end)
    return [_whole_marks(sheet, span)] if span else []


def _is_after_colon(sheet: Sheet, first: int) -> bool:
    """Whether marks that a colon announces begin here: those are direct speech."""
    return any(s.first in {first, first - 1} and s.first and sheet.tokens[s.first - 1].text == ":" for s in sheet.stretches)


def _cut(sheet: Sheet, cue: Cue, first: int, end: int) -> int:
    for other in sheet.cues:
        if first < other.first < end and not sheet.in_marks[other.first]:
            joint = sheet.tokens[other.first - 1]
            if other.kind == "according" and joint.text == ",":
                return other.first - 1
            if other.kind in {"indirect", "thing"} and joint.pos == "CCONJ" and sheet.tokens[other.at].head == cue.at:
                return other.first - 1
    return end


def _whole_marks(sheet: Sheet, span: Span) -> Span:
    for stretch in sheet.stretches:
        if span.start <= stretch.span.start < span.end < stretch.span.end or (stretch.span.start <= span.start < span.end < stretch.span.end):
            return sheet.bare(Span(span.start, stretch.span.end)) or span
    return span


# ---------------------------------------------------------------- around the cue


def _is_parenthesis(sheet: Sheet, cue: Cue) -> bool:
    """Whether the cue stands behind a comma that follows a whole clause, with nothing but its subject behind it."""
    sentence = sheet.sentence(cue.at)
    if cue.first <= sentence.start or sheet.tokens[cue.first - 1].text not in {",", "–", "—"} or "VerbForm=Fin" not in _morph(sheet, cue):
        return False
    if not sheet.has_verb(sentence.start, cue.first) or any(s.last == cue.first - _NOT_LAST for s in sheet.stretches):
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


def _morph(sheet: Sheet, cue: Cue) -> str:
    return "".join(sheet.tokens[i].morph for i in range(cue.first, cue.last + 1))


def _is_name(sheet: Sheet, span: Span) -> bool:
    return any(t.pos == "PROPN" for t in sheet.tokens[sheet.token_from(span.start) : sheet.token_from(span.end)])


def _take_subject(cue: Cue) -> None:
    """Behind a clause («…, confirmó la Policía») what the parser takes for an object is who speaks."""
    if cue.kind == "thing" and cue.source is None and cue.content:
        cue.source, cue.source_head = cue.content[0], cue.content_head


def _around(sheet: Sheet, cue: Cue) -> list[Span]:
    """What a parenthesis frames: the clause before it, else what follows its comma, else both."""
    sentence = sheet.sentence(cue.at)
    end = _region_end(sheet, cue, sentence)
    before = sheet.between(sentence.start, cue.first)
    after = sheet.between(end, sentence.end)
    if before and sheet.has_verb(sentence.start, cue.first):
        return [_whole_marks(sheet, before)]
    if after and sheet.has_verb(end, sentence.end):
        subject = before and any(t.dep in {"nsubj", "obj"} for t in sheet.tokens[sentence.start : cue.first])
        return [before, after] if before and subject else [after]
    return [before] if before and sheet.words(sentence.start, cue.first) > FRAGMENT else []


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
