"""What differs, in lines of words: accounts that cannot all hold face to face, corrections, and figures step by step."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from rich.text import Text

from careo.model import Chronology, Conflict, Correction, Entry, Side, Toll
from careo.present import figures
from careo.present.dates import in_words
from careo.present.shown import markdown, quoted
from careo.present.text import LabelOf, Sheet, alike, plain
from careo.present.words import Words

Row = tuple[str, str, str]
"""A figure or account, who gives it, and its words: each for one line."""


def kept(chronology: Chronology) -> Chronology:
    """The chronology with only what differs about the entries that it still has."""
    known = {entry.id for entry in (*chronology.entries, *chronology.undated)}
    return msgspec.structs.replace(
        chronology,
        tolls=tuple(one for one in chronology.tolls if one.event in known),
        conflicts=tuple(one for one in chronology.conflicts if one.entry in known),
        corrections=tuple(one for one in chronology.corrections if one.entry in known),
    )


def lines(chronology: Chronology, sheet: Sheet, label_of: LabelOf) -> Iterator[Text]:
    """All that differs, for a terminal."""
    for title, groups in _sections(chronology, sheet.words, label_of):
        yield Text(title.upper(), style="bold")
        yield Text()
        for head, about, rows in groups:
            yield from sheet.indented([plain(head, "bold"), plain(about, "dim")])
            for left, who, said in rows:
                yield from sheet.beside(plain(f"  {left}", "cyan"), [plain(who), plain(said, "dim")] if said else [plain(who)])
            yield Text()


def markdown_lines(chronology: Chronology, words: Words, label_of: LabelOf) -> Iterator[str]:
    """All that differs, as Markdown."""
    for title, groups in _sections(chronology, words, label_of):
        yield from (f"## {markdown(title)}", "")
        for head, about, rows in groups:
            yield f"- **{markdown(head)}** — {markdown(about)}"
            yield from (f"  - {markdown(left)}: {markdown(who)}{f' — {markdown(said)}' if said else ''}" for left, who, said in rows)
            yield ""


Group = tuple[str, str, list[Row]]


def _sections(chronology: Chronology, words: Words, label_of: LabelOf) -> Iterator[tuple[str, list[Group]]]:
    entries = {entry.id: entry for entry in (*chronology.entries, *chronology.undated)}
    facing = [_facing(one, one.sides, entries, words, label_of) for one in chronology.conflicts]
    mended = [_facing(one, (one.before, one.after), entries, words, label_of) for one in chronology.corrections]
    steps = [_steps(one, entries, words, label_of) for one in chronology.tolls if len(one.steps) > 1 or one.named]
    for key, groups in (("conflicts", facing), ("corrections", mended), ("tolls", steps)):
        if groups:
            yield words.say("dossier", key), groups


def _facing(one: Conflict | Correction, sides: tuple[Side, ...], entries: dict[str, Entry], words: Words, label_of: LabelOf) -> Group:
    values = [figures.value(side.value, words) for side in sides]
    versus = words.say("dossier", "versus")
    head = f"{words.say('properties', one.property).capitalize()}: {f' {versus} '.join(values)}"
    rows = [
        (value if n == 0 else "", source, quoted(" ".join(evidence.exact.split())) if m == 0 else "")
        for value, side in zip(values, sides, strict=True)
        for n, (evidence, sources) in enumerate(alike(side.evidence, words, label_of))
        for m, source in enumerate(sources)
    ]
    return head, _about(one.entry, entries), rows


def _steps(one: Toll, entries: dict[str, Entry], words: Words, label_of: LabelOf) -> Group:
    rows = []
    for step in one.steps:
        sources = dict.fromkeys(source for _, known in alike(step.evidence, words, label_of) for source in known)
        rows.append((_day(step.as_of, words), f"{figures.said(step, words)} — {'; '.join(sources)}", ""))
    if one.named:
        rows.append((words.say("dossier", "by_name"), f"{len(one.named)}: {'; '.join(party.name for party in one.named)}", ""))
    return words.say("harm", one.of), _about(one.event, entries), rows


def _day(when: str | None, words: Words) -> str:
    return in_words(when[:10] if when else None, None, words)


def _about(entry: str | None, entries: dict[str, Entry]) -> str:
    return entries[entry].what if entry in entries else ""
