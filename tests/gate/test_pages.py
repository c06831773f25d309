"""Pages of ../shared/html against what is known of them; floors in floors.toml under [pages]. Prints the figures (`pytest -s`)."""

from __future__ import annotations

import json
import time
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from careo import ingest
from careo.model import Document, Failure
from careo.text import View, fold

HERE = Path(__file__).resolve().parent
PAGES = HERE.parents[2] / "shared" / "html"

pytestmark = [
    pytest.mark.gate,
    pytest.mark.skipif(not (PAGES / "expected.json").exists(), reason=f"{PAGES} is absent: nothing to measure pages against"),
]


def alike(text: str) -> str:
    """Compared without case, accents, blanks and kinds of quotation mark."""
    return "".join(fold(View(unicodedata.normalize("NFC", text)).text).split())


def share(hits: list[bool]) -> float:
    return round(sum(hits) / len(hits), 4)


def figures(documents: dict[str, Document], expected: dict[str, dict[str, Any]]) -> dict[str, float]:
    """The share of titles, dates (to the day), authors, and snippets wanted and unwanted that came out right."""
    pairs = [(documents[name], known) for name, known in expected.items() if name in documents]
    return {
        "read": share([name in documents for name in expected]),
        "titles": share([alike(page.title or "") == alike(known["title"]) for page, known in pairs if known["title"]]),
        "dates": share([(page.dct.value[:10] if page.dct else None) == known["date"] for page, known in pairs if known["date"]]),
        "authors": share([alike(known["author"]) in alike(page.author or "") for page, known in pairs if known["author"]]),
        "wanted": share([alike(snippet) in alike(page.text) for page, known in pairs for snippet in known["with"]]),
        "unwanted_absent": share([alike(snippet) not in alike(page.text) for page, known in pairs for snippet in known["without"]]),
        "traced": share([sum(segment.length for segment in page.offsets) >= 0.95 * len(page.text) for page, _ in pairs]),
    }


def test_pages() -> None:
    failures: list[Failure] = []
    captures = [capture for capture in ingest.captures([PAGES], on_failure=failures.append) if capture.media_type == "text/html"]
    start = time.perf_counter()
    documents = {document.label: document for document in map(ingest.document, captures)}
    seconds = time.perf_counter() - start
    found = figures(documents, json.loads((PAGES / "expected.json").read_text(encoding="utf-8")))
    print(f"\npages: {len(documents)} in {seconds:.1f} s ({len(documents) / seconds:.0f}/s); {found}")
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["pages"]
    assert {name: value for name, value in found.items() if value < floors[name]} == {}
