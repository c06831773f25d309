"""Indirect and mixed speech: what frames say that somebody said, asked or denied, with the limits that a parse alone does not keep."""

from __future__ import annotations

from collections.abc import Iterator

from careo.model import Manner, Span, Token
from careo.read.parenthesis import around, is_parenthesis, take_subject
from careo.read.sources import mend, subject_behind
from careo.read.speech import FRAGMENT, LAYER, Cue, Draft, Sheet

_REPORTS = frozenset({"indirect", "thing", "bare", "according", "so"})
_GOVERNS = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PUNCT"})
_ENDS = frozenset({".", ";", "?", "!", ":", ",", "(", "–", "—"})
_REACH = 9
"""Tokens between a cue and its complementiser."""


def indirect(sheet: Sheet) -> list[Draft]:
    """Quotations whose content the frames, or a comma and a reporting verb behind a clause, give."""
    return [draft for cue in sheet.cues for draft in _drafts(sheet, cue)]


def _drafts(sheet: Sheet, cue: Cue) -> Iterator[Draft]:
    _look_again(sheet, cue)
    content = [] if _is_own_voice(sheet, cue) else _content(sheet, cue)
    if content:
        yield drafted(sheet, cue, content)
    elif cue.kind in {"indirect", "thing", "marked"}:
        cue.kind = "bare"


def _is_own_voice(sheet: Sheet, cue: Cue) -> bool:
    """Whether the report itself speaks: in the first person, or in an infinitive that nobody in sight utters («cabe señalar que»)."""
    morph = sheet.morph(cue)
    if _is_outlet(sheet, cue):
        return True
    nobody = cue.source is None and cue.frame.fields.get("stance") not in {"ask", "accuse", "deny"}
    return cue.kind != "according" and ("Person=1" in morph or (nobody and "VerbForm=Inf" in morph and "VerbForm=Fin" not in morph))


def _is_outlet(sheet: Sheet, cue: Cue) -> bool:
    """Whether the source is the publisher itself: «este diario constató que …»."""
    head = sheet.tokens[cue.source_head] if cue.source_head is not None else None
    outlet = head is not None and head.lemma in sheet.page.language.words(LAYER, "outlet") and head.i > 0
    return outlet and head is not None and sheet.tokens[head.i - 1].lemma in sheet.page.language.words(LAYER, "this")


def _look_again(sheet: Sheet, cue: Cue) -> None:
    """What the parser missed: a subject behind the verb, and a clause with its complementiser in sight."""
    mend(sheet, cue)
    beside = sheet.follows_marks(cue)
    if cue.kind in {"thing", "marked"} and beside:
        take_subject(cue)
        cue.kind = "bare"
    if cue.kind == "indirect" and beside and not _that(sheet, cue):
        cue.kind = "bare"
    if cue.source is None and (cue.kind == "bare" or (cue.kind == "speak" and beside)):
        cue.source, cue.source_head = subject_behind(sheet, cue)


def _content(sheet: Sheet, cue: Cue) -> list[Span]:
    if cue.kind == "according" or (cue.kind == "view" and _opens_sentence(sheet, cue)):
        return around(sheet, cue)
    if cue.kind in {"bare", "thing", "marked"} and is_parenthesis(sheet, cue):
        take_subject(cue)
        return around(sheet, cue)
    if cue.kind == "so":
        return _taken_up(sheet, cue)
    if _is_followed_by_clause(sheet, cue):
        cue.kind = "indirect"
        return _spanned(sheet, cue.last + 1, _cut(sheet, cue, cue.last + 1, sheet.sentence(cue.at).end))
    if cue.kind in {"indirect", "told"} or (cue.kind in {"thing", "marked"} and _says_something(sheet, cue)):
        return _limited(sheet, cue)
    first = _that(sheet, cue) if cue.kind in {"bare", "thing"} and not sheet.is_passive(cue) else None
    if first is None:
        return []
    cue.kind = "indirect"
    sentence = sheet.sentence(cue.at)
    others = [other.first for other in sheet.cues_in(first + 1, sentence.end) if other.kind in _REPORTS]
    end = _before(sheet, others[0], first + 1) if others and sheet.tokens[others[0] - 1].pos in {"CCONJ", "PUNCT"} else sentence.end
    return _spanned(sheet, first, _cut(sheet, cue, first, end))


