"""Who and what reports name: the namings of one report, what people judged of them, and the entities that clusters of them are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import regex

from careo import edtf
from careo.collate.clusters import ids
from careo.model import Anchor, Chain, Entity, EntityMention, Field, Kind, Layers, Related, Report, Span
from careo.text import fold

ChainKey = tuple[str, Field, str]
"""A chain across reports: document, field, and its id in the reading."""

_LOOKED_AT, _BESIDE, _JOINT = 3, 60, 30
"""Mentions whose neighbourhood is looked at, its code points on either side, and those between a name and the by-name that it leads to."""

_ENDS = regex.compile(r"[.;:!?\n]")
_SMALL = regex.compile(r"(?<!\p{L})\p{Ll}{3,}(?!\p{L})")
_LETTERS = regex.compile(r"\p{L}+")


@dataclass(frozen=True, slots=True)
class Naming:
    """A chain of one report, as far as collation needs it.

    `names` are all words for it, `called` only its proper names, the fullest first; `near` are the folded small words beside them. `day` and `region`
    are those of the report. `joints`: the words, and nothing else, that lead from another's name to one of this («alias»), with the other's anchor.
    """

    anchor: Anchor
    chain: ChainKey
    kind: Kind
    name: str
    names: tuple[str, ...]
    mentions: tuple[Span, ...]
    related: tuple[Related, ...]
    called: tuple[str, ...] = ()
    near: frozenset[str] = frozenset()
    day: date | None = None
    region: str | None = None
    joints: tuple[tuple[str, Anchor], ...] = ()


def fields(report: Report) -> list[tuple[Field, str, Layers]]:
    """The texts of a report that were read, with their layers: its text, and its title where that stands apart."""
    if report.reading is None:
        return []
    read: list[tuple[Field, str, Layers]] = [("text", report.document.text, report.reading.layers)]
    if report.reading.title is not None:
        read.append(("title", report.document.title or "", report.reading.title))
    return read


def namings(report: Report) -> tuple[Naming, ...]:
    """The people, bodies, places and other things that one report names, in order of place."""
    made = [naming for field, text, layers in fields(report) for naming in _namings(report, field, text, layers.chains)]
    return tuple(sorted(made, key=lambda one: (one.anchor, one.chain)))


def _namings(report: Report, field: Field, text: str, chains: Sequence[Chain]) -> Iterator[Naming]:
    """Those of one field."""
    # A verb whose subject is left out names nobody: it is neither counted nor hidden by a mask.
    known = [(chain, sorted(member.span for member in chain.members if member.form != "dropped")) for chain in chains if chain.members]
    anchors = {chain.id: Anchor(report.document.id, field, "chains", spans[0].start, spans[0].end) for chain, spans in known}
    joints = _joints(text, [chain for chain, _ in known])
    published = report.reading.dct.value if report.reading else None
    day = edtf.bounds(published)[0] if published and edtf.is_edtf(published) else None
    for chain, spans in known:
        said = {line(member.span.of(text)) for member in chain.members if member.form not in {"pronoun", "dropped"}}
        proper = [member.span for member in chain.members if member.form == "name"]
        yield Naming(
            anchor=anchors[chain.id],
            chain=(report.document.id, field, chain.id),
            kind=chain.kind,
            name=line(chain.name),
            names=tuple(sorted(said | {line(chain.name)})),
            mentions=tuple(spans),
            related=chain.related,
            called=_called(chain, proper, text),
            near=frozenset(word for span in proper[:_LOOKED_AT] for word in _near(text, span)),
            day=day,
            region=report.document.region,
            joints=tuple((words, anchors[other]) for words, other in joints.get(chain.id, ())),
        )


def _called(chain: Chain, proper: Sequence[Span], text: str) -> tuple[str, ...]:
    """The distinct proper names of a chain, the fullest first. A chain of common nouns alone has none."""
    said = {line(span.of(text)) for span in proper} | ({line(chain.name)} if proper else set())
    return tuple(sorted(said, key=lambda name: (-len(name.split()), name)))


def _near(text: str, span: Span) -> list[str]:
    """The folded words in small letters beside a name, up to the end of the clause."""
    before, after = text[max(0, span.start - _BESIDE) : span.start], text[span.end : span.end + _BESIDE]
    return [fold(word) for piece in (_ENDS.split(before)[-1], _ENDS.split(after)[0]) for word in _SMALL.findall(piece)]


def _joints(text: str, chains: Sequence[Chain]) -> dict[str, list[tuple[str, str]]]:
    """For each person the words that lead to the name from that of another right before it, with the other's id."""
    places = sorted((member.span, chain.id) for chain in chains if chain.kind == "PERSON" for member in chain.members if member.form == "name")
    made: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (one, left), (other, right) in pairwise(places):
        if left != right and 0 < other.start - one.end <= _JOINT:
            made[right].append((" ".join(_LETTERS.findall(text[one.end : other.start])), left))
    return made


def line(text: str) -> str:
    """`text` in one line, blanks made even."""
    return " ".join(text.split())


class Known(NamedTuple):
    """A chain of one report, and the entity that it is."""

    chain: ChainKey
    entity: str


class Relation(NamedTuple):
    """That one entity is kin or the like of another."""

    of: str
    related: Related


def known(_document: str, namings: Sequence[Naming], entities: Mapping[Anchor, str]) -> Iterator[Known]:
    """The entities of the chains of one report."""
    for naming in sorted(namings, key=lambda one: one.chain):
        if naming.anchor in entities:
            yield Known(naming.chain, entities[naming.anchor])


def relations(_document: str, namings: Sequence[Naming], known: Sequence[Known]) -> Iterator[Relation]:
    """Whom one report names as kin or the like, as entities."""
    entity_of = dict(known)
    for naming in sorted((one for one in namings if one.related), key=lambda one: one.chain):
        for related in naming.related:
            document, field, _ = naming.chain
            if naming.chain in entity_of and (document, field, related.to) in entity_of:
                yield Relation(entity_of[naming.chain], Related(entity_of[document, field, related.to], related.relation))


def entity(members: Sequence[Naming]) -> Entity:
    """One entity of the namings of a cluster; whom it is related to is told apart (`relations`)."""
    made, aliases = ids(member.anchor for member in members)
    members = sorted(members, key=lambda one: (one.anchor, one.chain))
    counted = Counter(member.name for member in members)
    name = max(counted, key=lambda one: (len(one.split()), counted[one], len(one), one))
    mentions = sorted({(m.anchor.document, m.anchor.field, span) for m in members for span in m.mentions})
    said = {form for member in members for form in member.names}
    found = tuple(EntityMention(report, span, field) for report, field, span in mentions)
    return Entity(made, members[0].kind, name, tuple(sorted(said)), found, aliases)
