"""Source files to documents; one module per format.

In: paths, folders, patterns, or `-` for standard input. Out: an `Intake`: the documents, the
sources that could not be read and why, and what else the user should know. One bad source never
stops the rest. Nothing is fetched.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from briefing.document import Document
from briefing.errors import SourceError
from briefing.ingest.arguments import Candidate, expand, not_there
from briefing.ingest.language import contradicted, detect_language, language_name
from briefing.ingest.plain import Header, find_header
from briefing.ingest.plain import read_text as read_plain_text
from briefing.ingest.sniff import DOCX_TYPE, READER_OF_SUFFIX, Kind, mismatch, sniff
from briefing.ingest.source import IntakeLimits, Parsed, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


__all__ = ["Intake", "IntakeLimits", "read", "read_text"]

Keep = Callable[[Source, Callable[[], Parsed]], Parsed]

STDIN_NAME = "standard input"
DEFAULT_LIMITS = IntakeLimits()

PRINTED = frozenset(("application/pdf", DOCX_TYPE))
"""Kinds of files whose properties programs fill in: what is printed in them goes before."""

HEADED = frozenset(("text/html", "text/markdown")) | PRINTED
"""Kinds of text whose first lines may say who wrote it and when, as those of a plain text do."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of all sources.

    Attributes:
        documents: In the order of the arguments; a text that came twice stands once.
        failures: One for each source that could not be read.
        notices: What was passed over, read once, or read as another kind than it says.
    """

    documents: tuple[Document, ...]
    failures: tuple[SourceError, ...]
    notices: tuple[str, ...]


def read(
    arguments: Sequence[str],
    *,
    limits: IntakeLimits = DEFAULT_LIMITS,
    stdin: BinaryIO | None = None,
    keep: Keep | None = None,
) -> Intake:
    """Read documents of any known format.

    Args:
        arguments: Files, folders (all levels, sorted), patterns that the shell left as they are,
            and `-` for standard input.
        limits: How much one source may hold.
        stdin: The bytes behind `-`.
        keep: Told each source and how to read it; may know what comes of it. None to read all.

    Returns:
        Documents, failures and notices. No source makes it raise.
    """
    gathering = _Gathering(limits, stdin, keep)
    for item in expand(arguments):
        gathering.take(item)
    return Intake(tuple(gathering.documents), tuple(gathering.failures), tuple(gathering.notices))


def read_text(name: str, text: str) -> Document:
    """Make a document of text that is at hand, kept to the code point.

    Args:
        name: How the user knows it.
        text: Any text; may be empty.

    Returns:
        A document with the header lines of the text found and its language told.
    """
    document = read_plain_text(name, text)
    return _completed(document, text.encode("utf-8", "surrogatepass"))


@dataclass(slots=True)
class _Gathering:
    """The state of one call of `read`."""

    limits: IntakeLimits
    stdin: BinaryIO | None
    keep: Keep | None = None
    documents: list[Document] = field(default_factory=list)
    failures: list[SourceError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    _files: dict[str, str] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def take(self, item: Candidate | SourceError | str) -> None:
        """Read one candidate, or note what `expand` says."""
        if isinstance(item, SourceError):
            self.failures.append(item)
        elif isinstance(item, str):
            self.notices.append(item)
        elif not self._seen(item):
            try:
                parsed = self._read(item)
            except SourceError as error:
                error.source = item.name
                self.failures.append(error)
            else:
                self.notices.extend(parsed.notices)
                self._add(parsed.documents)

    def _read(self, candidate: Candidate) -> Parsed:
        source = _load(candidate.name, self.limits, self.stdin)
        kind = sniff(source)
        if not candidate.named and _is_no_document(source, kind):
            why = "its name is not that of a document" if kind.reader else f"it is {kind.label}"
            return Parsed((), (f"{source.name} was passed over: {why}",))
        if not kind.reader:
            problem = kind.problem or "not a document"
            hint = kind.hint or "Name files that hold text."
            raise SourceError(f"{source.name} is {kind.label}, {problem}", hint=hint)
        make = partial(_whole, source, kind, self.limits)
        return self.keep(source, make) if self.keep else make()

    def _seen(self, candidate: Candidate) -> bool:
        """Whether the same file was named before; says so."""
        try:
            path = str(Path(candidate.name).resolve()) if candidate.name != "-" else "-"
        except (OSError, ValueError, RuntimeError):
            return False  # reading it will say what is wrong
        first = self._files.get(path)
        if first is not None:
            self.notices.append(f"{candidate.name} is the same file as {first}; it was read once")
            return True
        self._files[path] = candidate.name
        return False

    def _add(self, documents: Iterable[Document]) -> None:
        for document in documents:
            folded = " ".join(document.text.split()).encode("utf-8", "surrogatepass")
            digest = hashlib.sha256(folded).hexdigest()
            first = self._texts.setdefault(digest, document.name)
            if first != document.name:
                notice = f"{document.name} has the same text as {first}; it was read once"
                self.notices.append(notice)
            else:
                self.documents.append(document)


def _whole(source: Source, kind: Kind, limits: IntakeLimits) -> Parsed:
    """One source read, with all that its documents lack filled in."""
    parsed = _parse(source, kind, limits)
    documents = tuple(_completed(document, source.data) for document in parsed.documents)
    notice = mismatch(source, kind)
    notices = (notice,) if notice else ()
    told = _told(source.name, parsed.documents, documents)
    return Parsed(documents, (*notices, *parsed.notices, *told))


def _load(name: str, limits: IntakeLimits, stdin: BinaryIO | None) -> Source:
    """All bytes of one source; its size is asked for before it is read."""
    if name == "-":
        if stdin is None:
            raise SourceError("there is no standard input to read", hint="Name a file instead.")
        return _checked(Source(STDIN_NAME, stdin.read(limits.bytes + 1)), limits.bytes)
    path = Path(name)
    try:
        size = path.stat().st_size
        if size > limits.bytes:
            raise _too_large(name, size, limits.bytes)
        with path.open("rb") as file:
            data = file.read(limits.bytes + 1)
    except FileNotFoundError as error:
        raise not_there(name) from error
    except PermissionError as error:
        hint = f"Check its permissions: ls -l '{name}'"
        raise SourceError(f"{name} may not be read: permission denied", hint=hint) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(
            f"{name!a} cannot be opened: {reason}", hint="Check the path."
        ) from error
    return _checked(Source(_printable(name), data, path.suffix.lower()), limits.bytes)


def _checked(source: Source, limit: int) -> Source:
    if len(source.data) > limit:
        raise _too_large(source.name, len(source.data), limit)
    if not source.data.strip():
        raise SourceError(f"{source.name} is empty", hint="Leave it out, or save its text anew.")
    return source


def _printable(name: str) -> str:
    """A file name as text: the system may keep it in another encoding than UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def _too_large(name: str, size: int, limit: int) -> SourceError:
    return SourceError(
        f"{name} has {size:,} bytes or more; the limit is {limit:,}",
        hint="Split it, or give the part that matters as a file of its own.",
    )


