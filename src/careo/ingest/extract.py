"""What a kind of input gives of one capture, before it has an identity; and how a place in the input is named."""

from __future__ import annotations

from careo.errors import UnreadableInput
from careo.model import Capture, Dct, Failure, Record, Segment


class Extract(Record, frozen=True):
    """The text of one capture with what its form says about it. `extractor` names the method and its version."""

    text: str
    extractor: str
    offsets: tuple[Segment, ...] = ()
    label: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    dct: Dct | None = None
    language: str | None = None
    language_is_given: bool = False


def place(capture: Capture) -> str:
    """Where a capture was first met, in words: its path, with its part."""
    first = capture.sightings[0]
    return f"{first.uri}, {first.part}" if first.part else first.uri


def failure(error: UnreadableInput, *, capture: str | None = None) -> Failure:
    """The row that an unreadable input becomes. `error` leaves out the place, which stands in `where`."""
    plain = UnreadableInput(error.found, expected=error.expected, mend=error.mend)
    return Failure(where=error.where, stage="ingest", error=str(plain), capture=capture)
