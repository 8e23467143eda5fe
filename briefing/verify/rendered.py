"""Quotations on the page against the sources.

In: the text of a rendered page, and documents. Out: nothing, or what stands in no source.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from briefing.errors import VerificationError
from briefing.marks import MARK, role
from briefing.verify.drafts import BRACKETED, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.document import Document

OWN = -1
"""In place of a document's index: words that the editor gave."""
CLOSING = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«",
    '"': '"',
    "''": "''",
    "``": "''",
}
DOUBLE = re.compile(r"[“”„‟]")
# Two characters that are one mark; print has one in their place.
DOUBLED = re.compile(r"''|``")
# pypdfium2 has one of two control characters where a line was broken at a hyphen.
BROKEN_WORD = re.compile(r"[-‐\u00ad][^\S\n\r]*[\n\r]\s*|[\ufffe\x02]\s*")
GLYPHS = str.maketrans(
    dict.fromkeys("\"“”„‟«»‘’‚‛'‹›", "'")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe\x02")
    | dict.fromkeys(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
    | dict.fromkeys("‐‑", "-")
    | {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """A text that may be quoted: without white space, and where its words begin."""

    text: str
    starts: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Place:
        """Normalise `text`."""
        tokens = _normalise(text).split()
        return cls("".join(tokens), frozenset(accumulate(map(len, tokens), initial=0)))

    def holds(self, pieces: Sequence[re.Pattern[str] | str]) -> bool:
        """Whether `pieces` stand here in their order, each from a word's edge to a word's edge."""
        offset = 0
        for piece in pieces:
            found = self._find(piece, offset)
            if found is None:
                return False
            offset = found
        return True

    def _find(self, piece: re.Pattern[str] | str, offset: int) -> int | None:
        """Where the first `piece` from `offset` on ends."""
        while True:
            if isinstance(piece, str):
                start = self.text.find(piece, offset)
                end = start + len(piece)
            else:
                match = piece.search(self.text, offset)
                start, end = match.span() if match else (-1, -1)
            if start < 0:
                return None
            if self._edge(start) and self._edge(end):
                return end
            offset = start + 1

    def _edge(self, offset: int) -> bool:
        inside = 0 < offset < len(self.text) and offset not in self.starts
        return not (inside and joined(self.text[offset - 1], self.text[offset]))


class QuotationCheck:
    """Whether every quotation of a rendered text stands in a source.

    It normalises each source once, so make one for all the outputs of a brief.

    Args:
        documents: The sources. Their titles, authors, publishers and names count as well as
            their texts.
        own: Words that the editor gave, such as the title of the brief and its focus.
    """

    def __init__(self, documents: Sequence[Document], *, own: Sequence[str] = ()) -> None:
        texts = [(n, text) for n, document in enumerate(documents) for text in _texts(document)]
        known = [(n, text) for n, text in (*texts, *((OWN, text) for text in own)) if text]
        self._places = tuple(Place.of(text) for _, text in known)
        self._owners = tuple(number for number, _ in known)
        # A title is printed as it is, even where its marks do not pair.
        self._unpaired = tuple(
            re.compile(r"\s+".join(map(re.escape, text.split())))
            for text in (*own, *(d.title for d in documents if d.title))
            if any(not readings for _, readings in _printed_quotations(text))
        )

    def failures(self, text: str) -> tuple[str, ...]:
        """The quotations of `text` that stand in no source, each with its marks, in order.

        Quotation glyphs, apostrophes, ligatures, white space and hyphens at a line break may
        differ. What stands between square brackets is left out; the words around it must stand
        in one source, in their order.
        """
        return tuple(
            printed
            for printed, readings in self._quotations(text)
            if not any(True for words in readings for _ in self._where(words))
        )

    def located(self, text: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Every quotation of `text` as printed, and which documents it stands in, by index.

        `OWN` stands for the editor's own words; a quotation without a place stands in no source.
        """
        return tuple(
            (printed, tuple(sorted({one for words in readings for one in self._where(words)})))
            for printed, readings in self._quotations(text)
        )

    def check(self, text: str, *, where: str) -> None:
        """Check the words that an output really shows.

        Args:
            text: As extracted from the output.
            where: The output's name, for the message.

        Raises:
            VerificationError: If a quotation stands in no source or is never closed.
        """
        failures = self.failures(text)
        if failures:
            listed = "; ".join(" ".join(failure.split()) for failure in failures)
            raise VerificationError(
                f"{where} quotes what stands in no source: {listed}",
                hint="Print words of a source only through a quotation's own markup, and put no "
                "quotation marks around other words.",
            )

    def _where(self, words: str) -> Iterator[int]:
        pieces = [_piece(piece) for piece in BRACKETED.split(words) if piece.strip()]
        for owner, place in zip(self._owners, self._places, strict=True):
            if pieces and place.holds(pieces):
                yield owner

    def _quotations(self, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        for title in self._unpaired:
            text = title.sub(" ", text)
        return _printed_quotations(text)


def reads_from_right(text: str) -> bool:
    """Whether any letter of `text` belongs to a script that is read from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def check_words(text: str, page: str, *, where: str) -> None:
    """Check that an output shows no other words than its page, whose quotations were checked.

    For pages that are read from right to left: from a PDF their lines come back in the order of
    the eye, so quotation marks cannot be paired, and letters of such scripts not be compared. What
    stands there in other scripts can, and that is what is quoted from sources in these.

    Args:
        text: As extracted from the output.
        page: The text of the page in reading order.
        where: The output's name, for the message.

    Raises:
        VerificationError: If a word of a script that is read from left to right is in `text` alone.
    """
    # Without spaces, since a long word may be broken over lines.
    meant = "".join(_words(page))
    added = sorted({word for word in _words(text) if word not in meant})
    if added:
        raise VerificationError(
            f"{where} shows words that are not on the page: {', '.join(added)}",
            hint="Words belong into the template's page, not into its styles.",
        )


def _words(text: str) -> list[str]:
    """The words of `text` in letters that are read from left to right, in lower case."""
    whole = unicodedata.normalize("NFKC", text).translate(GLYPHS).casefold()
    letters = (letter if unicodedata.bidirectional(letter) == "L" else " " for letter in whole)
    return "".join(letters).split()


def _texts(document: Document) -> Iterator[str]:
    yield document.text
    yield document.name
    yield from document.authors
    yield from filter(None, (document.title, document.handle, document.publisher))


def _normalise(text: str) -> str:
    return unicodedata.normalize("NFC", DOUBLED.sub("'", text).translate(GLYPHS))


def _piece(words: str) -> re.Pattern[str] | str:
    """`words` without white space; a pattern where a line break may have added a hyphen."""
    parts = ["".join(_normalise(part).split()) for part in BROKEN_WORD.split(words)]
    return parts[0] if len(parts) == 1 else re.compile("[-‐]?".join(map(re.escape, parts)))


def _printed_quotations(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each outermost quotation as printed, and what it may quote; nothing where it is unclosed.

    Only a single mark leaves a choice: it may be the last or an apostrophe (`‘the dogs’ bowl’`).
    """
    done = 0
    for match in MARK.finditer(text):
        start, mark = match.end(), match.group()
        if match.start() < done:
            continue
        style, opens, _ = role(text, match)
        if mark == "”" and not opens and not text[match.start() - 1 : match.start()].isdigit():
            yield text[max(0, match.start() - 40) : start], ()
        ends: list[int] = []
        if opens and style == "single":
            ends = _single_ends(text, start)
        elif opens and mark in "“”„‟":
            closing = DOUBLE.search(text, start)
            if closing is None or closing.group() not in CLOSING[mark]:
                yield f"{text[match.start() : start + 60]} (never closed)", ()
            else:
                ends = [closing.start()]
        elif opens and CLOSING[mark] in text[start:]:
            ends = [text.index(CLOSING[mark], start)]
        if ends:
            done = ends[0] + len(mark)
            yield text[match.start() : done], tuple(text[start:end] for end in ends)


def _single_ends(text: str, start: int) -> list[int]:
    """Where a quotation in single marks may end; more than one place after a plural's `s`."""
    ends: list[int] = []
    for match in MARK.finditer(text, start, start + 1000):
        style, opens, closes = role(text, match)
        if style == "single" and opens:
            break
        if style == "single" and closes:
            ends.append(match.start())
            if text[match.start() - 1] not in "sS":
                break
    return ends
