"""Who is who in one report: chains of all that it says of one person, body or place.

Names make chains: the same name, the surname after the full name, the acronym in brackets. «La madre de Óscar Pérez» is a person of
her own, related to him, never he. «Óscar Pérez, el policía que …» lets a later «el policía» join him where it fits nobody else.
Where two would fit, nobody is chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from careo.model import Chain, Kind, Member, Mention, Related
from careo.read.appositions import equated
from careo.read.chain import LAYER, Draft, Drafts, is_common, is_pronoun, words_of
from careo.read.dropped import Dropped
from careo.read.mentions import surface
from careo.read.names import Lists
from careo.read.nominals import Nominals
from careo.read.page import Page
from careo.read.pronouns import Pronouns
from careo.read.relatives import relatives
from careo.read.scene import Scene
from careo.text import fold

_ACRONYM_GAP = 3
_BEHIND, _SURE = 20, 6
_ARTICLE = 5
"""Characters before a name in which its article stands."""
_INITIAL, _SURNAMES, _LONGEST_ACRONYM, _PERSON_ACRONYM = 2, 2, 8, 3
"""Words shorter than this are initials."""


def chains(page: Page, mentions: Sequence[Mention]) -> tuple[Chain, ...]:
    """The chains of one report in order of their first member, with ids c1, c2, …; every mention is in exactly one.

    Mentions may be names, and also common nouns and pronouns, and lie within one another, as annotated texts have them.
    """
    sides: tuple[list[Mention], list[Mention]] = ([], [])
    for mention in mentions:
        sides[is_pronoun(page, surface(page, mention.span))].append(mention)
    named, pronouns = sides
    drafts = Drafts(_by_name(page, named))
    for one, other in equated(page, list(drafts.at)):
        drafts.join(drafts.at[one], drafts.at[other])
    for mention in pronouns:
        drafts.begin(Draft(mention.kind, surface(page, mention.span), (), members={mention.span: "pronoun"}))
    _nominals(page, drafts)
    _pronouns(page, drafts)
    for relative in relatives(page, drafts):
        drafts.begin(relative)
    for span, draft, form in list(Dropped(Scene(page, drafts), mentions).again()):
        drafts.add(draft, span, form)
    ordered = sorted(drafts, key=lambda draft: (draft.first, draft.name))
    ids = {id(draft): f"c{number}" for number, draft in enumerate(ordered, 1)}
    return tuple(_chain(draft, ids) for draft in ordered)


def _chain(draft: Draft, ids: Mapping[int, str]) -> Chain:
    members = tuple(Member(span, form) for span, form in sorted(draft.members.items()))
    related = tuple(Related(ids[id(to)], relation) for to, relation in draft.related)
    return Chain(ids[id(draft)], draft.kind, draft.name, members, related, draft.rule)


# ---------------------------------------------------------------- names


def _by_name(page: Page, mentions: Sequence[Mention]) -> list[Draft]:
    """One draft for each name, from the longest to the shortest, a shorter one joined to the only longer one that it fits."""
    groups: dict[tuple[tuple[str, ...], Kind], Draft] = {}
    for mention in mentions:
        name = surface(page, mention.span)
        words = words_of(page, name, mention.kind)
        draft = groups.setdefault((words, mention.kind), Draft(mention.kind, name, words))
        draft.members[mention.span] = "nominal" if is_common(page, name) else "name"
    kept = _with_short_forms(page, sorted(groups.values(), key=lambda draft: (-len(draft.words), draft.first)), Lists.of(page.language))
    return _with_acronyms(kept, page, mentions)


def _with_short_forms(page: Page, drafts: Iterable[Draft], lists: Lists) -> list[Draft]:
    kept: list[Draft] = []
    holding: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        rarest = min((holding[word] for word in draft.words if len(word) >= _INITIAL), key=len, default=[])
        fitting = [longer for longer in rarest if _shortens(draft, longer, lists)]
        fitting = fitting or [longer for longer in holding.get(draft.words[0], ()) if _names_again(page, draft, longer, lists)]
        fitting = fitting or [longer for longer in holding.get(draft.words[0], ()) if _adds_surname(draft, longer, lists)]
        fitting = fitting or [longer for longer in kept if _is_slip(draft, longer, lists)]
        if len(fitting) == 1:
            fitting[0].members |= draft.members
            continue
        kept.append(draft)
        for word in dict.fromkeys(draft.words):
            holding[word].append(draft)
    return kept


def _shortens(short: Draft, full: Draft, lists: Lists) -> bool:
    """Whether `short` is a way to say `full` again: a surname, two, or given name and surname; of a body its first words."""
    if short.kind != full.kind or len(short.words) >= len(full.words):
        return False
    if short.kind == "PERSON" and short.name[:1].isupper():
        return _in_order(short.words, full.words) and _has_surname(short.words, full.words, lists)
    return short.kind == "ORGANIZATION" and _can_stand_alone(short, lists) and full.words[: len(short.words)] == short.words


def _can_stand_alone(short: Draft, lists: Lists) -> bool:
    """Whether the first words of a body's name are its own, and not what many are called: no «Ministerio», no «Chile»."""
    word = short.words[0]
    return len(short.words) > 1 or not (word in lists.head or word in lists.place or "name" not in short.members.values())


def _names_again(page: Page, short: Draft, full: Draft, lists: Lists) -> bool:
    """Whether `short` is the common noun that the body's name begins with, behind an article and later on: «la Federación», once «la Federación
    Campesina» was named."""
    bodies = short.kind == full.kind == "ORGANIZATION" and len(short.words) == 1 and short.words == full.words[:1] and short.words[0] in lists.head
    leading = page.language.words(LAYER, "leading")
    before = (page.text[max(0, span.start - _ARTICLE) : span.start].split() for span in short.members)
    return bodies and full.first < short.first and all(words and fold(words[-1]) in leading for words in before)


