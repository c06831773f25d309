"""Where the words of reports come from: versions of one article, and copies of one dispatch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from careo.collate import copies, credits, versions
from careo.collate.facts import Facts
from careo.flow import Assigned, Flow, Rows, ends
from careo.model import Anchor, Family, Link
from careo.read.languages import language, languages

TEXTS = 2000
"""Texts whose words are held ready while copies are compared."""


def families(flow: Flow, facts: Rows[Facts], articles: Rows[versions.Article]) -> Rows[Family]:
    """Families of reports that carry one dispatch."""
    words = lru_cache(TEXTS)(lambda document: copies.words_of(facts.of(document)[0].text))
    agencies = credits.Agencies(language(languages()[0]))

    def printed(document: str, known: Sequence[Facts], newest: Sequence[versions.Article]) -> Iterator[copies.Printed]:
        if known and newest:
            yield copies.Printed(document, copies.fingerprints(words(document)))

    def alike(_key: str, pairs: Sequence[copies.Pair]) -> Iterator[copies.Alike]:
        for left, right in pairs:
            found = copies.shared(words(left), words(right))
            if found.is_copy:
                yield copies.Alike(left, right, found)

    def family(_key: str, kin: Sequence[copies.Kin]) -> Iterator[Family]:
        members = sorted(one.document for one in kin)
        found = {(one.left, one.right): one.shared for each in kin for one in each.alike}
        sources = {document: credits.source(facts.of(document)[0], agencies) for document in members}
        yield copies.family(members, found, sources, {document: words(document) for document in members})

    printed_in = flow.together("printed", copies.Printed, printed, facts.by(of_document), articles.by(of_newest))
    found = flow.together("alike", copies.Alike, alike, likely_copies(flow, printed_in).by(_two_texts))
    links = flow.together("copy links", Link, _copy, found.by(_two_texts))
    clusters = flow.clusters("copies", links.by(ends), links)
    kin = flow.together(
        "kin",
        copies.Kin,
        _kin,
        clusters.at.by(lambda one: [one.anchor.document]),
        facts.by(of_document),
        found.by(lambda one: [one.left, one.right]),
    )
    return flow.together("families", Family, family, kin.by(lambda one: [one.family]))


def likely_copies(flow: Flow, printed: Rows[copies.Printed]) -> Rows[copies.Pair]:
    """Pairs of texts to be compared word by word; "unmatched" are texts that were too many to be compared with all that may be copies of them."""
    held = flow.together("holders", copies.Holders, copies.holders, printed.by(lambda one: map(str, one.prints)), least=2)
    likely = flow.together("likely", copies.Pair, copies.likely, held.by(_two_texts, copies.met))
    beyond = held.by(lambda document: [document], lambda one: [holder.document for holder in one.beyond])
    flow.together("unmatched", str, copies.unmatched, beyond, likely.by(lambda one: [one.left, one.right]))
    return likely


def _two_texts(one: copies.Met | copies.Pair | copies.Alike) -> list[str]:
    return [f"{one.left}\0{one.right}"]


def _copy(_key: str, found: Sequence[copies.Alike]) -> Iterator[Link]:
    for one in found:
        left, right = (Anchor(document, "text", "document", 0, 0) for document in (one.left, one.right))
        yield Link(left, right, "copy", "SAME", one.shared.share, "the same words")


def _kin(document: str, at: Sequence[Assigned], facts: Sequence[Facts], found: Sequence[copies.Alike]) -> Iterator[copies.Kin]:
    for one in at:
        for known in facts:
            yield copies.Kin(one.group, document, tuple(found), (known.publisher, known.author, *known.age))


def of_document(one: Facts) -> list[str]:
    """The key of a report."""
    return [one.document]


def of_newest(one: versions.Article) -> list[str]:
    """The key of the report that speaks for an article."""
    return [one.newest]
