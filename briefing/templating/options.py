"""What a template lets its user choose: `--set name=value`.

In: the options of a contract, and what a user gave. Out: a value for every option.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Kind = Literal["string", "boolean", "integer", "number", "choice"]
Value = str | bool | int | float

TRUE = ("true", "yes", "on", "1")
FALSE = ("false", "no", "off", "0")


@dataclass(frozen=True, slots=True)
class Option:
    """Something that the user of a template may choose.

    Attributes:
        name: As in `--set name=value` and `{{ options.name }}`.
        kind: What its values are.
        default: Its value where none is given.
        help: One sentence for `briefing templates show`.
        choices: The values of a choice; otherwise empty.
    """

    name: str
    kind: Kind
    default: Value
    help: str
    choices: tuple[str, ...] = ()


def choose(
    options: Sequence[Option], given: Mapping[str, object], *, template: str
) -> dict[str, Value]:
    """A value for every one of `options`, in their order: as given, or the default.

    Args:
        options: Of the template.
        given: By name; text is read as the option's kind asks.
        template: Its name, for messages.

    Raises:
        SettingsError: If a name is unknown, or a value does not fit.
    """
    known = {option.name: option for option in options}
    for name in given:
        if name not in known:
            listed = ", ".join(known) or "it has none"
            raise SettingsError(
                f"template {template} has no option `{name}`", hint=f"Its options: {listed}."
            )
    return {
        name: parse(option, given[name]) if name in given else option.default
        for name, option in known.items()
    }


def parse(option: Option, value: object) -> Value:
    """Read `value`, text or of the right type, as one of `option`.

    Raises:
        SettingsError: If it is none.
    """
    text = str(value).strip()
    match option.kind:
        case "string" if isinstance(value, str):
            return value
        case "choice" if text in option.choices:
            return text
        case "boolean" if text.lower() in TRUE + FALSE:
            return text.lower() in TRUE
        case "integer" if text.removeprefix("-").isdecimal():
            return int(text)
        case "number" if _is_number(text):
            return float(text)
    wanted = {
        "string": "text",
        "choice": f"one of {', '.join(option.choices)}",
        "boolean": "true or false",
        "integer": "a whole number",
        "number": "a number",
    }[option.kind]
    raise SettingsError(f"`{option.name}` is {wanted}, not `{text}`", hint=option.help)


def _is_number(text: str) -> bool:
    from math import isfinite

    try:
        return isfinite(float(text))
    except ValueError:
        return False
