"""Records as bytes: JSON that any tool can read, which gives back every string, odd ones too; and the weight of a record."""

from __future__ import annotations

import json
import zlib
from hashlib import blake2b
from typing import TypeVar

import msgspec

from careo.errors import CaseError

R = TypeVar("R")

MODULUS = 2**53
"""Weights are added modulo this: the greatest range of whole numbers that JavaScript, a reader of our JSON, keeps exact."""

GREATEST = 2**30
"""Bytes of the greatest piece that a case holds. A case that comes from elsewhere must not fill the memory."""


def exact(text: str) -> bytes:
    """`text` as UTF-8. Half a surrogate pair (names of files that are no UTF-8 have them) is kept, where strict UTF-8 refuses it."""
    return text.encode("utf-8", "surrogatepass")


def inexact(stored: bytes) -> str:
    """The string that `exact` made these bytes of."""
    return stored.decode("utf-8", "surrogatepass")


def pack(record: object) -> bytes:
    """A record, or rows of them, as JSON. The same record gives the same bytes."""
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:
        return exact(json.dumps(msgspec.to_builtins(record), ensure_ascii=False, separators=(",", ":")))


def unpack(stored: bytes, kind: type[R]) -> R:
    """The record of type `kind` that `pack` made `stored` of. Raises CaseError where the bytes are something else."""
    try:
        return msgspec.json.decode(stored, type=kind)
    except UnicodeDecodeError:
        return _unpack_odd(stored, kind)
    except msgspec.MsgspecError as error:
        raise _unfit(kind, error) from error


def _unpack_odd(stored: bytes, kind: type[R]) -> R:
    """The slower way, for records with strings that are no strict UTF-8."""
    try:
        return msgspec.convert(json.loads(inexact(stored)), type=kind)
    except ValueError as error:
        raise _unfit(kind, error) from error


def _unfit(kind: type[object], error: Exception) -> CaseError:
    return CaseError(
        f"a stored record is no {getattr(kind, '__name__', kind)}: {error}",
        expected="records as this version of Careo writes them",
        mend="the file was altered by another program, or is damaged: take a copy of an earlier state",
    )


def squeeze(raw: bytes) -> bytes:
    """The bytes, packed with zlib: pages and readings become a fifth or less of their size."""
    return zlib.compress(raw, 1)


def expand(packed: bytes) -> bytes:
    """The bytes that `squeeze` packed. Raises CaseError where they are damaged, or more than a case ever holds in one piece."""
    whole = zlib.decompressobj()
    try:
        raw = whole.decompress(packed, GREATEST)
    except zlib.error:
        raw = b""
    if not whole.eof:
        mend = "the file was altered by another program, or is damaged: take a copy of an earlier state"
        raise CaseError("packed bytes that cannot be unpacked", expected=f"whole ones, up to {GREATEST} bytes", mend=mend)
    return raw


def weight(*parts: str | bytes) -> int:
    """A number below `MODULUS` that stands for the content of `parts`: the same content, the same number, on every machine."""
    digest = blake2b(digest_size=8)
    for part in parts:
        raw = exact(part) if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return int.from_bytes(digest.digest(), "big") % MODULUS
