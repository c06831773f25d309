"""What people decide on a case: judgements on anchors, written down with author and reason, and taken back by later ones.

For the command line and the workbench alike. Nothing here reads the clock: `at` is the caller's time (`edge.now`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Literal, get_args

from careo import edtf
from careo.collate.clusters import MACHINE, short_id
from careo.errors import UsageError
from careo.model import Anchor, Chronology, Entity, Entry, Field, Judgement, Layers, Link, Reading, Span, Verdict
from careo.present import lookup
from careo.present.codes import kinds
from careo.present.words import Words
from careo.store.case import SHOW, UNDO, Case, standing

JudgementKind = Literal["link", "claim", "correction", "mask", "note"]

VERDICTS: dict[str, tuple[str, ...]] = {"link": get_args(Verdict), "claim": ("ACCEPT", "REJECT"), "mask": ("HIDE", SHOW)}
"""What can be said in a judgement of a kind. The verdict of a `correction` is the value that ought to stand; that of a `note` is free."""

LONGEST = 2000
"""Code points of a reason; of an author's name a twentieth of it."""


def decide(
    case: Case,
    kind: JudgementKind,
    left: Anchor,
    verdict: str,
    because: str,
    by: str,
    at: str,
    right: Anchor | None = None,
) -> Judgement:
    """Write down that `by` decided `verdict` on `left` at the time `at`, `because`; a `link` is between `left` and `right`.

    Gives the judgement with its number; the case is not concluded anew (`pipeline.collate`). Raises UsageError, and writes nothing, where the reason
    or the author is empty, the time is none, the kind does not know the verdict, an anchor stands outside its report, or a link lacks its other end
    or leads to itself.
    """
    if kind == "correction":
        _fitting(left, verdict)
    if verdict not in VERDICTS.get(kind, (verdict,)):
        raise UsageError(f"verdict {verdict!r} on a {kind}", expected=" or ".join(VERDICTS[kind]), mend="take one of these")
    if kind == "link":
        _linkable(left, right)
    for anchor in (left, right):
        if anchor is not None:
            _stands(case, anchor)
    return case.judge(kind, left, verdict, because=_reason(because), by=_author(by), at=_time(at), right=right)


def undo(case: Case, number: int | None, because: str, by: str, at: str) -> Judgement:
    """Take judgement `number` back, or the last that stands and takes none back itself, by one more judgement. The reason may be empty.

    Undoing what undoes another brings that one back. Gives the new judgement. Raises UsageError where there is none of that number, or it is undone
    already, or none is left.
    """
    held = standing(case.judgements())
    if number is None:
        left = [one for one in held if one.verdict != UNDO]
        if not left:
            raise UsageError("no judgement to undo", where=str(case.path), expected="one that stands", mend="list the judgements")
        taken = left[-1]
    else:
        found = [one for one in held if one.number == number]
        if not found:
            raise UsageError(f"judgement {number} does not stand", where=str(case.path), expected="one that stands", mend="list the judgements")
        (taken,) = found
    reason = " ".join(because.split())[:LONGEST]
    return case.judge(taken.kind, taken.left, UNDO, because=reason, by=_author(by), at=_time(at), right=taken.right, undoes=taken.number)


def undo_stroke(case: Case, number: int | None, because: str, by: str, at: str) -> list[Judgement]:
    """Take a judgement back with all that were made by the same stroke: what an entry rests on is decided on, and taken back, as one.

    Of what undoes another only that one. Gives the new judgements, of the one that was asked for the last. Raises UsageError as `undo` does.
    """
    held = standing(case.judgements())
    asked = next((one for one in reversed(held) if (one.number == number if number is not None else one.verdict != UNDO)), None)
    others = [one for one in held if asked and asked.verdict != UNDO and one != asked and _stroke(one) == _stroke(asked)]
    return [undo(case, one, because, by, at) for one in (*(other.number for other in others), asked.number if asked else number)]


def _stroke(one: Judgement) -> tuple[str, ...]:
    """What the judgements of one stroke have in common: a decision on an entry is one on all words that it rests on."""
    return one.kind, one.verdict, one.left.property, one.by, one.at, one.because


def strokes(judgements: Iterable[Judgement]) -> list[tuple[Judgement, int]]:
    """The last judgement of each stroke, in order, with how many it has."""
    grouped = ([*found] for _, found in groupby(judgements, key=_stroke))
    return [(found[-1], len(found)) for found in grouped]


def undone_by(judgements: tuple[Judgement, ...]) -> dict[int, int]:
    """Of each judgement that does not stand the number of the one that undid it."""
    held = {one.number for one in standing(judgements)}
    return {one.undoes: one.number for one in judgements if one.undoes is not None and one.number in held}


def anchor_of(entity: Entity) -> Anchor:
    """What a judgement on a whole person, body or place points at: the first naming of it."""
    return namings(entity)[entity.id]


def namings(entity: Entity) -> dict[str, Anchor]:
    """The namings that an entity was made of: id → anchor, in order of place. The first id is the entity's own, the others are its aliases."""
    places = (Anchor(one.report, one.field, "chains", one.span.start, one.span.end) for one in entity.mentions)
    known = {entity.id, *entity.aliases}
    return {name: place for place in sorted(places) if (name := short_id(place)) in known}


