"""Where there is no browser its tests are skipped, saying so; where one is asked for they fail."""

from __future__ import annotations

import pytest

from tests.present.browsing import NEEDED, chromium


@pytest.mark.parametrize(("needed", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_without_a_browser(monkeypatch: pytest.MonkeyPatch, needed: str, outcome: type[BaseException]) -> None:
    pytest.importorskip("playwright.sync_api")
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setenv(NEEDED, needed)
    with pytest.raises(outcome, match="no Chromium found"), chromium("page"):
        raise AssertionError("no browser was found, and yet one came")
