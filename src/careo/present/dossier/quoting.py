"""Words of a report as markup: escaped, each in a direction of its own, unseen signs made seen, what is too long cut with a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import regex
from markupsafe import Markup, escape

from careo.model import Document, Evidence, Span
from careo.present.shown import NOTHING, Masks, harmless, shown
from careo.present.words import Words

NAME, LINE, PASSAGE = 160, 400, 2400
"""Code points that a name, a line and a passage are cut to; a passage around its trigger."""

_UNSEEN = regex.compile(r"\r\n?|[\p{Cs}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufff9-\ufffb]")


def visible(text: str) -> Markup:
    """`text` escaped; a sign that cannot be seen and could turn lines round becomes an element that names it. No other sign is altered."""
    pieces, done = [], 0
    for found in _UNSEEN.finditer(text):
        pieces += [escape(text[done : found.start()]), _named(found.group())]
        done = found.end()
    return Markup("").join([*pieces, escape(text[done:])]) if pieces else escape(text)


def _named(sign: str) -> Markup:
    """A line end as one; a C1 character as the cp1252 mark that it is; all else by its number, which the style sheet shows."""
    if sign[0] == "\r" or sign in "\u2028\u2029":
        return Markup("\n")
    if "\x80" <= sign <= "\x9f":
        mark = sign.encode("latin-1").decode("cp1252", errors="ignore")
        if mark:
            return escape(mark)
    return Markup('<i class="ctl" data-c="U+{:04X}"></i>').format(ord(sign))


@dataclass(frozen=True)
class Quoter:
    """Makes markup of what reports say: knows the documents, what is masked, and the words of the interface."""

    words: Words
    documents: Mapping[str, Document]
    masks: Masks = NOTHING
    notes: dict[int, str] = field(default_factory=dict)

    def plain(self, text: str, limit: int = NAME) -> str:
        """Text of a report for places that hold no markup (labels, titles of pictures): masked, harmless, cut."""
        return harmless(self._cut(" ".join(self.masks.without_names(text).split()), limit))

    def line(self, text: str, limit: int = NAME) -> Markup:
        """Text of a report within a line, in a direction of its own: masked, escaped, cut."""
        return Markup("<bdi>{}</bdi>").format(self.bare(text, limit))

    def glimpse(self, text: str, limit: int) -> Markup:
        """The beginning of a text that stands whole elsewhere on the page, cut at a blank where there is one."""
        whole = " ".join(self.masks.without_names(text).split())
        short = whole if len(whole) <= limit else whole[: max(whole.rfind(" ", limit // 2, limit), 0) or limit] + " …"
        return Markup("<bdi>{}</bdi>").format(visible(short))

    def bare(self, text: str, limit: int = NAME) -> Markup:
        """The same for an element of its own, which must say `dir=auto`."""
        return visible(self._cut(" ".join(self.masks.without_names(text).split()), limit))

    def _cut(self, text: str, limit: int) -> str:
        return text if len(text) <= limit else text[:limit] + self._note(len(text))

    def _note(self, length: int) -> str:
        return " " + self.words.say("dossier", "cut", n=length)

    def title(self, document: Document) -> Markup:
        """The title of a report, its masked parts hidden; else its label. For an element with `dir=auto`."""
        if document.title is None:
            return self.bare(document.label, LINE)
        title = shown(document, Span(0, len(document.title)), self.masks, "title")
        return self.bare(title, LINE)

    def passage(self, evidence: Evidence, *, context: bool = True) -> Markup:
        """The exact words marked, the trigger among them, with the words around them where `context` is wanted."""
        document = self.documents[evidence.report]
        exact, cut = self._window(evidence)
        text = document.text if evidence.field == "text" else document.title or ""
        before = _tidy_start(text, Span(max(0, exact.start - len(evidence.prefix)), exact.start)) if context else Span(exact.start, exact.start)
        after = _tidy_end(text, Span(exact.end, min(len(text), exact.end + len(evidence.suffix)))) if context else Span(exact.end, exact.end)
        first, trigger, last = (visible(piece) for piece in self._pieces(document, evidence, exact))
        marked = Markup("<mark>{}{}{}</mark>").format(first, Markup("<b>{}</b>").format(trigger) if trigger else "", last)
        head = self._around(document, evidence, before, "… " if before.start else "")
        tail = self._around(document, evidence, after, " …" if after.end < len(text) else "", last=True)
        note = Markup("<small>{}</small>").format(self._note(len(evidence.span))) if cut else ""
        return Markup("").join([head, marked, tail, note]) if context else Markup("").join([marked, note])

    def _window(self, evidence: Evidence) -> tuple[Span, bool]:
        """The part of the exact words that is shown: all, or what stands around the trigger; and whether something was cut."""
        span, trigger = evidence.span, evidence.trigger
        if len(span) <= PASSAGE:
            return span, False
        start = min(max(span.start, trigger.start - PASSAGE // 2), span.end - PASSAGE)
        return Span(start, start + PASSAGE), True

    def _pieces(self, document: Document, evidence: Evidence, exact: Span) -> tuple[str, str, str]:
        """The exact words before the trigger, the trigger, and after it; all in the first where a masked name runs over a border."""
        start, end = (min(max(at, exact.start), exact.end) for at in (evidence.trigger.start, evidence.trigger.end))
        spans = (Span(exact.start, start), Span(start, end), Span(end, exact.end))
        first, trigger, last = (shown(document, one, self.masks, evidence.field) for one in spans)
        whole = shown(document, exact, self.masks, evidence.field)
        return (first, trigger, last) if first + trigger + last == whole else (whole, "", "")

    def _around(self, document: Document, evidence: Evidence, span: Span, dots: str, *, last: bool = False) -> Markup:
        said = visible(shown(document, span, self.masks, evidence.field))
        return Markup("{}{}").format(said, dots) if last else Markup("{}{}").format(dots, said)


def _tidy_start(text: str, span: Span) -> Span:
    """Without the word that the border cuts."""
    piece = span.of(text)
    blank = regex.search(r"\s+", piece)
    return Span(span.start + blank.end(), span.end) if span.start and blank and not text[span.start - 1].isspace() else span


def _tidy_end(text: str, span: Span) -> Span:
    piece = span.of(text)
    whole = regex.match(r"(?s).*(?=\s)", piece)
    return Span(span.start, span.start + whole.end()) if span.end < len(text) and whole and not text[span.end].isspace() else span
