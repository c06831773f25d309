"""People and bodies across reports: the same full name links, a bare surname never does, a person's judgement outranks both."""

from __future__ import annotations

import msgspec

from careo.collate import entities
from careo.model import Anchor, Chain, Judgement, Layers, Member, Related, Report, Span
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


def test_places_are_no_entities_yet() -> None:
    text = "Hubo disparos en Santa Rita."
    assert entities.namings(report(text, chains=[chain(text, "c1", "Santa Rita", kind="LOCATION")])) == ()


def test_names_of_a_title_that_stands_apart_are_taken_too() -> None:
    title = "Cae Arturo Mendieta"
    layers = Layers(chains=(chain(title, "c1", "Arturo Mendieta"),))
    (naming,) = entities.namings(report("Fue ayer.", title=title, title_layers=layers))
    assert naming.anchor.field == "title"


def test_an_unread_report_names_nobody() -> None:
    unread = msgspec.structs.replace(report(TEXT), reading=None)
    assert isinstance(unread, Report)
    assert entities.namings(unread) == ()


def test_full_names_are_compared_without_accents_case_and_odd_blanks() -> None:
    assert entities.name_key(one("Óscar Núñez")) == entities.name_key(one("OSCAR Núñez"))
    assert entities.name_key(one("Óscar Núñez")) != entities.name_key(one("Óscar Nunez"))


def test_a_bare_surname_links_nothing() -> None:
    assert entities.name_key(one("Mendieta")) is None


def test_a_person_and_a_body_of_one_name_are_not_compared() -> None:
    assert entities.name_key(one("Simón Bolívar")) != entities.name_key(one("Simón Bolívar", kind="ORGANIZATION"))


def linked(*names: str, kind: str = "PERSON") -> list[tuple[str, float]]:
    namings = [one(name, f"{number}: {name}.", kind) for number, name in enumerate(names)]
    keys = {entities.name_key(naming) for naming in namings}
    (key,) = keys
    assert key
    return [(link.judgement, link.score) for link in entities.link_equals(key, namings)]


def test_equal_full_names_are_the_same_with_a_reason() -> None:
    assert linked("Rosa Quispe", "Rosa Quispe", "Rosa Quispe") == [("SAME", 0.9), ("SAME", 0.9)]


def test_a_single_plain_word_leaves_bodies_open_and_an_acronym_does_not() -> None:
    assert linked("Fiscalía", "Fiscalía", kind="ORGANIZATION") == [("UNSURE", 0.5)]
    assert linked("CIDH", "CIDH", kind="ORGANIZATION") == [("SAME", 0.9)]


def test_the_name_of_an_entity_is_its_fullest() -> None:
    made = entities.entity([one("Rosa Quispe"), one("Rosa Quispe Mamani")])
    assert made.name == "Rosa Quispe Mamani"
    assert made.names == ("Rosa Quispe", "Rosa Quispe Mamani")
    assert len(made.aliases) == 1


def test_kin_are_told_by_entity() -> None:
    text = "La madre de Arturo Mendieta, Rosa Quispe, llegó."
    mother = chain(text, "c1", "Rosa Quispe", related=[Related("c2", "madre")])
    namings = entities.namings(report(text, id="r", chains=[mother, chain(text, "c2", "Arturo Mendieta")]))
    known = {("r", "text", "c1"): "id1", ("r", "text", "c2"): "id2"}
    assert entities.relations([one for one in namings if one.name == "Rosa Quispe"], known) == (Related("id2", "madre"),)
    assert entities.relations(namings, {}) == ()


def judgement(left: Anchor, right: Anchor | None, verdict: str = "SAME", kind: str = "link") -> Judgement:
    return Judgement(1, kind, left, verdict, "la misma foto", "ana", "2024-05-01", right)  # type: ignore[arg-type]


def test_a_judgement_links_chains_by_any_of_their_mentions() -> None:
    a, b = one("Rosa Quispe"), one("R. Quispe")
    spoken = Anchor(b.anchor.document, "text", "mentions", b.anchor.start, b.anchor.end)
    (link,) = entities.links_of_people([judgement(a.anchor, spoken)], [a, b])
    assert (link.left, link.right, link.by, link.why) == (a.anchor, b.anchor, "ana", "la misma foto")


def test_orphans_notes_and_odd_verdicts_link_nothing() -> None:
    a, b = one("Rosa Quispe"), one("R. Quispe")
    gone = Anchor("no such report", "text", "chains", 0, 4)
    judged = [
        judgement(a.anchor, gone),
        judgement(a.anchor, None),
        judgement(a.anchor, b.anchor, "PERHAPS"),
        judgement(a.anchor, b.anchor, kind="note"),
    ]
    assert entities.links_of_people(judged, [a, b]) == []
