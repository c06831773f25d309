"""People and bodies across reports: the same full name links, a bare surname never does, a person's judgement outranks both."""

from __future__ import annotations

import msgspec

from careo.collate import entities, judged
from careo.model import Anchor, Chain, Judgement, Layers, Link, Member, Related, Report, Span
from tests.collate.making import chain, place, report

TEXT = "El jefe Arturo Mendieta habló. Mendieta se fue con Rosa Quispe."


def one(name: str, text: str | None = None, kind: str = "PERSON") -> entities.Naming:
    text = text or f"Habló {name}."
    made = chain(text, "c1", name, kind=kind)  # type: ignore[arg-type]
    return entities.namings(report(text, chains=[made]))[0]


def test_a_naming_has_all_names_but_no_pronoun() -> None:
    whole = Chain(
        "c1",
        "PERSON",
        "Arturo Mendieta",
        (Member(place(TEXT, "Arturo  Mendieta".replace("  ", " ")), "name"), Member(Span(31, 39), "name"), Member(Span(40, 42), "pronoun")),
    )
    (naming,) = entities.namings(report(TEXT, chains=[whole]))
    assert naming.names == ("Arturo Mendieta", "Mendieta")
    assert naming.anchor.start == TEXT.index("Arturo")
    assert len(naming.mentions) == 3


def test_places_and_other_things_are_named_too() -> None:
    text = "Hubo disparos en Santa Rita durante la Feria del Mar."
    made = report(text, chains=[chain(text, "c1", "Santa Rita", kind="LOCATION"), chain(text, "c2", "Feria del Mar", kind="OTHER")])
    assert [naming.kind for naming in entities.namings(made)] == ["LOCATION", "OTHER"]


def test_what_stands_beside_a_name_is_kept_up_to_the_end_of_the_clause() -> None:
    text = "Llovía. El fiscal Arturo Mendieta, jefe del puerto, habló; nadie oyó."
    (naming,) = entities.namings(report(text, chains=[chain(text, "c1", "Arturo Mendieta")]))
    assert naming.near == {"fiscal", "jefe", "del", "puerto", "hablo"}
    assert str(naming.day) == "2018-01-15"


def test_proper_names_alone_are_what_somebody_is_called() -> None:
    text = "Arturo Mendieta llegó. El jefe habló. Mendieta calló."
    members = (Member(place(text, "Arturo Mendieta"), "name"), Member(place(text, "El jefe"), "nominal"), Member(Span(38, 46), "name"))
    (naming,) = entities.namings(report(text, chains=[Chain("c1", "PERSON", "Arturo Mendieta", members)]))
    assert naming.called == ("Arturo Mendieta", "Mendieta")
    assert "El jefe" in naming.names


def test_names_of_a_title_that_stands_apart_are_taken_too() -> None:
    title = "Cae Arturo Mendieta"
    layers = Layers(chains=(chain(title, "c1", "Arturo Mendieta"),))
    (naming,) = entities.namings(report("Fue ayer.", title=title, title_layers=layers))
    assert naming.anchor.field == "title"


def test_an_unread_report_names_nobody() -> None:
    unread = msgspec.structs.replace(report(TEXT), reading=None)
    assert isinstance(unread, Report)
    assert entities.namings(unread) == ()


def test_the_name_of_an_entity_is_its_fullest() -> None:
    made = entities.entity([one("Rosa Quispe"), one("Rosa Quispe Mamani")])
    assert made.name == "Rosa Quispe Mamani"
    assert made.names == ("Rosa Quispe", "Rosa Quispe Mamani")
    assert len(made.aliases) == 1


def test_kin_are_told_by_entity() -> None:
    text = "La madre de Arturo Mendieta, Rosa Quispe, llegó."
    mother = chain(text, "c1", "Rosa Quispe", related=[Related("c2", "madre")])
    namings = entities.namings(report(text, id="r", chains=[mother, chain(text, "c2", "Arturo Mendieta")]))
    known = [entities.Known(("r", "text", "c1"), "id1"), entities.Known(("r", "text", "c2"), "id2")]
    assert list(entities.relations("r", namings, known)) == [entities.Relation("id1", Related("id2", "madre"))]
    assert list(entities.relations("r", namings, [])) == []


def judgement(left: Anchor, right: Anchor | None, verdict: str = "SAME", kind: str = "link") -> Judgement:
    return Judgement(1, kind, left, verdict, "la misma foto", "ana", "2024-05-01", right)  # type: ignore[arg-type]


def linked(judgement: Judgement, *namings: entities.Naming) -> list[Link]:
    """What a judgement says of these namings."""
    ends = judged.ends([judgement], judged.NAMED, {naming.anchor: naming.mentions for naming in namings})
    return [one.link for one in judged.linked("1", [judgement], list(ends))]


def test_a_judgement_links_chains_by_any_of_their_mentions() -> None:
    a, b = one("Rosa Quispe"), one("R. Quispe")
    spoken = Anchor(b.anchor.document, "text", "mentions", b.anchor.start, b.anchor.end)
    (link,) = linked(judgement(a.anchor, spoken), a, b)
    assert (link.left, link.right, link.by, link.why) == (a.anchor, b.anchor, "ana", "la misma foto")


def test_a_judgement_on_another_layer_says_nothing_of_who_is_who() -> None:
    a, b = one("Rosa Quispe"), one("R. Quispe")
    told = [msgspec.structs.replace(naming.anchor, layer="events") for naming in (a, b)]
    assert linked(judgement(*told), a, b) == []


def test_orphans_notes_and_odd_verdicts_link_nothing() -> None:
    a, b = one("Rosa Quispe"), one("R. Quispe")
    gone = Anchor("no such report", "text", "chains", 0, 4)
    for made in (
        judgement(a.anchor, gone),
        judgement(a.anchor, None),
        judgement(a.anchor, b.anchor, "PERHAPS"),
        judgement(a.anchor, b.anchor, kind="note"),
    ):
        assert linked(made, a, b) == []
