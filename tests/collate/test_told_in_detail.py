"""One happening that a report tells in several ways, and two that it does not mix up; read with the whole reader."""

from __future__ import annotations

import pytest

from careo.model import Chronology, Dct, Document, Entry, Report
from careo.pipeline import conclude
from careo.read import Reader
from careo.run.local import Local


@pytest.fixture(scope="module")
def concluded(reader: Reader) -> Chronology:
    text = (
        "Ramiro Cedeño, el piloto que lanzó varias granadas contra dos edificios del gobierno en Caracas, está rodeado.\n\n"
        "«Ramiro Cedeño se quiere entregar», dijo su hermana. Poco después se oyó una balacera en la zona.\n\n"
        "El 27 de junio, Cedeño lanzó cuatro granadas contra el Tribunal Supremo y disparó contra el Ministerio de Obras en Caracas.\n\n"
        "El abogado aseguró que Cedeño se entregará."
    )
    document = Document("d", text, "", "d", "d", dct=Dct("2018-01-15", "input"), language="es")
    return conclude([Report(document, reader.read(document))], (), 0, Local(), lambda failure: pytest.fail(str(failure)))


def entries(concluded: Chronology, kind: str) -> list[Entry]:
    return [entry for entry in (*concluded.entries, *concluded.undated) if entry.kind == kind]


def test_an_attack_on_two_targets_is_one_with_all_of_them(concluded: Chronology) -> None:
    dated = [entry for entry in entries(concluded, "attack") if entry.when == "2017-06-27"]
    assert [{party.name for party in entry.participants if party.role == "patient"} for entry in dated] == [
        {"dos edificios del gobierno", "Tribunal Supremo", "Ministerio de Obras"}
    ]


def test_what_is_brought_up_as_new_is_another(concluded: Chronology) -> None:
    assert not any("balacera" in one.exact for entry in entries(concluded, "attack") if entry.when for one in entry.evidence)
    assert any("balacera" in one.exact for entry in entries(concluded, "attack") if not entry.when for one in entry.evidence)


def test_what_the_same_person_means_to_do_is_told_once(concluded: Chronology) -> None:
    assert [len(entry.evidence) for entry in entries(concluded, "surrender")] == [2]
