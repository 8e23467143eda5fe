"""Where the keys of a TOML file stand: for messages only, the standard library reads the file.

In: the text of a file. Out: for each dotted key the number of its line, from 1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = re.compile(r"^\s*(?P<open>\[\[?)\s*(?P<name>[^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"""^\s*((?:[\w.-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[\w-]+)*)\s*=""")
BREAK = re.compile(r'("""|\'\'\')')
AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")

PLACE = re.compile(r"`\$?\.?(?P<path>[^`]*)`$")
UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]+)`")
MISSING = re.compile(r"missing required field `(?P<key>[^`]+)`")
TYPES = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<given>[^`]+)`")
TOO_SHORT = re.compile(r"Expected `array` of length >= 1")
NAMES = {
    "array": "a list",
    "bool": "true or false",
    "date": "a date",
    "datetime": "a time",
    "float": "a number",
    "int": "a whole number",
    "object": "a table",
    "str": "text",
}
"""The types of TOML, for people."""


def lines_of(text: str) -> Mapping[str, int]:
    """The line of every table and key: `page`, `page.sizes`, `brief[0].id`."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    in_string = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not in_string:
            if header := TABLE.match(line):
                name = _plain(header["name"])
                if header["open"] == "[[":
                    counts[name] = counts.get(name, -1) + 1
                first, dot, rest = name.partition(".")
                table = f"{first}[{counts[first]}]{dot}{rest}" if first in counts else name
                lines.setdefault(table, number)
            elif key := KEY.match(line):
                lines.setdefault(".".join(filter(None, (table, _plain(key[1])))), number)
        in_string ^= len(BREAK.findall(line)) % 2 == 1
    return lines


def nearest(lines: Mapping[str, int], key: str) -> int:
    """The line of `key`, else of what holds it, else the first."""
    while key:
        if key in lines:
            return lines[key]
        # `formats[1]` stands where `formats` does.
        key = key[: key.rindex("[")] if key.endswith("]") else key.rpartition(".")[0]
    return 1


def line_of_error(message: str) -> tuple[str, int]:
    """What tomllib says without the place, and the line; the first if it names none."""
    found = AT_LINE.search(message)
    return (message[: found.start()], int(found[1])) if found else (message, 1)


def explained(message: str) -> tuple[str, str]:
    """The dotted key that msgspec objects to, and what is wrong with it."""
    problem, _, place = message.partition(" - at ")
    found = PLACE.match(place)
    path = found["path"].replace("[...]", "") if found else ""
    for pattern, said in ((UNKNOWN, "is no key here"), (MISSING, "is missing")):
        if key := pattern.search(problem):
            return ".".join(filter(None, (path, key["key"]))), said
    if types := TYPES.fullmatch(problem):
        wanted = (one for one in types["wanted"].split(" | ") if one != "null")
        either = " or ".join(NAMES.get(one, one) for one in wanted)
        return path, f"must be {either}, not {NAMES.get(types['given'], types['given'])}"
    return path, "is empty" if TOO_SHORT.fullmatch(problem) else problem


def _plain(key: str) -> str:
    """A key without quotation marks and spaces."""
    return ".".join(part.strip().strip("\"'") for part in key.split("."))
