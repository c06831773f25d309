"""The words that name who speaks, mended where the parse takes in too much or too little."""

from __future__ import annotations

from careo.model import Span, Token
from careo.read.speech import LAYER, Cue, Sheet
from careo.text import fold

_NOMINAL = frozenset({"NOUN", "PROPN"})
_NO_SUBJECT = frozenset({"PUNCT", "VERB", "AUX", "SCONJ"})
_SEVERAL = frozenset({"PronType=Ind", "Number=Plur"})
_HEADS = frozenset({"NOUN", "ADJ"})


def mend(sheet: Sheet, cue: Cue) -> None:
    """Mends the source that the frame gave, or finds one right behind the cue."""
    head = sheet.tokens[cue.source_head] if cue.source_head is not None else None
    if head is not None and (_is_anothers(sheet, cue, head) or _is_said(sheet, cue, head)):
        cue.source = cue.source_head = None
    if cue.source is not None and cue.source_head is not None:
        _take_nearer(sheet, cue, cue.source_head)
        first, end = sheet.token_from(cue.source.start), sheet.token_from(cue.source.end)
        first = _behind_lead(sheet, _behind_participle(sheet, first, cue.source_head), end)
        end = _before_relative(sheet, first, _before_description(sheet, first, _with_name(sheet, first, end)))
        cue.source = sheet.between(first, end) or cue.source
        if not first <= cue.source_head < end:
            cue.source_head = first
    elif people := people_before(sheet, _main_verb(sheet, cue)):
        cue.source, cue.source_head = sheet.between(people.i, _main_verb(sheet, cue).i), people.i


def _is_said(sheet: Sheet, cue: Cue, noun: Token) -> bool:
    """Whether what seems to be the subject stands in the marks before the cue, in a clause of theirs: «"El alcalde se va", dice el cartel»."""
    near = sheet.stretches_in(noun.i, noun.i + 1)
    return any(s.first <= noun.i <= s.last < cue.first and sheet.has_verb(s.first, s.last + 1) for s in near)


def _is_anothers(sheet: Sheet, cue: Cue, noun: Token) -> bool:
    """Whether the cue has its subject from a verb that it is joined to, and differs from it in number: «Los carteles cayeron, y se dice que …»."""
    finite = next((t for t in sheet.tokens[cue.first : cue.last + 1] if "VerbForm=Fin" in t.morph), None)
    if finite is None or sheet.tokens[cue.at].dep != "conj" or noun.head != sheet.tokens[cue.at].head:
        return False
    if "Number=Plur" in noun.morph:
        return "Number=Sing" in finite.morph
    alone = not any(t.head == noun.i and t.dep == "conj" for t in sheet.tokens[noun.i : cue.first])
    return alone and "Number=Sing" in noun.morph and "Number=Plur" in finite.morph


def _main_verb(sheet: Sheet, cue: Cue) -> Token:
    """The verb that bears the cue's person: «[siguen] pidiendo», «[pidieron]»."""
    verb = sheet.tokens[cue.first]
    head = sheet.tokens[verb.head]
    return head if "VerbForm=Ger" in verb.morph and head.i == cue.first - 1 else verb


def people_before(sheet: Sheet, verb: Token) -> Token | None:
    """People between a stop and a plural verb («Ayer, [vecinos] del barrio marcharon»): its subject, whatever else the parser makes of them."""
    first = verb.i
    while first > sheet.sentence(verb.i).start and sheet.tokens[first - 1].pos not in _NO_SUBJECT:
        first -= 1
    noun = sheet.tokens[first]
    if first == verb.i or not all("Number=Plur" in token.morph for token in (noun, verb)) or "VerbForm=Fin" not in verb.morph:
        return None
    people = sheet.page.language.words("events", "person-noun")
    return noun if noun.text in people or noun.lemma in people else None


def _take_nearer(sheet: Sheet, cue: Cue, head: int) -> None:
    """Of two subjects before one verb the nearer: «En varias calles [los vecinos] avisaron»."""
    tokens = sheet.tokens
    if tokens[head].head == cue.at and tokens[head].dep == "nsubj" and cue.source is not None:
        nearer = next((t for t in reversed(tokens[head + 1 : cue.first]) if t.head == cue.at and t.dep == "nsubj" and t.pos in _NOMINAL), None)
        if nearer and (span := sheet.between(nearer.i, max(nearer.i + 1, sheet.token_from(cue.source.end)))):
            cue.source, cue.source_head = Span(_article(sheet, nearer.i), span.end), nearer.i


