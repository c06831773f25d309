"""The picture of time and the steps of a toll, as numbers."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo import edtf
from careo.model import Entry, QuantityMod, Step
from careo.present import figures
from careo.present.dossier import treads
from careo.present.dossier.picture import APART, CROWDED, DEEPEST, DOT, LANE, TALL, Mark, draw
from careo.present.words import words


def entries(*whens: str | None) -> list[Entry]:
    return [Entry(str(n), when, "attack", "algo", "asserted", 1, 1, ()) for n, when in enumerate(whens)]


def marks(*whens: str | None) -> dict[str, Mark]:
    return {mark.when: mark for mark in draw(entries(*whens)).marks}


def test_nothing_dated_is_an_empty_picture() -> None:
    picture = draw(entries(None, "no date", "2018-13"))
    assert (picture.marks, picture.ticks, picture.above, picture.below) == ((), (), 0.0, 0.0)


def test_a_day_grows_a_dot_an_entry_and_stretches_lie_below() -> None:
    found = marks("2018-01-15", "2018-01-15", "2018-01-15", "2018-01-16", "2018-01")
    assert (found["2018-01-15"].y, found["2018-01-16"].y) == (3 * DOT, DOT)
    assert not found["2018-01"].known
    assert found["2018-01"].x < found["2018-01-15"].x < found["2018-01-16"].x < found["2018-01"].x + found["2018-01"].width


def test_a_full_day_stops_growing() -> None:
    assert marks(*["2018-01-15"] * 30)["2018-01-15"].y == TALL * DOT


def test_crowded_days_become_columns_as_high_as_their_entries() -> None:
    days = [f"2018-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    picture = draw(entries(*days, *["2018-03-03"] * 9))
    heights = {mark.when: mark.y for mark in picture.marks}
    assert picture.crowded
    assert heights["2018-03-03"] == CROWDED == picture.above
    assert heights["2018-01-01"] == round(CROWDED / 10, 1)


def test_what_is_about_a_day_is_a_stretch() -> None:
    assert not marks("2018-01-15~")["2018-01-15~"].known


def test_stretches_that_overlap_lie_in_lanes_and_those_that_do_not_share_one() -> None:
    found = marks("2018", "2018-02", "2018-06")
    assert (found["2018"].y, found["2018-02"].y, found["2018-06"].y) == (0.0, LANE, LANE)


def test_many_stretches_get_thinner_lanes() -> None:
    picture = draw(entries(*(f"[2018-01-{day:02}..2018-12-{day:02}]" for day in range(1, 29))))
    assert picture.lane < LANE
    assert picture.below <= DEEPEST + 3


def test_an_open_end_runs_beyond_all_others() -> None:
    found = marks("2018-01-15", "../2018-01-20", "2018-01-10/..")
    assert (found["../2018-01-20"].begins, found["../2018-01-20"].ends) == (False, True)
    assert (found["2018-01-10/.."].begins, found["2018-01-10/.."].ends) == (True, False)
    assert found["../2018-01-20"].x == 0.0


def test_a_background_of_years_leaves_room_for_the_night() -> None:
    found = marks("1998", "2018-01-15", "2018-01-16")
    assert found["2018-01-16"].x - found["2018-01-15"].x > 30


def test_ticks_stand_apart_and_within() -> None:
    picture = draw(entries(*(f"2018-01-{day:02}" for day in range(1, 31))), 340.0)
    assert picture.ticks[0].day == date(2018, 1, 1)
    assert all(after.x - before.x >= APART for before, after in pairwise(picture.ticks))
    assert all(tick.left or tick.x + APART <= 340.0 for tick in picture.ticks)


DATES = st.sampled_from(
    [
        "0001",
        "0001-01-01",
        "9999",
        "9999-12-31",
        "9999-12-30",
        "17XX",
        "2018",
        "2018-01",
        "2018-01-15",
        "2018-01-15~",
        "2018-21",
        "../2018",
        "2018/..",
    ]
)


@given(st.lists(DATES, max_size=12))
def test_every_dated_entry_is_drawn_within_the_picture_in_order(whens: list[str]) -> None:
    picture = draw(entries(*whens))
    assert sorted(mark.when for mark in picture.marks) == sorted(set(whens))
    assert sum(len(mark.entries) for mark in picture.marks) == len(whens)
    for mark in picture.marks:
        assert mark.x >= 0
        assert mark.x + mark.width <= picture.width + DOT
    assert [mark.when for mark in picture.marks] == sorted(set(whens), key=edtf.key)


# ---------------------------------------------------------------- tolls


@pytest.mark.parametrize(
    ("low", "high", "mod", "es", "en", "mark"),
    [
        (6, 6, None, "6", "6", "6"),
        (20, 20, "about", "unos 20", "about 20", "~20"),
        (4, None, "at_least", "al menos 4", "at least 4", "≥4"),
        (4, None, None, "al menos 4", "at least 4", "≥4"),
        (101, None, "more_than", "más de 101", "more than 101", ">101"),
        (None, 9, "at_most", "hasta 9", "up to 9", "≤9"),
        (None, 9, "less_than", "menos de 9", "fewer than 9", "<9"),
        (4, 6, None, "entre 4 y 6", "between 4 and 6", "4–6"),
        (40, 60, "about", "entre unos 40 y 60", "between about 40 and 60", "~40–60"),
        (12_500, 12_500, None, "12\u202f500", "12\u202f500", "12\u202f500"),
        (None, None, None, "sin cifra", "no figure", "?"),
    ],
)
def test_bounds_in_words_and_signs(low: int | None, high: int | None, mod: QuantityMod | None, es: str, en: str, mark: str) -> None:
    step = Step("2018-01-15", low, high, None, (), mod)
    assert (figures.said(step, words("es")), figures.said(step, words("en")), figures.mark(step)) == (es, en, mark)


def test_steps_stand_side_by_side_on_one_scale() -> None:
    first, second, third = treads.treads([Step(None, 4, None, None, ()), Step(None, 6, 8, None, ()), Step(None, 8, 8, None, ())], ["9", "10", "11"])
    assert (first.open, second.open) == (True, False)
    assert first.x + first.width == pytest.approx(second.x, abs=0.2)
    assert (first.top, second.top, third.top, third.bottom) == (0.0, 0.0, 0.0, 0.0)
    assert first.bottom == treads.HEIGHT / 2
    assert second.bottom == treads.HEIGHT / 4


def test_a_toll_without_figures_has_steps_all_the_same() -> None:
    (only,) = treads.treads([Step(None, None, None, None, ())], [""])
    assert (only.open, only.bottom) == (True, treads.HEIGHT)
    assert treads.treads([], []) == ()


def test_a_part_and_an_old_figure_are_no_fall() -> None:
    steps = [Step(None, 9, 9, None, ()), Step(None, 2, 2, None, (), part="forces"), Step(None, 6, 6, None, (), stale=True)]
    assert [one.mark for one in treads.treads(steps, ["1", "2", "3"])] == ["9"]
    assert [one.short for one in treads.treads(steps[1:2], ["2"])] == ["2"]
