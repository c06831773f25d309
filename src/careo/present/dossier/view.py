"""What the page shows, worked out of the chronology: groups by date, sayings by origin, sides, steps, people, reports. No markup but words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

import msgspec
from markupsafe import Markup

from careo import edtf
from careo.model import Conflict, Correction, Document, Entity, Entry, Evidence, Report, Side, Span, Step, Toll
from careo.present import figures
from careo.present.dates import in_words
from careo.present.dossier.index import DAY_END, SAFE, Index, date_of, safe_anchor
from careo.present.dossier.quoting import LINE, Quoter
from careo.present.dossier.shapes import Day, Facing, Figure, Group, Line, Paper, Ref, Row, Saying, Stair, Taking, Versus
from careo.present.dossier.treads import treads
from careo.present.words import Words

LINK_TO = 2000
"""Characters of the longest address that is made a link."""

NAME_IN_LINK, SPELT_OUT = 90, 8
"""Code points of an entry's words where they are a link to it; so many entries of a person are named by their words."""

_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def address(url: str | None) -> str | None:
    """`url` if a link may lead there: http or https, a host, nobody's name before it, nothing that hides. None for all else."""
    if not url or len(url) > LINK_TO or not url.isprintable() or " " in url or not url.lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.hostname and "@" not in parts.netloc and "\\" not in url else None


