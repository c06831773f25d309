"""How the value of a time expression came about, drawn as a tree: the words, what the rule made of them, what it was counted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.tree import Tree

from careo.model import Timex
from careo.present.shown import harmless
from careo.rules import Found
from careo.text import View


def drawn(view: View, found: Sequence[Found], timexes: Sequence[Timex], places: Mapping[str, str]) -> Iterator[Tree]:
    """A tree for each expression. `found`: what the patterns of times found in `view`; `places`: file and line of each rule by its name."""
    by_span = {(view.span(one.start, one.end), one.rule.name): one for one in found}
    for timex in timexes:
        one = by_span.get((timex.span, timex.rule))
        tree = Tree(harmless(f"{timex.id} «{timex.span.of(view.original)}»"))
        tree.add(harmless(f"{timex.rule}  {places.get(timex.rule, '')}".rstrip()))
        if one and one.pieces:
            words = tree.add("words")
            for line in _pieces(one):
                words.add(harmless(line))
        if one:
            said = tree.add("the rule says")
            for key, value in one.fields.items():
                said.add(harmless(f"{key} = {value}"))
        if timex.why:
            tree.add(harmless(f"counted: {timex.why}"))
        tree.add(harmless(_value(timex)))
        yield tree


def _pieces(found: Found) -> Iterator[str]:
    for name, pieces in found.pieces.items():
        for piece in pieces:
            yield f"{name} «{piece.text}»" + (f" = {piece.meaning}" if piece.meaning != piece.text else "")


def _value(timex: Timex) -> str:
    fields = (timex.type, timex.value, timex.mod, timex.edtf and f"edtf {timex.edtf}", timex.instant and f"instant {timex.instant}")
    return " ".join(field for field in fields if field)
