"""Direct speech: words in marks, told from titles and scare quotes by the reporting word that they hang on."""

from __future__ import annotations

from collections import defaultdict

from careo.model import Manner, Span
from careo.read.speech import FRAGMENT, LAYER, Cue, Draft, Sheet, Stretch

WHOLE = 4
"""Words from which on a sentence in marks is a quotation without a cue."""

SHORT = 120
"""Characters of a line between two paragraphs of one quotation."""

REACH = 9
"""Tokens between marks and a reporting word beside them."""

DIRECT: Manner = "direct"
MIXED: Manner = "mixed"
RULE = "quotations/marks#alone"


def direct(sheet: Sheet, framed: list[Draft]) -> list[Draft]:
    """The direct quotations; the marks that `framed` drafts hold are theirs. A cue that serves words in marks is taken from a bare frame."""
    found: list[Draft] = []
    taken = {draft.cue.at: draft for draft in framed if draft.cue}
    by_sentence: dict[int, list[Draft]] = defaultdict(list)
    for draft in framed:
        by_sentence[sheet.sentence(draft.cue.at if draft.cue else sheet.token_from(draft.start)).start].append(draft)
    left_out: list[Draft] = []
    for stretch in sheet.stretches:
        holder = _holder(sheet, stretch, by_sentence)
        if holder and not _is_own(sheet, stretch, holder):
            continue
        made = _draft(sheet, stretch, found, taken)
        if made and holder and made.cue is holder.cue:
            left_out.append(holder)
        if made and (not found or made is not found[-1]):
            found.append(made)
    gone = {id(holder) for holder in left_out}
    framed[:] = [draft for draft in framed if id(draft) not in gone]
    return found


def _holder(sheet: Sheet, stretch: Stretch, by_sentence: dict[int, list[Draft]]) -> Draft | None:
    """The draft whose content has a part in these marks."""
    near = by_sentence.get(sheet.sentence(stretch.first).start, []) + by_sentence.get(sheet.sentence(stretch.last).start, [])
    return next((draft for draft in near if any(part.touches(stretch.span) for part in draft.content)), None)


def _is_own(sheet: Sheet, stretch: Stretch, holder: Draft) -> bool:
    """Marks are speech of their own where the frame that holds them begins with them, as «"…", dijo» does."""
    cue = holder.cue
    return cue is not None and stretch.last < cue.first and not sheet.has_verb(sheet.sentence(stretch.first).start, stretch.first)


def _draft(sheet: Sheet, stretch: Stretch, found: list[Draft], taken: dict[int, Draft]) -> Draft | None:
    last = found[-1] if found else None
    if last and last.source and last.source.touches(stretch.span):
        return None
    after = _cue_after(sheet, stretch, taken)
    if after:
        made = _with_cue(sheet, stretch, after)
        return _taken_up(sheet, made, last, found) if last else made
    before = _cue_before(sheet, stretch)
    if before and last and last.cue is before:
        return _added(last, stretch)
    if before:
        return _with_cue(sheet, stretch, before)
    if last and _goes_on(sheet, stretch, last):
        return _added(last, stretch)
    if not _stands_alone(sheet, stretch):
        return None
    opener = _announced(sheet, stretch)
    return _with_cue(sheet, stretch, opener) if opener else _without_cue(sheet, stretch)


# ---------------------------------------------------------------- making


def verbatim(sheet: Sheet, span: Span) -> Span:
    """`span` without blanks and a comma at its end; a full stop inside the marks stays."""
    start, end = span.start, span.end
    while end > start and (sheet.text[end - 1].isspace() or sheet.text[end - 1] == ","):
        end -= 1
    while start < end and sheet.text[start].isspace():
        start += 1
    return Span(start, end)


def _with_cue(sheet: Sheet, stretch: Stretch, cue: Cue) -> Draft:
    content, manner = verbatim(sheet, stretch.span), DIRECT
    if cue.first > stretch.last and (start := _fragment_start(sheet, stretch)) is not None:
        content, manner = Span(start, content.end), MIXED
    rule, stance = cue.frame.rule.name, cue.frame.fields.get("stance", "say")
    return Draft([content], manner, stance, rule, cue, cue.span, cue.source, cue.source_head, max(stretch.last, cue.last), stretch)


def _fragment_start(sheet: Sheet, stretch: Stretch) -> int | None:
    """Where indirect speech begins that runs into marks («Ruiz "no piensa irse", dijo»); None if the marks begin the sentence."""
    sentence = sheet.sentence(stretch.first)
    start = sheet.opening(sentence, stretch.first)
    own = [i for i in range(start, stretch.first) if sheet.tokens[i].pos != "PUNCT"]
    stop = stretch.first > start and sheet.tokens[stretch.first - 1].text in {":", ".", ";"}
    busy = any(sheet.in_marks[i] or i in sheet.cue_at for i in own)
    return sheet.tokens[own[0]].span.start if own and not stop and not busy else None


def _without_cue(sheet: Sheet, stretch: Stretch) -> Draft:
    return Draft([verbatim(sheet, stretch.span)], "direct", "say", RULE, last=stretch.last, stretch=stretch)


def _added(draft: Draft, stretch: Stretch) -> Draft:
    draft.content.append(stretch.span)
    draft.last, draft.stretch = max(draft.last, stretch.last), stretch
    return draft


# ---------------------------------------------------------------- finding


def _taken_up(sheet: Sheet, made: Draft, last: Draft, found: list[Draft]) -> Draft:
    """Marks that were not closed in the paragraph before and are opened again here: one quotation, with the cue of its end."""
    before, stretch = last.stretch, made.stretch
    if before and stretch and last.cue is None and not before.closed and _opens_paragraph(sheet, stretch) and _is_next(sheet, before, stretch):
        found.pop()
        made.content[:0] = last.content
    return made


