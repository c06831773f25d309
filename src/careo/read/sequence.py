"""The sequence model of names: which words of a sentence begin a name, go on with it, or name nothing, and of which kind.

A linear-chain CRF (Lafferty, McCallum and Pereira 2001; CRFsuite) over the words of a sentence. Its strongest features are what the
rules of `mentions/` say of the word; beside them stand its form, shape and affixes, the Brown clusters and lists of the packed table
`forms.tsv.gz`, what the parse says, and its neighbours. Trained by `make train`; data, licence and figures stand in
`lang/…/mentions/model/CARD.md`. A language without weights reads names by rules alone.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

import pycrfsuite

from careo.model import Kind
from careo.read.bounds import bounded
from careo.read.words import Word
from careo.rules import Language

LAYER = "mentions"
WEIGHTS, FORMS = "names.crfsuite", "forms.tsv.gz"
OUT = "O"
_RUNS = (re.compile(r"[^\W\d_a-zà-öø-ÿ]+"), re.compile(r"[a-zà-öø-ÿ]+"), re.compile(r"\d+"))
_SIGNS = frozenset("\"'«»()[]-–—,:;/")
_PARTING = frozenset(",;:()")
"""Signs that no name reaches over."""
_DASHES = frozenset("-–—")
_SMALL = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PRON"})
_NOWHERE = (0, "")
_CACHED = 50_000


@dataclass(frozen=True, slots=True)
class Spot:
    """A word in its sentence. `tag`: what the rules say of it here (`B-PERSON`, `I-PERSON`, `O`); `elsewhere`: the kinds that they give its
    form anywhere in the report; `before`, `after`: what parts it from its neighbours (see `_gap`); `written`: how the report writes its form
    (see `_written`)."""

    word: Word
    tag: str
    elsewhere: str
    before: str
    after: str
    written: str = ""


class _Form(NamedTuple):
    """What a form alone gives: its shape; features at its own place, to the word behind, before, two behind and two before it."""

    shape: str
    here: Sequence[str]
    behind: Sequence[str]
    ahead: Sequence[str]
    far_behind: Sequence[str]
    far_ahead: Sequence[str]


class Features:
    """The features of the words of a sentence. `forms`: of each form in the packed table its Brown cluster and the lists it stands in."""

    def __init__(self, forms: Mapping[str, tuple[int, str]]) -> None:
        self._forms = forms
        self._of_form = lru_cache(maxsize=_CACHED)(self._form)

    def of(self, spots: Sequence[Spot]) -> list[list[str]]:
        """One list a word."""
        forms = [self._of_form(spot.word.text, spot.word.folded) for spot in spots]
        last = len(spots) - 1
        made = []
        for i, spot in enumerate(spots):
            word, own = spot.word, forms[i]
            here = [
                *own.here, f"r={spot.tag}", f"e={spot.elsewhere}", f"p={word.pos}", f"<={spot.before}", f">={spot.after}",
                f"o={word.opens:d}{word.loud:d}", f"R={spot.written}{word.opens:d}", f"so={own.shape}{word.opens:d}{spot.before}|{word.pos}",
            ]  # fmt: skip
            if i:
                here += forms[i - 1].behind
                here += _of_pair(spots[i - 1], spot, own.shape)
            else:
                here.append("first")
            if i > 1:
                here += forms[i - 2].far_behind
            if i < last:
                here += forms[i + 1].ahead
                here += (f"+r={spots[i + 1].tag}<{spot.tag}", f"s+w={own.shape}|{spots[i + 1].word.folded}|{spot.after}")
            else:
                here.append("last")
            if i + 1 < last:
                here += forms[i + 2].far_ahead
            made.append(here)
        return made

    def _form(self, text: str, folded: str) -> _Form:
        shape = _shape(text)
        cluster, lists = self._forms.get(text, _NOWHERE)[0], self._forms.get(folded, _NOWHERE)[1]
        own = [f"w={folded}", f"s={shape}", f"3={folded[:3]}", f"-3={folded[-3:]}", f"-2={folded[-2:]}", f"n={min(len(text), 8)}"]
        if cluster:
            own += [f"c={cluster}", f"c4={cluster & 15}", f"c6={cluster & 63}", f"c10={cluster & 1023}"]
        if lists:
            own += [f"l={lists}", *(f"l1={one}" for one in lists)]
        near = [f"w={folded}", f"s={shape}", f"c10={cluster & 1023}", f"l={lists}"]
        far = [f"w={folded}"]
        around = [[f"{place}{one}" for one in given] for place, given in (("-1", near), ("+1", near), ("-2", far), ("+2", far))]
        return _Form(shape, own, *around)


def _of_pair(left: Spot, right: Spot, shape: str) -> tuple[str, ...]:
    """What a word, of this shape, and the one before it give together."""
    before, word = left.word, right.word
    return (
        f"-r={left.tag}>{right.tag}", f"ww={before.folded}|{word.folded}",
        f"w-s={before.folded}|{shape}|{right.before}", f"pp={before.pos}|{word.pos}",
    )  # fmt: skip


class Model:
    """The weights, ready to tag."""

    def __init__(self, weights: bytes, forms: bytes) -> None:
        self._features = Features(read_forms(forms))
        self._weights = weights  # the tagger reads from these bytes and does not keep them
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(weights)

    def tags(self, spots: Sequence[Spot]) -> list[str]:
        """`B-KIND`, `I-KIND` or `O` for each word of one sentence."""
        return list(self._tagger.tag(self._features.of(spots))) if spots else []


def read_forms(packed: bytes) -> dict[str, tuple[int, str]]:
    """The packed table: of each form its Brown cluster (0: none) and the letters of the lists that it stands in."""
    rows = (line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines())
    return {form: (int(cluster), lists) for cluster, lists, forms in rows for form in forms.split(" ")}


def model(language: Language) -> Model | None:
    """The language's model; None where it has no weights."""
    packed = language.layers[LAYER].packed if LAYER in language.layers else {}
    return _loaded(packed[WEIGHTS], packed[FORMS]) if WEIGHTS in packed else None


