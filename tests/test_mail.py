"""Addresses for the headers of a message."""

from __future__ import annotations

import pytest

from briefing.errors import SettingsError
from briefing.mail import Mail, parse_address


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("desk@ports.example", "desk@ports.example"),
        ("Harbour Desk <desk@ports.example>", "Harbour Desk <desk@ports.example>"),
        ("“Häfen” <desk@ports.example>", "“Häfen” <desk@ports.example>"),
        ('"Desk, Harbour" <desk@ports.example>', '"Desk, Harbour" <desk@ports.example>'),
        ("desk@häfen.example", "desk@xn--hfen-loa.example"),
    ],
)
def test_addresses_are_read(text: str, wanted: str) -> None:
    """With or without a name; a domain with other letters is written in ASCII."""
    assert str(parse_address(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "desk", "@ports.example", "desk@", "a@b.example, c@d.example", "Desk desk@ports.example",
        "Desk <desk@ports.example>\nBcc: x@y.example", "Desk\r\n <desk@ports.example>", "a@b.example\0",
        "desk@ports.example\u2028", "döst@ports.example", "Group: a@b.example;", "<desk@ports.example", "a@@b",
        "a@b..example", "\udc80@b.example",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    """Anything else is an error that shows how to write one, and no line break passes."""
    with pytest.raises(SettingsError, match="is not an e-mail address") as caught:
        parse_address(text)
    assert "name@domain.example" in caught.value.hint


@pytest.mark.parametrize(
    "target",
    [
        "https://ports.example/leave?who=1", "mailto:leave@ports.example", "mailto:leave@ports.example?subject=x",
        "https://ports.example/leave mailto:leave@ports.example", "",
    ],
)  # fmt: skip
def test_ways_to_leave(target: str) -> None:
    """An address on the web, one of e-mail, both or none."""
    assert Mail(unsubscribe=target).unsubscribe == target


@pytest.mark.parametrize(
    "target",
    [
        "http://ports.example/leave", "ports.example", "javascript:alert(1)", "https:///x", "mailto:leave",
        "https://ports.example/é", "https://a.example/>,<https://b.example", "https://[x", "https://a.example/\x7f",
    ],
)  # fmt: skip
def test_what_is_no_way_to_leave_is_refused(target: str) -> None:
    """Neither plain http nor anything that could end the header."""
    with pytest.raises(SettingsError, match="no way to unsubscribe"):
        Mail(unsubscribe=target)


def test_an_address_fits_a_line() -> None:
    """What a line of a message cannot hold is refused."""
    with pytest.raises(SettingsError, match="has 1018 characters"):
        Mail(unsubscribe="https://a.example/" + "x" * 1000)


def test_people_are_checked_when_they_are_given() -> None:
    """A wrong sender or recipient is an error at once; nobody has to be named."""
    assert Mail().recipient == ""
    with pytest.raises(SettingsError):
        Mail(sender="desk")
    with pytest.raises(SettingsError):
        Mail(recipient="x\n@y")
