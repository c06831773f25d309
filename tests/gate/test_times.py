"""Times on the real seed report, and how fast they are read; the scores stand in test_scores.py. Floors in floors.toml under [times]."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path

import pytest

from careo.model import Dct
from careo.read.dct import dated
from careo.rules import Language
from careo.text import View

HERE = Path(__file__).resolve().parent
SEED = HERE.parents[2] / "shared" / "corpus" / "seed.txt"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["times"]
HEADER = re.compile(r"\s*date \d{4}-\d\d\s+")

pytestmark = [pytest.mark.gate, pytest.mark.skipif(not SEED.exists(), reason=f"{SEED} is absent: nothing to read times from")]


@pytest.fixture(scope="module")
def text() -> str:
    return HEADER.sub("", SEED.read_text(encoding="utf-8"), count=1)


def test_the_seed_is_narrowed_to_its_day_with_exactly_six_expressions(language: Language, text: str) -> None:
    dct, found = dated(View(text), language, Dct("2018-01", "input"))
    assert (dct.value, dct.given, dct.origin) == ("2018-01-15", "2018-01", "text")
    assert [(timex.span.of(text), timex.value) for timex in found] == [
        ("15Ene", "2018-01-15"),
        ("15 de enero de 2018", "2018-01-15"),
        ("Este lunes", "2018-01-15"),
        ("El pasado 27 de junio", "2017-06-27"),
        ("abril", "2017-04"),
        ("julio de 2017", "2017-07"),
    ]
    assert all(timex.edtf == timex.value for timex in found)


def test_speed(language: Language, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    view = View(text)
    dated(view, language, Dct("2018-01", "input"))
    begun = time.process_time()
    rounds = 40
    for _ in range(rounds):
        dated(view, language, Dct("2018-01", "input"))
    rate = rounds * len(text) / 1850 / (time.process_time() - begun)
    with capsys.disabled():
        print(f"\ntimes: {rate:.0f} texts of 1,850 characters a second")
    assert rate >= FLOORS["texts_a_second"]
