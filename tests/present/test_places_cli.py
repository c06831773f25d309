"""`careo places` and `careo chronology --place`: what lies in a place is found by it; what is masked is not found by where it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from careo.errors import UsageError
from careo.model import Anchor, Area, Chronology, EntityMention, Entry, Located, Place, Span, Spot
from careo.present.cli import main
from careo.present.there import There, around
from careo.store.case import Case

TEXT = "El 15 de enero de 2018 murieron siete personas en El Junquito. El 16 de enero de 2018 marcharon cien personas en Mérida."
COUNTRY, CITY = Area("geonames:CO", "Colombia", "country"), Area("geonames:9", "Soacha", "town")
SITE = Spot("careo:x", "El Muelle", "site", 4.5, -74.2, 0.3, "CO", (CITY, COUNTRY))


def run(*words: str | Path, tongue: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env={"CAREO_JOBS": "1", "CAREO_LANG": tongue})


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lugares")
    (folder / "uno.txt").write_text(f"date 2018-01-17 {TEXT}", encoding="utf-8")
    assert run("add", folder / "x.careo", folder / "uno.txt").exit_code == 0
    return folder / "x.careo"


def test_places_are_listed_with_what_holds_them(case: Path) -> None:
    lines = run("places", case).stdout.splitlines()
    at = lines.index("El Junquito  menciones 1, reportes 1")
    assert lines[at + 1] == "  barrio, Caracas, Distrito Capital, Venezuela · 10.461, -67.082 ± 4 km"


def test_only_what_lies_in_a_place(case: Path) -> None:
    rows = [json.loads(line) for line in run("places", case, "Caracas", "--format", "jsonl").stdout.splitlines()]
    assert [(row["name"], row["spot"]["country"], row["format"]) for row in rows] == [("El Junquito", "VE", 1)]


def test_the_chronology_of_a_place_holds_what_lies_in_it(case: Path) -> None:
    entries = json.loads(run("chronology", case, "--place", "caracas", "--format", "json").stdout)["entries"]
    assert entries
    assert {entry["where"]["name"] for entry in entries} == {"El Junquito"}


def test_a_place_that_nobody_names(case: Path) -> None:
    result = run("chronology", case, "--place", "Oslo")
    assert result.exit_code == 2
    assert "careo places" in result.stderr


def test_what_is_masked_is_not_found_by_where_it_is(case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "y.careo"
    shutil.copy(case, copy)
    at = TEXT.index("El Junquito")
    with Case.open(copy) as opened:
        (document,) = opened.documents()
        at = document.text.index("El Junquito")
        opened.judge("mask", Anchor(document.id, "text", "chains", at, at + 11), "MASKED", because="riesgo", by="Ana", at="2018-02-01T10:00:00Z")
    for shown in (run("places", copy, "--format", "jsonl").stdout, run("chronology", copy, "--format", "json").stdout):
        assert "Junquito" not in shown
        assert "junquito" not in shown
        assert "10.461" not in shown


def entry(ident: str, where: Place | None) -> Entry:
    return Entry(ident, "2018", "attack", "x", "asserted", 1, 1, (), where=where)


def test_there() -> None:
    mention = EntityMention("r", Span(0, 4))
    known = Located("careo:x", "El Muelle", ("El Muelle", "muelle viejo"), "SAME", "", (mention,), 1, SITE)
    told = Place("el muelle", 4.5, -74.2, "site", 0.3, "careo:x", SITE.within, "SAME", "")
    entries = (entry("a", told), entry("b", Place("Otra Banda")), entry("c", None))
    chronology = msgspec.structs.replace(Chronology(1, "v"), entries=entries, places=(known,))
    for wanted, ids in (("Soacha", "a"), ("colombia", "a"), ("Muelle  Viejo", "a"), ("otra banda", "b")):
        assert "".join(one.id for one in There(wanted, chronology).kept(entries)) == ids, wanted
    with pytest.raises(UsageError):
        There("Muelle", chronology)


def test_what_is_around_is_told_once() -> None:
    assert around((Area("1", "Puebla", "town"), Area("2", "Puebla", "region"), Area("3", "México", "country"))) == "Puebla, México"