def _is_next(sheet: Sheet, before: Stretch, stretch: Stretch) -> bool:
    """Whether `stretch` stands in the next paragraph, or only one short line (a link to another story) lies between."""
    left, right = sheet.paragraph(before.outer.start), sheet.paragraph(stretch.outer.start)
    return right - left == 1 or (right - left == 2 and len(sheet.paragraphs[left + 1]) < SHORT)


def _cue_after(sheet: Sheet, stretch: Stretch, taken: dict[int, Draft]) -> Cue | None:
    """The reporting word that follows marks: «"…", dijo X», «"…", X dijo», «"…", según X»."""
    sentence = sheet.sentence(stretch.last)
    for i in range(stretch.last + 1, min(stretch.last + 1 + REACH, sentence.end)):
        cue = sheet.cue_at.get(i)
        if cue and cue.kind not in {"noun", "beside", "view"}:
            gap = range(stretch.last + 1, cue.first)
            comma = any(sheet.tokens[j].text in {",", "–", "—", ".", "-"} for j in gap) or sheet.text[stretch.span.end - 1] in ",?!…"
            free = cue.at not in taken or (cue.kind == "according" and cue.first - stretch.last <= FRAGMENT)
            own = cue.source is not None and cue.source.touches(stretch.span)
            return cue if comma and free and not own and sheet.clear(gap.start, gap.stop, (cue.source,)) else None
        if sheet.in_marks[i]:
            return None
    return None


def _cue_before(sheet: Sheet, stretch: Stretch) -> Cue | None:
    """The reporting word before marks: behind a colon the last of the sentence, else one that stands right before them."""
    sentence = sheet.sentence(stretch.first)
    at = stretch.first - 1
    if at < sentence.start:
        return None
    colon = sheet.tokens[at].text == ":" or sheet.text[stretch.outer.start - 1 : stretch.outer.start] == ":"
    cues = [cue for cue in sheet.cues_in(sentence.start, at + 1) if cue.last <= at and not _is_told_of(sheet, cue)]
    if colon:
        return _nearest(cues)
    cues = [cue for cue in cues if at - cue.last < REACH and not (cue.source and cue.source.touches(stretch.span))]
    near = [cue for cue in cues if sheet.clear(cue.last + 1, at + 1, (cue.source,)) or _calls(sheet, cue, stretch)]
    return near[-1] if near and stretch.words >= FRAGMENT else None


def _calls(sheet: Sheet, cue: Cue, stretch: Stretch) -> bool:
    """Whether the marks hold what the cue's verb calls something: «calificó la venta como un «…»»."""
    words, between = sheet.page.language.words, sheet.tokens[cue.last + 1 : stretch.first]
    joint = next((token for token in reversed(between) if token.pos not in {"DET", "ADV"}), None)
    calling = sheet.tokens[cue.at].lemma in words(LAYER, "calling") and joint is not None and joint.text in words(LAYER, "as")
    return calling and not any(token.pos in {"VERB", "PUNCT"} for token in between)


def _is_told_of(sheet: Sheet, cue: Cue) -> bool:
    """Whether a verb that utters only beside marks stands in what another says: «recalcó que la búsqueda continúa»."""
    others = sheet.cues_in(sheet.sentence(cue.at).start, cue.first) if cue.kind == "speak" else []
    between = sheet.tokens[others[-1].last + 1 : cue.first] if others else []
    return bool(between) and between[0].text.lower() in sheet.that and not any(token.text == "," for token in between)


def _nearest(cues: list[Cue]) -> Cue | None:
    """Verbs before nouns: «mandó un mensaje y dijo: …»."""
    verbs = [cue for cue in cues if cue.kind not in {"noun", "according"}]
    return (verbs or cues)[-1] if cues else None


def _goes_on(sheet: Sheet, stretch: Stretch, last: Draft) -> bool:
    """Whether marks take up those before them: re-opened in the next paragraph, or right behind the attribution in the same one."""
    before = last.stretch
    if before is None:
        return False
    paragraphs = sheet.paragraph(stretch.outer.start) - sheet.paragraph(before.outer.start)
    if not before.closed and last.last == before.last:
        return _is_next(sheet, before, stretch) and _opens_paragraph(sheet, stretch)
    if paragraphs or last.cue is None or not before.last < last.cue.first <= last.last < stretch.first:
        return False
    sentence = sheet.sentence(stretch.first)
    if sheet.sentence(last.last) == sentence:
        return sheet.clear(last.last + 1, stretch.first, (last.source,))
    follows = sentence.start in {stretch.first} and sheet.sentence(stretch.first - 1) == sheet.sentence(last.last)
    return follows


def _opens_paragraph(sheet: Sheet, stretch: Stretch) -> bool:
    return sheet.paragraphs[sheet.paragraph(stretch.outer.start)].start == stretch.outer.start


def _stands_alone(sheet: Sheet, stretch: Stretch) -> bool:
    """Whether a whole sentence with a verb stands in the marks, and nothing else in its sentence."""
    sentence = sheet.sentence(stretch.first)
    outside = [*range(sentence.start, stretch.first), *range(stretch.last + 1, sentence.end)]
    alone = all(sheet.tokens[i].pos == "PUNCT" for i in outside)
    return alone and stretch.words >= WHOLE and sheet.has_verb(stretch.first, stretch.last + 1)


def _announced(sheet: Sheet, stretch: Stretch) -> Cue | None:
    """The last reporting word of the sentence before, if that ends in a colon."""
    start = sheet.sentence(stretch.first).start
    if not start or sheet.tokens[start - 1].text != ":":
        return None
    before = sheet.sentence(start - 1)
    return _nearest(sheet.cues_in(before.start, before.end))
