"""B³ and CEAF-e of a partition of mentions against gold, and the gold partition of MEANTIME with what is asked of it.

B³: Bagga and Baldwin 1998; CEAF with the entity likeness φ4: Luo 2005; both as in the reference scorer (Pradhan et al. 2014). A partition is a
mapping from mention to the label of its cluster; labels are compared only for equality. test_coreference.py holds the published examples.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

Partition = Mapping[Any, Hashable]
Scope = Literal["report", "topic"]
Place = tuple[str, int]
"""A gold mention: the report's id and its index in the report's `mentions_meantime`."""


class Score(NamedTuple):
    """Precision, recall and F1, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def clusters(partition: Partition) -> list[frozenset[Any]]:
    """The sets of mentions with one label, in order of their first mention."""
    made: dict[Hashable, list[Any]] = defaultdict(list)
    for mention, label in partition.items():
        made[label].append(mention)
    return [frozenset(one) for one in made.values()]


def b_cubed(gold: Partition, response: Partition) -> Score:
    """For each mention the share of its cluster that it rightly stands with, averaged over the mentions of either side."""
    return Score(_b_cubed(response, gold), _b_cubed(gold, response))


def _b_cubed(one: Partition, other: Partition) -> float:
    inside = {mention: cluster for cluster in clusters(other) for mention in cluster}
    shares = [len(cluster & inside.get(mention, frozenset())) / len(cluster) for cluster in clusters(one) for mention in cluster]
    return sum(shares) / len(shares) if shares else 0.0


def ceaf_e(gold: Partition, response: Partition) -> Score:
    """The likeness of clusters paired one to one so that its sum is greatest, over the number of clusters of either side."""
    ours, theirs = clusters(gold), clusters(response)
    place = {mention: i for i, cluster in enumerate(theirs) for mention in cluster}
    touching = [{place[mention] for mention in cluster if mention in place} for cluster in ours]
    best = sum(_best(ours, theirs, touching, part) for part in _parts(touching))
    return Score(best / len(theirs) if theirs else 0.0, best / len(ours) if ours else 0.0)


def _best(ours: Sequence[frozenset[Any]], theirs: Sequence[frozenset[Any]], touching: Sequence[set[int]], part: Sequence[int]) -> float:
    columns = sorted({j for i in part for j in touching[i]})
    return best_assignment([[2 * len(ours[i] & theirs[j]) / (len(ours[i]) + len(theirs[j])) for j in columns] for i in part])


def _parts(touching: Sequence[set[int]]) -> list[list[int]]:
    """The rows that share columns, directly or by others: pairs across such parts are worth nothing, so each part is assigned alone."""
    parts: list[tuple[set[int], list[int]]] = []
    for i, columns in enumerate(touching):
        joined = [part for part in parts if part[0] & columns]
        parts = [part for part in parts if not part[0] & columns]
        parts.append((columns.union(*(part[0] for part in joined)), [*sorted(row for part in joined for row in part[1]), i]))
    return [rows for columns, rows in parts if columns]


def best_assignment(gains: Sequence[Sequence[float]]) -> float:
    """The greatest sum of gains with every row and every column used at most once (Kuhn 1955, with potentials; after e-maxx)."""
    if len(gains) > len(gains[0]):
        gains = [list(column) for column in zip(*gains, strict=True)]
    rows, columns = len(gains), len(gains[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        _augment(gains, owner, row_price, column_price)
    return sum(gains[owner[j] - 1][j - 1] for j in range(1, columns + 1) if owner[j])


def _augment(gains: Sequence[Sequence[float]], owner: list[int], row_price: list[float], column_price: list[float]) -> None:
    """Finds a column for the row that waits at column 0, moving others along the cheapest way. Rows and columns count from 1."""
    columns = range(1, len(owner))
    least, way, used = [float("inf")] * len(owner), [0] * len(owner), [False] * len(owner)
    at = 0
    while owner[at]:
        used[at] = True
        for j in columns:
            cost = -gains[owner[at] - 1][j - 1] - row_price[owner[at]] - column_price[j]
            if not used[j] and cost < least[j]:
                least[j], way[j] = cost, at
        following = min((j for j in columns if not used[j]), key=lambda j: least[j])
        step = least[following]
        for j in range(len(owner)):
            if used[j]:
                row_price[owner[j]] += step
                column_price[j] -= step
            else:
                least[j] -= step
        at = following
    while at:
        owner[at] = owner[way[at]]
        at = way[at]


# ---------------------------------------------------------------- MEANTIME


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The reports of `who_meantime.jsonl`, one dict a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def surface(row: Mapping[str, Any], index: int) -> str:
    """The words of a gold mention."""
    mention = row["mentions_meantime"][index]
    return str(row["text"][mention["start"] : mention["end"]])


def gold_partition(rows: Sequence[Mapping[str, Any]], scope: Scope, *, names_only: bool = False) -> dict[Place, Hashable]:
    """The gold's clusters within each report, or across the reports of one topic. `names_only`: the mentions with a capital letter in them."""
    made: dict[Place, Hashable] = {}
    for row in rows:
        inside = row["id"] if scope == "report" else row["id"].split("/")[0]
        for index, mention in enumerate(row["mentions_meantime"]):
            if not names_only or any(letter.isupper() for letter in surface(row, index)):
                made[row["id"], index] = (inside, mention["chain"])
    return made


def scores(rows: Sequence[Mapping[str, Any]], response: Partition, scope: Scope, *, names_only: bool = False) -> dict[str, float]:
    """The percentages of `response` (a label for each Place of the gold) against the gold.

    Labels count within their report, or within their topic: equal labels in two topics are no link.
    """
    gold = gold_partition(rows, scope, names_only=names_only)
    inside = {place: (place[0] if scope == "report" else place[0].split("/")[0], response[place]) for place in gold}
    found = {"b3": b_cubed(gold, inside), "ceaf_e": ceaf_e(gold, inside)}
    return {f"{name} {side}": round(100 * getattr(score, side), 1) for name, score in found.items() for side in ("precision", "recall", "f1")}