def _is_followed_by_clause(sheet: Sheet, cue: Cue) -> bool:
    """Whether a clause of the cue's begins right behind it without «que»: «aseguró [se ha creado un estado de alarma]»."""
    clitics, sentence = sheet.page.language.words(LAYER, "proclitic"), sheet.sentence(cue.at)
    verb = next((t for t in sheet.tokens[cue.last + 1 : sentence.end] if t.text not in clitics), None)
    if verb is None or cue.kind not in {"bare", "thing", "marked"} or "VerbForm=Fin" not in verb.morph or sheet.in_marks[verb.i]:
        return False
    head = sheet.tokens[verb.head] if verb.dep in {"aux", "cop"} else verb
    below = head.head == cue.at or (cue.first == sentence.start and sheet.tokens[cue.at].head == head.i not in sheet.cue_at)
    return below and verb.i > cue.last and not sheet.is_medium_or_time(verb.i) and not sheet.is_passive(cue)


def _taken_up(sheet: Sheet, cue: Cue) -> list[Span]:
    """What «así lo informó X» takes up: what stands before it in its sentence, else the sentence before in the same paragraph.

    Nothing where that is a report of its own, or another word stands between «así» and the pronoun.
    """
    sentence = sheet.sentence(cue.at)
    if sheet.tokens[cue.at + 1].pos != "PRON":
        return []
    if cue.first > sentence.start:
        return around(sheet, cue)
    if not sentence.start:
        return []
    before = sheet.sentence(sentence.start - 1)
    here, there = sheet.tokens[cue.first].span.start, sheet.tokens[before.start].span.start
    reported = any(other.kind in {*_REPORTS, "told"} for other in sheet.cues_in(before.start, before.end))
    told = reported or any(sheet.in_marks[before.start : before.end])
    span = sheet.between(sheet.opening(before, before.end), before.end)
    return [span] if span and not told and sheet.paragraph(here) == sheet.paragraph(there) and sheet.has_verb(before.start, before.end) else []


def _opens_sentence(sheet: Sheet, cue: Cue) -> bool:
    """Whether the cue opens its sentence and a comma closes its source."""
    end = sheet.token_from(cue.source.end) if cue.source else 0
    return sheet.sentence(cue.at).start == cue.first and 0 < end < len(sheet.tokens) and sheet.tokens[end].text == ","


def _that(sheet: Sheet, cue: Cue) -> int | None:
    """The complementiser behind the cue, with nothing but a few words that hold no verb and no stop before it."""
    sentence = sheet.sentence(cue.at)
    for i in range(cue.last + 1, min(cue.last + 1 + _REACH, sentence.end)):
        token = sheet.tokens[i]
        near = i == cue.last + 1
        if token.pos in {"SCONJ", "PRON"} and token.text.lower() in sheet.that and (near or sheet.tokens[i - 1].pos not in _GOVERNS):
            return i if token.pos == "SCONJ" or near or _is_hearer(sheet, cue, i - 1) or _is_inverted(sheet, cue, i) else None
        if token.pos in {"VERB", "AUX", "PUNCT", "CCONJ"} or sheet.in_marks[i]:
            return None
    return None


def _is_hearer(sheet: Sheet, cue: Cue, i: int) -> bool:
    """Whether the word is the one spoken to, right behind the cue: what «dijo a la policía que …» opens is no relative clause."""
    toward = sheet.tokens[cue.last + 1].text.lower() in sheet.page.language.words(LAYER, "toward")
    return toward and i - cue.last <= FRAGMENT and sheet.tokens[i].text in sheet.page.language.words(LAYER, "hearer")


def _is_inverted(sheet: Sheet, cue: Cue, i: int) -> bool:
    """Whether the verb opens its sentence and its subject alone stands before token `i`: «Aseguró el alcalde [que …]»."""
    opens = all(sheet.tokens[j].pos in {"PUNCT", "ADV", "CCONJ"} for j in range(sheet.sentence(cue.at).start, cue.first))
    return opens and cue.source is not None and sheet.token_from(cue.source.end) == i and cue.source.start > cue.span.start


