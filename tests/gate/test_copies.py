"""Copies on articles of the corpus, altered by a generator of ours, among articles that have nothing to do with each other.

Floors in floors.toml under [copies]; figures by share in docs/copies.md.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from careo.collate.copies import Printed, fingerprints, shared, words_of
from careo.conclusions.origins import likely_copies
from careo.flow import Flow
from careo.run.local import Local
from tests.gate.altering import Altered, altered, count

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[2] / "shared" / "corpus" / "articles.jsonl"
FLOORS: dict[str, float] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["copies"]
ENOUGH, LEAST, PAIRS = 0.3, 150, 450
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)

pytestmark = [pytest.mark.gate, pytest.mark.skipif(not CORPUS.is_file(), reason=f"{CORPUS} is not there: nothing to alter")]


def made() -> list[Altered]:
    """Altered articles, fifty of each share; each takes its foreign words from an article that no other takes part in."""
    with CORPUS.open(encoding="utf-8") as lines:
        texts = [text for line in lines if count(text := json.loads(line)["text"]) >= LEAST]
    texts = list(dict.fromkeys(texts))
    many = min(PAIRS, len(texts) // 2)
    return [altered(texts[2 * n], texts[2 * n + 1], SHARES[n % len(SHARES)], n) for n in range(many)]


def test_copies_are_found_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """All texts together are compared as in a case: a pair that is found and was not made is wrong, unless it is copied in the corpus itself."""
    pairs = made()
    words = {f"{n:04}{side}": words_of(text) for n, one in enumerate(pairs) for side, text in (("a", one.left), ("b", one.right))}
    flow = Flow(Local())
    printed = flow.given("printed", Printed, {name: [Printed(name, fingerprints(one))] for name, one in words.items()})
    found = {(one.left, one.right) for one in likely_copies(flow, printed) if shared(words[one.left], words[one.right]).is_copy}
    own = {(f"{n:04}a", f"{n:04}b"): one for n, one in enumerate(pairs)}
    wanted = {pair for pair, one in own.items() if one.share >= ENOUGH and min(count(one.left), count(one.right)) >= LEAST}
    right = len(found & wanted)
    wrong = {pair for pair in found if pair not in own}
    f1 = 2 * right / (2 * right + len(wanted - found) + len(wrong))
    by_share, hits = Counter(), Counter()
    for pair, one in own.items():
        by_share[int(one.share * 10) / 10] += 1
        hits[int(one.share * 10) / 10] += pair in found
    with capsys.disabled():
        print(f"\ncopies: {len(wanted)} made, {right} found, {len(wrong)} wrong, F1 {100 * f1:.1f}")
        print("\n".join(f"share {share:.1f}: {hits[share]} of {by_share[share]} found" for share in sorted(by_share)))
        print("missed:", sorted((own[pair].how, round(own[pair].share, 2)) for pair in wanted - found))
        print("wrong:", sorted(wrong)[:20])
    assert 100 * f1 >= FLOORS["f1"]
