"""Attacks by the same people on one day: one that a report tells in detail, or several."""

from __future__ import annotations

import pytest

from careo.model import Chain, EventMention, Participant, Report
from careo.pipeline import conclude
from careo.run.local import Local
from tests.collate.making import chain, event, place, report

FIRST, SECOND = "Ana Ruiz atacó hoy el Banco Norte.", "Ella disparó al mediodía contra la Casa Sur."


def attack(text: str, trigger: str, when: str, target: str, chain: str, part: str | None = None) -> EventMention:
    told = event(text, trigger, edtf="2018-01-15", when=when, who=[("Ana Ruiz" if "Ana Ruiz" in text else "Ella", "c1")], part=part)
    patient = Participant("patient", place(text, target), target, chain)
    return EventMention(
        told.id, told.trigger, told.kind, told.rule, told.evidence, told.when, None, (*told.participants, patient)
    )  # fmt: skip


def chains(text: str) -> list[Chain]:
    targets = [name for name in ("Banco Norte", "Casa Sur") if name in text]
    return [
        chain(text, "c1", "Ana Ruiz", "Ana Ruiz" if "Ana Ruiz" in text else "Ella"),
        *(chain(text, f"t{n}", name, kind="ORGANIZATION") for n, name in enumerate(targets)),
    ]


def one_report(*parts: str | None) -> list[Report]:
    text = f"{FIRST} {SECOND}"
    told = [attack(text, "atacó", "hoy", "Banco Norte", "t0", parts[0]), attack(text, "disparó", "mediodía", "Casa Sur", "t1", parts[1])]
    return [report(text, chains=chains(text), events=told)]


def two_reports() -> list[Report]:
    return [
        report(FIRST, chains=chains(FIRST), events=[attack(FIRST, "atacó", "hoy", "Banco Norte", "t0")]),
        report(SECOND, chains=chains(SECOND), events=[attack(SECOND, "disparó", "mediodía", "Casa Sur", "t0")]),
    ]


@pytest.mark.parametrize(
    ("reports", "entries"),
    [
        (one_report(None, None), 1),
        (one_report("2018-01-15TMO", "2018-01-15TNI"), 2),
        (two_reports(), 2),
    ],
)
def test_how_many_attacks_there_were(reports: list[Report], entries: int) -> None:
    assert len(conclude(reports, (), 0, Local(), lambda failure: pytest.fail(str(failure))).entries) == entries
