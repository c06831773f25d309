"""Names compared: what is seen through, what keeps two apart, and the blocks in which they meet."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo import names
from careo.model import Kind
from careo.names import Knowledge, Likeness, Name
from careo.read.languages import people

SURE = 0.7


@pytest.fixture(scope="module")
def know() -> Knowledge:
    return people("es")


def parsed(text: str, know: Knowledge, kind: Kind = "PERSON") -> Name:
    name = names.parse(text, kind, know)
    assert name is not None, text
    return name


def likeness(one: str, other: str, know: Knowledge, kind: Kind = "PERSON") -> Likeness | None:
    """What is thought of two names, which is the same either way, and only where they meet in a block."""
    a, b = parsed(one, know, kind), parsed(other, know, kind)
    made = names.compare(a, b, know)
    assert names.compare(b, a, know) == made
    assert made is None or set(names.keys(a, know)) & set(names.keys(b, know)), "they never meet"
    return made


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("el presidente Arturo Mendieta", "PERSON", "arturo mendieta"),
        ("Presidente Arturo Mendieta", "PERSON", "arturo mendieta"),
        ("el CEO de Astilleros Roca, Arturo Mendieta", "PERSON", "arturo mendieta"),
        ("Arturo Mendieta, jefe del puerto", "PERSON", "arturo mendieta"),
        ("María de la Luz Quispe", "PERSON", "maria luz quispe"),
        ("Jean-Pierre Mendieta", "PERSON", "jean pierre mendieta"),
        ("del A380", "OTHER", "a380"),
        ("La naviera peruana Roca", "ORGANIZATION", "roca"),
        ("Astilleros Roca S.A.", "ORGANIZATION", "astilleros roca"),
        ("EE.UU.", "LOCATION", "estados unidos"),
        ("ONU", "ORGANIZATION", "organizacion naciones unidas"),
        ("CDMX", "LOCATION", "ciudad mexico"),
        ("Ciudad de México", "LOCATION", "ciudad mexico"),
        ("El Salvador", "LOCATION", "el salvador"),
        ("Vaticano", "LOCATION", "el vaticano"),
        ("@VecinosCantera", "PERSON", "@vecinoscantera"),
    ],
)
def test_the_words_of_a_name(text: str, kind: Kind, words: str, know: Knowledge) -> None:
    assert " ".join(parsed(text, know, kind).words) == words


@pytest.mark.parametrize("text", ["su", "el avión", "la madre", "el hermano de Rosa Quispe", "", " , "])
def test_what_names_nothing(text: str, know: Knowledge) -> None:
    assert names.parse(text, "PERSON", know) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Óscar NÚÑEZ", "OSCAR Núñez"),
        ("María de la Luz Quispe", "María Luz Quispe"),
        ("presidente Arturo Mendieta", "Arturo Mendieta"),
        ("Astilleros Roca S.A.", "Astilleros Roca"),
    ],
)
def test_names_that_are_equal(one: str, other: str, know: Knowledge) -> None:
    kind: Kind = "ORGANIZATION" if "Roca" in one else "PERSON"
    assert parsed(one, know, kind).key == parsed(other, know, kind).key


def test_an_enye_is_no_n_and_a_person_no_body(know: Knowledge) -> None:
    assert parsed("Óscar Núñez", know).key != parsed("Óscar Nunez", know).key
    assert parsed("Simón Bolívar", know).key != parsed("Simón Bolívar", know, "ORGANIZATION").key


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Rosa Elena Mendieta", "Roza Elena Mendieta", "another spelling"),
        ("Ximena Rosa Mendieta", "Jimena Rosa Mendieta", "another spelling"),
        ("Jorge Quispe Mamani", "Jorge Quispe M.", "an initial"),
        ("Pepe Mendieta Quispe", "José Mendieta Quispe", "a familiar form"),
        ("Katherin Luz Quispe", "Katherine Luz Quispe", "one letter differs"),
    ],
)
def test_with_two_more_words_alike_a_word_may_be_written_otherwise(one: str, other: str, why: str, know: Knowledge) -> None:
    made = likeness(one, other, know)
    assert made
    assert made.base >= SURE
    assert why in made.why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Rosa Mendieta", "Rosa Mendietta", "another spelling"),
        ("N. Mendieta", "Nicolás Mendieta", "an initial"),
        ("Pepe Mendieta", "José Mendieta", "a familiar form"),
        ("Rosa Mendieta", "Rosa Elena Mendieta", "a shorter form"),
        ("Rosa Mendieta", "Rosa Mendieta Quispe", "a shorter form"),
        ("Mendieta Quispe", "Rosa Mendieta Quispe", "without a given name"),
        ("Elena Mendieta", "Rosa Elena Mendieta", "stand in the longer"),
        ("Rosa Mendieta Quispe", "Rosa Quispe Mendieta", "the other way round"),
        ("Rosa Mendieta hija", "Rosa Mendieta", ""),
        ("Óscar Mendieta hijo", "Óscar Mendieta", "relative of that name"),
    ],
)
def test_less_than_that_needs_more_to_be_sure(one: str, other: str, why: str, know: Knowledge) -> None:
    made = likeness(one, other, know)
    assert made
    assert not made.different
    assert 0 < made.base < SURE
    assert why in made.why


def test_a_common_surname_says_less(know: Knowledge) -> None:
    common, rare = likeness("Rosa Pérez", "Rosa Elena Pérez", know), likeness("Rosa Mendizorroza", "Rosa Elena Mendizorroza", know)
    assert common
    assert rare
    assert common.base < rare.base


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Óscar Pérez Mamani", "Óscar Pérez Quispe"),
        ("Óscar Alberto Pérez Mamani", "Óscar Pérez Quispe"),
        ("José Luis Mendieta", "José Manuel Mendieta"),
        ("Óscar Mendieta hijo", "Óscar Mendieta padre"),
    ],
)
def test_who_cannot_be_one(one: str, other: str, know: Knowledge) -> None:
    made = likeness(one, other, know)
    assert made
    assert made.different


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Juan Gómez", "Juana Gómez"),
        ("Ramón Mendieta", "Ramona Mendieta"),
        ("Rosa Mendieta", "Rosa Quispe"),
        ("Rosa Mendieta", "Elena Mendieta"),
        ("Mendieta", "Rosa Mendieta"),
        ("Rosa Meléndez", "Rosa Menéndez"),
    ],
)
def test_what_says_nothing(one: str, other: str, know: Knowledge) -> None:
    assert likeness(one, other, know) is None


@pytest.mark.parametrize(
    ("one", "other", "base"),
    [
        ("Comisión del Puerto", "Comisión del Puerto y la Costa", 0.55),
        ("Astilleros", "Astilleros Roca", 0.45),
        ("Policía", "Policía Provincial", None),
        ("Astilleros", "Astilleros y Naviera Roca", None),
        ("Astilleros Roca", "Astilleros Luna", None),
        ("Hezbolá", "Hesbolá", 0.5),
    ],
)
def test_bodies(one: str, other: str, base: float | None, know: Knowledge) -> None:
    made = likeness(one, other, know, "ORGANIZATION")
    assert (made and made.base) == base


LETTERS = st.text("abcñé", min_size=1, max_size=8)


@given(LETTERS, st.data())
def test_a_slip_is_one_letter_wrong_missing_or_exchanged(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abz"))
    for other in (word[:place] + letter + word[place:], word[:place] + word[place + 1 :], word[:place] + letter + word[place + 1 :]):
        assert names.one_slip(word, other)
    assert not names.one_slip(word, f"{letter}{word}{letter}")
    for a, b in pairwise(range(len(word))):
        assert names.one_slip(word, word[:a] + word[b] + word[a] + word[b + 1 :])


@given(st.text(max_size=40), st.sampled_from(["PERSON", "ORGANIZATION", "LOCATION", "OTHER"]))
def test_any_text_can_be_taken_apart(text: str, kind: Kind) -> None:
    name = names.parse(text, kind, people("es"))
    assert name is None or (name.words and all(name.words) and names.keys(name, people("es")) is not None)
