"""E-mail, by the standard library: what its sender wrote.

In: the bytes of one message. Out: one document, without quoted replies and signature.
"""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from briefing.document import Document, Span
from briefing.errors import SourceError
from briefing.ingest.blocks import compose, fold
from briefing.ingest.dates import day
from briefing.ingest.html import main_blocks
from briefing.ingest.language import language_code
from briefing.ingest.markup import parse_html
from briefing.ingest.source import IntakeLimits, Parsed, Source

SIGNATURE = re.compile(r"^-- ?$.*\Z", re.DOTALL | re.MULTILINE)
FORWARDED = re.compile(r"^-{3,} ?(?:Original Message|Forwarded message) ?-{3,}.*\Z",
                       re.DOTALL | re.MULTILINE | re.IGNORECASE)  # fmt: skip
INTRODUCTION = re.compile(r"^On [^\n]{5,200}(?:\n[^\n>]{0,200})?\bwrote:[ \t]*\n(?:[ \t]*\n)?(?=>)",
                          re.MULTILINE)  # fmt: skip
RULE = re.compile(r"(?:-{3,}|={3,}|~{3,}|_{3,})")
"""A line that underlines a heading, or parts sections, in plain text."""

UNDERLINED_CHARACTERS = 120
QUOTED = re.compile(r"^>.*\n?", re.MULTILINE)


def read(source: Source, limits: IntakeLimits) -> Parsed:  # noqa: ARG001 - as every reader
    """Read one message; attachments are named in a notice, not read.

    Raises:
        SourceError: If it holds no text of its own.
    """
    message = BytesParser(policy=policy.default).parsebytes(source.data)
    text, headings = _body(message, source.name)
    if not text:
        raise SourceError(
            f"{source.name} holds no text of its own",
            hint="Save its attachments, or the message that it quotes, and name those.",
        )
    document = Document(
        name=source.name,
        text=text,
        media_type="message/rfc822",
        title=_header(message, "subject"),
        authors=_senders(message),
        date=_date(message),
        language=language_code(_header(message, "content-language")),
        headings=headings,
    )
    attached = [part.get_filename() or part.get_content_type() for part in _attachments(message)]
    notice = f"{source.name} has attachments that were not read: {', '.join(attached)}"
    return Parsed((document,), (fold(notice),) if attached else ())


def own_words(text: str) -> str:
    """What the sender wrote: no quoted reply, forwarded message or signature."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = FORWARDED.sub("", SIGNATURE.sub("", text))
    text = QUOTED.sub("", INTRODUCTION.sub("", text))
    lines = [line.rstrip() for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def without_rules(text: str) -> tuple[str, tuple[Span, ...]]:
    """Drop the lines of dashes or the like that underline headings or part sections.

    Returns:
        The text, and where the headings stand that were underlined: lines on their own.
    """
    lines: list[str] = []
    marked: set[int] = set()
    for line in text.splitlines():
        above = lines[-1] if lines else ""
        if not RULE.fullmatch(line.strip()):
            lines.append(line)
        elif above.strip() and not any(lines[-2:-1]):
            if len(above) <= UNDERLINED_CHARACTERS:
                marked.add(len(lines) - 1)
            lines.append("")
        elif above:
            lines.append(line)  # below several lines: a table's, perhaps
    return _joined(lines, marked)


def _joined(lines: list[str], marked: set[int]) -> tuple[str, tuple[Span, ...]]:
    """Join lines, never leaving more than one blank, and tell where the marked ones stand."""
    text, spans = "", []
    for number, line in enumerate(lines):
        if not line and (not text or text.endswith("\n\n")):
            continue
        if number in marked:
            start = len(text) + len(line) - len(line.lstrip())
            spans.append(Span(start, len(text) + len(line)))
        text += f"{line}\n"
    return text.rstrip("\n"), tuple(spans)


def _body(message: EmailMessage, name: str) -> tuple[str, tuple[Span, ...]]:
    part = message.get_body(("plain", "html"))
    if part is None:
        return "", ()
    try:
        content = part.get_content()
    except (LookupError, ValueError, AttributeError) as error:
        hint = "Open it in a mail program and save its text."
        raise SourceError(
            f"{name} has a body that cannot be decoded: {error}", hint=hint
        ) from error
    if not isinstance(content, str):
        return "", ()
    if part.get_content_type() == "text/html":
        tree = parse_html(content)
        for quoted in tree.xpath("//blockquote[@type='cite']|//*[contains(@class,'gmail_quote')]"):
            quoted.drop_tree()
        return compose(main_blocks(tree))
    if (part.get_param("format") or "") == "flowed":
        # RFC 3676: a line that ends in a space goes on in the next one
        content = re.sub(r"(?<!^--) \r?\n(?![>\r\n])", " ", content, flags=re.MULTILINE)
    return without_rules(own_words(content))


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message[name]
    except (ValueError, IndexError, AttributeError, TypeError):
        # the header parser of the standard library raises these on malformed headers
        return None
    return fold(str(value)) or None if value is not None else None


def _senders(message: EmailMessage) -> tuple[str, ...]:
    try:
        addresses = message["from"].addresses if message["from"] is not None else ()
    except (ValueError, IndexError, AttributeError, TypeError):
        return ()
    names = (fold(address.display_name or "") for address in addresses)
    return tuple(name for name in names if name and "@" not in name)


def _date(message: EmailMessage) -> str | None:
    try:
        moment = message["date"].datetime if message["date"] is not None else None
    except (ValueError, IndexError, AttributeError, TypeError):
        return None
    return day(moment.year, moment.month, moment.day) if moment else None


def _attachments(message: EmailMessage) -> list[EmailMessage]:
    try:
        return [part for part in message.iter_attachments() if isinstance(part, EmailMessage)]
    except (KeyError, AttributeError, TypeError):
        return []
