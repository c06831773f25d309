"""From the name of a place to the entries that happened there: in the place itself, or in what lies in it."""

from __future__ import annotations

from collections.abc import Iterable

from careo.errors import UsageError
from careo.model import Area, Chronology, Entry, Located, Place, Spot
from careo.text import View, fold


class There:
    """The places that a name fits. Raises UsageError where nothing in the case is called so."""

    def __init__(self, wanted: str, chronology: Chronology) -> None:
        self._key = _key(wanted)
        areas = [area for one in chronology.places for area in _areas(one.spot)]
        self._ids = {area.id for area in areas if _key(area.name) == self._key}
        self._ids |= {one.id for one in chronology.places if self._key in map(_key, (one.name, *one.names))}
        told = {_key(entry.where.name) for entry in (*chronology.entries, *chronology.undated) if entry.where}
        if not self._ids and self._key not in told:
            raise UsageError(f"no place is called «{wanted}»", expected="a place that a report names", mend="careo places lists them")

    def holds(self, place: Place | None) -> bool:
        """Whether `place` is there: by its name, or by what it is taken for."""
        return place is not None and (_key(place.name) == self._key or place.id in self._ids or any(one.id in self._ids for one in place.within))

    def kept(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """The entries that happened there."""
        return tuple(one for one in entries if self.holds(one.where))

    def has(self, one: Located) -> bool:
        """Whether a place of the case is there."""
        return one.id in self._ids or any(area.id in self._ids for area in _areas(one.spot))


def _areas(spot: Spot | None) -> tuple[Area, ...]:
    return spot.within if spot else ()


def _key(name: str) -> str:
    return " ".join(fold(View(name).text).split())


def around(areas: Iterable[Area]) -> str:
    """What a place lies in, in one line: «Caracas, Distrito Capital, Venezuela». A city is not told twice that its region is called as it is."""
    return ", ".join(dict.fromkeys(area.name for area in areas))