def _is_no_document(source: Source, kind: Kind) -> bool:
    """Whether a file that nobody named is better passed over than complained of."""
    if not kind.reader:
        return not kind.hint.startswith("Convert")
    return kind.reader == "plain" and source.suffix not in ("", *READER_OF_SUFFIX)


def _parse(source: Source, kind: Kind, limits: IntakeLimits) -> Parsed:
    reader = import_module(f"briefing.ingest.{kind.reader}")
    try:
        parsed: Parsed = reader.read(source, limits)
    except (SourceError, ImportError):
        raise  # a library that is missing is a fault of the installation, not of the source
    except Exception as error:
        # a library that trips over a damaged file must not stop the other sources
        raise SourceError(
            f"{source.name} is {kind.label} that cannot be read: {type(error).__name__}: {error}",
            hint="It may be damaged: open it in the program that made it and save it anew.",
        ) from error
    if not any(document.text.strip() for document in parsed.documents):
        raise SourceError(f"{source.name} holds no text", hint="Leave it out.")
    return parsed


def _headed(document: Document) -> Document:
    """Take author, issuer and date from the first lines, where the file's own fields lack them."""
    printed = document.media_type in PRINTED
    known = document.authors and document.date and document.publisher
    if document.media_type not in HEADED or (known and not printed):
        return document
    header = find_header(document.text)
    if printed:
        document = _without_properties(document, header)
    told = any(
        getattr(header, field) and not getattr(document, field)
        for field in ("authors", "publisher", "date")
    )
    other = document.title and header.title not in (None, document.title)
    if not told or (other and not printed):
        return document
    return replace(
        document,
        title=document.title or header.title,
        authors=document.authors or header.authors,
        publisher=document.publisher or header.publisher,
        date=document.date or header.date,
        body_start=max(document.body_start, header.body_start),
    )


def _without_properties(document: Document, header: Header) -> Document:
    """`document` without what its file says of a date and of accounts where its head says more.

    An author of one word is an account or initials.
    """
    accounts = header.publisher and all(" " not in name for name in document.authors)
    return replace(
        document,
        authors=() if accounts else document.authors,
        date=None if header.date else document.date,
    )


def _completed(document: Document, data: bytes) -> Document:
    """Fill in the digest, what the first lines say, and a language that the source does not give."""
    document = _headed(document)
    digest = document.sha256 or hashlib.sha256(data).hexdigest()
    body = document.text[document.body_start :]
    given = document.language
    # programs write `en` into what their users write in any language
    found = detect_language(body) if not given else contradicted(body) if given == "en" else None
    return replace(
        document,
        sha256=digest,
        language=found or given,
        language_detected=found is not None,
    )


def _told(name: str, given: Sequence[Document], found: Sequence[Document]) -> Iterator[str]:
    """Say of which documents of one source the language is not the one that it says."""
    changes = Counter(
        (before.language, after.language)
        for before, after in zip(given, found, strict=True)
        if before.language and before.language != after.language
    )
    for (before, after), times in changes.items():
        says, reads = language_name(before or ""), language_name(after or "")
        if len(found) == 1:
            yield f"{name} says that it is in {says} but reads as {reads}"
        else:
            yield f"{name} says that it is in {says} but {times} of its texts read as {reads}"
