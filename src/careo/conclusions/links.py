"""Links on their way from steps to clusters: by the pair that they are about, outranked by people, asked of two groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from careo.collate import judged
from careo.collate.clusters import outranked, pair
from careo.flow import Crossing, key_of
from careo.model import Judgement, Link


def of_pair(link: Link) -> list[str]:
    """The key of the two that a link is about, whichever way it points."""
    return ["\0\0".join(map(key_of, pair(link)))]


def of_number(one: Judgement | judged.End) -> list[str]:
    """The key of a judgement."""
    return [str(one.number)]


def by_score(link: Link) -> tuple[object, ...]:
    """Of several links of one pair the one with the highest score holds."""
    return link.score, link.judgement, link.why


def best(order: Callable[[Link], tuple[object, ...]], _key: str, *said: Sequence[Link | judged.Judged]) -> Iterator[Link]:
    """The link that holds of a pair, by what the machine and people say of it."""
    everything = [one for group in said for one in group]
    machine = sorted((one for one in everything if isinstance(one, Link)), key=lambda link: (order(link), link.left))
    yield from outranked(machine, (one.link for one in sorted(one for one in everything if isinstance(one, judged.Judged))))


def between(crossing: Crossing) -> list[str]:
    """The key of the two groups between which a link stands; none where it stands inside of one."""
    return [crossing.both] if crossing.left != crossing.right else []


def asked(ask: Callable[[Sequence[Link]], Link | None], _key: str, crossings: Sequence[Crossing]) -> Iterator[Link]:
    """What is asked of two groups."""
    found = ask([one.link for one in crossings])
    if found:
        yield found
