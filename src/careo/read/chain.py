"""Chains while they are made: who is held to be who so far, by the places where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from careo.model import Form, Kind, Span
from careo.read.page import Page
from careo.text import fold

LAYER = "corefer"
_SMALL = 3
"""Words up to this length may stand within a name, as articles and prepositions do."""


@dataclass(slots=True, eq=False)
class Draft:
    """A chain while it is made: its kind, its fullest name, the folded words of that name, and where it stands in which form."""

    kind: Kind
    name: str
    words: tuple[str, ...]
    rule: str = f"{LAYER}/names"
    members: dict[Span, Form] = field(default_factory=dict)
    related: tuple[tuple[Draft, str], ...] = ()

    @property
    def first(self) -> Span:
        """Where it is met first."""
        return min(self.members)

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Orders chains by what names them best: a name, a common noun, a pronoun; a name alone («Ana Ruiz») before one with a title."""
        stated = set(self.members.values())
        return stated == {"pronoun"}, "name" not in stated, sum(word[:1].islower() and len(word) > _SMALL for word in self.name.split())


class Drafts:
    """The chains of one report while they are made. A span belongs to one of them."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._drafts = list(drafts)
        self.at = {span: draft for draft in self._drafts for span in draft.members}

    def __iter__(self) -> Iterator[Draft]:
        return iter(self._drafts)

    def begin(self, draft: Draft) -> None:
        """One more chain."""
        self._drafts.append(draft)
        self.at |= dict.fromkeys(draft.members, draft)

    def add(self, draft: Draft, span: Span, form: Form) -> None:
        """One more place of a chain."""
        draft.members[span] = form
        self.at[span] = draft

    def join(self, one: Draft, other: Draft) -> None:
        """Make one of two of a kind: what has a name names both, else what stands first."""
        if one is other or one.kind != other.kind:
            return
        kept, gone = sorted((one, other), key=lambda draft: (draft.rank, draft.first))
        kept.members |= gone.members
        self.at |= dict.fromkeys(gone.members, kept)
        self._drafts.remove(gone)


def words_of(page: Page, name: str, kind: Kind) -> tuple[str, ...]:
    """The folded words of a name as names are compared.

    Left out are points, the sign of a handle, the article before it, and what only says that a body is a company. Other names that
    all know stand for one («EE.UU.»), and so do the adjectives of a country where one is marked as a place.
    """
    words, people = _bare(page, name), page.language.layers["people"].words
    if kind in {"LOCATION", "ORGANIZATION"}:
        also = people["equivalent"].folded().get(" ".join(words)) or (_country(page, words) if kind == "LOCATION" else None)
        words = _bare(page, also) if also else words
    if kind == "ORGANIZATION":
        # «Minera Cóndor S.A. de C.V.»: what the legal form leaves at the end goes with it.
        while len(words) > 1 and (words[-1] in people["legal-form"] or words[-1] in people["particle"]):
            words = words[:-1]
    return words


def _country(page: Page, words: tuple[str, ...]) -> str | None:
    """The country whose adjective the words are."""
    return page.language.words(LAYER, "demonym").folded().get(words[0]) if len(words) == 1 else None


def _bare(page: Page, name: str) -> tuple[str, ...]:
    words = tuple(fold(name.replace(".", "").lstrip("@")).split())
    return words[1:] if len(words) > 1 and words[0] in page.language.words(LAYER, "leading").folded() else words


def is_common(page: Page, name: str) -> bool:
    """Whether words are no name: «empresa», «el rival europeo», at the beginning of a sentence «El rival europeo»."""
    first, _, rest = name.partition(" ")
    if not rest:
        return first.isalpha() and first.islower()
    opens = first.islower() or first in page.language.words(LAYER, "determiner")
    return opens and not any(letter.isupper() or letter.isdigit() or letter == "@" for letter in f"{first[1:]}{rest}")


def is_pronoun(page: Page, words: str) -> bool:
    """Whether a mention is a pronoun or a possessive."""
    return words in page.language.words(LAYER, "pronoun")
