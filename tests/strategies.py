"""Hypothesis strategies that the tests share: texts, and documents with spans."""

from __future__ import annotations

from hypothesis import strategies as st

from briefing.document import Document, Span
from briefing.findings import CUT, Piece

# Where sentences, quotations and line breaks go wrong: marks, spaces and letters of many kinds.
AWKWARD = ".!?…,;:\"“”„«»‘’'()[]{}-–—•*#@/ \t\n\r\f\u00a0\u2028aBcTheÉñß中の。ا0123é😀"

WORDS = st.sampled_from(
    "the council The Harbour Orme Mr. Dr. U.S. e.g. No. 5 3.5 said may not likely don’t ships’ "
    '“no “Yes.” yes,” ‘quiet’ "dues" rose. fell. fell.Then over! why? … [3] [its] - (b) 1. '
    "well-kept café ’90s".split()
)
SPACES = st.sampled_from([" ", " ", " ", " ", "  ", "\n", "\n\n", "\u00a0"])


@st.composite
def prose(draw: st.DrawFn, *, min_words: int = 1, max_words: int = 40) -> str:
    """Text that looks like news and holds what is hard about it."""
    words = draw(st.lists(WORDS, min_size=min_words, max_size=max_words))
    return "".join(word + draw(SPACES) for word in words)


def texts() -> st.SearchStrategy[str]:
    """Prose, marks in any order, and any text at all."""
    return prose() | st.text(AWKWARD, max_size=120) | st.text(max_size=60)


def spans(length: int) -> st.SearchStrategy[Span]:
    """Spans within a text of `length` code points; they may be empty."""
    edges = st.integers(0, length)
    return st.tuples(edges, edges).map(lambda pair: Span(*sorted(pair)))


@st.composite
def documents(draw: st.DrawFn, text: st.SearchStrategy[str] | None = None) -> Document:
    """A document with a byline's length cut off its body, and headings anywhere."""
    words = draw(texts() if text is None else text)
    return Document(
        name="report.txt",
        text=words,
        body_start=draw(st.just(0) | st.integers(0, len(words))),
        headings=tuple(draw(st.just([]) | st.lists(spans(len(words)), max_size=3))),
    )


@st.composite
def quotable(draw: st.DrawFn) -> tuple[Document, tuple[Piece, ...]]:
    """A document and pieces of it in order, each of whole words, with a cut where words go."""
    document = draw(documents(prose(min_words=3)))
    words: list[Span] = []
    offset = 0
    for word in document.text.split():
        offset = document.text.index(word, offset)
        words.append(Span(offset, offset + len(word)))
        offset += len(word)
    edges = draw(st.sets(st.integers(0, len(words)), min_size=2, max_size=6))
    ordered = sorted(edges)
    pieces: list[Piece] = []
    for first, stop in zip(ordered[::2], ordered[1::2], strict=False):
        before = CUT if pieces or draw(st.booleans()) else ""
        pieces.append(Piece(Span(words[first].start, words[stop - 1].end), before))
    return document, tuple(pieces)
