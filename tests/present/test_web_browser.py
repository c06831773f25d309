"""The workbench in Debian's Chromium: keyboard, filters, from an entry to its words, offline, axe-core; and pictures of its pages."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.web, pytest.mark.slow]

HOME = Path(__file__).parent.parent.parent
BUILD = HOME / "build"
PICTURE = HOME / "docs" / "workbench.png"
UPDATE = "CAREO_UPDATE_PICTURES"
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split()
CAREO = [sys.executable, "-m", "careo"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The bundled example, added and opened by the commands that a user types."""
    case = tmp_path_factory.mktemp("web") / "demo.careo"
    subprocess.run([*CAREO, "add", str(case), str(HOME / "src" / "careo" / "example"), "--jobs", "1"], check=True, capture_output=True)
    server = subprocess.Popen([*CAREO, "open", str(case), "--no-browser"], stderr=subprocess.PIPE, text=True)
    assert server.stderr
    found = re.search(r"http://\S+/", server.stderr.readline())
    assert found
    yield found[0].rstrip("/")
    server.send_signal(signal.SIGINT)
    assert server.wait(15) == 0
    server.stderr.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the workbench is not tried in a browser")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium found (apt-get install chromium): the workbench is not tried in a browser")
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A new window; at its end nothing may have been asked of another host, and nothing been complained of."""
    asked: list[str] = []
    said: list[str] = []
    made = browser.new_page(viewport={"width": 1280, "height": 900})
    made.on("request", lambda request: asked.append(request.url))
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    made.goto(address + "/")
    yield made
    made.close()
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []


def test_from_the_first_page_to_the_conflict_and_its_words(page: Any) -> None:
    page.locator(".glance a", has_text="Número de muertos").click()
    assert page.locator(".side h4").all_text_contents() == ["5", "7"]
    link = page.locator(".side .by a").first
    words = page.locator(".side .w mark").first.text_content()
    link.click()
    page.wait_for_selector("#words")
    assert "".join(page.locator(".text mark, h1 mark").all_text_contents()).split() == words.split()


def test_filters_keep_the_address_in_step(page: Any) -> None:
    page.locator("#f-disputed").check()
    page.wait_for_url("**disputed=1**")
    page.wait_for_selector(".chips")
    assert 0 < page.locator(".e").count() < 20
    page.reload()
    assert page.locator("#f-disputed").is_checked()


def test_j_k_and_enter(page: Any) -> None:
    for key in "jjk":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.closest('.e') === document.querySelector('.e')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entry/**")


def test_a_word_explains_itself_by_keyboard(page: Any, address: str) -> None:
    page.goto(address + "/reports")
    page.locator(".rs .go").first.click()
    page.locator(".text a.an").first.focus()
    assert page.locator("#explained code").count() > 0


@pytest.mark.parametrize("path", ["/", "/?from=2021-03-09&to=2021-03-12", "/disputes", "/people", "/reports", "/search?q=muertos"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_wide(page: Any, address: str, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=scheme)
    page.goto(address + path)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    page.set_viewport_size({"width": 380, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_axe_finds_nothing_behind_the_lists(page: Any, address: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for path, link in (("/", ".e .go"), ("/reports", ".rs .go"), ("/people", ".who .go")):
        page.goto(address + path)
        page.locator(link).first.click()
        page.wait_for_load_state()
        found = Axe().run(page).response["violations"]
        assert [(path, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


def test_the_picture_of_the_docs(page: Any) -> None:
    if os.environ.get(UPDATE) == "1":
        PICTURE.write_bytes(page.screenshot())
    assert PICTURE.is_file(), f"make it with {UPDATE}=1"
