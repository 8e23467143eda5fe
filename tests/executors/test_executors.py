"""Executors by their names, and the one without processes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from sample_tasks import Chore, do

from briefing.errors import SettingsError
from briefing.executors import load
from briefing.executors.base import Bounds
from briefing.executors.serial import Serial

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_unknown_name_lists_the_known() -> None:
    """A wrong name says which there are."""
    with pytest.raises(SettingsError, match="no executor `dask`") as caught:
        load("dask", Bounds())
    assert caught.value.hint == "Known: serial, processes, ray."


def test_missing_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray is asked for where it is wanted."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SettingsError, match="not installed") as caught, load("ray", Bounds()):
        pass
    assert "briefing-desk[ray]" in caught.value.hint


def test_serial_keeps_the_order_and_goes_on() -> None:
    """A task that fails is an outcome; a task that waits is asked for again."""

    def tasks() -> Iterator[Chore | None]:
        yield Chore("first", "raise")
        yield None
        yield Chore("second")

    with load("serial", Bounds()) as executor:
        assert isinstance(executor, Serial)
        found = [(one.task.id, one.state) for one in executor.run(do, tasks())]
    assert found == [("first", "error"), ("second", "ok")]
