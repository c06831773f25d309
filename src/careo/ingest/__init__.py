"""Bytes → documents: captures of files, folders and standard input, and the document that each of them is."""

from __future__ import annotations

from collections.abc import Callable

from careo.errors import UnreadableInput, UsageError
from careo.ingest import identity, jsonl, page, sniff, text
from careo.ingest.dates import EXPECTED, is_dct
from careo.ingest.extract import Extract, failure, place
from careo.ingest.files import captures, from_bytes
from careo.model import Capture, Dct, Document

__all__ = ["captures", "document", "failure", "from_bytes", "place"]

_KINDS: dict[str, Callable[[Capture], Extract]] = {sniff.TEXT: text.extract, sniff.PAGE: page.extract, sniff.JSON_LINES: jsonl.extract}


def document(capture: Capture, *, dct: str | None = None) -> Document:
    """The report that a capture holds. `dct`, the user's, dates it only where the capture gives no date.

    Pure. Raises UnreadableInput where there is no report in the capture, UsageError where `dct` is no date.
    """
    if dct is not None and not is_dct(dct):
        raise UsageError(f"no date: {dct!r}", where="--dct", expected=EXPECTED, mend="correct the date")
    found = _KINDS[capture.media_type](capture)
    if not found.text.strip():
        raise UnreadableInput("a report without text", where=place(capture), expected="some sentences", mend="fetch it again, or take it out")
    return _document(capture, found, found.dct or (Dct(dct, "user", "--dct") if dct else None))


def _document(capture: Capture, found: Extract, dct: Dct | None) -> Document:
    identifier = identity.document_id(capture.sha256, found.extractor)
    language = identity.language(found.language, found.text, final=found.language_is_given)
    return Document(
        id=identifier,
        text=found.text,
        capture=capture.sha256,
        label=found.label or place(capture),
        article=identity.article(identifier, url=found.url, publisher=found.publisher, title=found.title),
        offsets=found.offsets,
        title=found.title,
        author=found.author,
        publisher=found.publisher,
        url=found.url,
        dct=dct,
        language=language,
        region=identity.region(language, url=found.url, publisher=found.publisher),
    )
