"""Zip-based files, unpacked within limits.

In: the bytes of a DOCX or EPUB. Out: an open archive that is known to be small enough.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.ingest.sniff import ZIP_ERRORS, damaged_zip

if TYPE_CHECKING:
    from briefing.ingest.source import IntakeLimits, Source

MOST_FILES = 20_000


def open_archive(source: Source, limits: IntakeLimits) -> zipfile.ZipFile:
    """Open a zip-based source.

    The sizes are those that the archive states; `zipfile` never unpacks more than those.

    Raises:
        SourceError: If it is damaged, or too large once unpacked.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
    except ZIP_ERRORS as error:
        raise damaged_zip(source.name, error) from error
    size = sum(entry.file_size for entry in archive.infolist())
    if size > limits.unpacked_bytes or len(archive.infolist()) > MOST_FILES:
        raise SourceError(
            f"{source.name} unpacks to {size:,} bytes; the limit is {limits.unpacked_bytes:,}",
            hint="If it is not a zip bomb, remove its pictures or split it.",
        )
    return archive


def member(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """The bytes of one file in the archive.

    Raises:
        SourceError: If it is missing or damaged.
    """
    try:
        return archive.read(path)
    except ZIP_ERRORS as error:
        raise damaged_zip(name, error) from error


def parse_xml(data: bytes, name: str) -> object:
    """The root of an XML file, with no entity resolved and nothing fetched.

    Raises:
        SourceError: If it is not well formed.
    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged_zip(name, error) from error
