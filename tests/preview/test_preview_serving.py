"""The server as a process: its address, its socket and its end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from briefing.errors import SettingsError
from briefing.preview.rendering import Preview
from briefing.preview.serving import listening, served
from briefing.templating.scaffold import STARTER

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SERVE = """
import sys
from briefing.preview import serve
if __name__ == "__main__":
    serve(sys.argv[1], on_ready=lambda address: print(address, flush=True))
    print("ended", flush=True)
"""
ENDS_WITHIN_S = 2.5
"""A second, and what a busy machine adds."""


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    """A preview of the starter."""
    command = [sys.executable, "-c", SERVE, str(STARTER)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def status(address: str, **headers: str) -> int:
    try:
        with urlopen(Request(address, headers=headers), timeout=20) as answer:  # noqa: S310 - on this machine
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def test_an_interrupt_ends_it_at_once(process: subprocess.Popen[str]) -> None:
    """Ctrl-C leaves no trace, while a browser listens; the token keeps others out."""
    assert process.stdout
    assert process.stderr
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    root, token = address[:-1].rsplit("/", 1)
    assert len(token) >= 40
    assert status(address) == status(f"{address}preview.js") == 200
    assert status(f"{address}state?fixture=empty") == 200
    assert status(f"{address}state?options=1") == 400
    assert status(f"{address}out/99/brief.pdf") == status(f"{address}print.css") == 404
    for path in ("/", "/state", "/events", "/out/1/brief.html"):
        assert status(root + path) == 403
    assert status(address, Host="evil.example") == 403
    with urlopen(f"{address}events", timeout=20) as events:  # noqa: S310 - on this machine
        assert b'"edit"' in events.readline()
        began = time.perf_counter()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert time.perf_counter() - began < ENDS_WITHIN_S
    assert process.stdout.read() == "ended\n"
    assert process.stderr.read() == ""


def test_a_taken_port_is_told() -> None:
    """The message names the port, the hint a way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port} cannot be used"):
            listening(port)


def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hint says how to get it."""
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(SettingsError, match="the preview needs watchfiles") as caught:
        served(Preview(str(STARTER)))
    assert "briefing-desk[preview]" in caught.value.hint
