"""The gazetteer of a language: what places bear a name, where they are and in what they lie.

Its towns stand in a packed table (GeoNames, made by `make tables`); names of countries and regions, what cities are called in the
language, and places that the table lacks stand in lists of the folder `places/`. Knows no language.
"""

from __future__ import annotations

import gzip
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from careo.model import Area, PlaceKind, Spot
from careo.rules import Language
from careo.rules.files import rows_of
from careo.text import fold

LAYER = "places"
TABLE = "places.tsv.gz"
COUNTRIES, REGIONS, CALLED, OWN, WIDE = "paises.tsv", "regiones.tsv", "nombres.tsv", "sitios.tsv", "amplias.tsv"

ONE_PLACE = 15.0
"""Kilometres within which a place of ours and a town of the table with one name are one place."""
CROWD = 900.0
"""People to a square kilometre of a town: tells the radius of one from its inhabitants. An estimate, and rather too wide."""
LEAST = 1.0


@dataclass(frozen=True, slots=True)
class Known:
    """A place with the number of its inhabitants (0: not known); `lesser`: by a name that is not its usual one."""

    spot: Spot
    people: int = 0
    lesser: bool = False


class Gazetteer:
    """Places by name. Rows of the table become records when they are asked for."""

    def __init__(self, table: str, lists: Mapping[str, str]) -> None:
        self._rows = table.splitlines()
        self._cells: dict[tuple[str, str], list[str]] = {}
        self._towns: dict[str, list[int]] = defaultdict(list)
        self._lesser: dict[str, list[int]] = defaultdict(list)
        self._others: dict[str, list[Known]] = defaultdict(list)
        self._called: dict[tuple[str, str], str] = {}
        self._areas: dict[tuple[str, str], Known] = {}
        self._made: dict[int, Known] = {}
        self._hidden: set[int] = set()
        self._index()
        self._name_countries(lists)
        self._name_cities(lists)
        self._add_own(lists)

    def candidates(self, name: str) -> tuple[Known, ...]:
        """All places called `name`, in whatever case and with or without accents."""
        key = fold(name)
        towns = [self._town(i) for i in self._towns.get(key, ()) if i not in self._hidden]
        lesser = [replace(self._town(i), lesser=True) for i in self._lesser.get(key, ()) if i not in self._hidden]
        unique = {known.spot.id: known for known in (*lesser, *self._others.get(key, ()), *towns)}
        return tuple(unique.values())

    # ------------------------------------------------------------ building

    def _index(self) -> None:
        for i, row in enumerate(self._rows):
            cells = row.split("\t")
            if not cells[2]:
                self._cells[cells[0], cells[1]] = cells
                continue
            first, *others = cells[8].split("|")
            self._towns[first].append(i)
            for key in others:
                self._lesser[key].append(i)

    def _name_countries(self, lists: Mapping[str, str]) -> None:
        for code, name, *others in rows_of(lists[COUNTRIES]):
            self._add_area(code, "", name, others, ())
        for code, region, name, *others in rows_of(lists[REGIONS]):
            country = self._areas.get((code, ""))
            self._add_area(code, region, name, others, _inside(country) if country else ())
        for name, kind, lat, lon, km, *others in rows_of(lists[WIDE]):
            spot = Spot(f"careo:{fold(name)}", name, cast(PlaceKind, kind), float(lat), float(lon), float(km))
            self._add(Known(spot), name, others)

    def _add_area(self, code: str, region: str, name: str, others: list[str], within: tuple[Area, ...]) -> None:
        cells = self._cells.get((code, region))
        if cells is None:
            return
        kind: PlaceKind = "region" if region else "country"
        ident = f"geonames:{code}.{region}" if region else f"geonames:{code}"
        known = Known(Spot(ident, name, kind, float(cells[3]), float(cells[4]), float(cells[7]), code, within), int(cells[5]))
        self._areas[code, region] = known
        self._add(known, name, others)

    def _add(self, known: Known, name: str, others: list[str]) -> None:
        for one in (name, *(others[0].split("|") if others else ())):
            if one:
                self._others[fold(one)].append(known)

    def _name_cities(self, lists: Mapping[str, str]) -> None:
        """What a city is called here; of those with one name in a country the largest is meant."""
        for name, there, code, *shown in rows_of(lists[CALLED]):
            rows = [i for i in self._towns.get(fold(there), ()) if self._rows[i].startswith(f"{code}\t")]
            largest = max(rows, key=lambda i: (int(self._rows[i].split("\t")[5]), -i), default=None)
            if largest is not None:
                self._towns[fold(name)].append(largest)
                if shown:
                    self._called[code, self._rows[largest].split("\t")[6]] = name

    def _add_own(self, lists: Mapping[str, str]) -> None:
        """Places of ours. Where the table has a town of the same name there, that stands for ours; of a quarter, ours stands for it."""
        for name, kind, lat, lon, km, where, *others in rows_of(lists[OWN]):
            inside, _, code = where.rpartition(", ")
            spot = Spot("", name, cast(PlaceKind, kind), float(lat), float(lon), float(km), code or where)
            same = [i for i in self._towns.get(fold(name), ()) if self._is_there(i, spot)]
            if same and kind == "town":
                for other in others:
                    for alias in other.split("|"):
                        self._towns[fold(alias)].extend(same)
                continue
            if kind == "quarter":
                self._hidden.update(same)
            holder = self._holder(inside, spot)
            parts = (spot.country, holder.spot.name if holder else "", name)
            ident = "careo:" + "/".join(fold(part or "").replace(" ", "-") for part in parts)
            placed = Spot(ident, name, spot.kind, spot.lat, spot.lon, spot.km, spot.country, _inside(holder) if holder else ())
            people = max((int(self._rows[i].split("\t")[5]) for i in same if kind == "quarter"), default=0)
            self._add(Known(placed, people), name, others)

    def _is_there(self, i: int, spot: Spot) -> bool:
        cells = self._rows[i].split("\t")
        return cells[0] == spot.country and kilometres((float(cells[3]), float(cells[4])), (spot.lat, spot.lon)) <= ONE_PLACE

    def _holder(self, name: str, spot: Spot) -> Known | None:
        """The place of that name in the country of `spot`, the nearest; the country, where no name is given."""
        if not name:
            return self._areas.get((spot.country or "", ""))
        found = [one for one in self.candidates(name) if one.spot.country == spot.country and one.spot.kind in _HOLDERS]
        return min(found, key=lambda one: (_beyond(one.spot, spot), _HOLDERS.index(one.spot.kind), -one.people), default=None)

    # ------------------------------------------------------------ towns

    def _town(self, i: int) -> Known:
        if i not in self._made:
            country, region, name, lat, lon, people, number, *_ = self._rows[i].split("\t")
            holder = self._areas.get((country, region)) or self._areas.get((country, ""))
            name = self._called.get((country, number), name)
            radius = max(LEAST, math.sqrt(int(people) / CROWD / math.pi))
            within = _inside(holder) if holder else ()
            spot = Spot(f"geonames:{number}", name, "town", float(lat), float(lon), round(radius, 1), country, within)
            self._made[i] = Known(spot, int(people))
        return self._made[i]