def _article(sheet: Sheet, noun: int) -> int:
    """Where the article before the noun begins, else the noun."""
    before = sheet.tokens[noun - 1] if noun else sheet.tokens[noun]
    return before.span.start if before.pos == "DET" and before.head == noun else sheet.tokens[noun].span.start


def _behind_participle(sheet: Sheet, first: int, head: int) -> int:
    """Behind the comma of a participle that opens the source: «Consultada por la prensa, [la fiscal]»."""
    if first >= head or "VerbForm=Part" not in sheet.tokens[first].morph:
        return first
    comma = next((i for i in range(head - 1, first, -1) if sheet.tokens[i].text == ","), None)
    return first if comma is None else comma + 1


def _behind_lead(sheet: Sheet, first: int, end: int) -> int:
    """Behind words that lead to the source and are none of it: «(a) través de [un portal]»."""
    leads = sheet.page.language.words(LAYER, "lead").folded()
    for count in (3, 2):
        if first + count < end and fold(" ".join(token.text for token in sheet.tokens[first : first + count])) in leads:
            return first + count
    return first


def _with_name(sheet: Sheet, first: int, end: int) -> int:
    """With the name that follows a title at once: «la vocera [Ana Ruiz]»."""
    if end >= len(sheet.tokens) or end <= first or sheet.tokens[end - 1].pos not in _HEADS:
        return end
    joined = sheet.tokens[end].pos == "PROPN" and sheet.tokens[end].dep in {"appos", "flat"} and first <= sheet.tokens[end].head < end
    while joined and end < len(sheet.tokens) and sheet.tokens[end].pos == "PROPN":
        end += 1
    return end


def _before_description(sheet: Sheet, first: int, end: int) -> int:
    """Before the comma of what describes a name: «el comisario Ramón Paz, [jefe del puesto]»; «Title, Name» stays whole."""
    for comma in range(first + 1, end - 1):
        behind = sheet.tokens[comma + 1]
        if sheet.tokens[comma].text == "," and behind.pos in _HEADS and _ends_in_name(sheet, first, comma):
            named = any(token.pos == "PROPN" and token.head == behind.i and token.dep in {"appos", "flat"} for token in sheet.tokens[comma:end])
            return end if named else comma
    return end


def _before_relative(sheet: Sheet, first: int, end: int) -> int:
    """Before a relative pronoun that the parser joins to its antecedent: «Ana Ruiz[, quien]»."""
    while end - 1 > first and (sheet.tokens[end - 1].text == "," or "Rel" in sheet.tokens[end - 1].morph):
        end -= 1
    return end


def _ends_in_name(sheet: Sheet, first: int, end: int) -> bool:
    """Whether the tokens `first:end` end in a name that is no complement with a preposition."""
    begin = end
    while begin > first and sheet.tokens[begin - 1].pos == "PROPN":
        begin -= 1
    return begin < end and (begin == first or sheet.tokens[begin - 1].pos not in {"ADP", "DET"} or begin - 1 == first)


def subject_behind(sheet: Sheet, cue: Cue) -> tuple[Span | None, int | None]:
    """The noun phrase, or «algunos», right behind a cue with its head: who speaks, where the parser found no subject.

    No time, and no complement with a preposition.
    """
    tokens, sentence, first = sheet.tokens, sheet.sentence(cue.at), cue.last + 1
    if first < sentence.end and tokens[first].pos == "PRON" and set(tokens[first].morph.split("|")) >= _SEVERAL:
        return tokens[first].span, first
    head = next((i for i in range(first, min(first + 4, sentence.end)) if tokens[i].pos in _NOMINAL), None)
    if head is None or any(tokens[i].pos not in {"DET", "ADJ"} for i in range(first, head)) or sheet.is_medium_or_time(first):
        return None, None
    if tokens[head].dep in {"obl", "advmod"} or (tokens[first].pos not in {"DET", "PROPN"}):
        return None, None
    end = head + 1
    while end < sentence.end and (tokens[end].pos in {"PROPN", "ADJ"} or _goes_on(sheet, end) or tokens[end - 1].pos in {"ADP", "DET"}):
        end += 1
    if end + 1 < sentence.end and tokens[end].text == "," and tokens[head].pos == "NOUN" and tokens[end + 1].pos == "PROPN":
        end += 2
        while end < sentence.end and tokens[end].pos == "PROPN":
            end += 1
    return sheet.between(first, end), head


def _goes_on(sheet: Sheet, i: int) -> bool:
    """Whether token `i` goes on a noun phrase: a preposition or article that hangs on a noun's own complement."""
    token = sheet.tokens[i]
    return token.pos in {"ADP", "DET"} and token.dep in {"case", "det"} and sheet.tokens[token.head].dep in {"nmod", "flat"}
