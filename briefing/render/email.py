"""A brief as an e-mail message, in a file: written, never sent.

In: the HTML and the text of a brief, and whom it is from and to. Out: the message's bytes, the
same for the same input. Nothing in it is fetched and nothing runs.
"""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from quopri import encodestring
from typing import TYPE_CHECKING, Any

from briefing.errors import RenderError, TemplateError
from briefing.mail import Mail, parse_address
from briefing.render.html import CANDIDATE, FETCHING
from briefing.render.written import one_line
from briefing.templating import render_template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefing.brief import Brief
    from briefing.templating import TemplateSpec

PAGE = "email.html.j2"
STYLES = "email.css"
LIMIT_BYTES = 102_000
"""What is longer than this, Gmail does not show to its end."""

WHOLE = frozenset({"list-unsubscribe", "message-id"})
"""Headers whose addresses must not be broken or encoded, however long they are."""

SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
PREHEADER = re.compile(r"""class\s*=\s*["'][^"']*\bpreheader\b""")
HIDDEN = "display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px"

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
UNSUPPORTED = (
    (re.compile(r"(?<![\w-])[\w-]+\s*:[^;{}]*\bvar\s*\("), "Write the value itself."),
    (re.compile(r"(?<![\w-])--[\w-]+\s*:"), "Write the value where it is used."),
    (
        re.compile(r"(?<![\w-])display\s*:\s*(?:inline-)?(?:grid|flex)\b", re.IGNORECASE),
        'Lay it out as a <table role="presentation">.',
    ),
    (
        re.compile(r"(?<![\w-])position\s*:\s*(?:absolute|fixed|sticky)\b", re.IGNORECASE),
        'Lay it out as a <table role="presentation">.',
    ),
    (re.compile(r"@import\b", re.IGNORECASE), "Put the rules into email.css."),
    (
        re.compile(r"""[\w-]*\s*:?[^;{}:]*url\(\s*["']?(?!data:|#)[^)]*""", re.IGNORECASE),
        "A message fetches nothing: use a colour.",
    ),
)
"""Styles that mail programs drop or would fetch something for, and what to do instead."""


def render_mail_page(
    brief: Brief, spec: TemplateSpec, *, options: Mapping[str, object] | None = None
) -> str:
    """Print `brief` as HTML for mail programs: styles in the elements, no script.

    What stands in `@media` stays in a style element, for phones and for the dark. A page without
    an element of the class `preheader` gets one: the bottom line, hidden, for lists of messages.

    Args:
        brief: What to print.
        spec: A template with the format `eml`.
        options: What the user chose of the template's options.

    Raises:
        TemplateError: If the template fails, has no page for e-mail, or uses what mail programs do
            not show; the message names it.
    """
    if spec.file(PAGE) is None:
        raise TemplateError(
            f"template {spec.name} has no {PAGE}",
            hint="Choose a template with the format eml.",
            usage=True,
        )
    styles = "\n".join(path.read_text("utf-8") for path in spec.styles(STYLES))
    page = render_template(
        spec, brief, page=spec.page_sizes[0], styles=styles, options=options, file=PAGE
    )
    html = inlined(page if PREHEADER.search(page) else _with_preheader(page, brief))
    for problem, hint in problems(html):
        raise TemplateError(f"template {spec.name}: {problem}", hint=hint)
    return html


def inlined(html: str) -> str:
    """HTML with its styles in the elements, without scripts; nothing is read or fetched.

    Raises:
        TemplateError: If a style cannot be read.
    """
    from css_inline import CSSInliner, InlineError

    inliner = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, minify_css=True)
    try:
        return inliner.inline(SCRIPT.sub("", html))
    except (InlineError, ValueError) as error:
        raise TemplateError(f"{STYLES}: {error}", hint="Correct that rule.") from error


def html_size(html: str) -> int:
    """How many bytes of HTML a mail program gets; at most `LIMIT_BYTES` are shown everywhere."""
    return len(html.encode())


