"""Plain text, which may begin with a `date …` header that is metadata and no text."""

from __future__ import annotations

import re

from careo.errors import UnreadableInput
from careo.ingest.dates import EXPECTED, is_dct
from careo.ingest.encoding import decode
from careo.ingest.extract import Extract, place
from careo.model import Capture, Dct, Segment

_HEADER = re.compile(r"\s*date (\d{4}(?:-\d\d(?:-\d\d)?)?)(?:\s+|\Z)")


def extract(capture: Capture) -> Extract:
    """The text of a plain-text file, with the creation time of its header. Raises UnreadableInput."""
    whole = decode(capture.content, where=place(capture))
    header = _HEADER.match(whole)
    begin = header.end() if header else 0
    text = whole[begin:]
    dct = _dated(header[1], place(capture)) if header else None
    return Extract(text=text, extractor="text 1", offsets=(Segment(0, len(text), begin),), dct=dct)


def _dated(value: str, where: str) -> Dct:
    if is_dct(value):
        return Dct(value, "input", "header of the file")
    found = f"the header says 'date {value}'"
    raise UnreadableInput(found, where=where, expected=EXPECTED, mend="correct the date at the start of the file, or take it out")
