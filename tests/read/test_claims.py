"""Claims: one row a property, with the words it was read from; and which annotations stand over a place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from careo.model import Dct, Document, Quantity, Span
from careo.read import Reader
from careo.read.claims import bounds
from careo.read.cover import Cover

TEXT = 'El 3 de marzo de 2011 la guardia detuvo a unos 40 pescadores en el muelle, dijo Ana Ruiz. El capitán está acusado de "robo mayor".'


def test_claims_of_a_report(reader: Reader) -> None:
    layers = reader.read(Document("d", TEXT, "c", "d", "d", dct=Dct("2011-03-10", "input"), language="es")).layers
    rows = {(one.property, one.value) for one in layers.claims}
    assert {("kind", "detention"), ("when", "2011-03-03"), ("toll:detained", "40..40 about"), ("accused-of", "robo mayor")} <= rows
    assert [one.id for one in layers.claims] == [f"l{n}" for n in range(1, len(layers.claims) + 1)]
    known = {one.id for one in layers.events} | {one.id for one in layers.quantities} | {one.id for one in layers.chains}
    for one in layers.claims:
        assert one.subject in known
        assert one.original in TEXT
        assert one.rule
        assert 0 <= one.evidence.start < one.evidence.end <= len(TEXT)


def test_a_claim_is_as_certain_as_its_event(reader: Reader) -> None:
    layers = reader.read(Document("d", "La guardia no detuvo a tres pescadores.", "c", "d", "d", language="es")).layers
    assert {one.polarity for one in layers.claims if one.subject == "e1" and not one.property.startswith("toll")} == {"negative"}


def test_bounds() -> None:
    def toll(low: int | None, high: int | None, about: bool = False) -> str:
        return bounds(Quantity("n1", Span(0, 1), "killed", low, high, "r", "about" if about else None))

    assert [toll(3, 3), toll(3, None), toll(None, 9), toll(125, 125, about=True)] == ["3..3", "3..", "..9", "125..125 about"]


SPANS = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_cover_finds_what_looking_at_all_finds(spans: list[Span], place: Span) -> None:
    cover = Cover([(span, span) for span in spans])
    assert sorted(cover.touching(place)) == sorted(span for span in spans if span.touches(place))
    assert sorted(cover.holding(place)) == sorted(span for span in spans if span.holds(place))
    assert sorted(cover.inside(place)) == sorted(span for span in spans if place.holds(span))
