"""A page as the quotations layer looks at it: its words with their sentences, its stretches in marks, its reporting words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from careo.model import Manner, Span, Token
from careo.read.marks import Marked, marked, paragraphs
from careo.read.page import Page
from careo.rules import Frame
from careo.text import fold

LAYER = "quotations"
FRAGMENT = 3
"""Words in marks from which on indirect speech is mixed."""

EDGE = " \n\t\r.,;:—–-…\"'«»“”‘’„‟`\u0092\u0093\u0094\u0091\u00a0\u200b\ufeff"
_VERBS = frozenset({"VERB", "AUX"})
_BESIDE = 4
_CLOSING = 8
"""Words that a cue with its source takes up at the end of marks that are never closed."""
_HASHTAG = regex.compile(r"(?:#\w+\s+)+")
_DATELINE = regex.compile(
    r"\p{Lu}[^.()\n]{2,40}(?:\.[^.()\n]{0,20})?(?:\.|\.?\s?\([^)\n]{2,40}\)\.?)\s?[–—-]+\s+|\p{Lu}{3,}(?:[\s,]+\p{Lu}{2,}){0,4},?\s?[–—]\s?"
)
_LIGHT = frozenset({"PUNCT", "ADV", "AUX", "CCONJ", "SCONJ", "PRON", "SYM"})
_WORD = regex.compile(r"[\w\d]+(?:[-.,'][\w\d]+)*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands in marks: the words inside (`span`), with the marks (`outer`), its first and last token."""

    span: Span
    outer: Span
    first: int
    last: int
    opened: bool
    closed: bool
    single: bool
    words: int


@dataclass(slots=True, eq=False)
class Cue:
    """A reporting word: its frame, the tokens of its span, who speaks by the frame, and what the frame takes for content."""

    frame: Frame
    at: int
    first: int
    last: int
    kind: str
    span: Span
    source: Span | None
    source_head: int | None
    content: tuple[Span, ...]
    content_head: int | None


@dataclass(slots=True, eq=False)
class Draft:
    """A quotation that is still being made.

    `last` is the last token of it with its cue; `name` a speaker's name that is known already; `is_turn` is set for a turn of a
    dialogue, `is_question` for one in which something is asked, by whoever leads it.
    """

    content: list[Span]
    manner: Manner
    stance: str
    rule: str
    cue: Cue | None = None
    cue_span: Span | None = None
    source: Span | None = None
    source_head: int | None = None
    last: int = 0
    stretch: Stretch | None = None
    name: str | None = None
    is_turn: bool = False
    is_question: bool = False

    @property
    def start(self) -> int:
        """Where its content begins."""
        return self.content[0].start

    @property
    def place(self) -> int:
        """Where it names or utters: its source, else its content."""
        return self.source.start if self.source else self.start

    @property
    def end(self) -> int:
        """Where it ends with its cue and its source."""
        return max(span.end for span in (self.content[-1], self.cue_span, self.source) if span)

    def without_own_source(self) -> None:
        """Take back a source that is part of the content: nobody is named by his own words."""
        if self.source and any(part.touches(self.source) for part in self.content):
            self.source = self.source_head = None


