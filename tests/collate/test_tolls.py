"""Tolls as a history: parts beside the whole, old figures repeated late, and what stands against what."""

from __future__ import annotations

from careo.collate import conflicts
from careo.collate.chronology import Figure, Telling
from careo.model import Anchor, Evidence, Span, Toll


def figure(report: str, day: str, low: int | None, high: int | None, *, by: str | None = None, part: str | None = None) -> Telling:
    """A report's figure of the dead of one event, as one speaker gives it."""
    said = (by,) if by else ()
    words = Evidence(report, "text", Span(0, 9), Span(0, 4), "Murieron.", "", "", said, report, day, report)
    place = Anchor(report, "text", "quantities", low or 0, (high or 0) + 9)
    return Telling(place, day, None, "killed", "", None, (), "asserted", words, figure=Figure("killed", low, high, None, part=part))


def toll(*figures: Telling) -> Toll:
    return conflicts.toll("e", None, figures)


def sides(made: Toll) -> list[str]:
    found = conflicts.figure_conflict(made)
    return [side.value for side in found.sides] if found else []


def test_some_of_the_dead_stand_against_nobody() -> None:
    made = toll(figure("a", "2022-03-15", 11, 11, by="prisons"), figure("b", "2022-03-15", 5, 5, by="hospital", part="some"))
    assert not sides(made)
    assert [step.part for step in made.steps] == ["some", None]


def test_more_of_a_group_than_of_all_cannot_hold_and_fewer_can() -> None:
    assert not sides(toll(figure("a", "2022-03-15", 9, 9, by="army", part="forces"), figure("b", "2022-03-15", 40, None, by="union")))
    assert sides(toll(figure("a", "2022-03-15", 9, 9, by="army", part="forces"), figure("b", "2022-03-15", 4, 4, by="union"))) == ["4", "9"]


def test_an_exact_figure_and_the_same_at_least_stand_on_one_side() -> None:
    told = [("a", "2022-03-15", 19, None, "families"), ("b", "2022-03-16", 19, 19, "families"), ("c", "2022-03-17", 13, 13, "ministry")]
    assert sides(toll(*(figure(report, day, low, high, by=by) for report, day, low, high, by in told))) == ["13", "19"]


def test_a_figure_that_a_report_repeats_after_it_was_raised_is_stale() -> None:
    made = toll(figure("a", "2022-03-15", 11, 11), figure("b", "2022-03-17", 13, 13, by="ministry"), figure("c", "2022-03-20", 11, 11))
    assert [(step.as_of, step.low, step.stale) for step in made.steps] == [
        ("2022-03-15", 11, False),
        ("2022-03-17", 13, False),
        ("2022-03-20", 11, True),
    ]
    assert not sides(made)
    assert not conflicts.corrections(made)


def test_who_insists_on_a_figure_repeats_nothing_stale() -> None:
    made = toll(figure("a", "2022-03-15", 11, 11), figure("b", "2022-03-17", 13, 13, by="families"), figure("c", "2022-03-20", 11, 11, by="prisons"))
    assert sides(made) == ["11", "13"]
