"""Records shared by the readers: what they are given, what they hand back, how much is allowed.

In: nothing. Out: `IntakeLimits`, `Source`, `Parsed`.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.document import Document


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """How much one source may hold; what is larger is refused, never cut silently.

    Attributes:
        pages: Pages of a PDF.
        unpacked_bytes: Bytes of a zip-based format (DOCX, EPUB) once unpacked.
        entries: Entries of a feed; later ones are left out with a notice.
        bytes: Bytes of one file, or of standard input.
    """

    pages: int = 1000
    unpacked_bytes: int = 200_000_000
    entries: int = 500
    bytes: int = 50_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one source.

    Attributes:
        name: How the user knows it.
        data: All its bytes; never empty.
        suffix: Of its file name, in lower case with the dot; empty where there is none.
    """

    name: str
    data: bytes
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader made of one source: usually one document, an entry each for a feed."""

    documents: tuple[Document, ...]
    notices: tuple[str, ...] = ()
