"""Entries that may be one happening: what the machine asks and no person has decided."""

from __future__ import annotations

from collections.abc import Iterator

from careo.model import Anchor, Chronology, Entry, Field, Link, Span


def doubted(chronology: Chronology) -> Iterator[tuple[Entry, Entry, Link]]:
    """Each two entries that may be one, with the link that says why, in order of place."""
    told: dict[tuple[str, Field, Span], Entry] = {
        (one.report, one.field, one.trigger): entry for entry in (*chronology.entries, *chronology.undated) for one in entry.evidence
    }

    def at(anchor: Anchor) -> Entry | None:
        return told.get((anchor.document, anchor.field, Span(anchor.start, anchor.end)))

    for link in chronology.doubts:
        left, right = at(link.left), at(link.right)
        if left is not None and right is not None and left != right:
            yield left, right, link
