"""Whom a pronoun means, where grammar leaves one: the noun that its clause stands behind, the subject of its clause, the only person near."""

from __future__ import annotations

from collections.abc import Iterator

from careo.model import Span, Token
from careo.read.chain import LAYER
from careo.read.scene import Scene, gender_of

_FAR = 8
"""Steps up the tree to the clause that a word belongs to."""
_NEAR = 5
_GAP = 3
"""Characters between a name and the pronoun behind its comma."""


class Pronouns:
    """The pronouns of one text, each with a mention of whom it means."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.page, self.tokens, self._drafts = scene, scene.page, scene.tokens, scene.drafts
        self._subjects: dict[int, list[int]] = {}
        for token in self.tokens:
            if token.dep == "nsubj":
                self._subjects.setdefault(token.head, []).append(token.i)
        words = self.page.language.words
        self._relative, self._possessive, self._personal = (words(LAYER, name) for name in ("relative", "possessive", "personal"))

    def again(self) -> Iterator[tuple[Span, Span]]:
        """The pronouns of persons that no mention covers, each with the mention that it stands for."""
        whom = self.page.language.words(LAYER, "whom")
        for token in self.tokens:
            if token.text.lower() in whom and token.pos == "PRON" and token.span not in self._drafts.at:
                meant = self.meant(token)
                if meant is not None and self._drafts.at[meant].kind == "PERSON":
                    yield token.span, meant

    def meant(self, token: Token) -> Span | None:
        """The mention that the pronoun stands for; None where grammar does not say."""
        if token.text in self._relative:
            return self._antecedent(token)
        if token.text in self._possessive:
            return self.owner(token)
        clear = token.text in self._personal and (token.dep == "nsubj" or self._is_source(token))
        return self._only_one(token) if clear and not self.scene.is_quoted(token) else None

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
                return self.scene.heads.get(subjects[-1])
            if at.dep == "ROOT":
                return None
        return None

    def named_before(self, span: Span) -> Span | None:
        """The person who is named last before the place, in its sentence."""
        i = self.scene.covered(span).start
        near = self.scene.between(self.scene.begin(self.scene.sentence(i)), i)
        return next((one for one in reversed(near) if self._drafts.at[one].kind == "PERSON"), None)

    def _antecedent(self, token: Token) -> Span | None:
        """The name just before the pronoun's comma, else the noun whose relative clause it opens."""
        comma = self.page.text.rfind(",", max(0, token.span.start - _GAP), token.span.start)
        names = [span for span in self.scene.before(token.span.start, _NEAR) if span.end == comma]
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
        holding = [span for span in self.scene.before(head.end, _NEAR) if span.holds(head)]
        return self.scene.heads.get(verb.head) or min(holding, key=len, default=None)

    def _only_one(self, token: Token) -> Span | None:
        """The only person of that gender who is spoken of before, in the pronoun's sentence and the one before it."""
        wanted = gender_of(token)
        found: dict[int, Span] = {}
        for span in self.scene.between(self.scene.begin(self.scene.sentence(token.i) - 1), token.i):
            draft = self._drafts.at[span]
            if draft.kind == "PERSON" and self.scene.gender(draft) in {wanted, ""}:
                found[id(draft)] = span
        return next(iter(found.values())) if len(found) == 1 else None
