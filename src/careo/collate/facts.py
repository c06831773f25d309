"""What collation takes from one report beside its namings: tellings, figures and quotations, with its words and its age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careo import edtf
from careo.collate.chronology import Telling, figures, tellings
from careo.collate.places import Siting, sitings
from careo.collate.quotations import Saying, sayings
from careo.model import Report, Span


@dataclass(frozen=True, slots=True)
class Facts:
    """What collation takes from one report; `age` tells versions of one article apart. `sentences` are those of the text."""

    document: str
    article: str
    age: tuple[str, str, str]
    language_version: str
    tellings: tuple[Telling, ...]
    figures: tuple[Telling, ...]
    sayings: tuple[Saying, ...]
    sitings: tuple[Siting, ...]
    text: str
    publisher: str | None
    author: str | None
    published: str | None
    sentences: tuple[Span, ...]


def facts_of(report: Report) -> Facts | None:
    """What one report gives to the conclusions; None where it was not read."""
    if report.reading is None:
        return None
    published = report.reading.dct.value
    latest = edtf.bounds(published)[1].isoformat() if published and edtf.is_edtf(published) else ""
    retrieved = max((sighting.retrieved or "" for sighting in report.sightings), default="")
    document = report.document
    return Facts(
        document=document.id,
        article=document.article,
        age=(latest, retrieved, document.id),
        language_version=report.reading.language_version,
        tellings=tellings(report),
        figures=figures(report),
        sayings=sayings(report),
        sitings=sitings(report),
        text=document.text,
        publisher=document.publisher,
        author=document.author,
        published=published,
        sentences=report.reading.layers.sentences,
    )


def newest(article: str, versions: Sequence[Facts]) -> Facts:
    """Of the versions of one article the one published last, else retrieved last."""
    return max(versions, key=lambda one: one.age)
