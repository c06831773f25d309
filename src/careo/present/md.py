"""The chronology as Markdown, for a report or a wiki. Words of reports mean nothing to Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from careo.model import Chronology, Entry, Evidence
from careo.present.dates import in_words
from careo.present.shown import markdown
from careo.present.text import LabelOf
from careo.present.words import Words


def chronology_lines(chronology: Chronology, words: Words, label_of: LabelOf) -> Iterator[str]:
    """One heading a date, one item an entry, one quotation an evidence."""
    if not (chronology.entries or chronology.undated):
        yield words.say("labels", "nothing")
    heading = None
    for entry in (*chronology.entries, *chronology.undated):
        date = in_words(entry.when, entry.part, words)
        if date != heading:
            yield from (f"## {markdown(date)}", "")
            heading = date
        yield from _entry(entry, words, label_of)


def _entry(entry: Entry, words: Words, label_of: LabelOf) -> Iterator[str]:
    status = words.say("status", entry.status)
    where = f" ({markdown(entry.where.name)})" if entry.where else ""
    yield f"- **{markdown(words.say('kinds', entry.kind))}**{where}{f' — *{status}*' if status else ''}: {markdown(entry.what)}"
    for evidence in entry.evidence:
        yield f"  > «{markdown(evidence.exact)}»  "
        yield f"  > — {_source(evidence, words, label_of)}"
    yield ""


def _source(evidence: Evidence, words: Words, label_of: LabelOf) -> str:
    who = f"{words.say('labels', 'says')}: {markdown(' › '.join(evidence.attribution))}; " if evidence.attribution else ""
    date = f" ({words.say('labels', 'published', date=in_words(evidence.published, None, words))})" if evidence.published else ""
    return f"{who}{markdown(evidence.publisher or label_of(evidence.report))}{date}"
