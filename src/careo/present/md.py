"""The chronology as Markdown, for a report or a wiki. Words of reports mean nothing to Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from careo.model import Chronology, Entry
from careo.present.dates import in_words
from careo.present.doubts import doubted
from careo.present.judging import reason
from careo.present.shown import markdown, quoted
from careo.present.text import LabelOf, alike, decision_line, related
from careo.present.words import Words


def chronology_lines(chronology: Chronology, words: Words, label_of: LabelOf) -> Iterator[str]:
    """One heading a date, one item an entry, one quotation an evidence."""
    if not (chronology.entries or chronology.undated):
        yield words.say("labels", "nothing")
    known = {one.id: one for one in (*chronology.entries, *chronology.undated)}
    heading = None
    for entry in (*chronology.entries, *chronology.undated):
        date = in_words(entry.when, entry.part, words)
        if date != heading:
            yield from (f"## {markdown(date)}", "")
            heading = date
        yield from _entry(entry, words, label_of, known)
    asked = list(doubted(chronology))
    if asked:
        yield from (f"## {markdown(words.say('labels', 'doubts'))}", "")
        yield from (f"- {markdown(left.what)} · {markdown(right.what)}: *{markdown(reason(link, words))}*" for left, right, link in asked)
        yield ""
    if chronology.rejected:
        yield from (f"## {markdown(words.say('labels', 'rejected'))}", "")
    for entry in chronology.rejected:
        yield from _entry(entry, words, label_of, {})


def _entry(entry: Entry, words: Words, label_of: LabelOf, known: Mapping[str, Entry]) -> Iterator[str]:
    status = words.say("status", entry.status)
    where = f" ({markdown(entry.where.name)})" if entry.where else ""
    notes = [note for note in (status, words.say("labels", "carried") if entry.carried else "") if note]
    noted = f" — *{'; '.join(notes)}*" if notes else ""
    yield f"- **{markdown(words.say('kinds', entry.kind))}**{where}{noted}: {markdown(entry.what)}"
    yield from (f"  - {markdown(line)}" for line in related(entry, known, words))
    for evidence, sources in alike(entry.evidence, words, label_of):
        yield f"  > {quoted(markdown(evidence.exact))}  "
        yield from (f"  > — {markdown(source)}  " for source in sources)
    yield from (f"  - {markdown(decision_line(one, words))}" for one in entry.decisions)
    yield ""
