"""From links to clusters: who answers for a pair, what a person keeps apart, and the ids that clusters carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from zlib import crc32

from careo.model import Anchor, Link, Span

Pair = tuple[Anchor, Anchor]


PARTS = 64
"""Parts into which what bears one name is divided."""

MACHINE = "careo"
"""Who judged a link that no person did."""


def key_of(anchor: Anchor) -> str:
    """An anchor as a key."""
    return "\0".join((anchor.document, anchor.field, anchor.layer, str(anchor.start), str(anchor.end), anchor.property))


def anchor_of(key: str) -> Anchor:
    """The anchor that `key_of` made a key of."""
    document, field, layer, start, end, of = key.split("\0")
    return Anchor(document, field, layer, int(start), int(end), of)  # type: ignore[arg-type]


def short_id(anchor: Anchor) -> str:
    """Twelve hexadecimal digits that name a cluster by its first member: the same for any order of arrival."""
    return blake2b(key_of(anchor).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def part(name: str, document: str) -> str:
    """The key of a part of what bears a name, by a hash of the report: what stands in every paper is never looked through whole."""
    return f"{name}\0{crc32(document.encode('utf-8', 'surrogatepass')) % PARTS}"


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


def weight(link: Link) -> tuple[bool, float, str, str]:
    """Of several things that the machine says of one pair the one with the most weight holds: DIFFERENT, then the highest score."""
    return link.judgement == "DIFFERENT", link.score, link.judgement, link.why


def question(links: Sequence[Link]) -> Link | None:
    """Of all links between two entities the one that speaks most for their being one; None where a person has decided, or none does."""
    if any(link.by != MACHINE and link.judgement != "UNSURE" for link in links):
        return None
    return min((link for link in links if link.judgement != "DIFFERENT"), key=lambda link: (-link.score, pair(link)), default=None)


def doubt(links: Sequence[Link]) -> Link | None:
    """Of all links between two happenings the best that asks whether they are one; None where they are judged different, or none asks."""
    if any(link.judgement == "DIFFERENT" for link in links):
        return None
    return max((link for link in links if link.judgement == "UNSURE"), key=lambda link: (link.score, pair(link)), default=None)


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
    """Links are taken up in turn, people's first, then by score and place; one that would bring two together that are kept apart is passed over.

    Each group knows the groups that it is kept apart from; of two that are joined the smaller is moved: n log n for n anchors.
    """
    apart = [pair(link) for link in links if link.judgement == "DIFFERENT"]
    if not apart:
        return [tuple(sorted(component))]
    group = {anchor: number for number, anchor in enumerate(component)}
    members = {number: [anchor] for anchor, number in group.items()}
    foes: dict[int, set[int]] = {number: set() for number in members}
    for left, right in apart:
        foes[group[left]].add(group[right])
        foes[group[right]].add(group[left])
    for link in sorted((one for one in links if one.judgement == "SAME"), key=lambda one: (one.by == MACHINE, -one.score, pair(one))):
        small, large = sorted((group[link.left], group[link.right]), key=lambda number: len(members[number]) + len(foes[number]))
        if small != large and large not in foes[small]:
            for anchor in members[small]:
                group[anchor] = large
            members[large] += members.pop(small)
            for foe in foes.pop(small):
                foes[foe].discard(small)
                foes[foe].add(large)
                foes[large].add(foe)
    return [tuple(sorted(anchors)) for anchors in members.values()]
