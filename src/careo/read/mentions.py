"""The names of one report: where they stand, and whether each names a person, a body, a place or something else.

Every clue of `lang/…/mentions/` has a weight; the kind with the greatest sum wins. What is learnt of a name in one sentence counts
for its other occurrences, at a discount: a report that says «el coronel Urdaz» once need not say it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast, get_args

from careo.model import Chain, Kind, Mention, Span
from careo.read import sequence
from careo.read.names import LAYER, Finder, Lists, Name
from careo.read.page import Page
from careo.read.words import QUOTES, Word
from careo.rules import Found
from careo.text import fold

ELSEWHERE = 0.6
"""What a clue at another occurrence of the same name is worth against one at this."""
SURNAME, ACRONYM, HANDLE = 2.5, 3.0, 2.2
"""Weights of what the report says of a name by another name: a full name's surname, the long form before «(…)», a handle like a name."""
_KINDS: tuple[Kind, ...] = get_args(Kind)
_OFFICES = frozenset({"portfolio", "state"})
_REPORT = f"{LAYER}/report"
_MODEL = f"{LAYER}/model#sequence"


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason to take a name for a `kind`, and the rule that gives it."""

    kind: Kind
    weight: float
    rule: str


@dataclass(slots=True)
class Clues:
    """The clues of one text by side and place: at which offset the words of a clue begin or end."""

    ends: dict[int, list[Clue]] = field(default_factory=lambda: defaultdict(list))
    begins: dict[int, list[Clue]] = field(default_factory=lambda: defaultdict(list))
    behind: dict[int, list[Clue]] = field(default_factory=lambda: defaultdict(list))
    heads: dict[int, list[tuple[int, Clue]]] = field(default_factory=lambda: defaultdict(list))
    lasts: dict[int, list[tuple[int, Clue]]] = field(default_factory=lambda: defaultdict(list))
    wholes: dict[tuple[int, int], list[Clue]] = field(default_factory=lambda: defaultdict(list))

    def add(self, found: Found) -> None:
        """Put a match of a rule where names will look for it."""
        clue = Clue(cast("Kind", found.fields["kind"]), float(found.fields["weight"]), found.rule.name)
        match found.fields["side"]:
            case "before":
                self.ends[found.end].append(clue)
            case "after":
                self.begins[found.start].append(clue)
            case "after-comma":
                self.behind[found.start].append(clue)
            case "head":
                self.heads[found.start].append((found.end, clue))
            case "last":
                self.lasts[found.end].append((found.start, clue))
            case "whole":
                self.wholes[found.start, found.end].append(clue)

    def inside(self, name: Name) -> list[Clue]:
        """What the name's own words say."""
        heads = [clue for end, clue in self.heads.get(name.start, ()) if end <= name.end]
        lasts = [clue for start, clue in self.lasts.get(name.end, ()) if start >= name.start]
        return [*self.wholes.get((name.start, name.end), ()), *heads, *lasts]

    def around(self, name: Name, text: str) -> list[Clue]:
        """What stands just before and just after the name, past blanks and quotation marks."""
        before = _past(text, name.start, -1, " ")
        found = [clue for place in sorted({before, _past(text, before, -1, " " + QUOTES)}) for clue in self.ends.get(place, ())]
        after = _past(text, name.end, 1, " " + QUOTES)
        found += self.begins.get(after, ())
        behind = _past(text, after, 1, ",(")
        return [*found, *self.behind.get(_past(text, behind, 1, " "), ())] if behind > after else found


def _past(text: str, place: int, step: int, skipped: str) -> int:
    """The offset past all `skipped` characters from `place` on, forward or (step -1) backward."""
    step_at = 0 if step > 0 else -1
    while 0 <= place + step_at < len(text) and text[place + step_at] in skipped:
        place += step
    return place


def mentions(page: Page) -> tuple[Mention, ...]:
    """The names of the report in order of the text, none overlapping; `name` is the name as written here (see `named`)."""
    found = by_rules(page)
    model = sequence.model(page.language)
    told = _by_model(page, found, model) if model else [(name.start, name.end, kind, rule) for name, kind, rule in found.names]
    return tuple(
        Mention(f"m{number}", page.view.span(start, end), kind, " ".join(page.view.text[start:end].split()), rule)
        for number, (start, end, kind, rule) in enumerate(told, 1)
    )


class ByRules(NamedTuple):
    """The words of a report, and the names that the rules find in it, each with its kind and rule."""

    words: Sequence[Word]
    names: Sequence[tuple[Name, Kind, str]]

    def tags(self) -> list[str]:
        """For each word `B-KIND`, `I-KIND` or `O`: the form in which a sequence model takes names in."""
        tags = [sequence.OUT] * len(self.words)
        places = {word.start: i for i, word in enumerate(self.words)} | {
            word.start + 1: i for i, word in enumerate(self.words) if word.shape == "tag"
        }
        for name, kind, _ in self.names:
            i = first = places[name.start]
            while i < len(self.words) and self.words[i].start < name.end:
                tags[i] = f"{'B' if i == first else 'I'}-{kind}"
                i += 1
        return tags


def by_rules(page: Page) -> ByRules:
    """What the rules alone find."""
    found = page.language.patterns(LAYER).explain(page.view.text)
    whole = [one for one in found if one.fields["side"] == "whole" and one.rule.keys.get("case") != "exact"]
    finder = Finder(page, whole, [one for one in found if one.fields["side"] in _OFFICES])
    names = finder.find()
    clues = Clues()
    for one in found:
        clues.add(one)
    decided = _decide(names, _evidence(names, clues, page), page)
    return ByRules(finder.words, [(name, kind, rule) for name, (kind, rule) in zip(names, decided, strict=True)])


