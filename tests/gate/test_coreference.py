"""The measures of coreference against the worked examples of those who published them, and the assignment against trying all."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gate.coreference import b_cubed, best_assignment, ceaf_e, clusters, gold_partition, scores


def partition(*sets: Iterable[str]) -> dict[str, int]:
    return {mention: label for label, cluster in enumerate(sets) for mention in cluster}


# Pradhan et al. 2014, «Scoring Coreference Partitions of Predicted Mentions: A Reference Implementation», section 4.
PRADHAN = partition("abc", "defg"), partition("ab", "cd", "fghi")
# Luo 2005, «On Coreference Resolution Performance Metrics», figure 1 and table 1; Bagga and Baldwin 1998 have the same sets.
LUO = partition("12345", "67", "89ABC")


def test_b_cubed_of_the_reference_scorer() -> None:
    found = b_cubed(*PRADHAN)
    assert (round(found.recall, 2), round(found.precision, 2), round(found.f1, 2)) == (0.42, 0.50, 0.45)
    assert (found.recall, found.precision) == (pytest.approx(35 / 84), pytest.approx(4 / 8))


def test_ceaf_e_of_the_reference_scorer() -> None:
    found = ceaf_e(*PRADHAN)
    assert (round(found.recall, 2), round(found.precision, 2), round(found.f1, 2)) == (0.65, 0.43, 0.52)


@pytest.mark.parametrize(
    ("response", "b3", "ceaf"),
    [
        (partition("12345", "6789ABC"), 0.865, 0.733),
        (partition("1234589ABC", "67"), 0.737, 0.667),
        (partition("123456789ABC"), 0.545, 0.294),
        (partition(*"123456789ABC"), 0.400, 0.178),
    ],
)
def test_the_table_of_luo(response: dict[str, int], b3: float, ceaf: float) -> None:
    assert b_cubed(LUO, response).f1 == pytest.approx(b3, abs=0.0006)
    assert ceaf_e(LUO, response).f1 == pytest.approx(ceaf, abs=0.0006)


def test_the_precision_of_bagga_and_baldwin() -> None:
    first, second = (b_cubed(LUO, partition(*sets)) for sets in (("12345", "6789ABC"), ("1234589ABC", "67")))
    assert (round(first.precision, 2), first.recall) == (0.76, 1.0)
    assert (round(second.precision, 2), second.recall) == (0.58, 1.0)


def test_nothing_found_is_no_error() -> None:
    assert b_cubed(LUO, {}) == ceaf_e(LUO, {}) == (0.0, 0.0)
    assert ceaf_e(LUO, {}).f1 == 0.0


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(st.floats(0, 1), min_size=n, max_size=n), min_size=1, max_size=5)))
def test_the_best_assignment_is_the_best_of_all(gains: list[list[float]]) -> None:
    rows, columns = len(gains), len(gains[0])
    if rows <= columns:
        every = (sum(gains[i][j] for i, j in enumerate(chosen)) for chosen in permutations(range(columns), rows))
    else:
        every = (sum(gains[i][j] for j, i in enumerate(chosen)) for chosen in permutations(range(rows), columns))
    assert best_assignment(gains) == pytest.approx(max(every))


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 5), min_size=1))
def test_a_partition_against_itself_is_perfect(one: dict[int, int]) -> None:
    for measure in (b_cubed, ceaf_e):
        assert measure(one, one).f1 == pytest.approx(1.0)
    assert sorted(mention for cluster in clusters(one) for mention in cluster) == sorted(one)


def row(name: str, text: str, *mentions: tuple[int, int, str]) -> dict[str, object]:
    return {"id": name, "text": text, "mentions_meantime": [{"start": start, "end": end, "chain": chain} for start, end, chain in mentions]}


ROWS = [
    row("x/1", "Ana vino. Ella rio.", (0, 3, "A"), (10, 14, "A")),
    row("x/2", "Ana calla.", (0, 3, "A")),
    row("y/1", "Ana no, Eva.", (0, 3, "A"), (8, 11, "B")),
]


def test_a_report_and_a_topic_are_universes_of_their_own() -> None:
    assert len(set(gold_partition(ROWS, "report").values())) == 4
    assert len(set(gold_partition(ROWS, "topic").values())) == 3
    perfect = {("x/1", 0): "a", ("x/1", 1): "a", ("x/2", 0): "a", ("y/1", 0): "a", ("y/1", 1): "b"}
    assert scores(ROWS, perfect, "topic")["b3 f1"] == scores(ROWS, perfect, "report")["ceaf_e f1"] == 100.0
    apart = perfect | {("x/2", 0): "c"}
    assert scores(ROWS, apart, "report")["b3 f1"] == 100.0
    assert scores(ROWS, apart, "topic")["b3 recall"] == pytest.approx(100 * (2 * 2 / 3 + 1 / 3 + 2) / 5, abs=0.1)


def test_names_have_a_capital() -> None:
    rows = [row("x/1", "Ana y el juez.", (0, 3, "A"), (6, 13, "A"))]
    assert list(gold_partition(rows, "report", names_only=True)) == [("x/1", 0)]
