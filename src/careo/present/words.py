"""What the interface says, in the language that was asked for: one file a language in `texts/`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any

import yaml

_BETWEEN = re.compile(r"; (?![^«»]*»)")
"""What stands between two sentences of the code, outside words of a report."""
_PLACE = re.compile(r"\{([a-z_]+)(\d?)\}")


class Words:
    """The texts of one language of the interface."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self._texts = texts
        self._sentences: dict[str, list[tuple[re.Pattern[str], str]]] = {}

    def say(self, group: str, key: str, **values: object) -> str:
        """The text `key` of `group` with its places filled; the key itself where the language has no word for it."""
        text = self._texts[group].get(key, key)
        return str(text).format(**values) if values else str(text)

    def find(self, group: str, key: str) -> str | None:
        """The text `key` of `group`, None where the language has none."""
        found = self._texts.get(group, {}).get(key)
        return None if found is None else str(found)

    def told(self, group: str, said: str) -> str:
        """What the code says in English, its sentences as `group` has them in this language; whatever it does not have stays as it is."""
        return "; ".join(self._part(group, part) for part in _BETWEEN.split(said))

    def _part(self, group: str, part: str) -> str:
        """A sentence, perhaps with names or words of a report after it, or with a place before it."""
        whole = self.sentence(group, part)
        if whole is not None:
            return whole
        cuts = [found.start() for found in re.finditer(": ", part)]
        for at in cuts:
            if (tail := self.sentence(group, part[at + 2 :])) is not None:
                return f"{self._part(group, part[:at])}: {tail}"
        for at in reversed(cuts):
            if (head := self.sentence(group, part[:at])) is not None:
                return f"{head}: {self._part(group, part[at + 2 :])}"
        return f"{part[: cuts[0]]}: {self._part(group, part[cuts[0] + 2 :])}" if cuts else part

    def sentence(self, group: str, said: str) -> str | None:
        """One sentence of the code; None where the language does not have it. What stands in the places named after a group is in its words."""
        known = self.find(group, said)
        if known is not None:
            return known
        fits = ((found.groupdict(), text) for pattern, text in self._patterns(group) if (found := pattern.fullmatch(said)))
        values, text = next(fits, ({}, None))
        return None if text is None else _PLACE.sub(lambda place: self._filled(group, place, values), text)

    def _filled(self, group: str, place: re.Match[str], values: Mapping[str, str]) -> str:
        """What stood in a place: in the words of the group that the place is named after, as a sentence by itself, or as it is."""
        value = values[place[1] + place[2]]
        of = place[1] if isinstance(self._texts.get(place[1]), Mapping) else group
        return self.find(of, value) or value

    def _patterns(self, group: str) -> list[tuple[re.Pattern[str], str]]:
        """The sentences with places, those that say most themselves first."""
        if group not in self._sentences:
            open_ones = [(key, str(text)) for key, text in self._texts.get(group, {}).items() if _PLACE.search(key)]
            open_ones.sort(key=lambda one: (-len(_PLACE.sub("", one[0])), one[0]))
            self._sentences[group] = [(_pattern(key), text) for key, text in open_ones]
        return self._sentences[group]

    def role(self, role: str, status: str) -> str:
        """The name of a role in an entry. Whoever did what is not plainly asserted is called accused, never the doer."""
        return self.say("roles", "accused" if role == "agent" and status in {"alleged", "disputed"} else role)

    def months(self) -> Sequence[str]:
        """The names of the months, January first."""
        months: Sequence[str] = self._texts["months"]
        return months

    def contracted(self, text: str) -> str:
        """`text` with the small words joined that the language joins."""
        padded = f" {text}"
        for apart, joined in self._texts["contractions"].items():
            padded = padded.replace(apart, joined)
        return padded[1:]


def _pattern(sentence: str) -> re.Pattern[str]:
    """A sentence whose places may hold anything but what stands between a place and what was found there."""
    pieces = _PLACE.split(sentence)
    literal = (re.escape(piece) for piece in pieces[::3])
    places = (f"(?P<{name}{number}>(?:(?!: ).)+?)" for name, number in zip(pieces[1::3], pieces[2::3], strict=True))
    return re.compile("".join(one for pair in zip_longest(literal, places, fillvalue="") for one in pair), re.DOTALL)


@lru_cache(maxsize=4)
def words(tongue: str) -> Words:
    """The texts of `tongue`, one of `settings.TONGUES`."""
    source = files("careo").joinpath("present", "texts", f"{tongue}.yaml").read_text(encoding="utf-8")
    return Words(yaml.load(source, Loader=yaml.BaseLoader))
