"""Who is who: people, bodies, places and things across the reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from careo.collate import entities, judged
from careo.collate.clusters import MACHINE, question, short_id, weight
from careo.collate.linking import Apart, Block, Brief, First, Group, Linker, Named
from careo.conclusions.links import asked, best, between, of_number, of_pair
from careo.flow import Assigned, Crossing, Flow, Rows, anchor_of, key_of
from careo.model import Entity, Judgement, Link
from careo.read.languages import languages, people


class Likeness(NamedTuple):
    """A link of two namings. `told`: more than that they have an equal name."""

    link: Link
    told: bool


def who_is_who(flow: Flow, namings: Rows[entities.Naming], judgements: Rows[Judgement]) -> Rows[entities.Known]:
    """People, bodies, places and things across the reports, from what the machine and people say of pairs of namings; gives who the chains are."""
    of_report, of_anchor = namings.by(lambda one: [one.anchor.document]), namings.by(lambda one: [key_of(one.anchor)])
    clusters = flow.clusters("who", of_anchor, _likenesses(flow, namings, judgements), lambda one: [one.link])
    known = flow.together("known", entities.Known, _known, of_report, clusters.at.by(lambda one: [one.anchor.document]))
    flow.gather("entities", Entity, _entity, clusters, of_anchor)
    flow.together("relations of entities", entities.Relation, entities.relations, of_report, known.by(_of_chain))
    why = flow.across("why", clusters, _matters)
    flow.together("questions", Link, partial(asked, question), why.by(between))
    return known


def _of_chain(one: entities.Known) -> list[str]:
    return [one.chain[0]]


def _likenesses(flow: Flow, namings: Rows[entities.Naming], judgements: Rows[Judgement]) -> Rows[Likeness]:
    """What is said of pairs of namings.

    Names are compared by what the first language knows of them: people's names do not change with the language of a report.
    """
    linker = Linker(people(languages()[0]))
    of_report = namings.by(lambda one: [one.anchor.document])
    named = flow.together("named", Named, linker.named, of_report)
    rows = named.by(lambda row: [row.part], Named.whole)
    briefs = flow.together("briefs", Brief, linker.brief, rows)
    of_name = briefs.by(lambda brief: [brief.first.name.key])
    firsts = flow.together("firsts", First, linker.first, of_name)
    groups = flow.together("groups", Group, linker.group, of_name)
    equal = flow.together("equal", Link, linker.equal, rows, firsts.by(lambda first: first.parts))
    apart = flow.together("apart", Apart, linker.apart, named.by(lambda one: [one.document]))
    blocks = flow.together("blocks", Block, linker.block, groups.by(lambda group: group.keys), apart.by(lambda one: [one.key]), least=2)
    judges = flow.together("ends", judged.End, _ends_of_names, judgements.by(judged.documents), of_report)
    judged_by_people = flow.together("judged", judged.Judged, judged.linked, judgements.by(of_number), judges.by(of_number))
    people_say = judged_by_people.by(lambda one: of_pair(one.link))
    told = blocks.by(of_pair, lambda block: block.links), named.by(of_pair, lambda one: one.by_names)
    flow.together("uncompared", int, _left_out, blocks.by(lambda block: ["names"] if block.left_out else []))
    return flow.together("likenesses", Likeness, _likeness, equal.by(of_pair), people_say, *told)


def _likeness(key: str, equal: Sequence[Link], *told: Sequence[Link | judged.Judged]) -> Iterator[Likeness]:
    """The link that holds of a pair of namings."""
    return (Likeness(link, any(told)) for link in best(weight, key, equal, *told))


def _matters(one: Likeness, crossing: Crossing) -> bool:
    """Whether the link tells why its ends are in one cluster, or is a person's word on them, or asks whether two clusters are one."""
    if one.link.by != MACHINE:
        return True
    return (one.told and one.link.judgement == "SAME") if crossing.inside else one.link.judgement != "DIFFERENT"


def _ends_of_names(_document: str, judgements: Sequence[Judgement], namings: Sequence[entities.Naming]) -> Iterator[judged.End]:
    return judged.ends(judgements, judged.NAMED, {one.anchor: one.mentions for one in namings})


def _known(document: str, namings: Sequence[entities.Naming], at: Sequence[Assigned]) -> Iterator[entities.Known]:
    return entities.known(document, namings, {one.anchor: short_id(anchor_of(one.group)) for one in at})


def _entity(_key: str, namings: Sequence[entities.Naming]) -> Iterator[Entity]:
    yield entities.entity(namings)


def _left_out(_key: str, blocks: Sequence[Block]) -> Iterator[int]:
    yield sum(block.left_out for block in blocks)
