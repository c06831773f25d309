"""One report as a JSON object: a line of JSON Lines, or a file of its own."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from careo.errors import UnreadableInput
from careo.ingest.dates import EXPECTED, PATTERN, is_dct
from careo.ingest.extract import Extract, place
from careo.ingest.offsets import align_escaped
from careo.model import Capture, Dct, Segment

_MEND = 'write one object a line, such as {"text": "…", "dct": "2018-01-15"}'
_LONE = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}")


class Line(msgspec.Struct, frozen=True):
    """A report as FORMATS.md has it; keys that are not named here are ignored."""

    text: str
    id: str | int | None = None
    dct: Annotated[str, msgspec.Meta(pattern=PATTERN)] | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None


class _Raw(msgspec.Struct, frozen=True):
    text: msgspec.Raw


def is_object(data: bytes) -> bool:
    """Whether `data` is one whole JSON object."""
    try:
        msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def extract(capture: Capture) -> Extract:
    """The report of one JSON object, its text exactly as given. Raises UnreadableInput, with the path of the key that is wrong."""
    line = _decoded(capture)
    if line.dct is not None and not is_dct(line.dct):
        raise _unreadable(capture, f"no such date: {line.dct!r} - at `$.dct`", EXPECTED, "correct the date, or leave the key out")
    return Extract(
        text=line.text,
        extractor="jsonl 1",
        offsets=_offsets(capture.content, line.text),
        label=None if line.id in (None, "") else str(line.id),
        title=line.title or None,
        author=line.author or None,
        publisher=line.publisher or None,
        url=line.url or None,
        dct=Dct(line.dct, "input", "key dct") if line.dct else None,
        language=line.language or None,
        language_is_given=True,
    )


def _decoded(capture: Capture) -> Line:
    try:
        return msgspec.json.decode(capture.content, type=Line)
    except RecursionError:
        raise _unreadable(capture, "JSON nested too deep", "an object with plain values", _MEND) from None
    except UnicodeDecodeError as error:
        broken = f"broken UTF-8: {error.reason}"
        raise _unreadable(capture, broken, "JSON in UTF-8", "save the file as UTF-8") from None
    except msgspec.DecodeError as error:
        raise _malformed(capture, error) from None


def _malformed(capture: Capture, error: msgspec.DecodeError) -> UnreadableInput:
    """The error of msgspec with its path, or the place of half a character, which msgspec does not name."""
    lone = None if isinstance(error, msgspec.ValidationError) else _LONE.search(capture.content)
    if lone:
        half = f"half a character, {lone.group().decode()}, at byte {lone.start()}"
        return _unreadable(capture, half, "surrogates in pairs", "write the character itself, or take the half out")
    expected = EXPECTED if "$.dct" in str(error) else "a report as JSON"
    return _unreadable(capture, str(error), expected, _MEND)


def _unreadable(capture: Capture, found: str, expected: str, mend: str) -> UnreadableInput:
    return UnreadableInput(found, where=place(capture), expected=expected, mend=mend)


def _offsets(content: bytes, text: str) -> tuple[Segment, ...]:
    """Where the text stands in the line: offsets of the decoded line, broken at escapes."""
    raw = bytes(msgspec.json.decode(content, type=_Raw).text)
    before = content[: content.rfind(raw)].decode()
    return align_escaped(text, raw.decode(), len(before))
