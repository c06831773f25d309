"""People without a name who are known by another: «la madre de Óscar Pérez», «su madre», «otros seis hombres»; each a person apart, related."""

from __future__ import annotations

from collections import defaultdict

from careo.model import Span
from careo.read.chain import LAYER, Draft, Drafts
from careo.read.page import Page
from careo.read.pronouns import Pronouns
from careo.read.scene import Scene
from careo.rules import Found
from careo.text import fold


def relatives(page: Page, drafts: Drafts) -> list[Draft]:
    """The chains of those whom the text knows by one of `drafts`, in order of the text."""
    return _Relatives(page, drafts).read()


class _Relatives:
    def __init__(self, page: Page, drafts: Drafts) -> None:
        self.page, self.drafts = page, drafts
        self.starts = {span.start: span for span in drafts.at}
        self.scene = Scene(page, drafts)
        self.pronouns = Pronouns(self.scene)
        self.made: dict[tuple[str, int], Draft] = {}
        self.bare: dict[str, list[Span]] = defaultdict(list)

    def read(self) -> list[Draft]:
        for found in self.page.language.patterns(LAYER).find(self.page.view.text):
            whole = self.page.view.span(found.start, found.end)
            {"relative-of": self._of, "relative-own": self._own, "others": self._others}.get(found.rule.id, self._bare)(found, whole)
        self._join_bare()
        return list(self.made.values())

    def _of(self, found: Found, whole: Span) -> None:
        """«La madre de Óscar Pérez»."""
        place = whole.end
        while self.page.text[place : place + 1] == " ":
            place += 1
        target = self.starts.get(place)
        if target is not None:
            self._relate(found, Span(whole.start, target.end), target)

    def _own(self, found: Found, whole: Span) -> None:
        """«Su madre»."""
        noun = found.pieces["possessive"][0]
        token = self.scene.token(self.page.view.span(noun.start, noun.end))
        owner = self.pronouns.owner(token) if token is not None else None
        if owner is not None:
            self._relate(found, whole, owner)

    def _others(self, found: Found, whole: Span) -> None:
        """«Otros seis hombres»: related to the person who is named before them in the sentence."""
        words = whole.of(self.page.text).split()
        name = " ".join(words[1:] if words[0].lower() in self.page.language.words(LAYER, "definite") else words)
        draft = self.made.setdefault((fold(name), 0), Draft("PERSON", name, tuple(fold(name).split()), found.rule.name))
        draft.members[whole] = "relation"
        beside = self.pronouns.named_before(whole)
        if beside is not None and not draft.related:
            draft.related = ((self.drafts.at[beside], found.pieces["other"][0].meaning),)

    def _bare(self, found: Found, whole: Span) -> None:
        """«La madre», whose is not said, unless it is a name («La Madre», a film)."""
        if whole in self.drafts.at:
            return
        self.bare[fold(found.pieces["relation"][0].text)].append(whole)

    def _relate(self, found: Found, whole: Span, target: Span) -> None:
        of = self.drafts.at[target]
        if of.kind == "PERSON":
            noun, name = found.pieces["relation"][0], f"{found.fields['name']} {of.name}"
            related = ((of, noun.meaning),)
            draft = self.made.setdefault(
                (fold(noun.text), id(of)), Draft("PERSON", name, tuple(fold(name).split()), found.rule.name, related=related)
            )
            draft.members[whole] = "relation"

    def _join_bare(self) -> None:
        for noun, spans in self.bare.items():
            fitting = [draft for (relation, _), draft in self.made.items() if relation == noun]
            if len(fitting) == 1:
                fitting[0].members |= dict.fromkeys(spans, "relation")
