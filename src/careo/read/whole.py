"""What only the text as a whole shows of its happenings: what caused a death, who an event named again is about, where «the place» is.

Each step takes the events in order of the text and gives them back with what the others add; a time or place that is taken from another
event says so in its `why`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from careo.model import EventMention, Participant, Span, Where
from careo.read.circumstances import Circumstances
from careo.read.happening import Syntax
from careo.read.hedge import Hedges
from careo.rules import Frame

BESIDE = 3
"""An attack so many steps over the tree from a death, or nearer, is what caused it."""
CLOSE = 5
"""So many steps over the tree from a harm, or nearer, an attack of the same sentence is what did it."""
NEAR = 3
"""Sentences within which an event named again has the people of the one before."""
BETWEEN = 2
"""Two verbs so many words apart stand side by side."""
ACCUSING = frozenset({"accusation", "charge"})
HOLDING = frozenset({"detention", "trial"})
PENAL = HOLDING | {"sentence"}
"""What somebody is sentenced to, and not for."""
VIOLENT = frozenset({"attack", "killing"})
HARM = frozenset({"killing", "injury"})
"""What an attack in the same sentence causes, and so does who attacks."""


class Whole:
    """The events of one page, to be read in the light of each other."""

    def __init__(self, syntax: Syntax, hedges: Hedges, circumstances: Circumstances, frames: Sequence[Frame]) -> None:
        self.syntax, self.hedges, self.circumstances = syntax, hedges, circumstances
        self._frames = {frame.trigger.start: frame for frame in frames}

    def told(self, read: Sequence[EventMention]) -> Iterator[EventMention]:
        """The events with what each takes from the others."""
        steps = (self._shared, self._caused, self._accused, self._hosted, self._hosting, self._resulting, self._threaded, self._harmed, self._placed)
        events: Iterable[EventMention] = read
        for step in steps:
            events = list(step(list(events)))
        yield from events

    def _head(self, event: EventMention) -> int:
        return self._frames[event.trigger.start].head

    # ------------------------------------------------------------ verbs side by side

    def _shared(self, read: Sequence[EventMention]) -> Iterator[EventMention]:
        """«Apedrearon y quemaron una patrulla»: of verbs side by side the object stands behind the last, and is of all."""
        told = list(read)
        for n in range(len(told) - 2, -1, -1):
            here, after = self._head(told[n]), self._head(told[n + 1])
            side_by_side = self.syntax.tokens[after].dep == "conj" and self.syntax.tokens[after].head in {here, self.syntax.tokens[here].head}
            alone = all(self.syntax.tokens[i].pos in {"CCONJ", "PUNCT"} for i in range(here + 1, after)) and self._lacks_object(told[n])
            if side_by_side and alone and after - here <= BETWEEN:
                patients = [one for one in told[n + 1].participants if one.role == "patient" and one.span.start > told[n + 1].trigger.start]
                told[n] = msgspec.structs.replace(told[n], participants=(*told[n].participants, *patients))
        yield from told

    def _lacks_object(self, event: EventMention) -> bool:
        """Whether the event's verb is one that wants an object, and has none of its own."""
        head = self._head(event)
        wants = self.syntax.words("subject-role").get(self._frames[event.trigger.start].rule.keys.get("like", "")) == "agent"
        own = any(True for _ in self.syntax.children(head, "obj|iobj")) or any(one.role == "patient" for one in event.participants)
        return wants and not own and self.syntax.tokens[head].pos == "VERB" and not self.syntax.is_passive(head)

    # ------------------------------------------------------------ cause

    def _caused(self, read: Sequence[EventMention]) -> Iterator[EventMention]:
        """Deaths that somebody caused, as far as the report says by now, are killings."""
        attacks = self._attacks(read)
        killed = {one.chain for event in read if event.kind == "killing" for one in event.participants if one.role == "patient" and one.chain}
        for event in read:
            violent = event.kind == "death" and self._violent(event, attacks, killed)
            yield msgspec.structs.replace(event, kind="killing") if violent else event

    def _violent(self, event: EventMention, attacks: frozenset[int], killed: set[str]) -> bool:
        """Whether the dead is one of those killed, or an attack or a violent word stands beside the death in the tree."""
        frame = self._frames[event.trigger.start]
        if "cause" in frame.fields:
            return False
        if any(one.role == "patient" and one.chain in killed for one in event.participants):
            return True
        violent, sentence = self.syntax.words("violent-cause"), self.syntax.sentence(frame.head)
        signs = (i for i in range(sentence.start, sentence.end) if i in attacks or self.syntax.is_in(i, violent) is not None)
        return any(self.syntax.steps(frame.head, i) <= BESIDE for i in signs)

    def _harmed(self, read: Sequence[EventMention]) -> Iterator[EventMention]:
        """Who attacks has done the harm that the same sentence tells of, said by the same voice and as surely; then and there, if not said."""
        heads = self._attacks(read)
        beside: dict[Span, list[EventMention]] = defaultdict(list)
        for event in read:
            if event.kind in VIOLENT:
                beside[event.evidence].append(event)
        for event in read:
            attack = self._attack_beside(event, beside[event.evidence], heads) if event.kind in HARM else None
            if attack:
                event = _carried(event, attack, "of")
                attackers = _agents(attack) if not _agents(event) and self._apart(attack, event) else []
                event = msgspec.structs.replace(event, participants=(*attackers, *event.participants))
            yield event

    def _attack_beside(self, event: EventMention, beside: Sequence[EventMention], heads: frozenset[int]) -> EventMention | None:
        """The nearest of the attacks `beside` it in its sentence, unless something else has caused the harm."""
        head = self._head(event)
        if any(i != head and i not in heads for i in self._sources(head)):
            return None
        attacks = [one for one in beside if one is not event and _same_voice(one, event)]
        near = [one for one in attacks if self.syntax.steps(self._head(one), head) <= CLOSE and self._reaches(head, self._head(one), one)]
        return min(near, key=lambda one: abs(one.trigger.start - event.trigger.start), default=None)

    def _reaches(self, harm: int, attack: int, event: EventMention) -> bool:
        """Not out of a clause that tells of something else: «quemó casas en la marcha en la que murieron dos» says nothing of who killed them."""
        people = {self.syntax.head(one.span) for one in event.participants}
        below = {token.i for token in self.syntax.up(attack)}
        for token in self.syntax.up(harm):
            if token.i in below:
                return True
            if token.dep == "acl" and "VerbForm=Fin" in token.morph and token.head != attack and token.head not in people:
                return False
        return False

    def _apart(self, attack: EventMention, event: EventMention) -> bool:
        """Whether none of those who attack is whom the harm befell."""
        return not any(_is_one(one, other) for one in _agents(attack) for other in event.participants if other.role == "patient")

    def _attacks(self, read: Sequence[EventMention]) -> frozenset[int]:
        return frozenset(self._head(event) for event in read if event.kind in VIOLENT)

    # ------------------------------------------------------------ accusation

    def _accused(self, read: Sequence[EventMention]) -> Iterator[EventMention]:
        """Who is accused of an act is its agent, alleged as the act itself, and who was sentenced for it; who accuses is never."""
        charged = {self._head(event): event for event in read if event.kind in ACCUSING | HOLDING}
        sentenced = {self._head(event): event for event in read if event.kind == "sentence"}
        for event in read:
            head = self._head(event)
            above = self.hedges.suspected(head) if event.modality == "alleged" else None
            convicted = self.hedges.convicted(head) if event.kind not in PENAL else None
            accusing = charged.get(above) if above is not None else sentenced.get(convicted) if convicted is not None else None
            yield _done_by(event, accusing) if accusing else event

    # ------------------------------------------------------------ time and place of another

    def _hosted(self, read: Sequence[EventMention]) -> Iterator[EventMention]:
        """«Murieron en el operativo del martes»: what happened in another happening has its time and place, if none of its own."""
        by_head = {self._head(event): event for event in read}
        nowhere = self.syntax.words("nowhere")
        for event in read:
            hosts = [by_head[i] for i in self.hedges.settings(self._head(event)) if i in by_head]
            yield _carried(event, hosts[0], "in") if hosts and event.kind not in nowhere else event

    def _hosting(self, read: Sequence[EventMention]) -> Iterator[EventMention]:
        """«Murieron el martes en una emboscada»: what something happened in has its time and place, if none of its own."""
        by_head = {self._head(event): event for event in read}
        guests = {host: event for event in reversed(read) for host in self.hedges.settings(self._head(event)) if host in by_head}
        for event in read:
            guest = guests.get(self._head(event))
            yield _carried(event, guest, "of") if guest and guest is not event else event

    def _resulting(self, read: Sequence[EventMention]) -> Iterator[EventMention]:
        """«El tiroteo del martes dejó ocho muertos»: what a happening left behind has its time and place, if none of its own."""
        by_head = {self._head(event): event for event in read}
        for event in read:
            sources = [by_head[i] for i in self._sources(self._head(event)) if i in by_head and by_head[i] is not event]
            yield _carried(event, sources[0], "of") if sources else event

    def _sources(self, head: int) -> list[int]:
        """The subjects of the causing verb whose object is the event's word, or the one that the word describes."""
        token = self.syntax.tokens[head]
        if token.dep in {"amod", "acl"} and token.pos != "NOUN":
            token = self.syntax.tokens[token.head]
        while token.dep == "conj" and token.head != token.i:
            token = self.syntax.tokens[token.head]
        caused = token.dep in {"obj", "nsubj", "obl"} and self.syntax.is_in(token.head, self.syntax.words("leaving")) is not None
        return [i for i in self.syntax.subjects(token.head) if i != token.i] if caused else []

    def _placed(self, read: Sequence[EventMention]) -> Iterator[EventMention]:
        """«En el lugar» is where the last event was, else the place named last; where the report has named none, it is no place."""
        last: Where | None = None
        for event in read:
            if event.where and self.circumstances.points_back(event.where.span):
                event = msgspec.structs.replace(event, where=_meant(event.where, last or self.circumstances.named_before(event.where.span)))
            elif event.where and not event.where.why and self.circumstances.is_named(event.where.span):
                last = event.where
            yield event

    # ------------------------------------------------------------ named again

    def _threaded(self, read: Sequence[EventMention]) -> Iterator[EventMention]:
        """An event named again («el ataque») has the time, place and people that the report has given to the last one of its kind."""
        last: dict[str, EventMention] = {}
        peopled: dict[str, EventMention] = {}
        for event in read:
            again = self._again(self._head(event))
            if event.kind in last and again:
                event = _carried(event, last[event.kind], "as")
            if again and event.kind in peopled and self._same_tale(event, peopled[event.kind]):
                event = msgspec.structs.replace(event, participants=peopled[event.kind].participants)
            if event.when or event.where:
                last[event.kind] = event
            if event.participants and _plain(event):
                peopled[event.kind] = event
            yield event

    def _same_tale(self, event: EventMention, source: EventMention) -> bool:
        """Whether the same voice tells both, a few sentences apart at most; who did it is not carried over into another's mouth."""
        apart = self.syntax.sentences_between(source.trigger, event.trigger)
        return not event.participants and event.kind in self.syntax.words("again") and _same_voice(event, source) and apart <= NEAR

    def _again(self, head: int) -> bool:
        """A bare definite noun: an article that points back, and nothing that tells this event from another."""
        token = self.syntax.tokens[head]
        singular = token.pos == "NOUN" and "Number=Plur" not in token.morph
        return singular and self.syntax.is_definite(head) and not any(True for _ in self.syntax.children(head, "nmod|amod|acl|appos"))


