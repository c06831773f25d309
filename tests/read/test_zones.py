"""Zones: the offset of a region on a day, and the instant of a clock time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from careo.edtf import Dating
from careo.read.zones import instant, offset, offsets
from careo.rules import Language

KNOWN = {"es-ve": "2007-12-09 -04:30, 2016-05-01 -04:00"}
CITIES = {
    "es-ve": "America/Caracas",
    "es-co": "America/Bogota",
    "es-pe": "America/Lima",
    "es-bo": "America/La_Paz",
    "es-gt": "America/Guatemala",
    "es-hn": "America/Tegucigalpa",
    "es-sv": "America/El_Salvador",
    "es-ni": "America/Managua",
    "es-cr": "America/Costa_Rica",
    "es-pa": "America/Panama",
    "es-do": "America/Santo_Domingo",
    "es-pr": "America/Puerto_Rico",
    "es-ar": "America/Argentina/Buenos_Aires",
    "es-uy": "America/Montevideo",
}


@pytest.mark.parametrize(
    ("zone", "day", "wanted"),
    [
        ("es-VE", "2016-04-30", "-04:30"),
        ("es-VE", "2016-05-01", "-04:00"),
        ("es-VE", "2007-12-08", ""),
        ("es-VE", "2016-XX-XX", ""),
        ("es-XX", "2016-05-01", ""),
        ("Z", "2016-XX-XX", "Z"),
        ("-03:00", "2016-05-01", "-03:00"),
    ],
)
def test_the_offset_of_a_region_changes_with_the_day(zone: str, day: str, wanted: str) -> None:
    assert offset(zone, day, KNOWN) == wanted


@pytest.mark.parametrize(
    ("dating", "region", "wanted"),
    [
        (Dating("2016-05-01", None, "08:00", "Z"), "es-VE", ("2016-05-01T08:00Z", None)),
        (Dating("2016-04-30", None, "20:00", None), "es-VE", ("2016-05-01T00:30Z", "clock of es-VE, -04:30")),
        (Dating("2016-05-01", None, "24:00", "+02:00"), None, ("2016-05-01T22:00Z", None)),
        (Dating("2016-05", None, "08:00", "Z"), None, (None, None)),
        (Dating("2016-05-01", None, "08:00", None), "es-MX", (None, None)),
        (Dating("9999-12-31", None, "24:00", "Z"), None, (None, None)),
        (Dating(None, None, "08:00", "Z"), None, (None, None)),
    ],
)
def test_an_instant_needs_a_day_and_a_zone(dating: Dating, region: str | None, wanted: tuple[str | None, str | None]) -> None:
    assert instant(dating, region, KNOWN) == wanted


def test_the_table_is_that_of_the_tz_database(language: Language) -> None:
    table = offsets(language)
    assert set(table) == set(CITIES)
    for region, steps in table.items():
        for day, said in (step.split() for step in steps.split(", ")):
            for year in (int(day[:4]) + 1, 2018, 2024):
                there = datetime(year, 7, 1, 12, tzinfo=ZoneInfo(CITIES[region])).strftime("%z")
                assert offset(region, f"{year}-07-01", table) == f"{there[:3]}:{there[3:]}", (region, year, said)
