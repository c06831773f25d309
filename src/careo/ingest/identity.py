"""What makes a document itself: its id, the article that it is a version of, its language and region."""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from resiliparse.parse.lang import detect_fast

from careo.text import fold

_TRACKING = re.compile(r"utm_.*|.*clid|mc_[ce]id|_ga|_gl|igshid|ocid|cmpid|ref_?src|ref|source|share|amp|output(?:type)?", re.IGNORECASE)
_SAMPLE = 20_000
_ENOUGH = 250
_SURE = 400


def document_id(sha256: str, extractor: str) -> str:
    """16 hexadecimal digits over the capture's hash and the extractor's version."""
    return _short(f"{sha256}\n{extractor}")


def article(document: str, *, url: str | None, publisher: str | None, title: str | None) -> str:
    """What versions of one article share: its canonical address, else its publisher and title, else nothing but `document` itself."""
    address = canonical(url)
    if address:
        return address
    if publisher and title:
        return _short(f"{_folded(publisher)}\n{_folded(title)}")
    return document


def canonical(url: str | None) -> str | None:
    """`host/path?query` without scheme, `www.`, fragment, and what only counts clicks; null where that leads to no article."""
    parts = _parts(url)
    host = _host(parts)
    if parts is None or not host:
        return None
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])))
    path = parts.path.rstrip("/")
    # Sites whose every page names the front page as canonical must not become one article.
    return f"{host}{path}{'?' + query if query else ''}" if path or query else None


def language(given: str | None, text: str, *, final: bool) -> str | None:
    """Two letters: as given; where that is only a template's word (`final` false) and a long text is surely of another language, that one."""
    code = _two_letters(given)
    if code and (final or len(text) < _ENOUGH):
        return code
    detected, distance = detect_fast(text[:_SAMPLE])
    if code and distance > _SURE:
        return code
    return str(detected) if distance and len(detected) == 2 else code


def region(language: str | None, *, url: str | None, publisher: str | None) -> str | None:
    """The variety of the language (`es-VE`) by the country domain of the address, else of a publisher that is named by its domain."""
    for host in (_host(_parts(url)), (publisher or "").strip().lower()):
        found = _regions().get(host.rpartition(".")[2]) if "." in host else None
        if found and language and found.startswith(f"{language}-"):
            return found
    return None


def _short(text: str) -> str:
    return blake2b(text.encode("utf-8"), digest_size=8).hexdigest()


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


def _parts(url: str | None) -> SplitResult | None:
    try:
        return urlsplit(url.strip()) if url else None
    except ValueError:
        return None


def _host(parts: SplitResult | None) -> str:
    return (parts.hostname or "").rstrip(".").removeprefix("www.") if parts else ""


def _two_letters(given: str | None) -> str | None:
    found = re.match(r"\s*([A-Za-z]{2})(?![A-Za-z])", given or "")
    return found[1].lower() if found else None


@cache
def _regions() -> dict[str, str]:
    """Country domain → region, from `lang/regions.tsv`."""
    table = files("careo").joinpath("lang/regions.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}
