"""`careo open`: serves a case to the browser of this machine."""

from __future__ import annotations

import os
import secrets
import socket
import webbrowser
from contextlib import closing
from html import escape
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import click

from careo.errors import UsageError
from careo.present.edge import Desk, Told
from careo.settings import Settings, settings

LOOPBACK = "127.0.0.1"
BACKLOG = 64


@click.command("open", cls=Told)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; any that is free if left out.")
@click.option("--browser/--no-browser", default=True, show_default=True, help="Open the page in the browser.")
@click.option("--map", "atlas", metavar="FILE", help="A PMTiles file: streets and rivers under the places (also CAREO_MAP).")
@click.option("--lang", "tongue", metavar="es|en", help="The language of the interface (also CAREO_LANG).")
@click.option("--jobs", type=int, metavar="N", help="Processes at a time (also CAREO_JOBS); one a processor if left out.")
@click.option("--model", metavar="NAME", help="The syntax model, an installed spaCy package (also CAREO_MODEL).")
@click.pass_context
def open_case(ctx: click.Context, /, case: Path, port: int, browser: bool, **given: Any) -> None:
    """Open a case as pages to work in, on this machine alone, until Ctrl-C.

    Example: careo open caso.careo
    """
    given["tongue"] = given["tongue"] or (ctx.find_object(Settings) or Settings()).tongue
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    desk = Desk(settings(os.environ, processors=processors, **given))
    with closing(_listening(port)) as listener:
        _serve(case, listener, desk, browser)


def _listening(port: int) -> socket.socket:
    """A socket of this machine alone. Raises UsageError where the port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise UsageError(f"port {port}: {error.strerror}", where="--port", expected="a free port", mend="leave it out, or take another") from error
    return listener


def _serve(case: Path, listener: socket.socket, desk: Desk, browser: bool) -> None:
    # Loaded here: no other command should wait for a server.
    from careo.present.web.serving import serve

    token = secrets.token_urlsafe(24)
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}/{token}/"
    page = _leading_to(address) if browser else None

    def ready() -> None:
        desk.tell("opened", address=address)
        if page:
            webbrowser.open(page.as_uri())

    try:
        serve(case, listener, token, desk.words, desk.settings, ready)
    finally:
        if page:
            page.unlink(missing_ok=True)
    desk.tell("closed")


def _leading_to(address: str) -> Path:
    """A file that only this user can read and that leads to the address: on a command line other users of the machine would see the token."""
    with NamedTemporaryFile("w", suffix=".html", prefix="careo-", delete=False, encoding="utf-8") as page:
        page.write(f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={escape(address)}"><title>Careo</title>')
    return Path(page.name)
