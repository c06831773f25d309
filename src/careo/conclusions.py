"""From what each report gives to what the case amounts to: who is who, what is a copy, what happened, what was said.

Each line that makes a collection says what it is made of and by which step; the steps are in `collate/`. Nothing here is reckoned anew
whose rows have not changed (`flow.py`); the order in which reports came makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from careo.collate import chronology, conflicts, copies, credits, entities, events, judged, places, quotations, versions, victims, wholes
from careo.collate.chronology import Telling
from careo.collate.clusters import MACHINE, Block, doubt, outranked, pair, question, short_id, weight
from careo.collate.facts import Facts
from careo.collate.linking import Apart, Brief, First, Group, Linker, Named
from careo.collate.linking import Block as NameBlock
from careo.flow import Assigned, Clusters, Crossing, Flow, Rows, anchor_of, ends, key_of
from careo.model import Anchor, Chronology, Entity, Entry, Family, Judgement, Link, Related, Statement
from careo.read.languages import language, languages, people
from careo.text import fold

TEXTS = 2000
"""Texts whose words are held ready while copies are compared."""


class Given(NamedTuple):
    """What comes from outside: facts and namings by report, judgements by number."""

    facts: Rows[Facts]
    namings: Rows[entities.Naming]
    judgements: Rows[Judgement]
    articles: Rows[versions.Article]


class Spoken(NamedTuple):
    """What the newest version of a report tells, counts and quotes, as people corrected it and with what is known across reports."""

    told: tuple[Telling, ...]
    counted: tuple[Telling, ...]
    rejected: tuple[Telling, ...]
    sayings: tuple[quotations.Saying, ...]
    ends: tuple[judged.End, ...]


class Made(NamedTuple):
    """An entry with the tellings that it is made of."""

    entry: Entry
    members: tuple[Telling, ...]


def conclude(
    flow: Flow, facts: Mapping[str, Sequence[Facts]], namings: Mapping[str, Sequence[entities.Naming]], judgements: Mapping[str, Sequence[Judgement]]
) -> None:
    """Draw all conclusions in `flow`, where `facts` and `namings` of these reports, and `judgements` by number, are what may have changed."""
    known: Rows[Facts] = flow.given("facts", Facts, facts)
    articles = flow.together("articles", versions.Article, versions.article, known.by(lambda one: [one.article]))
    given = Given(known, flow.given("namings", entities.Naming, namings), flow.given("judgements", Judgement, judgements), articles)
    people_of, families, sites = who_is_who(flow, given.namings, given.judgements), _copies(flow, given), _sites(flow, given)
    _happened(flow, given, _spoken(flow, given, people_of, families, sites))


def _document(one: Facts) -> list[str]:
    return [one.document]


def _newest(one: versions.Article) -> list[str]:
    return [one.newest]


# ---------------------------------------------------------------- who is who


def who_is_who(flow: Flow, namings: Rows[entities.Naming], judgements: Rows[Judgement]) -> Rows[entities.Known]:
    """People, bodies, places and things across the reports, from what the machine and people say of pairs of namings; gives who the chains are."""
    of_report, of_anchor = namings.by(lambda one: [one.anchor.document]), namings.by(_at)
    links, why = _likenesses(flow, namings, judgements)
    clusters = flow.clusters("who", of_anchor, links)
    known = flow.together("known", entities.Known, _known, of_report, clusters.at.by(lambda one: [one.anchor.document]))
    flow.gather("entities", Entity, _entity, clusters, of_anchor)
    flow.together("relations of entities", entities.Relation, entities.relations, of_report, known.by(_of_chain))
    flow.across("why", clusters, why)
    flow.together("questions", Link, partial(_asked, question), flow.across("who links", clusters, links).by(_between))
    return known


def _of_chain(one: entities.Known) -> list[str]:
    return [one.chain[0]]


def _likenesses(flow: Flow, namings: Rows[entities.Naming], judgements: Rows[Judgement]) -> tuple[Rows[Link], Rows[Link]]:
    """What is said of pairs of namings: all of it; and of those alone that do not simply have an equal name.

    Names are compared by what the first language knows of them: people's names do not change with the language of a report.
    """
    linker = Linker(people(languages()[0]))
    of_report = namings.by(lambda one: [one.anchor.document])
    named = flow.together("named", Named, linker.named, of_report)
    rows = named.by(lambda row: [row.shelf], Named.whole)
    briefs = flow.together("briefs", Brief, linker.brief, rows)
    of_name = briefs.by(lambda brief: [brief.first.name.key])
    firsts = flow.together("firsts", First, linker.first, of_name)
    groups = flow.together("groups", Group, linker.group, of_name)
    equal = flow.together("equal", Link, linker.equal, rows, firsts.by(lambda first: first.shelves))
    apart = flow.together("apart", Apart, linker.apart, named.by(lambda one: [one.document]))
    blocks = flow.together("blocks", NameBlock, linker.block, groups.by(lambda group: group.keys), apart.by(lambda one: [one.key]), least=2)
    judges = flow.together("ends", judged.End, _ends_of_names, judgements.by(judged.documents), of_report)
    judged_by_people = flow.together("judged", judged.Judged, judged.linked, judgements.by(_number), judges.by(_number))
    people_say = judged_by_people.by(lambda one: _pair(one.link))
    told = blocks.by(_pair, lambda block: block.links), named.by(_pair, lambda one: one.by_names)
    best = partial(_best, weight)
    links = flow.together("links", Link, best, people_say, *told, equal.by(_pair))
    why = flow.together("links of names", Link, best, people_say, *told)
    flow.together("uncompared", int, _left_out, blocks.by(lambda block: ["names"] if block.left_out else []))
    return links, why


def _pair(link: Link) -> list[str]:
    """The key of the two that a link is about, whichever way it points."""
    return ["\0\0".join(map(key_of, pair(link)))]


def _number(one: Judgement | judged.End) -> list[str]:
    return [str(one.number)]


def _score(link: Link) -> tuple[object, ...]:
    return link.score, link.judgement, link.why


def _links(block: Block) -> tuple[Link, ...]:
    return block.links


def _best(order: Callable[[Link], tuple[object, ...]], _key: str, *said: Sequence[Link | judged.Judged]) -> Iterator[Link]:
    """The link that holds of a pair, by what the machine and people say of it."""
    everything = [one for group in said for one in group]
    machine = sorted((one for one in everything if isinstance(one, Link)), key=lambda link: (order(link), link.left))
    yield from outranked(machine, (one.link for one in sorted(one for one in everything if isinstance(one, judged.Judged))))


def _ends_of_names(_document: str, judgements: Sequence[Judgement], namings: Sequence[entities.Naming]) -> Iterator[judged.End]:
    return judged.ends(judgements, judged.NAMED, {one.anchor: one.mentions for one in namings})


def _known(document: str, namings: Sequence[entities.Naming], at: Sequence[Assigned]) -> Iterator[entities.Known]:
    return entities.known(document, namings, {one.anchor: short_id(anchor_of(one.group)) for one in at})


def _entity(_key: str, namings: Sequence[entities.Naming]) -> Iterator[Entity]:
    yield entities.entity(namings)


def _between(crossing: Crossing) -> list[str]:
    """The key of the two groups between which a link stands; none where it stands inside of one."""
    return [crossing.both] if crossing.left != crossing.right else []


def _asked(ask: Callable[[Sequence[Link]], Link | None], _key: str, crossings: Sequence[Crossing]) -> Iterator[Link]:
    """What is asked of two groups."""
    asked = ask([one.link for one in crossings])
    if asked:
        yield asked


def _left_out(_key: str, blocks: Sequence[NameBlock]) -> Iterator[int]:
    yield sum(block.left_out for block in blocks)


# ---------------------------------------------------------------- copies


def _copies(flow: Flow, given: Given) -> Rows[Family]:
    """Families of reports that carry one dispatch."""
    words = lru_cache(TEXTS)(lambda document: copies.words_of(given.facts.of(document)[0].text))
    agencies = credits.Agencies(language(languages()[0]))

    def printed(document: str, facts: Sequence[Facts], articles: Sequence[versions.Article]) -> Iterator[copies.Printed]:
        if facts and articles:
            yield copies.Printed(document, copies.fingerprints(words(document)))

    def alike(_key: str, pairs: Sequence[copies.Pair]) -> Iterator[copies.Alike]:
        for left, right in pairs:
            found = copies.shared(words(left), words(right))
            if found.is_copy:
                yield copies.Alike(left, right, found)

    def family(_key: str, kin: Sequence[copies.Kin]) -> Iterator[Family]:
        members = sorted(one.document for one in kin)
        found = {(one.left, one.right): one.shared for each in kin for one in each.alike}
        sources = {document: credits.source(given.facts.of(document)[0], agencies) for document in members}
        yield copies.family(members, found, sources, {document: words(document) for document in members})

    printed_in = flow.together("printed", copies.Printed, printed, given.facts.by(_document), given.articles.by(_newest))
    found = flow.together("alike", copies.Alike, alike, likely_copies(flow, printed_in).by(_two_texts))
    links = flow.together("copy links", Link, _copy, found.by(_two_texts))
    clusters = flow.clusters("copies", links.by(ends), links)
    kin = flow.together(
        "kin",
        copies.Kin,
        _kin,
        clusters.at.by(lambda one: [one.anchor.document]),
        given.facts.by(_document),
        found.by(lambda one: [one.left, one.right]),
    )
    return flow.together("families", Family, family, kin.by(lambda one: [one.family]))


def likely_copies(flow: Flow, printed: Rows[copies.Printed]) -> Rows[copies.Pair]:
    """Pairs of texts to be compared word by word; "unmatched" are texts that were too many to be compared with all that may be copies of them."""
    held = flow.together("holders", copies.Holders, copies.holders, printed.by(lambda one: map(str, one.prints)), least=2)
    likely = flow.together("likely", copies.Pair, copies.likely, held.by(_two_texts, copies.met))
    beyond = held.by(lambda one: [holder.document for holder in one.beyond])
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
        (known,) = facts
        yield copies.Kin(one.group, document, tuple(found), (known.publisher, known.author, *known.age))


# ---------------------------------------------------------------- places


def _sites(flow: Flow, given: Given) -> Rows[places.Siting]:
    """Each name of a place with the place that it is taken for, those that one report leaves open settled by the others."""

    own = flow.together("own sites", places.Siting, _latest_sites, given.facts.by(_document), given.articles.by(_newest))
    part = flow.together("taken in part", places.Taken, places.taken, own.by(lambda one: [one.shelf] if one.placing.spot else []))
    taken = flow.together("taken", places.Taken, places.spots, part.by(lambda one: [one.name]))
    is_open = own.by(lambda one: [] if one.placing.spot else [one.name])
    settled = flow.together("settled sites", places.Siting, places.settled, is_open, taken.by(lambda one: [one.name]))
    return flow.together("sites", places.Siting, places.overruled, own.by(_report), settled.by(_report))


def _latest_sites(_document: str, facts: Sequence[Facts], articles: Sequence[versions.Article]) -> Iterator[places.Siting]:
    return (siting for one in facts for siting in one.sitings if articles)


def _report(one: places.Siting) -> list[str]:
    return [one.key[0]]


# ---------------------------------------------------------------- what reports tell


def _spoken(flow: Flow, given: Given, known: Rows[entities.Known], families: Rows[Family], sites: Rows[places.Siting]) -> Rows[Spoken]:
    """What each report tells, with what is known across reports: where its words come from, who is meant, which place; and as people corrected it."""
    return flow.together(
        "spoken",
        Spoken,
        _spoken_of,
        given.facts.by(_document),
        given.articles.by(_newest),
        families.by(lambda one: [copy.report for copy in one.reports]),
        known.by(_of_chain),
        sites.by(_report),
        given.judgements.by(judged.documents),
    )


def _spoken_of(
    _document: str,
    facts: Sequence[Facts],
    articles: Sequence[versions.Article],
    families: Sequence[Family],
    known: Sequence[entities.Known],
    sites: Sequence[places.Siting],
    judgements: Sequence[Judgement],
) -> Iterator[Spoken]:
    if not facts or not articles:
        return
    origins, entity_of, placing = copies.Origins(families), dict(known), {one.key: one.placing for one in sites}
    told, counted = ([origins.traced(one) for one in group] for group in (facts[0].tellings, facts[0].figures))
    there = {one.anchor: judged.spans(one.anchor) for one in (*told, *counted)}
    decisions = judged.Decisions(judgements, there)

    def mended(tellings: Iterable[Telling], rejected: bool) -> tuple[Telling, ...]:
        return tuple(decisions.applied(one).resolved(entity_of, placing) for one in tellings if decisions.rejected(one) == rejected)

    sayings = tuple(origins.traced(one).resolved(entity_of) for one in facts[0].sayings)
    ends_of = tuple(judged.ends(judgements, judged.TOLD, there))
    yield Spoken(mended(told, False), mended(counted, False), mended(told, True), sayings, ends_of)


def _tellings(spoken: Spoken) -> Iterator[events.Compared]:
    return map(events.compared, spoken.told)


def _figures(spoken: Spoken) -> Iterator[events.Compared]:
    return map(events.compared, spoken.counted)


def _sayings(spoken: Spoken) -> Iterator[quotations.Compared]:
    return map(quotations.compared, spoken.sayings)


def _at(one: Telling | quotations.Saying | entities.Naming) -> list[str]:
    return [key_of(one.anchor)]


# ---------------------------------------------------------------- what happened, what was said


def _happened(flow: Flow, given: Given, spoken: Rows[Spoken]) -> None:
    """Entries with all that stands under them, and statements."""
    told, counted, said = (spoken.by(_at, attrgetter(name)) for name in ("told", "counted", "sayings"))
    tellings = flow.together("telling blocks", Block, events.link_events, spoken.by(events.event_keys, _tellings), least=2)
    figures = flow.together("figure blocks", Block, events.link_events, spoken.by(events.event_keys, _figures), least=2)
    sayings = flow.together("saying blocks", Block, quotations.SayingLinker(), spoken.by(quotations.saying_keys, _sayings), least=2)
    judges = spoken.by(_number, attrgetter("ends"))
    people = flow.together("judged tellings", judged.Judged, judged.linked, given.judgements.by(_number), judges).by(lambda one: _pair(one.link))
    links = flow.together("telling links", Link, partial(_best, _score), people, tellings.by(_pair, _links))
    happenings = flow.clusters("happenings", told, links)
    counts = flow.clusters("counts", counted, flow.together("figure links", Link, partial(_best, _score), people, figures.by(_pair, _links)))
    said_once = flow.clusters("statements", said, flow.together("saying links", Link, partial(_best, _score), sayings.by(_pair, _links)))
    across = flow.across("telling links across", happenings, links)
    left_out = [blocks.by(lambda anchor: [key_of(anchor)], attrgetter("left_out")) for blocks in (tellings, figures, sayings)]
    _settled(flow, spoken, flow.gather("made", Made, _made, happenings, told), counts)
    flow.together("doubts", Link, partial(_asked, doubt), across.by(_between))
    flow.together("rejected", Entry, _rejected, spoken.by(lambda one: [one.anchor.document], attrgetter("rejected")))
    flow.gather("told statements", Statement, _statement, said_once, said)
    flow.together("unjoined", str, lambda key, *_: [key], *left_out)


def _settled(flow: Flow, spoken: Rows[Spoken], made: Rows[Made], counts: Clusters) -> None:
    """Each entry with what it caused and is part of, its tolls, and where accounts of it differ."""
    of_entry = made.by(lambda one: [one.entry.id])
    relations = flow.together("relations", wholes.Relation, wholes.relations, made.by(wholes.sentence, lambda one: wholes.beside(*one)), least=2)
    of_both = relations.by(lambda one: [one.part, one.whole])
    harmed = flow.together("harmed", victims.Harmed, victims.harmed, of_entry, of_both)
    beside = flow.together("harmed beside", victims.Beside, victims.beside, harmed.by(lambda one: [one.whole]))
    events_of = made.by(lambda one: [key_of(one.event)], _events)
    of_event = spoken.by(lambda one: [key_of(one.figure.event)] if one.figure.event else [], attrgetter("counted"))
    placed = flow.together("figures of entries", conflicts.OfEntry, conflicts.of_entry, of_event, events_of)
    sources = spoken.by(_at, attrgetter("counted")), placed.by(lambda one: [key_of(one.figure)])
    counted = flow.gather("counted", conflicts.Counted, _counted, counts, *sources)
    of_name, of_part = counted.by(lambda one: [one.name]), beside.by(lambda one: [one.entry])
    flow.together("settled", conflicts.Settled, _settled_of, of_entry, of_both, of_name, of_part)


def _settled_of(
    _entry: str, made: Sequence[Made], relations: Sequence[wholes.Relation], counted: Sequence[conflicts.Counted], beside: Sequence[victims.Beside]
) -> Iterator[conflicts.Settled]:
    around = [one.victims for one in beside]
    if not made:
        yield conflicts.settled(None, counted, around)
    for entry, members in made:
        yield conflicts.settled((wholes.related(entry, relations), members), counted, [victims.victims(entry, members), *around])


def _made(_key: str, members: Sequence[Telling]) -> Iterator[Made]:
    entry = chronology.entry(members)
    if entry:
        yield Made(entry, tuple(sorted(members, key=lambda one: one.anchor)))


def _events(made: Made) -> Iterator[conflicts.Told]:
    return (conflicts.Told(one.anchor, made.entry.id) for one in made.members)


def _counted(_key: str, figures: Sequence[Telling], known: Sequence[conflicts.OfEntry]) -> Iterator[conflicts.Counted]:
    yield conflicts.counted(figures, {one.event: one.entry for one in known})


def _rejected(_document: str, tellings: Sequence[Telling]) -> Iterator[Entry]:
    """An entry of each statement that people rejected, whatever else tells of it."""
    return (entry for telling in tellings if (entry := chronology.entry([telling])))


def _statement(_key: str, sayings: Sequence[quotations.Saying]) -> Iterator[Statement]:
    yield quotations.statement(sayings)


# ---------------------------------------------------------------- the chronology


class Totals(NamedTuple):
    """How many entries with and without a date, and how many entities, there are."""

    entries: int = 0
    undated: int = 0
    entities: int = 0


def totals(flow: Flow) -> Totals:
    """What the conclusions come to, by what they came to before and what `flow` changed."""
    kept: Rows[Totals] = flow.rows("totals", Totals)
    entries, undated, known = next(iter(kept.of("")), Totals())
    for before, after in flow.rows("settled", conflicts.Settled).changed.values():
        for sign, rows in ((-1, before), (1, after)):
            entries += sign * sum(1 for one in rows if one.entry and one.entry.when)
            undated += sign * sum(1 for one in rows if one.entry and not one.entry.when)
    known += sum(len(after) - len(before) for before, after in flow.rows("entities", Entity).changed.values())
    kept.put("", [Totals(entries, undated, known)])
    return Totals(entries, undated, known)


Stored = Callable[[str, Any], Iterable[Any]]
"""The rows of a collection by its name and kind."""


def chronology_of(rows: Stored, generation: int, language_versions: Iterable[str]) -> Chronology:
    """The conclusions put together, each list in its order."""
    settled = tuple(rows("settled", conflicts.Settled))
    in_order = sorted(settled, key=attrgetter("place"))
    entries = sorted((one.entry for one in settled if one.entry), key=chronology.order)
    known = _entities(rows)
    names = {entity.id: entity.name for entity in known}
    why: Iterable[Crossing] = rows("why", Crossing)
    return Chronology(
        generation=generation,
        language_version=", ".join(sorted(set(language_versions))),
        entries=tuple(entry for entry in entries if entry.when),
        undated=tuple(entry for entry in entries if not entry.when),
        entities=tuple(known),
        tolls=tuple(toll for one in settled for toll in one.tolls),
        conflicts=tuple(sorted((one for each in settled for one in each.conflicts), key=attrgetter("id"))),
        corrections=tuple(one for each in in_order for one in each.corrections),
        copies=tuple(sorted(rows("families", Family), key=attrgetter("family"))),
        unmatched=sum(1 for _ in rows("unmatched", str)),
        earlier=tuple(one for article in sorted(rows("articles", versions.Article), key=_newest) for one in article.earlier),
        quotations=tuple(sorted((_with_speaker(one, names) for one in rows("told statements", Statement)), key=quotations.order)),
        links=tuple(one.link for one in sorted(why, key=lambda one: pair(one.link)) if _holds(one)),
        questions=tuple(sorted(rows("questions", Link), key=lambda link: (-link.score, pair(link)))),
        uncompared=sum(rows("uncompared", int)),
        places=places.located({one.key: one.placing for one in rows("sites", places.Siting)}),
        doubts=tuple(sorted(rows("doubts", Link), key=pair)),
        rejected=tuple(sorted(rows("rejected", Entry), key=chronology.order)),
        unjoined=sum(1 for _ in rows("unjoined", str)),
    )


def _entities(rows: Stored) -> list[Entity]:
    """The entities with those that they are related to, in order of name."""
    related = defaultdict[str, set[Related]](set)
    for one in rows("relations of entities", entities.Relation):
        related[one.of].add(one.related)
    order = attrgetter("to", "relation")
    made = (msgspec.structs.replace(one, related=tuple(sorted(related[one.id], key=order))) for one in rows("entities", Entity))
    return sorted(made, key=lambda one: (fold(one.name), one.id))


def _with_speaker(statement: Statement, names: Mapping[str, str]) -> Statement:
    """The statement with the speaker as the case knows him."""
    return msgspec.structs.replace(statement, speaker=names[statement.entity]) if statement.entity else statement


def _holds(one: Crossing) -> bool:
    """Whether the link tells why its ends are in one cluster, or is a person's word on them."""
    return one.link.by != MACHINE or (one.link.judgement == "SAME" and one.left == one.right)