def render_email(
    html: str,
    text: str,
    *,
    subject: str,
    date: str,
    mail: Mail,
    pdf: bytes | None = None,
    pdf_name: str = "brief.pdf",
) -> bytes:
    """Put a brief into a message.

    Args:
        html: From `render_mail_page`.
        text: The same as plain text.
        subject: The title of the brief.
        date: ISO day of the brief: the message's date, at midnight UTC.
        mail: Whom it is from and to, and how readers leave.
        pdf: The brief's PDF, to be attached.
        pdf_name: Its name.

    Returns:
        The message with CRLF line ends, as an `.eml` file holds it.

    Raises:
        RenderError: If the HTML is longer than mail programs show.
    """
    if (size := html_size(html)) > LIMIT_BYTES:
        raise RenderError(
            f"the e-mail has {size / 1000:.0f} KB of HTML; Gmail shows the first "
            f"{LIMIT_BYTES / 1000:.0f}",
            hint="Lower the template's limits, or shorten email.css, "
            "which is repeated in each element.",
        )
    sender = parse_address(mail.sender)
    parts = (subject, date, mail.sender, mail.recipient, mail.unsubscribe, text, html)
    digest = sha256("\0".join(parts).encode() + b"\0" + (pdf or b"")).hexdigest()
    message = EmailMessage(policy=_Lines(linesep="\r\n"))
    message["From"] = sender
    message["To"] = parse_address(mail.recipient) if mail.recipient else "undisclosed-recipients:;"
    message["Subject"] = one_line(subject).strip()
    message["Date"] = datetime.fromisoformat(date).replace(tzinfo=UTC)
    message["Message-ID"] = f"<{digest[:32]}@{sender.domain}>"
    for name, value in leaving(mail.unsubscribe):
        message[name] = value
    message.set_content(text, cte=_encoding(text))
    message.add_alternative(html, subtype="html", cte=_encoding(html))
    if pdf is not None:
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=pdf_name)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{digest[32:56]}_{number}")
    return message.as_bytes()


def leaving(unsubscribe: str) -> Iterator[tuple[str, str]]:
    """The headers by which a mail program offers to unsubscribe, at one click with `https:`.

    Source: RFC 2369 and RFC 8058.
    """
    targets = unsubscribe.split()
    if targets:
        yield "List-Unsubscribe", ", ".join(f"<{target}>" for target in targets)
    if any(target.lower().startswith("https:") for target in targets):
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


class _Lines(EmailPolicy):
    """The policy of SMTP, but for headers that have to stay in one piece, and the subject.

    What looks like an encoded word in a title is not one: the subject is taken as it stands.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        if name == "Subject":
            return name, value
        return super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in WHOLE:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        if name == "Subject":
            charset = "ascii" if value.isascii() and "=?" not in value else "utf-8"
            folded = Header(value, charset, header_name=name).encode(linesep=self.linesep)
            return f"{name}: {folded}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


def _encoding(text: str) -> str:
    """The shorter way to write a text in ASCII."""
    data = text.encode()
    quoted = len(encodestring(data))
    return "quoted-printable" if quoted <= len(b64encode(data)) * 77 / 76 else "base64"


def _with_preheader(page: str, brief: Brief) -> str:
    """A page with the bottom line in front of it, where only lists of messages show it."""
    line = brief.bottom_line
    found = BODY.search(page)
    if line is None or found is None:
        return page
    words = line.text or f"{line.lead}: {line.quotation}"
    hidden = f'<div class="preheader" style="{HIDDEN}">{escape(words)}</div>'
    return page[: found.end()] + hidden + page[found.end() :]


def problems(html: str) -> Iterator[tuple[str, str]]:
    """What mail programs do not show of a page, or would fetch: each with what to do instead."""
    found = _Page()
    found.feed(html)
    found.close()
    for tag, styles in found.styles:
        for pattern, hint in UNSUPPORTED:
            for match in pattern.finditer(COMMENT.sub(" ", styles)):
                words = " ".join(match[0].split())
                yield f"`{words}` of <{tag}> does not work in mail programs", hint
    yield from found.problems


class _Page(HTMLParser):
    """Collects the styles of a page and what is wrong with its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.styles: list[tuple[str, str]] = []
        self.problems: list[tuple[str, str]] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in_style = tag == "style"
        if style := given.get("style"):
            self.styles.append((tag, style))
        if tag == "img" and given.get("alt") is None:
            self.problems.append(
                ("a picture has no alt text", 'Write alt="…"; empty for ornament.')
            )
        if tag in FETCHING or "background" in given:
            names = ("src", "srcset", "href", "data", "poster", "background")
            addresses = [one for name in names for one in CANDIDATE.findall(given.get(name) or "")]
            self.problems += [
                (f"<{tag}> would fetch {address}", "A message fetches nothing.")
                for address in addresses
                if not address.lower().startswith(("data:", "cid:", "#"))
            ]

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.styles.append(("style", data))

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"
