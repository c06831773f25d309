"""What older versions of an article said and the newest no longer says, with what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from careo.model import Chronology
from careo.present.shown import markdown, quoted
from careo.present.text import LabelOf, Sheet, alike, plain
from careo.present.words import Words


def lines(chronology: Chronology, sheet: Sheet, label_of: LabelOf) -> Iterator[Text]:
    """A heading, and each sentence with its publisher, its day, and the sentence that stands in its place."""
    if chronology.earlier:
        yield Text(sheet.words.say("labels", "earlier"), style="bold")
        yield Text()
    for said, source, became in _told(chronology, sheet.words, label_of):
        yield from sheet.indented([plain(quoted(said)), plain(f"— {source}", "dim"), plain(became, "dim")])
        yield Text()


def markdown_lines(chronology: Chronology, words: Words, label_of: LabelOf) -> Iterator[str]:
    """The same as Markdown."""
    if chronology.earlier:
        yield from (f"## {words.say('labels', 'earlier')}", "")
    for said, source, became in _told(chronology, words, label_of):
        yield from (f"- {quoted(markdown(said))} — {markdown(source)}  ", f"  {markdown(became)}", "")


def _told(chronology: Chronology, words: Words, label_of: LabelOf) -> Iterator[tuple[str, str, str]]:
    """What was said, by whom and when, and what became of it."""
    for one in chronology.earlier:
        ((evidence, sources),) = alike([one.said], words, label_of)
        became = words.say("labels", "says_now", words=quoted(one.now.exact)) if one.now else words.say("labels", "no_longer_said")
        yield evidence.exact, sources[0], became
