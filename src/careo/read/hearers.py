"""To whom something was said: «dijo la madre a la agencia Istmo», «le explicó al juez», «consultada por esta emisora»."""

from __future__ import annotations

from collections.abc import Iterator

from careo.model import Span, Token
from careo.read.known import Known
from careo.read.speech import LAYER, Cue, Draft, Sheet

_ROLES = frozenset({"obl", "iobj", "obj", "nmod"})
_STARTS = frozenset({"ADP", "DET", "PUNCT"})
_INSIDE = frozenset({"flat", "appos", "nmod", "amod", "conj"})


class Hearers:
    """Finds the addressee of a draft among the complements of its cue."""

    def __init__(self, sheet: Sheet, known: Known) -> None:
        words = sheet.page.language.words
        self.sheet, self.known = sheet, known
        self.toward, self.asked_by, self.asked = words(LAYER, "toward"), words(LAYER, "asked-by"), words(LAYER, "asked")
        self.hearer, self.stand_in, self.office = words(LAYER, "hearer"), words(LAYER, "stand-in"), words(LAYER, "office")
        self.charge = words(LAYER, "charge")

    def of(self, draft: Draft) -> str | None:
        """The addressee's fullest name, else the words for him; None where nobody is named."""
        cue = draft.cue
        if cue is None or any(token.lemma in self.charge for token in self.sheet.tokens[cue.first : cue.last + 1]):
            return None
        for token in (*self._told(cue), *self._asking(cue)):
            taken = (*draft.content, *((draft.source,) if draft.source else ()))
            if not any(part.touches(token.span) for part in taken) and (name := self._name(token)):
                return name
        return None

    def _told(self, cue: Cue) -> Iterator[Token]:
        """Complements of the cue with «a»."""
        for token in self._sentence(cue):
            if token.dep in _ROLES and cue.first <= token.head <= cue.last and self._governed(token) in self.toward:
                yield token

    def _asking(self, cue: Cue) -> Iterator[Token]:
        """Who asked, or was spoken with, in the cue's sentence: «consultado por X», «en declaraciones a X», «en entrevista con X»."""
        for token in self._sentence(cue):
            above = self.sheet.tokens[token.head]
            if token.dep in _ROLES and above.lemma in self.asked and self._governed(token) in self.asked_by:
                yield token

    def _sentence(self, cue: Cue) -> tuple[Token, ...]:
        sentence = self.sheet.sentence(cue.at)
        return tuple(self.sheet.tokens[sentence.start : sentence.end])

    def _governed(self, token: Token) -> str:
        """The preposition right before the noun and its article, in small letters; empty where there is none, or one of several words."""
        at = token.i - 1
        while at > 0 and self.sheet.tokens[at].pos in {"DET", "ADJ"}:
            at -= 1
        before = self.sheet.tokens[max(at, 0)]
        return before.text.lower() if before.pos == "ADP" and before.dep == "case" else ""

    def _name(self, token: Token) -> str | None:
        """A chain's name, or the phrase of a noun for people or bodies."""
        chain = self.known.at(token.i)
        beside = self._extent(token)
        chain = chain or next((found for t in beside if t.pos == "PROPN" and t.head == token.i and (found := self.known.at(t.i))), None)
        if chain is not None:
            return self.known.names[chain] if self.known.can_speak(chain) else None
        heard = any(word in group for word in (token.text, token.lemma) for group in (self.hearer, self.stand_in, self.office))
        if not heard:
            return None
        first = token.i - 1 if token.i and "PronType=Dem" in self.sheet.tokens[token.i - 1].morph else token.i
        span = self.sheet.bare(Span(self.sheet.tokens[first].span.start, beside[-1].span.end))
        return span.of(self.sheet.text) if span else None

    def _extent(self, token: Token) -> tuple[Token, ...]:
        """The noun with what follows it as its own."""
        tokens, end = self.sheet.tokens, token.i + 1
        while end < len(tokens) and ((tokens[end].dep in _INSIDE and token.i <= tokens[end].head < end) or self.sheet.leads_on(end, token.i)):
            end += 1
        while end - 1 > token.i and tokens[end - 1].pos in _STARTS:
            end -= 1
        return tuple(tokens[token.i : end])