def _says_something(sheet: Sheet, cue: Cue) -> bool:
    """Whether a thing announced is one: a feeling expressed is none unless in its own words; nor is what nobody in sight announces."""
    token = sheet.tokens[cue.at]
    marked = any(s.words >= FRAGMENT for s in sheet.stretches_on(cue.content))
    if cue.kind == "marked":
        return marked and not sheet.has_verb(*_before_marks(sheet, cue))
    if cue.content_head is not None and sheet.tokens[cue.content_head].lemma in sheet.feeling:
        return marked
    stance = cue.frame.fields.get("stance")
    if stance in {"confirm", "admit"} and (token.dep == "acl" or cue.source is None):
        return False
    return cue.source is not None or stance in {"ask", "accuse"} or (token.dep not in {"acl", "advcl"} and "VerbForm=Fin" in sheet.morph(cue))


def drafted(sheet: Sheet, cue: Cue, content: list[Span]) -> Draft:
    """A draft with this cue; mixed where its content holds a marked fragment of FRAGMENT words."""
    mixed = any(s.words >= FRAGMENT for s in sheet.stretches_on(content))
    manner: Manner = "mixed" if mixed else "indirect"
    stance = cue.frame.fields.get("stance", "say")
    return Draft(content, manner, stance, cue.frame.rule.name, cue, cue.span, cue.source, cue.source_head)


def _before_marks(sheet: Sheet, cue: Cue) -> tuple[int, int]:
    """The tokens of a thing announced that stand before the marks in it."""
    first = sheet.token_from(cue.content[0].start)
    return first, next((s.first for s in sheet.stretches_in(first, sheet.sentence(first).end) if s.first >= first), first)


# ---------------------------------------------------------------- behind the cue


def _limited(sheet: Sheet, cue: Cue) -> list[Span]:
    """The frame's content from its complementiser on, cut before another attribution, carried on to the end of what it runs into."""
    first = sheet.token_from(cue.content[0].start)
    end = max(first, sheet.token_from(cue.content[-1].end))
    if cue.kind in {"indirect", "told"}:
        first = _complementiser(sheet, cue, first)
    if first <= cue.last or _is_after_colon(sheet, first):
        return []
    end = _carried_on(sheet, cue, first, end) if cue.kind in {"indirect", "told"} else _adverbials(sheet, cue, end)
    end = _before_main(sheet, cue, first, end)
    return _spanned(sheet, first, _cut(sheet, cue, first, end))


def _spanned(sheet: Sheet, first: int, end: int) -> list[Span]:
    """The tokens `first:end` as content: no word at the end that governs what is no longer there, marks whole. Empty if no words are left."""
    while end - 1 > first and sheet.tokens[end - 1].pos in _GOVERNS:
        end -= 1
    span = sheet.between(first, end)
    return [sheet.whole_marks(span)] if span and (end - first > 1 or sheet.tokens[first].pos != "SCONJ") else []


def _complementiser(sheet: Sheet, cue: Cue, first: int) -> int:
    """Where the clause begins: behind a preposition that the verb governs («se refiere a que»). -1 where another word governs it."""
    at = first
    while sheet.tokens[at].pos == "ADP" and at + 1 < len(sheet.tokens) and sheet.tokens[at].dep in {"mark", "case", "fixed"}:
        at += 1
    governed = at == first + 1 and (first == cue.last + 1 or cue.kind == "told")
    return at if at == first or governed else -1


def _carried_on(sheet: Sheet, cue: Cue, first: int, end: int) -> int:
    """The end of a clause: the sentence's, unless another report, a word that breaks off, or the main clause again stands between."""
    sentence = sheet.sentence(cue.at)
    low = max(end, cue.last + 1)
    others = [other.first for other in sheet.cues_in(low, sentence.end) if other is not cue and other.kind in _REPORTS]
    if others:
        return _before(sheet, others[0], end)
    if any(sheet.tokens[i].text.lower() in sheet.that for i in range(end - 1, min(end + 2, sentence.end)) if i > first):
        return sentence.end
    if sheet.tokens[cue.at].dep in {"acl", "advcl"} and end < sentence.end and sheet.tokens[end].text == "," and sheet.has_verb(end, sentence.end):
        return end
    above = _above(sheet, cue)
    rest = sheet.tokens[end : sentence.end]
    if any(t.i in above or (t.head == cue.at and _is_back(t)) for t in rest) or sheet.breaks_at(end):
        return end
    return sentence.end