def _agents(event: EventMention) -> list[Participant]:
    return [one for one in event.participants if one.role == "agent"]


def _is_one(one: Participant, other: Participant) -> bool:
    return one.span.touches(other.span) or (one.chain is not None and one.chain == other.chain)


def _same_voice(event: EventMention, other: EventMention) -> bool:
    return event.attributed_to == other.attributed_to and event.modality == other.modality and event.polarity == other.polarity


def _plain(event: EventMention) -> bool:
    return event.polarity == "positive" and event.modality == "asserted"


def _done_by(act: EventMention, accusing: EventMention) -> EventMention:
    accusers = {one.span for one in accusing.participants if one.role == "agent"}
    kept = tuple(one for one in act.participants if one.role != "agent" or one.span not in accusers)
    if not any(one.role == "agent" for one in kept):
        kept = tuple(msgspec.structs.replace(one, role="agent") for one in accusing.participants if one.role == "patient") + kept
    return msgspec.structs.replace(act, participants=kept)


def _meant(where: Where, named: Where | None) -> Where | None:
    return Where(where.span, named.name, f"the place named before, at {named.span.start}") if named else None


def _carried(event: EventMention, source: EventMention, how: str) -> EventMention:
    why = f"{how} the {source.kind} named before, at {source.trigger.start}" if how == "as" else f"{how} the {source.kind} at {source.trigger.start}"
    when = event.when or (msgspec.structs.replace(source.when, why=why) if source.when else None)
    where = event.where or (msgspec.structs.replace(source.where, why=why) if source.where else None)
    return msgspec.structs.replace(event, when=when, where=where)
