"""Fixtures that several rooms share: the Spanish rules, the real parser and the whole reader, each loaded once a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from careo.read import Reader
    from careo.rules import Language


@pytest.fixture(scope="session")
def language() -> Language:
    """The rules of `lang/es`."""
    from careo.read.languages import language

    return language("es")


@pytest.fixture(scope="session")
def parser() -> Any:
    """The syntax model; about two seconds."""
    from careo.read.languages import parser

    return parser()


@pytest.fixture(scope="session")
def reader() -> Reader:
    """All layers over the real parser; the same that the examples of the rule files are read with."""
    from careo.read.languages import Readers

    made = Readers()("es")
    assert made is not None
    return made
