"""What a page says about its article: title, author, publisher, address and date, each as an estimate."""

from __future__ import annotations

import re
from html.entities import name2codepoint
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import htmldate
from lxml import html as markup  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura.settings import Document as Extraction

from careo.ingest.dates import is_dct
from careo.model import Dct
from careo.text import fold

# A fixed end, where the libraries would take today: the same page gives the same document on any day.
LATEST = "2099-12-31"

_BLANKS = re.compile(r"\s+")
_INSTANT = r"(T\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:(Z|[+-]\d\d):?(\d\d)?)?"
_PUBLISHED = ("article:published_time", "datePublished", "og:published_time", "date", "DC.date.issued", "pubdate")


class Head(NamedTuple):
    """What stands in the head of a page; null where it says nothing."""

    title: str | None
    author: str | None
    publisher: str | None
    url: str | None


def head(tree: HtmlElement, found: Extraction | None) -> Head:
    """Title, author, publisher and address of the article, from the page's own marks and what trafilatura concludes."""
    url = _url(tree) or _web((found.url if found else None) or "")
    publisher = _meta(tree, "og:site_name") or _plain(found.sitename if found else None)
    author = _author(_plain(found.author if found else None), publisher, url)
    return Head(_title(tree, _plain(found.title if found else None)), author, publisher, url)


def dated(tree: HtmlElement, page: str, url: str | None) -> Dct | None:
    """When the page says it was published: a day, or an instant where it names one on that day; with where that was found."""
    day = _date(tree, url, thorough=False)
    if day is None:
        guess = _date(tree, url, thorough=True)
        # htmldate fills up a bare year («© 2018») or month with ones; no day is given that the page does not have.
        return Dct(guess.removesuffix("-01").removesuffix("-01"), "page", "guessed from dates in the page") if guess else None
    stamp, why = _stamp(tree, page, day)
    if why is None and url and _date(markup.Element("html"), url, thorough=False) == day:
        return Dct(day, "url", "date in the address")
    return Dct(stamp or day, "page", why or "date shown in the page")


def _date(tree: HtmlElement, url: str | None, *, thorough: bool) -> str | None:
    """A day by htmldate, from a tree and an address (never a string: it would fetch one that looks like an address)."""
    try:
        return htmldate.find_date(tree, extensive_search=thorough, original_date=True, url=url or "", max_date=LATEST)
    # As for trafilatura: hostile trees break it in ways that it does not name.
    except Exception:
        return None


def _stamp(tree: HtmlElement, page: str, day: str) -> tuple[str | None, str | None]:
    """The instant (or nothing) that the page gives for `day`, and which of its marks says so."""
    stamp = re.compile(rf"{day}(?:{_INSTANT})?")
    json_ld = re.search(rf'"datePublished"\s*:\s*"({stamp.pattern})', page)
    if json_ld:
        return _instant(day, stamp.match(json_ld[1])), "datePublished (JSON-LD)"
    for name in _PUBLISHED:
        found = stamp.match(_meta(tree, name) or "")
        if found:
            return _instant(day, found), f"meta {name}"
    timed = any((element.get("datetime") or "").startswith(day) for element in tree.iter("time"))
    return None, "time element" if timed else None


def _instant(day: str, stamp: re.Match[str] | None) -> str | None:
    """Day, clock and zone as ISO 8601 writes them, fractions of seconds left out; null where no clock is given or none that exists."""
    if not stamp or not stamp[1]:
        return None
    zone = stamp[2] or ""
    value = f"{day}{stamp[1]}{zone}{':' + (stamp[3] or '00') if zone[1:] else ''}"
    return value if is_dct(value) else None


def _plain(text: str | None) -> str | None:
    """One line without blanks around it and without half characters; null where nothing is left."""
    line = _BLANKS.sub(" ", text or "").strip().encode("utf-8", "replace").decode("utf-8")
    return line or None


def _meta(tree: HtmlElement, name: str) -> str | None:
    """The content of the first `meta` whose property, name or itemprop is `name`."""
    for element in tree.iter("meta"):
        if name in (element.get("property"), element.get("name"), element.get("itemprop")) and element.get("content"):
            return _plain(element.get("content"))
    return None


def _title(tree: HtmlElement, concluded: str | None) -> str | None:
    """The headline as the page shows it: a heading that one of the page's titles repeats, else the first of these."""
    whole = _plain(tree.findtext(".//title"))
    said = [_uncut(title, whole) for title in (_meta(tree, "og:title"), concluded, whole) if title]
    headings = [heading for element in tree.iter("h1") if (heading := _plain(element.text_content()))]
    repeated = (heading for heading in headings if len(heading.split()) > 1 and any(fold(heading) in fold(title) for title in said))
    return next(repeated, None) or next(iter([*said, *headings]), None)


def _uncut(title: str, whole: str | None) -> str:
    """The title, or the page's whole one where a quotation mark inside an attribute cut it off."""
    return whole if whole and re.match(r'\s*"', whole.removeprefix(title)) and whole.startswith(title) else title


def _author(names: str | None, publisher: str | None, url: str | None) -> str | None:
    """The names that are not the outlet's own, joined as trafilatura joins them; nothing where it cut a name at an entity."""
    parts = [name for name in (names or "").split("; ") if name]
    if any(part in name2codepoint for part in parts):
        return None
    own = [squeezed for squeezed in (_squeezed(publisher or ""), _site(url)) if len(squeezed) > 3]
    return "; ".join(part for part in parts if not _is_one_of(_squeezed(part), own)) or None


def _is_one_of(name: str, own: list[str]) -> bool:
    return any(outlet in name or name in outlet for outlet in own)


def _site(url: str | None) -> str:
    host = (urlsplit(url).hostname or "") if url else ""
    return host.removeprefix("www.").split(".")[0]


def _squeezed(name: str) -> str:
    return re.sub(r"\W", "", fold(name))


def _url(tree: HtmlElement) -> str | None:
    """The article's address: the canonical link, else og:url; a relative one is completed from the other or from `base`."""
    links = [element.get("href") or "" for element in tree.iter("link") if "canonical" in (element.get("rel") or "").lower().split()]
    canonical, og = (links[0].strip() if links else ""), _meta(tree, "og:url") or ""
    base = next((element.get("href") or "" for element in tree.iter("base")), "")
    return _web(_absolute(og or base, canonical)) or _web(_absolute(base, og))


def _absolute(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""


def _web(address: str) -> str | None:
    """The address, if it is one of the web."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return _plain(address) if parts.scheme in ("http", "https") and parts.hostname else None
