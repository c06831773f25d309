"""Whether a report says that something happened, that it did not, or only that it is alleged, ordered, planned, feared or possible.

The signs are words of the language (`events/hedges.yaml`): those that modify the trigger, and those that govern it from above
(the habit is FactBank's: each event has a modality and a polarity of its own).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from careo.model import Modality, Polarity
from careo.read.happening import Syntax
from careo.text import fold

MODIFIERS = "amod|advmod|det|mark|case|acl|obl"
OBJECTS = frozenset({"obj", "ccomp", "xcomp", "csubj", "acl"})
OBLIQUES = frozenset({"obl", "nmod", "advcl", "obj", "iobj", "xcomp", "ccomp", "flat"})
OBLIQUE = "obl|nmod|advmod"
VERBAL = frozenset({"VERB", "AUX"})


class Hedges:
    """The hedge words of the page's language, asked of triggers. `modality` and `polarity` take the index of a trigger's head.

    `accusations` are the words that the rules took for accusations, whatever class they are of.
    """

    def __init__(self, syntax: Syntax, accusations: frozenset[int] = frozenset()) -> None:
        self.syntax, self.accusations = syntax, accusations

    def polarity(self, i: int) -> Polarity:
        """`negative` where a negation stands at the trigger, or at the verb that has it as its object, or a verb denies it."""
        if self.is_setting(i):
            return "positive"
        token, light = self.syntax.tokens[i], self._light(i)
        above = [*self._clause(i), *([token.head] if token.dep == "nmod" else ()), *(self._clause(light) if light is not None else ())]
        negative = self._negated(i) or any(self._denies(there) or self._called_off(there) for there in above)
        return "negative" if negative else "positive"

    def is_setting(self, i: int) -> bool:
        """«durante el operativo», «en el ataque»: a noun that tells when or where something else happened is taken for granted."""
        token = self.syntax.tokens[i]
        if token.pos in VERBAL or token.dep not in OBLIQUES or token.head == i:
            return False
        leading = [fold(self.syntax.tokens[child].text) for child in self.syntax.children(i, "case|mark|advmod")]
        if any(word in self.syntax.words("setting") for word in leading):
            return True
        within = any(word in self.syntax.words("setting-if-known") for word in leading)
        return within and self.syntax.is_definite(i) and self.syntax.is_in(token.head, self.syntax.words("taking-part")) is None

    def sets_time(self, i: int) -> bool:
        """«Tras su captura», «al momento de su muerte»: a noun that only says when what its clause tells happened."""
        token = self.syntax.tokens[i]
        leading = [fold(self.syntax.tokens[child].text) for child in self.syntax.children(i, "case|mark|advmod")]
        moment = token.dep == "nmod" and self.syntax.is_in(token.head, self.syntax.words("moment")) is not None
        return moment or (token.dep in OBLIQUES and any(word in self.syntax.words("setting") for word in leading))

    def _clause(self, i: int) -> Iterator[int]:
        """The words that have the trigger as object or complement, nearest first; a relative clause in the indicative is told
        whatever stands above it."""
        for token in self.syntax.up(i):
            moods = (self.syntax.tokens[i].morph for i in (token.i, *self.syntax.children(token.i, "aux|cop")))
            told = token.dep == "acl" and any("Mood=Ind" in mood for mood in moods)
            if token.head == token.i or token.dep not in OBJECTS or told:
                return
            yield token.head

    def _called_off(self, i: int) -> bool:
        """«No dio ninguna orden de disparar», «nunca lo ordenó»: what was neither ordered nor planned did not come of it."""
        return self.syntax.is_in(i, self.syntax.words("governor")) in {"ordered", "planned"} and self._negated(i)

    def _negated(self, i: int) -> bool:
        if self._has_negation(i, "advmod|det|mark|case|cc") or any(self.is_nobody(child) for child in self.syntax.children(i, "nsubj")):
            return True
        token = self.syntax.tokens[i]
        above = token.head
        return token.pos not in VERBAL and token.dep in {"obj", "nsubj"} and self._bare_negation(above) and above != i

    def _bare_negation(self, i: int) -> bool:
        """«No hubo ataque»: the verb above is negated and means no more than that there was one."""
        light = self.syntax.is_in(i, self.syntax.words("occurrence")) is not None
        return light and self._has_negation(i, "advmod|mark|case")

    def _has_negation(self, i: int, functions: str) -> bool:
        """Whether «no» or its like stands at the word; «no solo», «sin embargo» negate nothing."""
        other = self.syntax.words("undone-by")
        return any(
            fold(self.syntax.tokens[child].text) in self.syntax.words("negation") and fold(self.syntax.after(child)) not in other
            for child in self.syntax.children(i, functions)
        )

    def is_nobody(self, i: int) -> bool:
        """Whether the word names no one: «nadie», «ninguno», «ningún vecino»."""
        return self.syntax.is_in(i, self.syntax.words("nobody")) is not None or self._has_negation(i, "det")

    def is_denied(self, i: int) -> bool:
        """Whether a coordinated word is named only to be left out («cinco muertos, ni uno más»)."""
        return self.is_nobody(i) or self._has_negation(i, "cc|advmod")

    def settings(self, i: int) -> Iterator[int]:
        """The nouns that tell in what `i` happened («murió en el ataque»): its own, those of «número de», those of the act of an accusation."""
        accusing = self.accusing(i)
        for token in self.syntax.up(i):
            inside = (child for child in self.syntax.children(token.i, OBLIQUE) if self._holds(child))
            yield from inside
            counted = self.syntax.is_in(token.head, self.syntax.words("number-noun")) is not None
            if token.head in {token.i, accusing} or not (counted or accusing is not None):
                return

    def _holds(self, i: int) -> bool:
        """Whether the noun is what something happened in or during, not after or before."""
        return self.syntax.cased(i, self.syntax.words("holding")) and self.syntax.tokens[i].pos not in VERBAL

    def _denies(self, i: int) -> bool:
        words = self.syntax.words("denying")
        clausal = self.syntax.is_in(i, self.syntax.words("denying-clause")) is not None and any(True for _ in self.syntax.children(i, "ccomp"))
        return (clausal or self.syntax.is_in(i, words) is not None) and not self._bare_negation(i)

    def modality(self, i: int) -> Modality:
        """The nearest sign decides: modifiers of the trigger, its own mood, then what governs it; `asserted` if there is none."""
        if self.is_setting(i):
            return cast(Modality, self._modified(i) or "asserted")
        signs = (self._modified(i), self._mood(i), self._introduced(i), self._governed(i), self._accused_of(i), self._carried(i))
        sign = next((sign for sign in signs if sign), "asserted")
        return cast(Modality, "alleged" if sign == "ordered" and self.accusing(i) is not None else sign)

    def _modified(self, i: int) -> str | None:
        hedges = self.syntax.words("hedge")
        return next((meaning for child in self.syntax.children(i, MODIFIERS) if (meaning := self.syntax.is_in(child, hedges))), None)

    def _mood(self, i: int) -> str | None:
        moods = self.syntax.words("mood")
        verbs = [i, *self.syntax.children(i, "aux|cop")]
        features = (feature for verb in verbs for feature in self.syntax.tokens[verb].morph.split("|"))
        found = next((moods[fold(feature)] for feature in features if fold(feature) in moods), None) or self._joined_mood(i)
        modal = self.syntax.words("auxiliary")
        return next((meaning for verb in verbs[1:] if (meaning := self.syntax.is_in(verb, modal))), None) or found or self._wished(i)

    def _joined_mood(self, i: int) -> str | None:
        """«Habría matado a dos y herido a tres»: a participle without a helper has that of the one before it."""
        token = self.syntax.tokens[i]
        bare = token.dep == "conj" and "VerbForm=Part" in token.morph and not any(True for _ in self.syntax.children(i, "aux|cop|nsubj"))
        return self._mood(token.head) if bare and token.head < i else None

    def _carried(self, i: int) -> str | None:
        """«Se realizará una marcha»: a noun is as certain as the verb that says no more than that it takes place."""
        light = self._light(i)
        return None if light is None else self._mood(light) or self._governed(light)

    def _light(self, i: int) -> int | None:
        """The verb above a noun that says no more than that it takes place («se produjo un ataque», «se trató de un ataque»)."""
        token = self.syntax.tokens[i]
        light = token.dep in {"obj", "nsubj", "obl"} and self.syntax.is_in(token.head, self.syntax.words("occurrence")) is not None
        return token.head if light and token.pos not in VERBAL and token.head != i else None

    def _wished(self, i: int) -> str | None:
        """«pide que se entregue»: a complement in the subjunctive is not said to be so."""
        token = self.syntax.tokens[i]
        moods = self.syntax.words("mood-of-complement")
        above = self.syntax.is_in(token.head, self.syntax.words("governor")) if token.dep in OBJECTS else None
        found = (moods.get(fold(feature)) for verb in (i, *self.syntax.children(i, "aux")) for feature in self.syntax.tokens[verb].morph.split("|"))
        only = len(list(self.syntax.children(i, "mark"))) == 1 and not self._denies(token.head)
        return above or next(filter(None, found), None) if only and token.dep in {"ccomp", "csubj"} else None

    def _introduced(self, i: int) -> str | None:
        """«para decomisar» is planned, «si llega» possible."""
        marks = [fold(self.syntax.tokens[word].text) for child in self.syntax.children(i, "mark|case") for word in self.syntax.tree.below(child)]
        if self.syntax.tokens[i].pos not in VERBAL:
            return None
        if any(mark in self.syntax.words("purpose") for mark in marks):
            return "planned"
        return "possible" if any(mark in self.syntax.words("condition") for mark in marks) else None

    def _governed(self, i: int) -> str | None:
        governors = self.syntax.words("governor")
        nominal = self.syntax.tokens[i].pos not in VERBAL
        for step, above in enumerate(self._clause(i)):
            if meaning := self.syntax.is_in(above, governors):
                return meaning
            if nominal or step > 1:
                return None
        return self._of_noun(i)

    def _of_noun(self, i: int) -> str | None:
        """«riesgo de ataque», «plan de desalojo»: the noun above says how."""
        token = self.syntax.tokens[i]
        if token.dep not in {"nmod", "acl"} or self.syntax.tokens[token.head].pos != "NOUN":
            return None
        doubted = self._modified(token.head) if self.syntax.is_in(token.head, self.syntax.words("culprit")) is not None else None
        return doubted or self.syntax.is_in(token.head, self.syntax.words("governor"))

    def _accused_of(self, i: int) -> str | None:
        if self.suspected(i) is not None:
            return "alleged"
        return "ordered" if self._under(i, "calling") is not None else None

    def accusing(self, i: int) -> int | None:
        """The accusing word under which the act `i` stands, however the parser hangs it there; None where nobody is accused of it."""
        return self._under(i, "accusing", self.accusations)

    def suspected(self, i: int) -> int | None:
        """The accusing word above the act, else the word that says that somebody is held or tried for it."""
        accusing = self.accusing(i)
        return accusing if accusing is not None else self._under(i, "held")

    def convicted(self, i: int) -> int | None:
        """The word that says that somebody was sentenced for the act."""
        return self._under(i, "convicted")

    def attempted(self, i: int) -> bool:
        """Whether somebody only tries it («trata de huir», «intento de fuga»)."""
        attempts, token = self.syntax.words("attempt"), self.syntax.tokens[i]
        above = [token.head] if token.dep in {"xcomp", "nmod", "acl", "advcl", "obl"} else []
        return any(self.syntax.is_in(there, attempts) is not None for there in (*above, *self.syntax.children(i, "aux")))

    def _under(self, i: int, name: str, more: frozenset[int] = frozenset()) -> int | None:
        """The word of the class `name`, or of `more`, that stands above `i`, led to by one of the prepositions of the class `name`-preposition."""
        words, prepositions = self.syntax.words(name), self.syntax.words(f"{name}-preposition")
        led = False
        for token in self.syntax.up(i):
            opened = any(fold(self.syntax.tokens[child].text) in prepositions for child in self.syntax.children(token.i, "case|mark"))
            act = token.dep == "acl" and opened and "VerbForm=Inf" in token.morph
            led = led or opened
            if self.is_setting(token.i) or token.head == token.i or not (act or token.dep in OBLIQUES | {"conj"}):
                return None
            if led and token.head < i and (token.head in more or self.syntax.is_in(token.head, words) is not None):
                return token.head
        return None
