"""Calendar arithmetic: shifts, partial dates, lengths."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.edtf import bounds, from_timex
from careo.read.reckon import (
    Direction,
    agreed,
    as_precise,
    between,
    easter,
    filled,
    length,
    moved,
    overlaid,
    settled,
    shifted,
    unknown,
    without_feast,
)

MONDAY = date(2018, 1, 15)


@pytest.mark.parametrize(
    ("shift", "value"),
    [("-P1D", "2018-01-14"), ("P0D", "2018-01-15"), ("+P1W", "2018-W04"), ("-P1M", "2017-12"), ("+P1Y", "2019"), ("-P1Q", "2017-Q4"),
     ("-P1H", "2017-H2"), ("-P3WE", "2017-W52-WE"),
     ("-P2.5Y", None), ("-PT2H", None), ("-PXD", None), ("tomorrow", None), ("-P99999Y", None)],
)  # fmt: skip
def test_a_shift_is_as_precise_as_its_unit(shift: str, value: str | None) -> None:
    assert shifted(MONDAY, shift) == value


def test_a_day_that_the_month_has_not_is_its_last() -> None:
    assert moved(date(2018, 3, 31), "-P1M") == date(2018, 2, 28)
    assert moved(date(2016, 2, 29), "+P1Y") == date(2017, 2, 28)


@pytest.mark.parametrize(
    ("partial", "direction", "value"),
    [
        ("XXXX-06-27", "last", "2017-06-27"), ("XXXX-01-15", "last", "2017-01-15"), ("XXXX-01-15", "past", "2018-01-15"),
     ("XXXX-01-15", "next", "2019-01-15"),
        ("XXXX-01-15", "future", "2018-01-15"), ("XXXX-12-28", "near", "2017-12-28"), ("XXXX-03-01", "near", "2018-03-01"),
     ("XXXX-06-01", "this", "2018-06-01"),
        ("XXXX-WXX-1", "last", "2018-01-08"), ("XXXX-WXX-1", "past", "2018-01-15"), ("XXXX-WXX-4", "next", "2018-01-18"),
     ("XXXX-WXX-7", "this", "2018-01-21"),
        ("XXXX-WXX-WE", "last", "2018-W02-WE"), ("XXXX-10", "past", "2017-10"), ("XXXX-01", "last", "2017-01"), ("XXXX-XX-20", "last", "2017-12-20"),
        ("XXXX-XX-31", "next", "2018-01-31"), ("XXXX-02-29", "last", "2016-02-29"), ("XXXX-02-29", "next", "2020-02-29"),
     ("XXXX-02-30", "last", None),
        ("XXXX-02-30", "this", None), ("XXXX-SU", "next", "2018-SU"), ("XXXX-Q4", "last", "2017-Q4"),
    ],
)  # fmt: skip
def test_partial_dates(partial: str, direction: str, value: str | None) -> None:
    assert filled(partial, MONDAY, direction) == value  # type: ignore[arg-type]


def test_a_week_belongs_to_its_own_year() -> None:
    """1 January 2017 was a Sunday of the last week of 2016."""
    assert as_precise(date(2017, 1, 1), "W") == "2016-W52"
    assert overlaid("XXXX-WXX-5", date(2017, 1, 1)) == "2016-12-30"


@pytest.mark.parametrize(
    ("written", "value"),
    [("P02xD", "P2D"), ("P2x10Y", "P20Y"), ("P1xY+2xM", "P1Y2M"), ("P30xTM+2xTH", "PT2H30M"), ("PXxTH", "PTXH"), ("P0.5xTH", "PT0.5H"),
     ("P02.5xW", "P2.5W"), ("P3xWE", "P3WE"),
     ("P1xY+6xM+1xD", "P1Y6M1D"), ("P2xTH+1xD", "P1DT2H"), ("XXXX-WXX-6", "XXXX-WXX-6"), ("PXM", "PXM"), ("PRESENT_REF", "PRESENT_REF")],
)  # fmt: skip
def test_lengths(written: str, value: str) -> None:
    assert length(written) == value


def test_what_resolutions_have_in_common() -> None:
    assert agreed({"2018-01-15"}, "XXXX-XX-XX") == "2018-01-15"
    assert agreed({"2018-01-01", "2018-01-31"}, "XXXX-XX-XX") == "2018-01-XX"
    assert agreed({"2018-01-01", "2018-03-31"}, "XXXX-XX-XX") == "2018-XX-XX"
    assert agreed({"2018-01", "2018-03"}, "XXXX-XX") == "2018-XX"
    assert agreed({"2018-01-01", "2018-01-29"}, "XXXX-WXX-1") == "2018-01-XX"
    assert agreed({"2018-01-01", "2018-02-26"}, "XXXX-WXX-1") == "XXXX-WXX-1"
    assert agreed({"2017-12-31", "2018-01-30"}, "XXXX-XX-XX") == "XXXX-XX-XX"
    assert agreed({"2018-01-01", None}, "XXXX-XX-XX") is None
    assert agreed(set(), "XXXX") is None


def test_unknown_forms() -> None:
    assert [unknown(value) for value in ("2018", "2018-01", "2018-01-15", "2018-W03", "2018-W03-WE")] == [
        "XXXX",
        "XXXX-XX",
        "XXXX-XX-XX",
        "XXXX-WXX",
        "XXXX-WXX-WE",
    ]


def test_between() -> None:
    assert between("2017-09-07", "2017-09-11") == "P4D"
    assert between("2017-04", "2018-01") == "P9M"
    assert between("1899", "1986") == "P87Y"
    assert between("2017-09-11", "2017-09-07") is None
    assert between("2017-09", "2017-10-07") is None
    assert between("XXXX-09-07", "2017-10-07") is None


@given(
    st.dates(date(1600, 1, 1), date(9000, 1, 1)), st.integers(1, 12), st.integers(1, 28), st.sampled_from(["last", "past", "future", "next", "near"])
)
def test_a_filled_date_fits_its_form_and_lies_on_its_side(day: date, month: int, number: int, direction: str) -> None:
    partial = f"XXXX-{month:02}-{number:02}"
    value = filled(partial, day, direction)  # type: ignore[arg-type]
    assert value is not None
    assert value.endswith(partial[4:])
    made = date.fromisoformat(value)
    assert abs((made - day).days) <= 366
    side = {"last": made < day, "past": made <= day, "future": made >= day, "next": made > day, "near": -314 <= (made - day).days <= 147}
    assert side[direction]


@given(st.dates(date(1600, 1, 1), date(9000, 1, 1)), st.sampled_from("YHQMWD"), st.integers(0, 400))
def test_there_and_back_again_is_the_same_year_at_least(day: date, unit: str, count: int) -> None:
    there = moved(day, f"+P{count}{unit}")
    assert there is not None
    back = moved(there, f"-P{count}{unit}")
    assert back is not None
    assert abs((back - day).days) <= 3
    made = shifted(day, f"+P{count}{unit}")
    first, last = bounds(from_timex(str(made)).edtf or "")
    assert first <= there <= last


@pytest.mark.parametrize(
    ("year", "day"), [(1818, "03-22"), (1961, "04-02"), (2000, "04-23"), (2008, "03-23"), (2011, "04-24"), (2018, "04-01"), (2038, "04-25")]
)
def test_easter(year: int, day: str) -> None:
    assert str(easter(year)) == f"{year}-{day}"


@given(st.integers(1583, 9998))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    assert easter(year).isoweekday() == 7
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2018-E-2", "2018-03-30"),
        ("2018-E+49", "2018-05-20"),
        ("2018-EW", "2018-W13"),
        ("2018-05-N2-7", "2018-05-13"),
        ("2018-05-N02-07", "2018-05-13"),
        ("2018-05-NL-7", "2018-05-27"),
        ("2018-02-N5-7", "2018-02-N5-7"),
        ("2018-13-N1-7", "2018-13-N1-7"),
        ("1066-E-2", "1066-E-2"),
        ("2018-05", "2018-05"),
    ],
)
def test_movable_days_are_counted_out(value: str, wanted: str) -> None:
    assert settled(value) == wanted


@pytest.mark.parametrize(
    ("value", "day", "direction", "wanted"),
    [
        ("XXXX-E-3", date(2018, 1, 15), "past", "2017-04-13"),
        ("XXXX-EW", date(2018, 1, 15), "future", "2018-W13"),
        ("XXXX-03-N1-1", date(2018, 1, 15), "next", "2018-03-05"),
        ("XXXX-02", date(2014, 11, 1), "beside", "2015-02"),
        ("XXXX-10", date(2014, 11, 1), "beside", "2014-10"),
        ("XXXX-XX-28", date(2017, 9, 11), "beside", "2017-09-28"),
        ("XXXX-XX-03", date(2017, 9, 28), "beside", "2017-10-03"),
    ],
)
def test_movable_days_and_neighbours_are_filled(value: str, day: date, direction: Direction, wanted: str) -> None:
    assert filled(value, day, direction) == wanted


@pytest.mark.parametrize(
    ("value", "day", "direction", "weekday", "wanted"),
    [
        ("XXXX-XX-11", date(2018, 1, 15), "past", 1, "2017-12-11"),
        ("XXXX-01-13", date(2018, 1, 15), "past", 5, "2018-01-13"),
        ("XXXX-XX-21", date(2019, 1, 25), "future", 1, "2019-01-21"),
        ("XXXX-12-04", date(2018, 5, 16), "future", 1, "2018-12-04"),
    ],
)
def test_a_day_of_the_week_counts_where_it_is_near(value: str, day: date, direction: Direction, weekday: int, wanted: str) -> None:
    assert filled(value, day, direction, weekday=weekday) == wanted


def test_a_movable_day_without_a_year_is_any() -> None:
    assert [without_feast(value) for value in ("XXXX-E-2", "XXXX-EW", "XXXX-05-N2-7", "XXXX-05")] == [
        "XXXX-XX-XX",
        "XXXX-WXX",
        "XXXX-XX-XX",
        "XXXX-05",
    ]
