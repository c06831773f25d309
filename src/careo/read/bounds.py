"""What quotation marks, abbreviations and addresses say of where a name ends. A sequence model sees words; the signs between them it only guesses at.

Names are (start, end, kind), offsets of the view, in order.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

import regex

from careo.model import Kind
from careo.text import fold

Stretch = tuple[int, int, Kind]
_ADDRESS = regex.compile(r"(?:https?://|pic\.twitter\.com/)\S+")
_MARK = '"'
_JOINS = ", "
"""What may stand between a name and the abbreviation that belongs to it."""


def bounded(text: str, names: Iterable[Stretch], closing: Container[str]) -> list[Stretch]:
    """The names, each with as many marks opened as closed; `closing` are abbreviations, folded, that a name may end in with their full stop."""
    balanced = [part for name in _over_marks(text, names) for part in _within_marks(text, *name)]
    return _with_closing(text, [one for one in (_without_address(text, *name) for name in balanced) if one[0] < one[1]], closing)


def _without_address(text: str, start: int, end: int, kind: Kind) -> Stretch:
    """What a name that was drawn across an address («Foto pic.… — Radio Loma») has behind it; empty where nothing is left."""
    addresses = list(_ADDRESS.finditer(text, start, end))
    if not addresses:
        return start, end, kind
    behind = addresses[-1].end()
    return behind + len(text[behind:end]) - len(text[behind:end].lstrip(" —–-")), end, kind


def _over_marks(text: str, names: Iterable[Stretch]) -> list[Stretch]:
    """A name that opens a mark, and the one right behind it that closes it, are one: a nickname within a name."""
    made: list[Stretch] = []
    for start, end, kind in names:
        before = made[-1] if made else None
        if before and text[before[1] : start].isspace() and _torn(text, *before[:2]) and _torn(text, start, end):
            made[-1] = (before[0], end, before[2])
        else:
            made.append((start, end, kind))
    return made


def _within_marks(text: str, start: int, end: int, kind: Kind) -> list[Stretch]:
    """The name; two, where it holds a mark that has no partner in it."""
    if not _torn(text, start, end):
        return [(start, end, kind)]
    mark = text.rindex(_MARK, start, end)
    left, right = text[start:mark].rstrip(), text[mark + 1 : end].lstrip()
    return [one for one in ((start, start + len(left), kind), (end - len(right), end, kind)) if one[0] < one[1]]


def _torn(text: str, start: int, end: int) -> bool:
    return text.count(_MARK, start, end) % 2 == 1


def _with_closing(text: str, names: Iterable[Stretch], closing: Container[str]) -> list[Stretch]:
    """Names with the abbreviation that ends them: its full stop, and it behind a comma («Ana Ruiz, Jr.»)."""
    made: list[Stretch] = []
    for start, end, kind in names:
        before = made[-1] if made else None
        abbreviated = fold(text[start:end].rpartition(" ")[2]) in closing
        end += abbreviated and text.startswith(".", end)
        if before and abbreviated and " " not in text[start:end] and text[before[1] : start] == _JOINS:
            made[-1] = (before[0], end, before[2])
        else:
            made.append((start, end, kind))
    return made
