"""How far a role reaches: from the head word of a candidate to spans of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from careo.model import Span, Token
from careo.rules.grammar import Extent
from careo.rules.tree import Tree


def spans_of(tree: Tree, head: int, extent: Extent, trigger: list[int]) -> list[Span]:
    """The spans of the role with this head word, in code points. `trigger` are the frame's own words, never part of a role."""
    if extent.take == "token":
        return [tree.tokens[head].span]
    own = set(tree.below(trigger[0], keep=lambda token: token.i != head)) if extent.take == "around" else set(trigger)
    kept = _trimmed(tree, _within(tree, head, extent, own), head, extent)
    runs = _runs(kept) if extent.take == "around" else [kept]
    spans = [_span(tree, _without_marks(tree, run)) for run in runs]
    return [span for span in spans if span]


def _within(tree: Tree, head: int, extent: Extent, left_out: set[int]) -> list[int]:
    limit = len(tree.tokens)

    def stays(token: Token) -> bool:
        nonlocal limit
        if token.i in left_out:
            return False
        if token.i > head and _cuts(tree, token, extent):
            limit = min(limit, min(tree.below(token.i)))
            return False
        return True

    below = sorted(tree.below(head, keep=stays))
    whole = [i for i in below if i < limit]
    if extent.take != "around" and whole:
        between = range(whole[0], whole[-1] + 1)
        low = max((i for i in between if i in left_out and i < head), default=-1)
        high = min((i for i in between if i in left_out and i > head), default=limit)
        whole = [i for i in between if low < i < high]
    return _stopped(tree, whole, head, extent)


def _cuts(tree: Tree, token: Token, extent: Extent) -> bool:
    if token.dep in extent.cut:
        return True
    if not extent.cut_appositions or token.dep != "appos":
        return False
    title = tree.tokens[token.head].pos == "NOUN" and any(tree.tokens[i].pos == "PROPN" for i in tree.below(token.i))
    return not title


def _stopped(tree: Tree, kept: list[int], head: int, extent: Extent) -> list[int]:
    """`kept` up to the words behind the head that end it."""
    after = [i for i in kept if i > head]
    if not extent.stop or not after:
        return kept
    starts, words = [], ""
    for i in after:
        words += " "
        starts.append(len(words))
        words += tree.tokens[i].text
    found = extent.stop.search(words)
    if not found:
        return kept
    end = next((i for i, start in zip(after, starts, strict=True) if start + 1 > found.start() + 1), kept[-1] + 1)
    return [i for i in kept if i < end]


def _trimmed(tree: Tree, kept: list[int], head: int, extent: Extent) -> list[int]:
    while kept and kept[0] != head and (tree.tokens[kept[0]].dep in extent.leave_first or tree.tokens[kept[0]].pos == "PUNCT"):
        kept = kept[1:]
    return kept


_OPEN, _SHUT = "\"'([¿¡«“‘", "\"')]?!»”’"


def _without_marks(tree: Tree, run: Iterable[int]) -> list[int]:
    """A run of words without commas and stops at its edges; marks that belong together stay."""
    kept = list(run)
    while kept and tree.tokens[kept[0]].pos == "PUNCT" and tree.tokens[kept[0]].text not in _OPEN:
        kept = kept[1:]
    while kept and tree.tokens[kept[-1]].pos == "PUNCT" and tree.tokens[kept[-1]].text not in _SHUT:
        kept = kept[:-1]
    return kept


def _runs(kept: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for i in kept:
        if run and i != run[-1] + 1:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _span(tree: Tree, run: list[int]) -> Span | None:
    return Span(tree.tokens[run[0]].span.start, tree.tokens[run[-1]].span.end) if run else None
