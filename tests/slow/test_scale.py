"""A report of 5 MB is read, in pieces of whole paragraphs, without much more memory than a small one needs."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PARAGRAPH = (
    "La policía allanó el martes una casa en el barrio El Pinar, en Puerto Almendro, y detuvo a {n} personas. "
    "«Nos dispararon sin avisar», dijo Rosa Paz, vecina del lugar. Al menos dos agentes resultaron heridos, según el hospital San Telmo.\n"
)
BYTES = 5_000_000
MEMORY = 4_000
"""Megabytes that the process may take at its peak."""


def test_a_report_of_five_megabytes_is_read(tmp_path: Path) -> None:
    text = "".join(PARAGRAPH.format(n=n % 9 + 3) for n in range(BYTES // (len(PARAGRAPH.encode()) - 5) + 1))
    report = tmp_path / "largo.txt"
    report.write_text(f"date 2021-03-10 {text}", encoding="utf-8")
    assert report.stat().st_size > BYTES
    made = tmp_path / "made.jsonl"
    with made.open("wb") as out:
        done = subprocess.run([sys.executable, "-m", "careo", "read", str(report), "--format", "jsonl", "--jobs", "1"], stdout=out, check=False)
    assert done.returncode == 0
    reading = json.loads(made.read_text(encoding="utf-8"))
    assert reading["text"] == text
    assert len(reading["quotations"]) >= text.count("«")
    assert max(event["trigger"]["end"] for event in reading["events"]) > len(text) - len(PARAGRAPH)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\n{len(text)} code points, peak {peak:.0f} MB")
    assert peak < MEMORY
