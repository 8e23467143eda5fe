"""Importing libraries that could use a network, without their touching it.

In: the name of a module. Out: the module.
"""

from __future__ import annotations

import socket
from importlib import import_module
from typing import Any


def imported(name: str) -> Any:  # a module has whatever it has
    """Import module `name` without a socket.

    urllib3, which spaCy and trafilatura bring, binds one when imported, to see whether there is
    IPv6; it does not where Python says that there is none.

    Raises:
        ImportError: If there is no such module.
    """
    kept = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        return import_module(name)
    finally:
        socket.has_ipv6 = kept
