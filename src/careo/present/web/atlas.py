"""The map that a user brings: one PMTiles file, looked at when the workbench is opened."""

from __future__ import annotations

from pathlib import Path

from careo.errors import UsageError

TILES = "/map.pmtiles"
"""Where it is served, by the byte: a browser asks for the parts that it shows."""
BEGINS = b"PMTiles\x03"
"""The first bytes of such a file, with the version that is read."""


def atlas(name: str) -> Path:
    """The file of that name. Raises UsageError where it cannot be read or is no PMTiles file."""
    path = Path(name).resolve()
    try:
        with path.open("rb") as file:
            begins = file.read(len(BEGINS))
    except OSError as error:
        raise _no_map(f"{name}: {error.strerror}") from error
    if begins != BEGINS:
        raise _no_map(f"{name} is no such file")
    return path


def _no_map(found: str) -> UsageError:
    return UsageError(found, where="--map or CAREO_MAP", expected="a PMTiles file, version 3", mend="name another file, or leave it out")