def _adds_surname(short: Draft, full: Draft, lists: Lists) -> bool:
    """Whether `short` is the last surname of `full` with a second one behind it: «Ruiz Lugo» for «Ana María Ruiz»."""
    persons = short.kind == full.kind == "PERSON" and len(full.words) > len(short.words) == _SURNAMES
    return persons and short.words[0] == full.words[-1] and not any(word in lists.given for word in short.words)


def _is_slip(short: Draft, full: Draft, lists: Lists) -> bool:
    """Whether `short` is a surname of `full` with one letter wrong, and no surname that is known."""
    word = short.words[0] if len(short.words) == 1 else ""
    persons = short.kind == full.kind == "PERSON" and len(full.words) > 1 and len(word) >= _SURE and not lists.known(word)
    alike = (other for other in full.words[1:] if len(other) == len(word) and other[0] == word[0])
    return persons and any(sum(a != b for a, b in zip(word, other, strict=True)) == 1 for other in alike)


def _in_order(short: Sequence[str], full: Sequence[str]) -> bool:
    rest = iter(full)
    return all(any(word == other or _initial_of(word, other) for other in rest) for word in short)


def _initial_of(word: str, other: str) -> bool:
    return len(word) < _INITIAL and other.startswith(word)


def _has_surname(short: Sequence[str], full: Sequence[str], lists: Lists) -> bool:
    """Whether the short form holds a word of the full name that can be a surname: not the first, and no further given name."""
    surnames = {word for word in full[1:] if word not in lists.given} or set(full[1:])
    return any(word in surnames for word in short)


def _with_acronyms(drafts: list[Draft], page: Page, mentions: Sequence[Mention]) -> list[Draft]:
    """Joins the acronym or handle in brackets behind a name with that name."""
    at = {span: draft for draft in drafts for span in draft.members}
    siglas = tuple(page.language.words(LAYER, "abbreviation").folded())
    gone: set[int] = set()
    for long, short in pairwise(mentions):
        between = page.text[long.span.end : short.span.start]
        whole, part = at[long.span], at[short.span]
        behind = fold(page.text[short.span.end : short.span.end + _BEHIND]).lstrip(" ,")
        same = _abbreviates(part.name, whole.name) or any(behind.startswith(phrase) for phrase in siglas)
        if between.strip() == "(" and len(between) <= _ACRONYM_GAP and whole is not part and same:
            whole.members |= part.members
            at |= dict.fromkeys(part.members, whole)
            gone.add(id(part))
    return _with_initials([draft for draft in drafts if id(draft) not in gone], Lists.of(page.language))


def _with_initials(drafts: list[Draft], lists: Lists) -> list[Draft]:
    """Joins an acronym that stands alone («ARL») with the only name of which it is the initials; of bodies not one that all know («ONU»)."""
    gone: set[int] = set()
    for short in drafts:
        letters = fold(short.name)
        if short.name.isupper() and short.name.isalpha() and _INITIAL <= len(letters) <= _LONGEST_ACRONYM:
            among = [full for full in drafts if full.kind == "PERSON" or letters not in lists.entity]
            fitting = [full for full in among if _has_initials(full, letters, short.kind)]
            if len(fitting) == 1:
                fitting[0].members |= short.members
                gone.add(id(short))
    return [draft for draft in drafts if id(draft) not in gone]


def _has_initials(full: Draft, letters: str, kind: Kind) -> bool:
    """Whether `letters` are the initials of a person's whole name, or of the first words of a body's."""
    words = full.name.split()
    capitals = fold("".join(word[0] for word in words if word[0].isupper()))
    if full.kind == "PERSON":
        return len(letters) >= _PERSON_ACRONYM and capitals == letters
    body = full.kind == kind and len(words) >= len(letters)
    return body and (capitals.startswith(letters) or fold("".join(word[0] for word in words)) == letters)


def _abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` come in this order in `long`, beginning with the first, or it is a handle."""
    if short.startswith("@"):
        return True
    wanted, letters = [letter for letter in fold(short) if letter.isalpha()], iter(fold(long))
    return " " not in short and len(short) < len(long) and fold(short)[:1] == fold(long)[:1] and all(letter in letters for letter in wanted)


def _pronouns(page: Page, drafts: Drafts) -> None:
    """Joins pronouns with those whom they mean."""
    found = Pronouns(Scene(page, drafts))
    for span in [span for span, draft in drafts.at.items() if draft.members[span] == "pronoun"]:
        token = found.scene.token(span)
        meant = found.meant(token) if token else None
        if meant is not None:
            drafts.join(drafts.at[meant], drafts.at[span])
    for span, meant in list(found.again()):
        drafts.add(drafts.at[meant], span, "pronoun")


# ---------------------------------------------------------------- common nouns that a report equates with a name


def _nominals(page: Page, drafts: Drafts) -> None:
    """«El policía», for whom the report has called «X, el policía» or «el policía X», where this is one person."""
    found = Nominals(page, drafts)
    for span, draft in list(drafts.at.items()):
        noun = found.bare(span) if draft.members[span] == "nominal" else None
        meant = found.meant(noun, draft) if noun else None
        if meant is not None and any(form == "name" for form in meant.members.values()):
            drafts.join(meant, drafts.at[span])
    for span, noun in found.again():
        meant = found.meant(noun)
        if meant is not None:
            drafts.add(meant, span, "nominal")
