"""What a template lets its user choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.errors import SettingsError
from briefing.templating import Option, choose

if TYPE_CHECKING:
    from briefing.templating.options import Kind, Value

OPTIONS = (
    Option("name", "string", "The Gazette", "Of the newsletter."),
    Option("charts", "boolean", True, "Whether there are charts."),
    Option("columns", "integer", 2, "Of the page."),
    Option("gap", "number", 1.5, "Between columns."),
    Option("accent", "choice", "teal", "Colour of headings.", ("teal", "plum")),
)


def test_defaults_stand_where_nothing_was_chosen() -> None:
    """Every option has a value, in their order."""
    assert choose(OPTIONS, {}, template="x") == {
        "name": "The Gazette",
        "charts": True,
        "columns": 2,
        "gap": 1.5,
        "accent": "teal",
    }


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("name", "Harbour = news", "Harbour = news"),
        ("name", "", ""),
        ("charts", "no", False),
        ("charts", "True", True),
        ("charts", True, True),
        ("columns", "-3", -3),
        ("columns", 3, 3),
        ("gap", "2", 2.0),
        ("accent", "plum", "plum"),
    ],
)
def test_text_is_read_as_the_option_asks(name: str, given: Value, value: Value) -> None:
    """Text of a command line and values of a file mean the same."""
    chosen = choose(OPTIONS, {name: given}, template="x")
    assert chosen[name] == value
    assert type(chosen[name]) is type(value)


@pytest.mark.parametrize(
    ("name", "given", "wanted"),
    [
        ("name", 3, "text"),
        ("charts", "maybe", "true or false"),
        ("columns", "2.5", "a whole number"),
        ("columns", "", "a whole number"),
        ("gap", "wide", "a number"),
        ("gap", "nan", "a number"),
        ("accent", "red", "one of teal, plum"),
    ],
)
def test_a_wrong_value_says_what_is_wanted(name: str, given: Value, wanted: str) -> None:
    """The error names the option, what it takes, and its help."""
    with pytest.raises(SettingsError, match=f"`{name}` is {wanted}, not `{given}`") as caught:
        choose(OPTIONS, {name: given}, template="x")
    assert caught.value.hint


def test_an_unknown_option_lists_the_known() -> None:
    """A misspelt name is answered with the right ones."""
    with pytest.raises(SettingsError, match="template x has no option `acent`") as caught:
        choose(OPTIONS, {"acent": "teal"}, template="x")
    assert "accent" in caught.value.hint


@pytest.mark.parametrize("kind", ["string", "boolean", "integer", "number", "choice"])
def test_the_default_comes_back_as_it_is(kind: Kind) -> None:
    """What an option's default is, its user may set too."""
    option = next(each for each in OPTIONS if each.kind == kind)
    assert choose([option], {option.name: option.default}, template="x") == {
        option.name: option.default
    }
