"""Who may see the preview: whoever has its address, from this machine, and nobody else.

In: every request. Out: 403 for those without the token or by another name of this machine, and
on every answer the headers that keep a browser from sharing, keeping or running more than it is
given. A page elsewhere that makes the browser ask can then neither guess nor read anything.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
"""The loopback interface; the preview is served nowhere else."""
METHODS = ("GET", "HEAD")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
OUTPUT_POLICY = "; ".join(
    (
        # Same origin, so that the page can keep the place to which it was scrolled; no scripts.
        "sandbox allow-same-origin",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)
"""For what a template prints: its own styles, fonts and pictures, all inside; no script."""
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}

ENCODED = tuple((name.encode(), value.encode()) for name, value in HEADERS.items())


class Guard:
    """Lets requests through to `app` that name the token and this machine.

    Args:
        app: What answers them; it sees paths as if the token were not there.
        token: The first part of every path.
        port: Where the server listens.
    """

    def __init__(self, app: ASGIApp, *, token: str, port: int) -> None:
        self._app = app
        self._prefix = f"/{token}/"
        self._hosts = (f"{HOST}:{port}", f"localhost:{port}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let the application answer it."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        status = self._refusal(scope)
        if status:
            await _refuse(send, status)
            return None
        inner = {**scope, "path": scope["path"].removeprefix(self._prefix[:-1])}
        return await self._app(inner, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> int:
        """The status to refuse a request with; 0 for none."""
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        start = scope["path"][: len(self._prefix)]
        known = secrets.compare_digest(start.encode(), self._prefix.encode())
        # Another name for this machine is how a page elsewhere would get its answers read.
        if not known or len(hosts) != 1 or hosts[0] not in self._hosts:
            return 403
        return 0 if scope["method"] in METHODS else 405


async def _refuse(send: Send, status: int) -> None:
    send = _with_headers(send)
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    body = b"Open the address that `briefing templates preview` printed.\n"
    await send({"type": "http.response.body", "body": body})


def _with_headers(send: Send) -> Send:
    """`send`, with what is missing of the headers that every answer has."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name.lower() for name, _ in message["headers"]}
            added = [pair for pair in ENCODED if pair[0] not in own]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return sending
