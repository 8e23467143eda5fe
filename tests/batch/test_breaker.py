"""When a server is given up: after failures in a row, and only when it does not come back."""

from __future__ import annotations

import pytest

from briefing.batch.breaker import EVERY_S, GIVEN_UP, IN_A_ROW, Breaker, answers

SERVER = "http://127.0.0.1:1/v1#small"
FAULT = "ModelError"


class Pauses:
    """Counts the seconds that are waited; the server is back after `back_s`."""

    def __init__(self, back_s: float) -> None:
        self.back_s = back_s
        self.seconds = 0.0

    def pause(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds

    def reach(self, model: str) -> bool:
        """Whether the server is back."""
        assert model == SERVER
        return self.seconds >= self.back_s

    def breaker(self) -> Breaker:
        """A breaker that sees this server."""
        return Breaker(self.reach, self.pause, wait_s=60)


def test_few_failures_change_nothing() -> None:
    """Below the limit, and with a success between, briefs are tried without a look."""
    pauses = Pauses(back_s=1000)
    breaker = pauses.breaker()
    for fault in [FAULT] * (IN_A_ROW - 1) + [""] + [FAULT] * (IN_A_ROW - 1):
        breaker.heard(SERVER, fault)
        assert breaker.refusal(SERVER) is None
    assert pauses.seconds == 0


def test_server_that_comes_back_is_waited_for() -> None:
    """A server that is begun anew costs a pause and no brief."""
    pauses = Pauses(back_s=20)
    breaker = pauses.breaker()
    for fault in ["", *[FAULT] * IN_A_ROW]:
        breaker.heard(SERVER, fault)
    assert breaker.refusal(SERVER) is None
    assert pauses.seconds == 20


def test_server_that_stays_away_is_given_up() -> None:
    """All that are left fail at once, after one wait for all of them."""
    pauses = Pauses(back_s=1000)
    breaker = pauses.breaker()
    for fault in ["", *[FAULT] * IN_A_ROW]:
        breaker.heard(SERVER, fault)
    for _ in range(3):
        refusal = breaker.refusal(SERVER)
        assert refusal is not None
        assert "cannot be reached" in refusal.message
    assert 60 <= pauses.seconds <= 60 + EVERY_S


def test_server_that_was_never_there_is_not_waited_for() -> None:
    """A wrong address fails at once."""
    pauses = Pauses(back_s=1000)
    breaker = pauses.breaker()
    for _ in range(IN_A_ROW):
        breaker.heard(SERVER, FAULT)
    assert breaker.refusal(SERVER) is not None
    assert pauses.seconds == 0


def test_server_that_only_fails_is_given_up() -> None:
    """One that listens and makes nothing is not asked for ever."""
    breaker = Pauses(back_s=0).breaker()
    for _ in range(GIVEN_UP):
        assert breaker.refusal(SERVER) is None
        breaker.heard(SERVER, FAULT)
    refusal = breaker.refusal(SERVER)
    assert refusal is not None
    assert "in a row" in refusal.message


@pytest.mark.parametrize(("model", "fault"), [("verbatim", FAULT), (SERVER, "SourceError")])
def test_other_failures_are_none_of_a_server(model: str, fault: str) -> None:
    """A model of this machine, or a source that cannot be read, stops nothing."""
    breaker = Pauses(back_s=1000).breaker()
    for _ in range(GIVEN_UP):
        breaker.heard(model, fault)
    assert breaker.refusal(model) is None


def test_what_is_no_address_does_not_answer() -> None:
    """A name without a host is not looked for."""
    assert not answers("http://#small")
