"""The one door to the outside for words of a report: masked where a person said so, and harmless to a terminal or a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, cast

import msgspec
import regex

from careo.model import Chronology, Document, Entity, Entry, Evidence, Field, Judgement, Located, Place, Record, Span

HIDDEN = "▒▒▒"
"""What stands in the place of masked words. Its length tells nothing of theirs."""

ENTITY = "entity"
"""The property of an anchor whose mask hides the whole entity, by every name that it has in any report."""

SHORTEST = 4
"""Code points of masked words that are hidden elsewhere too, where they stand in a name or a line that was made of them."""

DocumentOf = Callable[[str], Document]

_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_MARKUP = regex.compile(r"([\\`*_\[\]<>#|~&$])")


def marks_around(said: str) -> tuple[str, str]:
    """The quotation marks to set around words of a report, which stay as they are: curly ones where they begin or end with angular ones."""
    bare = said.strip()
    return ("“", "”") if bare.startswith(("«", "»")) or bare.endswith(("«", "»")) else ("«", "»")


def quoted(said: str) -> str:
    """Words of a report between quotation marks."""
    opening, closing = marks_around(said)
    return f"{opening}{said}{closing}"


class Masks:
    """What must not be shown: stretches of texts, and names wherever they stand."""

    def __init__(self, judgements: Iterable[Judgement] = (), entities: Iterable[Entity] = (), document_of: DocumentOf | None = None) -> None:
        """`judgements` are those of kind mask that stand; `entities` and `document_of` tell which words they hide."""
        self._spans: dict[tuple[str, Field], list[Span]] = defaultdict(list)
        whole: list[tuple[str, Field, Span]] = []
        for judgement in judgements:
            anchor = judgement.left
            span = Span(anchor.start, anchor.end)
            self._spans[anchor.document, anchor.field].append(span)
            if anchor.property == ENTITY:
                whole.append((anchor.document, anchor.field, span))
        names = self._entities(entities, whole) if whole else set()
        if document_of:
            names |= {words_of(document_of(document), span, field) for (document, field), spans in self._spans.items() for span in spans}
        self._names = _any_of(names)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def _entities(self, entities: Iterable[Entity], whole: list[tuple[str, Field, Span]]) -> set[str]:
        """The names of masked entities; each mention of them becomes a masked stretch."""
        names: set[str] = set()
        for entity in entities:
            if any((one.report, one.field) == (report, field) and one.span.touches(span) for one in entity.mentions for report, field, span in whole):
                names |= {entity.name, *entity.names}
                for one in entity.mentions:
                    self._spans[one.report, one.field].append(one.span)
        return names

    def over(self, document: str, field: Field, span: Span) -> list[Span]:
        """The masked stretches that touch `span`, in order."""
        return sorted(one for one in self._spans.get((document, field), ()) if one.touches(span))

    def hidden(self, document: Document, field: Field) -> list[Span]:
        """Every stretch of a field that must not be shown, by its place or by a masked name, in order; none touches another."""
        text = words_of(document, Span(0, len(document.text if field == "text" else document.title or "")), field)
        named = self._names.finditer(text) if self._names else ()
        found = sorted({*self._spans.get((document.id, field), ()), *(Span(*one.span()) for one in named)})
        apart: list[Span] = []
        for span in found:
            if apart and span.start <= apart[-1].end:
                apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
            else:
                apart.append(span)
        return apart

    def without_names(self, text: str) -> str:
        """`text` with every masked name hidden, in whatever case it is written."""
        return self._names.sub(HIDDEN, text) if self._names else text


def _any_of(names: set[str]) -> regex.Pattern[str] | None:
    known = sorted((name for name in names if len(name.strip()) >= SHORTEST), key=lambda name: (-len(name), name))
    if not known:
        return None
    words = "|".join(r"\s+".join(regex.escape(word) for word in name.split()) for name in known)
    return regex.compile(rf"(?<!\w)(?:{words})(?!\w)", regex.IGNORECASE)


NOTHING = Masks()


def words_of(document: Document, span: Span, field: Field = "text") -> str:
    """The words of one field of a document."""
    return span.of(document.text if field == "text" else document.title or "")


def shown(document: Document, span: Span, masks: Masks = NOTHING, field: Field = "text") -> str:
    """The words of `document` at `span` as they may be shown; what goes to a terminal or a page is made `harmless` there."""
    pieces, at = [], span.start
    for hidden in masks.over(document.id, field, span):
        if hidden.end > at:
            pieces += [words_of(document, Span(at, max(at, hidden.start)), field), HIDDEN]
            at = hidden.end
    if at < span.end:
        pieces.append(words_of(document, Span(at, span.end), field))
    return masks.without_names("".join(pieces))


def hide(chronology: Chronology, masks: Masks, document_of: DocumentOf) -> Chronology:
    """The chronology with all words of reports, and all lines made of them, as they may be shown."""
    return cast(Chronology, _hidden(chronology, masks, document_of)) if masks else chronology


def _hidden(value: Any, masks: Masks, document_of: DocumentOf) -> Any:
    """Every string in a record, however deep: what a later step adds to the conclusions is masked too."""
    if isinstance(value, str):
        return masks.without_names(value)
    if isinstance(value, tuple):
        return tuple(_hidden(one, masks, document_of) for one in value)
    if isinstance(value, Evidence):
        return _evidence(value, masks, document_of(value.report))
    if not isinstance(value, Record):
        return value
    made = {name: _hidden(one, masks, document_of) for name, one in _fields(value).items()}
    if isinstance(value, Entry) and any(masks.over(one.report, one.field, one.span) for one in value.evidence):
        # `what` was cut from one of them: cut anew, it is masked where that is.
        made["what"] = " ".join(made["evidence"][0].exact.split())
    # A place of which a name is hidden must not be found by where it is.
    if isinstance(value, Place):
        return type(value)(**made) if made == _fields(value) else Place(made["name"])
    if isinstance(value, Located) and made != _fields(value):
        return msgspec.structs.replace(value, id="", name=made["name"], names=made["names"], why="", spot=None, candidates=())
    if isinstance(value, Entity):
        made["names"] = tuple(sorted(set(made["names"])))
    return type(value)(**made)


def located(one: Located, masks: Masks) -> Located:
    """A place as it may be shown: where a name of it is hidden, so is where it is."""
    return cast(Located, _hidden(one, masks, _nothing)) if masks else one


def _nothing(report: str) -> Document:
    raise KeyError(report)


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _evidence(evidence: Evidence, masks: Masks, document: Document) -> Evidence:
    start, end = evidence.span.start, evidence.span.end
    return msgspec.structs.replace(
        evidence,
        exact=shown(document, evidence.span, masks, evidence.field),
        prefix=shown(document, Span(start - len(evidence.prefix), start), masks, evidence.field),
        suffix=shown(document, Span(end, end + len(evidence.suffix)), masks, evidence.field),
        attribution=tuple(masks.without_names(one) for one in evidence.attribution),
        publisher=evidence.publisher and masks.without_names(evidence.publisher),
    )


def harmless(text: str) -> str:
    """`text` without what could steer a terminal or turn its lines round: such signs stand as symbols; tabs and line ends stay."""
    return _UNSEEN.sub(lambda found: _symbol(found.group()), text)


def _symbol(sign: str) -> str:
    if sign in "\n\t":
        return sign
    if sign == "\r":
        return " "
    if ord(sign) < 0x20:
        return chr(0x2400 + ord(sign))
    return "\u2421" if sign == "\x7f" else "" if sign in "\u200b\u200c\u200d\u2060\ufeff" else "\ufffd"


def markdown(text: str) -> str:
    """`text` in one line, harmless, so that Markdown and the HTML in it mean nothing there."""
    return _MARKUP.sub(r"\\\1", " ".join(harmless(text).split()))
