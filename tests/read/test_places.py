"""Names of places: what the gazetteer knows, and what a report's other words decide between places of one name."""

from __future__ import annotations

import csv
import gzip

import pytest

from careo.model import DctReading, Mention, Parse, Placing, Span
from careo.read.gazetteer import CALLED, COUNTRIES, LAYER, OWN, REGIONS, TABLE, WIDE, Gazetteer, gazetteer, holds, kilometres, nested
from careo.read.page import Page
from careo.read.places import places
from careo.rules import Language
from careo.text import View


@pytest.fixture(scope="module")
def known(language: Language) -> Gazetteer:
    found = gazetteer(language)
    assert found is not None
    return found


def read(marked: str, language: Language, region: str | None = None) -> dict[str, Placing]:
    """The places of a text in which names of places stand in square brackets, by name; of two with one name the later."""
    return {one.name: one for one in listed(marked, language, region)}


def listed(marked: str, language: Language, region: str | None = None) -> tuple[Placing, ...]:
    text, mentions = "", []
    for piece in marked.replace("]", "[").split("["):
        if (text and marked[marked.index(piece) - 1] == "[") or (not text and marked.startswith("[")):
            mentions.append(Mention(f"m{len(mentions)}", Span(len(text), len(text) + len(piece)), "LOCATION", piece, "test"))
        text += piece
    return places(Page(text, View(text), Parse((), ()), language, DctReading(None, None, None), region), mentions)


def spot(found: Placing) -> tuple[str, str | None]:
    assert found.spot is not None, found
    return found.spot.kind, found.spot.country


# ---------------------------------------------------------------- the gazetteer


def test_a_quarter_lies_in_its_city_region_and_country(known: Gazetteer) -> None:
    (one,) = known.candidates("el junquito")
    assert [area.name for area in one.spot.within] == ["Caracas", "Distrito Capital", "Venezuela"]
    assert kilometres((one.spot.lat, one.spot.lon), (10.5, -66.9)) < 25


def test_the_same_place_is_not_known_twice(known: Gazetteer) -> None:
    for name in ("Iztapalapa", "Petare", "Kennedy", "Ureña"):
        assert len([one for one in known.candidates(name) if one.people == 0 or one.people > 50_000]) == 1, name


def test_what_a_city_is_called_here(known: Gazetteer) -> None:
    london = max(known.candidates("Londres"), key=lambda one: one.people)
    assert (london.spot.name, london.spot.country) == ("Londres", "GB")
    assert {one.spot.kind for one in known.candidates("CDMX")} == {"region", "town"}
    assert known.candidates("EE.UU.")[0].spot.name == "Estados Unidos"


def test_every_row_of_our_lists_is_sound(known: Gazetteer, language: Language) -> None:
    """Each country and region is in the table, each place of ours in something that is known, and near it."""
    lists = language.layers[LAYER].lists
    for file in (COUNTRIES, REGIONS, OWN, WIDE):
        rows = [row for row in csv.reader(lists[file].splitlines(), delimiter="\t") if row and not row[0].startswith("#")]
        for row in rows:
            name = row[{COUNTRIES: 1, REGIONS: 2}.get(file, 0)]
            found = [one.spot for one in known.candidates(name)]
            assert found, f"{file}: {name} is not known"
            assert file != OWN or any(one.country == row[5].rpartition(", ")[2] and one.within for one in found), f"{file}: {name} lies in nothing"
    assert sum(one.startswith(("#",)) is False for one in lists[OWN].splitlines()) > 150


def test_ids_name_one_place_each(known: Gazetteer, language: Language) -> None:
    names = [row.split("\t")[0] for row in language.layers[LAYER].lists[OWN].splitlines() if not row.startswith("#")]
    spots = {one.spot for name in names for one in known.candidates(name)}
    assert len({one.id for one in spots}) == len(spots)


def test_the_table_is_small_and_even(language: Language) -> None:
    packed = language.layers[LAYER].packed[TABLE]
    rows = gzip.decompress(packed).decode("utf-8").splitlines()
    assert len(packed) < 2_000_000
    assert rows == sorted(rows)
    assert packed[4:8] == b"\0\0\0\0", "the time of packing would make other bytes each time"


def test_containment(known: Gazetteer) -> None:
    quarter, city = (known.candidates(name)[0].spot for name in ("El Junquito", "Caracas"))
    assert holds(city, quarter)
    assert not holds(quarter, city)
    cities = {
        kind: max((one for one in known.candidates("Puebla") if one.spot.kind == kind), key=lambda one: one.people) for kind in ("region", "town")
    }
    assert nested(cities["region"].spot, cities["town"].spot)


