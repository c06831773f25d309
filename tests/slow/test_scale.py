"""A long report is read in pieces, in proportion to its length and without much more memory than a short one needs; a hundred thousand namings
are linked within a minute.

CAREO_LONG_REPORT=5000000 reads one of five megabytes, as docs/input.md states; without it, one of a fifth of that.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import pytest

from careo.collate import entities
from careo.conclusions.who import who_is_who
from careo.flow import Flow
from careo.model import Anchor, Entity, Judgement, Span
from careo.run.local import Local

pytestmark = pytest.mark.slow

PARAGRAPH = (
    "La policía allanó el martes una casa en el barrio El Pinar, en Puerto Almendro, y detuvo a {n} personas. "
    "«Nos dispararon sin avisar», dijo Rosa Paz, vecina del lugar. Al menos dos agentes resultaron heridos, según el hospital San Telmo.\n"
)
BYTES = int(os.environ.get("CAREO_LONG_REPORT", "1000000"))
MEMORY = 4_000
"""Megabytes that the process may take at its peak."""


def long_report(size: int) -> str:
    """A text of at least so many bytes."""
    return "".join(PARAGRAPH.format(n=n % 9 + 3) for n in range(size // (len(PARAGRAPH.encode()) - 5) + 1))


def read_alone(text: str, folder: Path) -> tuple[Any, float]:
    """What `careo read` makes of a text, and the seconds of processor time that it took."""
    report, made = folder / "largo.txt", folder / "made.jsonl"
    report.write_text(f"date 2021-03-10 {text}", encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with made.open("wb") as out:
        done = subprocess.run([sys.executable, "-m", "careo", "read", str(report), "--format", "jsonl", "--jobs", "1"], stdout=out, check=False)
    assert done.returncode == 0
    return json.loads(made.read_text(encoding="utf-8")), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def test_a_long_report_is_read_in_proportion(tmp_path: Path) -> None:
    _, a_part = read_alone(long_report(BYTES // 5), tmp_path)
    text = long_report(BYTES)
    reading, whole = read_alone(text, tmp_path)
    assert reading["text"] == text
    assert len(reading["quotations"]) >= text.count("«")
    assert max(event["trigger"]["end"] for event in reading["events"]) > len(text) - len(PARAGRAPH)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\n{len(text)} code points in {whole:.0f} s, a fifth of them in {a_part:.0f} s, peak {peak:.0f} MB")
    assert whole < 6 * a_part, "not in proportion"
    assert peak < MEMORY


GIVEN = "Rosa Elena Óscar Arturo Wilmer Lucía Ramiro Beatriz Ernesto Álvaro Marta Nelson Yolanda Tomás Irene Julio Inés Hugo Clara Raúl".split()
SYLLABLES = "men di za quis pe ma lu ján to rre bra vo sa li nas cor bal cam pos ri ve ro que za da or te ga".split()


def namings(mentions: int, names: int) -> list[entities.Naming]:
    """So many namings by so many names, ten a report over a year: a quarter as many people, each with four forms of the name."""
    chance = Random(7)
    surnames = sorted({"".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(names // 10)})
    people = [(chance.choice(GIVEN), chance.choice(GIVEN), chance.choice(surnames), chance.choice(surnames)) for _ in range(names // 4)]
    made = []
    for number in range(mentions):
        given, second, surname, mother = chance.choice(people)
        name = chance.choice((f"{given} {second} {surname} {mother}", f"{given} {surname} {mother}", f"{given} {surname}", f"{given[0]}. {surname}"))
        document, place = f"{number // 10:06}", 30 * (number % 10)
        anchor = Anchor(document, "text", "chains", place, place + len(name))
        day = date(2018, 1, 1) + timedelta(days=number // 10 % 365)
        made.append(
            entities.Naming(anchor, (document, "text", f"c{place}"), "PERSON", name, (name,), (Span(place, place + len(name)),), (), (name,), day=day)
        )
    return made


def linked(mentions: int) -> tuple[float, int, int]:
    """Seconds of processor time, in one process, to link so many namings of 10,000 names; the entities made; the names left uncompared."""
    by_report: dict[str, list[entities.Naming]] = defaultdict(list)
    for naming in namings(mentions, 10_000):
        by_report[naming.anchor.document].append(naming)
    begun, flow = process_time(), Flow(Local())
    who_is_who(flow, flow.given("namings", entities.Naming, by_report), flow.given("judgements", Judgement, {}))
    return process_time() - begun, sum(1 for _ in flow.rows("entities", Entity)), sum(flow.rows("uncompared", int))


def test_a_hundred_thousand_namings_of_ten_thousand_names_are_linked_within_a_minute() -> None:
    linked(1)
    measured = {mentions: linked(mentions) for mentions in (10_000, 30_000, 100_000)}
    for mentions, (seconds, entities_made, left_out) in measured.items():
        print(f"\n{mentions} namings: {seconds:.1f} s, {entities_made} entities, {left_out} names uncompared")
    assert measured[100_000][0] < 60
    assert measured[100_000][0] < 15 * measured[10_000][0], "far from linear"