class Desk:
    """Turns records into what is shown. Where a link leads is said by the methods `to_…`, which another medium than one page replaces."""

    def __init__(self, index: Index, quoter: Quoter) -> None:
        self.index, self.quoter, self.words = index, quoter, quoter.words
        self.chronology, self.reports = index.chronology, index.reports

    # ------------------------------------------------------------ links

    def to_report(self, report: str) -> str:
        """Where a report is told of."""
        return f"#r-{self.index.number[report]}"

    def called(self, report: str) -> Markup:
        """What a report is called where its publisher is not known: by its number on this page."""
        return Markup(self.say("report", n=self.index.number[report]))

    def to_words(self, evidence: Evidence) -> str:
        """Where the words of an evidence stand."""
        return self.to_report(evidence.report)

    def to_entry(self, entry: str) -> str:
        """Where an entry stands."""
        return f"#{self.index.entry_at[entry]}"

    def to_entity(self, entity: str) -> str:
        """Where a person, body or place is told of."""
        return f"#{self.index.entity_at[entity]}"

    def to_dispute(self, anchor: str, entry: str | None) -> str:
        """Where a conflict, a correction or a toll stands, by its anchor on the page; `entry` is what it is about."""
        return f"#{anchor}"

    def _about(self, entry: str) -> tuple[Ref, ...]:
        """From an entry to the conflicts, corrections and tolls that are about it."""
        known = self.index.about.get(entry)
        if known is None:
            return ()
        refs = [self._cross("c", n, one, "conflict_link") for n, one in known.conflicts]
        refs += [self._cross("k", n, one, "correction_link") for n, one in known.corrections]
        harm = [(n, self.words.say("harm", toll.of).lower()) for n, toll in known.tolls]
        return (*refs, *(Ref(self.to_dispute(f"t-{n}", entry), f"{self.say('toll_link')}: {name}") for n, name in harm))

    def _cross(self, prefix: str, n: int, one: Conflict | Correction, key: str) -> Ref:
        return Ref(self.to_dispute(safe_anchor(prefix, one.id, n), one.entry), f"{self.say(key)}: {self.words.say('properties', one.property)}")

    # ------------------------------------------------------------ words

    def say(self, key: str, **values: object) -> str:
        """A text of the dossier."""
        return self.words.say("dossier", key, **values)

    def count(self, key: str, number: int) -> str:
        """`number` of something, in words."""
        return self.say(f"{key}_{'one' if number == 1 else 'many'}", n=number)

    @staticmethod
    def capital(text: str) -> str:
        """With a capital at the beginning."""
        return text[:1].upper() + text[1:]

    def date(self, value: str | None) -> str:
        """A date in words; «sin fecha» where there is none."""
        return in_words(value, None, self.words)

    def on(self, value: str | None) -> str:
        """A date within a phrase: a day with its article."""
        said = self.date(value)
        return self.words.say("dates", "the_day", date=said) if value and _WHOLE_DAY.match(value) else said

    def phrase(self, key: str, **dates: str | None) -> str:
        """A text of the dossier with dates in it."""
        return self.words.contracted(self.say(key, **{name: self.on(value) for name, value in dates.items()}))

    def told(self, origins: int, reports: int) -> str:
        """How many independent origins and how many reports say it."""
        return f"{self.count('origins', origins)}, {self.count('reports', reports)}"

    # ------------------------------------------------------------ sayings

    def saying(self, evidence: Evidence, *, said: set[str], context: bool = True) -> Saying:
        """One evidence; without its words where `said` holds them already, which then grows."""
        key = " ".join(evidence.exact.split())
        words = None if key in said else self.quoter.passage(evidence, context=context)
        said.add(key)
        language = self.quoter.documents[evidence.report].language
        return Saying(
            report=self.to_words(evidence),
            publisher=self.quoter.bare(evidence.publisher) if evidence.publisher else self.called(evidence.report),
            published=self._published(evidence),
            according=self.according(evidence.attribution),
            words=words,
            exact=evidence.exact,
            lang=self.lang(language),
            in_title=evidence.field == "title",
        )

    def _nameless(self, report: str) -> Markup:
        return Markup(self.say("report", n=self.index.number[report]))

    def lang(self, language: str | None) -> str | None:
        """The language of a report where it is another than the page's."""
        plain = language if language and SAFE.fullmatch(language) else None
        return plain if plain != self.say("lang") else None

    def according(self, attribution: Sequence[str]) -> Markup | None:
        """«según A, que cita a B», the outermost first."""
        names = [self.quoter.line(one) for one in attribution]
        if not names:
            return None
        chain = names[-1]
        for outer in reversed(names[:-1]):
            chain = Markup(self.say("citing")).format(outer=outer, inner=chain)
        return Markup(self.say("according")).format(chain=chain)

    def groups(self, evidence: Iterable[Evidence], *, context: bool = True) -> tuple[Group, ...]:
        """Sayings by origin, in order of the earliest; of each origin the report speaks that the others copied, else the earliest."""
        ordered = sorted(evidence, key=lambda one: (one.published or DAY_END, self.index.number[one.report], one.span.start))
        together: dict[str, list[Evidence]] = {}
        for one in ordered:
            together.setdefault(one.origin, []).append(one)
        return tuple(self._group(members, context) for members in together.values())

    def _group(self, members: Sequence[Evidence], context: bool) -> Group:
        lead = next((one.report for one in members if one.report in self.index.origins), members[0].report)
        said: set[str] = set()
        first = tuple(self.saying(one, said=said, context=context) for one in members if one.report == lead)
        rest = tuple(self.saying(one, said=said, context=context) for one in members if one.report != lead)
        return Group(first, rest, self.count("copies", len({one.report for one in members} - {lead})) if rest else "")

    # ------------------------------------------------------------ entries

    def days(self) -> tuple[Day, ...]:
        """The dated entries, in their order, those of one date together."""
        grouped = groupby(self.chronology.entries, key=lambda one: one.when)
        return tuple(
            Day(f"d-{n}", when or "", self.capital(self.date(when)), tuple(self.line(one) for one in entries))
            for n, (when, entries) in enumerate(grouped, 1)
        )

    def line(self, entry: Entry, *, sayings: bool = True) -> Line:
        """One entry; without what each origin says of it where `sayings` are not wanted."""
        first = self.quoter.documents[entry.evidence[0].report] if entry.evidence else None
        people = tuple(
            self._entity(one, self.index.entity[one].name)
            for one in dict.fromkeys(party.entity for party in entry.participants)
            if one in self.index.entity
        )
        related = (
            (self.say("participants"), people),
            (self.say("part_of"), self._entries(entry.part_of)),
            (self.say("causes"), self._entries(entry.causes)),
        )
        return Line(
            anchor=self.index.entry_at[entry.id],
            kind=self.words.say("kinds", entry.kind),
            what=self.quoter.bare(entry.what, LINE),
            lang=self.lang(first.language) if first else None,
            status=entry.status,
            part=self._part(entry),
            where=self.quoter.line(entry.where.name) if entry.where else None,
            parties=tuple(self._taking(entry)),
            told=self.told(entry.origins, entry.reports),
            groups=self.groups(entry.evidence) if sayings else (),
            refs=self._about(entry.id),
            related=tuple(one for one in related if one[1]),
        )

    def _published(self, evidence: Evidence) -> str:
        """When the report was published; of a post's words also when the post was."""
        published = self.phrase("published", date=evidence.published) if evidence.published else self.say("no_date")
        said = self.words.say("labels", "said", date=self.date(evidence.said)) if evidence.said else ""
        return "; ".join(filter(None, (said, published)))

    def _part(self, entry: Entry) -> str:
        """The part of the day; and that the date is carried, where it is."""
        part = self.words.say("parts", entry.part[-2:]) if entry.part else ""
        carried = self.words.say("labels", "carried") if entry.carried else ""
        return " · ".join(filter(None, (part, carried)))

    def _taking(self, entry: Entry) -> Iterable[Taking]:
        """Who takes part, by role; a name that several reports give stands once."""
        roles = dict.fromkeys(party.role for party in entry.participants)
        for role in roles:
            names = dict.fromkeys(party.name for party in entry.participants if party.role == role)
            yield Taking(self.words.role(role, entry.status), tuple(self.quoter.line(name) for name in names))

    def _entries(self, ids: Iterable[str]) -> tuple[Ref, ...]:
        """Links to other entries, each by its kind too: two may be told by the same words."""
        known = [self.index.entry[one] for one in ids if one in self.index.entry]
        return tuple(Ref(self.to_entry(one.id), Markup("{}: {}").format(self.words.say("kinds", one.kind), self._named(one))) for one in known)

    def about(self, entry: str | None) -> Ref | None:
        """A link to an entry, by its words."""
        known = self.index.entry.get(entry) if entry else None
        return Ref(self.to_entry(known.id), self._named(known)) if known else None

    # ------------------------------------------------------------ conflicts, corrections, tolls

    def conflicts(self) -> tuple[Versus, ...]:
        """Accounts that cannot all hold."""
        return tuple(self.versus("c", n, one) for n, one in enumerate(self.chronology.conflicts, 1))

    def corrections(self) -> tuple[Versus, ...]:
        """What a publisher said before, and says since."""
        return tuple(self.versus("k", n, one) for n, one in enumerate(self.chronology.corrections, 1))

    def versus(self, prefix: str, n: int, one: Conflict | Correction) -> Versus:
        """A conflict or a correction, the `n`th of its kind: its sides face to face."""
        sides = one.sides if isinstance(one, Conflict) else (one.before, one.after)
        known = self.capital(self.words.say("properties", one.property))
        return Versus(safe_anchor(prefix, one.id, n), known, self.about(one.entry), tuple(self._side(side) for side in sides))

    def _side(self, side: Side) -> Facing:
        return Facing(
            self.quoter.line(self._value(side.value)),
            self.told(side.origins, side.reports),
            self._since(side),
            self.groups(side.evidence, context=False),
        )

    def _value(self, value: str) -> str:
        """What a side holds, in words: bounds, a date, whether it is told or denied; else as it stands."""
        return self.date(value) if _WHOLE_DAY.fullmatch(value) else figures.value(value, self.words)

    def _since(self, side: Side) -> str:
        if side.first and side.last and side.first != side.last:
            return self.phrase("first_last", first=side.first, last=side.last)
        return self.phrase("said_once", first=side.first or side.last) if side.first or side.last else ""

    def tolls(self) -> tuple[Stair, ...]:
        """How figures went, step by step."""
        return tuple(self.stair(n, one) for n, one in enumerate(self.chronology.tolls, 1))

    def stair(self, n: int, toll: Toll) -> Stair:
        """The `n`th toll."""
        rows = tuple(self._row(step) for step in toll.steps)
        return Stair(
            anchor=f"t-{n}",
            of=self.words.say("harm", toll.of),
            about=self.about(toll.event),
            where=self.quoter.line(toll.where) if toll.where else None,
            rows=rows,
            treads=treads(toll.steps, [row.short for row in rows]),
            named=tuple(self._entity(one.entity, one.name) for one in toll.named if one.entity in self.index.entity),
            spoken=self.say("toll_desc", steps="; ".join(f"{row.as_of}: {row.figure}" for row in rows)),
        )

    def _row(self, step: Step) -> Row:
        said: set[str] = set()
        sayings = tuple(self.saying(self._under(step, one), said=said, context=False) for one in step.evidence)
        source = self.quoter.line(step.attribution) if step.attribution else None
        return Row(self.capital(self.date(step.as_of)), self._short_date(step.as_of), figures.said(step, self.words), source, sayings)

    def _under(self, step: Step, evidence: Evidence) -> Evidence:
        """Without the attribution that the step's own column tells."""
        told = evidence.attribution == (step.attribution,)
        return msgspec.structs.replace(evidence, attribution=()) if told else evidence

    def _short_date(self, value: str | None) -> str:
        """A date as it stands under a step: without its year, which the table tells."""
        first, last = edtf.bounds(value) if value and edtf.is_edtf(value) else (date.min, date.max)
        return f"{first.day} {self.words.say('short_months', str(first.month))}" if first == last else value or ""

    # ------------------------------------------------------------ people and reports

    def people(self, *kinds: str) -> tuple[Figure, ...]:
        """The entities of these kinds, those that most is said of first."""
        chosen = [one for one in self.chronology.entities if one.kind in kinds]
        return tuple(self.figure(one) for one in sorted(chosen, key=lambda one: (-len(one.mentions), one.name, one.id)))

    def figure(self, entity: Entity) -> Figure:
        """One person, body or place."""
        numbers = sorted({self.index.number[one.report] for one in entity.mentions if one.report in self.index.number})
        mentions = self.count("mentions", len(entity.mentions))
        kin = [(one.relation, self.index.entity[one.to]) for one in entity.related if one.to in self.index.entity]
        return Figure(
            anchor=self.index.entity_at[entity.id],
            name=self.quoter.line(entity.name),
            names=tuple(self.quoter.line(name) for name in entity.names if name != entity.name),
            related=tuple((self.quoter.line(relation), self._entity(one.id, one.name)) for relation, one in kin),
            told=self.say("mentions", mentions=mentions, reports=self.count("reports", len(numbers))),
            entries=tuple(self._taken(entity)),
            reports=tuple(Ref(self.to_report(self.reports[number - 1].document.id), str(number)) for number in numbers),
        )

    def _entity(self, entity: str, name: str) -> Ref:
        return Ref(self.to_entity(entity), self.quoter.line(name))

    def _taken(self, entity: Entity) -> Iterable[tuple[str, tuple[Ref, ...]]]:
        """The entries in which it takes part, by date: by their words, or by their kind where they are many."""
        taken = self.index.taken.get(entity.id, [])
        many = len(taken) > SPELT_OUT
        for when, entries in groupby(taken, key=lambda one: one.when):
            refs = (Ref(self.to_entry(one.id), self.words.say("kinds", one.kind) if many else self._named(one)) for one in entries)
            yield self.date(when), tuple(refs)

    def _named(self, entry: Entry) -> Markup:
        return self.quoter.glimpse(entry.what, NAME_IN_LINK)

    def papers(self, *, read: bool) -> tuple[Paper, ...]:
        """The reports that were read, or those that were not."""
        return tuple(self.paper(one) for one in self.reports if (one.reading is not None) == read)

    def paper(self, report: Report) -> Paper:
        """One report; `report` with its text, which says whether something in it is masked."""
        document = report.document
        url = document.url
        hidden = self._hidden(document)
        publisher = document.publisher or next((one.publisher for one in report.sightings if one.publisher), None)
        origin = self.index.family_of.get(document.id)
        return Paper(
            anchor=f"r-{self.index.number[document.id]}",
            number=self.index.number[document.id],
            title=self.quoter.title(document),
            lang=self.lang(document.language),
            publisher=self.quoter.line(publisher) if publisher else Markup(self.say("no_publisher")),
            date=self.dated(report),
            date_origin=self._date_origin(report),
            address=None if hidden or not url else self.quoter.bare(url, LINE),
            href=None if hidden else address(url),
            hidden=hidden,
            seen_at=() if hidden else tuple(self.quoter.bare(one.uri, LINE) for one in report.sightings if one.uri != url),
            id=self.quoter.bare(document.id),
            sha256=self.quoter.bare(document.capture),
            copy_of=Ref(self.to_report(origin), self.called(origin)) if origin in self.index.number and origin != document.id else None,
        )

    def _hidden(self, document: Document) -> bool:
        """Whether something of a report is masked: its address would lead to what is hidden."""
        masks = self.quoter.masks
        whole = Span(0, max(len(document.text), len(document.title or ""), 1))
        return bool(masks.over(document.id, "text", whole) or masks.over(document.id, "title", whole))

    def dated(self, report: Report) -> str:
        """The date of a report in words: as given, and as read where that differs."""
        given = report.document.dct.value if report.document.dct else None
        read = date_of(report)
        return self.date(read) if given in (None, read) else self.say("date_given", given=self.date(given), read=self.date(read))

    def _date_origin(self, report: Report) -> str:
        origin = (report.reading.dct.origin if report.reading else None) or (report.document.dct.origin if report.document.dct else None)
        return self.words.say("date_origins", origin) if origin else ""


def origins(reports: Iterable[Report], family_of: Mapping[str, str]) -> int:
    """How many independent origins the reports that were read have: versions of one article and copies of one dispatch count once."""
    article = {one.document.id: one.document.article for one in reports if one.reading is not None}
    return len({article.get(family_of.get(document, document), own) for document, own in article.items()})


def short_day(day: date, words: Words) -> str:
    """A day as it stands on an axis: `13 may 2019`."""
    return f"{day.day} {words.say('short_months', str(day.month))} {day.year}"
