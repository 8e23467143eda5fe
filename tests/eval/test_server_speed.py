"""How much is lost between a server that works and documents that wait for it."""

from __future__ import annotations

import re
import sys
import threading
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from fake_server import Answer, running, says
from sample_llama import llama_server
from samples import document

from briefing.writers.chat import Completion, Prompt
from briefing.writers.server import ServerChat, connect

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = [pytest.mark.bench, pytest.mark.allow_hosts(["127.0.0.1"])]

DOCUMENTS = 16
MOST_LOST = 1.2
"""Time for all documents, as a multiple of the server's own time for the same tokens."""


def prompts(words: int) -> list[Prompt]:
    """One question about each document."""
    return [
        Prompt("You summarise in one sentence.", document(number, words=words))
        for number in range(DOCUMENTS)
    ]


def timed(chat: ServerChat, asked: list[Prompt], most_tokens: int) -> float:
    """Seconds that it takes until all prompts are answered, none of them with an error."""
    start = time.perf_counter()
    results = chat.complete(asked, most_tokens)
    took = time.perf_counter() - start
    assert all(isinstance(result, Completion) for result in results), results
    return took


def report(name: str, ours_s: float, own_s: float) -> None:
    """Print a ratio; an error if it is beyond what may be lost."""
    ratio = ours_s / own_s
    sys.stdout.write(f"\n{name:<46} {ours_s:8.3f} s {own_s:8.3f} s {ratio:6.2f}  ≤ {MOST_LOST}\n")
    assert ratio <= MOST_LOST


@pytest.mark.parametrize(("slots", "token_s"), [(1, 0.0025), (4, 0.01), (16, 0.04)])
def test_a_server_with_a_fixed_pace(slots: int, token_s: float) -> None:
    """A server of 400 tokens a second, spread over so many documents at a time, is kept busy."""
    tokens = 50
    turn = threading.Semaphore(slots)

    def answer(body: Any) -> Answer:
        with turn:
            time.sleep(tokens * token_s)
        return says("It rained.")

    with running(answer) as fake:
        ours_s = timed(connect(f"{fake.url}#quill"), prompts(300), tokens)
    report(f"16 documents, {slots} at a time", ours_s, DOCUMENTS / slots * tokens * token_s)


def seconds(page: Iterable[str]) -> float:
    """The time that a llama.cpp server says it has worked, over all prompts and answers."""
    lines = "\n".join(page)
    found = re.findall(
        r"^llamacpp:(?:prompt|tokens_predicted)_seconds_total (\S+)", lines, re.MULTILINE
    )
    assert len(found) == 2
    return sum(map(float, found))


def test_a_real_server() -> None:
    """A llama.cpp server that works on one document at a time is kept busy as well."""

    def worked(address: str) -> float:
        with urllib.request.urlopen(f"{address}/metrics") as page:  # noqa: S310  # our own server
            return seconds(page.read().decode().splitlines())

    with llama_server(slots=1) as address:
        chat = connect(f"{address}/v1")
        before = worked(address)
        ours_s = timed(chat, prompts(80), 24)
        own_s = worked(address) - before
    report("16 documents, llama.cpp", ours_s, own_s)
