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
    from careo.read.parse import load

    return load()


@pytest.fixture(scope="session")
def reader(language: Language, parser: Any) -> Reader:
    """All layers over the real parser."""
    from careo.read import Reader

    return Reader(language, parser)
