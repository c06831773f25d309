"""Which annotations stand over a place of the text, found without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from careo.model import Quotation, Span

Item = TypeVar("Item")


class Cover(Generic[Item]):
    """Items with their spans; `at` and `touching` cost the logarithm of their number, and what they find."""

    def __init__(self, items: Iterable[tuple[Span, Item]]) -> None:
        self._items = sorted(items, key=lambda pair: (pair[0].start, -pair[0].end))
        self._starts = [span.start for span, _ in self._items]
        self._reach: list[int] = []
        for span, _ in self._items:
            self._reach.append(max(span.end, self._reach[-1] if self._reach else 0))

    def touching(self, span: Span) -> list[Item]:
        """The items that share a character with `span`, in order of the text, longer ones first."""
        first = bisect_right(self._reach, span.start)
        last = bisect_left(self._starts, span.end)
        return [item for place, item in self._items[first:last] if place.touches(span)]

    def holding(self, span: Span) -> list[Item]:
        """The items whose span holds `span` whole, outermost first."""
        first = bisect_right(self._reach, span.start)
        last = bisect_right(self._starts, span.start)
        return [item for place, item in self._items[first:last] if place.holds(span) and len(span)]

    def inside(self, span: Span) -> list[Item]:
        """The items whose span lies wholly in `span`, in order of the text."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [item for place, item in self._items[first:last] if span.holds(place)]


class Speakers:
    """Who is quoted with the words at a place."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._cover = Cover((part, quotation) for quotation in quotations for part in quotation.content)

    def over(self, span: Span) -> tuple[Quotation, ...]:
        """The quotations whose content holds `span`, outermost first."""
        return tuple(dict.fromkeys(self._cover.holding(span)))

    def ids(self, span: Span) -> tuple[str, ...]:
        """The ids of `over`."""
        return tuple(quotation.id for quotation in self.over(span))

    def innermost(self, span: Span) -> str | None:
        """The speaker nearest to the words; none where the report speaks itself or names nobody."""
        over = self.over(span)
        return over[-1].speaker if over else None

    def outermost(self, span: Span) -> str | None:
        """The speaker through whom the report has the words."""
        return next((quotation.speaker for quotation in self.over(span) if quotation.speaker), None)
