r"""Bytes to text, for the formats that are text.

In: bytes. Out: text with `\n` line ends and no byte order mark, and the encoding's name.
"""

from __future__ import annotations

import codecs

from briefing.errors import SourceError

BYTE_ORDER_MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

WESTERN = "cp1252"


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start of `data` gives, or None."""
    return next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None)


def decode(data: bytes, name: str, *, declared: str | None = None) -> tuple[str, str]:
    r"""Decode text: by its mark, as UTF-8, as declared, else by what charset-normalizer finds.

    Args:
        data: The bytes.
        name: Of the source, for the message.
        declared: An encoding that the source itself names, if it does.

    Returns:
        The text, line ends as `\n`, and the name of the encoding.

    Raises:
        SourceError: If no encoding makes text of the bytes.
    """
    marked = marked_encoding(data)
    for encoding in filter(None, (marked, "utf-8", declared)):
        try:
            return _unix_lines(data.decode(encoding)), encoding.removesuffix("-sig")
        except (UnicodeError, LookupError):
            continue
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        raise SourceError(
            f"{name} is not text in any encoding that could be found",
            hint="Save it as UTF-8 text.",
        )
    for match in matches:
        # of equals it names the first in the alphabet; the western one is by far the most used
        equal = (match.chaos, match.coherence) == (best.chaos, best.coherence)
        if equal and WESTERN in match.could_be_from_charset:
            return _unix_lines(str(match)), WESTERN
    return _unix_lines(str(best)), best.encoding


def _unix_lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
