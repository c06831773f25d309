"""Who said what: words that a report attributes to somebody, direct, indirect and mixed, each with its cue, source and speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from careo.model import Chain, Media, Quotation, Span, Timex
from careo.read.direct import direct
from careo.read.hearers import Hearers
from careo.read.indirect import indirect
from careo.read.page import Page
from careo.read.speakers import Speaker, Speakers
from careo.read.speech import Draft, Sheet
from careo.read.unmarked import unmarked

ACCORDING = "quotations/according#"
_JOINTS = frozenset({"PUNCT", "CCONJ", "SCONJ", "ADV"})


def quotations(page: Page, timexes: Sequence[Timex], chains: Sequence[Chain], media: Sequence[Media]) -> tuple[Quotation, ...]:
    """The quotations of a page in order of their content, with ids q1, q2, …

    Direct speech is read from marks, dashes and colons, indirect speech from frames over the parse; where both fit, the frame that
    holds the marks makes it mixed. A speaker is given only where the report names one or the grammar carries the last one on.
    """
    if not page.parse.tokens:
        return ()
    timexes = sorted(timexes, key=lambda timex: timex.span)
    sheet = Sheet(page, [timex.span for timex in timexes])
    framed = indirect(sheet)
    marked = direct(sheet, framed)
    drafts = sorted(unmarked(sheet, media, chains, [*marked, *framed]), key=lambda draft: (draft.start, -draft.content[-1].end, draft.rule))
    _one_after_the_other(sheet, drafts)
    for draft in drafts:
        draft.without_own_source()
        # Marks that are opened twice hold nothing in between.
        draft.content = [part for part in draft.content if part.start < part.end]
    drafts = [draft for draft in drafts if draft.content]
    speakers = Speakers(sheet, chains, drafts)
    hearers = Hearers(sheet, speakers.known)
    made: list[Quotation] = []
    open_ones: list[Quotation] = []
    for number, draft in enumerate(drafts, 1):
        speaker = speakers.of(draft)
        medium = sheet.medium(draft) or _medium_again(sheet, draft, speaker, drafts[number - 2] if number > 1 else None, made)
        made.append(
            Quotation(
                f"q{number}", tuple(draft.content), draft.manner, draft.stance, draft.rule, draft.cue_span, draft.source, speaker.name, speaker.chain,
                medium=medium, addressee=hearers.of(draft), said=_said(sheet, draft, timexes), parent=_parent(draft, open_ones),
            )
        )  # fmt: skip
        open_ones.append(made[-1])
    return tuple(made)


def _one_after_the_other(sheet: Sheet, drafts: Sequence[Draft]) -> None:
    """«Trece según el Ministerio, y diecinueve según los vecinos»: what the second says begins behind whom the first is of."""
    sourced = [(draft.cue.span, draft.source, draft) for draft in drafts if draft.cue and draft.source and draft.rule.startswith(ACCORDING)]
    for (cue, source, _), (_, _, second) in pairwise(sorted(sourced, key=lambda one: one[0])):
        said = second.content[0]
        if said.holds(cue):
            behind = range(bisect_left(sheet.starts, source.end), bisect_left(sheet.starts, said.end))
            begin = next((sheet.starts[i] for i in behind if sheet.tokens[i].pos not in _JOINTS), said.start)
            second.content[0] = Span(begin, said.end)


def _medium_again(sheet: Sheet, draft: Draft, speaker: Speaker, before: Draft | None, made: Sequence[Quotation]) -> str | None:
    """That of the quotation right before in the same paragraph, where the same speaker, not named again, goes on: «"…", agregó»."""
    goes_on = before is not None and draft.cue is not None and draft.source is None and speaker.name is not None and speaker.name == made[-1].speaker
    near = goes_on and before is not None and sheet.paragraph(before.start) == sheet.paragraph(draft.start)
    return made[-1].medium if near and draft.stretch and made[-1].manner == "direct" else None


def _said(sheet: Sheet, draft: Draft, timexes: Sequence[Timex]) -> str | None:
    """The date of the time expression that hangs on the reporting word. `timexes` are in order of the text."""
    if draft.cue is None:
        return None
    sentence = sheet.sentence(draft.cue.at)
    start, end = sheet.tokens[sentence.start].span.start, sheet.tokens[sentence.end - 1].span.end
    low, high = (bisect_left(timexes, offset, key=lambda timex: timex.span.start) for offset in (start, end))
    for timex in timexes[low:high]:
        words = sheet.tokens[sheet.token_from(timex.span.start) : sheet.token_from(timex.span.end)]
        inside = any(part.touches(timex.span) for part in draft.content)
        if timex.edtf and not inside and any(word.head == draft.cue.at for word in words):
            return timex.edtf
    return None


def _parent(draft: Draft, open_ones: list[Quotation]) -> str | None:
    """The innermost quotation whose content holds this one's cue; of `open_ones` those that end before it begins are let go."""
    open_ones[:] = [one for one in open_ones if one.content[-1].end > draft.start]
    cue = draft.cue_span
    return next((one.id for one in reversed(open_ones) if cue and one.holds(cue)), None)
