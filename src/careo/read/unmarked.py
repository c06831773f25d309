"""Direct speech without quotation marks: headlines with their speaker, dialogue behind dashes, embedded posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careo.model import Chain, Manner, Media, Span
from careo.read.direct import verbatim
from careo.read.interview import interview
from careo.read.speech import Draft, Sheet

HEADLINES = 3
"""Paragraphs at a text's head that may be headlines."""

_LONGEST_HEADLINE, _LONGEST_NAME = 160, 5
_DASHES = frozenset("—–-")
_NAMING = frozenset({"PROPN"})
HEADLINE, DASH, POST = "quotations/unmarked#headline", "quotations/unmarked#dialogue", "quotations/unmarked#post"


def unmarked(sheet: Sheet, media: Sequence[Media], chains: Sequence[Chain], others: Sequence[Draft]) -> list[Draft]:
    """Quotations that no marks show, and those of `others` that they leave: what a dialogue holds is its turn's, a headline yields.

    What an embedded post reports is its own and stays: a post is a document too.
    """
    turns, posts = [*_dialogue(sheet), *interview(sheet)], list(_posts(sheet, media))
    names = [member.span for chain in chains if chain.kind != "OTHER" for member in chain.members]
    spoken = sheet.covered(turns)
    kept = [*turns, *(other for other in others if not _is_covered(other, spoken))]
    said = sheet.covered(kept)
    return [*posts, *kept, *(draft for draft in _headlines(sheet, names) if not _is_covered(draft, said))]


def _is_covered(draft: Draft, places: bytearray) -> bool:
    """Whether a character of its content is marked in `places`."""
    return any(places.find(1, part.start, part.end) >= 0 for part in draft.content)


# ---------------------------------------------------------------- «No nos iremos: Ana Ruiz»


def _headlines(sheet: Sheet, names: Sequence[Span]) -> Iterator[Draft]:
    """Short first lines with one colon and nothing but a name on one side of it, one of `names` where these are known."""
    for place in sheet.paragraphs[:HEADLINES]:
        first, end = sheet.token_from(place.start), sheet.token_from(place.end)
        colons = [i for i in range(first, end) if sheet.tokens[i].text == ":"]
        draft = _headline(sheet, first, colons[0], end) if len(colons) == 1 and len(place) < _LONGEST_HEADLINE else None
        if draft and draft.source and (not names or any(name.touches(draft.source) for name in names)):
            yield draft


def _headline(sheet: Sheet, first: int, colon: int, end: int) -> Draft | None:
    for name, words in (((colon + 1, end), (first, colon)), ((first, colon), (colon + 1, end))):
        content = sheet.between(*words)
        source = sheet.between(*name)
        if content and source and _is_name(sheet, *name) and sheet.has_verb(*words):
            manner: Manner = "direct" if _in_first_person(sheet, *words) or _in_marks(sheet, *words) else "indirect"
            return Draft([content], manner, "say", HEADLINE, source=source, source_head=name[0], last=words[1])
    return None


def _is_name(sheet: Sheet, first: int, end: int) -> bool:
    """Whether the tokens are a name alone."""
    tokens = sheet.tokens[first:end]
    named = [t for t in tokens if t.text[:1].isupper() and t.pos in {"PROPN", "NOUN", "ADJ"}]
    rest = [t for t in tokens if t not in named]
    return 0 < len(named) <= _LONGEST_NAME and all(t.pos == "ADP" or t.pos == "PUNCT" for t in rest) and any(t.pos in _NAMING for t in named)


def _in_first_person(sheet: Sheet, first: int, end: int) -> bool:
    return any("Person=1" in t.morph for t in sheet.tokens[first:end])


def _in_marks(sheet: Sheet, first: int, end: int) -> bool:
    return all(sheet.in_marks[i] or sheet.tokens[i].pos == "PUNCT" for i in range(first, end))


# ---------------------------------------------------------------- — ¿Se va? — No me voy.


def _dialogue(sheet: Sheet) -> Iterator[Draft]:
    """Paragraphs that begin with a dash, two or more in a row; a reporting word behind a second dash is their cue."""
    dashed = [sheet.text[p.start : p.start + 1] in _DASHES and len(p) > 1 for p in sheet.paragraphs]
    for number, place in enumerate(sheet.paragraphs):
        beside = (number and dashed[number - 1]) or (number + 1 < len(dashed) and dashed[number + 1])
        if dashed[number]:
            first, end = sheet.token_from(place.start), sheet.token_from(place.end)
            draft = _turn(sheet, first, end)
            if draft and (beside or draft.cue):
                yield draft


def _turn(sheet: Sheet, first: int, end: int) -> Draft | None:
    """One turn of a dialogue: its parts outside the dashes that hold a cue."""
    inner = [i for i in range(first + 1, end) if sheet.tokens[i].text.rstrip(".,;:") in _DASHES]
    cue = next((sheet.cue_at[i + 1] for i in inner if i + 1 in sheet.cue_at), None)
    if cue is None:
        content = verbatim(sheet, Span(sheet.tokens[first + 1].span.start, sheet.tokens[end - 1].span.end)) if first + 1 < end else None
        if content is None or not sheet.has_verb(first + 1, end):
            return None
        return Draft([content], "direct", "say", DASH, last=end, is_turn=True, is_question=content.of(sheet.text).endswith("?"))
    closing = next((i for i in inner if i > cue.last), None)
    parts = [(first + 1, max(i for i in inner if i < cue.first)), (closing + 1, end) if closing is not None else (end, end)]
    content_spans = [span for low, high in parts if (span := sheet.between(low, high))]
    if not content_spans:
        return None
    return Draft(content_spans, "direct", cue.frame.fields.get("stance", "say"), DASH, cue, cue.span, cue.source, cue.source_head, end)


# ---------------------------------------------------------------- posts


def _posts(sheet: Sheet, media: Sequence[Media]) -> Iterator[Draft]:
    """The words of each embedded post, with its author's name below them as source."""
    for post in media:
        if post.kind == "post" and post.content and post.author:
            at = sheet.text.find(post.author, post.content.end, post.span.end)
            source = Span(at, at + len(post.author)) if at >= 0 else None
            head = sheet.token_from(at) if source else None
            last = sheet.token_from(post.span.end)
            yield Draft([post.content], "direct", "say", POST, source=source, source_head=head, last=last, name=post.author)
