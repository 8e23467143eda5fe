"""A server on this machine that answers as it is told, for every way in which servers fail."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHAT = "/v1/chat/completions"
MODELS: dict[str, object] = {"data": [{"id": "quill"}, {"id": "feather:latest"}]}


@dataclass(frozen=True)
class Answer:
    """What is sent, and how: at once, as a broken connection, or a byte now and then."""

    body: object = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    how: Literal["whole", "reset", "drip"] = "whole"


@dataclass(frozen=True)
class Asked:
    """What came in."""

    path: str
    headers: Mapping[str, str]
    body: Any


def says(text: str | None, reason: str = "stop") -> Answer:
    """A chat completion."""
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": reason}
    return Answer({"choices": [choice]})


def refuses(status: int, message: str, **headers: str) -> Answer:
    """An error as such servers send it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer({"error": {"message": message}}, status, named)


def in_turn(*answers: Answer) -> Callable[[Any], Answer]:
    """One answer after the other, the last one for ever."""
    waiting = list(answers)
    return lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]


class Fake(ThreadingHTTPServer):
    """A fake server.

    Args:
        chat: Answers chat completions, from their body.
        pages: What other paths answer; the rest are not found.
    """

    daemon_threads = True
    request_queue_size = 64  # with fewer, connections that come together wait a second

    def __init__(
        self, chat: Callable[[Any], Answer], pages: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.chat = chat
        self.pages = {"/v1/models": MODELS, **(pages or {})}
        self.asked: list[Asked] = []
        self.place = f"127.0.0.1:{self.server_port}"
        self.url = f"http://{self.place}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: broken connections are meant."""

    def chats(self) -> list[Asked]:
        """The chat completions that were asked for."""
        return [asked for asked in self.asked if asked.path == CHAT]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Fake

    def do_GET(self) -> None:
        self.respond(None)

    def do_POST(self) -> None:
        self.respond(json.loads(self.rfile.read(int(self.headers["content-length"]))))

    def respond(self, body: Any) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append(Asked(path, dict(self.headers), body))
        if path == CHAT:
            self.send(self.server.chat(body))
        elif path in self.server.pages:
            page = self.server.pages[path]
            self.send(page if isinstance(page, Answer) else Answer(page))
        else:
            self.send(refuses(404, "not found"))

    def send(self, answer: Answer) -> None:
        if answer.how == "reset":
            reset = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
            socket.close(self.connection.detach())
            self.close_connection = True
            return
        body = answer.body
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if answer.how == "drip":
            for byte in data:
                self.wfile.write(bytes([byte]))
                time.sleep(0.02)
        else:
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def running(
    chat: Callable[[Any], Answer], pages: Mapping[str, object] | None = None
) -> Iterator[Fake]:
    """A fake server while it is needed."""
    with Fake(chat, pages) as fake:
        thread = threading.Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield fake
        finally:
            fake.shutdown()
            thread.join()
