"""An invented chronology put into a case as if it had been concluded there: the rows that it would be put together of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from careo import pipeline
from careo.collate.conflicts import Settled
from careo.collate.entities import Relation
from careo.collate.places import Siting
from careo.collate.versions import Article
from careo.flow import Crossing
from careo.model import Anchor, Chronology, Entry, Located, Placing
from careo.store.case import Case
from careo.store.kept import Changes

Row = tuple[str, str, tuple[Any, ...]]


def conclude(case: Case, chronology: Chronology, generation: int | None = None) -> None:
    """Store it as what the case concludes now, or from `generation`."""
    now = case.generation if generation is None else generation
    assert case.conclude(now, case.derived(), Changes(list(_rows(chronology))), {})
    stored = pipeline.concluded(case)
    for field in ("entries", "undated", "entities", "tolls", "conflicts", "corrections", "quotations", "places", "copies"):
        assert len(getattr(stored, field)) == len(getattr(chronology, field)), field


def _rows(made: Chronology) -> Iterator[Row]:
    entries = {entry.id: entry for entry in (*made.entries, *made.undated)}
    yield from (("settled", f"{n:06}{ident}", (_settled(made, n, entry),)) for n, (ident, entry) in enumerate(entries.items()))
    apart = [
        tuple(one for one in some if getattr(one, of) not in entries)
        for some, of in ((made.tolls, "event"), (made.conflicts, "entry"), (made.corrections, "entry"))
    ]
    yield "settled", "~", (Settled(None, *apart, _place(len(entries))),)
    for name, rows in (("families", made.copies), ("questions", made.questions), ("doubts", made.doubts), ("rejected", made.rejected)):
        yield name, "", rows
    yield "entities", "", tuple(msgspec.structs.replace(one, related=()) for one in made.entities)
    yield "relations of entities", "", tuple(Relation(one.id, related) for one in made.entities for related in one.related)
    yield "statements", "", made.quotations
    yield "why", "", tuple(Crossing(link, "", "") for link in made.links)
    yield "articles", "", (Article("", made.earlier),)
    yield "sites", "", tuple(siting for one in made.places for siting in _sitings(one))
    yield "uncompared", "", (made.uncompared,)
    yield "unmatched", "", tuple(str(n) for n in range(made.unmatched))
    yield "unjoined", "", tuple(str(n) for n in range(made.unjoined))


def _settled(made: Chronology, number: int, entry: Entry) -> Settled:
    mine = [tuple(one for one in some if getattr(one, of) == entry.id) for some, of in ((made.tolls, "event"), (made.conflicts, "entry"))]
    return Settled(entry, *mine, tuple(one for one in made.corrections if one.entry == entry.id), _place(number))


def _place(number: int) -> Anchor:
    return Anchor("", "text", "events", number, number)


def _sitings(one: Located) -> Iterator[Siting]:
    for number, mention in enumerate(one.mentions):
        name = one.names[number % len(one.names)]
        placing = Placing(f"l{number}", name, (mention.span,), one.judgement, one.why, "places/test", one.spot, one.candidates)
        yield Siting((mention.report, mention.field, f"{one.id}{number:06}"), placing)
