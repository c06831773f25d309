"""Every mistake an author can make has a message, and a snippet that brings it about."""

from __future__ import annotations

from pathlib import Path

import pytest

from careo.errors import RuleError
from careo.rules.mistakes import MISTAKES
from tests.rules.folder import language


def load_all(folder: Path, snippet: str) -> None:
    """Load a rule file and make its patterns and frames ready."""
    made = language(folder, t__broken=snippet)
    made.patterns("t")
    made.frames("t")


@pytest.mark.parametrize("name", MISTAKES)
def test_the_snippet_gives_its_message(name: str, tmp_path: Path) -> None:
    entry = MISTAKES[name]
    with pytest.raises(RuleError) as met:
        load_all(tmp_path, entry.snippet)
    begin = entry.found.split("{", 1)[0]
    assert met.value.found.startswith(begin)
    assert met.value.where.startswith("t/broken.yaml:")
    assert int(met.value.where.rsplit(":", 1)[1]) >= 1
    assert met.value.mend


def test_no_two_mistakes_share_their_message() -> None:
    assert len({entry.found for entry in MISTAKES.values()}) == len(MISTAKES)