@lru_cache(maxsize=2)
def _loaded(weights: bytes, forms: bytes) -> Model:
    return Model(weights, forms)


def spots(text: str, words: Sequence[Word], tags: Sequence[str], cuts: Sequence[int]) -> Iterator[list[Spot]]:
    """The words sentence by sentence. `tags`: what the rules say of each; `cuts`: where sentences begin, offsets of `text` in order."""
    elsewhere, written = _elsewhere(words, tags), _written(words)
    sentence: list[Spot] = []
    ahead = iter([*cuts, len(text) + 1])
    cut = next(ahead)
    for i, word in enumerate(words):
        if word.start >= cut:
            if sentence:
                yield sentence
            sentence = []
            while word.start >= cut:
                cut = next(ahead)
        before = _gap(text[words[i - 1].end : word.start] if i else "\n")
        after = _gap(text[word.end : words[i + 1].start] if i + 1 < len(words) else "\n")
        sentence.append(Spot(word, tags[i], elsewhere[word.folded], before, after, written[word.folded]))
    if sentence:
        yield sentence


def told(text: str, report: Sequence[Sequence[Spot]], weights: Model, closing: Container[str]) -> list[tuple[int, int, Kind]]:
    """Start, end and kind of the names of a report, given sentence by sentence, in order. `closing`: see `bounded`.

    What is learnt in one sentence holds for the others: a name of the rules stands, where the model names all its words elsewhere; a name
    that is written the same way is of the kind that it has most often; and whom the rules take for a person is one, where the last word of the
    name alone is a person's.
    """
    tags = [weights.tags(spots) for spots in report]
    known = {spot.word.folded for spots, found in zip(report, tags, strict=True) for spot, tag in zip(spots, found, strict=True) if tag != OUT}
    made: list[tuple[list[Spot], int, int, Kind]] = []
    for spots, found in zip(report, tags, strict=True):
        for start, end, kind in bounded(text, joined(spots, _backed(spots, found, known)), closing):
            made.append(([spot for spot in spots if start <= spot.word.end <= end], start, end, kind))
    votes: dict[str, Counter[Kind]] = defaultdict(Counter)
    for name, _, _, kind in made:
        votes[_folded(name)][kind] += 1
    return [(start, end, _voted(name, kind, votes)) for name, start, end, kind in made]


def _folded(name: Iterable[Spot]) -> str:
    return " ".join(spot.word.folded for spot in name)