def sentences_of(page: Page, found: ByRules) -> Iterator[list[sequence.Spot]]:
    """The words of the report sentence by sentence, with what the rules say of them."""
    cuts = [page.view.at(page.parse.tokens[one.start].span.start) for one in page.parse.sentences if one.start < one.end]
    return sequence.spots(page.view.text, found.words, found.tags(), cuts)


def _by_model(page: Page, found: ByRules, model: sequence.Model) -> list[tuple[int, int, Kind, str]]:
    """Start, end, kind and rule of the names that the model tells; where the rules told the same, the rule is theirs."""
    rules = {(name.start, name.end, kind): rule for name, kind, rule in found.names}
    told = sequence.told(page.view.text, list(sentences_of(page, found)), model, Lists.of(page.language).closing)
    return [(start, end, kind, rules.get((start, end, kind), _MODEL)) for start, end, kind in told]


def named(found: Sequence[Mention], chains: Iterable[Chain]) -> tuple[Mention, ...]:
    """The mentions with the fullest name of their chain as `name`."""
    fullest = {member.span: chain.name for chain in chains for member in chain.members if member.form == "name"}
    return tuple(Mention(one.id, one.span, one.kind, fullest.get(one.span, one.name), one.rule, one.head) for one in found)


def _evidence(names: Sequence[Name], clues: Clues, page: Page) -> list[list[Clue]]:
    """The clues of each name: its own words', its neighbours', and at a discount those of its other occurrences."""
    own = [clues.inside(name) for name in names]
    near = [clues.around(name, page.view.text) for name in names]
    shared: dict[str, dict[str, Clue]] = defaultdict(dict)
    for name, found in zip(names, near, strict=True):
        for clue in found:
            shared[name.folded].setdefault(clue.rule + clue.kind, clue)
    made = []
    for name, inside, around in zip(names, own, near, strict=True):
        here = {clue.rule + clue.kind for clue in around}
        elsewhere = [Clue(c.kind, ELSEWHERE * c.weight, c.rule) for key, c in sorted(shared[name.folded].items()) if key not in here]
        made.append([*inside, *around, *elsewhere])
    return made


def _decide(names: Sequence[Name], evidence: Sequence[list[Clue]], page: Page) -> list[tuple[Kind, str]]:
    """A kind and the rule that says most for it, first each name alone, then with what the report says of it by other names."""
    alone = [_heaviest(clues) for clues in evidence]
    further = _by_other_names(names, alone, Lists.of(page.language), page.view.text)
    return [_heaviest([*clues, *further.get(i, ())]) for i, clues in enumerate(evidence)]


def _heaviest(clues: Iterable[Clue]) -> tuple[Kind, str]:
    """The kind with the greatest sum and its strongest rule; OTHER where nothing says."""
    sums: dict[Kind, float] = defaultdict(float)
    best: dict[Kind, Clue] = {}
    for clue in clues:
        sums[clue.kind] += clue.weight
        if clue.kind not in best or clue.weight > best[clue.kind].weight:
            best[clue.kind] = clue
    if not sums:
        return "OTHER", f"{LAYER}/nothing"
    kind = max(sums, key=lambda kind: (sums[kind], -_KINDS.index(kind)))
    return kind, best[kind].rule


def _by_other_names(names: Sequence[Name], alone: Sequence[tuple[Kind, str]], lists: Lists, text: str) -> dict[int, list[Clue]]:
    """For each name what other names of the report say of it."""
    people = [name for name, (kind, _) in zip(names, alone, strict=True) if kind == "PERSON"]
    parts = {part for name in people for part in _later_parts(name)}
    kinds = {fold("".join(name.text.split())): kind for name, (kind, _) in zip(names, alone, strict=True)}
    made: dict[int, list[Clue]] = defaultdict(list)
    long_forms = _long_forms(names, alone, text)
    for i, name in enumerate(names):
        if name.folded in long_forms:
            made[i].append(Clue(long_forms[name.folded], ACRONYM, f"{_REPORT}#acronym"))
        elif name.shape == "handle":
            made[i] += _of_handle(name, kinds)
        elif name.folded in parts and " " not in name.folded and name.folded not in lists.place:
            made[i].append(Clue("PERSON", SURNAME, f"{_REPORT}#surname"))
    return made


def _later_parts(name: Name) -> list[str]:
    """The words of a full name behind its first."""
    return [word for word in name.folded.split()[1:] if len(word) > 3]


def _long_forms(names: Sequence[Name], alone: Sequence[tuple[Kind, str]], text: str) -> Mapping[str, Kind]:
    """Acronyms in brackets right behind a longer name, with that name's kind."""
    made: dict[str, Kind] = {}
    for (name, (kind, _)), short in zip(zip(names, alone, strict=True), names[1:], strict=False):
        between = text[name.end : short.start]
        if between.strip(" ") == "(" and len(between) <= 3 and " " in name.folded and " " not in short.folded:
            made.setdefault(short.folded, kind)
    return made


def _of_handle(name: Name, kinds: Mapping[str, Kind]) -> list[Clue]:
    """A handle is whose name it is like; a person's where nothing says."""
    bare = fold(name.text.lstrip("@").replace("_", ""))
    parts = (bare[start : start + length] for length in range(min(len(bare), 30), 2, -1) for start in range(len(bare[:30]) - length + 1))
    like = next((kinds[part] for part in parts if part in kinds), None)
    return [Clue(like or "PERSON", HANDLE if like else 0.5, f"{_REPORT}#handle")]


def surface(page: Page, span: Span) -> str:
    """The words of a span as rules see them, with single blanks."""
    return " ".join(type(page.view)(span.of(page.text)).text.split())
