"""When and where an event happened: the time expression and the place that stand nearest to its word in the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from careo.model import Mention, Span, Timex, When, Where
from careo.read.cover import Cover
from careo.read.happening import Syntax
from careo.text import fold

Thing = TypeVar("Thing")
DASH = "—"
OPENERS = frozenset("—–-.:")
LEAD = 3
"""Words that may stand before the time that opens a sentence («Cerca de», «Hacia»)."""
LEADING = frozenset({"ADP", "ADV", "PUNCT", "CCONJ", "SCONJ"})
INNER = frozenset({"ccomp", "acl", "csubj"})
"""What is said in one of these is not told by the main clause."""

DATES = frozenset({"DATE", "TIME"})
NEAR = 4
"""A time or place farther from the event's word, counted in steps over the tree, belongs to something else."""
SHUT = frozenset({"ccomp", "acl", "csubj", "parataxis", "amod", "advcl"})
"""Nothing outside of a clause hung by one of these dates what is said inside."""
CLAUSES = frozenset({"ccomp", "acl", "csubj", "parataxis", "advcl"})
"""Nor what is said inside one dates what is outside."""


class Circumstances:
    """The times and places of one page, asked for an event. `names` is what each mention is called in full."""

    def __init__(self, syntax: Syntax, timexes: Sequence[Timex], mentions: Sequence[Mention], triggers: frozenset[int]) -> None:
        self.syntax, self.triggers = syntax, triggers
        self._places = Cover((m.span, m) for m in mentions if m.kind == "LOCATION")
        self._times = Cover((t.span, t) for t in timexes)
        self._occurrence = syntax.words("occurrence")
        self._prepositions, self._place_nouns = syntax.words("place-preposition"), syntax.words("place-noun")
        self._accusing = syntax.words("accusing")
        self._found: dict[Span, list[int]] = {}

    # ------------------------------------------------------------ when

    def when(self, i: int) -> When | None:
        """The time expression that dates the event of word `i`, with the other end of a range; None if its sentence has none."""
        timexes = [timex for timex in self._times.inside(self.syntax.evidence(i)) if self._dates(i, timex)]
        near = self._nearest(i, [(self.syntax.head(t.span), t) for t in timexes if not self._set_off(i, t.span) and not self._is_cause(t)])
        near = near or self._fronted(i, timexes)
        return self._range(near, timexes) if near else None

    def _dates(self, i: int, timex: Timex) -> bool:
        """Whether it can say when the event of word `i` happened: a date or a time of day; a span of time where it denotes days or is a recent one;
        «reciente» at the event's own word."""
        if timex.edtf is not None:
            return True
        if timex.type in DATES and not timex.value.endswith("_REF"):
            return True
        head = self.syntax.head(timex.span)
        if timex.type in DATES:
            return self.syntax.tokens[head].head == i and self.syntax.tokens[head].dep == "amod"
        recent = self.syntax.words("recent")
        return timex.type == "DURATION" and any(self.syntax.is_in(n, recent) is not None for n in self.syntax.covered(timex.span))

    def _fronted(self, i: int, timexes: Sequence[Timex]) -> Timex | None:
        """«El 3 de mayo, cuando llegó la patrulla, los vecinos huyeron»: the time that opens a sentence dates what its main clauses tell."""
        if not timexes or not self._opens(timexes[0]) or not self._tells(i):
            return None
        return timexes[0]

    def _opens(self, timex: Timex) -> bool:
        """Whether nothing but prepositions and marks stands between the beginning of the sentence, or a dateline's dash, and the time."""
        first = self.syntax.covered(timex.span)[0]
        start = self.syntax.sentence(first).start
        dash = next((n + 1 for n in range(first - 1, start, -1) if self.syntax.tokens[n].text in OPENERS), start)
        return first - dash <= LEAD and all(self.syntax.tokens[n].pos in LEADING for n in range(dash, first))

    def _tells(self, i: int) -> bool:
        """Whether the event's word tells on what the main clause tells, in the same tense: no relative clause, no speech, no pluperfect."""
        verbal = self.syntax.tokens[i].pos in {"VERB", "AUX"}
        if any("Tense=Imp" in self.syntax.tokens[child].morph for child in self.syntax.children(i, "aux")):
            return False
        for token in self.syntax.up(i):
            if token.dep in INNER:
                return False
            above = self.syntax.tokens[token.head]
            tied = verbal or above.pos not in {"VERB", "AUX"} or above.i in self.triggers or self.syntax.is_in(above.i, self._occurrence) is not None
            if not tied:
                return False
        return True

    def _is_cause(self, timex: Timex) -> bool:
        """«Una marcha por el Día del Trabajo»: a day that something is held for is not the day on which it is held."""
        return timex.type == "DATE" and self.syntax.cased(self.syntax.head(timex.span), self.syntax.words("cause"))

    def _set_off(self, i: int, span: Span) -> bool:
        """Whether a dash that does not close again stands between: the foot of a post dates the post."""
        here = self.syntax.tokens[i].span
        between = self.syntax.page.view.original[min(here.end, span.end) : max(here.start, span.start)]
        return between.count(DASH) % 2 == 1

    def _range(self, near: Timex, timexes: Sequence[Timex]) -> When:
        for left, right in pairwise(timexes):
            if near in (left, right) and self._joined(left, right):
                edtf = f"{left.edtf}/{right.edtf}" if left.edtf and right.edtf and left.edtf < right.edtf else near.edtf
                value = edtf if edtf != near.edtf and edtf else near.value
                return When(Span(left.span.start, right.span.end), value, edtf, near.id)
        return When(near.span, near.value, near.edtf, near.id, near.part)

    def _joined(self, left: Timex, right: Timex) -> bool:
        """«entre abril y julio», «desde el lunes hasta el martes»."""
        first, last = self.syntax.covered(left.span), self.syntax.covered(right.span)
        between = [fold(self.syntax.tokens[i].text) for i in range(first[-1] + 1, last[0])]
        joiners, openers = self.syntax.words("range-joiner"), self.syntax.words("range-opener")
        opened = first[0] > 0 and fold(self.syntax.tokens[first[0] - 1].text) in openers
        return opened and bool(between) and all(word in joiners for word in between)

    # ------------------------------------------------------------ where

    def where(self, i: int) -> Where | None:
        """The place of the event of word `i`: a name or a common noun of place behind a preposition of place."""
        heads = self._place_heads(i)
        head = self._nearest(i, [(there, there) for there in heads])
        if head is None:
            head = self._relative(i) or self._only(i, heads)
        span = self._extent(head) if head is not None else None
        return Where(span, self.name(span)) if span else None

    def _relative(self, i: int) -> int | None:
        """«La plaza donde murieron»: the word that the clause of the event hangs from."""
        clause = next((token for token in self.syntax.up(i) if token.dep == "acl" or not self.syntax.follows(token)), None)
        if clause is None or clause.dep != "acl":
            return None
        relatives = self.syntax.words("where-relative")
        opened = any(fold(self.syntax.tokens[child].text) in relatives for child in self.syntax.tree.children[clause.i])
        return clause.head if opened and self.syntax.tokens[clause.head].pos in {"NOUN", "PROPN"} else None

    def _only(self, i: int, heads: Sequence[int]) -> int | None:
        """The one place of the sentence, unless it stands in another clause, or the event does («dijo en Lima que…»)."""
        if len(heads) != 1:
            return None
        ups, downs = list(self.syntax.up(i)), list(self.syntax.up(heads[0]))
        shared = {token.i for token in ups} & {token.i for token in downs}
        inside = any(token.dep == "ccomp" or self.syntax.is_in(token.i, self._accusing) is not None for token in ups if token.i not in shared)
        apart = any(token.dep in CLAUSES and not self._happens(token.i) for token in downs if token.i not in shared)
        return None if inside or apart or not shared else heads[0]

    def _happens(self, i: int) -> bool:
        return i in self.triggers or self.syntax.is_in(i, self._occurrence) is not None

    def _extent(self, head: int) -> Span | None:
        """The phrase of a place, without prepositions before it and what follows a participle or a mark."""
        span = self.syntax.phrase(head)
        if not span:
            return None
        covered = self.syntax.covered(span)
        first = next((i for i in covered if i == head or self.syntax.tokens[i].pos not in {"ADP", "ADV"}), head)
        stops = (i for i in covered if i > head and (self.syntax.tokens[i].pos == "PUNCT" or "VerbForm=" in self.syntax.tokens[i].morph))
        last = next(stops, covered[-1] + 1) - 1
        while last > head and self.syntax.tokens[last].pos in {"ADP", "DET", "CCONJ"}:
            last -= 1
        return self.syntax.whole(self.syntax.beside(Span(self.syntax.tokens[first].span.start, self.syntax.tokens[last].span.end)))

    def _place_heads(self, i: int) -> list[int]:
        sentence = self.syntax.sentence(i)
        if sentence not in self._found:
            self._found[sentence] = [there for there in range(sentence.start, sentence.end) if self._is_place(there)]
        return self._found[sentence]

    def _is_place(self, i: int) -> bool:
        token = self.syntax.tokens[i]
        if token.pos not in {"NOUN", "PROPN"} or i in self.triggers:
            return False
        named = bool(self._places.touching(token.span))
        if not self.syntax.cased(i, self._prepositions):
            crossed = self.syntax.is_in(token.head, self.syntax.words("crossing")) is not None
            return named and crossed and token.dep in {"obj", "nsubj"} and i > token.head
        return named or self.syntax.is_in(i, self._place_nouns) is not None

    def name(self, span: Span) -> str:
        """The name of the place in `span`, else its words."""
        named = self._places.inside(span)
        return named[0].name if named else span.of(self.syntax.page.text)

    def is_named(self, span: Span) -> bool:
        """Whether a name of a place stands in `span`."""
        return bool(self._places.inside(span))

    def points_back(self, span: Span) -> bool:
        """«El lugar», «la zona», «el lugar de los hechos»: a place that the report has named before, or not at all."""
        head = self.syntax.head(span)
        pointing = self.syntax.is_in(head, self.syntax.words("pointing-place")) is not None and self.syntax.points_at_one(head)
        facts = self.syntax.words("facts")
        told = any(self.syntax.is_in(child, facts) is None for child in self.syntax.children(head, "nmod|amod|acl|appos|flat"))
        return pointing and not told and not self.is_named(span)

    def named_before(self, span: Span) -> Where | None:
        """The name of a place that stands nearest before `span`."""
        before = self._places.inside(Span(0, span.start))
        return Where(before[-1].span, before[-1].name) if before else None

    # ------------------------------------------------------------ near

    def _nearest(self, i: int, candidates: Sequence[tuple[int, Thing]]) -> Thing | None:
        """The candidate with the shortest way over the tree to word `i`; of two as near the later in the text that follows it."""
        ways = [(distance, abs(there - i), thing) for there, thing in candidates if (distance := self.distance(i, there)) is not None]
        best = min(ways, key=lambda way: way[:2], default=None)
        return best[2] if best else None

    def distance(self, event: int, there: int) -> int | None:
        """Steps over the tree from the event's word to `there`; None where a clause or another event stands between."""
        ups = {token.i: steps for steps, token in enumerate(self.syntax.up(event))}
        for down, token in enumerate(self.syntax.up(there)):
            if token.i in ups:
                far = ups[token.i] + down
                return far if far <= NEAR and self._open_up(event, token.i) and self._open_down(there, token.i) else None
        return None

    def _open_up(self, event: int, meeting: int) -> bool:
        """A noun may be dated by the verb above if this only says that it took place."""
        for token in self.syntax.up(event):
            if token.i == meeting:
                return True
            above = token.head
            if token.i != event and self.syntax.is_in(token.i, self._accusing) is not None:
                return False
            if self.syntax.follows(token) or (above == meeting and token.dep == "obj" and not self.syntax.is_finite(above)):
                continue
            if token.dep in SHUT and self.syntax.is_in(above, self._occurrence) is None:
                return False
            verb = self.syntax.tokens[above].pos in {"VERB", "AUX"}
            if verb and above not in self.triggers and self.syntax.is_in(above, self._occurrence) is None:
                return False
        return True

    def _open_down(self, there: int, meeting: int) -> bool:
        for token in self.syntax.up(there):
            if token.i == meeting:
                return True
            leads = token.dep in CLAUSES and token.i in self.syntax.leading(token.head)
            if (token.dep in CLAUSES and not leads) or (token.i in self.triggers and token.i != there):
                return False
        return True
