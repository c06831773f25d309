"""What the interface says, in the language that was asked for: one file a language in `texts/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


class Words:
    """The texts of one language of the interface."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self._texts = texts

    def say(self, group: str, key: str, **values: object) -> str:
        """The text `key` of `group` with its places filled; the key itself where the language has no word for it."""
        text = self._texts[group].get(key, key)
        return str(text).format(**values) if values else str(text)

    def find(self, group: str, key: str) -> str | None:
        """The text `key` of `group`, None where the language has none."""
        found = self._texts.get(group, {}).get(key)
        return None if found is None else str(found)

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


@lru_cache(maxsize=4)
def words(tongue: str) -> Words:
    """The texts of `tongue`, one of `settings.TONGUES`."""
    source = files("careo").joinpath("present", "texts", f"{tongue}.yaml").read_text(encoding="utf-8")
    return Words(yaml.load(source, Loader=yaml.BaseLoader))
