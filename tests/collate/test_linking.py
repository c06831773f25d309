"""Who is who across reports: equal names, unequal ones with what speaks for them, what stays open, and what a person's word does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from careo import pipeline
from careo.collate import linking
from careo.collate.entities import namings
from careo.collate.linking import Linker
from careo.model import Chronology, Judgement, Kind, Related, Report
from careo.read.languages import people
from careo.run.local import Local
from tests.collate.making import chain, report


def told(number: int, *names: str, kind: Kind = "PERSON", dct: str = "2018-01-15", region: str | None = None, text: str | None = None) -> Report:
    """A report that names these."""
    text = text or " ".join(f"Parte {number}{place}: habló {name}." for place, name in enumerate(names))
    chains = [chain(text, f"c{place}", name, kind=kind) for place, name in enumerate(names)]
    made = report(text, id=f"r{number}", dct=dct, chains=chains)
    return msgspec.structs.replace(made, document=msgspec.structs.replace(made.document, region=region))


def concluded(reports: Sequence[Report], judgements: Sequence[Judgement] = ()) -> Chronology:
    failed: list[Any] = []
    made = pipeline.conclude(reports, judgements, 1, Local(), failed.append)
    assert not failed
    return made


def who(made: Chronology) -> list[str]:
    """The entities, each as the sorted reports that name it."""
    return sorted(" ".join(sorted({one.report for one in entity.mentions})) for entity in made.entities)


def together(*reports: Report) -> bool:
    return " ".join(sorted(one.document.id for one in reports)) in who(concluded(reports))


def test_equal_full_names_are_one_and_bare_surnames_are_not() -> None:
    assert together(told(1, "Rosa Quispe"), told(2, "ROSA QUISPE", dct="2023-01-01"))
    assert not together(told(1, "Quispe"), told(2, "Quispe"))
    assert not together(told(1, "Quispe"), told(2, "Rosa Quispe"))


def test_given_names_alone_are_nobody_in_particular() -> None:
    assert not together(told(1, "José Luis", dct="2011-01-01"), told(2, "José Luis"))
    assert not together(told(1, "José Luis"), told(2, "José Luis Mendieta"))


def test_equal_names_need_no_word_and_others_do() -> None:
    made = concluded([told(1, "Rosa Mendieta"), told(2, "Rosa Mendieta"), told(3, "Rosa Mendieta Quispe")])
    (link,) = made.links
    assert (link.judgement, link.by) == ("SAME", "careo")
    assert "a shorter form of the name; the same week: Rosa Mendieta, Rosa Mendieta Quispe" in link.why


def test_time_company_and_office_speak_for_a_shorter_form() -> None:
    short, years_later = told(1, "Rosa Pérez"), told(2, "Rosa Pérez Quispe", dct="2023-01-01")
    assert not together(short, years_later)
    made = concluded([short, years_later])
    assert [link.judgement for link in made.questions] == ["UNSURE"]
    texts = [f"Llegó {{}} con Arturo Mendieta y Elena Luján, parte {n}." for n in range(2)]
    named = [
        report(text.format(name), id=f"r{n}", dct=f"20{n + 10}-01-01", chains=[chain(text.format(name), f"c{k}", one) for k, one in enumerate(all)])
        for n, (text, name) in enumerate(zip(texts, ("Rosa Pérez", "Rosa Pérez Quispe"), strict=True))
        for all in [(name, "Arturo Mendieta", "Elena Luján")]
    ]
    assert together(*named)
    office = [
        told(1, "Rosa Pérez", text="Habló la fiscal Rosa Pérez."),
        told(2, "Rosa Pérez Quispe", text="Habló Rosa Pérez Quispe, fiscal del puerto."),
    ]
    (link,) = concluded(office).links
    assert "the same office (fiscal)" in link.why


def test_a_short_name_that_fits_two_who_cannot_be_one_is_asked_for_both() -> None:
    made = concluded([told(1, "Rosa Mendieta"), told(2, "Rosa Mendieta Quispe"), told(3, "Rosa Mendieta Luján")])
    assert who(made) == ["r1", "r2", "r3"]
    assert len(made.questions) == 2
    assert all("fits two who cannot be one" in link.why for link in made.questions)


def test_two_that_one_report_tells_apart_are_asked() -> None:
    made = concluded([told(1, "Rosa Mendieta", "Rosa Elena Mendieta"), told(2, "Rosa Elena Mendieta")])
    assert who(made) == ["r1", "r1 r2"]
    assert "one report names both" in made.questions[0].why


def test_by_names_and_accounts() -> None:
    alias = "Buscan a Wilmer Mendieta, alias «El Tuerto», en el puerto."
    first = report(alias, id="r1", chains=[chain(alias, "c1", "Wilmer Mendieta"), chain(alias, "c2", "El Tuerto")])
    made = concluded([first, told(2, "El Tuerto", dct="2018-01-16")])
    assert who(made) == ["r1 r2"]
    assert any("the report says so" in link.why for link in made.links)
    assert together(told(1, "@MendietaOficial"), told(2, "@mendietaoficial"))


def test_a_by_name_alone_in_another_year_is_asked() -> None:
    made = concluded([told(1, "El Tuerto"), told(2, "El Tuerto", dct="2023-01-01")])
    assert who(made) == ["r1", "r2"]
    assert len(made.questions) == 1


@pytest.mark.parametrize(
    ("one", "other", "regions", "same"),
    [
        ("Comando del Puerto", "Comando del Puerto", (None, None), True),
        ("Policía Provincial", "Policía Provincial", ("es-PE", "es-PE"), True),
        ("Policía Provincial", "Policía Provincial", ("es-PE", "es-VE"), False),
        ("Fiscalía", "Fiscalía", ("es-PE", "es-PE"), False),
        ("CPD", "CPD", (None, None), True),
        ("Astilleros", "Astilleros", ("es-PE", "es-VE"), True),
        ("Naviera Roca S.A.", "Naviera Roca", (None, None), True),
    ],
)
def test_bodies(one: str, other: str, regions: tuple[str | None, str | None], same: bool) -> None:
    reports = [told(n, name, kind="ORGANIZATION", region=region) for n, (name, region) in enumerate(zip((one, other), regions, strict=True))]
    assert together(*reports) == same


def test_an_acronym_joins_what_reports_write_out_and_two_long_names_keep_it_open() -> None:
    text = "Habló el Comando del Puerto (CDP) ayer."
    first = report(text, id="r1", chains=[chain(text, "c1", "Comando del Puerto", "Comando del Puerto", "CDP", kind="ORGANIZATION")])
    assert together(first, told(2, "CDP", kind="ORGANIZATION"))
    other = "Habló la Central de Pescadores (CDP) ayer."
    second = report(other, id="r2", chains=[chain(other, "c1", "Central de Pescadores", "Central de Pescadores", "CDP", kind="ORGANIZATION")])
    made = concluded([first, second])
    assert who(made) == ["r1", "r2"]
    assert "two long names" in made.questions[0].why


def test_places_are_one_within_a_country_and_known_ones_everywhere() -> None:
    assert together(told(1, "La Cantera", kind="LOCATION", region="es-PE"), told(2, "La Cantera", kind="LOCATION", region="es-PE"))
    assert not together(told(1, "La Cantera", kind="LOCATION", region="es-PE"), told(2, "La Cantera", kind="LOCATION", region="es-VE"))
    assert together(told(1, "Venezuela", kind="LOCATION", region="es-PE"), told(2, "Venezuela", kind="LOCATION", region="es-VE"))


@pytest.mark.parametrize(("relation", "same"), [("madre", True), ("hermano", False)])
def test_a_mother_is_the_same_in_two_reports_and_a_brother_may_be_another(relation: str, same: bool) -> None:
    reports = []
    for number in range(2):
        text = f"Parte {number}: lloró la {relation} de Rosa Quispe."
        kin = chain(text, "c1", f"la {relation} de Rosa Quispe", related=[Related("c2", relation)])
        kin = msgspec.structs.replace(kin, members=tuple(msgspec.structs.replace(member, form="relation") for member in kin.members))
        reports.append(report(text, id=f"r{number}", chains=[kin]))
    assert together(*reports) == same


def test_who_is_judged_different_stays_so_for_the_whole_cluster_and_is_not_asked_again() -> None:
    reports = [told(1, "Rosa Mendieta Quispe"), told(2, "Rosa Mendieta Quispe"), told(3, "Rosa Mendieta"), told(4, "Rosa Mendieta")]
    assert who(concluded(reports)) == ["r1 r2 r3 r4"]
    anchors = [namings(one)[0].anchor for one in reports]
    judged = Judgement(1, "link", anchors[1], "DIFFERENT", "tía y sobrina", "ana", "2024-05-01", anchors[3])
    made = concluded(reports, [judged])
    assert who(made) == ["r1 r2", "r3 r4"]
    assert made.questions == ()
    assert [link.by for link in made.links] == ["ana"]


def test_names_that_are_too_many_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "FULL", 2)
    made = concluded([told(n, f"Rosa Mendieta {name}") for n, name in enumerate(("Quispe", "Mamani", "Roca", "Paz"))])
    assert made.uncompared >= 2


def test_rows_of_a_report_know_its_company(monkeypatch: pytest.MonkeyPatch) -> None:
    (named,) = Linker(people("es")).named("r1", namings(told(1, "Rosa Quispe", "Mendieta", "Elena Luján")))
    assert {row.company for row in named.whole()} == {named.company}
    assert {key.split("\0")[1] for key in named.company} == {"rosa", "elena"}
    assert named.by_names == ()
