"""Who accuses whom of what, under which label and in which state of justice: never a fact about the accused."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from careo.model import Accusation, Chain, EventMention, Quotation, Span
from careo.read.cover import Cover, Speakers
from careo.read.events import Names
from careo.read.happening import Syntax
from careo.read.page import Page
from careo.rules import Frame
from careo.text import fold

LAYER = "accusations"
MARKS = "\"'«»“”‘’"


def accusations(page: Page, events: Sequence[EventMention], chains: Sequence[Chain], quotations: Sequence[Quotation]) -> tuple[Accusation, ...]:
    """The accusations of one text in order. `event` is the act's event where the text has one, else that of the accusing word."""
    frames = page.language.frames(LAYER).find(page.parse)
    if not frames:
        return ()
    reader = _Reader(page, events, chains, quotations)
    found = (reader.accusation(frame) for frame in frames)
    return tuple(_answered([one for one in found if one.accused or one.accuser or one.act]))


def _answered(told: Sequence[Accusation]) -> list[Accusation]:
    """A denial is the reply to what the same person was accused of before; where the report has told of nothing, it stands alone."""
    made: list[Accusation] = []
    for one in told:
        meant = [n for n, other in enumerate(made) if one.reply and one.accused and _is_reply(one, other)]
        accusers = {made[n].accuser for n in meant[-1:]}
        made = [msgspec.structs.replace(o, reply=one.reply) if n in meant and o.accuser in accusers else o for n, o in enumerate(made)]
        if not meant:
            made.append(one)
    return made


def _is_reply(denial: Accusation, other: Accusation) -> bool:
    if other.reply or other.accused != denial.accused:
        return False
    return not (denial.act and other.act) or fold(denial.act) in fold(other.act) or fold(other.act) in fold(denial.act)


class _Reader:
    """One page, ready to turn frames into accusations."""

    def __init__(self, page: Page, events: Sequence[EventMention], chains: Sequence[Chain], quotations: Sequence[Quotation]) -> None:
        self.text, self.syntax = page.text, Syntax(page)
        self.names, self.speakers = Names(self.syntax, (), chains), Speakers(quotations)
        self.events = Cover((event.trigger, event) for event in events)

    def accusation(self, frame: Frame) -> Accusation:
        """The accusation that a frame tells of."""
        act = _shorn(self._bare(self._part(frame, "act")), self.text)
        return Accusation(
            self.syntax.evidence(frame.head), self._name(frame, "accuser") or self.speakers.innermost(frame.trigger), self._name(frame, "accused"),
            act.of(self.text) if act else None, frame.rule.name, self._event(frame, act), self._named(frame, act),
            frame.fields.get("state"), frame.fields.get("hedge") or self._hedge(frame.head), frame.fields.get("reply"), frame.trigger,
        )  # fmt: skip

    def _named(self, frame: Frame, act: Span | None) -> str | None:
        """What the act is called: in marks, by the law's word, or beside the clause that tells it («de rebelión por tomar el cuartel»)."""
        called = _shorn(self._bare(self._part(frame, "label")), self.text)
        if called and act and not called.touches(act):
            return called.of(self.text)
        return _label(act, self.text) or self._crime(act)

    @staticmethod
    def _part(frame: Frame, role: str) -> Span | None:
        return frame.parts[role][0] if frame.parts.get(role) else None

    def _bare(self, span: Span | None) -> Span | None:
        """The act without the preposition that leads to it."""
        if not span:
            return None
        covered = self.syntax.covered(span)
        first = next((i for i in covered if self.syntax.tokens[i].pos != "ADP"), covered[-1])
        return Span(self.syntax.tokens[first].span.start, span.end) if first != covered[0] else span

    def _name(self, frame: Frame, role: str) -> str | None:
        span = self._part(frame, role)
        return self.names.name(span) if span else None

    def _crime(self, act: Span | None) -> str | None:
        """«Homicidio calificado», «peculado y fraude»: an act called by the law's own word, without an article, is its label."""
        crimes = self.syntax.page.language.words(LAYER, "crime").folded()
        head = self.syntax.head(act) if act else None
        if head is None or self.syntax.is_in(head, crimes) is None or any(True for _ in self.syntax.children(head, "det|nummod")):
            return None
        named = [head, *(i for i in self.syntax.coordinated(head) if self.syntax.is_in(i, crimes) is not None)]
        spans = [span for span in map(self.syntax.phrase, named) if span]
        return Span(spans[0].start, max(span.end for span in spans)).of(self.text) if spans else None

    def _event(self, frame: Frame, act: Span | None) -> str | None:
        found = [*(self.events.inside(act) if act else ()), *self.events.touching(frame.trigger)]
        return found[0].id if found else None

    def _hedge(self, head: int) -> str | None:
        """The doubting word at the accusation itself, as it is written («presuntamente»)."""
        hedges = self.syntax.words("hedge")
        tokens = (self.syntax.tokens[i] for i in self.syntax.children(head, "amod|advmod") if self.syntax.is_in(i, hedges))
        return next((token.span.of(self.text) for token in tokens), None)


def _shorn(span: Span | None, text: str) -> Span | None:
    """The span without quotation marks at its edges."""
    if not span:
        return None
    start, end = span.start, span.end
    while start < end and (text[start] in MARKS or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in MARKS or text[end - 1].isspace()):
        end -= 1
    return Span(start, end) if start < end else None


def _label(act: Span | None, text: str) -> str | None:
    """The words of the act that stand in quotation marks: a label that the report takes from somebody."""
    marked = act is not None and act.start > 0 and text[act.start - 1] in MARKS
    return act.of(text) if act and marked else None
