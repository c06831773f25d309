"""What the conclusions leave out, in words: nothing is dropped without a count of it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from careo.model import Chronology
from careo.present.shown import markdown
from careo.present.text import LabelOf, Sheet
from careo.present.words import Words


def left_out(chronology: Chronology, words: Words) -> list[str]:
    """One sentence for each kind of thing that was too many to be compared with all that are like it."""
    counts = {"uncompared": chronology.uncompared, "unmatched": chronology.unmatched, "unjoined": chronology.unjoined}
    return [words.say("limits", key, number=number) for key, number in counts.items() if number]


def lines(chronology: Chronology, sheet: Sheet, _label_of: LabelOf) -> Iterator[Text]:
    """The sentences, for a terminal."""
    yield from sheet.indented((Text(line, style="dim") for line in left_out(chronology, sheet.words)), 0)


def markdown_lines(chronology: Chronology, words: Words, _label_of: LabelOf) -> Iterator[str]:
    """The same as Markdown."""
    yield from (f"*{markdown(line)}*  " for line in left_out(chronology, words))
