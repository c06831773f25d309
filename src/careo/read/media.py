"""Posts, videos, photos, recordings and papers that a report shows or cites; an embedded post is also a document of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import cast, get_args

import msgspec
import regex

from careo.edtf import is_edtf
from careo.model import Dct, Document, Media, MediaKind, Span, Timex
from careo.rules import Found, Language
from careo.text import View, fold

LAYER = "media"
KINDS = frozenset(get_args(MediaKind))
_HASHTAG = regex.compile(r"#\w+")
_LINK = regex.compile(r"(?:https?://|pic\.twitter\.com/)[^\s<>\"«»()]+")
_PARAGRAPH = regex.compile(r"\n[^\S\n]*\n|\n")


def media(view: View, language: Language, text: str, timexes: Sequence[Timex]) -> tuple[Media, ...]:
    """The media of one text in order; ids `m1`… Spans are code points of `text`."""
    found = [one for one in language.patterns(LAYER).find(view.text) if one.fields.get("kind") in KINDS]
    return tuple(msgspec.structs.replace(_medium(one, view, text, timexes), id=f"m{n}") for n, one in enumerate(found, start=1))


def _medium(found: Found, view: View, text: str, timexes: Sequence[Timex]) -> Media:
    """What a rule found; the words of an embedded post run from their paragraph's start to the dash before its author."""
    start = _words_before(view.text, found.start) if found.fields.get("content") == "before" else found.start
    content = _content(view, start, found.start) if start < found.start else None
    words = content.of(text) if content else ""
    link = _LINK.search(words)
    return Media(
        "", cast(MediaKind, found.fields["kind"]), view.span(start, found.end), found.rule.name,
        author=found.fields.get("author", "").strip() or None, handle=found.fields.get("handle"), posted=_posted(found, view, timexes),
        link=link.group() if link else None, hashtags=tuple(_HASHTAG.findall(words)), content=content,
    )  # fmt: skip


def _words_before(text: str, foot: int) -> int:
    """Where the words of a post begin: with the paragraph of its foot, or the one before where the foot has a paragraph to itself."""
    start = _paragraph(text, foot)
    return start if text[start:foot].strip() else _paragraph(text, len(text[:start].rstrip()))


def _paragraph(text: str, offset: int) -> int:
    """Where the paragraph of `offset` begins."""
    breaks = list(_PARAGRAPH.finditer(text, max(0, offset - 5_000), offset))
    return breaks[-1].end() if breaks else max(0, offset - 5_000)


def _content(view: View, start: int, end: int) -> Span | None:
    """`start:end` of the view without blanks at its edges, as a span of the text."""
    words = view.text[start:end]
    first = start + len(words) - len(words.lstrip())
    last = end - (len(words) - len(words.rstrip()))
    return view.span(first, last) if first < last else None


def _posted(found: Found, view: View, timexes: Sequence[Timex]) -> str | None:
    """The day under the post as EDTF: as the times layer has it, else as the rule has it; None where there is no such day."""
    written = found.fields.get("posted")
    if not written:
        return None
    end = view.span(found.start, found.end).end
    read = next((timex.edtf for timex in timexes if timex.span.end == end and timex.edtf), None)
    if read:
        return read
    year, month, day = written.split("-")
    value = f"{year}-{month}-{day.zfill(2)}"
    return value if is_edtf(value) else None


# ---------------------------------------------------------------- a post as a document


def posts(document: Document, media: Sequence[Media]) -> tuple[Document, ...]:
    """Each embedded post as a document of its own: its text the span in `document`, its author, time and origin its own."""
    return tuple(_post(document, one) for one in media if one.kind == "post" and one.content)


def housed(document: Document, media: Sequence[Media]) -> tuple[Media, ...]:
    """`media` with the id of each post's own document."""
    return tuple(_housed(document, one) for one in media)


def _housed(document: Document, medium: Media) -> Media:
    if medium.kind != "post" or not medium.content:
        return medium
    return msgspec.structs.replace(medium, document=post_id(document.id, medium.content))


def post_id(parent: str, content: Span) -> str:
    """The id of the post that begins at `content` in the document `parent`."""
    return _hashed(parent, "post", str(content.start))


def _post(document: Document, medium: Media) -> Document:
    content = cast(Span, medium.content)
    words = content.of(document.text)
    return Document(
        post_id(document.id, content), words, document.capture, f"{document.label}#post{content.start}",
        _hashed("post", fold(medium.handle or medium.author or ""), " ".join(fold(View(words).text).split())),
        author=medium.author, publisher=medium.handle or medium.author, url=medium.link,
        dct=Dct(medium.posted, "text", "the date under the post") if medium.posted else None,
        language=document.language, region=document.region, parent=document.id, span=content,
    )  # fmt: skip


def _hashed(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
