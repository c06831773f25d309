"""Places across reports: one report settles what another leaves open, and a quarter is a part of its city."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from careo.collate.chronology import entry, tellings
from careo.collate.events import compared, link
from careo.collate.places import Siting, located, overruled, settled, sited, sitings, spots, taken
from careo.model import Area, Placing, Report, Spot

from . import making

COUNTRY, CITY = Area("geonames:VE", "Venezuela", "country"), Area("geonames:1", "Caracas", "town")
CARACAS = Spot("geonames:1", "Caracas", "town", 10.5, -66.9, 30, "VE", (COUNTRY,))
QUARTER = Spot("careo:ve/caracas/el-junquito", "El Junquito", "quarter", 10.46, -67.08, 4, "VE", (CITY, COUNTRY))
HERE = Spot("geonames:2", "Mérida", "town", 8.6, -71.1, 10, "VE", (COUNTRY,))
THERE = Spot("geonames:3", "Mérida", "town", 21.0, -89.6, 20, "MX", (Area("geonames:MX", "México", "country"),))


def placing(text: str, name: str, spot: Spot | None = None, candidates: Sequence[Spot] = ()) -> Placing:
    return Placing(f"l-{name}", name, (making.place(text, name),), "SAME" if spot else "UNSURE", "", "places/test", spot, tuple(candidates))


def told(text: str, where: str, *placings: Placing, **given: str) -> Report:
    made = making.report(text, events=[making.event(text, "murió", kind="death", where=where, when="ayer", edtf="2018-01-15")], **given)  # type: ignore[arg-type]
    assert made.reading is not None
    layers = msgspec.structs.replace(made.reading.layers, places=placings)
    return msgspec.structs.replace(made, reading=msgspec.structs.replace(made.reading, layers=layers))


def verdict(left: Report, right: Report) -> str | None:
    one, other = (compared(tellings(report)[0]) for report in (left, right))
    found = link(one, other, [one, other])
    return found.judgement if found else None


OPEN = "Un vecino murió ayer en Mérida."
QUARTER_TOLD, CITY_TOLD = "Un hombre murió ayer en El Junquito.", "Uno de los buscados murió ayer en Caracas."


def test_an_entry_says_where_it_was() -> None:
    report = told(QUARTER_TOLD, "El Junquito", placing(QUARTER_TOLD, "El Junquito", QUARTER))
    made = entry([one.resolved({}, {site.key: site.placing for site in sitings(report)}) for one in tellings(report)])
    assert made is not None
    assert made.where is not None
    assert (made.where.name, made.where.lat, made.where.precision, made.where.km) == ("El Junquito", 10.46, "quarter", 4)
    assert [area.name for area in made.where.within] == ["Caracas", "Venezuela"]


def test_an_open_place_has_candidates_and_no_position() -> None:
    report = told(OPEN, "Mérida", placing(OPEN, "Mérida", None, (HERE, THERE)))
    made = entry([one.resolved({}, {site.key: site.placing for site in sitings(report)}) for one in tellings(report)])
    assert made is not None
    assert made.where is not None
    assert (made.where.lat, made.where.judgement, len(made.where.candidates)) == (None, "UNSURE", 2)


def test_another_report_settles_what_one_leaves_open() -> None:
    is_open = Siting(("a", "text", "l1"), placing(OPEN, "Mérida", None, (HERE, THERE)))
    decided = Siting(("b", "text", "l1"), placing(OPEN, "Mérida", HERE))
    other = Siting(("c", "text", "l1"), placing(OPEN, "Mérida", THERE))
    (here,), (there,) = (tuple(taken("", [one])) for one in (decided, other))
    (made,) = settled("", [is_open], [here])
    assert (made.key, made.placing.spot, made.placing.rule) == (is_open.key, HERE, "places/case")
    assert [one.placing.spot for one in overruled("", [is_open, decided], [made])] == [HERE, HERE]
    assert list(settled("", [is_open], list(spots("", [here, there, here])))) == []
    assert list(settled("", [is_open], [])) == []
    assert len(list(spots("", [here, here]))) == 1


def test_the_places_of_a_case() -> None:
    known = [Siting(("b", "text", "l1"), placing(OPEN, "Mérida", HERE)), Siting(("a", "text", "l1"), placing(OPEN, "Mérida", None, (THERE,)))]
    found = located({one.key: one.placing for one in known})
    assert [(one.spot, len(one.mentions), one.reports) for one in found] == [(None, 1, 1), (HERE, 1, 1)]
    assert found == located({one.key: one.placing for one in known[::-1]})


def test_a_quarter_and_its_city_may_be_one_place() -> None:
    quarter = told(QUARTER_TOLD, "El Junquito", placing(QUARTER_TOLD, "El Junquito", QUARTER))
    city = told(CITY_TOLD, "Caracas", placing(CITY_TOLD, "Caracas", CARACAS))
    assert verdict(quarter, city) == "SAME"


def test_two_towns_are_never_one_place() -> None:
    here = told(OPEN, "Mérida", placing(OPEN, "Mérida", HERE), id="here")
    text = "Un obrero murió ayer en Mérida."
    there = told(text, "Mérida", placing(text, "Mérida", THERE), id="there")
    city = told(CITY_TOLD, "Caracas", placing(CITY_TOLD, "Caracas", CARACAS))
    assert verdict(here, there) is None
    assert verdict(here, city) is None


def test_an_open_name_goes_with_what_it_may_be() -> None:
    text = "Un obrero murió ayer en Mérida."
    here = told(text, "Mérida", placing(text, "Mérida", HERE))
    assert verdict(told(OPEN, "Mérida", placing(OPEN, "Mérida", None, (HERE, THERE))), here) == "SAME"


def test_keys() -> None:
    found = sited([placing(QUARTER_TOLD, "El Junquito", QUARTER)], ["La Casona"])
    assert found.named == {QUARTER.id, "la casona"}
    assert (found.near, found.around) == ({"geonames:1"}, {"geonames:VE"})
