"""Who does the tasks of a batch: this process, a pool of processes, or a Ray cluster.

`load` picks an executor by name and imports only that one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from briefing.errors import SettingsError

if TYPE_CHECKING:
    from briefing.executors.base import Bounds, Executor

EXECUTORS = {
    "serial": "briefing.executors.serial:Serial",
    "processes": "briefing.executors.processes:Processes",
    "ray": "briefing.executors.ray:Ray",
}


def load(name: str, bounds: Bounds) -> Executor:
    """The executor `name`.

    Raises:
        SettingsError: If there is none of that name, or what it needs is not installed.
    """
    try:
        place = EXECUTORS[name]
    except KeyError:
        known = ", ".join(EXECUTORS)
        raise SettingsError(f"there is no executor `{name}`", hint=f"Known: {known}.") from None
    module, _, attribute = place.partition(":")
    return cast("Executor", getattr(import_module(module), attribute)(bounds))
