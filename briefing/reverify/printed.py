"""The words of a PDF, found again however its lines and marks fell.

In: the text of a PDF as extracted. Out: `Printed`, which tells on which page some words stand. White
space, case, the glyphs of quotation marks and ligatures make no difference.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from briefing.verify.rendered import BROKEN_WORD, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGITS = re.compile(r"\d")
RUNNING = 300
"""Characters of headers and footers that may stand between two pages of one statement."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand in a `Printed` text; `page` counts from 1."""

    start: int
    end: int
    page: int


def normal(text: str) -> str:
    """`text` without white space, in one case, with one glyph for each kind of mark."""
    return Place.of(text).text.casefold()


@dataclass(frozen=True, slots=True)
class Printed:
    """A text of several pages in its normal form.

    Attributes:
        text: All pages, one after the other.
        starts: Where each page begins in it.
        bare: Each page without its digits, so that running headers are alike.
    """

    text: str
    starts: tuple[int, ...]
    bare: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Printed:
        """Take in the text of a PDF, pages parted by form feeds."""
        pages = [normal(page) for page in text.split("\f")]
        starts = tuple(accumulate(map(len, pages[:-1]), initial=0))
        return cls("".join(pages), starts, tuple(DIGITS.sub("", page) for page in pages))

    def page(self, offset: int) -> int:
        """On which page a place is, from 1."""
        return bisect_right(self.starts, offset)

    def find(self, words: str) -> Iterator[Found]:
        """Every place of some words, one that runs over to the next page last."""
        needle = normal(words)
        start = self.text.find(needle) if needle else -1
        while start >= 0:
            yield Found(start, start + len(needle), self.page(start))
            start = self.text.find(needle, start + 1)
        for number in range(1, len(self.starts)):
            yield from self._across(needle, number)

    def _across(self, needle: str, number: int) -> Iterator[Found]:
        """Words that begin on one page and go on after a running footer or header."""
        edge = self.starts[number]
        before = self.text[max(0, edge - len(needle) - RUNNING) : edge]
        after = self.text[edge : edge + len(needle) + RUNNING]
        for cut in range(len(needle) - 1, 0, -1):
            left, right = before.rfind(needle[:cut]), after.find(needle[cut:])
            if left < 0 or right < 0:
                continue
            footer, header = before[left + cut :], after[:right]
            if (footer or header) and self._is_running(footer, header, number):
                start = edge - len(before) + left
                yield Found(start, edge + right + len(needle) - cut, number)
                return

    def _is_running(self, footer: str, header: str, number: int) -> bool:
        """Whether another page ends with what ends this one, and begins with what begins the next."""
        pages = self.bare
        others = [page for at, page in enumerate(pages) if at not in (number - 1, number)]
        ending, beginning = DIGITS.sub("", footer), DIGITS.sub("", header)
        return (
            not ending or any(page.endswith(ending) for page in (*others, pages[number]))
        ) and (
            not beginning
            or any(page.startswith(beginning) for page in (*others, pages[number - 1]))
        )


def unbroken(text: str) -> str:
    """`text` without the hyphens at which lines were broken."""
    return BROKEN_WORD.sub("", text)
