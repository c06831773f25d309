"""Times on the real seed report and on the Recognizers-Text specs, and how fast they are read; other scores stand in test_scores.py.

Floors in floors.toml under [times].
"""

from __future__ import annotations

import json
import re
import shutil
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from careo import pipeline
from careo import rules as machine
from careo.model import Dct, Parse
from careo.read.dct import dated
from careo.read.parse import Parser
from careo.read.sentences import sentences
from careo.read.times import expressions
from careo.rules import Language
from careo.text import View
from tests.gate.recognizers import cases, is_right

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
SEED = SHARED / "corpus" / "seed.txt"
ARTICLES = SHARED / "corpus" / "articles.jsonl"
SPECS = SHARED / "gold" / "times_recognizers_specs.jsonl"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["times"]
HEADER = re.compile(r"\s*date \d{4}-\d\d\s+")
TEXT = 1850
"""Characters of a news text, as the speeds of others are given."""

pytestmark = [pytest.mark.gate, pytest.mark.skipif(not SEED.exists(), reason=f"{SEED} is absent: nothing to read times from")]


def test_the_seed_is_narrowed_to_its_day_with_exactly_six_expressions(language: Language) -> None:
    text = HEADER.sub("", SEED.read_text(encoding="utf-8"), count=1)
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


@pytest.mark.skipif(not SPECS.exists(), reason=f"{SPECS} is absent")
def test_the_specs_of_recognizers_text(language: Language, parser: Parser, capsys: pytest.CaptureFixture[str]) -> None:
    counted, left = cases(SPECS)
    right: Counter[str] = Counter()
    for case in counted:
        view = View(case.text)
        found = dated(view, language, Dct(case.dct, "input"), parser.parse(view, sentences(view, language)))[1]
        right[case.kind] += is_right(case, found)
    many = Counter(case.kind for case in counted)
    with capsys.disabled():
        print("\nspecs: " + ", ".join(f"{kind} {right[kind]} of {n} ({100 * right[kind] / n:.1f} %)" for kind, n in sorted(many.items())))
        print("\n".join(f"  left out: {n} {why}" for why, n in left.most_common()))
    for kind, n in many.items():
        assert 100 * right[kind] / n >= FLOORS["specs"][kind], kind


@pytest.fixture(scope="module")
def pages(language: Language, parser: Parser) -> list[tuple[View, Parse]]:
    """Real articles with their parse, some 100 news texts together."""
    made, length = [], 0
    for line in ARTICLES.read_text(encoding="utf-8").splitlines():
        view = View(json.loads(line)["text"])
        made.append((view, parser.parse(view, sentences(view, language))))
        length += len(view.text)
        if length > 100 * TEXT:
            break
    return made


@pytest.mark.skipif(not ARTICLES.exists(), reason=f"{ARTICLES} is absent")
def test_speed(language: Language, pages: list[tuple[View, Parse]], benchmark: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> None:
    """The best of several rounds: others use the machine too, and only ever make it slower."""
    rates = []

    def read_all() -> None:
        begun = time.process_time()
        for view, parse in pages:
            dated(view, language, Dct("2018-01-15", "input"), parse)
        rates.append(sum(len(view.text) for view, _ in pages) / TEXT / (time.process_time() - begun))

    benchmark(read_all)
    while len(rates) < 5:
        read_all()
    with capsys.disabled():
        print(f"\ntimes: {max(rates):.0f} texts of {TEXT} characters a second on one core (median {sorted(rates)[len(rates) // 2]:.0f})")
    assert max(rates) >= FLOORS["texts_a_second"]


def test_time_grows_with_the_length_of_the_text_alone(language: Language) -> None:
    sentence = "El 3 de enero de 2017, a las 8:30 pm, ardió el mercado; dos días después, el jueves, volvió la calma a la ciudad. "
    spent = []
    for many in (40, 160):
        view, rounds = View(sentence * many), []
        for _ in range(3):
            begun = time.process_time()
            dated(view, language, Dct("2018-01-15", "input"))
            rounds.append(time.process_time() - begun)
        spent.append(min(rounds))
    assert spent[1] < 4 * 1.8 * spent[0]


def test_time_is_nearly_flat_in_the_number_of_rules(
    language: Language, pages: list[tuple[View, Parse]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twice as many rules again, none of which the pages need: each asks for a word that they do not have."""
    folder = tmp_path / "es"
    shutil.copytree(str(pipeline.language_folder("es")), folder)
    many = len(language.patterns("times").rules)
    rules = "".join(
        f"  - {{id: more-{n}, pattern: 'el <day> de zarz{n}a', type: DATE, value: PAST_REF, examples: ['Fue [el 3 de zarz{n}a].']}}\n"
        for n in range(2 * many)
    )
    (folder / "times" / "more.yaml").write_text(f"about: more rules\nrules:\n{rules}", encoding="utf-8")
    more, spent = machine.load(folder), []
    for tongue in (language, more) * 3:
        begun = time.process_time()
        for view, _ in pages:
            expressions(view, tongue)
        spent.append(time.process_time() - begun)
    few, all_of_them = min(spent[::2]), min(spent[1::2])
    with capsys.disabled():
        print(f"\ntimes: {3 * many} rules for {many} take {all_of_them / few:.2f} times as long")
    assert all_of_them < 1.5 * few
