"""Stretches of a text that stand in quotation marks, also wrongly closed, never closed or never opened ones."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

import regex

from careo.text import View

LONGEST = 6000
"""Characters: what seems to stand in marks for longer than this has lost its closing mark."""

MARKS_AHEAD = 80
"""Marks among which the closing one is sought."""

_MARK = regex.compile(r"\"|[«»]|''|``|<<|>>|(?<!\w)[`'](?=[\w¿¡])|(?<=[\w.,!?…])'(?!\w)")
_OPENING, _CLOSING = frozenset("«“‟„"), frozenset("»”")
_PARAGRAPH = regex.compile(r"[^\S\n]*\n\s*")
_SENTENCE_END = regex.compile(r"[.!?…]+\s+(?=[\p{Lu}¿¡—])")


@dataclass(frozen=True, slots=True)
class Marked:
    """`start:end` with the marks, `inner_start:inner_end` without; offsets of the view. `opened`, `closed`: whether that mark stands there."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    opened: bool = True
    closed: bool = True
    single: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """One mark: where it stands, its family (`<`, `"`, `'`), and whether it may open or close."""

    start: int
    end: int
    family: str
    opens: bool
    closes: bool


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a view's text, trimmed of blanks. In a text whose lines are wrapped only an empty line ends one."""
    wrapped = _is_wrapped(text)
    edges = [0]
    for end in _PARAGRAPH.finditer(text):
        if not wrapped or end.group().count("\n") > 1:
            edges += [end.start(), end.end()]
    edges.append(len(text))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [trimmed for start, end in pairs if (trimmed := trim(text, start, end))]


def _is_wrapped(text: str) -> bool:
    """Whether lines end in mid-sentence: a good part of the single line ends is followed by a small letter."""
    ends = regex.findall(r"(?<!\n)[^\S\n]*\n[^\S\n]*(?=(\p{Ll})|[^\s])", text)
    return len(ends) > 3 and sum(bool(small) for small in ends) * 4 > len(ends)


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """`start:end` without blanks at its edges; None if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def marked(view: View) -> list[Marked]:
    """All stretches in marks, in order of the view's text; none lies in another. One that runs over several paragraphs is one a paragraph."""
    places = paragraphs(view.text)
    marks = _marks(view)
    starts = [mark.start for mark in marks]
    found: list[Marked] = []
    for start, end in places:
        own = marks[bisect_left(starts, start) : bisect_right(starts, end - 1)]
        found += _in_paragraph(view.text, start, end, own)
    return list(_continued(view.text, found, places))


def _marks(view: View) -> list[_Mark]:
    text = view.text
    return [_mark(view, text, found.start(), found.end()) for found in _MARK.finditer(text)]


def _mark(view: View, text: str, start: int, end: int) -> _Mark:
    """A mark as it was written first; where that says nothing, as it stands between its neighbours."""
    drawn, shown = view.original[view.at(start)], text[start:end]
    family = {"«": "<", "»": "<", "<<": "<", ">>": "<", "'": "'", "`": "'"}.get(shown, '"')
    before, after = text[start - 1 : start], text[end : end + 1]
    opens = bool(after) and not after.isspace() and (not before or before.isspace() or before in "([¿¡—–-:/;,\"'")
    closes = bool(before) and not before.isspace() and (not after or not after.isalnum())
    if drawn in _OPENING or shown in {"<<", "``"}:
        return _Mark(start, end, family, True, closes and not opens)
    if drawn in _CLOSING or shown == ">>" or drawn == "\x94":
        return _Mark(start, end, family, opens and not closes, True)
    return _Mark(start, end, family, opens or not closes, closes or not opens)


def _in_paragraph(text: str, start: int, end: int, marks: list[_Mark]) -> Iterator[Marked]:
    at = 0
    done = start
    headline = not text[:start].strip()
    while at < len(marks):
        mark = marks[at]
        if not mark.opens:
            if mark.closes and (mark.family != "'" or headline) and (lost := _never_opened(text, done, mark)):
                yield lost
                done = mark.end
            at += 1
            continue
        close = _closing(marks, at)
        if close is None:
            if mark.family != "'":
                yield Marked(mark.start, end, mark.end, end, closed=False)
                return
            at += 1
            continue
        shut = marks[close]
        yield Marked(mark.start, shut.end, mark.end, shut.start, single=mark.family == "'")
        at, done = close + 1, shut.end


def _closing(marks: list[_Mark], at: int) -> int | None:
    """The mark that closes the one at `at`: its own family's, nested ones skipped; else any double mark that can only close."""
    opener = marks[at]
    depth = 0
    for i in _near(marks, at):
        mark = marks[i]
        if mark.family != opener.family:
            continue
        if mark.closes and not (mark.opens and depth):
            if depth == 0:
                return i
            depth -= 1
        elif mark.opens and not mark.closes:
            depth += 1
    return _wrong_closing(marks, at)


def _near(marks: list[_Mark], at: int) -> Iterator[int]:
    """The marks behind the one at `at` that may close it."""
    ahead = range(at + 1, min(at + 1 + MARKS_AHEAD, len(marks)))
    return takewhile(lambda i: marks[i].start - marks[at].start <= LONGEST, ahead)


def _wrong_closing(marks: list[_Mark], at: int) -> int | None:
    opener = marks[at]
    if opener.family == "'":
        return None
    double = [i for i in _near(marks, at) if marks[i].family != "'"]
    return next((i for i in double if marks[i].closes), next((i for i in double if marks[i].family == opener.family), None))


def _never_opened(text: str, done: int, mark: _Mark) -> Marked | None:
    """Words up to a lone closing mark that a comma and a word follow: from the last sentence's start behind what is `done`."""
    if not regex.match(r"[,.]?,?\s+\p{Ll}", text[mark.end : mark.end + 12]) or text[mark.end : mark.end + 1] not in {",", ""}:
        return None
    done = max(done, mark.start - LONGEST)
    after_marks = done and text[done - 1] in "\"»'" and text[done : mark.start].strip()
    first = _SENTENCE_END.search(text, done, mark.start) if after_marks else None
    begin = trim(text, first.end() if first else done, mark.start)
    return Marked(begin[0], mark.end, begin[0], mark.start, opened=False) if begin and mark.start - begin[0] <= LONGEST else None


def _continued(text: str, found: list[Marked], places: list[tuple[int, int]]) -> Iterator[Marked]:
    """Unclosed ones are cut at a sentence's end, unless they begin their paragraph or the next one takes them up."""
    paragraph_starts = {start for start, _ in places}
    by_start = {one.start: one for one in found}
    after = {end: places[i + 1][0] for i, (_, end) in enumerate(places[:-1])}
    for one in found:
        following = by_start.get(after.get(one.end, -1))
        if one.closed or one.start in paragraph_starts or (following and following.start == after.get(one.end)):
            yield one
        else:
            stop = _SENTENCE_END.search(text, one.inner_start, one.end)
            end = stop.start() + 1 if stop else one.end
            yield Marked(one.start, end, one.inner_start, end, closed=False)
