"""A web page: its article as text, the title first, with offsets back to the decoded page. Nothing is fetched."""

from __future__ import annotations

import logging
import re
from importlib.metadata import version

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as markup
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from resiliparse.extract.html2text import extract_plain_text
from trafilatura.settings import Document as Extraction

from careo.errors import UnreadableInput
from careo.ingest import about
from careo.ingest.encoding import decode
from careo.ingest.extract import Extract, place
from careo.ingest.offsets import align
from careo.model import Capture

_EXTRACTOR = f"page 1, trafilatura {version('trafilatura')}, resiliparse {version('resiliparse')}"
_LITTLE = 250
_WORDS = 5
_CLOSING = "\"'»”’)]"
_DEEPEST = 2000
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), " ")
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|ul|ol|dl|table|blockquote|font|center|form|b|i|em|strong|a|u|s|small|big)\b",
    re.IGNORECASE,
)
# What these report of a broken page ends in our own Failure; their lines on the error stream would only repeat it.
for _name in ("trafilatura", "htmldate", "courlan", "readability", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


def extract(capture: Capture) -> Extract:
    """The article of a page and what the page says about it. Raises UnreadableInput where there is no article."""
    source = decode(capture.content, where=place(capture), markup=True)
    page = source.translate(_CONTROLS)
    if _depth(page) > _DEEPEST:
        raise _unreadable(capture, f"tags nested deeper than {_DEEPEST}")
    tree = _tree(page)
    if tree is None:
        raise _unreadable(capture, "no HTML")
    found = _extraction(tree)
    head = about.head(tree, found)
    body = _body(page, found)
    if not _tells(body):
        raise _unreadable(capture, "a page without an article")
    text = _under(head.title, body)
    return Extract(
        text=text,
        extractor=_EXTRACTOR,
        offsets=align(text, source),
        title=head.title,
        author=head.author,
        publisher=head.publisher,
        url=head.url,
        dct=about.dated(tree, page, head.url),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def _unreadable(capture: Capture, found: str) -> UnreadableInput:
    return UnreadableInput(
        found,
        where=place(capture),
        expected="the page of one report, with sentences in it",
        mend="save the page of the report itself, or put its text into a .txt file",
    )


def _depth(page: str) -> int:
    """How deep tags are nested that must be closed: beyond some thousands the extractors take time in its square."""
    depth = deepest = 0
    for tag in _NESTING.finditer(page):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _tree(page: str) -> HtmlElement | None:
    parser = markup.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return markup.document_fromstring(page.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, RecursionError):
        return None


def _extraction(tree: HtmlElement) -> Extraction | None:
    """What trafilatura makes of the page, without its dates; None where the page is too strange for it."""
    try:
        found = trafilatura.bare_extraction(
            tree,
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "max_date": about.LATEST},
        )
    # Hostile trees break it in ways that it does not name; the other extractor then has its turn.
    except Exception:
        return None
    return found if isinstance(found, Extraction) else None


def _body(page: str, found: Extraction | None) -> str:
    """The article's text: trafilatura's, or the longer one where that gives little."""
    body = _clean((found.text if found else None) or "")
    if len(body) >= _LITTLE:
        return body
    other = _clean(extract_plain_text(page, main_content=True, alt_texts=False, list_bullets=False))
    return max(body, other, key=len)


def _clean(text: str) -> str:
    """Lines without blanks around them; entities for half a character, which pages may hold and no store can, become U+FFFD."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "\n".join(line for line in map(str.strip, whole.splitlines()) if line)


def _tells(body: str) -> bool:
    """Whether there is one sentence of some words with its end; lists of links have none."""
    later_words = (word for line in body.split("\n") for word in line.split()[_WORDS - 1 :])
    return any(word.rstrip(_CLOSING).endswith((".", "!", "?", "…")) for word in later_words)


def _under(title: str | None, body: str) -> str:
    """The title as the first line, unless the body begins with it."""
    return body if not title or body.startswith(title) else f"{title}\n{body}"
