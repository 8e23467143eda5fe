"""Interrupts: heard once, and never in the midst of what must be whole."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from briefing.batch.interrupts import Interrupts


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_waits_for_the_end_of_a_block(sign: signal.Signals) -> None:
    """What is to be whole is, and then the run ends."""
    done = []
    with Interrupts() as interrupts, pytest.raises(KeyboardInterrupt):  # noqa: PT012
        with interrupts.whole():
            os.kill(os.getpid(), sign)
            done.append("whole")
        done.append("not reached")
    assert done == ["whole"]


def test_second_interrupt_is_not_heard() -> None:
    """Impatience does not cut short what ends workers; afterwards all is as before."""
    before = signal.getsignal(signal.SIGINT)
    with Interrupts() as interrupts:
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        with interrupts.whole():
            os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_hear_nothing() -> None:
    """Signals are the main thread's; elsewhere the block is as any other."""
    done = []

    def block() -> None:
        with Interrupts() as interrupts, interrupts.whole():
            done.append("whole")

    thread = threading.Thread(target=block)
    thread.start()
    thread.join()
    assert done == ["whole"]
