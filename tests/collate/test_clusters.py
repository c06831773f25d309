"""Clusters: who outranks whom, what is kept apart, and ids that do not depend on the order of arrival."""

from __future__ import annotations

from careo.collate import clusters
from careo.model import Anchor, Link, Span, Verdict


def at(start: int, document: str = "a") -> Anchor:
    return Anchor(document, "text", "chains", start, start + 5)


def link(left: Anchor, right: Anchor, judgement: Verdict, by: str = "careo", score: float = 0.9) -> Link:
    return Link(left, right, "entity", judgement, score, "because", by)


A, B, C = at(0), at(10), at(20)


def test_an_id_is_that_of_the_first_member_in_any_order() -> None:
    assert clusters.ids([C, A, B]) == clusters.ids([A, B, C])
    assert clusters.ids([A, B])[0] == clusters.short_id(A)


def test_a_cluster_that_absorbs_another_keeps_its_id_as_an_alias() -> None:
    before, _ = clusters.ids([B, C])
    now, aliases = clusters.ids([A, B, C])
    assert before != now
    assert before in aliases
    assert now not in aliases


def test_ids_tell_all_parts_of_an_anchor_apart() -> None:
    others = [at(1), at(0, "b"), Anchor("a", "title", "chains", 0, 5), Anchor("a", "text", "events", 0, 5), Anchor("a", "text", "chains", 0, 5, "p")]
    assert len({clusters.short_id(one) for one in [A, *others]}) == 6


def test_a_person_outranks_the_machine_whichever_way_round_the_pair_stands() -> None:
    links = clusters.outranked([link(A, B, "SAME")], [link(B, A, "DIFFERENT", by="ana")])
    assert [one.by for one in links] == ["ana"]


def test_a_later_judgement_outranks_an_earlier_one() -> None:
    links = clusters.outranked([], [link(A, B, "DIFFERENT", by="ana"), link(A, B, "SAME", by="luis")])
    assert [one.judgement for one in links] == ["SAME"]


def test_only_links_judged_same_join() -> None:
    pairs = clusters.joined([A, B], [link(A, B, "UNSURE"), link(A, C, "DIFFERENT")])
    assert pairs == [(A, A), (B, B)]


def test_two_that_are_different_do_not_stand_together_even_by_way_of_a_third() -> None:
    links = [link(A, B, "SAME"), link(B, C, "SAME"), link(A, C, "DIFFERENT", by="ana")]
    assert clusters.kept_apart([(A, B, C)], links) == [(A, B), (C,)]


def test_what_a_person_joined_is_joined_first() -> None:
    links = [link(A, B, "SAME"), link(B, C, "SAME", by="ana", score=1.0), link(A, C, "DIFFERENT", by="ana")]
    assert clusters.kept_apart([(A, B, C)], links) == [(A,), (B, C)]


def test_a_component_without_a_difference_stays_whole() -> None:
    assert clusters.kept_apart([(C, A)], [link(A, C, "SAME")]) == [(A, C)]


def test_an_anchor_holds_on_the_same_span_though_others_overlap() -> None:
    assert clusters.resolve(A, {A: [Span(0, 5)], B: [Span(0, 6)]}) == A


def test_an_anchor_holds_on_the_only_one_that_overlaps_by_more_than_half() -> None:
    assert clusters.resolve(A, {B: [Span(0, 8)], C: [Span(20, 25)]}) == B


def test_an_anchor_that_overlaps_two_or_by_half_only_is_orphaned() -> None:
    assert clusters.resolve(A, {B: [Span(0, 6)], C: [Span(1, 5)]}) is None
    assert clusters.resolve(A, {B: [Span(0, 10)]}) is None
    assert clusters.resolve(A, {}) is None