# ---------------------------------------------------------------- deciding


def test_what_stands_beside_decides(language: Language) -> None:
    found = read("Llovió en [San José], [Costa Rica], y en [Trujillo], al norte del [Perú].", language)
    assert spot(found["San José"]) == ("town", "CR")
    assert spot(found["Trujillo"]) == ("town", "PE")
    assert found["Trujillo"].rule == "places/beside"


@pytest.mark.parametrize(("other", "country"), [("Maracaibo", "VE"), ("Cancún", "MX"), ("Badajoz", "ES")])
def test_the_reports_other_places_decide(language: Language, other: str, country: str) -> None:
    assert spot(read(f"Hubo marchas en [{other}] y en [Mérida].", language)["Mérida"])[1] == country


def test_the_publishers_country_decides(language: Language) -> None:
    assert spot(read("Una marcha recorrió [Valencia].", language, "es-VE")["Valencia"]) == ("town", "VE")


def test_open_where_even(language: Language) -> None:
    for name in ("Córdoba", "Guadalupe", "Santiago", "Valencia", "San José", "Mérida"):
        found = read(f"Una marcha recorrió [{name}].", language)[name]
        assert (found.judgement, found.spot, found.rule) == ("UNSURE", None, "places/even"), name
        assert len({one.country for one in found.candidates}) > 1


def test_the_word_before_tells_the_kind(language: Language) -> None:
    assert spot(read("El estado [Guerrero] y la ciudad de [Puebla].", language)["Puebla"]) == ("town", "MX")
    assert spot(read("El gobierno del estado de [Mérida], en [Venezuela].", language)["Mérida"]) == ("region", "VE")


def test_one_name_for_two_places(language: Language) -> None:
    found = listed("En [Mérida] ([Venezuela]) y en [Mérida], [Yucatán], llovió. En [Mérida] hizo frío.", language)
    assert [one.spot and one.spot.country for one in found if one.name == "Mérida"] == ["VE", "MX", None]


def test_one_that_is_told_speaks_for_the_others(language: Language) -> None:
    found = listed("En [Mérida], [Yucatán], llovió. En [Mérida] hizo frío.", language)
    assert [(one.name, len(one.spans)) for one in found] == [("Mérida", 2), ("Yucatán", 1)]


def test_a_metropolis_abroad_is_not_taken_for_a_town_at_home(language: Language) -> None:
    found = read("El ministro voló de [Bogotá] a [Lima]. En [Medellín] y [Cali] hubo paro.", language, "es-CO")
    assert spot(found["Lima"])[1] == "PE"


def test_names_of_other_things_and_of_hamlets(language: Language) -> None:
    found = read("El río [Magdalena] creció. Llegó a [Xyzzyville].", language)
    assert [(one.spot, one.candidates) for one in found.values()] == [(None, ()), (None, ())]
    assert read("Vino de [Kanasín].", language)["Kanasín"].spot is not None
    assert read("Vino de [Colomoncagua].", language)["Colomoncagua"].rule == "places/small"


def test_a_language_without_places_reads_none(language: Language) -> None:
    bare = type(language)(language.code, language.version, language.grammar, {})
    assert listed("En [Lima].", bare) == ()


def test_said_to_lie_elsewhere(language: Language) -> None:
    found = read("Una casa de [Kanasín], en [Ciudad de México].", language)["Kanasín"]
    assert (found.rule, [one.name for one in found.candidates]) == ("places/apart", ["Kanasín"])


def test_every_city_that_is_called_otherwise_is_in_the_table(known: Gazetteer, language: Language) -> None:
    for name, there, country, *_ in (row.split("\t") for row in language.layers[LAYER].lists[CALLED].splitlines() if not row.startswith("#")):
        found = {one.spot.id for one in known.candidates(name) if one.spot.country == country and one.spot.kind == "town"}
        assert found & {one.spot.id for one in known.candidates(there)}, (name, there)


def test_a_street_called_like_a_place_is_not_that_place(language: Language) -> None:
    assert read("Cerraron la calle [Maracaibo].", language)["Maracaibo"].rule == "places/unknown"
    assert read("Cerraron el mercado de [Maracaibo].", language)["Maracaibo"].spot is not None
    assert read("[Calle Maracaibo] está cerrada.", language)["Calle Maracaibo"].rule == "places/unknown"
    assert read("[Mercado de Maracaibo]: cerrado.", language)["Mercado de Maracaibo"].spot is not None
