"""The Runner in processes: the same answers as in one, crashes caught, nothing left behind. Steps are built-ins, which a child finds."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.errors import ModelError
from careo.model import Anchor
from careo.pipeline import Crash
from careo.run.local import Local

RAISES = "(_ for _ in ()).throw(__import__('careo.errors').errors.ModelError('no model', mend='install it'))"


def results(jobs: int, rows: Iterable[str]) -> dict[str, Any]:
    return dict(Local(jobs).each(eval, rows))


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_row_has_its_result_and_an_error_is_a_crash_with_its_place(jobs: int) -> None:
    made = results(jobs, ["1+1", "1/0", "'a'*3"])
    assert (made["1+1"], made["'a'*3"]) == (2, "aaa")
    assert isinstance(made["1/0"], Crash)
    assert "ZeroDivisionError" in made["1/0"].error
    assert "/" not in made["1/0"].error.replace("1/0", "")


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_careo_concerns_the_run_and_goes_through(jobs: int) -> None:
    with pytest.raises(ModelError, match="no model; to mend it: install it"):
        results(jobs, [RAISES])
    assert multiprocessing.active_children() == []


def test_a_process_that_ends_costs_only_its_own_row() -> None:
    kill, leave = "__import__('signal').raise_signal(9)", "__import__('os')._exit(3)"
    rows = [*map(str, range(10)), kill, leave, *map(str, range(10, 20))]
    made = results(2, rows)
    assert {row: made[row] for row in rows if row.isdigit()} == {str(number): number for number in range(20)}
    assert made[kill] == Crash("the process that read it ended by signal SIGKILL; the machine may be out of memory: try fewer --jobs")
    assert made[leave] == Crash("the process that read it ended with code 3")
    assert multiprocessing.active_children() == []


def test_a_result_that_cannot_be_sent_is_a_crash() -> None:
    made = results(2, ["lambda: 1"])
    assert isinstance(made["lambda: 1"], Crash)


def test_a_run_that_is_given_up_leaves_no_process() -> None:
    running = Local(2).each(eval, map(str, range(100)))
    next(running)
    assert multiprocessing.active_children()
    running.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_rows_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def rows() -> Iterable[str]:
        for number in range(100):
            taken.append(number)
            yield str(number)

    running = Local(1).each(eval, rows())
    next(iter(running))
    assert taken == [0]


def test_together_gives_each_key_all_its_rows() -> None:
    made = Local().together(lambda key, rows: (key, sorted(rows)), [("a", 1), ("b", 2), ("a", 3)])
    assert sorted(made) == [("a", [1, 3]), ("b", [2])]


NODES = st.integers(0, 12).map(lambda start: Anchor("a", "text", "chains", start, start + 1))


@given(st.lists(st.tuples(NODES, NODES)))
def test_components_are_what_links_connect(links: list[tuple[Anchor, Anchor]]) -> None:
    groups = Local().components(links)
    assert sorted(node for group in groups for node in group) == sorted({node for link in links for node in link})
    assert groups == sorted(tuple(sorted(group)) for group in groups)
    number = {node: index for index, group in enumerate(groups) for node in group}
    assert all(number[left] == number[right] for left, right in links)
    assert all(reached(group[0], links) == set(group) for group in groups)


def reached(start: Anchor, links: list[tuple[Anchor, Anchor]]) -> set[Anchor]:
    """What can be walked to from `start`."""
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for one in {b for a, b in links if a == here} | {a for a, b in links if b == here}:
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found
