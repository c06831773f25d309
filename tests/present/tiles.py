"""Tiny PMTiles archives for tests: one tile for all the world, made by hand after the published format (version 3)."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

VECTOR, PNG = 1, 2
UNPACKED = 1
"""The code of «not compressed»."""


def archive(tile: bytes, kind: int, about: Mapping[str, Any]) -> bytes:
    """A file with this tile at zoom 0 and four times at zoom 1."""
    metadata = json.dumps(about).encode()
    # One entry: from tile 0, for five tiles, so many bytes, at the beginning of the data (told as 1).
    root = b"".join(map(varint, (1, 0, 5, len(tile), 1)))
    leaves = 127 + len(root) + len(metadata)
    places = (127, len(root), 127 + len(root), len(metadata), leaves, 0, leaves, len(tile))
    codes = bytes((1, UNPACKED, UNPACKED, kind, 0, 1))
    world = struct.pack("<4i", *(round(one * 1e7) for one in (-180, -85, 180, 85)))
    header = b"PMTiles\x03" + struct.pack("<11Q", *places, 5, 1, 1) + codes + world + struct.pack("<Bii", 0, 0, 0)
    assert len(header) == 127
    return header + root + metadata + tile


def varint(number: int) -> bytes:
    """A number as protocol buffers write it: seven bits a byte, the lowest first."""
    made = bytearray()
    while number > 0x7F:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*made, number))


def vector_tile(layer: str) -> bytes:
    """A tile whose one layer covers it whole."""
    size = 4096
    # Move to the corner, three lines, close: commands with their counts, then steps in zigzag.
    steps = [9, 0, 0, 26, *((one << 1) ^ (one >> 31) for one in (size, 0, 0, size, -size, 0)), 15]
    feature = _field(3, 3) + _field(4, b"".join(map(varint, steps)))
    return _field(3, _field(1, layer.encode()) + _field(2, feature) + _field(5, size) + _field(15, 2))


def _field(number: int, value: bytes | int) -> bytes:
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def png(red: int, green: int, blue: int) -> bytes:
    """A picture of one colour, one by one."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    shape = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", shape) + chunk(b"IDAT", zlib.compress(bytes((0, red, green, blue)))) + chunk(b"IEND", b"")
