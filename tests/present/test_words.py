"""The texts of the interface: each language has every key of the others, with the same places to fill."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest
import yaml

from careo.present.words import words
from careo.settings import TONGUES

ONLY_SPANISH = {"help", "options", "headings"}
"""Groups that English has in the docstrings of the commands."""


def texts(tongue: str) -> dict[str, Any]:
    found = yaml.safe_load(files("careo").joinpath("present", "texts", f"{tongue}.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def places(text: object) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", str(text)))


def test_each_language_of_the_interface_has_its_texts() -> None:
    assert {tongue for tongue in TONGUES if words(tongue).months()} == {"es", "en"}


def test_the_languages_have_the_same_keys_with_the_same_places() -> None:
    es, en = texts("es"), texts("en")
    assert set(es) - ONLY_SPANISH == set(en)
    for group in set(en) - {"contractions"}:
        if isinstance(en[group], list):
            assert len(es[group]) == len(en[group])
        else:
            assert {key: places(text) for key, text in es[group].items()} == {key: places(text) for key, text in en[group].items()}


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_kind_of_event_has_its_word(tongue: str) -> None:
    folder = files("careo").joinpath("lang", "es", "events")
    kinds = {kind for one in folder.iterdir() for kind in re.findall(r"\bkind: ([a-z_]+)\b", one.read_text(encoding="utf-8"))}
    assert len(kinds) > 20
    assert kinds <= set(texts(tongue)["kinds"])


def test_a_key_without_a_word_says_itself() -> None:
    assert words("es").say("kinds", "unheard-of") == "unheard-of"
