"""When to stop asking a server for words: many briefs must not wait for one that is gone.

In: what became of each brief that a server's model words. Out: whether to go on. Each brief asks
several times by itself, so a server that several in a row could not use is away for longer; one
that answered before is then waited for, up to a limit, and after that each brief left says so.
"""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from briefing.errors import ModelError
from briefing.writers.address import look_up, parse

IN_A_ROW = 5
"""Failures in a row after which a server is looked for before another brief is tried."""
GIVEN_UP = 15
"""Failures in a row after which no other brief is tried, though the server can be reached."""
WAIT_S = 300.0
"""How long a run waits for one server, all in all."""
EVERY_S = 5.0
CONNECT_S = 3.0


def answers(model: str) -> bool:
    """Whether anything listens where the server of `model` should be."""
    try:
        address = parse(model)
        with socket.create_connection((look_up(address)[0], address.port), CONNECT_S):
            return True
    except (OSError, ModelError, IndexError):
        return False


@dataclass(slots=True)
class Breaker:
    """Counts failures of servers, one a run.

    Attributes:
        reach: Whether a server can be reached.
        pause: Waits so many seconds.
        wait_s: How long to wait for one server, all in all.
    """

    reach: Callable[[str], bool] = answers
    pause: Callable[[float], None] = time.sleep
    wait_s: float = WAIT_S
    _failures: Counter[str] = field(default_factory=Counter)
    _waited: Counter[str] = field(default_factory=Counter)
    _worked: set[str] = field(default_factory=set)

    def heard(self, model: str, fault: str) -> None:
        """Note what became of a brief: the kind of its error, or empty if it was made."""
        if not on_server(model):
            return
        if fault == ModelError.__name__:
            self._failures[model] += 1
        else:
            self._failures[model] = 0
            if not fault:
                self._worked.add(model)

    def refusal(self, model: str) -> ModelError | None:
        """Why no other brief is tried with `model`; may wait for its server first."""
        failures = self._failures[model]
        if failures < IN_A_ROW:
            return None
        if failures >= GIVEN_UP:
            return ModelError(
                f"not tried: {failures} briefs in a row failed with {model}",
                hint="See what their errors say, then run again: only these are left.",
            )
        while not self.reach(model):
            if model not in self._worked or self._waited[model] >= self.wait_s:
                return ModelError(
                    f"not tried: {model} cannot be reached",
                    hint="Start the server and run again: only these are left.",
                )
            self.pause(EVERY_S)
            self._waited[model] += int(EVERY_S)
        return None


def on_server(model: str) -> bool:
    """Whether a model is asked over the network."""
    return model.startswith(("http://", "https://"))
