"""Which files become captures, in which order, and what is said of those that cannot."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from careo import ingest
from careo.errors import UnreadableInput, UsageError
from careo.model import Capture, Failure

REPORT = "Tres vecinos murieron el lunes en la aldea de Las Pencas."


def taken(*paths: Path) -> tuple[list[Capture], list[Failure]]:
    failures: list[Failure] = []
    return list(ingest.captures(paths, on_failure=failures.append)), failures


def uris(captures: list[Capture]) -> list[str]:
    return [ingest.place(capture) for capture in captures]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reportes"
    for name in ("b.txt", "a/z.txt", "a/b/nota.txt", "a.txt", ".oculto.txt", ".git/x.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{REPORT} {name}", encoding="utf-8")
    return folder


def test_a_folder_is_walked_in_order_with_relative_paths_and_without_hidden_files(folder: Path) -> None:
    captures, failures = taken(folder)
    assert uris(captures) == ["a/b/nota.txt", "a/z.txt", "a.txt", "b.txt"]
    assert not failures


def test_a_single_file_is_known_by_its_name(folder: Path) -> None:
    captures, _ = taken(folder / "a" / "z.txt")
    assert uris(captures) == ["z.txt"]
    assert captures[0].sha256 == hashlib.sha256(captures[0].content).hexdigest()


def test_a_path_that_does_not_exist_stops_before_anything_starts(folder: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        ingest.captures([folder, folder / "falta"], on_failure=lambda failure: None)


def test_links_are_not_followed_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "fuera.txt").write_text(REPORT)
    (folder / "enlace.txt").symlink_to(tmp_path / "fuera.txt")
    (folder / "roto.txt").symlink_to(folder / "nada.txt")
    (folder / "dentro.txt").symlink_to(folder / "b.txt")
    (folder / "vuelta").symlink_to(folder)
    captures, failures = taken(folder)
    assert uris(captures) == ["a/b/nota.txt", "a/z.txt", "a.txt", "b.txt", "dentro.txt"]
    assert [failure.where for failure in failures] == ["enlace.txt", "roto.txt"]


def test_an_unreadable_folder_and_file_are_failures_and_the_rest_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as root, who may read all: the system's refusal is played.
    listdir, opened = os.listdir, Path.open

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "listdir", lambda path: refuse(path) if Path(path).name == "a" else listdir(path))
    monkeypatch.setattr(Path, "open", lambda self, *rest, **more: refuse(self) if self.name == "b.txt" else opened(self, *rest, **more))
    captures, failures = taken(folder)
    assert uris(captures) == ["a.txt"]
    assert [(failure.where, failure.stage) for failure in failures] == [("a", "ingest"), ("b.txt", "ingest")]
    assert "the folder cannot be opened (permission denied)" in failures[0].error
    assert "to mend it: give yourself the right to read" in failures[1].error


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("vacio.txt", b"", "an empty file"),
        ("blanco.html", b" \n\t ", "an empty file"),
        ("informe.pdf", b"%PDF-1.4 algo", "a binary file: a PDF"),
        ("informe.txt", b"%PDF-1.4 algo", "a binary file: a PDF"),
        ("foto.jpg", b"\xff\xd8\xff\xe0\x00\x10", "a binary file: a picture"),
        ("datos.bin", bytes(range(256)) * 4, "a binary file"),
        ("sin_nombre", bytes(range(256)) * 4, "a binary file"),
        ("estilo.css", b"p { color: red }", "a file of unknown kind (.css)"),
    ],
)
def test_bad_files_say_what_was_found_and_how_to_mend_it(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz.txt").write_text(REPORT)
    captures, [failure] = taken(tmp_path)
    assert uris(captures) == ["zz.txt"]
    assert failure.where == name
    assert failure.error.startswith(reason)
    assert "expected: " in failure.error
    assert "to mend it: " in failure.error


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tubo.txt")
    captures, [failure] = taken(tmp_path)
    assert not captures
    assert failure.error.startswith("neither a file nor a folder")


def test_a_folder_deeper_than_calls_may_nest(tmp_path: Path) -> None:
    depth = 1200
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("n.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    _, [failure] = taken(tmp_path)
    # pytest's own clearing away, and Python's, call themselves once a level.
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)
    assert failure.where == "d/" * depth + "n.txt"
    assert failure.error.startswith("an empty file")


def test_a_name_that_is_no_utf8_can_be_stored(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt")).write_text(REPORT)
    captures, _ = taken(tmp_path)
    assert uris(captures) == ["a\\xff.txt"]


def test_json_lines_are_cut_and_hashed_without_their_ends(tmp_path: Path) -> None:
    line = b'{"text": "Hubo dos heridos en Cerro Pardo."}'
    (tmp_path / "m.jsonl").write_bytes(b"\xef\xbb\xbf" + line + b"\r\n\n" + line + b"\n" + line)
    captures, failures = taken(tmp_path)
    assert uris(captures) == ["m.jsonl, line 1", "m.jsonl, line 3", "m.jsonl, line 4"]
    assert {capture.sha256 for capture in captures} == {hashlib.sha256(line).hexdigest()}
    assert {capture.media_type for capture in captures} == {"application/jsonl"}
    assert not failures


def test_a_json_file_is_one_object_or_lines(tmp_path: Path) -> None:
    (tmp_path / "uno.json").write_text('{\n "text": "Hubo dos heridos."\n}\n')
    (tmp_path / "varios.json").write_text('{"text": "Hubo dos heridos."}\n{"text": "Hubo tres."}\n')
    captures, _ = taken(tmp_path)
    assert uris(captures) == ["uno.json", "varios.json, line 1", "varios.json, line 2"]
    assert [ingest.document(capture).text for capture in captures] == ["Hubo dos heridos.", "Hubo dos heridos.", "Hubo tres."]


def test_a_line_longer_than_any_report_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careo.ingest.files._LARGEST", 64)
    (tmp_path / "m.jsonl").write_text('{"text": "uno"}\n{"text": "' + "x" * 200 + '"}\n{"text": "tres"}\n')
    captures, [failure] = taken(tmp_path)
    assert uris(captures) == ["m.jsonl, line 1", "m.jsonl, line 3"]
    assert failure.where == "m.jsonl, line 2"
    assert failure.error.startswith("larger than")


def test_a_page_is_known_by_its_beginning_whatever_its_name(tmp_path: Path) -> None:
    for name in ("pagina", "pagina.php", "pagina.txt"):
        (tmp_path / name).write_bytes(b"<!-- guardada --> <!DOCTYPE html><p>x")
    captures, _ = taken(tmp_path)
    assert [capture.media_type for capture in captures] == ["text/html"] * 3


def test_standard_input_is_json_lines_or_one_text() -> None:
    lines = ingest.from_bytes(b'\n  {"text": "Uno."}\n{"text": "Dos."}', "-")
    assert [(ingest.place(one), ingest.document(one).text) for one in lines] == [("-, line 2", "Uno."), ("-, line 3", "Dos.")]
    [text] = ingest.from_bytes(b"  " + REPORT.encode(), "-")
    assert ingest.document(text).text == "  " + REPORT
    assert ingest.document(text).label == "-"


@pytest.mark.parametrize("data", [b"", b" \n" * 9000, bytes(range(256))])
def test_standard_input_without_a_report_is_an_error(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        ingest.from_bytes(data, "-")
