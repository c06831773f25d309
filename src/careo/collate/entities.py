"""People and bodies across reports: linked by an equal full name, never by a bare surname; computed from the links, never merged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from careo.collate.clusters import ids, resolve
from careo.model import Anchor, Chain, Entity, EntityMention, Field, Judgement, Kind, Layers, Link, Related, Report, Span
from careo.text import View, fold

LINKED: tuple[Kind, ...] = ("PERSON", "ORGANIZATION")
"""Kinds that become entities. A place is known by more than its name and waits for the gazetteer."""

ChainKey = tuple[str, Field, str]
"""A chain across reports: document, field, and its id in the reading."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A chain of one report, as far as collation needs it."""

    anchor: Anchor
    chain: ChainKey
    kind: Kind
    name: str
    names: tuple[str, ...]
    mentions: tuple[Span, ...]
    related: tuple[Related, ...]


def fields(report: Report) -> list[tuple[Field, str, Layers]]:
    """The texts of a report that were read, with their layers: its text, and its title where that stands apart."""
    if report.reading is None:
        return []
    read: list[tuple[Field, str, Layers]] = [("text", report.document.text, report.reading.layers)]
    if report.reading.title is not None:
        read.append(("title", report.document.title or "", report.reading.title))
    return read


def namings(report: Report) -> tuple[Naming, ...]:
    """The people and bodies of one report, in order of place."""
    made = [
        _naming(report.document.id, field, text, chain)
        for field, text, layers in fields(report)
        for chain in layers.chains
        if chain.kind in LINKED and chain.members
    ]
    return tuple(sorted(made, key=lambda one: (one.anchor, one.chain)))


def _naming(document: str, field: Field, text: str, chain: Chain) -> Naming:
    spans = tuple(sorted(member.span for member in chain.members))
    first = spans[0]
    said = {line(member.span.of(text)) for member in chain.members if member.form != "pronoun"}
    anchor = Anchor(document, field, "chains", first.start, first.end)
    return Naming(anchor, (document, field, chain.id), chain.kind, line(chain.name), tuple(sorted(said | {line(chain.name)})), spans, chain.related)


def line(text: str) -> str:
    """`text` in one line, blanks made even."""
    return " ".join(text.split())


def name_key(naming: Naming) -> str | None:
    """Names with one key are compared: the kind and the folded name. None for one word that names a person: a bare surname links nothing."""
    folded = line(fold(View(naming.name).text))
    if not folded or (naming.kind == "PERSON" and " " not in folded):
        return None
    return f"{naming.kind}\0{folded}"


def link_equals(key: str, alike: Sequence[Naming]) -> tuple[Link, ...]:
    """Links between namings of one key: each to the first of them. One plain word for a body («Policía») leaves it open."""
    first, *others = sorted(alike, key=lambda one: one.anchor)
    sure = " " in key or all(naming.name.isupper() for naming in alike)
    return tuple(
        Link(first.anchor, other.anchor, "entity", "SAME", 0.9, f"the same full name: {other.name}")
        if sure
        else Link(first.anchor, other.anchor, "entity", "UNSURE", 0.5, f"the same single word, which may name several bodies: {other.name}")
        for other in others
        if other.anchor != first.anchor
    )


def links_of_people(judgements: Iterable[Judgement], known: Iterable[Naming]) -> list[Link]:
    """The links that people judged, held on the chains that there are now; those whose anchor is orphaned are left out."""
    places: dict[tuple[str, Field], dict[Anchor, Sequence[Span]]] = defaultdict(dict)
    for naming in known:
        places[naming.anchor.document, naming.anchor.field][naming.anchor] = naming.mentions
    made = []
    for judgement in judgements:
        if judgement.kind == "link" and judgement.right is not None and judgement.verdict in ("SAME", "DIFFERENT", "UNSURE"):
            left, right = (resolve(anchor, places[anchor.document, anchor.field]) for anchor in (judgement.left, judgement.right))
            if left and right and left != right:
                made.append(Link(left, right, "entity", judgement.verdict, 1.0, judgement.because, judgement.by))  # type: ignore[arg-type]
    return made


def entity(members: Sequence[Naming]) -> Entity:
    """One entity of the namings of a cluster; `related` still points at nothing (see `with_relations`)."""
    made, aliases = ids(member.anchor for member in members)
    counted = Counter(member.name for member in members)
    name = max(counted, key=lambda one: (len(one.split()), counted[one], len(one), one))
    mentions = sorted({(m.anchor.document, m.anchor.field, span) for m in members for span in m.mentions})
    said = {form for member in members for form in member.names}
    found = tuple(EntityMention(report, span, field) for report, field, span in mentions)
    return Entity(made, members[0].kind, name, tuple(sorted(said)), found, aliases)


def relations(members: Sequence[Naming], entity_of: Mapping[ChainKey, str]) -> tuple[Related, ...]:
    """Whom the namings of one cluster name as kin or the like, as entities, in order."""
    found = {
        (entity_of[document, field, related.to], related.relation)
        for member in members
        for (document, field, _), related in ((member.chain, one) for one in member.related)
        if (document, field, related.to) in entity_of
    }
    return tuple(Related(to, relation) for to, relation in sorted(found))
