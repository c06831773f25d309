"""Copies made on purpose: articles of the corpus cut, re-ordered, reworded and mixed with another, with a known share of their words kept."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import regex

RUN = 15
"""Words in a row that count as shared."""

_WORD = regex.compile(r"\w+")


@dataclass(frozen=True)
class Altered:
    """A text and its alteration. `share`: of the words of the shorter of both, those that stand in both in runs of RUN words or more."""

    left: str
    right: str
    share: float
    how: str


def altered(text: str, other: str, share: float, seed: int) -> Altered:
    """About `share` of the words of `text` in passages of it, among words of `other`, or reworded. `how` is chosen by the seed."""
    random = Random(seed)
    how = ("cut", "mixed", "reworded", "reordered")[seed % 4]
    words, others = text.split(), other.split()
    if how == "reworded":
        made, kept = _reworded(words, others, share, random)
    else:
        passages = _passages(words, share, random)
        kept = sum(len(one) for one in passages if len(one) >= RUN)
        if how == "reordered":
            random.shuffle(passages)
        filler = others if how != "cut" else others[: len(words) // 10]
        made = _between(passages, filler, random)
    return Altered(text, " ".join(made), kept / max(1, min(len(words), len(made))), how)


def _passages(words: list[str], share: float, random: Random) -> list[list[str]]:
    """Passages of `words`, in order, apart from each other, that are `share` of them in all."""
    wanted, many = round(len(words) * share), 1 + random.randrange(max(1, min(4, round(len(words) * share) // (RUN + 1))))
    lengths = [wanted // many + (n < wanted % many) for n in range(many)]
    room = len(words) - wanted
    cuts = sorted(random.randrange(room + 1) for _ in range(many))
    made, done = [], 0
    for cut, length in zip(cuts, lengths, strict=True):
        made.append(words[cut + done : cut + done + length])
        done += length
    return made


def _between(passages: list[list[str]], filler: list[str], random: Random) -> list[str]:
    """The passages with pieces of another text before, between and after them."""
    cuts = sorted(random.randrange(len(filler) + 1) for _ in passages)
    made: list[str] = []
    before = 0
    for cut, passage in zip(cuts, passages, strict=True):
        made += filler[before:cut] + passage
        before = cut
    return made + filler[before:]


def _reworded(words: list[str], others: list[str], share: float, random: Random) -> tuple[list[str], int]:
    """The text with words changed: none in runs of RUN to 3 RUN words, every third in between, so that `share` stays in runs."""
    made, kept, at = [], 0, 0
    while at < len(words):
        length = min(random.randrange(RUN, 3 * RUN), len(words) - at)
        whole = random.random() < share and length >= RUN
        kept += length if whole else 0
        made += [others[random.randrange(len(others))] if not whole and n % 3 == 0 else word for n, word in enumerate(words[at : at + length])]
        at += length
    return made, kept


def count(text: str) -> int:
    """The number of words."""
    return len(_WORD.findall(text))
