"""Who stands where in one text: the mentions by place and by the word on which the others hang, their gender, and where others speak."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from careo.model import Span, Token
from careo.read.chain import LAYER, Draft, Drafts
from careo.read.marks import marked
from careo.read.page import Page
from careo.text import fold

_BY_ENDING = {"o": "Masc", "a": "Fem"}


class Scene:
    """The mentions of one text with the chains that they are in so far; pronouns and subjects left out are none of them."""

    def __init__(self, page: Page, drafts: Drafts) -> None:
        self.page, self.tokens, self.drafts = page, page.parse.tokens, drafts
        self._begins = [token.span.start for token in self.tokens]
        self._spans = sorted(span for span, draft in drafts.at.items() if draft.members[span] not in {"pronoun", "dropped"})
        self._starts = [span.start for span in self._spans]
        self.heads: dict[int, Span] = {}
        for span in sorted(self._spans, key=lambda span: (-len(span), span.start)):
            if (head := self._head(span)) is not None:
                self.heads[head] = span
        self._genders: dict[int, str] = {}
        self._sentences = [sentence.start for sentence in page.parse.sentences]
        self._marked = sorted(page.view.span(one.start, one.end) for one in marked(page.view))

    # ------------------------------------------------------------ words

    def token_at(self, start: int) -> Token | None:
        """The word that begins at an offset."""
        i = bisect_left(self._begins, start)
        return self.tokens[i] if i < len(self.tokens) and self.tokens[i].span.start == start else None

    def token(self, span: Span) -> Token | None:
        """The word that a span is, if it is one word."""
        found = self.token_at(span.start)
        return found if found is not None and found.span == span else None

    def sentence(self, i: int) -> int:
        """The number of the sentence that word `i` stands in."""
        return max(0, bisect_right(self._sentences, i) - 1)

    def begin(self, sentence: int) -> int:
        """The first word of the sentence with that number, of the first one for those before it."""
        return self._sentences[max(0, sentence)] if self._sentences else 0

    def is_quoted(self, token: Token) -> bool:
        """Whether the word stands in quotation marks: there somebody else speaks."""
        at = bisect_right(self._marked, token.span.start, key=lambda span: span.start) - 1
        return at >= 0 and self._marked[at].holds(token.span)

    # ------------------------------------------------------------ mentions

    def between(self, first: int, end: int) -> list[Span]:
        """The mentions that begin among the words `first:end`."""
        if first >= len(self.tokens):
            return []
        stop = self._begins[end] if end < len(self._begins) else len(self.page.text)
        return self._spans[bisect_left(self._starts, self._begins[first]) : bisect_left(self._starts, stop)]

    def before(self, place: int, most: int) -> list[Span]:
        """The few mentions that begin last before an offset."""
        end = bisect_left(self._starts, place)
        return self._spans[max(0, end - most) : end]

    def gender(self, draft: Draft) -> str:
        """A person's gender by the articles of «el policía», «la madre», else by the ending of the given name; empty where neither tells."""
        if id(draft) not in self._genders:
            self._genders[id(draft)] = self._gender_of(draft)
        return self._genders[id(draft)]

    def _gender_of(self, draft: Draft) -> str:
        firsts = (self.token_at(span.start) for span, form in draft.members.items() if form in {"nominal", "relation"})
        told = {gender for first in firsts if first and first.pos == "DET" and (gender := gender_of(first))}
        given = draft.words[0] if len(draft.words) > 1 else ""
        listed = self.page.language.words(LAYER, "given-gender").folded().get(given)
        return told.pop() if len(told) == 1 else listed or _BY_ENDING.get(given[-1:], "")

    def _head(self, span: Span) -> int | None:
        """The word on which the others of a span hang."""
        inside = (i for i in self.covered(span) if self.tokens[i].head not in self.covered(span) or self.tokens[i].head == i)
        return next((i for i in inside if self.tokens[i].pos not in {"DET", "ADP", "PUNCT"}), None)

    def covered(self, span: Span) -> range:
        """The words that begin in a span."""
        return range(bisect_left(self._begins, span.start), bisect_left(self._begins, span.end))


def gender_of(token: Token) -> str:
    """The grammatical gender of a word; of «él» and «ella» by the word."""
    told = next((part.partition("=")[2] for part in token.morph.split("|") if part.startswith("Gender=")), "")
    return told or ("Fem" if fold(token.text).endswith("a") else "Masc")
