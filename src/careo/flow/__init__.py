"""Collections of rows that are kept, and reckoned anew only where the rows that they were made of have changed.

Each row has a key. A step is a pure function of a key and all rows of its sources that have that key; what it makes are the rows of another
collection. A change is a key whose rows are no longer equal to what they were: it makes dirty the keys that the rows before and after have
in the collections made of them, and no others; where a step gives what it gave before, the change ends there (early cutoff: Mokhov,
Mitchell and Peyton Jones, *Build systems à la carte*, 2018; keyed differences: McSherry et al., *Differential dataflow*, 2013).

A Flow without a shelf holds everything in memory and begins with nothing: all is a change. With a shelf (`store/kept.py`) only what a change
touches is loaded. Both give the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from careo.collate.clusters import anchor_of, joined, kept_apart, key_of
from careo.flow.rows import By, Inbox, Rows, Shelf
from careo.flow.runner import Crash, Runner
from careo.model import Anchor, Link
from careo.store.kept import Changes

__all__ = [
    "Assigned", "Blocks", "By", "Clusters", "Crash", "Crossing", "Flow", "Group", "Rows", "Runner", "Shelf", "anchor_of", "ends", "key_of",
]  # fmt: skip

V = TypeVar("V")


class Group(NamedTuple):
    """Anchors that are one, in order."""

    members: tuple[Anchor, ...]


class Assigned(NamedTuple):
    """In which group an anchor stands, and in which connected component: the keys of their first members, where these are others."""

    own: str
    first: str = ""
    root: str = ""

    @property
    def anchor(self) -> Anchor:
        """The anchor."""
        return anchor_of(self.own)

    @property
    def group(self) -> str:
        """The key of the group."""
        return self.first or self.own

    @property
    def component(self) -> str:
        """The key of the component."""
        return self.root or self.group


class Crossing(NamedTuple):
    """A link with the groups of its two ends, left and right."""

    link: Link
    left: str
    right: str

    @property
    def inside(self) -> bool:
        """Whether both ends stand in one group."""
        return self.left == self.right

    @property
    def both(self) -> str:
        """The two groups as a key, whichever way the link points."""
        return "\0\0".join(sorted((self.left, self.right)))


class Blocks(NamedTuple):
    """What `Flow.blocks` gives by key: links, and the keys of the source that were too many."""

    links: Rows[Link]
    left_out: Rows[str]


@dataclass(frozen=True)
class Clusters:
    """What `Flow.clusters` gives: groups by component, and where each anchor stands. `linked`: the links as it has them, by their ends."""

    groups: Rows[Group]
    at: Rows[Assigned]
    linked: Inbox


@dataclass(frozen=True)
class _Sorted:
    """A step as a Runner takes it: rows marked with the number of their source go in, the key goes along."""

    step: Callable[..., Iterable[Any]]
    sources: int

    def __call__(self, key: str, rows: Sequence[tuple[int, Any]]) -> tuple[str, tuple[Any, ...]]:
        groups: list[list[Any]] = [[] for _ in range(self.sources)]
        for source, row in rows:
            groups[source].append(row)
        return key, tuple(self.step(key, *groups))


class Flow:
    """Collections made of one another, each as soon as it is asked for; `shelf` holds what earlier runs made."""

    def __init__(self, runner: Runner, shelf: Shelf | None = None) -> None:
        self.runner, self.shelf = runner, shelf
        self.put: list[tuple[str, str, str]] = []
        self.taken: list[tuple[str, str, str]] = []
        self._made: dict[str, Rows[Any]] = {}

    def rows(self, name: str, kind: Any) -> Rows[Any]:
        """The collection of this name as it stands."""
        if name not in self._made:
            self._made[name] = Rows(name, kind, self.shelf)
        return self._made[name]

    def given(self, name: str, kind: Any, news: Mapping[str, Sequence[V]]) -> Rows[V]:
        """A collection that comes from outside; `news`: the rows of those keys that may have changed."""
        made: Rows[V] = self.rows(name, kind)
        for key in sorted(news):
            made.put(key, news[key])
        return made

    def together(self, name: str, kind: Any, step: Callable[..., Iterable[V]], *sources: By[Any], least: int = 1) -> Rows[V]:
        """What `step` makes of each key and the rows of each source that have it; of fewer than `least` rows nothing."""
        made: Rows[V] = self.rows(name, kind)
        inboxes = [Inbox(self, f"{name}/{number}", source) for number, source in enumerate(sources)]
        dirty = {key for inbox in inboxes for key in inbox.update()}
        self._reckon(made, step, len(sources), ((key, [list(inbox.of(key)) for inbox in inboxes]) for key in sorted(dirty)), least)
        return made

    def blocks(self, name: str, step: Callable[[str, Sequence[Any]], Iterable[Link]], source: By[Any], most: int) -> Blocks:
        """The links between rows that share a key. Of too many those of the first `most` keys of the source are compared, and no others are looked
        at: a change beyond them is none."""
        made = Blocks(self.rows(name, Link), self.rows(f"{name}/left out", str))
        inbox = Inbox(self, f"{name}/0", source)
        touched = inbox.update()

        def groups() -> Iterator[tuple[str, list[list[Any]]]]:
            for key in sorted(touched):
                origins = inbox.near(key)
                made.left_out.put(key, origins[most:])
                if len(origins) <= most or min(touched[key]) <= origins[most - 1]:
                    yield key, [list(inbox.rows_of(origins[:most], key))]

        self._reckon(made.links, step, 1, groups(), 2)
        return made

    def gather(self, name: str, kind: Any, step: Callable[..., Iterable[V]], clusters: Clusters, *sources: By[Any]) -> Rows[V]:
        """What `step` makes of each group, by the key of its first member, and the rows of each source that have one of its members as a key."""
        made: Rows[V] = self.rows(name, kind)
        inboxes = [Inbox(self, f"{name}/{number}", source) for number, source in enumerate(sources)]
        dirty = {_first(group) for old, new in clusters.groups.changed.values() for group in {*old} ^ {*new}}
        dirty |= {at.group for inbox in inboxes for key in inbox.update() for at in clusters.at.of(key)}

        def groups(key: str) -> list[list[Any]]:
            members = [key_of(anchor) for anchor in _members(clusters, key)]
            return [[row for member in members for row in inbox.of(member)] for inbox in inboxes]

        self._reckon(made, step, len(sources), ((key, groups(key)) for key in sorted(dirty)), 1)
        return made

    def _reckon(
        self, made: Rows[V], step: Callable[..., Iterable[V]], sources: int, groups: Iterable[tuple[str, list[list[Any]]]], least: int
    ) -> None:
        dirty = []

        def rows() -> Iterator[tuple[str, tuple[int, Any]]]:
            for key, group in groups:
                dirty.append(key)
                if sum(map(len, group)) >= least:
                    yield from ((key, (source, row)) for source, found in enumerate(group) for row in found)

        found = dict(self.runner.together(_Sorted(step, sources), rows()))
        for key in dirty:
            made.put(key, found.get(key, ()))

    # ------------------------------------------------------------ what is one

    def clusters(self, name: str, nodes: By[Any], links: Rows[Any], of: Callable[[Any], Iterable[Link]] | None = None) -> Clusters:
        """The groups that links judged SAME connect, cut where people or the machine keep two apart. The keys of `nodes` are anchors'; `of` gives
        the links of a row, where that is more than a link."""
        standing, linked = Inbox(self, f"{name}/nodes", nodes), Inbox(self, f"{name}/links", links.by(ends, of))
        made = Clusters(self.rows(name, Group), self.rows(f"{name}/at", Assigned), linked)
        changed = standing.update().keys() | linked.update().keys()
        # Of one that comes to stand here the links may have been there before it.
        dirty = changed | {end for key in changed for link in linked.of(key) if link.judgement == "SAME" for end in ends(link)}
        old = {at.component for key in dirty for at in made.at.of(key)}
        region = dirty | {key_of(anchor) for component in old for group in made.groups.of(component) for anchor in group.members}
        present = {key: anchor_of(key) for key in sorted(region) if standing.has(key)}
        known = set(present.values())
        found = {link for key in present for link in linked.of(key) if link.left in known and link.right in known}
        groups, assigned = self._components(known, sorted(found, key=lambda link: (link.left, link.right)))
        for component in sorted(old | groups.keys()):
            made.groups.put(component, groups.get(component, ()))
        for key in sorted(region):
            made.at.put(key, (assigned[key],) if key in assigned else ())
        return made

    def _components(self, nodes: Iterable[Anchor], links: Sequence[Link]) -> tuple[dict[str, tuple[Group, ...]], dict[str, Assigned]]:
        components = self.runner.components(joined(nodes, links))
        number = {anchor: at for at, component in enumerate(components) for anchor in component}
        own: dict[int, list[Link]] = defaultdict(list)
        for link in links:
            if number[link.left] == number[link.right]:
                own[number[link.left]].append(link)
        groups: dict[str, tuple[Group, ...]] = {}
        assigned: dict[str, Assigned] = {}
        for at, anchors in enumerate(components):
            component = key_of(min(anchors))
            groups[component] = tuple(Group(members) for members in kept_apart([anchors], own[at]))
            for group in groups[component]:
                first = _first(group)
                for member in map(key_of, group.members):
                    assigned[member] = Assigned(member, first if first != member else "", component if component != first else "")
        return groups, assigned

    def across(self, name: str, clusters: Clusters, keep: Callable[[Any, Crossing], bool]) -> Rows[Crossing]:
        """The links of clusters with the groups in which their ends stand, those that `keep` keeps, which is handed the row of each too."""
        made: Rows[Crossing] = self.rows(name, Crossing)
        source = clusters.linked.source
        dirty = {*source.rows.changed, *(origin for anchor in clusters.at.changed for origin in clusters.linked.origins(anchor))}
        for key in sorted(dirty):
            found = ((row, one) for row in source.rows.of(key) for link in source.values(row) for one in _crossing(link, clusters))
            made.put(key, (one for row, one in found if keep(row, one)))
        return made

    @property
    def changes(self) -> Changes:
        """All that this run changed."""
        rows = ((made.name, key, after) for made in self._made.values() for key, (_, after) in made.changed.items())
        return Changes(rows, self.put, self.taken)


def ends(link: Link) -> tuple[str, str]:
    """The keys of the two anchors that a link connects."""
    return key_of(link.left), key_of(link.right)


def _first(group: Group) -> str:
    return key_of(group.members[0])


def _members(clusters: Clusters, first: str) -> Sequence[Anchor]:
    """The members of the group with this key; none where there is no such group any more."""
    for at in clusters.at.of(first):
        for group in clusters.groups.of(at.component):
            if _first(group) == first:
                return group.members
    return ()


def _crossing(link: Link, clusters: Clusters) -> Iterator[Crossing]:
    left, right = (clusters.at.of(key) for key in ends(link))
    if left and right:
        yield Crossing(link, left[0].group, right[0].group)
