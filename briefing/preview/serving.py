"""The preview's server: on the loopback interface, until it is interrupted."""

from __future__ import annotations

import secrets
import socket
from contextlib import closing, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from briefing.errors import SettingsError
from briefing.preview.guard import HOST, Guard
from briefing.preview.rendering import Preview

if TYPE_CHECKING:
    from collections.abc import Callable

    import uvicorn

    from briefing.preview.session import Check

CLOSING_S = 1
"""How long open connections may take to end."""
NEEDED = ("anyio", "sse_starlette", "starlette", "uvicorn", "watchfiles")
INSTALL = 'Run: pip install "briefing-desk[preview]"'


def serve(
    name: str, *, port: int = 0, open_browser: bool = False, on_ready: Callable[[str], None]
) -> None:
    """Show a template until somebody interrupts.

    Args:
        name: The template's name or folder.
        port: Where to listen; 0 for one that is free.
        open_browser: Whether to open the page in the user's browser.
        on_ready: Called with the page's address, once it can be opened.

    Raises:
        TemplateError: If there is no such template.
        SettingsError: If the port is taken, or what the preview needs is not installed.
    """
    preview = Preview(name)
    server, listener, address = served(preview, port=port)
    with listener, closing(preview):
        on_ready(address)
        if open_browser:
            import webbrowser

            webbrowser.open(address)
        # An interrupt is how it is meant to end; uvicorn raises it again once all is closed.
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def served(
    preview: Preview, *, port: int = 0, check: Check | None = None
) -> tuple[uvicorn.Server, socket.socket, str]:
    """A server that is not yet running, the socket on which it will answer, and its address.

    Args:
        preview: What renders.
        port: Where to listen; 0 for one that is free.
        check: What checks the template; in a child process by default.
    """
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise SettingsError(f"the preview needs {', '.join(missing)}", hint=INSTALL)
    import uvicorn

    from briefing.preview import checks
    from briefing.preview.application import application
    from briefing.preview.session import Session

    token = secrets.token_urlsafe()
    listener = listening(port)
    port = listener.getsockname()[1]
    app = application(Session(preview, check or checks.check), preview.folders)
    config = uvicorn.Config(
        Guard(app, token=token, port=port),
        access_log=False,
        date_header=False,
        http="h11",
        lifespan="on",
        log_config=None,
        log_level="critical",
        loop="asyncio",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=CLOSING_S,
        ws="none",
    )
    return uvicorn.Server(config), listener, f"http://{HOST}:{port}/{token}/"


def listening(port: int) -> socket.socket:
    """A socket that takes connections from this machine alone.

    Raises:
        SettingsError: If the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"port {port} cannot be used: {error.strerror}",
            hint="Name another with --port, or none for one that is free.",
        ) from error
    listener.listen()
    return listener