_HOLDERS: tuple[PlaceKind, ...] = ("town", "quarter", "region", "area", "country")


def _inside(holder: Known) -> tuple[Area, ...]:
    """What holds a place that lies in `holder`."""
    return (Area(holder.spot.id, holder.spot.name, holder.spot.kind), *holder.spot.within)


def distance(one: Spot, other: Spot) -> float:
    """Kilometres between the middles of two places."""
    return kilometres((one.lat, one.lon), (other.lat, other.lon))


def _beyond(outer: Spot, inner: Spot) -> float:
    """Kilometres between the edges of two places; none where they touch."""
    return max(0.0, distance(outer, inner) - outer.km - inner.km)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way over the globe between two points (latitude, longitude in degrees)."""
    north, south = math.radians(one[0]), math.radians(other[0])
    over = math.sin((north - south) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(math.radians(one[1] - other[1]) / 2) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(over)))


def holds(outer: Spot, inner: Spot) -> bool:
    """Whether `inner` lies in `outer` by what is written of it."""
    return any(area.id == outer.id for area in inner.within)


def nested(one: Spot, other: Spot) -> bool:
    """Whether one lies in the other: by what is written of it, or a town in the reach of a region of its country."""
    if holds(one, other) or holds(other, one):
        return True
    kinds = {one.kind, other.kind}
    region = one if one.kind == "region" else other
    return kinds == {"region", "town"} and one.country == other.country and distance(one, other) <= region.km


def gazetteer(language: Language) -> Gazetteer | None:
    """The gazetteer of a language, loaded when a report first needs it; None where it has none."""
    layer = language.layers.get(LAYER)
    return _loaded(layer.packed[TABLE], tuple(sorted(layer.lists.items()))) if layer and TABLE in layer.packed else None


@lru_cache(maxsize=2)
def _loaded(table: bytes, lists: tuple[tuple[str, str], ...]) -> Gazetteer:
    return Gazetteer(gzip.decompress(table).decode("utf-8"), dict(lists))
