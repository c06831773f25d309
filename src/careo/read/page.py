"""What every layer reads from: one text with its view, its parse, its language's rules and its creation time."""

from __future__ import annotations

from dataclasses import dataclass

from careo.model import DctReading, Parse
from careo.rules import Language
from careo.text import View


@dataclass(frozen=True, slots=True)
class Page:
    """`text` as it came; `view` as rules see it; `parse` has offsets of `text`; `dct` is the creation time as known so far."""

    text: str
    view: View
    parse: Parse
    language: Language
    dct: DctReading
    region: str | None = None