def _before_main(sheet: Sheet, cue: Cue, first: int, end: int) -> int:
    """Where the main clause goes on whose verb the parser hangs on what is said: «Ruiz, quien aseguró que volverá, [salió del país]»."""
    head = sheet.tokens[cue.source_head] if cue.source_head is not None else None
    if head is None or head.i > cue.first or sheet.tokens[cue.at].head != head.i or sheet.tokens[cue.at].dep != "acl" or _has_verb_above(sheet, head):
        return end
    for i in range(first + 1, end):
        if sheet.tokens[i].text == "," and sheet.has_verb(first, i) and (verb := _verb_at(sheet, i + 1, end)) and verb.head != cue.at:
            return i
    return end


def _has_verb_above(sheet: Sheet, token: Token) -> bool:
    """Whether the word hangs on a finite verb, so that its sentence has a main verb elsewhere."""
    above = sheet.tokens[token.head]
    return above.i != token.i and above.pos in {"VERB", "AUX"} and "VerbForm=Fin" in above.morph


def _verb_at(sheet: Sheet, i: int, end: int) -> Token | None:
    """The finite verb that stands at token `i`, behind no more than small words."""
    while i < end and sheet.tokens[i].pos in {"ADV", "PRON"} and "Rel" not in sheet.tokens[i].morph:
        i += 1
    token = sheet.tokens[min(i, len(sheet.tokens) - 1)]
    return token if i < end and token.pos in {"VERB", "AUX"} and "VerbForm=Fin" in token.morph else None


def _before(sheet: Sheet, other: int, end: int) -> int:
    """Where a clause ends that another report follows: where the parser ended it, else at the last comma or joint before that."""
    for i in range(other - 1, end, -1):
        if end + 1 == i or sheet.tokens[i].text in {",", ";"} or sheet.tokens[i].pos == "CCONJ":
            return i if end < i - 1 and sheet.tokens[end].pos != "PUNCT" else end
    return end


def _is_back(token: Token) -> bool:
    """Whether a word that hangs on the cue shows that the report has gone on."""
    return token.dep in {"advcl", "nsubj"} or (token.dep == "conj" and "VerbForm=Fin" in token.morph)


def _above(sheet: Sheet, cue: Cue) -> set[int]:
    """The words that the cue hangs on."""
    above: set[int] = set()
    i = cue.at
    while sheet.tokens[i].head != i and sheet.tokens[i].head not in above:
        i = sheet.tokens[i].head
        above.add(i)
    return above


def _adverbials(sheet: Sheet, cue: Cue, end: int) -> int:
    """The end of a thing announced with the phrases behind it that the parser hangs on the verb, up to a comma."""
    sentence = sheet.sentence(cue.at)
    at = end
    while at < sentence.end and sheet.tokens[at].text not in _ENDS and sheet.tokens[at].pos != "CCONJ" and at not in sheet.cue_at:
        if sheet.opens_hearer(at, cue):
            break
        at += 1
    return at if not sheet.is_medium_or_time(end) else end


def _is_after_colon(sheet: Sheet, first: int) -> bool:
    """Whether token `first` stands in, or opens, marks that a colon announces: those are direct speech."""
    near = sheet.stretches_in(first - 1, first + 1)
    return any(s.first - 1 <= first <= s.last and s.first and sheet.tokens[s.first - 1].text == ":" for s in near)


def _cut(sheet: Sheet, cue: Cue, first: int, end: int) -> int:
    for stretch in sheet.stretches_in(first + 1, end):
        if first < stretch.first and sheet.tokens[stretch.first - 1].text == ":":
            return stretch.first - 1
    for i in range(first + 1, end):
        slash = sheet.tokens[i].text == "/"
        if not sheet.in_marks[i] and (slash or (sheet.tokens[i].text == "," and sheet.breaks_at(i))):
            return i
    for other in sheet.cues_in(first + 1, end):
        if not sheet.in_marks[other.first]:
            joint = sheet.tokens[other.first - 1]
            aside = other.kind == "according" or (other.kind == "indirect" and "VerbForm=Ger" in sheet.morph(other))
            if aside and joint.text == ",":
                return other.first - 1
            if other.kind in {"indirect", "thing"} and joint.pos == "CCONJ" and sheet.tokens[other.at].head == cue.at:
                return other.first - 1
    return end
