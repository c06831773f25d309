"""Bytes to characters: byte-order mark, then what the page declares, then strict UTF-8, then a detector."""

from __future__ import annotations

import codecs
import re

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from careo.errors import UnreadableInput

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Latin code pages differ in so few letters that a detector cannot tell them apart in a short text; cp1252 is what was meant.
_LATIN = re.compile(r"cp125[02478]|iso-?8859-(?:[1-4]|9|1[03-6])|ascii", re.IGNORECASE)
_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}


def bom(data: bytes) -> tuple[str, int] | None:
    """The code that a byte-order mark at the start of `data` names, and the length of the mark."""
    return next(((name, len(mark)) for mark, name in _BOMS if data.startswith(mark)), None)


def decode(data: bytes, *, where: str = "", markup: bool = False) -> str:
    """The characters of `data`. Nothing is repaired but bytes that have no meaning in a page (`markup`): they become U+FFFD.

    Raises UnreadableInput, naming line and byte, where plain text is broken.
    """
    if mark := bom(data):
        return _as(data[mark[1] :], mark[0], where=where, markup=markup)
    declared = _declared(data) if markup else None
    whole = _strict(data, "utf-8")
    # A page that declares a Latin code and is UTF-8 through and through was declared wrongly: the server's header, now lost, said so.
    if declared and not (whole is not None and (_LATIN.match(declared) or declared == "utf-8")):
        whole = _strict(data, declared)
    if whole is not None:
        return whole
    return _as(data, "utf-8" if _is_broken_utf8(data) else _detected(data), where=where, markup=markup)


def _declared(data: bytes) -> str | None:
    """The code that the head of a page declares, as browsers read its name; UTF-16 cannot be declared in ASCII and means UTF-8."""
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    if not found:
        return None
    name = map_encoding_to_html5((found[1] or found[2]).decode("ascii", "replace"), fallback_utf8=False)
    return "utf-8" if name and name.startswith("utf-16") else name


def _strict(data: bytes, name: str) -> str | None:
    """`data` in the code `name`, or None. cp1252 has a character for every byte, as in browsers (WHATWG)."""
    if name == "cp1252":
        return data.decode("latin-1").translate(_CP1252)
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _is_broken_utf8(data: bytes) -> bool:
    """Whether most bytes beyond ASCII form UTF-8 sequences: then it was UTF-8, and something damaged it."""
    beyond = sum(len(run) for run in re.findall(rb"[\x80-\xff]+", data))
    formed = sum(len(sequence) for sequence in _SEQUENCE.findall(data))
    return formed > 0 and formed * 2 >= beyond


def _detected(data: bytes) -> str:
    name = detect_encoding(data)
    return "cp1252" if name is None or name == "utf-8" or _LATIN.match(name) else name


def _as(data: bytes, name: str, *, where: str, markup: bool) -> str:
    """`data` in the code `name`; broken bytes are U+FFFD in a page and an error in plain text."""
    text = _strict(data, name)
    if text is not None:
        return text
    if markup:
        return data.decode(name, "replace")
    raise UnreadableInput(
        f"broken {name.upper()}{_position(data, name)}",
        where=where,
        expected="UTF-8 throughout, or a Latin code (cp1252) throughout",
        mend="open it in an editor, correct that place and save it as UTF-8",
    )


def _position(data: bytes, name: str) -> str:
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return f" in line {line}, byte 0x{data[error.start]:02x} at offset {error.start}"
    return ""
