"""Debian's Chromium, driven by Playwright: skipped with a plain message where there is none, unless CAREO_NEEDS_BROWSER=1 asks for it (.ci/run)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest

NEEDED = "CAREO_NEEDS_BROWSER"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    " --hide-scrollbars --font-render-hinting=none"
).split()


@contextmanager
def chromium(what: str, *flags: str) -> Iterator[Any]:
    """A browser. `what` is tried in it."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without(f"playwright is not installed: the {what} is not tried in a browser")
    path = shutil.which("chromium")
    if path is None:
        _without(f"no Chromium found (apt-get install chromium): the {what} is not tried in a browser")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
        yield launched
        launched.close()


def _without(why: str) -> NoReturn:
    if os.environ.get(NEEDED) == "1":
        pytest.fail(f"{why}, and {NEEDED}=1 asks for it")
    pytest.skip(why)
