"""How long a case of invented reports takes to conclude, then one more, and how much memory: `tools/growth.py FOLDER 1000 3000` (docs/growth.md).

One report in ten repeats another with a line of its own. The cases stay in FOLDER; a second run takes them as they are.
"""

from __future__ import annotations

import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import NamedTuple

from careo import ingest, pipeline
from careo.model import Failure
from careo.run.local import Local
from careo.settings import Settings
from careo.store.case import Case

SEED = 11

MORE = 5
"""Reports added one by one to a case that is concluded; the middle one of what they cost is told."""

SYLLABLES = "men di za quis pe ma lu ján to rre bra vo sa li nas cor bal cam pos ri ve ro que da or te ga chi lo".split()
GIVEN = "Rosa Elena Óscar Arturo Wilmer Lucía Ramiro Beatriz Ernesto Álvaro Marta Nelson Yolanda Tomás Irene Julio".split()
PLACES = "Caracas Maracaibo Bogotá Medellín Quito Guayaquil Lima Arequipa Cochabamba Sucre Managua León Tegucigalpa Puebla Tijuana Rosario".split()
DONE = (
    "Hombres armados atacaron una comisaría de {town} {when}, informó {body}.",
    "Un comerciante de {town} fue secuestrado {when} cuando salía del mercado de {street}, denunció {body}.",
    "La policía allanó {when} dos viviendas de la calle {street}, en {town}, y detuvo a {count} personas, confirmó {body}.",
    "Vecinos de {street} bloquearon {when} la carretera que une {town} con el puerto de {other}.",
    "Un dirigente campesino murió baleado {when} en una finca de {street}, cerca de {town}, según {body}.",
)
HARMED = (
    "En el hospital {street} atendieron a {count} heridos.",
    "Al menos {count} personas resultaron heridas, dijo {person}, médica de {street}.",
    "{person}, que vive frente a la plaza {street}, contó {count} lesionados.",
)
SAID = (
    "«Nadie en {street} vio llegar a los de {other} aquella tarde», dijo {person}.",
    "{person} aseguró que en {street} ya habían pedido protección para {other}.",
    "«La gente de {other} tiene miedo desde que cerraron {street}», lamentó {person}, comerciante.",
)


def text_of(number: int) -> str:
    """The report of this number, always the same."""
    chance = Random(SEED + (number if number % 10 else max(0, number - 1)))
    day = date(2018, 1, 1) + timedelta(days=chance.randrange(730))

    def invented() -> str:
        return "".join(chance.choices(SYLLABLES, k=3)).capitalize()

    def told(sentences: tuple[str, ...], when: str = "") -> str:
        person = f"{chance.choice(GIVEN)} {chance.choice(SURNAMES)} {chance.choice(SURNAMES)}"
        body = f"la alcaldía de {invented()}"
        places = {"town": town, "street": invented(), "other": invented()}
        return chance.choice(sentences).format(person=person, body=body, count=chance.randint(2, 40), when=when, **places)

    town = chance.choice(PLACES)
    when = ("el lunes", "el jueves", "en la madrugada", "ayer", "el sábado")[chance.randrange(5)]
    lines = [told(DONE, when), told(HARMED), told(SAID), told(SAID)]
    return f"date {day} " + " ".join(lines if number % 10 else [*lines, f"Así lo recoge el parte {number}."])


SURNAMES = tuple("".join(Random(n).choices(SYLLABLES, k=3)).capitalize() for n in range(400))


def made(folder: Path, reports: int) -> Path:
    """A case of so many reports, read."""
    path, texts = folder / f"{reports}.careo", folder / f"{reports}"
    texts.mkdir(parents=True, exist_ok=True)
    for number in range(reports):
        (texts / f"{number:06}.txt").write_text(text_of(number), encoding="utf-8")
    with Case.open(path, create=True) as case:
        read = pipeline.Take(pipeline.Readers(Settings().model))
        pipeline.add(case, ingest.captures([texts], on_failure=_fail), read, Local(2), pipeline.Tally(), lambda: None)
    return path


class Measured(NamedTuple):
    """Seconds of processor time to conclude a case, and then one more report; the peak in megabytes; the file's; the entries."""

    all: float
    one: float
    peak: float
    file: float
    entries: int


def measured(path: Path) -> Measured:
    """What it costs to conclude the case. Called in a process of its own."""
    with Case.open(path) as case:
        begun = time.process_time()
        entries = pipeline.collate(case, Local()).entries
        whole = time.process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        one = [_one_more(case, path, number) for number in range(MORE)]
    return Measured(whole, sorted(one)[MORE // 2], peak, path.stat().st_size / 2**20, entries)


def _one_more(case: Case, path: Path, number: int) -> float:
    extra = path.with_suffix(f".{number}.txt")
    extra.write_text(text_of(10**6 + 2 * number + 1), encoding="utf-8")
    read = pipeline.Take(pipeline.Readers(Settings().model))
    pipeline.add(case, ingest.captures([extra], on_failure=_fail), read, Local(), pipeline.Tally(), lambda: None)
    begun = time.process_time()
    pipeline.collate(case, Local())
    return time.process_time() - begun


def _fail(failure: Failure) -> None:
    raise SystemExit(failure.error)


def main(folder: Path, sizes: list[int]) -> None:
    """Print a line for each size."""
    for reports in sizes:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            found = pool.submit(measured, made(folder, reports)).result()
        print(
            f"{reports:6} reports: {found.all:6.1f} s, one more {found.one:5.2f} s, {found.peak:5.0f} MB, file {found.file:5.0f} MB, "
            f"{found.entries} entries",
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(one) for one in sys.argv[2:]])
