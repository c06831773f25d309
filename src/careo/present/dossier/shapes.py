"""What the page is made of: plain values that the template writes down. Text of reports stands in them as markup already."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from careo.present.dossier.treads import Tread


@dataclass(frozen=True, slots=True)
class Saying:
    """What one report says at one place: its words with the highlight (None where an earlier saying has the same), and who gives them."""

    report: str
    publisher: Markup
    published: str
    according: Markup | None
    words: Markup | None
    exact: str
    lang: str | None
    in_title: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What one origin says: the report that speaks for it, and its copies."""

    lead: tuple[Saying, ...]
    copies: tuple[Saying, ...]
    copied: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A link within the page."""

    href: str
    text: str | Markup


@dataclass(frozen=True, slots=True)
class Taking:
    """Those who take part in an entry in one role."""

    role: str
    names: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is shown."""

    anchor: str
    kind: str
    what: Markup
    lang: str | None
    status: str
    part: str
    where: Markup | None
    parties: tuple[Taking, ...]
    told: str
    groups: tuple[Group, ...]
    refs: tuple[Ref, ...]
    related: tuple[tuple[str, tuple[Ref, ...]], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one date or stretch."""

    anchor: str
    value: str
    when: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facing:
    """One side of a conflict or correction."""

    value: Markup
    told: str
    since: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Versus:
    """A conflict or a correction: what it is about, and its sides."""

    anchor: str
    property: str
    about: Ref | None
    sides: tuple[Facing, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One step of a toll as it stands in the table."""

    as_of: str
    short: str
    figure: str
    source: Markup | None
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Stair:
    """A toll: its steps as a table and as a picture."""

    anchor: str
    of: str
    about: Ref | None
    where: Markup | None
    rows: tuple[Row, ...]
    treads: tuple[Tread, ...]
    spoken: str
    named: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A person, a body or a place."""

    anchor: str
    name: Markup
    names: tuple[Markup, ...]
    related: tuple[tuple[Markup, Ref], ...]
    told: str
    entries: tuple[tuple[str, tuple[Ref, ...]], ...]
    reports: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A report in the list of reports."""

    anchor: str
    number: int
    title: Markup
    lang: str | None
    publisher: Markup
    date: str
    date_origin: str
    address: Markup | None
    href: str | None
    hidden: bool
    seen_at: tuple[Markup, ...]
    id: Markup
    sha256: Markup
    copy_of: Ref | None
