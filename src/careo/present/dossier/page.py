"""The dossier: a case as one HTML file that needs no network, and sends nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, get_args

from jinja2 import Template
from markupsafe import Markup

from careo import __version__, edtf
from careo.model import Chronology, Entry, Failure, Report, Status
from careo.present.dossier.index import Index
from careo.present.dossier.picture import TALL, Picture, draw
from careo.present.dossier.quoting import LINE, Quoter
from careo.present.dossier.shapes import Day, Group
from careo.present.dossier.view import Desk, origins, short_day
from careo.present.doubts import doubted
from careo.present.judging import reason
from careo.present.limits import left_out
from careo.present.pages import environment
from careo.present.shown import NOTHING, Masks, hide
from careo.present.statements import varied
from careo.present.words import Words

WIDE, SLIM = 1000.0, 340.0
"""Units of the picture of time on a screen and on a telephone."""
GLIMPSE = 140
"""Characters of an entry where two are asked about."""
_RANK: Sequence[Status] = get_args(Status)
"""What is asserted stands lowest in a column of dots; what is disputed, denied or corrected is never the part that is left out."""


@dataclass(frozen=True, slots=True)
class _Time:
    """The picture of time in two widths; for each date the place on the page where its entries stand, what its mark says, and its dots from below."""

    wide: Picture
    slim: Picture
    at: Mapping[str, str]
    label: Mapping[str, str]
    dots: Mapping[str, Sequence[Status]]
    spoken: str


def dossier(
    chronology: Chronology, reports: Iterable[Report], *, words: Words, failures: Iterable[Failure] = (), masks: Masks = NOTHING, name: str = ""
) -> str:
    """The page, as text to be written in UTF-8. `reports` are all of the case, those without a reading too; `name` is its heading.

    The same input gives the same bytes. Evidence must name documents of `reports`.
    """
    known = list(reports)
    documents = {report.document.id: report.document for report in known}
    quoter = Quoter(words, documents, masks)
    desk = Desk(Index(hide(chronology, masks, documents.__getitem__), known), quoter)
    return _template().render(**_frame(desk, name), **_parts(desk, _failed(desk, failures)))


def _frame(desk: Desk, name: str) -> dict[str, Any]:
    """What stands around the parts: the inlined files with their hashes, the words, the head."""
    style, script = _file("style.css"), _file("page.js")
    legend = [status for status in _RANK if any(one.status == status for one in desk.index.entry.values())]
    return {
        "policy": f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'",
        "style": Markup(style),
        "script": Markup(script),
        "version": __version__,
        "state": _state(desk),
        "name": desk.quoter.plain(name),
        "say": desk.say,
        "status": lambda status: desk.words.say("dossier_status", status),
        "meaning": lambda status: desk.words.say("dossier_legend", status),
        "where": desk.words.say("labels", "where"),
        "legend": legend,
        "facts": _facts(desk),
        "limits": left_out(desk.chronology, desk.words),
    }


def _state(desk: Desk) -> str:
    """Which state of the case this is, and what read it."""
    version = desk.quoter.plain(desk.chronology.language_version)
    return f"{desk.say('generation')} {desk.chronology.generation} · {desk.say('language_version')} {version}"


def _parts(desk: Desk, failures: Sequence[tuple[Markup, str, Markup]]) -> dict[str, Any]:
    """The parts of the page, and the list of them."""
    days = desk.days()
    parts: dict[str, Any] = {
        "days": days,
        "undated": tuple(desk.line(one) for one in desk.chronology.undated),
        "conflicts": desk.conflicts(),
        "corrections": desk.corrections(),
        "tolls": desk.tolls(),
        "statements": _statements(desk),
        "doubts": _doubts(desk),
        "read": desk.papers(read=True),
        "unread": desk.papers(read=False),
        "failures": failures,
    }
    people = {kinds: desk.people(*kinds) for kinds in (("PERSON", "ORGANIZATION"), ("LOCATION",), ("OTHER",))}
    time = _time(desk, days)
    return {
        **parts,
        "time": time,
        "figures_of": lambda *kinds: people[kinds],
        "short": lambda day: short_day(day, desk.words),
        "contents": _contents(desk, parts, [len(found) for found in people.values()], bool(time.wide.marks)),
    }


def _statements(desk: Desk) -> list[tuple[Markup, str, tuple[Group, ...]]]:
    """What several reports give in different words: who said it, in how many of them, and each wording by origin."""
    said = varied(desk.chronology)
    named = (desk.quoter.line(one.speaker or desk.say("nobody")) for one, _ in said)
    return [(name, desk.told(one.origins, one.reports), desk.groups(words, context=False)) for name, (one, words) in zip(named, said, strict=True)]


def _doubts(desk: Desk) -> list[tuple[tuple[str, Markup], tuple[str, Markup], Markup]]:
    """Each two entries that may be one happening: where they stand on the page and what they are; and why it is asked."""
    asked = ((left, right, desk.quoter.line(reason(link, desk.words))) for left, right, link in doubted(desk.chronology))
    return [(_place(desk, left), _place(desk, right), why) for left, right, why in asked]


def _place(desk: Desk, entry: Entry) -> tuple[str, Markup]:
    return desk.index.entry_at[entry.id], desk.quoter.glimpse(entry.what, GLIMPSE)


def _contents(desk: Desk, parts: Mapping[str, Sequence[Any]], people: Sequence[int], pictured: bool) -> list[tuple[str, str, int | None]]:
    """The parts that there are: place, name, how many."""
    listed: list[tuple[str, str, int | None]] = [("tiempo", "picture", None)] if pictured else []
    listed += [("cronologia", "chronology", len(desk.index.entry)), ("conflictos", "conflicts", len(parts["conflicts"]))]
    listed += [("correcciones", "corrections", len(parts["corrections"])), ("cifras", "tolls", len(parts["tolls"]))]
    listed += [("citas", "statements", len(parts["statements"])), ("dudas", "doubts", len(parts["doubts"]))]
    named = (("personas", "people"), ("lugares", "places"), ("otros", "other_names"))
    listed += [(place, key, n) for (place, key), n in zip(named, people, strict=True)]
    listed += [("reportes", "reports", len(parts["read"])), ("sin-leer", "unread_reports", len(parts["unread"]))]
    listed += [("fallas", "failures", len(parts["failures"]))]
    return [(place, desk.say(key), n) for place, key, n in listed if n != 0 or key in ("chronology", "reports")]


def _facts(desk: Desk) -> list[tuple[str, str, str]]:
    """The case in figures: name, value, and what it means."""
    read = [report for report in desk.reports if report.reading is not None]
    return [
        (desk.say("reports"), str(len(read)), ""),
        (desk.say("origins"), str(origins(read, desk.index.family_of)), desk.say("origins_why")),
        (desk.say("entries"), str(len(desk.index.entry)), ""),
        (desk.say("span"), desk.date(_span(desk.chronology)), ""),
        *([(desk.say("rejected"), str(len(desk.chronology.rejected)), desk.say("rejected_why"))] if desk.chronology.rejected else []),
    ]


def _span(chronology: Chronology) -> str | None:
    """From the first to the last day that an entry allows, as EDTF; open ends are left out."""
    bounds = [day for one in chronology.entries if one.when and edtf.is_edtf(one.when) for day in edtf.bounds(one.when) if date.min < day < date.max]
    if not bounds:
        return None
    return f"{min(bounds)}/{max(bounds)}" if min(bounds) < max(bounds) else str(min(bounds))


def _time(desk: Desk, days: Sequence[Day]) -> _Time:
    dated = desk.chronology.entries
    wide, slim = draw(dated, WIDE), draw(dated, SLIM)
    at = {day.value: f"#{day.anchor}" for day in reversed(days)}
    dots = {mark.when: sorted((one.status for one in mark.entries), key=_RANK.index)[-TALL:] for mark in wide.marks if mark.known}
    label = {mark.when: desk.say("mark", date=desk.date(mark.when), entries=desk.count("entries", len(mark.entries))) for mark in wide.marks}
    known = sum(mark.known for mark in wide.marks)
    ends = (desk.on(wide.marks[0].when), desk.on(wide.marks[-1].when)) if wide.marks else ("", "")
    spoken = desk.say("picture_desc", days=known, stretches=len(wide.marks) - known, first=ends[0], last=ends[1])
    return _Time(wide, slim, at, label, dots, desk.words.contracted(spoken))


def _failed(desk: Desk, failures: Iterable[Failure]) -> list[tuple[Markup, str, Markup]]:
    found = sorted(failures, key=lambda one: (one.where, one.stage, one.error))
    return [
        (desk.quoter.line(one.where, LINE), desk.words.say("stages", one.stage), desk.quoter.line(desk.words.told("errors", one.error), LINE))
        for one in found
    ]


def _hash(content: str) -> str:
    """What the page's policy allows to run: this content and no other (CSP level 2, hash-source)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@lru_cache(maxsize=8)
def _file(name: str) -> str:
    return files("careo").joinpath("present", "dossier", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _template() -> Template:
    return environment("dossier").get_template("page.html")
