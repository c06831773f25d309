"""What makes tellings one happening though their words, kinds or dates differ; read with the whole reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from careo.model import Chronology, Dct, Document, Entry, Report
from careo.pipeline import conclude
from careo.present.text import Sheet, chronology_lines
from careo.present.words import words
from careo.read import Reader
from careo.run.local import Local

Told = tuple[str, str, str, str]
"""Publisher, day, title and text of a report."""


@pytest.fixture(scope="module")
def concluded(reader: Reader) -> Callable[..., Chronology]:
    def made(*told: Told) -> Chronology:
        reports = []
        for publisher, day, title, text in told:
            document = Document(
                publisher + title,
                text,
                publisher,
                publisher,
                publisher + title,
                title=title,
                publisher=publisher,
                dct=Dct(day, "input"),
                language="es",
            )
            reports.append(Report(document, reader.read(document)))
        return conclude(reports, (), 0, Local(1), lambda failure: pytest.fail(str(failure)))

    return made


def entries(made: Chronology, kind: str) -> list[Entry]:
    return [one for one in (*made.entries, *made.undated) if one.kind == kind]


def test_a_heading_tells_what_its_report_begins_with(concluded: Callable[..., Chronology]) -> None:
    text = "Unos doscientos mineros marcharon este martes en Los Cedros para pedir agua. Otra marcha ocurrió el 3 de marzo en Villa Honda."
    made = concluded(("El Farol", "2022-05-10", "Mineros marchan por el agua", text))
    assert [(one.when, len(one.evidence)) for one in entries(made, "protest")] == [("2022-03-03", 1), ("2022-05-10", 2)]


def test_a_killing_without_a_doer_is_the_death_that_others_tell_of(concluded: Callable[..., Chronology]) -> None:
    made = concluded(
        ("El Farol", "2022-05-10", "", "Once presos murieron este martes en un motín en el penal de Los Cedros."),
        ("La Voz", "2022-05-10", "", "Once presos fueron asesinados este martes en el penal de Los Cedros."),
    )
    assert [one.reports for one in (*entries(made, "death"), *entries(made, "killing"))] == [2]


def test_nobody_dies_twice(concluded: Callable[..., Chronology]) -> None:
    made = concluded(
        ("El Farol", "2022-05-20", "", "El dirigente Casimiro Tovar murió el 9 de mayo de 2022 en Los Cedros."),
        ("La Voz", "2022-05-20", "", "El dirigente Casimiro Tovar murió el 11 de mayo de 2022 en Los Cedros."),
    )
    assert [one.reports for one in entries(made, "death")] == [2]


def died(publisher: str, on: str, published: str = "2022-05-20") -> Told:
    return publisher, published, "", f"El dirigente Casimiro Tovar murió el {on} de mayo de 2022 en Los Cedros."


def test_two_days_of_one_death_stand_face_to_face(concluded: Callable[..., Chronology]) -> None:
    made = concluded(died("El Farol", "9"), died("La Voz", "11"), died("Radio Sur", "11", "2022-05-21"))
    (found,) = made.conflicts
    assert [(side.value, side.origins, side.first, side.last) for side in found.sides] == [
        ("2022-05-09", 1, "2022-05-20", "2022-05-20"),
        ("2022-05-11", 2, "2022-05-20", "2022-05-21"),
    ]
    assert {one.status for one in entries(made, "death")} == {"disputed"}


def test_another_day_of_the_same_publisher_is_a_correction(concluded: Callable[..., Chronology]) -> None:
    later = ("El Farol", "2022-05-22", "otra", "El dirigente Casimiro Tovar murió en realidad el 11 de mayo de 2022.")
    made = concluded(died("El Farol", "9"), later)
    assert not made.conflicts
    assert [(one.property, one.before.value, one.after.value) for one in made.corrections] == [("when", "2022-05-09", "2022-05-11")]


def test_a_day_within_the_month_that_another_gives_is_no_conflict(concluded: Callable[..., Chronology]) -> None:
    made = concluded(died("El Farol", "9"), ("La Voz", "2022-06-20", "", "El dirigente Casimiro Tovar murió en mayo de 2022 en Los Cedros."))
    assert not made.conflicts


def test_two_doers_of_one_killing_stand_face_to_face(concluded: Callable[..., Chronology]) -> None:
    made = concluded(
        ("El Farol", "2022-05-20", "", "Ramón Ibarra asesinó a Casimiro Tovar el 9 de mayo de 2022."),
        ("La Voz", "2022-05-20", "", "Ernesto Lugo asesinó a Casimiro Tovar el 9 de mayo de 2022."),
    )
    assert [(one.property, [side.value for side in one.sides]) for one in made.conflicts] == [("agent", ["Ernesto Lugo", "Ramón Ibarra"])]


def kinds(made: Chronology, of: Entry, field: str) -> list[tuple[str, str | None]]:
    known = {one.id: one for one in (*made.entries, *made.undated)}
    return [(known[one].kind, known[one].when) for one in getattr(of, field)]


def test_a_clash_causes_the_deaths_that_are_told_with_it(concluded: Callable[..., Chronology]) -> None:
    text = "Once presos murieron este martes en un motín en el penal de Los Cedros. El 20 de enero cuatro presos murieron en una riña en Villa Honda."
    made = concluded(("El Farol", "2022-05-10", "", text))
    assert [kinds(made, one, "causes") for one in entries(made, "clash")] == [[("death", "2022-01-20")], [("death", "2022-05-10")]]


def test_deaths_during_a_march_are_part_of_it(concluded: Callable[..., Chronology]) -> None:
    made = concluded(("El Farol", "2022-05-10", "", "Dos personas murieron este martes durante una marcha de mineros en Los Cedros."))
    (death,) = entries(made, "death")
    assert kinds(made, death, "part_of") == [("protest", "2022-05-10")]
    assert "parte de: protesta" in "\n".join(line.plain for line in chronology_lines(made, Sheet(words("es"), 100), str))


def test_a_march_for_the_dead_has_no_part_in_their_death(concluded: Callable[..., Chronology]) -> None:
    made = concluded(("El Farol", "2022-05-10", "", "Los mineros marcharon este martes en Los Cedros por la muerte de dos compañeros el lunes."))
    assert not any(one.part_of or one.causes for one in (*made.entries, *made.undated))


def test_who_is_named_is_counted_beside_the_figures(concluded: Callable[..., Chronology]) -> None:
    made = concluded(
        ("El Farol", "2022-05-10", "", "Tres personas murieron este martes durante una marcha de mineros en Los Cedros."),
        ("La Voz", "2022-05-12", "", "Nicanor Rojas y Elvira Montes murieron el 10 de mayo durante una marcha de mineros en Los Cedros."),
    )
    (toll,) = [one for one in made.tolls if one.of == "killed"]
    assert [party.name for party in toll.named] == ["Elvira Montes", "Nicanor Rojas"]


def test_the_march_again_is_the_march_that_was_told(concluded: Callable[..., Chronology]) -> None:
    text = "Unas trescientas personas marcharon este martes por el centro de Los Cedros. La marcha terminó sin incidentes."
    assert [len(one.evidence) for one in entries(concluded(("El Farol", "2022-05-10", "", text)), "protest")] == [2]
    text = "Unas trescientas personas marcharon este martes en Los Cedros. La marcha comenzó este martes en el barrio Las Flores."
    assert [len(one.evidence) for one in entries(concluded(("El Farol", "2022-05-10", "", text)), "protest")] == [2]


def test_a_denial_is_set_against_what_it_speaks_of(concluded: Callable[..., Chronology]) -> None:
    told = ("El Farol", "2022-05-10", "", "La policía disparó este martes contra los mineros en Los Cedros, aseguró el dirigente Casimiro Tovar.")
    denied = ("La Voz", "2022-05-11", "", "El ministro Leandro Bazán negó que la policía disparara el martes contra los mineros en Los Cedros.")
    other = ("Radio Sur", "2022-05-11", "", "El alcalde Ramiro Sosa negó que hubiera un ataque el martes en Los Cedros.")
    assert [one.property for one in concluded(told, denied).conflicts] == ["occurrence"]
    assert not concluded(told, other).conflicts


def test_one_voice_does_not_contradict_itself(concluded: Callable[..., Chronology]) -> None:
    text = "«La policía disparó contra los mineros, pero no disparó contra los vecinos mineros», dijo Casimiro Tovar."
    assert not concluded(("El Farol", "2022-05-10", "", text)).conflicts


def test_who_attacks_and_is_attacked_on_one_day_is_in_two_attacks(concluded: Callable[..., Chronology]) -> None:
    made = concluded(
        ("El Farol", "2022-05-10", "", "La policía atacó este martes a los mineros con gases en Los Cedros."),
        ("La Voz", "2022-05-10", "", "Unos agentes fueron atacados este martes con piedras en Los Cedros."),
    )
    assert len(entries(made, "attack")) == 2
