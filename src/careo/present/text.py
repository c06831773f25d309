"""The case for a reader at a terminal: lines of words, with the exact ones marked. Whatever comes from a report is made harmless here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest
from types import MappingProxyType

from rich.console import Console
from rich.text import Text

from careo.model import Chronology, Decision, Document, Entity, Entry, Evidence, Judgement, Layers, Reading, Record, Report, Span
from careo.present.dates import in_words
from careo.present.doubts import doubted
from careo.present.judging import reason
from careo.present.lookup import Thing
from careo.present.shown import HIDDEN, NOTHING, Masks, harmless, marks_around, shown
from careo.present.words import Words
from careo.store.search import Hit

DATES = 30
"""Width of the column of dates."""

AROUND = 80
"""Code points around what a search found."""

LabelOf = Callable[[str], str]

_PLACES = ("span", "trigger", "content")


def plain(text: str, style: str = "") -> Text:
    """Words of a report in one line, harmless."""
    return Text(" ".join(harmless(text).split()), style=style)


class Sheet:
    """Lays texts out in a given width."""

    def __init__(self, words: Words, width: int) -> None:
        self.words, self._width = words, max(width, DATES + 30)
        self._console = Console(width=self._width)

    def beside(self, left: Text, right: Iterable[Text]) -> Iterator[Text]:
        """A narrow column and a wide one."""
        narrow = left.wrap(self._console, DATES - 2)
        wide = [line for text in right for line in text.wrap(self._console, self._width - DATES)]
        for one, other in zip_longest(narrow, wide, fillvalue=Text()):
            line = one.copy()
            line.rstrip()
            if other.plain:
                line.pad_right(DATES - line.cell_len)
                line.append_text(other)
            line.rstrip()
            yield line

    def indented(self, texts: Iterable[Text], by: int = 2) -> Iterator[Text]:
        """Each text wrapped, and set in."""
        for text in texts:
            for line in text.wrap(self._console, self._width - by):
                line.rstrip()
                yield Text(" " * by).append_text(line)


# ---------------------------------------------------------------- the chronology


def chronology_lines(chronology: Chronology, sheet: Sheet, label_of: LabelOf) -> Iterator[Text]:
    """The whole chronology; what has no date stands apart at the end."""
    if not (chronology.entries or chronology.undated):
        yield Text(sheet.words.say("labels", "nothing"))
    known = {one.id: one for one in (*chronology.entries, *chronology.undated)}
    for entry in chronology.entries:
        yield from entry_lines(entry, sheet, label_of, known)
    if chronology.undated:
        yield Text(sheet.words.say("labels", "undated"), style="bold")
        yield Text()
    for entry in chronology.undated:
        yield from entry_lines(entry, sheet, label_of, known)
    if asked := list(_doubts(chronology, sheet.words)):
        yield Text(sheet.words.say("labels", "doubts"), style="bold")
        yield from sheet.indented(asked)
        yield Text()
    if chronology.rejected:
        yield Text(sheet.words.say("labels", "rejected"), style="bold")
        yield Text()
    for entry in chronology.rejected:
        yield from entry_lines(entry, sheet, label_of)


def _doubts(chronology: Chronology, words: Words) -> Iterator[Text]:
    """Pairs of entries that may be one happening: their ids, what they are, and what speaks for it."""
    for left, right, link in doubted(chronology):
        named = Text(f"{left.id} · {right.id}  ", style="bold").append(f"{words.say('kinds', left.kind)}  ", style="not bold")
        yield named.append_text(plain(reason(link, words), "dim not bold"))


def decision_line(decision: Decision, words: Words) -> str:
    """What a person decided of a statement, with who and why; of a correction what was read before."""
    said = verdict_of(decision, words)
    before = f" ({words.say('judged', 'before', value=decision.before)})" if decision.before else ""
    return f"{decision.by} {said}{before}: {decision.because}"


def verdict_of(decision: Decision | Judgement, words: Words) -> str:
    """The verdict in words; of a correction the property and its new value."""
    if decision.kind != "correction":
        return words.say("judged", decision.verdict)
    of = decision.property if isinstance(decision, Decision) else decision.left.property
    return words.say("judged", "corrects", property=words.find("judged", f"of_{of}") or of, value=decision.verdict)


def entry_lines(entry: Entry, sheet: Sheet, label_of: LabelOf, known: Mapping[str, Entry] = MappingProxyType({})) -> Iterator[Text]:
    """One entry: date, what, where, who, what of the entries `known` it caused or is part of, and each evidence with its publisher."""
    words = sheet.words
    head = Text(words.say("kinds", entry.kind), style="bold").append(f"  {entry.id}", style="dim not bold")
    right = [head]
    if status := words.say("status", entry.status):
        right.append(Text(f"[{status}]", style="bold yellow"))
    if entry.carried:
        right.append(Text(f"[{words.say('labels', 'carried')}]", style="dim"))
    if not any(entry.what.strip("… ") in " ".join(one.exact.split()) for one in entry.evidence):
        right.append(plain(entry.what))
    right += [*_parts(entry, words), *(Text(line, style="dim") for line in related(entry, known, words))]
    for exact, sources in alike(entry.evidence, words, label_of):
        opening, closing = marks_around(exact.exact)
        right += [Text(opening).append_text(_marked(exact)).append(closing), *(plain(f"— {source}", "dim") for source in sources)]
    right += [plain(f"[{decision_line(one, words)}]", "yellow") for one in entry.decisions]
    if entry.reports > 1:
        key = "reports_many" if entry.origins > 1 else "reports"
        right.append(Text(words.say("labels", key, origins=entry.origins, reports=entry.reports), style="dim"))
    yield from sheet.beside(Text(in_words(entry.when, entry.part, words), style="bold cyan"), right)
    yield Text()


def related(entry: Entry, known: Mapping[str, Entry], words: Words) -> Iterator[str]:
    """What it caused and what it is part of, each by its kind, its date and its id."""
    for key, ids in (("part_of", entry.part_of), ("causes", entry.causes)):
        named = [known[one] for one in ids if one in known]
        said = "; ".join(f"{words.say('kinds', one.kind)}, {in_words(one.when, None, words)} ({one.id})" for one in named)
        if said:
            yield f"{words.say('dossier', key).lower()}: {said}"


def _parts(entry: Entry, words: Words) -> Iterator[Text]:
    if entry.where:
        yield Text(words.say("labels", "where") + ": ", style="dim").append_text(plain(entry.where.name, "not dim"))
    roles: dict[str, list[str]] = {}
    for party in entry.participants:
        roles.setdefault(party.role, []).append(party.name)
    for role, names in roles.items():
        yield Text(words.role(role, entry.status) + ": ", style="dim").append_text(plain("; ".join(names), "not dim"))


def alike(evidence: Iterable[Evidence], words: Words, label_of: LabelOf) -> list[tuple[Evidence, list[str]]]:
    """Evidence with the same words once, with all who say them: who is quoted, through which medium, when."""
    made: dict[str, tuple[Evidence, list[str]]] = {}
    for one in evidence:
        _, sources = made.setdefault(" ".join(one.exact.split()), (one, []))
        source = _source(one, words, label_of)
        if source not in sources:
            sources.append(source)
    return list(made.values())


def _source(evidence: Evidence, words: Words, label_of: LabelOf) -> str:
    who = f"{words.say('labels', 'says')}: {' › '.join(evidence.attribution)}; " if evidence.attribution else ""
    known = {"said": evidence.said, "published": evidence.published}
    days = [words.say("labels", key, date=in_words(when, None, words)) for key, when in known.items() if when]
    date = f" ({'; '.join(days)})" if days else ""
    return f"{who}{evidence.publisher or label_of(evidence.report)}{date}"


def _marked(evidence: Evidence) -> Text:
    if HIDDEN in evidence.exact:
        return plain(evidence.exact)
    start, end = evidence.trigger.start - evidence.span.start, evidence.trigger.end - evidence.span.start
    if not 0 <= start <= end <= len(evidence.exact):
        return plain(evidence.exact)
    return _in_line(evidence.exact, start, end)


def _in_line(text: str, start: int, end: int) -> Text:
    """`text` in one line with `start:end` underlined; blanks at the joints are kept as one."""
    made = Text()
    for piece, style in ((text[:start], ""), (text[start:end], "underline bold"), (text[end:], "")):
        even = " ".join(harmless(piece).split())
        made.append(" " if made.plain and piece[:1].isspace() and not made.plain.endswith(" ") else "")
        made.append(even, style=style)
        made.append(" " if even and piece[-1:].isspace() else "")
    return made


# ---------------------------------------------------------------- one thing


def entity_lines(entity: Entity, entries: Iterable[Entry], related: Iterable[tuple[str, str]], sheet: Sheet, label_of: LabelOf) -> Iterator[Text]:
    """A person or body: names, kin, and the entries that name them."""
    words = sheet.words
    yield plain(entity.name, "bold").append(f"  {words.say('kinds', entity.kind)}  {entity.id}", style="dim not bold")
    others = [name for name in entity.names if name != entity.name]
    if others:
        yield from sheet.indented([Text(words.say("labels", "names") + ": ", style="dim").append_text(plain("; ".join(others), "not dim"))])
    for relation, name in related:
        yield from sheet.indented([plain(f"{relation}: {name}")])
    reports = len({one.report for one in entity.mentions})
    yield from sheet.indented([Text(words.say("labels", "mentions", mentions=len(entity.mentions), reports=reports), style="dim")])
    yield Text()
    for entry in entries:
        yield from entry_lines(entry, sheet, label_of)


def report_lines(report: Report, sheet: Sheet, masks: Masks) -> Iterator[Text]:
    """A report with where it was met, and its whole text."""
    document = report.document
    yield plain(_title(document, masks), "bold").append(f"  {sheet.words.say('kinds', 'report')}  {document.id}", style="dim not bold")
    yield from sheet.indented(plain(masks.without_names(line), "dim") for line in _about(report, sheet.words))
    yield Text()
    for paragraph in harmless(shown(document, Span(0, len(document.text)), masks)).split("\n"):
        yield from sheet.indented([Text(paragraph)], 0) if paragraph.strip() else [Text()]


def _about(report: Report, words: Words) -> Iterator[str]:
    """Who published it, when, where it was met."""
    document = report.document
    if document.publisher:
        yield document.publisher
    known = {"author": document.author, "address": document.url, "dct": _creation(report, words), "language": document.language}
    yield from (f"{words.say('labels', key)}: {value}" for key, value in known.items() if value)
    for sighting in report.sightings:
        yield f"{words.say('labels', 'seen_at')}: {sighting.uri}" + (f", {sighting.part}" if sighting.part else "")
    if report.reading is None:
        yield words.say("labels", "unread")


def _creation(report: Report, words: Words) -> str:
    """The creation time; where the reading narrowed it, what was given and why."""
    if report.reading is None or report.document.parent:
        return in_words(report.document.dct.value if report.document.dct else None, None, words)
    dct = report.reading.dct
    said = in_words(dct.value, None, words)
    narrowed = dct.given and dct.given != dct.value
    return (
        f"{said} ({words.say('labels', 'given', given=in_words(dct.given, None, words))}: {words.told('reasons', dct.why or '')})"
        if narrowed
        else said
    )


def thing_line(thing: Thing, words: Words, masks: Masks = NOTHING) -> Text:
    """One of several that a name fits."""
    kind = words.say("kinds", thing.record.kind if isinstance(thing.record, Entity) else thing.kind)
    return Text(f"{thing.id}  ", style="bold").append(f"{kind}  ", style="dim").append_text(plain(masks.without_names(thing.name), "not bold"))


def hit_lines(hit: Hit, document: Document, sheet: Sheet, masks: Masks) -> Iterator[Text]:
    """A passage that was found, with its report."""
    length = len(document.text if hit.field == "text" else document.title or "")
    start, end = max(0, hit.span.start - AROUND), min(length, hit.span.end + AROUND)
    before, found, after = (shown(document, span, masks, hit.field) for span in (Span(start, hit.span.start), hit.span, Span(hit.span.end, end)))
    whole = before + found + after
    yield plain(masks.without_names(document.title or document.label), "bold").append(f"  {document.id}", style="dim not bold")
    line = _in_line(whole, len(before), len(before) + len(found))
    yield from sheet.indented([Text("… " if start else "").append_text(line).append(" …" if end < length else "")])
    yield Text()


# ---------------------------------------------------------------- a reading


def reading_lines(document: Document, reading: Reading | None, sheet: Sheet) -> Iterator[Text]:
    """What was read in one report, layer by layer, each annotation with its words and rule."""
    words = sheet.words
    yield plain(document.label, "bold").append(f"  {document.id}", style="dim not bold")
    if reading is None:
        yield from sheet.indented([Text(words.say("labels", "unread"))])
        return
    why = f" — {words.told('reasons', reading.dct.why)}" if reading.dct.why else ""
    yield from sheet.indented([plain(f"{words.say('labels', 'dct')}: {in_words(reading.dct.value, None, words)}{why}")])
    yield from _layer_lines(reading.layers, document.text, sheet, "")
    if reading.title is not None:
        yield from _layer_lines(reading.title, document.title or "", sheet, f" ({words.say('layers', 'title')})")
    yield Text()


def _layer_lines(layers: Layers, text: str, sheet: Sheet, of: str) -> Iterator[Text]:
    for name in layers.__struct_fields__:
        rows: tuple[Record | Span, ...] = getattr(layers, name)
        if rows and name != "sentences":
            yield from sheet.indented([Text(f"{sheet.words.say('layers', name)}{of}: {len(rows)}", style="bold")])
            yield from sheet.indented((plain(_annotation(row, text)) for row in rows if isinstance(row, Record)), 4)


def _annotation(row: Record, text: str) -> str:
    """The words of an annotation and all that it says of them."""
    said = {name: _said(getattr(row, name), text) for name in row.__struct_fields__ if name not in ("id", "rule")}
    values = ", ".join(f"{name} {value}" for name, value in said.items() if value and name not in _PLACES)
    return f"{' '.join(said[name] for name in _PLACES if said.get(name))}  {values}  ({getattr(row, 'rule', '')})"


def _said(value: object, text: str) -> str:
    if isinstance(value, Span):
        return f"«{value.of(text)}»"
    if isinstance(value, tuple):
        return " + ".join(filter(None, (_said(one, text) for one in value)))
    if isinstance(value, Record):
        return " ".join(filter(None, (_said(getattr(value, name), text) for name in value.__struct_fields__)))
    return "" if value is None else str(value)


def label_of(document_of: Callable[[str], Document], masks: Masks) -> LabelOf:
    """How a report without a publisher is called: by its title or label."""
    return lambda report: masks.without_names(_title(document_of(report), masks))


def _title(document: Document, masks: Masks) -> str:
    return shown(document, Span(0, len(document.title)), masks, "title") if document.title else document.label
