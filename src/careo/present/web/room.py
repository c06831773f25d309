"""The case as the server holds it: the conclusions that are shown, what hides names, what goes on beside; and a visit, which is one request."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlencode

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from careo import __version__
from careo.collate.leads import Lead
from careo.model import Document, Judgement
from careo.present.dossier.quoting import Quoter
from careo.present.dossier.view import short_day
from careo.present.pages import environment
from careo.present.shown import Masks
from careo.present.web import human
from careo.present.web.atlas import atlas
from careo.present.web.bench import Bench
from careo.present.web.board import Board
from careo.present.web.errands import Errands
from careo.present.words import Words
from careo.settings import Settings
from careo.store.case import Case, standing

KEPT = 1000
"""Documents held in memory, those last asked for."""

NAV = (
    ("/", "chronology"),
    ("/disputes", "disputes"),
    ("/people", "people"),
    ("/places", "places"),
    ("/statements", "statements"),
    ("/leads", "leads"),
    ("/copies", "copies"),
    ("/reports", "reports"),
    ("/judgements", "decisions"),
)
"""The pages that every page leads to: address and the key of their name."""

SESSION, AUTHOR, SAID = "careo-session", "careo-author", "careo-said"
"""Cookies: the session that forms belong to, who decides, and the number of the decision that was just made."""


class Look(NamedTuple):
    """The conclusions with what people decided on them up to judgement number `judged`. `held` are those that stand, also by report."""

    board: Board
    judged: int
    judgements: tuple[Judgement, ...]
    masks: Masks
    held: tuple[Judgement, ...]
    by_report: Mapping[str, list[Judgement]]


class Room:
    """One case file, served. `base` is the beginning of all addresses: a slash and the random token."""

    def __init__(self, path: Path, words: Words, settings: Settings, token: str) -> None:
        self.path, self.words, self.settings, self.base = path, words, settings, f"/{token}"
        self.templates: Environment = environment("web/templates", "dossier")
        for name in ("chronology.html", "base.html", "parts.html", "pieces.html", "judging.html"):
            # Compiled now: the first page must not wait for it.
            self.templates.get_template(name)
        self._secret = secrets.token_bytes(32)
        self._documents: OrderedDict[str, Document] = OrderedDict()
        self._lock = threading.Lock()
        self.atlas = atlas(settings.atlas) if settings.atlas else None
        with Case.open(path) as case:
            self._look = _look(Board.load(case), case)
            stale = not case.is_current
        self.errands = Errands(path, self._load, jobs=settings.jobs, model=settings.model)
        if stale:
            self.errands.conclude()

    def close(self) -> None:
        """End what goes on beside."""
        self.errands.end()

    def csrf(self, session: str) -> str:
        """The token that a form of this session must bring."""
        return hmac.new(self._secret, session.encode(), "sha256").hexdigest()

    def must_be_ours(self, request: Request, form: Mapping[str, object]) -> None:
        """Raises HTTPException unless the form brings the token of the session that the cookie names."""
        brought = form.get("csrf") or request.headers.get("x-careo-csrf") or ""
        session = request.cookies.get(SESSION, "")
        if not session or not isinstance(brought, str) or not hmac.compare_digest(brought.encode(), self.csrf(session).encode()):
            raise HTTPException(403)

    @contextmanager
    def visit(self, request: Request) -> Iterator[Visit]:
        """The case open for reading, with conclusions no older than the errand that fetches them."""
        with Case.open(self.path, read_only=True) as case:
            look = self._look
            if case.collated_generation != look.board.generation:
                self.errands.load()
            if case.judged != look.judged:
                # At once, in this request: what was masked a moment ago must not be shown.
                look = self._look = _look(look.board, case)
            yield Visit(self, request, case, look)

    def leads(self) -> tuple[Lead, ...] | None:
        """The leads that only the readings give; None while they are looked for."""
        if self.errands.leads[0] != self._look.board.generation:
            self.errands.look()
            self.errands.rest(0.7)
        generation, found = self.errands.leads
        return found if generation == self._look.board.generation else None

    def document(self, case: Case, ident: str) -> Document:
        """A document of the case, from memory where it was asked for lately."""
        with self._lock:
            if ident in self._documents:
                self._documents.move_to_end(ident)
                return self._documents[ident]
        found = case.document(ident)
        with self._lock:
            self._documents[ident] = found
            while len(self._documents) > KEPT:
                self._documents.popitem(last=False)
        return found

    def _load(self) -> None:
        with Case.open(self.path, read_only=True) as case:
            self._look = _look(Board.load(case), case)


def _look(board: Board, case: Case) -> Look:
    with case.snapshot():
        judgements = case.judgements()
        held = standing(judgements)
        by_report: dict[str, list[Judgement]] = defaultdict(list)
        for one in held:
            for report in dict.fromkeys(anchor.document for anchor in (one.left, one.right) if anchor):
                by_report[report].append(one)
        masks = Masks(case.masks(), board.chronology.entities, case.document)
        return Look(board, case.judged, judgements, masks, held, dict(by_report))


class _Shelf(Mapping[str, Document]):
    """The documents of the case by id, each fetched when it is needed."""

    def __init__(self, room: Room, case: Case) -> None:
        self._room, self._case = room, case

    def __getitem__(self, ident: str) -> Document:
        return self._room.document(self._case, ident)

    def __iter__(self) -> Iterator[str]:
        return (one.id for one in self._case.documents())

    def __len__(self) -> int:
        return self._case.counts()["documents"]


class Visit:
    """One request: the case open, the conclusions, and how a page is made of them."""

    def __init__(self, room: Room, request: Request, case: Case, look: Look) -> None:
        self.room, self.request, self.case, self.look = room, request, case, look
        self.board, self.words, self.base = look.board, room.words, room.base
        self.quoter = Quoter(room.words, _Shelf(room, case), look.masks)
        self.bench = Bench(look.board.index, self.quoter, room.base)
        self._session = request.cookies.get(SESSION) or secrets.token_urlsafe(24)

    @property
    def author(self) -> str:
        """Who decides here, as told once."""
        return author_of(self.request)

    @cached_property
    def own(self) -> human.Decision | None:
        """The decision that the key undoes."""
        return human.last_own(self)

    @cached_property
    def said(self) -> human.Decision | None:
        """The decision that was just made here, while it is news."""
        number = self.request.cookies.get(SAID, "")
        found = next((one for one in reversed(self.look.held) if str(one.number) == number), None)
        return human.told(self, found) if found else None

    @property
    def asked_page(self) -> int:
        """The page of a long list that is asked for, from 1 on."""
        text = self.request.query_params.get("page", "1")
        return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else 1

    def to_page(self, page: int) -> str:
        """The same address, at another page of its list."""
        query = [(key, value) for key, value in self.request.query_params.multi_items() if key != "page"]
        return f"{self.request.url.path}?{urlencode([*query, ('page', page)])}"

    def say(self, key: str, **values: object) -> str:
        """A text of the workbench."""
        return self.words.say("web", key, **values)

    def fragment(self, template: str, **more: Any) -> HTMLResponse:
        """A piece of a page."""
        return self._made(template, more, 200)

    def page(self, template: str, title: str, *, status: int = 200, **more: Any) -> HTMLResponse:
        """A whole page; the session's cookie goes with the first."""
        response = self._made(template, {"title": title, **more}, status)
        if SESSION not in self.request.cookies:
            keep(response, SESSION, self._session, self.base)
        return response

    def _made(self, template: str, more: Mapping[str, Any], status: int) -> HTMLResponse:
        frame = {
            "visit": self,
            "base": self.base,
            "csrf": self.room.csrf(self._session),
            "words": self.words,
            "desk": self.bench,
            "web": self.say,
            "say": self.bench.say,
            "status": lambda one: self.words.say("dossier_status", one),
            "meaning": lambda one: self.words.say("dossier_legend", one),
            "where": self.words.say("labels", "where"),
            "version": __version__,
            "case_name": self.quoter.line(self.room.path.stem),
            "doing": self.room.errands.doing,
            "stale": not self.case.is_current,
            "short": lambda day: short_day(day, self.words),
            "nav": NAV,
            "to_page": self.to_page,
            "here": self.request.url.path.removeprefix(self.base),
            "back": self.request.url.path + (f"?{self.request.url.query}" if self.request.url.query else ""),
        }
        return HTMLResponse(self.room.templates.get_template(template).render(frame | dict(more)), status)


def author_of(request: Request) -> str:
    """The author's name as the cookie has it: percent-encoded, for cookies hold no other letters than those of ASCII."""
    return unquote(request.cookies.get(AUTHOR, ""))[:100]


def keep(response: Response, name: str, value: str, base: str, *, seconds: int = 7 * 86400) -> None:
    """A cookie for the pages of this run alone: other servers of this machine share its host, but not this path."""
    response.set_cookie(name, value, path=f"{base}/", httponly=True, samesite="strict", max_age=seconds)
