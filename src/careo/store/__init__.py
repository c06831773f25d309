"""The case: one SQLite file, and the search in it."""

from __future__ import annotations

from careo.store.case import Case
from careo.store.search import Hit

__all__ = ["Case", "Hit"]
