"""The door of the workbench: only who knows the address gets in, only this page may change something, and nothing of another origin runs.

What it keeps off: other programs and users of the machine (a random token in the address), pages of other sites that make the browser ask here
(the Host, Origin and Sec-Fetch-Site headers), names that are turned round to this machine (DNS rebinding: the Host header), uploads that fill
the disk. What a page may load is said by the policy. The form's own token is looked at in `acting.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_FORM = 64 * 1024
LARGEST_UPLOAD = 256 * 1024 * 1024
"""Bytes of a form, and of all files that are added at once."""

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "form-action 'self'",
    "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'",
))  # fmt: skip
"""Content Security Policy: scripts, styles and pictures of the package alone; no inline script, no inline style, no frame."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not `no-referrer`: with it browsers send «Origin: null» with forms. Nothing of the address leaves for another site.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


class TooLarge(Exception):
    """More was sent than may be: raised while it arrives, answered by the application."""


class Guard:
    """ASGI middleware around the whole application. `hosts`: what the Host header may say; `uploads`: the one path that takes files;
    `told`: what is refused, in the language of the interface."""

    def __init__(self, app: ASGIApp, *, token: str, hosts: Iterable[str], uploads: str, told: Callable[[str], str]) -> None:
        self.app, self.token, self.hosts, self.uploads, self.told = app, token, frozenset(hosts), uploads, told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        request = Request(scope)
        refused = self._refused(request)
        if refused:
            status, why = refused
            await PlainTextResponse(f"{self.told(why)}\n", status)(scope, receive, _with_headers(send))
            return
        await self.app(scope, self._counted(request, receive), _with_headers(send))

    def _refused(self, request: Request) -> tuple[int, str] | None:
        if request.headers.get("host", "") not in self.hosts:
            return 421, "this host is not served here"
        if not secrets.compare_digest(request.url.path.split("/")[1].encode(), self.token.encode()):
            return 404, "nothing stands here; take the whole address that careo open told"
        if request.method not in ("GET", "HEAD", "POST"):
            return 405, "this method is not used here"
        if request.method == "POST":
            return self._foreign(request) or self._too_large(request)
        return None

    def _foreign(self, request: Request) -> tuple[int, str] | None:
        """A request that changes something must come from a page of ours, by all that the browser says of it."""
        own = request.headers.get("origin") == f"http://{request.headers['host']}"
        if own and request.headers.get("sec-fetch-site", "same-origin") == "same-origin":
            return None
        return 403, "this was not sent by a page of the workbench"

    def _most(self, request: Request) -> int:
        return LARGEST_UPLOAD if request.url.path == f"/{self.token}{self.uploads}" else LARGEST_FORM

    def _too_large(self, request: Request) -> tuple[int, str] | None:
        said = request.headers.get("content-length", "0")
        if not said.isascii() or not said.isdigit():
            return 400, "no length"
        return (413, "more was sent than may be") if int(said) > self._most(request) else None

    def _counted(self, request: Request, receive: Receive) -> Receive:
        """What arrives, counted: a length that was not told must not fill the disk."""
        left = self._most(request)

        async def counting() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise TooLarge
            return message

        return counting


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            known = {name.lower() for name, _ in message.setdefault("headers", [])}
            message["headers"] += [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            if b"cache-control" not in known:
                message["headers"].append((b"cache-control", b"no-store"))
        await send(message)

    return sending
