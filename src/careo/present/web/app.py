"""The application: which address shows what, the files of the package, and what is answered where something goes wrong."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from careo.errors import CareoError, UsageError
from careo.present.web.atlas import TILES
from careo.present.web.guard import Guard, TooLarge
from careo.present.web.room import Room, Visit
from careo.present.web.views import adding, beside, chronology, copies, entry, judging, leads, people, places, reports, search, statements

View = Callable[[Visit], Response]
Act = Callable[[Visit, FormData], Response]

UPLOADS = "/add"

VIEWS: Mapping[str, View] = {
    "/": chronology.show,
    "/entry/{id}": entry.show,
    "/disputes": entry.disputes,
    "/going": beside.going,
    "/reports": reports.listed,
    "/report/{id}": reports.show,
    "/report/{id}/capture": reports.capture,
    "/people": people.listed,
    "/person/{id}": people.show,
    "/places": places.listed,
    "/questions": people.questions,
    "/statements": statements.listed,
    "/copies": copies.listed,
    "/copies/{id}": copies.beside,
    "/leads": leads.show,
    "/search": search.show,
    UPLOADS: adding.show,
    "/judge": judging.ask,
    "/judgements": judging.history,
}

ACTS: Mapping[str, Act] = {"/conclude": beside.conclude, UPLOADS: adding.take, "/judge": judging.judge, "/undo": judging.undo}
"""What changes something. Each brings the token of its form."""

TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "json": "application/json"}


class File(NamedTuple):
    """A file of the package, as it is served."""

    content: bytes
    media_type: str


def assets() -> dict[str, File]:
    """All files that pages load, by the name they are asked for: nothing else is ever taken from the disk."""
    home = files("careo").joinpath("present")
    vendor = home.joinpath("web", "vendor")
    listed = tomllib.loads(vendor.joinpath("VENDOR.toml").read_text(encoding="utf-8"))["file"]
    found = [vendor.joinpath(one["file"]) for one in listed]
    found += [one for one in home.joinpath("web", "static").iterdir() if one.name.rpartition(".")[2] in TYPES]
    found.append(home.joinpath("dossier", "style.css"))
    return {one.name: File(one.read_bytes(), TYPES[one.name.rpartition(".")[2]]) for one in found}


def application(room: Room, *, token: str, hosts: list[str]) -> ASGIApp:
    """The workbench on one case. `token` is the first part of every address, `hosts` what the Host header may say."""
    shelf = assets()
    room.templates.globals["assets"] = {name: sha256(file.content).hexdigest()[:12] for name, file in shelf.items()}

    def asset(request: Request) -> Response:
        file = shelf.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        return Response(file.content, media_type=file.media_type, headers={"cache-control": "private, max-age=86400, immutable"})

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        room.close()

    def tiles(request: Request) -> Response:
        if room.atlas is None or not room.atlas.is_file():
            raise HTTPException(404)
        return FileResponse(room.atlas, media_type="application/octet-stream")

    routes = [Route("/static/{name}", asset), Route(TILES, tiles)]
    routes += [Route(path, _viewing(room, view)) for path, view in VIEWS.items()]
    routes += [Route(path, _acting(room, act, adding.MOST if path == UPLOADS else 0), methods=["POST"]) for path, act in ACTS.items()]
    told = partial(room.words.told, "errors")
    handlers: Mapping[object, Callable[[Request, Exception], Response]] = {
        TooLarge: lambda request, error: PlainTextResponse(f"{told('more was sent than may be')}\n", 413),
        HTTPException: lambda request, error: _failed(room, request, error),
        CareoError: lambda request, error: _failed(room, request, error),
    }
    app = Starlette(routes=[Mount(f"/{token}", routes=routes)], exception_handlers=dict(handlers), lifespan=lifespan)
    return Guard(app, token=token, hosts=hosts, uploads=UPLOADS, told=told)


def _viewing(room: Room, view: View) -> Callable[[Request], Response]:
    def run(request: Request) -> Response:
        with room.visit(request) as visit:
            return view(visit)

    return run


def _acting(room: Room, act: Act, files: int) -> Callable[[Request], object]:
    async def run(request: Request) -> Response:
        async with request.form(max_files=files, max_fields=50) as form:
            return await run_in_threadpool(work, request, form)

    def work(request: Request, form: FormData) -> Response:
        room.must_be_ours(request, form)
        with room.visit(request) as visit:
            return act(visit, form)

    return run


def _failed(room: Room, request: Request, error: Exception) -> Response:
    """What went wrong, on a page of its own; no path of the disk and no line of code stands there."""
    status = error.status_code if isinstance(error, HTTPException) else 400 if isinstance(error, UsageError) else 500
    with room.visit(request) as visit:
        known = visit.words.find("web", f"error_{status}")
        said = known or (visit.words.told("errors", str(error)) if isinstance(error, CareoError) else visit.say("error"))
        return visit.page("failed.html", visit.say("failed"), status=status, said=said)
