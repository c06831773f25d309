"""What kind of input some bytes are, by their name and by their first characters."""

from __future__ import annotations

import re

from careo.errors import UnreadableInput
from careo.ingest.encoding import bom

TEXT, PAGE, JSON_LINES = "text/plain", "text/html", "application/jsonl"

_BY_SUFFIX = {
    **dict.fromkeys(("", ".txt", ".text", ".md"), TEXT),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), PAGE),
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), JSON_LINES),
}
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
)
_PAGE_STARTS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,9}<(?:!doctype\s+html|html\b|head\b|body\b)",
    re.IGNORECASE | re.DOTALL,
)
SAMPLE = 8192
_CONTROL_SHARE = 0.05
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f")


def media_type(suffix: str, start: bytes, *, where: str) -> str:
    """The kind of a file by its name's end (with its dot) and its first bytes. Raises UnreadableInput: empty, binary, unknown."""
    refuse(start, where=where)
    known = _BY_SUFFIX.get(suffix.lower())
    if known != JSON_LINES and _PAGE_STARTS.match(start):
        return PAGE
    if known is None:
        raise UnreadableInput(
            f"a file of unknown kind ({suffix})",
            where=where,
            expected="text (.txt), a page (.html) or reports as JSON Lines (.jsonl)",
            mend="give it one of these names if it is one of these, or take it out of the folder",
        )
    return known


def refuse(start: bytes, *, where: str) -> None:
    """Raises UnreadableInput where the first bytes are none, or no text: a known mark, or many control characters."""
    if len(start) < SAMPLE and not start.strip():
        raise UnreadableInput("an empty file", where=where, expected="a report", mend="fetch it again, or take it out")
    sample = start[:SAMPLE]
    what = next((name for magic, name in _MAGIC if sample.startswith(magic)), None)
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if what or (not bom(sample) and controls > _CONTROL_SHARE * len(sample)):
        raise UnreadableInput(
            f"a binary file: {what}" if what else "a binary file",
            where=where,
            expected="text, a page or JSON Lines",
            mend="save its text as .txt, in UTF-8",
        )
