"""The server: uvicorn on a socket that listens already."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from careo.present.web.app import application
from careo.present.web.room import Room
from careo.present.words import Words
from careo.settings import Settings


def serve(case: Path, listener: socket.socket, token: str, words: Words, set_to: Settings, ready: Callable[[], None]) -> None:
    """Serve the case until it is called off (Ctrl-C); `ready` is called when pages can be asked for."""
    room = Room(case, words, set_to, token)
    port = listener.getsockname()[1]
    app = application(room, token=token, hosts=[f"127.0.0.1:{port}", f"localhost:{port}"])
    # The address holds the token, and lines of a log would tell it: there is none.
    config = uvicorn.Config(app, log_level="error", access_log=False, ws="none", server_header=False, date_header=False, timeout_graceful_shutdown=2)
    server = _Server(config, ready)
    with suppress(KeyboardInterrupt):
        asyncio.run(server.serve(sockets=[listener]))


class _Server(uvicorn.Server):
    """Says when it has begun."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, then tell."""
        await super().startup(sockets)
        self._ready()
