"""Copies are found by the words they share, and only by them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from careo.collate.copies import fingerprints, pairs, shared, words_of

DISPATCH = (
    "Al menos cuatro personas murieron la madrugada de este martes en un operativo de la policía provincial en el barrio La Cantera, "
    "informó el Ministerio de Seguridad en un comunicado que difundió por la tarde."
)
OTHER = "La alcaldesa inauguró ayer una plaza en el centro de la ciudad, con juegos para los niños y una fuente que costó más de lo previsto."


def test_a_dispatch_inside_a_longer_story_is_a_copy_and_its_words_are_marked() -> None:
    story = f"{OTHER}\n{DISPATCH.replace('á', 'a').upper()}\n{OTHER[::-1]}"
    found = shared(words_of(DISPATCH), words_of(story))
    assert found.is_copy
    assert found.share == 1.0
    assert [span.of(story) for span in found.right] == [DISPATCH.replace("á", "a").upper().rstrip(".")]
    assert pairs({"a": fingerprints(words_of(DISPATCH)), "b": fingerprints(words_of(story))}) == [("a", "b")]


def test_a_sentence_in_common_is_no_copy() -> None:
    both = "«No hubo orden de disparar contra nadie», dijo el comisario."
    found = shared(words_of(f"{DISPATCH} {both}"), words_of(f"{OTHER} {both}"))
    assert found.longest == 10
    assert not found.is_copy


def test_other_words_share_nothing() -> None:
    found = shared(words_of(DISPATCH), words_of(OTHER))
    assert (found.left, found.share, found.is_copy) == ((), 0.0, False)
    assert pairs({"a": fingerprints(words_of(DISPATCH)), "b": fingerprints(words_of(OTHER))}) == []


TEXTS = st.lists(st.sampled_from(["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"]), max_size=60).map(" ".join)


@given(TEXTS, TEXTS)
def test_what_is_shared_reads_the_same_in_both(left: str, right: str) -> None:
    one, other = shared(words_of(left), words_of(right)), shared(words_of(right), words_of(left))
    assert all(span.of(left) in right for span in one.left)
    assert all(span.of(right) in left for span in one.right)
    assert bool(one.left) is bool(other.left)
    assert 0.0 <= one.share <= 1.0
