"""What a source is, by its bytes first and its suffix second.

In: a source. Out: its `Kind`: the reader that takes it, or why none does.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.ingest.encoding import marked_encoding

if TYPE_CHECKING:
    from briefing.ingest.source import Source

HEAD_BYTES = 8192
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, KeyError, RuntimeError,
)  # fmt: skip
"""What unpacking a damaged file raises; NotImplementedError is a RuntimeError."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of source.

    Attributes:
        media_type: For example `application/pdf`.
        label: For messages, with its article: `a PDF`.
        reader: Module of `briefing.ingest` that reads it; empty where none does.
        problem: Why none does, after `is a …`; empty for a kind that simply is no document.
        hint: What to do about it.
    """

    media_type: str
    label: str
    reader: str = ""
    problem: str = ""
    hint: str = ""


CONVERT = "Convert it first: libreoffice --headless --convert-to {} '{}'"
PDF = Kind("application/pdf", "a PDF", "pdf")
HTML = Kind("text/html", "an HTML page", "html")
PLAIN = Kind("text/plain", "plain text", "plain")
MARKDOWN = Kind("text/markdown", "Markdown", "markdown")
EMAIL = Kind("message/rfc822", "an e-mail", "eml")
RSS = Kind("application/rss+xml", "an RSS feed", "feed")
ATOM = Kind("application/atom+xml", "an Atom feed", "feed")
JSON_FEED = Kind("application/feed+json", "a JSON feed", "feed")
EPUB = Kind("application/epub+zip", "an EPUB", "epub")
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCX = Kind(DOCX_TYPE, "a DOCX", "docx")

READER_OF_SUFFIX = {
    ".pdf": "pdf", ".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "plain",
    ".text": "plain", ".md": "markdown", ".markdown": "markdown", ".eml": "eml", ".rss": "feed",
    ".atom": "feed", ".xml": "feed", ".json": "feed", ".epub": "epub", ".docx": "docx",
}  # fmt: skip

MAGIC = (
    (b"\x89PNG\r\n", "image/png", "a PNG image"),
    (b"\xff\xd8\xff", "image/jpeg", "a JPEG image"),
    (b"GIF8", "image/gif", "a GIF image"),
    (b"II*\x00", "image/tiff", "a TIFF image"),
    (b"MM\x00*", "image/tiff", "a TIFF image"),
    (b"\x7fELF", "application/x-elf", "an ELF program"),
    (b"MZ\x90\x00", "application/x-dosexec", "a Windows program"),
    (b"\x1f\x8b", "application/gzip", "a gzip archive"),
    (b"BZh", "application/x-bzip2", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "application/x-xz", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "application/zstd", "a zstd archive"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3", "an SQLite database"),
    (b"OggS", "audio/ogg", "an Ogg recording"),
    (b"ID3", "audio/mpeg", "an MP3 recording"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z0-9\-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}")
MAIL_HEADER = re.compile(r"^(?:mime-version|message-id|received|return-path):", re.I | re.M)
ROOT = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*)*"
                  r"<([A-Za-z_][\w.:\-]*)", re.DOTALL)  # fmt: skip
CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(source: Source) -> Kind:
    """Tell what `source` is; the content decides, the suffix only between kinds of text.

    Raises:
        SourceError: If it is a zip-based file that is damaged or locked by a password.
    """
    data = source.data
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(source)
    if data.startswith(OLE):
        return _ole_kind(source)
    if data.lstrip()[:5] == b"%PDF-" or (source.suffix == ".pdf" and b"%PDF-" in data[:1024]):
        return PDF
    if data.startswith(b"{\\rtf"):
        return _convertible("application/rtf", "an RTF file", source.name)
    for magic, media_type, label in MAGIC:
        if data.startswith(magic):
            return Kind(media_type, label)
    marked = marked_encoding(data)
    if not marked and _is_binary(data):
        return Kind("application/octet-stream", "a binary file")
    head = data[:HEAD_BYTES].decode(marked or "utf-8", errors="replace").removeprefix("\ufeff")
    return _text_kind(source, head.replace("\r\n", "\n").replace("\r", "\n"))


def mismatch(source: Source, kind: Kind) -> str | None:
    """A notice where the suffix promises another kind than the content is, else None."""
    promised = READER_OF_SUFFIX.get(source.suffix)
    if promised in (None, kind.reader):
        return None
    return f"{source.name} is {kind.label} by its content and was read as that"


def _text_kind(source: Source, head: str) -> Kind:
    suffix = source.suffix
    root = ROOT.match(head)
    tag = root[1].lower().rpartition(":")[2] if root else ""
    if tag in ("rss", "rdf"):
        return RSS
    if tag == "feed":
        return ATOM
    if tag == "html" or re.match(r"\s*<!doctype html\b", head, re.IGNORECASE):
        return HTML
    if suffix in (".html", ".htm", ".xhtml"):
        return HTML
    if suffix in (".xml", ".rss", ".atom"):
        hint = "Feeds (RSS, Atom) are read; turn other XML into text or HTML first."
        return Kind("application/xml", "XML", problem="but no feed", hint=hint)
    if suffix in (".json", "") and head.lstrip().startswith("{"):
        return _json_kind(source)
    if suffix == ".eml" or _is_mail(head):
        return EMAIL
    if suffix in (".md", ".markdown") or (not suffix and re.match(r"\s*(?:#\s+\S|---\n)", head)):
        return MARKDOWN
    return PLAIN


def _json_kind(source: Source) -> Kind:
    try:
        content = json.loads(source.data)
    except (ValueError, RecursionError):
        content = None
    if isinstance(content, dict) and "jsonfeed.org/version" in str(content.get("version", "")):
        return JSON_FEED
    if source.suffix != ".json":
        return PLAIN
    hint = "A JSON Feed is read; put other texts into files, or use --jsonl for JSON lines."
    return Kind("application/json", "JSON", problem="but no JSON Feed", hint=hint)


def _is_mail(head: str) -> bool:
    match = HEADERS.match(head)
    return bool(match and MAIL_HEADER.search(match[0]) and re.search(r"(?im)^from:", match[0]))


def _is_binary(data: bytes) -> bool:
    """Text has no NUL byte and hardly any other control characters."""
    sample = data[: 1 << 20]
    controls = len(CONTROL_BYTES.findall(sample))
    return b"\0" in sample or controls > max(1, len(sample) // 500)


def _zip_kind(source: Source) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = set(archive.namelist())
            locked = any(entry.flag_bits & 1 for entry in archive.infolist())
            small = "mimetype" in names and archive.getinfo("mimetype").file_size < 200
            declared = archive.read("mimetype") if small and not locked else b""
    except ZIP_ERRORS as error:
        raise damaged_zip(source.name, error) from error
    if locked:
        raise SourceError(
            f"{source.name} is locked by a password", hint="Save it without a password."
        )
    if "word/document.xml" in names:
        return DOCX
    if "META-INF/container.xml" in names or declared.startswith(b"application/epub"):
        return EPUB
    if declared.startswith(b"application/vnd.oasis"):
        return _convertible(declared.decode("ascii", "replace"), "an OpenDocument", source.name)
    if "[Content_Types].xml" in names:
        return _convertible(
            "application/vnd.openxmlformats-officedocument", "an Office file", source.name, "pdf"
        )
    return Kind("application/zip", "a zip archive", hint="Unpack it and name the files in it.")


def _ole_kind(source: Source) -> Kind:
    if ENCRYPTED_PACKAGE in source.data or source.suffix in (".docx", ".xlsx", ".pptx"):
        raise SourceError(
            f"{source.name} is locked by a password", hint="Save it without a password."
        )
    target = "pdf" if source.suffix in (".xls", ".ppt") else "docx"
    return _convertible("application/msword", "a legacy Office file", source.name, target)


def _convertible(media_type: str, label: str, name: str, target: str = "docx") -> Kind:
    hint = CONVERT.format(target, name.replace("'", "'\\''"))
    return Kind(media_type, label, problem="which is not read", hint=hint)


def damaged_zip(name: str, error: Exception) -> SourceError:
    """The error for a zip-based file that cannot be unpacked."""
    return SourceError(
        f"{name} is a damaged zip-based file: {error}",
        hint="Fetch it again, or open it in the program that made it and save it anew.",
    )
