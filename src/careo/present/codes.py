"""What other codings of events call a kind of happening, from `lang/kinds.tsv`: nearest terms, for those who exchange data with them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

CODINGS = ("plover", "acled", "huridocs")
"""PLOVER: Political Language Ontology for Verifiable Event Records (event types, 2021). ACLED: Armed Conflict Location & Event Data
(sub-event types, codebook of 2021). HURIDOCS: micro-thesaurus 4, types of acts, by name."""


def counterparts(kind: str) -> dict[str, str]:
    """What each coding calls the kind; one that has no counterpart for it is absent."""
    return kinds().get(kind, {})


@cache
def kinds() -> dict[str, dict[str, str]]:
    """Every kind with its counterparts."""
    table = files("careo").joinpath("lang/kinds.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {kind: {coding: name for coding, name in zip(CODINGS, names, strict=True) if name} for kind, *names in rows}
