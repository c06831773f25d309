"""From what each report gives to what the case amounts to: who is who, what is a copy, what happened, what was said.

Each line that makes a collection says what it is made of and by which step; the steps are in `collate/`. Nothing here is reckoned anew
whose rows have not changed (`flow.py`); the order in which reports came makes no difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from careo.collate import entities, versions
from careo.collate.facts import Facts
from careo.conclusions import told
from careo.conclusions.origins import families
from careo.conclusions.shown import Totals, chronology_of, totals
from careo.conclusions.who import who_is_who
from careo.flow import Flow, Rows
from careo.model import Judgement

__all__ = ["Totals", "chronology_of", "conclude", "totals"]


def conclude(
    flow: Flow, facts: Mapping[str, Sequence[Facts]], namings: Mapping[str, Sequence[entities.Naming]], judgements: Mapping[str, Sequence[Judgement]]
) -> None:
    """Draw all conclusions in `flow`, where `facts` and `namings` of these reports, and `judgements` by number, are what may have changed."""
    known: Rows[Facts] = flow.given("facts", Facts, facts)
    named: Rows[entities.Naming] = flow.given("namings", entities.Naming, namings)
    judged: Rows[Judgement] = flow.given("judgements", Judgement, judgements)
    articles = flow.together("articles", versions.Article, versions.article, known.by(lambda one: [one.article]))
    chains, copied = who_is_who(flow, named, judged), families(flow, known, articles)
    told.tell(flow, told.Given(known, articles, judged, chains, copied))
