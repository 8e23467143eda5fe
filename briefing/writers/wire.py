"""Asking one server, many questions at a time, with patience and no more than that.

In: paths and bodies. Out: the status and body of each answer, or a `ModelError` in its place.
Connects to the IP address that was checked and to nothing else: no redirect, no proxy.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from briefing.errors import ModelError
from briefing.offline import imported
from briefing.writers.address import Address, bracketed
from briefing.writers.exchange import shown, too_long

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx2
    import tenacity

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that say nothing against asking again."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How much is asked at a time, how long is waited and how often it is tried again.

    Attributes:
        in_flight: Questions at a time; the rest wait their turn here.
        connect_s: For a connection.
        answer_s: For a whole answer from its first byte to its last, however many come.
        attempts: For each question, the first among them.
        first_pause_s: After the first failure; doubles with each, and up to this much is added
            at random, so that questions that failed together do not return together.
        longest_pause_s: Also the longest that a server may ask for.
    """

    in_flight: int = 16
    connect_s: float = 10
    answer_s: float = 600
    attempts: int = 5
    first_pause_s: float = 1
    longest_pause_s: float = 120


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at `path`; without a body it is fetched. If not `lasting` it is tried once."""

    path: str
    body: Mapping[str, object] | None = None
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class Sent:
    """What a server sent, refusals included."""

    status: int
    body: bytes


class PassingError(Exception):
    """A failure that may pass; `pause_s` is what the server asks to wait."""

    def __init__(self, message: str, pause_s: float | None = None) -> None:
        super().__init__(message)
        self.pause_s = pause_s


class Wire:
    """A way to one server. Connections last as long as the questions that are asked together.

    Args:
        address: The server, for the `Host` header, for TLS and for errors.
        ip: Where to connect.
        key: Sent with every question; empty for none.
        patience: How long to wait and how often to try.
    """

    def __init__(
        self, address: Address, ip: str, *, key: str = "", patience: Patience | None = None
    ) -> None:
        self.address = address
        self.patience = patience or Patience()
        self._library = imported("httpx2")
        self._headers = {"Host": address.place}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._base = f"{address.scheme}://{bracketed(ip)}:{address.port}"
        # Made once, as it reads all certificates of the system.
        self._trust = self._library.create_ssl_context(trust_env=False)

    def ask(self, questions: Sequence[Question]) -> list[Sent | ModelError]:
        """Ask all; what came back, one each in their order."""
        return asyncio.run(self._all(questions))

    async def _all(self, questions: Sequence[Question]) -> list[Sent | ModelError]:
        turn = asyncio.Semaphore(self.patience.in_flight)

        async def one(question: Question) -> Sent | ModelError:
            async with turn:
                try:
                    return await self._lastingly(client, question)
                except ModelError as error:
                    return error

        async with self._library.AsyncClient(
            base_url=self._base,
            headers=self._headers,
            timeout=self._library.Timeout(self.patience.answer_s, connect=self.patience.connect_s),
            verify=self._trust,
            trust_env=False,
            follow_redirects=False,
        ) as client:
            return list(await asyncio.gather(*map(one, questions)))

    async def _lastingly(self, client: httpx2.AsyncClient, question: Question) -> Sent:
        """Ask until there is an answer or patience ends."""
        import tenacity

        patience = self.patience
        attempts = patience.attempts if question.lasting else 1
        usual = tenacity.wait_combine(
            tenacity.wait_exponential(patience.first_pause_s, patience.longest_pause_s),
            tenacity.wait_random(0, patience.first_pause_s),
        )
        asking = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type(PassingError),
            wait=lambda state: asked_pause(state) or usual(state),
            # A server that let one question time out gets a second chance, not a fifth.
            stop=tenacity.stop_after_attempt(attempts)
            | tenacity.stop_after_delay(2 * patience.answer_s),
            reraise=True,
        )
        try:
            return await asking(self._once, client, question)
        except PassingError as error:
            tries = asking.statistics["attempt_number"]
            times = f" (tried {tries} times)" if tries > 1 else ""
            raise ModelError(f"{self.address}: {error}{times}") from error

    async def _once(self, client: httpx2.AsyncClient, question: Question) -> Sent:
        """Ask once.

        Raises:
            PassingError: If asking again may help.
            ModelError: If it will not.
        """
        try:
            async with asyncio.timeout(self.patience.answer_s):
                response = await client.request(
                    "GET" if question.body is None else "POST",
                    question.path,
                    json=question.body,
                    extensions={"sni_hostname": self.address.host},
                )
        except self._library.ConnectTimeout as error:
            message = f"no connection within {self.patience.connect_s:g} seconds"
            raise PassingError(message) from error
        except (TimeoutError, self._library.TimeoutException) as error:
            message = f"no whole answer within {self.patience.answer_s:g} seconds"
            raise PassingError(message) from error
        except self._library.RequestError as error:
            reason = str(error) or type(error).__name__
            raise PassingError(f"the connection failed: {reason}") from error
        status, body = response.status_code, response.content
        if response.is_redirect:
            where = response.headers.get("location", "")
            message = f"{self.address} sends elsewhere, to {shown(where.encode())}"
            raise ModelError(message, hint="Redirects are not followed; name the server itself.")
        if status in PASSING and not too_long(body):
            message = f"the server answers {status}: {shown(body)}"
            pause_s = told_pause(response.headers.get("retry-after", ""))
            if pause_s is not None and pause_s > self.patience.longest_pause_s:
                message = f"{self.address}: {message}; it asks to wait {pause_s:g} seconds"
                raise ModelError(message)
            raise PassingError(message, pause_s)
        return Sent(status, body)


def asked_pause(state: tenacity.RetryCallState) -> float | None:
    """The pause that the last failure asks for, in seconds."""
    error = state.outcome.exception() if state.outcome else None
    return error.pause_s if isinstance(error, PassingError) else None


def told_pause(header: str) -> float | None:
    """The seconds from now that a `Retry-After` header names: a number or a date."""
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return None
