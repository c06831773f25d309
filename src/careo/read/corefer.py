"""Who is who in one report: chains of all that it says of one person, body or place.

Names make chains: the same name, the surname after the full name, the acronym in brackets. «La madre de Óscar Pérez» is a person of
her own, related to him, never he. «Óscar Pérez, el policía que …» lets a later «el policía» join him where it fits nobody else.
Where two would fit, nobody is chosen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from careo.model import Chain, Form, Kind, Member, Mention, Related, Span, Token
from careo.read.mentions import surface
from careo.read.names import Lists
from careo.read.page import Page
from careo.rules import Found
from careo.text import fold

LAYER = "corefer"
_BY_NAME, _ACRONYM_GAP = f"{LAYER}/names", 3
_INITIAL = 2
"""Words shorter than this are initials."""


_TELLING = frozenset({"nmod", "flat", "appos", "amod"})


@dataclass(slots=True)
class Draft:
    """A chain while it is made. `names` are its names as (folded words), the fullest first."""

    kind: Kind
    name: str
    rule: str = _BY_NAME
    members: dict[Span, Form] = field(default_factory=dict)
    related: tuple[tuple[Draft, str], ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words of its fullest name."""
        return _words(self.name)

    @property
    def first(self) -> Span:
        """Where it is met first."""
        return min(self.members)


def chains(page: Page, mentions: Sequence[Mention]) -> tuple[Chain, ...]:
    """The chains of one report in order of their first member, with ids c1, c2, …; every mention is in exactly one."""
    drafts = _by_name(page, mentions)
    at = {span: draft for draft in drafts for span in draft.members}
    drafts += _relations(page, at)
    _nominals(page, at)
    ordered = sorted(drafts, key=lambda draft: (draft.first, draft.name))
    ids = {id(draft): f"c{number}" for number, draft in enumerate(ordered, 1)}
    return tuple(_chain(draft, ids) for draft in ordered)


def _chain(draft: Draft, ids: Mapping[int, str]) -> Chain:
    members = tuple(Member(span, form) for span, form in sorted(draft.members.items()))
    related = tuple(Related(ids[id(to)], relation) for to, relation in draft.related)
    return Chain(ids[id(draft)], draft.kind, draft.name, members, related, draft.rule)


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(name.replace(".", " ").lstrip("@")).split())


# ---------------------------------------------------------------- names


def _by_name(page: Page, mentions: Sequence[Mention]) -> list[Draft]:
    """One draft for each name, from the longest to the shortest, a shorter one joined to the only longer one that it fits."""
    groups: dict[tuple[tuple[str, ...], Kind], Draft] = {}
    for mention in mentions:
        name = surface(page, mention.span)
        draft = groups.setdefault((_words(name), mention.kind), Draft(mention.kind, name))
        draft.members[mention.span] = "name"
    kept = _with_short_forms(sorted(groups.values(), key=lambda draft: (-len(draft.words), draft.first)), Lists.of(page.language))
    return _with_acronyms(kept, page, mentions)


def _with_short_forms(drafts: Iterable[Draft], lists: Lists) -> list[Draft]:
    kept: list[Draft] = []
    holding: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        rarest = min((holding[word] for word in draft.words if len(word) >= _INITIAL), key=len, default=[])
        fitting = [longer for longer in rarest if _shortens(draft, longer, lists)]
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
    if short.kind == "PERSON":
        return _in_order(short.words, full.words) and _has_surname(short.words, full.words, lists)
    return short.kind == "ORGANIZATION" and len(short.words) > 1 and full.words[: len(short.words)] == short.words


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
    gone: set[int] = set()
    for long, short in pairwise(mentions):
        between = page.text[long.span.end : short.span.start]
        whole, part = at[long.span], at[short.span]
        if between.strip() == "(" and len(between) <= _ACRONYM_GAP and whole is not part and _abbreviates(part.name, whole.name):
            whole.members |= part.members
            at |= dict.fromkeys(part.members, whole)
            gone.add(id(part))
    return [draft for draft in drafts if id(draft) not in gone]


