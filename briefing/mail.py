"""Who a brief's e-mail is from and to, and how its readers leave: checked where it is given.

In: addresses as people write them. Out: `Mail`, whose parts are fit for the headers of a message.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing.errors import SettingsError

if TYPE_CHECKING:
    from email.headerregistry import Address

NOBODY = "briefing <briefing@sender.invalid>"
"""Who a message is from where nobody is named; `invalid` is a name that no one can have."""
ADDRESS_CHARACTERS = 900
"""A line of a message takes 998."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The people around a message; a message is written, never sent.

    Attributes:
        sender: One address, with or without a name: `Harbour Desk <desk@ports.example>`.
        recipient: One address likewise, or empty for undisclosed recipients.
        unsubscribe: Where a reader leaves: an `https:` address, a `mailto:` address, or both
            parted by a space; empty for none.

    Raises:
        SettingsError: If one of them is not that.
    """

    sender: str = NOBODY
    recipient: str = ""
    unsubscribe: str = ""

    def __post_init__(self) -> None:
        for address in (self.sender, self.recipient):
            if address not in ("", NOBODY):  # which is known, and parsing loads much
                parse_address(address)
        for target in self.unsubscribe.split():
            check_unsubscribe(target)


def parse_address(text: str) -> Address:
    """Read one e-mail address with or without a name.

    Raises:
        SettingsError: If it is none, or holds what cannot stand in a header.
    """
    from email.errors import MessageError
    from email.headerregistry import Address
    from email.policy import SMTP

    wrong = SettingsError(
        f"`{text}` is not an e-mail address", hint="Write it as Name <name@domain.example>."
    )
    if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp", "Cs") for letter in text):
        raise wrong
    try:
        header = SMTP.header_factory("to", text)
    except (MessageError, IndexError, ValueError):
        raise wrong from None
    if header.defects or len(header.addresses) != 1 or header.groups[0].display_name is not None:
        raise wrong
    found = header.addresses[0]
    try:
        domain = found.domain.encode("idna").decode("ascii")
        return Address(found.display_name, found.username.encode("ascii").decode(), domain)
    except (MessageError, IndexError, ValueError):
        raise wrong from None


def check_unsubscribe(target: str) -> None:
    """Refuse what is neither an `https:` address with a host nor a `mailto:` address.

    Raises:
        SettingsError: If it is neither, or too long.
    """
    wrong = SettingsError(
        f"`{target}` is no way to unsubscribe",
        hint="Give an https: address, or mailto:name@domain.example, or both.",
    )
    if not target.isascii() or not target.isprintable() or set(target) & set('<>,"\\'):
        raise wrong
    if len(target) > ADDRESS_CHARACTERS:
        raise SettingsError(
            f"an address to unsubscribe has {len(target)} characters",
            hint=f"At most {ADDRESS_CHARACTERS} fit into a line of a message.",
        )
    try:
        parts = urlsplit(target)
    except ValueError:
        raise wrong from None
    if parts.scheme == "mailto":
        try:
            parse_address(parts.path)
        except SettingsError:
            raise wrong from None
    elif parts.scheme != "https" or not parts.netloc:
        raise wrong
