"""What reports tell: where it was, what happened, how many were harmed, what was said, and where accounts of it differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from careo.collate import chronology, conflicts, copies, entities, events, judged, places, quotations, versions, victims, wholes
from careo.collate.chronology import Telling
from careo.collate.clusters import doubt
from careo.collate.facts import Facts
from careo.conclusions.links import asked, best, between, by_score, of_number, of_pair
from careo.conclusions.origins import of_document, of_newest
from careo.flow import By, Clusters, Flow, Rows, key_of
from careo.model import Entry, Family, Judgement, Link, Statement


class Given(NamedTuple):
    """What is told of: facts by report, articles with their newest version, what people judged, who the chains are, which reports are copies."""

    facts: Rows[Facts]
    articles: Rows[versions.Article]
    judgements: Rows[Judgement]
    known: Rows[entities.Known]
    families: Rows[Family]


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


def tell(flow: Flow, given: Given) -> None:
    """All that reports tell."""
    _happened(flow, given, _spoken(flow, given, _sites(flow, given)))


def _sites(flow: Flow, given: Given) -> Rows[places.Siting]:
    """Each name of a place with the place that it is taken for, those that one report leaves open settled by the others."""
    own = flow.together("own sites", places.Siting, _latest_sites, given.facts.by(of_document), given.articles.by(of_newest))
    part = flow.together("taken in part", places.Taken, places.taken, own.by(lambda one: [one.part] if one.placing.spot else []))
    taken = flow.together("taken", places.Taken, places.spots, part.by(lambda one: [one.name]))
    is_open = own.by(lambda one: [] if one.placing.spot else [one.name])
    settled = flow.together("settled sites", places.Siting, places.settled, is_open, taken.by(lambda one: [one.name]))
    return flow.together("sites", places.Siting, places.overruled, own.by(_report), settled.by(_report))


def _latest_sites(_document: str, facts: Sequence[Facts], articles: Sequence[versions.Article]) -> Iterator[places.Siting]:
    return (siting for one in facts for siting in one.sitings if articles)


def _report(one: places.Siting) -> list[str]:
    return [one.key[0]]


# ---------------------------------------------------------------- what reports tell


def _spoken(flow: Flow, given: Given, sites: Rows[places.Siting]) -> Rows[Spoken]:
    """What each report tells, with what is known across reports: where its words come from, who is meant, which place; and as people corrected it."""
    return flow.together(
        "spoken",
        Spoken,
        _spoken_of,
        given.facts.by(of_document),
        given.articles.by(of_newest),
        given.families.by(lambda one: [one.copy.report], copies.places),
        given.known.by(lambda one: [one.chain[0]]),
        sites.by(_report),
        given.judgements.by(judged.documents),
    )


def _spoken_of(
    _document: str,
    facts: Sequence[Facts],
    articles: Sequence[versions.Article],
    copied: Sequence[copies.Place],
    known: Sequence[entities.Known],
    sites: Sequence[places.Siting],
    judgements: Sequence[Judgement],
) -> Iterator[Spoken]:
    if not facts or not articles:
        return
    origins, entity_of, placing = copies.Origins(copied), dict(known), {one.key: one.placing for one in sites}
    told, counted = ([origins.traced(one) for one in group] for group in (facts[0].tellings, facts[0].figures))
    there = {one.anchor: judged.spans(one.anchor) for one in (*told, *counted)}
    decisions = judged.Decisions(judgements, there)

    def mended(tellings: Iterable[Telling], rejected: bool) -> tuple[Telling, ...]:
        return tuple(decisions.applied(one).resolved(entity_of, placing) for one in tellings if decisions.rejected(one) == rejected)

    sayings = tuple(origins.traced(one).resolved(entity_of) for one in facts[0].sayings)
    ends_of = tuple(judged.ends(judgements, judged.TOLD, there))
    yield Spoken(mended(told, False), mended(counted, False), mended(told, True), sayings, ends_of)


def _at(one: Telling | quotations.Saying | entities.Naming) -> list[str]:
    return [key_of(one.anchor)]


# ---------------------------------------------------------------- what happened, what was said


class Joined(NamedTuple):
    """What is told of one kind, each thing by its place, in groups, with what says that they are one; what was too many to be compared."""

    told: Rows[Any]
    clusters: Clusters
    left_out: Rows[str]

    @property
    def by_place(self) -> By[Any]:
        """Each by its place."""
        return self.told.by(_at)


def _happened(flow: Flow, given: Given, spoken: Rows[Spoken]) -> None:
    """Entries with all that stands under them, and statements."""
    people = flow.together("judged tellings", judged.Judged, judged.linked, given.judgements.by(of_number), spoken.by(of_number, attrgetter("ends")))
    of_event, of_saying = (events.event_keys, events.compared), (quotations.saying_keys, quotations.compared)
    happenings = _joined(flow, "told", Telling, spoken, events.link_events, *of_event, events.CEILING, people)
    counts = _joined(flow, "counted", Telling, spoken, events.link_events, *of_event, events.CEILING, people)
    said = _joined(flow, "sayings", quotations.Saying, spoken, quotations.SayingLinker(), *of_saying, quotations.CEILING, people)
    across = flow.across("doubtful links", happenings.clusters, lambda _, one: not one.inside and one.link.judgement != "SAME")
    flow.together("doubts", Link, partial(asked, doubt), across.by(between))
    flow.together("rejected", Entry, _rejected, spoken.by(lambda one: [one.anchor.document], attrgetter("rejected")))
    flow.gather("statements", Statement, _statement, said.clusters, said.by_place)
    flow.together("unjoined", str, lambda key, *_: [key], *(one.left_out.by(lambda place: [place]) for one in (happenings, counts, said)))
    _settled(flow, flow.gather("made", Made, _made, happenings.clusters, happenings.by_place), counts)


def _joined(
    flow: Flow,
    name: str,
    kind: type[Telling] | type[quotations.Saying],
    spoken: Rows[Spoken],
    link: Callable[[str, Sequence[Any]], Iterable[Link]],
    keys: Callable[[Any], Iterable[str]],
    compared: Callable[[Any], Any],
    most: int,
    people: Rows[judged.Judged],
) -> Joined:
    """What is told under this name in groups, by what the machine and people say of pairs."""
    told = flow.together(name, kind, lambda _, here: here, spoken.by(_at, attrgetter(name)))
    blocks = flow.blocks(f"{name} compared", link, told.by(keys, lambda one: [compared(one)]), most)
    links = flow.together(f"{name} linked", Link, partial(best, by_score), people.by(lambda one: of_pair(one.link)), blocks.links.by(of_pair))
    return Joined(told, flow.clusters(f"{name} joined", told.by(_at), links), blocks.left_out)


def _settled(flow: Flow, made: Rows[Made], counts: Joined) -> None:
    """Each entry with what it caused and is part of, its tolls, and where accounts of it differ."""
    of_entry = made.by(lambda one: [one.entry.id])
    relations = flow.together("relations", wholes.Relation, wholes.relations, made.by(wholes.sentence, lambda one: wholes.beside(*one)), least=2)
    of_both = relations.by(lambda one: [one.part, one.whole])
    harmed = flow.together("harmed", victims.Harmed, victims.harmed, of_entry, of_both)
    beside = flow.together("harmed beside", victims.Beside, victims.beside, harmed.by(lambda one: [one.whole]))
    events_of = made.by(lambda one: [key_of(one.event)], _events)
    of_event = counts.told.by(lambda one: [key_of(one.figure.event)] if one.figure.event else [])
    placed = flow.together("figures of entries", conflicts.OfEntry, conflicts.of_entry, of_event, events_of)
    of_figure = placed.by(lambda one: [key_of(one.figure)])
    counted = flow.gather("tolls", conflicts.Counted, _counted, counts.clusters, counts.by_place, of_figure)
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
