"""The sequence model: its features, what joins into names, and what one sentence tells of another."""

from __future__ import annotations

import gzip
from dataclasses import replace

from careo.read import sequence
from careo.read.sequence import OUT, Spot
from careo.read.words import Word


class Fixed:
    """Stands for the weights: the tags that it was made with, sentence by sentence."""

    def __init__(self, *sentences: list[str]) -> None:
        self.left = list(sentences)

    def tags(self, spots: list[Spot]) -> list[str]:
        return self.left.pop(0)


def spots(*words: str, tags: str = "", gaps: str = "", at: int = 0) -> list[Spot]:
    made = []
    for i, text in enumerate(words):
        shape = {"#": "tag", "@": "handle"}.get(text[0], "word")
        word = Word(at, at + len(text), text, text.lower(), shape, i == 0, False, "PROPN")
        tag = {"p": "B-PERSON", "P": "I-PERSON", "o": "B-ORGANIZATION", "l": "B-LOCATION"}.get(tags[i : i + 1], OUT)
        made.append(Spot(word, tag, "", gaps[i : i + 1] or "b", "b"))
        at += len(text) + 1
    return made


def test_a_name_reaches_over_no_comma_and_a_handle_is_one_alone() -> None:
    persons = ["B-PERSON", "I-PERSON", "I-PERSON"]
    assert sequence.joined(spots("Ana", "Ruiz", "Paz", gaps="bb,"), persons) == [(0, 8, "PERSON"), (9, 12, "PERSON")]
    assert sequence.joined(spots("@ana", "@luis"), ["B-PERSON", "I-PERSON"]) == [(0, 4, "PERSON"), (5, 10, "PERSON")]


def test_a_dash_set_off_by_a_blank_parts_names_and_a_number_behind_it_does_not() -> None:
    places = ["B-LOCATION", "I-LOCATION"]
    words = [replace(one.word, start=one.word.start + 2 * i, end=one.word.end + 2 * i) for i, one in enumerate(spots("Lima", "Tacna"))]
    made = [Spot(word, OUT, "", gap, "b") for word, gap in zip(words, "b-", strict=True)]
    assert sequence.joined(made, places) == [(0, 4, "LOCATION"), (7, 12, "LOCATION")]
    numbered = [made[0], replace(made[1], word=replace(words[1], shape="number"))]
    assert sequence.joined(numbered, places) == [(0, 12, "LOCATION")]


def test_no_small_word_stands_at_an_edge() -> None:
    made = spots("de", "Lima", "y")
    small = [replace(one, word=replace(one.word, pos=pos)) for one, pos in zip(made, ("ADP", "PROPN", "CCONJ"), strict=True)]
    assert sequence.joined(small, ["B-LOCATION", "I-LOCATION", "I-LOCATION"]) == [(3, 7, "LOCATION")]
    assert sequence.joined(small[:1], ["B-LOCATION"]) == []


def test_the_sign_of_a_hashtag_belongs_to_no_name() -> None:
    assert sequence.joined(spots("#Lima"), ["B-LOCATION"]) == [(1, 5, "LOCATION")]


def test_what_goes_on_with_nothing_begins() -> None:
    assert sequence.joined(spots("Lima", "Ruiz"), [OUT, "I-PERSON"]) == [(5, 9, "PERSON")]


def test_a_name_of_the_rules_stands_where_its_words_are_named_elsewhere() -> None:
    first, second = spots("Ana", "Ruiz", tags="pP"), spots("Ruiz", "Lima", tags="pl", at=20)
    weights = Fixed(["B-PERSON", "I-PERSON"], [OUT, OUT])
    assert sequence.told("", [first, second], weights, ()) == [(0, 8, "PERSON"), (20, 24, "PERSON")]  # type: ignore[arg-type]


def test_a_name_is_of_the_kind_that_it_has_most_often() -> None:
    report = [spots("Urdaz", at=10 * i) for i in range(3)]
    weights = Fixed(["B-PERSON"], ["B-LOCATION"], ["B-PERSON"])
    assert [kind for _, _, kind in sequence.told("", report, weights, ())] == ["PERSON"] * 3  # type: ignore[arg-type]


def test_whom_the_rules_call_a_person_is_one_where_the_surname_alone_is() -> None:
    report = [spots("Ana", "Urdaz", tags="pP"), spots("Urdaz", at=20)]
    assert sequence.told("", report, Fixed(["B-ORGANIZATION", "I-ORGANIZATION"], ["B-PERSON"]), ())[0] == (0, 9, "PERSON")  # type: ignore[arg-type]
    report = [spots("Plaza", "Urdaz", tags="ll"), spots("Urdaz", at=20)]
    assert sequence.told("", report, Fixed(["B-LOCATION", "I-LOCATION"], ["B-PERSON"]), ())[0] == (0, 11, "LOCATION")  # type: ignore[arg-type]


def test_sentences_are_cut_where_the_report_cuts_them() -> None:
    text = "Ana vino. Luis no."
    words = [spot.word for spot in spots("Ana", "vino")] + [spot.word for spot in spots("Luis", "no", at=10)]
    made = list(sequence.spots(text, words, [OUT] * 4, [0, 10]))
    assert [[spot.word.text for spot in sentence] for sentence in made] == [["Ana", "vino"], ["Luis", "no"]]
    assert [spot.before for sentence in made for spot in sentence] == ["n", "b", ".", "b"]


def test_the_packed_table_is_read_as_it_was_packed() -> None:
    packed = gzip.compress(b"12\tgs\tana luz\n7\t\tCaracas\n", mtime=0)
    assert sequence.read_forms(packed) == {"ana": (12, "gs"), "luz": (12, "gs"), "Caracas": (7, "")}


def test_features_tell_form_lists_neighbours_and_what_the_rules_say() -> None:
    made = sequence.Features({"ana": (0, "g"), "Ana": (52, "")}).of(spots("Ana", "Ruiz", tags="pP"))
    assert {"w=ana", "s=Xx", "c=52", "l1=g", "r=B-PERSON", "first", "+1w=ruiz"} <= set(made[0])
    assert {"-1w=ana", "-r=B-PERSON>I-PERSON", "last"} <= set(made[1])
