"""Who may see the preview, and what a browser may do with what it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import pytest

from briefing.preview.guard import Guard

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from starlette.types import Receive, Scope, Send

HOST = "127.0.0.1:8123"


async def says_where(scope: Scope, _: Receive, send: Send) -> None:
    headers = [(b"content-type", b"text/plain"), (b"x-frame", b"own")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


def ask(
    path: str, *, hosts: tuple[str, ...] = (HOST,), method: str = "GET"
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer to one request."""
    said: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request"}

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(b"host", host.encode()) for host in hosts],
    }
    guard = Guard(says_where, token="s3cret", port=8123)  # noqa: S106 - opens nothing
    anyio.run(guard, scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], headers, said[1]["body"]


def test_the_token_opens() -> None:
    """Whoever has the address is answered; the application sees the path without the token."""
    assert ask("/s3cret/state")[::2] == (200, b"/state")
    assert ask("/s3cret/", hosts=("localhost:8123",))[::2] == (200, b"/")


@pytest.mark.parametrize(
    "path",
    ["/", "", "/s3cret", "/s3cre/state", "/state", "/events", "/s3cret2/", "//s3cret/", "/é/"],
)
def test_nobody_else_is_answered(path: str) -> None:
    """Without the token there is nothing, not even the news of changes."""
    assert ask(path)[0] == 403


@pytest.mark.parametrize(
    "hosts",
    [
        (),
        ("evil.example",),
        ("127.0.0.1",),
        ("127.0.0.1:80",),
        (HOST, HOST),
        ("evil.example:8123",),
    ],
)
def test_another_name_for_this_machine_is_refused(hosts: tuple[str, ...]) -> None:
    """A page elsewhere whose name leads here cannot have its answers read."""
    assert ask("/s3cret/state", hosts=hosts)[0] == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent(method: str) -> None:
    """There are only questions."""
    assert ask("/s3cret/state", method=method)[0] == 405


@pytest.mark.parametrize("path", ["/s3cret/", "/"])
def test_every_answer_says_what_a_browser_may(path: str) -> None:
    """Nothing is kept, shared, framed elsewhere, or run but our own script."""
    _, headers, _ = ask(path)
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    policy = headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in headers["content-security-policy"]
    assert not any(name.startswith("access-control") for name in headers)
