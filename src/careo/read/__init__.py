"""One document, alone → its reading: the layers in order, each a pure function of what was read before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from careo import __version__
from careo.model import DctReading, Document, Layers, Reading, Timex
from careo.read.accusations import accusations
from careo.read.claims import claims
from careo.read.corefer import chains
from careo.read.dct import dated
from careo.read.deixis import deictic
from careo.read.events import events
from careo.read.media import housed, media, posts
from careo.read.mentions import mentions, named
from careo.read.page import Page
from careo.read.parse import Parser
from careo.read.places import places
from careo.read.quantities import counted, quantities
from careo.read.quotations import quotations
from careo.read.sentences import sentences
from careo.read.thread import threaded
from careo.read.times import timexes
from careo.rules import Language
from careo.text import View

__all__ = ["Page", "Profile", "Reader"]

T = TypeVar("T")


class Profile:
    """Seconds by layer, by the clock that the edge hands in; without one nothing is measured."""

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._clock = clock

    def run(self, layer: str, step: Callable[..., T], *given: object) -> T:
        """What `step` makes of `given`, its time added to that of `layer`."""
        if self._clock is None:
            return step(*given)
        begun = self._clock()
        made = step(*given)
        self.seconds[layer] = self.seconds.get(layer, 0.0) + self._clock() - begun
        return made


class Reader:
    """Reads documents of one language with its rules and a loaded parser. `version` names all that decides what is read."""

    def __init__(self, language: Language, parser: Parser) -> None:
        self.language, self.parser = language, parser
        self.version = f"careo-{__version__} {language.code}-{language.version} {parser.version}"

    def read(self, document: Document, profile: Profile | None = None) -> Reading:
        """All layers of the text, and those of a title that does not begin it. The same document gives the same reading."""
        profile = profile or Profile()
        dct, layers = self._text(document, profile)
        layers = msgspec.structs.replace(layers, media=housed(document, layers.media))
        title = self._title(document, dct, profile) if stands_apart(document) else None
        return Reading(document.id, dct, layers, self.version, title, posts(document, layers.media))

    def _text(self, document: Document, profile: Profile) -> tuple[DctReading, Layers]:
        """The layers of the text, which narrows the creation time."""
        page, whole = self._parsed(document.text, document.region, profile)
        dct, times = profile.run("times", dated, page.view, self.language, document.dct, page.parse, document.region)
        return dct, self._layers(_dated(page, dct), msgspec.structs.replace(whole, timexes=times), profile)

    def _title(self, document: Document, dct: DctReading, profile: Profile) -> Layers:
        """The layers of the title, by the creation time that the text gave."""
        page, whole = self._parsed(document.title or "", document.region, profile)
        times: tuple[Timex, ...] = profile.run("times", timexes, page.view, self.language, dct, page.parse, document.region)
        return self._layers(_dated(page, dct), msgspec.structs.replace(whole, timexes=times), profile)

    def _parsed(self, text: str, region: str | None, profile: Profile) -> tuple[Page, Layers]:
        """A text with its view, sentences and parse; its creation time is not known yet."""
        view = profile.run("view", View, text)
        cut = profile.run("sentences", sentences, view, self.language)
        parse = profile.run("parse", self.parser.parse, view, cut)
        return Page(text, view, parse, self.language, DctReading(None, None, None), region), Layers(sentences=cut)

    def _layers(self, page: Page, so_far: Layers, profile: Profile) -> Layers:
        """All layers after times, in order."""
        run, times = profile.run, so_far.timexes
        found = run("mentions", mentions, page)
        chained = run("corefer", chains, page, found)
        names = named(found, chained)
        located = run("places", places, page, names)
        shown = run("media", media, page.view, self.language, page.text, times)
        quoted = run("quotations", quotations, page, times, chained, shown)
        many = run("quantities", quantities, page, times, quoted)
        happened = run("events", events, page, times, names, chained, quoted)
        happened = run("events", deictic, page, quoted, happened)
        happened = run("events", threaded, page.parse, msgspec.structs.replace(so_far, quotations=quoted, events=happened))
        many = run("quantities", counted, page, many, happened, quoted)
        accused = run("accusations", accusations, page, happened, chained, quoted)
        layers = msgspec.structs.replace(
            so_far,
            mentions=names,
            chains=chained,
            quotations=quoted,
            quantities=many,
            events=happened,
            accusations=accused,
            media=shown,
            places=located,
        )
        return msgspec.structs.replace(layers, claims=run("claims", claims, page.text, layers))


def stands_apart(document: Document) -> bool:
    """Whether the document has a title that does not begin its text, and so is read on its own."""
    title = (document.title or "").strip()
    return bool(title) and not document.text.lstrip().startswith(title)


def _dated(page: Page, dct: DctReading) -> Page:
    return Page(page.text, page.view, page.parse, page.language, dct, page.region)
