"""How long the result of one operation of a page may be; checked before it is made.

In: an operator's sides, or a filter or method of a text and what it is given. Out: nothing, or
Jinja's SecurityError.
"""

from __future__ import annotations

import re
from functools import wraps
from string import Formatter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MADE = 1_000_000
"""The most characters, or items of a list, that one operation makes."""

WIDTH = 1_000
"""The largest width, indent, number of digits or of columns."""

BITS = 10_000
"""The longest number."""

RANGE = 10_000
"""The most numbers of a range."""

PADDING = frozenset("center expandtabs ljust rjust zfill".split())
UNBOUND = frozenset({"maketrans", "translate"})
"""Methods that swap single characters for texts of any length, of escaped text for unescaped."""

PERCENT = re.compile(r"%(?:\([^)]*\))?[#0 +-]*(?P<width>\*|\d*)(?:\.(?P<digits>\*|\d*))?")


def refuse(message: str) -> NoReturn:
    """Stop a page, as Jinja's sandbox does."""
    from jinja2.exceptions import SecurityError

    raise SecurityError(message)


def _check_made(length: int) -> None:
    """Refuse to make a text or list of `length`."""
    if length > MADE:
        refuse(f"a text or list of {length:,} is longer than a page may make ({MADE:,})")


def _check_width(value: object) -> None:
    """Refuse a width that no page needs."""
    if isinstance(value, int) and abs(value) > WIDTH:
        refuse(f"{value:,} is more than a page may ask for here ({WIDTH:,})")


def ranged(*arguments: int) -> range:
    """`range` for a page."""
    made = range(*arguments)
    try:
        length = len(made)
    except OverflowError:  # more than fits a machine's word
        length = RANGE + 1
    if length > RANGE:
        refuse(f"a range of more than {RANGE:,} is longer than a page may make")
    return made


def _size(value: object) -> int:
    """How long a text or list is; 0 for anything else."""
    return len(value) if isinstance(value, str | bytes | list | tuple) else 0


def _check_sum(left: object, right: object) -> None:
    _check_made(_size(left) + _size(right))


def _check_product(left: object, right: object) -> None:
    if isinstance(left, int) and isinstance(right, int):
        _check_bits(left.bit_length() + right.bit_length())
    for sequence, times in ((left, right), (right, left)):
        if isinstance(times, int):
            _check_made(_size(sequence) * times)


def _check_power(base: object, exponent: object) -> None:
    if isinstance(base, int) and isinstance(exponent, int):
        _check_bits(base.bit_length() * exponent)


def _check_bits(bits: int) -> None:
    if bits > BITS:
        refuse("a number is longer than a page may make")


def check_percent(left: object, _right: object) -> None:
    """Check the widths in a text that stands before `%`."""
    if isinstance(left, str):
        for found in PERCENT.finditer(left):
            for width in found.groups():
                if width == "*":
                    refuse("`*` is no width in a page: write the number")
                _check_width(int(width or 0) if len(width or "") < len(str(MADE)) else MADE)


BINARY: Mapping[str, Callable[[object, object], None]] = {
    "+": _check_sum,
    "*": _check_product,
    "**": _check_power,
    "%": check_percent,
}


def check_braces(pattern: str) -> None:
    """Check the widths in a text whose `format` is called."""
    for _, _, width, _ in Formatter().parse(pattern):
        if "{" in (width or ""):
            refuse("a width in a page is a number, not another value")
        for number in re.findall(r"\d+", width or ""):
            _check_width(int(number) if len(number) < len(str(MADE)) else MADE)


def check_method(called: object, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> None:
    """Check the call of a method of a text."""
    text, name = getattr(called, "__self__", None), getattr(called, "__name__", "")
    if not isinstance(text, str | bytes):
        return
    if name in UNBOUND:
        refuse(f"a page may not use {name}")
    if name in PADDING:
        for argument in (*arguments, *named.values()):
            _check_width(argument)
    if name == "join" and arguments:
        _check_joined(list(arguments[0]), text)
    if name == "replace" and len(arguments) > 1:
        _check_replaced(text, *arguments[:2])


def _check_joined(items: list[object], between: object = "", *_: object, **__: object) -> None:
    length = sum(len(item) if isinstance(item, str) else 1 for item in items)
    _check_made(length + len(items) * _size(between))


def _check_replaced(text: Any, old: Any, new: Any, *_: object, **__: object) -> None:
    if all(isinstance(each, str) for each in (text, old, new)):
        _check_made(len(text) + text.count(old) * len(new))


def _check_wrapped(text: object, *arguments: object, **named: object) -> None:
    between = max(map(_size, (*arguments, *named.values())), default=0)
    _check_made(_size(text) * (1 + between))


def _check_indented(text: object, width: object = 4, *_: object, **__: object) -> None:
    if not isinstance(width, int):  # Jinja would put it unescaped before escaped text
        refuse("indent takes a number of spaces")
    _check_width(width)
    if isinstance(text, str):
        _check_made(len(text) + (text.count("\n") + 1) * width)


def _check_pattern(pattern: object, *_: object, **__: object) -> None:
    check_percent(str(pattern), None)


def _check_numbers(_value: object, *arguments: object, **named: object) -> None:
    for argument in (*arguments, *named.values()):
        _check_width(argument)


ESTIMATES: Mapping[str, Callable[..., None]] = {
    "batch": _check_numbers,
    "center": _check_numbers,
    "format": _check_pattern,
    "indent": _check_indented,
    "join": _check_joined,
    "replace": _check_replaced,
    "round": _check_numbers,
    "slice": _check_numbers,
    "wordwrap": _check_wrapped,
}
"""Filters whose results can be longer than what they are given, and what is checked before."""


def bounded(function: Callable[..., Any], estimate: Callable[..., None]) -> Callable[..., Any]:
    """`function` after `estimate` found nothing against its arguments."""
    first = int(hasattr(function, "jinja_pass_arg"))  # Jinja passes its own context before

    @wraps(function)  # keeps Jinja's mark of that
    def filtered(*arguments: Any, **named: Any) -> Any:
        before, (value, *rest) = arguments[:first], arguments[first:]
        if estimate is _check_joined and not isinstance(value, str):
            value = list(value)  # counted, and then joined
        estimate(value, *rest, **named)
        return function(*before, value, *rest, **named)

    return filtered
