"""Only what a change touches is reckoned anew, and what is reckoned is what all at once would give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from careo.flow import Flow, anchor_of, key_of
from careo.model import Anchor, Link, Verdict
from careo.run.local import Local
from careo.store.kept import Changes


class Memory:
    """A shelf in memory."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], tuple[Any, ...]] = {}
        self._index: set[tuple[str, str, str]] = set()

    def load(self, name: str, key: str, _kind: Any) -> tuple[Any, ...]:
        return self._rows.get((name, key), ())

    def all(self, name: str, _kind: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
        return ((key, rows) for (of, key), rows in sorted(self._rows.items()) if of == name)

    def find(self, index: str, key: str) -> Iterable[str]:
        # A shelf may give others too: keys are found by a hash. In blocks that must be as good as never, for what is too many is not looked at.
        near = index != "pairs/0"
        return {origin for name, other, origin in self._index if name == index and (other == key or (near and len(other) == len(key)))}

    def keep(self, changes: Changes) -> None:
        for name, key, rows in changes.rows:
            self._rows[name, key] = rows
        self._rows = {at: rows for at, rows in self._rows.items() if rows}
        self._index = self._index - set(changes.taken) | set(changes.put)


def words(flow: Flow, texts: dict[str, str], asked: list[str]) -> dict[str, int]:
    """How many texts have each word, then how many words are so frequent; `asked` gets the keys for which a step was asked."""

    def counted(word: str, texts: Sequence[str]) -> Iterator[int]:
        asked.append(word)
        yield len(texts)

    def numbered(number: str, found: Sequence[int]) -> Iterator[int]:
        asked.append(number)
        yield len(found)

    given = flow.given("texts", str, {name: [text] if text else [] for name, text in texts.items()})
    counts = flow.together("counts", int, counted, given.by(str.split))
    flow.together("frequencies", int, numbered, counts.by(lambda count: [str(count)]))
    return {f"{name}:{key}": rows[0] for name in ("counts", "frequencies") for key, rows in _stored(flow, name).items()}


def _stored(flow: Flow, name: str) -> dict[str, tuple[int, ...]]:
    shelf = Memory() if flow.shelf is None else flow.shelf
    there = dict(shelf.all(name, int)) | {key: rows for of, key, rows in flow.changes.rows if of == name}
    return {key: rows for key, rows in there.items() if rows}


TEXTS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "uno", "uno dos", "dos tres", "uno dos tres", "dos dos"]), min_size=1)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_change_by_change_is_all_at_once(history: list[dict[str, str]]) -> None:
    shelf, texts = Memory(), dict[str, str]()
    for changed in history:
        texts |= changed
        flow = Flow(Local(), shelf)
        found = words(flow, changed, [])
        shelf.keep(flow.changes)
        assert found == words(Flow(Local()), texts, [])


def test_a_step_is_asked_only_for_what_changed_and_a_change_that_makes_no_difference_ends() -> None:
    shelf = Memory()
    flow = Flow(Local(), shelf)
    words(flow, {"a": "uno dos", "b": "tres"}, [])
    shelf.keep(flow.changes)
    asked: list[str] = []
    words(Flow(Local(), shelf), {"a": "uno cuatro"}, asked)
    assert asked == ["cuatro", "uno", "1"], "of «uno» there is still one: who counts the counts is not told of it"
    asked.clear()
    words(Flow(Local(), shelf), {"a": "uno dos"}, asked)
    assert asked == []


PLACES = [Anchor("r", "text", "chains", n, n + 1) for n in range(6)]
VERDICTS: list[Verdict] = ["SAME", "SAME", "DIFFERENT", "UNSURE"]
PAIRS = st.dictionaries(
    st.sampled_from([(a, b) for a in range(6) for b in range(a + 1, 6)]), st.sampled_from([*VERDICTS, None]), min_size=1, max_size=8
)


def clustered(flow: Flow, nodes: dict[str, list[Anchor]], links: dict[str, list[Link]]) -> None:
    """Anchors in groups, with the size of each, and what stands between two."""
    given = flow.given("nodes", Anchor, nodes)
    clusters = flow.clusters("groups", given.by(lambda one: [key_of(one)]), flow.given("links", Link, links))
    flow.gather("sizes", int, lambda _, members: [len(members)], clusters, given.by(lambda one: [key_of(one)]))
    flow.across("between", clusters, lambda _, crossing: not crossing.inside)


@given(st.lists(st.tuples(st.sets(st.integers(0, 5)), PAIRS), min_size=1, max_size=5))
def test_clusters_change_by_change_are_all_at_once(history: list[tuple[set[int], dict[tuple[int, int], Verdict | None]]]) -> None:
    shelf = Memory()
    nodes: dict[str, list[Anchor]] = {str(n): [] for n in range(6)}
    links: dict[str, list[Link]] = {}
    for there, judged in history:
        news = {str(n): [PLACES[n]] if n in there else [] for n in range(6)}
        said = {f"{a} {b}": [Link(PLACES[a], PLACES[b], "entity", one, 0.8, "")] if one else [] for (a, b), one in judged.items()}
        nodes, links = nodes | news, links | said
        flow, at_once = Flow(Local(), shelf), Flow(Local())
        clustered(flow, news, said)
        shelf.keep(flow.changes)
        clustered(at_once, nodes, links)
        for name in ("groups", "groups/at", "sizes", "between"):
            rows = {key: rows for of, key, rows in at_once.changes.rows if of == name and rows}
            assert dict(shelf.all(name, None)) == rows, name


def test_an_anchor_is_its_key() -> None:
    for anchor in (*PLACES, Anchor("a", "title", "events", 3, 3, "when")):
        assert anchor_of(key_of(anchor)) == anchor


def blocked(flow: Flow, nodes: dict[str, list[Anchor]], asked: list[int]) -> None:
    """Links between anchors of the same parity, of the first two."""

    def link(_key: str, alike: Sequence[Anchor]) -> Iterator[Link]:
        asked.append(len(alike))
        left, right = sorted(alike)
        yield Link(left, right, "entity", "SAME", 0.8, "")

    flow.blocks("pairs", link, flow.given("nodes", Anchor, nodes).by(lambda one: [str(one.start % 2)]), 2)


@given(st.lists(st.sets(st.integers(0, 5)), min_size=1, max_size=5))
def test_blocks_change_by_change_are_all_at_once(history: list[set[int]]) -> None:
    shelf = Memory()
    for there in history:
        news = {str(n): [PLACES[n]] if n in there else [] for n in range(6)}
        flow, at_once = Flow(Local(), shelf), Flow(Local())
        blocked(flow, news, [])
        shelf.keep(flow.changes)
        blocked(at_once, news, [])
        for name in ("pairs", "pairs/left out"):
            assert dict(shelf.all(name, None)) == {key: rows for of, key, rows in at_once.changes.rows if of == name and rows}, name


def test_what_is_too_many_for_a_block_is_told_and_looked_at_no_more() -> None:
    shelf, asked = Memory(), list[int]()
    for names in ("024", "0245"):
        flow = Flow(Local(), shelf)
        blocked(flow, {name: [PLACES[int(name)]] for name in names}, asked)
        shelf.keep(flow.changes)
        assert dict(shelf.all("pairs/left out", None)) == {"0": ("4",)}
    assert asked == [2]
    flow = Flow(Local(), shelf)
    blocked(flow, {"0": []}, asked)
    shelf.keep(flow.changes)
    assert (asked, dict(shelf.all("pairs/left out", None))) == ([2, 2], {})
