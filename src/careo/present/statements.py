"""What somebody said once and several reports give: the fullest words, then each report's own where they differ."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from careo.model import Chronology, Evidence, Statement
from careo.present.shown import markdown, quoted
from careo.present.text import LabelOf, Sheet, alike, plain
from careo.present.words import Words

Told = tuple[str, list[tuple[str, list[str]]]]
"""Who said it, and every wording with those who give it."""


def varied(chronology: Chronology) -> list[tuple[Statement, list[Evidence]]]:
    """The statements that several reports give in different words, with their evidence, the fullest first."""
    made = []
    for one in chronology.quotations:
        evidence = list(dict.fromkeys([one.fullest.evidence, *(variant.evidence for variant in one.variants)]))
        if one.reports > 1 and len({" ".join(words.exact.split()) for words in evidence}) > 1:
            made.append((one, evidence))
    return made


def lines(chronology: Chronology, sheet: Sheet, label_of: LabelOf) -> Iterator[Text]:
    """A heading, and each statement with its wordings."""
    told = list(_told(chronology, sheet.words, label_of))
    if told:
        yield Text(sheet.words.say("dossier", "statements").upper(), style="bold")
        yield Text()
    for speaker, wordings in told:
        yield from sheet.indented([plain(speaker, "bold")])
        for words, sources in wordings:
            yield from sheet.indented([plain(quoted(words)), *(plain(f"— {source}", "dim") for source in sources)])
        yield Text()


def markdown_lines(chronology: Chronology, words: Words, label_of: LabelOf) -> Iterator[str]:
    """The same as Markdown."""
    told = list(_told(chronology, words, label_of))
    if told:
        yield from (f"## {markdown(words.say('dossier', 'statements'))}", "")
    for speaker, wordings in told:
        yield f"- **{markdown(speaker)}**"
        for said, sources in wordings:
            yield f"  > {quoted(markdown(said))}  "
            yield from (f"  > — {markdown(source)}  " for source in sources)
        yield ""


def _told(chronology: Chronology, words: Words, label_of: LabelOf) -> Iterator[Told]:
    for one, evidence in varied(chronology):
        key = "reports_many" if one.origins > 1 else "reports"
        counted = words.say("labels", key, origins=one.origins, reports=one.reports)
        speaker = one.speaker or words.say("dossier", "nobody")
        yield f"{speaker} ({counted})", [(" ".join(said.exact.split()), sources) for said, sources in alike(evidence, words, label_of)]
