"""Where a model server stands: its address taken apart, looked up and checked.

In: `http://host:port/v1#NAME`. Out: an `Address`, and the IP addresses that may be connected to.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import unquote, urlsplit

from briefing.errors import ModelError

PORTS = {"http": 80, "https": 443}
INTERFACE = "/v1"
"""Where the interface is looked for if the address has no path."""

NEAR = tuple(
    ip_network(text)
    for text in (
        "127.0.0.0/8", "::1/128", "0.0.0.0/32",  # this machine
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7",  # private networks
        "169.254.0.0/16", "fe80::/10",  # the same link
    )
)  # fmt: skip
"""Networks of this machine and around it. `is_private` of ipaddress also has ranges for
documentation and tunnels to anywhere, and which ones depends on the version of Python.

Source: RFC 1122, 1918, 3927, 4193, 4291.
"""


@dataclass(frozen=True, slots=True)
class Address:
    """A model on a server.

    Attributes:
        scheme: `http` or `https`.
        host: A name or an IP address, without brackets.
        port: From 1 to 65535.
        path: Of the interface, as `/v1`; no slash at its end.
        model: As the server calls it; empty where none was named.
    """

    scheme: str
    host: str
    port: int
    path: str
    model: str

    @property
    def place(self) -> str:
        """Host and port, as a `Host` header has them."""
        return f"{bracketed(self.host)}:{self.port}"

    @property
    def root(self) -> str:
        """The path above the interface, where servers keep what is theirs alone."""
        return self.path.removesuffix(INTERFACE)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.place}{self.path}"


def bracketed(host: str) -> str:
    """`host` as it stands in a URL."""
    return f"[{host}]" if ":" in host else host


def parse(text: str) -> Address:
    """Take the address of a model apart.

    Raises:
        ModelError: If it is no address of a server, or holds what none may hold.
    """
    hint = "Write it as http://host:port/v1#NAME."
    try:
        parts = urlsplit(text)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise ModelError(f"{text}: not the address of a server", hint=hint, usage=True) from error
    if not parts.hostname:
        raise ModelError(f"{text}: no host is named", hint=hint, usage=True)
    if parts.username is not None:
        # Without the text, which would print the password.
        message = f"the address of {parts.hostname} holds a user or password"
        raise ModelError(message, hint="Put a key into the variable BRIEFING_API_KEY.", usage=True)
    if parts.query:
        raise ModelError(f"{text}: the address of a server has no query", hint=hint, usage=True)
    path = parts.path.rstrip("/") or INTERFACE
    return Address(parts.scheme, parts.hostname, port, path, unquote(parts.fragment))


def near(ip: str) -> bool:
    """Whether `ip` is this machine's or lies in a private network around it."""
    found = ip_address(ip)
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in network for network in NEAR)


def look_up(address: Address) -> tuple[str, ...]:
    """The IP addresses of a server, in the resolver's order.

    Raises:
        ModelError: If there is no such host.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        message = f"{address}: there is no host named {address.host}"
        raise ModelError(message, hint="Check its spelling.") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def check(address: Address, ips: tuple[str, ...]) -> None:
    """See that all `ips` of a server are near.

    Connect to these and never to the name: looked up again it may lead elsewhere.

    Raises:
        ModelError: If one is not.
    """
    for ip in ips:
        if not near(ip):
            message = f"{address}: {ip} lies outside this machine and its private networks"
            hint = "The documents would be sent there; allow it with --allow-remote."
            raise ModelError(message, hint=hint, usage=True)


def reachable(address: Address, ips: tuple[str, ...], timeout_s: float) -> str:
    """The first of `ips` where something listens.

    Raises:
        ModelError: If nothing does.
    """
    for ip in ips:
        try:
            socket.create_connection((ip, address.port), timeout_s).close()
        except OSError as error:
            reason = error.strerror or str(error)
        else:
            return ip
    message = f"{address}: nothing answers there ({reason})"
    raise ModelError(message, hint="Start the server, or check host and port.")
