"""What a page of the chronology is asked for: the filters, as they stand in its address, and the entries that fit them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args
from urllib.parse import urlencode

import msgspec

from careo.model import Entry, Record, Status
from careo.present.web.board import Board, Facets, folded
from careo.present.web.extent import Extent, window

STATUSES = get_args(Status)
LONGEST = 200
"""Characters of a value in the address; more is cut."""


class Asked(Record, frozen=True):
    """The filters: empty where anything will do. `since` and `until` are years, months, days or minutes; their names in an address are short."""

    person: str = ""
    place: str = ""
    kind: str = ""
    status: str = ""
    publisher: str = ""
    origins: int = 0
    disputed: bool = False
    words: str = ""
    since: str = ""
    until: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """What an address asks for. What makes no sense asks for nothing."""
        text = {name: query.get(key, "").strip()[:LONGEST] for name, key in _TEXTS.items()}
        if text["status"] not in STATUSES:
            text["status"] = ""
        return cls(**text, origins=_number(query.get("origins"), 0), disputed=query.get("disputed") == "1", page=_number(query.get("page"), 1) or 1)

    @property
    def window(self) -> Extent | None:
        """The stretch of time that is asked for."""
        return window(self.since, self.until)

    @property
    def is_empty(self) -> bool:
        """Whether all entries are asked for."""
        return msgspec.structs.replace(self, page=1) == Asked()

    def but(self, **changes: object) -> Asked:
        """The same with some filters changed; from its first page on, unless a page is named."""
        return msgspec.structs.replace(self, **{"page": 1, **changes})

    def query(self) -> str:
        """The filters as the end of an address."""
        pairs = [(key, getattr(self, name)) for name, key in _TEXTS.items()]
        pairs += [("origins", self.origins or ""), ("disputed", "1" if self.disputed else ""), ("page", self.page if self.page > 1 else "")]
        return urlencode([(key, value) for key, value in pairs if value])

    def chosen(self, board: Board) -> tuple[Entry, ...]:
        """The entries that fit, in order of time."""
        if self.is_empty:
            return board.entries
        words, place, publisher, within = folded(self.words).split(), folded(self.place), folded(self.publisher), self.window
        return tuple(entry for entry in board.entries if self._fits(entry) and self._found(board.facets[entry.id], words, place, publisher, within))

    def _fits(self, entry: Entry) -> bool:
        return (not self.kind or entry.kind == self.kind) and (not self.status or entry.status == self.status) and entry.origins >= self.origins

    def _found(self, facets: Facets, words: list[str], place: str, publisher: str, within: Extent | None) -> bool:
        return (
            (not self.person or self.person in facets.people)
            and (not place or place in facets.places)
            and (not publisher or publisher in facets.publishers)
            and (not self.disputed or facets.disputed)
            and (within is None or (facets.extent is not None and facets.extent.touches(within)))
            and all(word in facets.words for word in words)
        )


_TEXTS = {
    "person": "person",
    "place": "place",
    "kind": "kind",
    "status": "status",
    "publisher": "publisher",
    "words": "q",
    "since": "from",
    "until": "to",
}


def _number(text: str | None, least: int) -> int:
    return max(int(text), least) if text and text.isascii() and text.isdigit() and len(text) < 7 else least
