"""All records that travel between the stages. Frozen; this module imports nothing of ours.

Offsets are Unicode code points (indices of a Python `str`), half-open: `text[span.start:span.end]`. Records that go out of the
program have the names of the public format, so that one function (`present/public.py`) turns each into JSON.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """The root of all records: frozen, compared by value, strict when decoded."""


# ---------------------------------------------------------------- where words come from


class Span(Record, frozen=True, order=True):
    """The characters from `start` up to, not including, `end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span must have 0 <= start <= end, found {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters that the span covers in `text`."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def __len__(self) -> int:
        return self.end - self.start


class Sighting(Record, frozen=True):
    """One place where the bytes of a capture were met. `uri` is an address, or a path relative to the folder that was given."""

    uri: str
    part: str | None = None
    publisher: str | None = None
    retrieved: str | None = None


class Capture(Record, frozen=True):
    """Bytes as they came: a page, a text file, one line of JSON Lines. `sha256` is their identity."""

    sha256: str
    media_type: str
    content: bytes
    sightings: tuple[Sighting, ...]


class Segment(Record, frozen=True):
    """`length` characters of `text` from `start` stand verbatim in the decoded capture from `source`."""

    start: int
    length: int
    source: int


DctOrigin = Literal["input", "page", "url", "text", "user"]


class Dct(Record, frozen=True):
    """Document creation time as it was given: an EDTF value (year, month, day or instant) and where it was found."""

    value: str
    origin: DctOrigin
    why: str | None = None


class Document(Record, frozen=True):
    """One report. `text` never changes. `article` groups the versions of one article, or the quotations of one post."""

    id: str
    text: str
    capture: str
    label: str
    article: str
    offsets: tuple[Segment, ...] = ()
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    dct: Dct | None = None
    language: str | None = None
    region: str | None = None
    parent: str | None = None
    span: Span | None = None


Stage = Literal["ingest", "read", "collate"]


class Failure(Record, frozen=True):
    """What could not be taken in or read: `where` (a path, with its part), at which stage, and why."""

    where: str
    stage: Stage
    error: str
    capture: str | None = None


# ---------------------------------------------------------------- the parse, handed to the rules


class Token(Record, frozen=True):
    """A word of the parse (Universal Dependencies). `head` is an index into `Parse.tokens`, its own for a root."""

    i: int
    span: Span
    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    morph: str


class Parse(Record, frozen=True):
    """The words of one report in order, their sentences as ranges of indices."""

    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]


# ---------------------------------------------------------------- what one report says


TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Kind = Literal["PERSON", "ORGANIZATION", "LOCATION", "OTHER"]
Form = Literal["name", "nominal", "pronoun", "relation", "dropped"]
Manner = Literal["direct", "indirect", "mixed"]
Polarity = Literal["positive", "negative"]
Modality = Literal["asserted", "alleged", "ordered", "planned", "feared", "possible"]
QuantityMod = Literal["about", "at_least", "at_most", "more_than", "less_than"]
Role = Literal["agent", "patient", "instrument", "recipient"]
MediaKind = Literal["post", "video", "photo", "audio", "document"]


class Timex(Record, frozen=True):
    """A time expression (TIMEX3). `edtf` is the date or range that it denotes; `anchor` what it was counted from.

    `zone` is the zone that the words name; `instant` the clock time in UTC, where zone and day are certain (`why` tells by what).
    """

    id: str
    span: Span
    type: TimexType
    value: str
    rule: str
    mod: str | None = None
    edtf: str | None = None
    part: str | None = None
    time: str | None = None
    zone: str | None = None
    anchor: str | None = None
    why: str | None = None
    instant: str | None = None


class Mention(Record, frozen=True):
    """A span that names. `name` is the fullest name of its chain in this report."""

    id: str
    span: Span
    kind: Kind
    name: str
    rule: str
    head: Span | None = None


class Member(Record, frozen=True):
    """One mention, nominal or pronoun of a chain; `dropped` is a verb whose subject is left out («Huyó a Colombia»)."""

    span: Span
    form: Form


class Related(Record, frozen=True):
    """`relation` («madre») to the chain `to`."""

    to: str
    relation: str


class Chain(Record, frozen=True):
    """All that one report says of one person, body or place."""

    id: str
    kind: Kind
    name: str
    members: tuple[Member, ...]
    related: tuple[Related, ...] = ()
    rule: str = "corefer/names"


class Quotation(Record, frozen=True):
    """Words that the report attributes to somebody: content, cue and source (PARC)."""

    id: str
    content: tuple[Span, ...]
    manner: Manner
    stance: str
    rule: str
    cue: Span | None = None
    source: Span | None = None
    speaker: str | None = None
    speaker_chain: str | None = None
    medium: str | None = None
    addressee: str | None = None
    said: str | None = None
    parent: str | None = None

    def holds(self, span: Span) -> bool:
        """Whether one of the content's spans holds `span` whole."""
        return any(part.holds(span) for part in self.content)


class Quantity(Record, frozen=True):
    """How many people were harmed or held, as bounds; null where a side is open.

    `part` is set where not all who were harmed are counted: `some` («otros dos», «dos de los heridos»), or the group of those who are.
    """

    id: str
    span: Span
    of: str
    low: int | None
    high: int | None
    rule: str
    mod: QuantityMod | None = None
    of_event: str | None = None
    attribution: tuple[str, ...] = ()
    attributed_to: str | None = None
    part: str | None = None


class When(Record, frozen=True):
    """The words that date an event, their value, and the timex that gives the day. `why` is set where that stands outside its sentence."""

    span: Span
    value: str
    edtf: str | None
    timex: str
    part: str | None = None
    why: str | None = None


class Where(Record, frozen=True):
    """The words that place an event."""

    span: Span
    name: str
    why: str | None = None


class Participant(Record, frozen=True):
    """Who takes part in an event, as what."""

    role: Role
    span: Span
    name: str
    chain: str | None = None


class EventMention(Record, frozen=True):
    """A word that tells of a happening, with its parts. `attribution` are quotation ids, outermost first.

    `when` is the time that its own words give; `carried` one that the thread of the report gives, where its own words have none.
    `known`: whether its words speak of it as known («el ataque») or bring it up («una balacera»); None for verbs, which do neither.
    """

    id: str
    trigger: Span
    kind: str
    rule: str
    evidence: Span
    when: When | None = None
    where: Where | None = None
    participants: tuple[Participant, ...] = ()
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    attribution: tuple[str, ...] = ()
    attributed_to: str | None = None
    carried: When | None = None
    known: bool | None = None


class Accusation(Record, frozen=True):
    """Who accuses whom of what, under which label. Never a fact about the accused."""

    evidence: Span
    accuser: str | None
    accused: str | None
    act: str | None
    rule: str
    event: str | None = None
    label: str | None = None
    state: str | None = None
    hedge: str | None = None
    reply: str | None = None
    trigger: Span | None = None


class Claim(Record, frozen=True):
    """One property that the report states of an event, a person or a body: what it says, never what is so."""

    id: str
    subject: str
    property: str
    value: str
    original: str
    evidence: Span
    rule: str
    attribution: tuple[str, ...] = ()
    polarity: Polarity = "positive"
    modality: Modality = "asserted"


class Media(Record, frozen=True):
    """A post, video, photo, recording or paper that the report shows or cites. `document` is the post's own document."""

    id: str
    kind: MediaKind
    span: Span
    rule: str
    author: str | None = None
    handle: str | None = None
    posted: str | None = None
    link: str | None = None
    hashtags: tuple[str, ...] = ()
    document: str | None = None
    content: Span | None = None


class DctReading(Record, frozen=True):
    """The creation time as read: narrowed from `given` only with evidence in the text."""

    value: str | None
    given: str | None
    origin: DctOrigin | None
    why: str | None = None
    evidence: tuple[Span, ...] = ()


PlaceKind = Literal["area", "country", "region", "town", "quarter", "site", "prison", "base"]
"""From wide to narrow: an area is wider than a country, or has no border; sites, prisons and bases are points."""


class Area(Record, frozen=True):
    """A place in which another lies."""

    id: str
    name: str
    kind: PlaceKind


class Spot(Record, frozen=True):
    """A place of the gazetteer: its middle (WGS 84 degrees), the radius in km that it may fill, and in what it lies, the nearest first."""

    id: str
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    km: float
    country: str | None = None
    within: tuple[Area, ...] = ()


class Placing(Record, frozen=True):
    """A name of a place with all its spans, and the place that it is taken for: only where `judgement` is SAME.

    UNSURE: `candidates` are as likely one as the other; without any the gazetteer does not know the name.
    """

    id: str
    name: str
    spans: tuple[Span, ...]
    judgement: Literal["SAME", "UNSURE"]
    why: str
    rule: str
    spot: Spot | None = None
    candidates: tuple[Spot, ...] = ()


class Layers(Record, frozen=True):
    """The annotations of one text (a report's text, or its title)."""

    sentences: tuple[Span, ...] = ()
    timexes: tuple[Timex, ...] = ()
    mentions: tuple[Mention, ...] = ()
    chains: tuple[Chain, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    events: tuple[EventMention, ...] = ()
    accusations: tuple[Accusation, ...] = ()
    claims: tuple[Claim, ...] = ()
    media: tuple[Media, ...] = ()
    places: tuple[Placing, ...] = ()


class Reading(Record, frozen=True):
    """All that was read in one document, alone. `title` is set where the title stands outside the text."""

    document: str
    dct: DctReading
    layers: Layers
    language_version: str
    title: Layers | None = None
    posts: tuple[Document, ...] = ()


class Report(Record, frozen=True):
    """A document with its reading (None where its language has no folder) and the places where it was met."""

    document: Document
    reading: Reading | None = None
    sightings: tuple[Sighting, ...] = ()


# ---------------------------------------------------------------- across reports


Field = Literal["text", "title"]
Verdict = Literal["SAME", "DIFFERENT", "UNSURE"]
Status = Literal["asserted", "alleged", "announced", "disputed", "denied", "corrected"]


class Anchor(Record, frozen=True, order=True):
    """An annotation as a place in a text: what judgements point at. Offsets of the document's `field`."""

    document: str
    field: Field
    layer: str
    start: int
    end: int
    property: str = ""


class Link(Record, frozen=True):
    """«The same?» asked of two anchors, with its answer, a score from 0 to 1, the reason in words, and who says so."""

    left: Anchor
    right: Anchor
    relation: str
    judgement: Verdict
    score: float
    why: str
    by: str = "careo"


class Judgement(Record, frozen=True):
    """A person's decision. Append-only: a later one undoes it by naming its number."""

    number: int
    kind: Literal["link", "claim", "correction", "mask", "note"]
    left: Anchor
    verdict: str
    because: str
    by: str
    at: str
    right: Anchor | None = None
    undoes: int | None = None


class Evidence(Record, frozen=True):
    """The exact words of a report that state something, with some words around them, and who gives them.

    `published` is the report's day, `said` that of a post which it shows, where the words are the post's.
    """

    report: str
    field: Field
    span: Span
    trigger: Span
    exact: str
    prefix: str
    suffix: str
    attribution: tuple[str, ...]
    publisher: str | None
    published: str | None
    origin: str
    said: str | None = None


class Party(Record, frozen=True):
    """A participant of an entry; `entity` is null where nobody is named."""

    role: str
    entity: str | None
    name: str


class Decision(Record, frozen=True):
    """What a person decided of a statement. Of a correction `property` is what it corrects, `verdict` the new value, `before` what was read."""

    number: int
    kind: str
    verdict: str
    by: str
    because: str
    property: str = ""
    before: str | None = None


class Place(Record, frozen=True):
    """Where an entry happened: `name` as the report has it, the rest of the place that this is taken for.

    `precision` is what kind of place that is, `km` the radius that it may fill, `within` what it lies in, the nearest first. Without
    position the name is UNSURE between the candidates, or not known at all.
    """

    name: str
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    km: float | None = None
    id: str | None = None
    within: tuple[Area, ...] = ()
    judgement: Literal["SAME", "UNSURE"] | None = None
    why: str | None = None
    candidates: tuple[Spot, ...] = ()


class Entry(Record, frozen=True):
    """One line of the chronology. `carried` is true where its date stands in no sentence that tells it, but comes from a report's thread."""

    id: str
    when: str | None
    kind: str
    what: str
    status: Status
    origins: int
    reports: int
    evidence: tuple[Evidence, ...]
    part: str | None = None
    carried: bool = False
    where: Place | None = None
    participants: tuple[Party, ...] = ()
    part_of: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


class EntityMention(Record, frozen=True):
    """One naming of an entity."""

    report: str
    span: Span
    field: Field = "text"


class Entity(Record, frozen=True):
    """A person, body or place across reports, computed from links."""

    id: str
    kind: Kind
    name: str
    names: tuple[str, ...]
    mentions: tuple[EntityMention, ...]
    aliases: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()


class Located(Record, frozen=True):
    """A place that reports of the case name, with all its mentions; or a name that stays open, with the places it may be."""

    id: str
    name: str
    names: tuple[str, ...]
    judgement: Literal["SAME", "UNSURE"]
    why: str
    mentions: tuple[EntityMention, ...]
    reports: int
    spot: Spot | None = None
    candidates: tuple[Spot, ...] = ()


class Step(Record, frozen=True):
    """The bounds of a toll as somebody gave them at one time.

    `part`: they count only some of those harmed (see `Quantity`). `stale`: a report still gives, in its own words, what others had raised by then.
    """

    as_of: str | None
    low: int | None
    high: int | None
    attribution: str | None
    evidence: tuple[Evidence, ...]
    mod: QuantityMod | None = None
    part: str | None = None
    stale: bool = False


class Toll(Record, frozen=True):
    """How the figure of one kind of harm of one entry went, step by step. `event` is null where no entry tells what harmed them.

    `named` are those of them whom reports name: a count to be held against the figures.
    """

    of: str
    event: str | None
    steps: tuple[Step, ...]
    where: str | None = None
    named: tuple[Party, ...] = ()


class Side(Record, frozen=True):
    """One of the values that cannot all hold, with who says so."""

    value: str
    origins: int
    reports: int
    first: str | None
    last: str | None
    evidence: tuple[Evidence, ...]


class Conflict(Record, frozen=True):
    """Claims of one property of one entry that cannot all hold, side by side. Never a verdict."""

    id: str
    entry: str | None
    property: str
    sides: tuple[Side, ...]


class Correction(Record, frozen=True):
    """What a publisher said of a property, and what it says since."""

    id: str
    entry: str | None
    property: str
    before: Side
    after: Side


class Copy(Record, frozen=True):
    """A report of a family: the share of its own words that others of the family have too, and where in its text; the rest is its own."""

    report: str
    shared: float
    spans: tuple[Span, ...] = ()


class Family(Record, frozen=True):
    """Reports that carry one dispatch: they count as one origin. `agency` is the news agency that most of them credit."""

    family: str
    origin: str
    reports: tuple[Copy, ...]
    agency: str | None = None


class Earlier(Record, frozen=True):
    """A sentence that an older version of an article has and the newest, `newer`, has not; `now` is what stands in its place, if anything does."""

    said: Evidence
    newer: str
    now: Evidence | None = None


class Variant(Record, frozen=True):
    """One telling of a statement: the quotation of one report. The evidence covers the content, with what stands between its parts."""

    report: str
    field: Field
    content: tuple[Span, ...]
    manner: Manner
    evidence: Evidence


class Statement(Record, frozen=True):
    """What somebody said once, with every report's telling of it; `first` was given first, `fullest` has the most of its words."""

    id: str
    speaker: str | None
    entity: str | None
    fullest: Variant
    first: Variant
    variants: tuple[Variant, ...]
    origins: int
    reports: int


class Chronology(Record, frozen=True):
    """The case as concluded: computed from readings, links and judgements; can be thrown away and computed again.

    `links` say why namings of unequal names are one entity, and what people judged; equal full names need no word. `questions` are pairs of entities
    that may be one, a link of each; `doubts` such pairs of entries. `uncompared` counts names that were too many to be compared with all that are
    like them. `rejected` are entries of statements that people rejected; they count nowhere else.
    `unmatched` counts reports that were too many to be compared with all whose copies they may be, `unjoined` tellings, figures and quotations that
    were too many to be compared with all that may be of one happening or statement. `earlier` is what older versions said.
    """

    generation: int
    language_version: str
    entries: tuple[Entry, ...] = ()
    undated: tuple[Entry, ...] = ()
    entities: tuple[Entity, ...] = ()
    tolls: tuple[Toll, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    corrections: tuple[Correction, ...] = ()
    copies: tuple[Family, ...] = ()
    quotations: tuple[Statement, ...] = ()
    links: tuple[Link, ...] = ()
    questions: tuple[Link, ...] = ()
    uncompared: int = 0
    places: tuple[Located, ...] = ()
    doubts: tuple[Link, ...] = ()
    rejected: tuple[Entry, ...] = ()
    unmatched: int = 0
    earlier: tuple[Earlier, ...] = ()
    unjoined: int = 0
