"""Whom a pronoun means, where grammar leaves one: the noun that its clause stands behind, the subject of its clause, the only person near."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from careo.model import Span, Token
from careo.read.chain import LAYER, Draft, Drafts
from careo.read.page import Page
from careo.text import fold

_FAR = 8
"""Steps up the tree to the clause that a word belongs to."""
_NEAR = 5
_GAP = 3
"""Characters between a name and the pronoun behind its comma."""
_MARKS = (("«", "»"), ("“", "”"))
_BY_ENDING = {"o": "Masc", "a": "Fem"}


class Pronouns:
    """The pronouns of one text, each with a mention of whom it means. `drafts`: the chains so far, with their places."""

    def __init__(self, page: Page, drafts: Drafts) -> None:
        self.page, self.tokens, self._drafts = page, page.parse.tokens, drafts
        self._begins = [token.span.start for token in self.tokens]
        self._spans = sorted(span for span, draft in drafts.at.items() if draft.members[span] != "pronoun")
        self._starts = [span.start for span in self._spans]
        self._heads: dict[int, Span] = {}
        for span in sorted(self._spans, key=lambda span: (-len(span), span.start)):
            if (head := self._head(span)) is not None:
                self._heads[head] = span
        self._genders: dict[int, str] = {}
        self._subjects: dict[int, list[int]] = {}
        for token in self.tokens:
            if token.dep == "nsubj":
                self._subjects.setdefault(token.head, []).append(token.i)
        words = page.language.words
        self._relative, self._possessive, self._personal = (words(LAYER, name) for name in ("relative", "possessive", "personal"))
        self._sentences = [sentence.start for sentence in page.parse.sentences]

    def again(self) -> Iterator[tuple[Span, Span]]:
        """The pronouns of persons that no mention covers, each with the mention that it stands for."""
        whom = self.page.language.words(LAYER, "whom")
        for token in self.tokens:
            if token.text.lower() in whom and token.pos == "PRON" and token.span not in self._drafts.at:
                meant = self.meant(token)
                if meant is not None and self._drafts.at[meant].kind == "PERSON":
                    yield token.span, meant

    def token(self, span: Span) -> Token | None:
        """The word that a span is, if it is one word."""
        found = self.token_at(span.start)
        return found if found is not None and found.span == span else None

    def token_at(self, start: int) -> Token | None:
        """The word that begins at an offset."""
        i = bisect_left(self._begins, start)
        return self.tokens[i] if i < len(self.tokens) and self.tokens[i].span.start == start else None

    def meant(self, token: Token) -> Span | None:
        """The mention that the pronoun stands for; None where grammar does not say."""
        if token.text in self._relative:
            return self._antecedent(token)
        if token.text in self._possessive:
            return self.owner(token)
        clear = token.text in self._personal and (token.dep == "nsubj" or self._is_source(token))
        return self._only_one(token) if clear and not self._is_quoted(token) else None

    def _is_source(self, token: Token) -> bool:
        """Whether it stands behind «según»."""
        return token.i > 0 and self.tokens[token.i - 1].text in self.page.language.words(LAYER, "according")

    def owner(self, token: Token) -> Span | None:
        """The subject of the clause that a possessive stands in, else of the clause that this one hangs on."""
        at, below = token, token
        for _ in range(_FAR):
            below, at = at, self.tokens[at.head]
            subjects = [i for i in self._subjects.get(at.i, ()) if i != below.i and i < token.i]
            if subjects:
                return self._heads.get(subjects[-1])
            if at.dep == "ROOT":
                return None
        return None

    def named_before(self, span: Span) -> Span | None:
        """The person who is named last before the place, in its sentence."""
        i = bisect_left(self._begins, span.start)
        since = self._begins[self._sentences[max(0, bisect_right(self._sentences, i) - 1)]] if self._sentences else 0
        near = self._spans[bisect_left(self._starts, since) : bisect_left(self._starts, span.start)]
        return next((one for one in reversed(near) if self._drafts.at[one].kind == "PERSON"), None)

    def _head(self, span: Span) -> int | None:
        """The word on which the others of a span hang."""
        first, end = bisect_left(self._begins, span.start), bisect_left(self._begins, span.end)
        inside = (i for i in range(first, end) if not first <= self.tokens[i].head < end or self.tokens[i].head == i)
        return next((i for i in inside if self.tokens[i].pos not in {"DET", "ADP", "PUNCT"}), None)

    def _antecedent(self, token: Token) -> Span | None:
        """The name just before the pronoun's comma, else the noun whose relative clause it opens."""
        comma = self.page.text.rfind(",", max(0, token.span.start - _GAP), token.span.start)
        names = [span for span in self._before(token.span.start) if span.end == comma]
        if names and not self.page.text[comma + 1 : token.span.start].strip():
            return min(names, key=len)
        verb = token
        for _ in range(_FAR):
            if verb.dep.startswith("acl") or verb.dep == "ROOT":
                break
            verb = self.tokens[verb.head]
        if not verb.dep.startswith("acl") or verb.head >= token.i:
            return None
        head = self.tokens[verb.head].span
        holding = [span for span in self._before(head.end) if span.holds(head)]
        return self._heads.get(verb.head) or min(holding, key=len, default=None)

    def _before(self, place: int) -> list[Span]:
        """The few mentions that begin last before an offset."""
        end = bisect_left(self._starts, place)
        return self._spans[max(0, end - _NEAR) : end]

    def _only_one(self, token: Token) -> Span | None:
        """The only person of that gender who is spoken of before, in the pronoun's sentence and the one before it."""
        sentence = bisect_right(self._sentences, token.i) - 1
        since = self._begins[self._sentences[max(0, sentence - 1)]]
        near = self._spans[bisect_left(self._starts, since) : bisect_left(self._starts, token.span.start)]
        wanted = _gender(token)
        found: dict[int, Span] = {}
        for span in near:
            draft = self._drafts.at[span]
            if id(draft) not in self._genders:
                self._genders[id(draft)] = self._gender_of(draft)
            if draft.kind == "PERSON" and self._genders[id(draft)] in {wanted, ""}:
                found[id(draft)] = span
        return next(iter(found.values())) if len(found) == 1 else None

    def _gender_of(self, draft: Draft) -> str:
        """A person's gender by the articles of «el policía», «la madre», else by the ending of the given name; empty where neither tells."""
        firsts = (self.token_at(span.start) for span, form in draft.members.items() if form in {"nominal", "relation"})
        told = {gender for first in firsts if first and first.pos == "DET" and (gender := _gender(first))}
        given = draft.words[0] if len(draft.words) > 1 else ""
        listed = self.page.language.words(LAYER, "given-gender").folded().get(given)
        return told.pop() if len(told) == 1 else listed or _BY_ENDING.get(given[-1:], "")

    def _is_quoted(self, token: Token) -> bool:
        """Whether quotation marks are open at the pronoun: there somebody else speaks."""
        text = self.page.text
        before = text[text.rfind("\n", 0, token.span.start) + 1 : token.span.start]
        return before.count('"') % 2 == 1 or any(before.count(opening) > before.count(closing) for opening, closing in _MARKS)


def _gender(token: Token) -> str:
    """The grammatical gender of a word; of «él» and «ella» by the word."""
    told = next((part.partition("=")[2] for part in token.morph.split("|") if part.startswith("Gender=")), "")
    return told or ("Fem" if fold(token.text).endswith("a") else "Masc")
