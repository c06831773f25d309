"""Who «I» and «we» are in somebody's own words: the speaker takes part in what he says was done to him, and in what he says he did."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import get_args

import msgspec

from careo.model import EventMention, Parse, Participant, Quotation, Role, Token
from careo.read.page import Page
from careo.read.speech import LAYER
from careo.rules.words import WordClass

VERBATIM = frozenset({"direct", "mixed"})
"""Manners in which the first person is the speaker's own; in indirect speech it may be the report's."""
UNDERGONE = frozenset("attack killing injury detention kidnapping torture sexual_violence threat displacement expulsion siege release rescue".split())
"""Kinds whose object is the one whom it befell."""
BEFALLS = frozenset({"death", "disappearance"})
"""Kinds whose subject is the one whom it befell."""
DONE = frozenset(
    "attack killing protest blockade raid detention surrender escape kidnapping threat rescue strike arrival departure resignation".split()
)
"""Kinds whose subject did it."""
ROLES: tuple[Role, ...] = get_args(Role)
FAR = 4
"""Verbs above an event's own that may carry its pronouns and its person, so many steps up at most."""
_VERBS = frozenset({"VERB", "AUX"})
_BARE = ("VerbForm=Inf", "VerbForm=Ger", "VerbForm=Part")


def deictic(page: Page, quotations: Sequence[Quotation], events: Sequence[EventMention]) -> tuple[EventMention, ...]:
    """The events with the speaker as whoever is «I» or «we» in them; the span of such a participant is the pronoun, else the verb."""
    verbatim = {one.id: one for one in quotations if one.manner in VERBATIM and one.speaker}
    if not verbatim:
        return tuple(events)
    persons = _Persons(page.parse, page.language.words(LAYER, "be"))
    return tuple(persons.resolved(event, said) if (said := _own_words(event, verbatim)) else event for event in events)


def _own_words(event: EventMention, verbatim: dict[str, Quotation]) -> Quotation | None:
    """The innermost quotation over the event whose words are verbatim."""
    return next((verbatim[name] for name in reversed(event.attribution) if name in verbatim), None)


class _Persons:
    """The first persons of one parse."""

    def __init__(self, parse: Parse, be: WordClass) -> None:
        self.tokens, self._be = parse.tokens, be
        self._starts = [token.span.start for token in parse.tokens]

    def resolved(self, event: EventMention, said: Quotation) -> EventMention:
        """The event with the speaker in the place of each first person; the words that name him beside the quotation are no part of what he tells."""
        named = tuple(self._named(one, said) for one in event.participants if not (said.source and one.span.touches(said.source)))
        roles = {one.role for one in named}
        added = [
            Participant(role, token.span, said.speaker or "", said.speaker_chain)
            for role, token in self._unnamed(event)
            if role not in roles and said.holds(token.span) and not any(one.chain and one.chain == said.speaker_chain for one in named)
        ]
        whole = tuple(sorted((*named, *added[:1]), key=lambda one: (ROLES.index(one.role), one.span)))
        return msgspec.structs.replace(event, participants=whole) if added or named != event.participants else event

    def _named(self, one: Participant, said: Quotation) -> Participant:
        """A participant that is a pronoun or a verb of the first person, under the speaker's name."""
        first = bisect_left(self._starts, one.span.start)
        own = first < len(self.tokens) and self.tokens[first].span == one.span and (_is_pronoun(self.tokens[first]) or _is_first(self.tokens[first]))
        return msgspec.structs.replace(one, name=said.speaker or one.name, chain=said.speaker_chain) if own else one

    def _unnamed(self, event: EventMention) -> Iterator[tuple[Role, Token]]:
        """The pronouns and verbs by which the first person takes part without a noun phrase, with their roles."""
        at = bisect_left(self._starts, event.trigger.start)
        if at >= len(self.tokens) or self.tokens[at].pos not in _VERBS:
            return
        group = self._group(at)
        finite = next((self.tokens[i] for i in group if _is_first(self.tokens[i])), None)
        passive = "VerbForm=Part" in self.tokens[at].morph and any(self.tokens[i].lemma in self._be for i in group)
        clitics = [t for t in self.tokens[max(0, min(group) - FAR) : at + FAR] if t.head in group and _is_pronoun(t) and "Acc" in t.morph]
        if finite is not None:
            suffers = event.kind in BEFALLS or (passive and event.kind in UNDERGONE)
            if suffers or event.kind in DONE:
                yield ("patient" if suffers else "agent"), finite
        elif clitics and event.kind in UNDERGONE:
            yield "patient", clitics[0]

    def _group(self, at: int) -> list[int]:
        """The event's verb, the verbs that it hangs on while it has no person of its own, and the auxiliaries of each."""
        group = [at]
        while len(group) < FAR and any(form in self.tokens[group[-1]].morph for form in _BARE):
            above = self.tokens[group[-1]].head
            if above in group or self.tokens[above].pos not in _VERBS or self.tokens[group[-1]].dep not in {"xcomp", "ccomp"}:
                break
            group.append(above)
        low = max(0, min(group) - FAR)
        return [*group, *(t.i for t in self.tokens[low : max(group)] if t.head in group and t.dep.startswith(("aux", "cop")) and t.i not in group)]


def _is_pronoun(token: Token) -> bool:
    return token.pos == "PRON" and "Person=1" in token.morph and "Poss=Yes" not in token.morph


def _is_first(token: Token) -> bool:
    """Whether a verb is of the first person, in a form that the third does not share."""
    shared = "Number=Sing" in token.morph and any(form in token.morph for form in ("Mood=Cnd", "Mood=Sub", "Tense=Imp"))
    return "VerbForm=Fin" in token.morph and "Person=1" in token.morph and not shared
