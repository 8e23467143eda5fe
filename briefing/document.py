"""Sources as text: what `ingest` hands out and every later stage reads.

In: nothing. Out: the records `Span`, `Sentence`, `Document`. Offsets are 0-based, half-open
and counted in code points of `Document.text`, which never changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

SentenceKind = Literal["sentence", "heading", "item"]


class Span(NamedTuple):
    """Half-open code-point offsets into one document's text; `[start, end]` in JSON."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


def cover(spans: Collection[Span]) -> Span:
    """The shortest span that holds all of `spans`."""
    return Span(min(span.start for span in spans), max(span.end for span in spans))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a document's text that is read as one unit.

    Attributes:
        span: Where it stands, without surrounding white space.
        kind: A running sentence, a heading, or an item of a list.
        paragraph: 0-based number of the paragraph it belongs to.
    """

    span: Span
    kind: SentenceKind = "sentence"
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One text and what its source says about it; nothing here is guessed.

    Attributes:
        name: How the user knows it: a path as given, or `path#entry` for one entry of a feed.
        text: The main text. Paragraphs are parted by a blank line; never changes.
        media_type: For example `text/plain` or `application/pdf`.
        sha256: Hex digest of the source's bytes (of the entry's text, for a feed entry).
        title: Title given by the source, or None.
        authors: Names given by the source, in its order.
        handle: An account name such as `@name` given beside the author, or None.
        publisher: Site or organisation given by the source, or None.
        date: ISO date (`2026-11-22`) given by the source, or None: then it is undated.
        url: Address given by the source, or None.
        language: ISO 639-1 code, or None.
        language_detected: True where `language` was detected from the text rather than given.
        body_start: Offset where the body begins; a byline or handle may stand before it.
        headings: Spans that the source marks as headings; empty for plain text.
    """

    name: str
    text: str
    media_type: str = "text/plain"
    sha256: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    handle: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    language_detected: bool = False
    body_start: int = 0
    headings: tuple[Span, ...] = ()

    def __getitem__(self, span: Span) -> str:
        """The words of `span`."""
        return self.text[span.start : span.end]

    @property
    def signatures(self) -> tuple[str, ...]:
        """The names of authors and publisher as the source gives them."""
        return (*self.authors, *((self.publisher,) if self.publisher else ()))

    @property
    def voice(self) -> str:
        """Whose statements the text's own sentences are, for print.

        The authors; where none is given the publisher, then the title, then the name without
        the folders of its path.
        """
        if self.authors:
            return enumerate_names(self.authors)
        path, mark, entry = self.name.partition("#")
        return self.publisher or self.title or path.rpartition("/")[2] + mark + entry


def enumerate_names(names: tuple[str, ...]) -> str:
    """Join names as a sentence would: `A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def owning(name: str) -> str:
    """`name` as an owner: `Finch’s`, `the Ports’`."""
    return name + ("’" if name.endswith("s") else "’s")
