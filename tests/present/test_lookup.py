"""From what a user writes to the one thing that is meant."""

from __future__ import annotations

import pytest

from careo.errors import UsageError
from careo.model import Chronology, Document, Entity, Entry, Evidence, Span
from careo.present import lookup

EVIDENCE = Evidence("aaaa1111", "text", Span(0, 4), Span(0, 4), "Cayó", "", "", (), None, None, "o")
THINGS = lookup.things(
    Chronology(
        1,
        "v",
        entries=(Entry("e111aaaa", "2018", "attack", "Rosa Quispe cayó", "asserted", 1, 1, (EVIDENCE,)),),
        undated=(Entry("e111bbbb", None, "attack", "Cayó", "asserted", 1, 1, (EVIDENCE,)),),
        entities=(
            Entity("p1111111", "PERSON", "Rosa Quispe", ("Quispe", "Rosa Quispe"), (), aliases=("old00000",)),
            Entity("p2222222", "PERSON", "Luis Quispe", ("Luis Quispe", "Quispe"), ()),
            Entity("p3333333", "PERSON", "Rosa Quispe Mamani", ("Rosa Quispe Mamani",), ()),
        ),
    ),
    [Document("aaaa1111", "Cayó", "c", "notas/uno.txt", "x", title="El parte", url="https://ejemplo.test/1")],
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("e111aaaa", "e111aaaa"),
        ("e111b", "e111bbbb"),
        ("old00000", "p1111111"),
        ("ROSA  quispe", "p1111111"),
        ("luis", "p2222222"),
        ("Mamani", "p3333333"),
        ("notas/uno.txt", "aaaa1111"),
        ("el parte", "aaaa1111"),
        ("https://ejemplo.test/1", "aaaa1111"),
        ("aaaa", "aaaa1111"),
    ],
)
def test_what_fits_only_one_is_found(wanted: str, found: str) -> None:
    assert lookup.one_of(wanted, THINGS).id == found


def test_a_name_that_fits_several_gives_them_all() -> None:
    with pytest.raises(lookup.SeveralFitError) as error:
        lookup.one_of("Quispe", THINGS)
    assert [one.id for one in error.value.things] == ["p1111111", "p2222222", "p3333333"]


@pytest.mark.parametrize("wanted", ["nadie", "", "e1", "Qui"])
def test_what_fits_nothing_says_so(wanted: str) -> None:
    with pytest.raises(UsageError, match="nothing is called"):
        lookup.one_of(wanted, THINGS)
