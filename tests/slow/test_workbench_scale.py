"""The workbench on a large invented case: how long each page keeps the server busy, and how much memory it needs.

CAREO_WORKBENCH_REPORTS=10000 measures what docs/workbench.md states.
"""

from __future__ import annotations

import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import msgspec
import pytest

from careo.collate.clusters import short_id
from careo.model import Anchor, Chronology, Copy, Entity, EntityMention, Family, Link, Span, Statement, Variant
from tests.present.inventing import large
from tests.present.serving import Browser, served, stored

pytestmark = pytest.mark.slow

REPORTS = int(os.environ.get("CAREO_WORKBENCH_REPORTS", "2000"))
FIRST_PAGE, ANY_PAGE = 0.3, 1.0
"""Seconds."""
MEMORY = 1_500
"""Megabytes that the server may take at its peak."""

PAGES = {
    "chronology": "/",
    "its 40th page": "/?page=40",
    "by words": "/?q=comisar%C3%ADa+atacaron",
    "by person": "/?person={person}",
    "by place and disputed": "/?place=puerto+almendro&disputed=1",
    "a decade": "/?from=2010&to=2020",
    "a day": "/?from=2019-05-20&to=2019-05-20",
    "an hour": "/?from=2019-05-20T10:00&to=2019-05-20T11:00",
    "entry": "/entry/{entry}",
    "face to face": "/disputes",
    "people": "/people",
    "person": "/person/{person}",
    "questions": "/questions",
    "quotations": "/statements",
    "quotations by words": "/statements?q=calle+puerto",
    "quotations by person": "/statements?person={person}",
    "copies": "/copies",
    "side by side": "/copies/{family}?with={copy}",
    "leads of a kind": "/leads?kind=one_origin",
    "reports": "/reports",
    "report": "/report/{report}",
    "search": "/search?q=comisar%C3%ADa",
    "decide": "/judge?on={report}/text/events/10/20/",
    "decisions": "/judgements",
    "add": "/add",
}


def bulk(reports: int) -> tuple[Chronology, list[object]]:
    """A case of so many reports: three entries and two quotations each, one in ten a copy, a person for every four reports."""
    chronology, known = large(reports, 3)
    said = [entry.evidence[0] for entry in chronology.entries if not entry.id.endswith("02")]
    anchors = [Anchor(one.document.id, "text", "chains", 0, 5) for one in known]
    people = [
        Entity(
            short_id(at),
            "PERSON",
            f"Persona Inventada {n}",
            (f"Persona Inventada {n}",),
            tuple(EntityMention(other.document, Span(0, 5)) for other in anchors[n : n + 4]),
        )
        for n, at in enumerate(anchors[::4])
    ]
    told = [Variant(one.report, one.field, (one.span,), "indirect", one) for one in said]
    statements = tuple(Statement(f"s{n}", None, people[n % len(people)].id, one, one, (one,) * (1 + n % 3), 1, 1) for n, one in enumerate(told))
    families = tuple(
        Family(f"f{n}", known[n].document.id, (Copy(known[n].document.id, 1.0), Copy(known[n + 1].document.id, 0.9)))
        for n in range(0, reports - 1, 20)
    )
    questions = tuple(
        Link(anchors[n], anchors[n + 4], "entity", "UNSURE", 0.6, "a shorter form of the name: A, B") for n in range(0, reports - 8, 40)
    )
    more = msgspec.structs.replace(chronology, quotations=statements, copies=families, questions=questions, entities=(*chronology.entities, *people))
    return more, list(known)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    chronology, known = bulk(REPORTS)
    entry = chronology.entries[len(chronology.entries) // 2]
    family = chronology.copies[-1]
    names = {
        "person": chronology.quotations[0].entity or "",
        "entry": entry.id,
        "family": family.family,
        "copy": family.reports[1].report,
        "report": entry.evidence[0].report,
    }
    return stored(tmp_path_factory.mktemp("bulk") / "bulk.careo", chronology, known), names  # type: ignore[arg-type]


def measured(path: Path, names: dict[str, str]) -> tuple[float, dict[str, tuple[float, int]], float]:
    """Seconds for the very first page; for each page its seconds and its kilobytes; the server's peak in megabytes.

    Called in a process of its own, that nothing counts but the server.
    """
    with served(path, concludes=False) as browser:
        first, _ = seconds(browser, "/")
        took = {name: seconds(browser, address.format(**names)) for name, address in PAGES.items()}
    return first, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(browser: Browser, address: str) -> tuple[float, int]:
    """Processor time that a page takes, whatever else the machine does; and its size in kilobytes."""
    began = time.process_time()
    page = browser.get(address)
    return time.process_time() - began, len(page.encode()) // 1000


def test_every_page_is_answered_in_time(case: tuple[Path, dict[str, str]]) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        first, took, peak = pool.submit(measured, *case).result()
    print(f"\n{REPORTS} reports, the very first page {first * 1000:.0f} ms, peak {peak:.0f} MB")
    for name, (spent, size) in took.items():
        print(f"  {name:24} {spent * 1000:6.0f} ms {size:6} KB")
    assert max(first, took["chronology"][0]) < FIRST_PAGE
    assert max(spent for spent, _ in took.values()) < ANY_PAGE
    assert peak < MEMORY
