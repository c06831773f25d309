"""What a page says about its article: title, author, publisher, address and date, each as an estimate."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import htmldate
from lxml import html as markup
from lxml.html import HtmlElement
from trafilatura.settings import Document as Extraction

from careo.model import Dct
from careo.text import fold

# A fixed end, where the libraries would take today: the same page gives the same document on any day.
LATEST = "2099-12-31"

_BLANKS = re.compile(r"\s+")
_INSTANT = r"T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
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
        return Dct(guess, "page", "guessed from dates in the page") if guess else None
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
    json_ld = re.search(rf'"datePublished"\s*:\s*"{day}({_INSTANT})?', page)
    if json_ld:
        return json_ld[1] and day + json_ld[1], "datePublished (JSON-LD)"
    for name in _PUBLISHED:
        stamp = re.match(rf"{day}({_INSTANT})?", _meta(tree, name) or "")
        if stamp:
            return stamp[1] and day + stamp[1], f"meta {name}"
    timed = any((element.get("datetime") or "").startswith(day) for element in tree.iter("time"))
    return None, "time element" if timed else None


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
    """The headline as the page shows it: an h1 that its own titles repeat, else its longest title without the outlet's name."""
    said = [title for title in (_meta(tree, "og:title"), concluded, _plain(tree.findtext(".//title"))) if title]
    headings = [heading for element in tree.iter("h1") if (heading := _plain(element.text_content()))]
    for heading in headings:
        if len(heading.split()) > 1 and any(fold(heading) in fold(title) for title in said):
            return heading
    if not said:
        return headings[0] if len(headings) == 1 else None
    return min((title for title in said if any(other.startswith(title) for other in said)), key=len, default=said[0]) if len(said) == 1 else said[0]


def _author(names: str | None, publisher: str | None, url: str | None) -> str | None:
    """The names that are not the outlet's own, joined as trafilatura joins them."""
    own = {squeezed for squeezed in (_squeezed(publisher or ""), _site(url)) if len(squeezed) > 3}
    kept = [name for name in (names or "").split("; ") if name and not any(part in _squeezed(name) or _squeezed(name) in part for part in own)]
    return "; ".join(kept) or None


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
