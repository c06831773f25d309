"""Adding reports from a page: what becomes of the files, and what is said of those that cannot be read."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from careo.model import Chronology
from careo.present.web.views.adding import LONGEST, plain_name
from tests.present.inventing import REPORTS
from tests.present.serving import HOST, ORIGIN, TOKEN, Browser, served, stored
from tests.present.test_web import words_of


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    with served(stored(tmp_path / "x.careo", Chronology(0, "es 1"), REPORTS)) as found:
        yield found


def upload(browser: Browser, files: list[tuple[str, bytes]], csrf: str | None = None, **data: str) -> int:
    token = csrf or re.findall(r'name="csrf" value="(\w+)"', browser.get("/add"))[0]
    sent = {"host": HOST, "origin": ORIGIN, "sec-fetch-site": "same-origin"}
    answer = browser.client.post(
        f"/{TOKEN}/add", data={"csrf": token, **data}, files=[("files", one) for one in files], headers=sent, follow_redirects=False
    )
    return int(answer.status_code)


def test_files_are_put_aside_each_under_its_name_and_read(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[list[tuple[str, bytes]], str | None]] = []

    def add(errands: object, folder: Path, files: list[Path], dct: str | None) -> None:
        given.append(([(one.name, one.read_bytes()) for one in files], dct))
        assert all(one.is_relative_to(folder) for one in files)

    monkeypatch.setattr("careo.present.web.errands.Errands.add", add)
    assert upload(browser, [("nota.txt", b"uno"), ("carpeta/nota.txt", b"dos")], dct="2018-01") == 303
    assert given == [([("nota.txt", b"uno"), ("nota.txt", b"dos")], "2018-01")]


def test_what_cannot_be_read_is_listed_with_its_reason_and_nothing_is_left_behind(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "aside"))
    (tmp_path / "aside").mkdir()
    assert upload(browser, [("foto <b>.jpg", b"\x00\xff\xd8" * 50), ("nada.txt", b"")]) == 303
    for _ in range(60):
        page = browser.get("/add")
        if "hx-get" not in page:
            break
        time.sleep(0.3)
    said = words_of(page)
    assert "foto <b>.jpg" in said
    assert "nada.txt" in said
    assert list((tmp_path / "aside").iterdir()) == []


def test_without_the_token_or_with_a_date_that_is_none_nothing_is_taken(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careo.present.web.errands.Errands.add", lambda *_: pytest.fail("taken"))
    assert upload(browser, [("nota.txt", b"uno")], csrf="0" * 64) == 403
    assert upload(browser, [("nota.txt", b"uno")], dct="ayer") == 400
    assert upload(browser, []) == 303


def test_what_is_too_large_is_refused_before_it_is_read(browser: Browser) -> None:
    answer = browser.client.post(f"/{TOKEN}/add", headers={"host": HOST, "origin": ORIGIN, "content-length": str(2**40)}, content=b"x")
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Casos\\nota.html", "nota.html"), (".hidden", "hidden"), ("..", "report"), ("", "report"),
        ("a\x00b\n.txt", "ab.txt"), ("ñ" * 200 + ".txt", "ñ" * 73 + ".txt"),
    ],
)  # fmt: skip
def test_names_of_files_are_harmless(name: str, kept: str) -> None:
    assert plain_name(name) == kept
    assert len(plain_name(name).encode()) <= LONGEST