def _abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` come in this order in `long`, beginning with the first, or it is a handle."""
    if short.startswith("@"):
        return True
    wanted, letters = [letter for letter in fold(short) if letter.isalpha()], iter(fold(long))
    return " " not in short and len(short) < len(long) and fold(short)[:1] == fold(long)[:1] and all(letter in letters for letter in wanted)


# ---------------------------------------------------------------- people known by relation


def _relations(page: Page, at: Mapping[Span, Draft]) -> list[Draft]:
    """«La madre de Óscar Pérez», and «la madre» where the report has only one."""
    found = page.language.patterns(LAYER).find(page.view.text)
    starts = {span.start: span for span in at}
    made: dict[tuple[str, int], Draft] = {}
    bare: dict[str, list[Span]] = defaultdict(list)
    for one in found:
        noun = one.pieces["relation"][0]
        whole = page.view.span(one.start, one.end)
        target = starts.get(_next_word(page.text, whole.end)) if one.rule.id == "relative-of" else None
        if target is not None and at[target].kind == "PERSON":
            draft = made.setdefault((fold(noun.text), id(at[target])), _relative(one, at[target]))
            draft.members[Span(whole.start, target.end)] = "relation"
        elif one.rule.id != "relative-of":
            bare[fold(noun.text)].append(whole)
    _join_bare(bare, made)
    return list(made.values())


def _next_word(text: str, place: int) -> int:
    while text[place : place + 1] == " ":
        place += 1
    return place


def _relative(found: Found, of: Draft) -> Draft:
    """The chain of a relative, named by the person: the rule says how the two are joined."""
    return Draft("PERSON", f"{found.fields['name']} {of.name}", found.rule.name, related=((of, found.pieces["relation"][0].meaning),))


def _join_bare(bare: Mapping[str, Sequence[Span]], made: Mapping[tuple[str, int], Draft]) -> None:
    for noun, spans in bare.items():
        fitting = [draft for (relation, _), draft in made.items() if relation == noun]
        if len(fitting) == 1:
            fitting[0].members |= dict.fromkeys(spans, "relation")


# ---------------------------------------------------------------- common nouns that a report equates with a name


def _nominals(page: Page, at: Mapping[Span, Draft]) -> None:
    """Later «el policía» for whom the report has called «X, el policía» or «el policía X», where this is one person."""
    tokens, titles = page.parse.tokens, Lists.of(page.language).title
    begins = [token.span.start for token in tokens]
    equated: dict[str, dict[int, Draft]] = defaultdict(dict)
    since: dict[str, int] = {}
    for span in sorted(at):
        if at[span].kind == "PERSON":
            for noun in _equated(page, titles, bisect_left(begins, span.start), bisect_left(begins, span.end)):
                equated[noun][id(at[span])] = at[span]
                since.setdefault(noun, span.end)
    covered = sorted(at)
    for first, second in pairwise(tokens):
        noun = fold(second.text)
        if len(equated.get(noun, ())) == 1 and second.span.start > since[noun] and _is_definite(first, second) and _alone(page, second, covered):
            next(iter(equated[noun].values())).members[Span(first.span.start, second.span.end)] = "nominal"


def _equated(page: Page, titles: Mapping[str, str], first: int, behind: int) -> Iterable[str]:
    """The offices and trades that stand beside a name: «el policía X», «X, el policía»."""
    tokens = page.parse.tokens
    beside = [tokens[first - 1]] if first and tokens[first - 1].pos == "NOUN" else []
    if behind + 2 < len(tokens) and tokens[behind].text == "," and tokens[behind + 1].pos == "DET":
        noun, after = tokens[behind + 2], tokens[min(behind + 3, len(tokens) - 1)]
        beside += [noun] if (noun.dep == "appos" and first <= noun.head < behind) or "Rel" in after.morph else []
    return [fold(token.text) for token in beside if fold(token.text) in titles and "Number=Plur" not in token.morph]


def _is_definite(article: Token, noun: Token) -> bool:
    """Whether the two are a definite article and its noun."""
    return article.pos == "DET" and "Definite=Def" in article.morph and article.head == noun.i


def _alone(page: Page, noun: Token, covered: Sequence[Span]) -> bool:
    """Whether nothing beside the noun says which one is meant: no name, no adjective, no «de …»."""
    tokens = page.parse.tokens
    following = tokens[noun.i + 1] if noun.i + 1 < len(tokens) else noun
    place = bisect_left(covered, noun.span)
    named = any(span.start <= following.span.start < span.end or span.touches(noun.span) for span in covered[max(0, place - 1) : place + 2])
    told = any(token.head == noun.i and token.dep in _TELLING for token in tokens[noun.i + 1 : noun.i + 8])
    return not named and not told and following.pos not in {"PROPN", "ADJ"}