def meant(wanted: str, chronology: Chronology) -> tuple[Entity, Anchor]:
    """The entity that an id, the beginning of one, or a name fits, and what to point at: of an id of one naming (an alias) that very naming.

    So a cluster that is wrong can be split. Raises SeveralFitError where it fits several, UsageError where none.
    """
    found = lookup.one_of(wanted, lookup.people(chronology)).record
    assert isinstance(found, Entity)
    return found, namings(found).get(wanted) or anchor_of(found)


def reason(link: Link, words: Words) -> str:
    """Why a link holds, in the language of the interface: what the machine says as the texts have it, a person's own words as they are."""
    if link.by != MACHINE:
        return f"{link.why} ({link.by})"
    return words.told("reasons", link.why)


def told_at(document: str, field: Field, trigger: Span, reading: Reading | None) -> Anchor:
    """The annotation that a trigger stands for, as collation points at it: an event, a figure, or a quotation (its content) by its cue."""
    found = (reading and (reading.layers if field == "text" else reading.title)) or Layers()
    layer, span = "events", trigger
    if not any(one.trigger == trigger for one in found.events):
        if any(one.span == trigger for one in found.quantities):
            layer = "quantities"
        elif told := next((one for one in found.quotations if one.content and trigger in (one.cue, one.content[0])), None):
            layer, span = "quotations", told.content[0]
    return Anchor(document, field, layer, span.start, span.end)


def statements(entry: Entry, case: Case) -> tuple[Anchor, ...]:
    """What judgements on an entry point at: each statement that it is made of, in the order of its evidence."""
    return tuple(told_at(one.report, one.field, one.trigger, case.reading(one.report)) for one in entry.evidence)


def entry_meant(wanted: str, chronology: Chronology) -> Entry:
    """The entry that an id, or the beginning of one, fits; one that was rejected too. Raises UsageError and SeveralFitError."""
    known = (*chronology.entries, *chronology.undated, *chronology.rejected)
    found = lookup.one_of(wanted, [lookup.Thing(one.id, "entry", one.what, one) for one in known]).record
    assert isinstance(found, Entry)
    return found


def orphaned(case: Case, judgement: Judgement) -> bool:
    """Whether the reading that there is now finds nothing where the judgement points."""
    return any(anchor is not None and anchor.layer in _READ and not _found(case, anchor) for anchor in (judgement.left, judgement.right))


def _found(case: Case, anchor: Anchor) -> bool:
    reading = case.reading(anchor.document)
    layers = None if reading is None else reading.layers if anchor.field == "text" else reading.title
    spans = _READ[anchor.layer](layers) if layers else ()
    return any(span.start < anchor.end and anchor.start < span.end for span in spans)


_READ: Mapping[str, Callable[[Layers], Iterable[Span]]] = {
    "events": lambda layers: (one.trigger for one in layers.events),
    "quotations": lambda layers: (span for one in layers.quotations for span in one.content),
    "quantities": lambda layers: (one.span for one in layers.quantities),
    "chains": lambda layers: (member.span for one in layers.chains for member in one.members),
}
"""Where the annotations of each layer stand on which people decide."""


def _fitting(left: Anchor, value: str) -> None:
    """Raises UsageError where a corrected value cannot stand for its property."""
    wrong = {
        "when": ("a date such as 2018, 2018-01 or 2018-01-15", not edtf.is_edtf(value)),
        "figure": ("a whole number", not value.isdecimal()),
        "kind": ("one of " + ", ".join(sorted(kinds())), left.layer == "events" and value not in kinds()),
    }
    expected, is_wrong = wrong.get(left.property, ("a value", not value.strip()))
    if is_wrong:
        raise UsageError(f"{value!r} for {left.property or 'a correction'}", expected=expected, mend="correct the value")


def _linkable(left: Anchor, right: Anchor | None) -> None:
    if right is None:
        raise UsageError("a link with one end", expected="two annotations", mend="name the other")
    if left == right:
        raise UsageError("both are one already", expected="two that differ", mend="to split one, name the ids of its namings")
    if left.layer != right.layer:
        raise UsageError(f"a link of {left.layer} to {right.layer}", expected="two annotations of one layer", mend="choose two of a kind")


def _stands(case: Case, anchor: Anchor) -> None:
    document = case.document(anchor.document)
    length = len(document.text if anchor.field == "text" else document.title or "")
    if not 0 <= anchor.start <= anchor.end <= length:
        place = f"{anchor.start}..{anchor.end}"
        raise UsageError(f"an anchor at {place}", where=document.label, expected=f"a place in its {length} characters", mend="choose it anew")


def _reason(because: str) -> str:
    reason = " ".join(because.split())
    if not 0 < len(reason) <= LONGEST:
        raise UsageError(f"a reason of {len(reason)} characters", expected=f"1 to {LONGEST} characters", mend="say why")
    return reason


def _author(by: str) -> str:
    name = " ".join(by.split())
    if not 0 < len(name) <= LONGEST // 20:
        raise UsageError(f"an author of {len(name)} characters", expected="who decides", mend="give a name, such as --by ana")
    return name


def _time(at: str) -> str:
    if not edtf.is_edtf(at):
        raise UsageError(f"the time {at!r}", expected="a date or an instant", mend="give one such as 2018-01-15T12:00:00Z")
    return at
