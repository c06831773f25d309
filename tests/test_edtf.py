"""EDTF values: what they cover, how they compare, and the table that leads to TIMEX3 values and back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from careo import edtf
from careo.edtf import Dating, bounds, from_timex, key, narrower, overlaps, parse, to_timex, within

COVERS = {
    "2018": ("2018-01-01", "2018-12-31"),
    "2018-02": ("2018-02-01", "2018-02-28"),
    "2016-02-29": ("2016-02-29", "2016-02-29"),
    "2018-01-15T09:30:00-04:00": ("2018-01-15", "2018-01-15"),
    "198X": ("1980-01-01", "1989-12-31"),
    "17XX": ("1700-01-01", "1799-12-31"),
    "00XX": ("0001-01-01", "0099-12-31"),
    "2018-02-XX": ("2018-02-01", "2018-02-28"),
    "2018-XX": ("2018-01-01", "2018-12-31"),
    "2018-01-1X": ("2018-01-10", "2018-01-19"),
    "201X-02-29": ("2012-02-29", "2016-02-29"),
    "2017-33": ("2017-01-01", "2017-03-31"),
    "2017-36": ("2017-10-01", "2017-12-31"),
    "2017-38": ("2017-05-01", "2017-08-31"),
    "2017-41": ("2017-07-01", "2017-12-31"),
    "2017-22": ("2017-01-01", "2017-12-31"),
    "2018-01-15~": ("2018-01-15", "2018-01-15"),
    "2017-04/2017-07": ("2017-04-01", "2017-07-31"),
    "[2018-01-15..2018-01-20]": ("2018-01-15", "2018-01-20"),
    "[..2018-01-20]": ("0001-01-01", "2018-01-20"),
    "../2018": ("0001-01-01", "2018-12-31"),
    "2018-01/..": ("2018-01-01", "9999-12-31"),
}


@pytest.mark.parametrize(("value", "days"), COVERS.items())
def test_a_value_covers_its_days(value: str, days: tuple[str, str]) -> None:
    assert tuple(map(str, bounds(value))) == days


def test_the_parse_keeps_what_the_bounds_leave_out() -> None:
    assert parse("2018-01-15~").about
    assert parse("2018?").doubtful
    assert parse("2018%")[3:] == (True, True)
    assert not parse("2018").about
    assert parse("[2018..2019]").shape == "within"
    assert parse("2018/2019~")[2:4] == ("lasted", True)


@pytest.mark.parametrize(
    "value",
    ["", "2018-13", "2018-02-30", "2017-02-29", "0000", "18", "2018-1", "XXXX-06-27", "2018-25", "2018-42", "2019/2018", "2018-05/2018", "..",
     "../..", "[..]", "/2018", "2018/", "[2018/2019]", "2018/2019/2020", "[2018..2019", "2018-01-15T", "enero", "198X-02-30", "2018~~", "２０１８"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_what_was_found(value: str) -> None:
    with pytest.raises(ValueError, match="expected a date such as") as caught:
        parse(value)
    assert repr(value) in str(caught.value)


def test_comparing() -> None:
    assert overlaps("2018-01", "2018-01-15")
    assert overlaps("2017-12-31/2018-01-02", "2018")
    assert not overlaps("2018-01", "2018-02")
    assert within("2018-01-15", "2018-01")
    assert not within("2018-01", "2018-01-15")
    assert narrower("2018", "2018-01") == "2018-01"
    assert narrower("2018-01", "2018-02") == "2018-02"
    assert narrower("2018-01", "2017-01") == "2018-01"


def test_order_puts_the_wider_first_and_open_beginnings_at_their_end() -> None:
    values = ["2018-01-15", "2018-02", "2018-01-01", "2018-01", "2018", "../2018-01-20"]
    assert sorted(values, key=key) == ["2018", "2018-01", "2018-01-01", "2018-01-15", "../2018-01-20", "2018-02"]


TABLE = {
    "2017-06-27": Dating("2017-06-27"),
    "2017-06": Dating("2017-06"),
    "2017-06-XX": Dating("2017-06-XX"),
    "2017": Dating("2017"),
    "2017-W22": Dating("2017-05-29/2017-06-04"),
    "2000-W22-WE": Dating("2000-06-03/2000-06-04"),
    "198": Dating("198X"),
    "20": Dating("20XX"),
    "2017-SP": Dating("2017-21"),
    "2017-WI": Dating("2017-24"),
    "2017-Q3": Dating("2017-35"),
    "2017-T2": Dating("2017-38"),
    "2017-H2": Dating("2017-41"),
    "2018-01-15TMO": Dating("2018-01-15", part="MO"),
    "2018-01-15T09:30": Dating("2018-01-15", time="09:30"),
    "2018-01-15T09:30Z": Dating("2018-01-15", time="09:30", zone="Z"),
}


@pytest.mark.parametrize(("value", "dating"), TABLE.items())
def test_the_table_both_ways(value: str, dating: Dating) -> None:
    assert from_timex(value) == dating
    assert to_timex(dating) == value


NO_DATES = [
    "PRESENT_REF", "XXXX-06-27", "XXXX-WXX-1", "P3D", "PT2H", "BC0044", "2017-W60", "9999-W52", "2017-02-30", "2017-13", "TNI", "", "2018-W01-WX",
]  # fmt: skip


@pytest.mark.parametrize("value", NO_DATES)
def test_what_denotes_no_date(value: str) -> None:
    assert from_timex(value) == Dating()


def test_unknown_days_with_a_part_keep_the_part() -> None:
    assert from_timex("XXXX-XX-XXTNI") == Dating(None, part="NI")


def test_one_way_only() -> None:
    assert from_timex("2018-W03-1") == Dating("2018-01-15")
    assert from_timex("199X") == Dating("199X")
    assert from_timex("19XX") == Dating("19XX")
    assert to_timex(Dating("2017-06-27~")) == "2017-06-27"
    assert to_timex(Dating("2017-04/2017-07")) is None
    assert to_timex(Dating("2018-01-15/2018-01-22")) is None
    assert to_timex(Dating("2018-01-1X")) is None
    assert to_timex(Dating()) is None
    with pytest.raises(ValueError, match="expected a date"):
        to_timex(Dating("2018-99"))


DAYS = st.dates(date(1, 1, 8), date(9998, 12, 1))


@st.composite
def simple(draw: st.DrawFn) -> tuple[str, date]:
    """A value of one date, with a day that it covers."""
    day = draw(DAYS)
    y, m = f"{day.year:04}", f"{day.month:02}"
    forms = [y, f"{y}-{m}", str(day), f"{y[:3]}X", f"{y[:2]}XX", f"{y}-{m}-XX"]
    forms += [f"{y}-{33 + (day.month - 1) // 3}", f"{y}-{37 + (day.month - 1) // 4}", f"{y}-{40 + (day.month - 1) // 6}"]
    return draw(st.sampled_from(forms)), day


@given(simple())
def test_a_value_made_from_a_day_covers_it(made: tuple[str, date]) -> None:
    value, day = made
    first, last = bounds(value)
    assert first <= day <= last
    assert within(str(day), value)
    assert overlaps(value, str(day))


@given(simple(), simple())
def test_bounds_are_monotone(a: tuple[str, date], b: tuple[str, date]) -> None:
    """An interval covers what its ends cover, and a wider value never has narrower bounds."""
    (low, _), (high, _) = sorted([a, b], key=lambda one: bounds(one[0]))
    assume(bounds(low)[1] <= bounds(high)[1])
    lasted = f"{low}/{high}"
    assert bounds(lasted) == (bounds(low)[0], bounds(high)[1])
    assert within(low, lasted)
    assert within(high, lasted)
    assert within(lasted, f"{low}/..")
    assert within(lasted, f"../{high}")
    assert bounds(f"[{low}..{high}]") == bounds(lasted)


@given(simple(), simple())
def test_overlap_is_mutual_and_follows_from_lying_within(a: tuple[str, date], b: tuple[str, date]) -> None:
    assert overlaps(a[0], b[0]) == overlaps(b[0], a[0])
    if within(a[0], b[0]):
        assert overlaps(a[0], b[0])
        assert bounds(narrower(b[0], a[0]))[1] <= bounds(b[0])[1]


@given(simple())
def test_from_edtf_to_timex_and_back(made: tuple[str, date]) -> None:
    timex = to_timex(Dating(made[0]))
    assert timex is not None
    assert from_timex(timex) == Dating(made[0])


@given(DAYS, st.sampled_from([5, 6, 1, 0, 3]), st.integers(0, 6))
def test_an_interval_of_days_is_a_week_a_weekend_or_has_no_value(day: date, length: int, back: int) -> None:
    first = day - timedelta(days=back)
    interval = f"{first}/{first + timedelta(days=length)}"
    timex = to_timex(Dating(interval))
    assert (timex is not None) == ((first.isoweekday(), length) in {(1, 6), (6, 1)})
    if timex:
        assert from_timex(timex) == Dating(interval)


DATES = r"\A[0-9]{4}-(W[0-5][0-9](-WE)?|[01][0-9](-[0-3][0-9])?|SP|SU|FA|WI|Q[1-4]|H[12]|T[1-3])"
VALUES = st.one_of(st.from_regex(r"\A[0-9]{2,4}\Z"), st.from_regex(DATES + r"(T(MO|AF|NI|[01][0-9]:[0-5][0-9]Z?))?\Z"))


@given(VALUES)
def test_from_timex_to_edtf_and_back(value: str) -> None:
    dating = from_timex(value)
    if dating.edtf:
        parse(dating.edtf)
        assert to_timex(dating) == value


@given(st.text(alphabet="0123456789-X/.[]~?%TW:Z", max_size=24))
def test_any_text_is_read_or_refused(value: str) -> None:
    from_timex(value)
    if edtf.is_edtf(value):
        first, last = bounds(value)
        assert first <= last
        assert key(value)[0] in (first, last)
    else:
        with pytest.raises(ValueError, match="found"):
            bounds(value)
