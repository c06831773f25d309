"""Kinds of happenings and their counterparts elsewhere."""

from __future__ import annotations

import json

import pytest

from careo.model import Chronology, Entry, Layers
from careo.present import public
from careo.present.codes import CODINGS, counterparts, kinds
from careo.rules import Language

PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
ACLED = {
    "Attack", "Armed clash", "Peaceful protest", "Looting/property destruction", "Arrests", "Abduction/forced disappearance",
    "Sexual violence", "Agreement",
}  # fmt: skip


def test_every_kind_that_a_frame_gives_has_its_row(language: Language) -> None:
    given = {rule.keys["gives"]["kind"] for rule in language.layers["events"].rules if "kind" in rule.keys.get("gives", {})}
    assert given == set(kinds())


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_counterparts_are_names_of_their_coding(kind: str) -> None:
    found = counterparts(kind)
    assert set(found) <= set(CODINGS)
    assert found.get("plover", "AID") in PLOVER
    assert found.get("acled", "Attack") in ACLED


def test_entries_and_events_go_out_with_them() -> None:
    entry = Entry("e", "2018-01-15", "protest", "marcharon", "asserted", 1, 1, ())
    made = json.loads(public.encode(public.chronology_of(Chronology(1, "x", entries=(entry,)))))
    assert made["entries"][0]["codes"] == {"plover": "PROTEST", "acled": "Peaceful protest"}
    assert public.layers_of(Layers())["events"] == []


def test_a_kind_of_no_coding_has_none() -> None:
    assert counterparts("arrival") == {} == counterparts("statement")
