"""From links to clusters: who answers for a pair, what a person keeps apart, and the ids that clusters carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from careo.model import Anchor, Link, Span

Pair = tuple[Anchor, Anchor]

MACHINE = "careo"
"""Who judged a link that no person did."""


def short_id(anchor: Anchor) -> str:
    """Twelve hexadecimal digits that name a cluster by its first member: the same for any order of arrival."""
    place = "\0".join((anchor.document, anchor.field, anchor.layer, str(anchor.start), str(anchor.end), anchor.property))
    return blake2b(place.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def ids(members: Iterable[Anchor]) -> tuple[str, tuple[str, ...]]:
    """The id of a cluster and its aliases: every id that it would have carried while some of its members were not there yet.

    Aliases come from the members alone, never from history, so that any order of arrival gives the same.
    """
    first, *others = sorted(members)
    return short_id(first), tuple(sorted({short_id(other) for other in others} - {short_id(first)}))


def resolve(anchor: Anchor, among: Mapping[Anchor, Sequence[Span]]) -> Anchor | None:
    """The annotation that an older anchor holds on: the same span, else the only one that overlaps it by more than half; None for an orphan.

    `among` gives the spans (of the same document and field) of each annotation that there is now.
    """
    exact = [now for now, spans in among.items() if any((span.start, span.end) == (anchor.start, anchor.end) for span in spans)]
    near = exact or [now for now, spans in among.items() if any(_over_half(anchor, span) for span in spans)]
    return near[0] if len(near) == 1 else None


def _over_half(anchor: Anchor, span: Span) -> bool:
    shared = min(anchor.end, span.end) - max(anchor.start, span.start)
    return 2 * shared > max(anchor.end - anchor.start, len(span))


def pair(link: Link) -> Pair:
    """The two anchors in order: which of them stands left says nothing."""
    return (link.left, link.right) if link.left <= link.right else (link.right, link.left)


def outranked(machine: Iterable[Link], people: Iterable[Link]) -> list[Link]:
    """One link a pair, in order of pairs: a person's judgement outranks the machine's, a later one an earlier one."""
    links = {pair(link): link for link in machine} | {pair(link): link for link in people}
    return [links[key] for key in sorted(links)]


def joined(nodes: Iterable[Anchor], links: Iterable[Link]) -> list[Pair]:
    """What is asked of `Runner.components`: the pairs judged SAME, and each node with itself, so that those alone are clusters too."""
    return [(node, node) for node in nodes] + [pair(link) for link in links if link.judgement == "SAME"]


def kept_apart(components: Iterable[Sequence[Anchor]], links: Sequence[Link]) -> list[tuple[Anchor, ...]]:
    """The components cut so that no two anchors judged DIFFERENT stand together, in order."""
    components = list(components)
    number = {anchor: index for index, component in enumerate(components) for anchor in component}
    own: dict[int, list[Link]] = {}
    for link in links:
        if number.get(link.left) is not None and number.get(link.left) == number.get(link.right):
            own.setdefault(number[link.left], []).append(link)
    return sorted(group for index, component in enumerate(components) for group in _cut(component, own.get(index, [])))


def _cut(component: Sequence[Anchor], links: Sequence[Link]) -> list[tuple[Anchor, ...]]:
    """Links are taken up in turn, people's first, then by score and place; one that would bring two together that are kept apart is passed over."""
    apart = {pair(link) for link in links if link.judgement == "DIFFERENT"}
    if not apart:
        return [tuple(sorted(component))]
    groups = {anchor: [anchor] for anchor in component}
    for link in sorted((one for one in links if one.judgement == "SAME"), key=lambda one: (one.by == MACHINE, -one.score, pair(one))):
        left, right = groups[link.left], groups[link.right]
        if left is not right and not any((min(a, b), max(a, b)) in apart for a in left for b in right):
            left.extend(right)
            groups.update(dict.fromkeys(right, left))
    return list({tuple(sorted(group)) for group in groups.values()})
