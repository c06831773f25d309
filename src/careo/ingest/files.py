"""Files and folders → captures: what is walked, in which order, and how a file is cut into parts."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import BinaryIO

from careo.errors import UnreadableInput, UsageError
from careo.ingest import jsonl, sniff
from careo.ingest.extract import failure
from careo.model import Capture, Failure, Sighting

_LARGEST = 64 * 1024 * 1024

OnFailure = Callable[[Failure], None]


def captures(paths: Sequence[Path], *, on_failure: OnFailure) -> Iterator[Capture]:
    """Every report in files and folders, folders in order of their relative paths; what cannot be read goes to `on_failure`.

    A sighting's address is relative to the folder given, or the name of the file given. Hidden files are left out; links are not
    followed out of a folder. Raises UsageError at once where a path does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError("no such file or folder", where=str(path), expected="files and folders that exist", mend="correct the path")
    return _captures(paths, on_failure)


def from_bytes(data: bytes, label: str) -> tuple[Capture, ...]:
    """The reports of standard input: JSON Lines if the first character that is no blank is `{`, else one text.

    `label` takes the place of a path. Raises UnreadableInput where it is empty or binary.
    """
    sniff.refuse(data.lstrip()[: sniff.SAMPLE], where=label)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return tuple(_json(BytesIO(data), label, _raise))
    return (_capture(data, sniff.TEXT, label),)


def _raise(error: UnreadableInput) -> None:
    raise error


def _captures(paths: Sequence[Path], on_failure: OnFailure) -> Iterator[Capture]:
    def fail(error: UnreadableInput) -> None:
        on_failure(failure(error))

    for path in paths:
        if os.path.isdir(path):  # unlike Path.is_dir, false where the way there is barred: opening it then says why
            for file, uri in _walk(path, fail):
                yield from _file(file, uri, fail)
        else:
            yield from _file(path, _shown(path.name), fail)


def _walk(folder: Path, fail: Callable[[UnreadableInput], None]) -> Iterator[tuple[Path, str]]:
    """The files of a folder with their relative paths, in order of these. A stack, since folders can be nested deeper than calls."""
    root = folder.resolve()
    waiting = [(folder, "")]
    while waiting:
        path, uri = waiting.pop()
        mode = _mode(path)
        if uri and path.is_symlink() and not _leads_inside(path, root):
            fail(_unreadable(uri, "a link that leads out of the folder, or nowhere", "files within it", "copy the file itself into the folder"))
        elif stat.S_ISDIR(mode) and not (uri and path.is_symlink()):
            waiting += reversed(_entries(path, uri, fail))
        elif stat.S_ISREG(mode):
            yield path, uri
        elif not stat.S_ISDIR(mode):
            fail(_unreadable(uri, "neither a file nor a folder", "files and folders", "take it out of the folder"))


def _entries(folder: Path, uri: str, fail: Callable[[UnreadableInput], None]) -> list[tuple[Path, str]]:
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        fail(_refused(uri or _shown(folder.name) or ".", "folder", error))
        return []
    return [(folder / name, f"{uri}/{_shown(name)}" if uri else _shown(name)) for name in names]


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return stat.S_IFREG


def _leads_inside(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _shown(name: str) -> str:
    """A file's name as text that can be stored: bytes that are no UTF-8 as `\\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _file(path: Path, uri: str, fail: Callable[[UnreadableInput], None]) -> Iterator[Capture]:
    """The captures of one file."""
    try:
        with path.open("rb") as stream:
            kind = sniff.media_type(path.suffix, stream.peek(sniff.SAMPLE)[: sniff.SAMPLE], where=uri)
            if kind != sniff.JSON_LINES:
                yield _capture(_limited(stream, uri), kind, uri)
            elif path.suffix.lower() == ".json":
                yield from _json(BytesIO(_limited(stream, uri)), uri, fail)
            else:
                yield from _lines(stream, uri, fail)
    except UnreadableInput as error:
        fail(error)
    except OSError as error:
        fail(_refused(uri, "file", error))


def _limited(stream: BinaryIO, uri: str) -> bytes:
    data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise _too_large(uri)
    return data


def _json(stream: BytesIO, uri: str, fail: Callable[[UnreadableInput], None]) -> Iterator[Capture]:
    """A file that is one object is one report, however many lines it has; else it is cut into lines."""
    whole = stream.getvalue()
    if jsonl.is_object(whole.removeprefix(b"\xef\xbb\xbf")) and b"\n" in whole.strip():
        yield _capture(whole, sniff.JSON_LINES, uri)
    else:
        yield from _lines(stream, uri, fail)


def _lines(stream: BinaryIO, uri: str, fail: Callable[[UnreadableInput], None]) -> Iterator[Capture]:
    """One capture a line that is not blank; its bytes are without the line's end."""
    for number in count(1):
        line = stream.readline(_LARGEST + 1)
        if not line:
            return
        part = f"line {number}"
        if len(line) > _LARGEST:
            fail(_too_large(f"{uri}, {part}"))
            _skip_line(stream, line)
        elif content := _bare(line, first=number == 1):
            yield _capture(content, sniff.JSON_LINES, uri, part)


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_LARGEST)


def _bare(line: bytes, *, first: bool) -> bytes:
    """A line without its end, and without the byte-order mark of the file; empty where it is blank."""
    content = line.removesuffix(b"\n").removesuffix(b"\r")
    content = content.removeprefix(b"\xef\xbb\xbf") if first else content
    return content if content.strip() else b""


def _capture(content: bytes, kind: str, uri: str, part: str | None = None) -> Capture:
    return Capture(sha256(content).hexdigest(), kind, content, (Sighting(uri, part),))


def _unreadable(where: str, found: str, expected: str, mend: str) -> UnreadableInput:
    return UnreadableInput(found, where=where, expected=expected, mend=mend)


def _refused(where: str, what: str, error: OSError) -> UnreadableInput:
    reason = (error.strerror or type(error).__name__).lower()
    mend = f"give yourself the right to read the {what}, or take it out"
    return _unreadable(where, f"the {what} cannot be opened ({reason})", f"a {what} that may be read", mend)


def _too_large(where: str) -> UnreadableInput:
    return _unreadable(where, f"larger than {_LARGEST // 1024 // 1024} MB", "one report", "cut it into reports")