def _voted(name: Sequence[Spot], kind: Kind, votes: Mapping[str, Counter[Kind]]) -> Kind:
    """The kind that the name has most often in its report; PERSON where the rules say so of it, and the report of its surname."""
    here = votes[_folded(name)]
    most = kind if here[kind] * 2 >= here.total() else here.most_common(1)[0][0]
    surname = votes.get(name[-1].word.folded) if len(name) > 1 else None
    return "PERSON" if surname and name[0].tag == "B-PERSON" and surname.most_common(1)[0][0] == "PERSON" else most


def _backed(spots: Sequence[Spot], tags: Sequence[str], known: Set[str]) -> list[str]:
    """The model's tags, and the rules' for a hashtag and for a name whose words the model names elsewhere, where it names nothing here."""
    made = list(tags)
    first = 0
    while first < len(spots):
        last = first + 1
        while last < len(spots) and spots[last].tag.startswith("I-"):
            last += 1
        sure = spots[first].word.shape == "tag" or all(spot.word.folded in known for spot in spots[first:last])
        named = spots[first].tag != OUT and sure
        if named and all(tag == OUT for tag in tags[first:last]):
            made[first:last] = [spot.tag for spot in spots[first:last]]
        first = last
    return made


def joined(spots: Sequence[Spot], tags: Sequence[str]) -> list[tuple[int, int, Kind]]:
    """The stretches that the tags of one sentence name. No name reaches over a comma, bracket or dash set off by a blank; a handle is a name
    of its own; the sign of a hashtag belongs to none; no small word stands at an edge."""
    runs: list[tuple[list[Word], Kind]] = []
    inside = OUT
    for spot, tag in zip(spots, tags, strict=True):
        kind = cast("Kind", tag[2:])
        if tag.startswith("I-") and inside == kind and not _parted(runs[-1][0][-1], spot):
            runs[-1][0].append(spot.word)
        elif tag != OUT:
            runs.append(([spot.word], kind))
        inside = tag[2:]
    cut = [(_without_small(words), kind) for words, kind in runs]
    return [(words[0].start + (words[0].shape == "tag"), words[-1].end, kind) for words, kind in cut if words]


def _parted(last: Word, spot: Spot) -> bool:
    """Whether no name that has come to `last`, the word before, goes on with `spot`."""
    dashed = spot.before in _DASHES and spot.word.start - last.end > 1 and spot.word.shape != "number"
    return dashed or spot.before in _PARTING or spot.word.shape == "handle"


def _without_small(words: list[Word]) -> list[Word]:
    """The words of a name from the first to the last that is no article, preposition or conjunction in small letters."""
    bearing = [i for i, word in enumerate(words) if not (word.pos in _SMALL and word.text.islower())]
    return words[bearing[0] : bearing[-1] + 1] if bearing else []


def _elsewhere(words: Sequence[Word], tags: Sequence[str]) -> dict[str, str]:
    """Which kinds the rules give a form anywhere in the report."""
    seen: dict[str, set[str]] = {}
    for word, tag in zip(words, tags, strict=True):
        seen.setdefault(word.folded, set()).add(tag[2:3])
    return {form: "".join(sorted(kinds)) for form, kinds in seen.items()}


def _written(words: Sequence[Word]) -> dict[str, str]:
    """Of each form whether the report writes it in small letters (`l`), and with a capital that its place does not ask for (`s`)."""
    low = {word.folded for word in words if not word.capital}
    sure = {word.folded for word in words if word.capital and not word.opens and not word.loud}
    return {word.folded: "l" * (word.folded in low) + "s" * (word.folded in sure) for word in words}


def _gap(between: str) -> str:
    """What stands between two words: nothing, a blank, a line's end, a sentence's end, or its first sign."""
    if not between:
        return "0"
    if "\n" in between:
        return "n"
    bare = between.strip()
    if not bare:
        return "b"
    parting = next((sign for sign in bare if sign in _PARTING), "")
    return parting or (bare[0] if bare[0] in _SIGNS else ".")


def _shape(text: str) -> str:
    """The form of a word: capitals, small letters and figures, each run as one (`Xx`, `X`, `x9`)."""
    made = text
    for run, sign in zip(_RUNS, "Xx9", strict=True):
        made = run.sub(sign, made)
    return made[:8]