class Sheet:
    """The words of a page with what this layer asks of them."""

    def __init__(self, page: Page, times: Sequence[Span] = ()) -> None:
        self.page, self.text, self.tokens = page, page.text, page.parse.tokens
        self.starts = [token.span.start for token in self.tokens]
        self.sentence_starts = [sentence.start for sentence in page.parse.sentences]
        view = page.view
        self.paragraphs = [view.span(start, end) for start, end in paragraphs(view.text)]
        self.paragraph_starts = [paragraph.start for paragraph in self.paragraphs]
        words = page.language.words
        self.that = frozenset(words(LAYER, "that").meanings) | frozenset(words(LAYER, "wh").meanings)
        self.have = words(LAYER, "have")
        self.feeling = words(LAYER, "feeling")
        self.breaks, self.connectives = _phrases(words(LAYER, "break").meanings), _phrases(words(LAYER, "connective").meanings)
        self.with_comma = {fold(phrase) for phrase, how in words(LAYER, "connective").meanings.items() if how == "comma"}
        self.media = [(view.span(found.start, found.end), found.fields["medium"]) for found in page.language.patterns(LAYER).find(view.text)]
        self.aside = self._marked_out(*(span for span, _ in self.media), *times)
        frames = page.language.frames(LAYER).find(page.parse)
        self.stretches = [self._before_cue(made, frames) for one in marked(view) if (made := self._stretch(one))]
        self.in_marks = bytearray(len(self.tokens))
        for stretch in self.stretches:
            self.in_marks[stretch.first : stretch.last + 1] = b"\1" * (stretch.last + 1 - stretch.first)
        self.stretch_starts = [stretch.first for stretch in self.stretches]
        self.cues = sorted(self._cues(frames), key=lambda cue: cue.first)
        self.cue_starts = [cue.first for cue in self.cues]
        self.cue_at = {i: cue for cue in reversed(self.cues) for i in range(cue.first, cue.last + 1)}

    # ------------------------------------------------------------ what stands where

    def _marked_out(self, *spans: Span) -> bytearray:
        """A byte for each character of the text, 1 where one of `spans` covers it."""
        made = bytearray(len(self.text))
        for span in spans:
            made[span.start : span.end] = b"\1" * len(span)
        return made

    def covered(self, drafts: Iterable[Draft]) -> bytearray:
        """A byte for each character of the text, 1 where the content of a draft covers it."""
        return self._marked_out(*(part for draft in drafts for part in draft.content))

    def stretches_in(self, first: int, end: int) -> list[Stretch]:
        """The stretches in marks that share one of the tokens `first:end`."""
        low = max(0, bisect_right(self.stretch_starts, first) - 1)
        near = self.stretches[low : bisect_left(self.stretch_starts, end)]
        return near[1:] if near and near[0].last < first else near

    def stretches_on(self, spans: Iterable[Span]) -> list[Stretch]:
        """The stretches in marks that share a character with one of `spans`."""
        return [s for span in spans for s in self.stretches_in(self.token_from(span.start) - 1, self.token_from(span.end)) if s.span.touches(span)]

    def cues_in(self, first: int, end: int) -> list[Cue]:
        """The reporting words that begin among the tokens `first:end`."""
        return self.cues[bisect_left(self.cue_starts, first) : bisect_left(self.cue_starts, end)]

    # ------------------------------------------------------------ words

    def token_from(self, offset: int) -> int:
        """The first token that begins at `offset` or behind it."""
        return bisect_left(self.starts, offset)

    def sentence(self, i: int) -> Span:
        """The range of tokens of the sentence that token `i` stands in."""
        return self.page.parse.sentences[bisect_right(self.sentence_starts, i) - 1]

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that holds `offset`."""
        return bisect_right(self.paragraph_starts, offset) - 1

    def between(self, first: int, end: int) -> Span | None:
        """The span of the tokens `first:end`, without marks and stops at its edges; None if nothing is left."""
        return self.bare(Span(self.tokens[first].span.start, self.tokens[end - 1].span.end)) if first < end else None

    def bare(self, span: Span) -> Span | None:
        """`span` without marks, stops and blanks at its edges; a bracket that closes one inside stays."""
        start, end = span.start, span.end
        while start < end and self.text[start] in EDGE:
            start += 1
        while end > start and self.text[end - 1] in EDGE:
            end -= 1
        return Span(start, end) if start < end else None

    def has_verb(self, first: int, end: int) -> bool:
        """Whether a finite verb stands among the tokens `first:end`."""
        return any(self.tokens[i].pos in _VERBS and "VerbForm=Fin" in self.tokens[i].morph for i in range(first, end))

    def words(self, first: int, end: int) -> int:
        """How many words stand among the tokens `first:end`."""
        return sum(token.pos != "PUNCT" for token in self.tokens[first:end])

    def breaks_at(self, i: int) -> bool:
        """Whether a word stands at token `i`, or behind a comma there, with which the report takes up its own tale."""
        at = i + 1 if i < len(self.tokens) and self.tokens[i].text == "," else i
        return self._phrase_at(self.breaks, at) > 0

    def behind_connective(self, first: int, end: int) -> int:
        """The first token behind a connective and its comma that open a sentence; `first` if none does."""
        at = first + self._phrase_at(self.connectives, first)
        if at == first or at >= end:
            return first
        comma = self.tokens[at].text == ","
        alone = fold(" ".join(t.text for t in self.tokens[first:at])) not in self.with_comma
        return at + comma if comma or alone else first

    def _phrase_at(self, phrases: dict[str, list[list[str]]], i: int) -> int:
        """How many tokens the longest of `phrases` takes up at token `i`."""
        if i >= len(self.tokens):
            return 0
        known = phrases.get(fold(self.tokens[i].text), ())
        return max((len(phrase) for phrase in known if [fold(t.text) for t in self.tokens[i : i + len(phrase)]] == phrase), default=0)

    def opening(self, sentence: Span, end: int) -> int:
        """Where a sentence's own words begin before token `end`: behind a dateline and a connective."""
        here = self.tokens[sentence.start].span.start
        dateline = _DATELINE.match(self.text, here, min(here + 90, self.tokens[end - 1].span.start)) if end > sentence.start + 1 else None
        return self.behind_connective(self.token_from(dateline.end()) if dateline else sentence.start, end)

    def follows_marks(self, cue: Cue) -> bool:
        """Whether the cue stands right behind marks and a comma."""
        near = (s.last + 1 for s in self.stretches_in(max(0, cue.first - _BESIDE), cue.first) if s.last < cue.first)
        return any(self.clear(first, cue.first) for first in near)

    def is_passive(self, cue: Cue) -> bool:
        """Whether the cue is a participle without the auxiliary that makes it active."""
        own = self.tokens[cue.first : cue.last + 1]
        return "VerbForm=Part" in self.tokens[cue.at].morph and not any(token.lemma in self.have for token in own)

    def leads_on(self, i: int, head: int) -> bool:
        """Whether token `i` (a comma, preposition or article) leads to a name or complement of the noun phrase with head `head`."""
        token = self.tokens[i]
        up = self.tokens[token.head]
        inside = token.head > i and head <= up.head < i and up.dep in {"nmod", "appos", "flat"}
        return inside and token.dep in {"case", "det", "punct", "amod", "nummod"}

    def is_medium_or_time(self, i: int) -> bool:
        """Whether a medium or a time is named within the two words from token `i` on."""
        if i >= len(self.tokens):
            return False
        end = self.tokens[min(i + 1, len(self.tokens) - 1)].span.end
        return self.aside.find(1, self.tokens[i].span.start, end) >= 0

    def morph(self, cue: Cue) -> str:
        """How the parse writes the forms of a cue's words, one behind the other."""
        return "".join(token.morph for token in self.tokens[cue.first : cue.last + 1])

    def whole_marks(self, span: Span) -> Span:
        """`span` as far as the marks go that it begins or ends in the midst of."""
        for stretch in self.stretches_on([span]):
            if span.start <= stretch.span.start < span.end < stretch.span.end or (stretch.span.start <= span.start < span.end < stretch.span.end):
                return self.bare(Span(span.start, stretch.span.end)) or span
        return span

    def opens_hearer(self, i: int, cue: Cue) -> bool:
        """Whether a preposition and whom the cue's verb speaks to begin at token `i`: «a los vecinos»."""
        words, noun = self.page.language.words, self.tokens[self.tokens[i].head]
        return i < noun.i and noun.head == cue.at and self.tokens[i].text in words(LAYER, "toward") and noun.text in words(LAYER, "hearer")

    def medium(self, draft: Draft) -> str | None:
        """The medium named in the cue's sentence, outside the content, behind the cue rather than before it."""
        if draft.cue is None:
            return None
        sentence = self.sentence(draft.cue.at)
        start, end = self.starts[sentence.start], self.tokens[sentence.end - 1].span.end
        low, high = (bisect_left(self.media, offset, key=lambda named: named[0].start) for offset in (start, end))
        near = [(span, medium) for span, medium in self.media[low:high] if not any(part.touches(span) for part in draft.content)]
        behind = [medium for span, medium in near if span.start > draft.cue.span.start]
        return behind[0] if behind else (near[-1][1] if near else None)

    # ------------------------------------------------------------ marks and cues

    def _stretch(self, one: Marked) -> Stretch | None:
        view = self.page.view
        inner, outer = view.span(one.inner_start, one.inner_end), view.span(one.start, one.end)
        first, last = self.token_from(outer.start), self.token_from(outer.end) - 1
        if first and self.tokens[first - 1].span.end > outer.start:
            first -= 1
        if last < first or not one.inner_end > one.inner_start:
            return None
        words = len(_WORD.findall(view.text, one.inner_start, one.inner_end))
        return Stretch(inner, outer, first, last, one.opened, one.closed, one.single, words)

    def _before_cue(self, stretch: Stretch, frames: Sequence[Frame]) -> Stretch:
        """Marks that are never closed end before the comma and the few words that say whose they are: «"El puente cayó[, dijo el alcalde.]»."""
        if stretch.closed:
            return stretch
        heads = (frame.head for frame in frames if frame.fields.get("kind") == "bare" and stretch.last - _CLOSING < frame.head <= stretch.last)
        comma = next((i - 1 for i in heads if i - 1 > stretch.first and self.tokens[i - 1].text == "," and "Person=3" in self.tokens[i].morph), None)
        if comma is None or any(t.text == "," for t in self.tokens[comma + 1 : stretch.last + 1]):
            return stretch
        end = self.tokens[comma].span.start
        words = len(_WORD.findall(self.text, stretch.span.start, end))
        return replace(stretch, span=Span(stretch.span.start, end), outer=Span(stretch.outer.start, end), last=comma - 1, words=words)

    def _cues(self, frames: Sequence[Frame]) -> Iterator[Cue]:
        for frame in frames:
            if self.in_marks[frame.head]:
                continue
            first = self.token_from(frame.trigger.start)
            while first < frame.head and "Rel" in self.tokens[first].morph:
                first += 1
            last = max(first, self.token_from(frame.trigger.end) - 1)
            source, head = frame.parts.get("source"), frame.heads.get("source")
            source = tuple(cut for span in source if (cut := self._trimmed(span))) if source else None
            content = frame.parts.get("content", ())
            kind, span = frame.fields.get("kind", "bare"), Span(self.starts[first], frame.trigger.end)
            yield Cue(frame, frame.head, first, last, kind, span, source[0] if source else None, head, content, frame.heads.get("content"))

    def _trimmed(self, span: Span) -> Span | None:
        """A source without the hashtag that a post puts before it, and without a dash at its end; None if nothing is left."""
        tag = _HASHTAG.match(self.text, span.start, span.end)
        start, end = tag.end() if tag else span.start, span.end
        while end > start and self.text[end - 1] in "—–-,;: ":
            end -= 1
        return Span(start, end) if start < end else None

    def clear(self, first: int, end: int, allowed: Iterable[Span | None] = ()) -> bool:
        """Whether nothing but stops, adverbs, short pronouns and `allowed` spans stands among the tokens `first:end`."""
        spans = [span for span in allowed if span]
        return all(_is_light(self.tokens[i]) or any(span.holds(self.tokens[i].span) for span in spans) for i in range(first, end))


def _phrases(written: Iterable[str]) -> dict[str, list[list[str]]]:
    """Phrases by their first word, without case and accents."""
    made: dict[str, list[list[str]]] = {}
    for phrase in written:
        words = fold(phrase).split()
        made.setdefault(words[0], []).append(words)
    return made


def _is_light(token: Token) -> bool:
    return token.pos in _LIGHT and token.text not in {".", ";", "?", "!"}
