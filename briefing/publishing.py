"""Findings and a template in, finished files out: what needs the rendered page happens here.

The page is fitted, and every quotation that stands on it is checked against the sources. No
model takes part, so this runs as well in a process of its own, see `confined`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from briefing.brief import Brief, Limits
from briefing.compose import compose
from briefing.fitting import Fitted, count_page_words, fit, fit_within
from briefing.mail import Mail
from briefing.templating import TemplateSpec, choose, load, render_template
from briefing.templating.able import check_formats, check_language
from briefing.verify.rendered import QuotationCheck, check_words, reads_from_right

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.findings import Findings
    from briefing.render.pdf import Press


OFF_FOCUS = "focus"
"""The one thing left out that is no section."""


@dataclass(frozen=True, slots=True)
class Edition:
    """How findings are to be printed.

    Attributes:
        template: Name of a template, or a folder.
        page: Size of the page.
        pages: Most pages; None for the template's own budget.
        handling: Handling mark, or empty.
        options: What the user chose of the template's options.
        mail: Who an e-mail is from and to.
        recipient: Whom it is for, by name, address or both; or empty.
    """

    template: str
    page: str = "A4"
    pages: int | None = None
    handling: str = ""
    options: tuple[tuple[str, str], ...] = ()
    mail: Mail = field(default_factory=Mail)
    recipient: str = ""

    @property
    def addressee(self) -> str:
        """Whom it is for, without an address."""
        return self.recipient.partition("<")[0].strip()


@dataclass(frozen=True, slots=True)
class Publication:
    """One brief in its formats.

    Attributes:
        files: Bytes by file name: `brief.pdf`, `brief.html`, `brief.json`.
        brief: What was printed.
        warnings: What the user should know of the pages, such as a script without a font.
        pages: How many pages the PDF has; 0 without one.
        fill: How much of the room on `pages` allowed is used, from 0; 0 without a PDF.
    """

    files: dict[str, bytes]
    brief: Brief
    warnings: tuple[str, ...]
    pages: int = 0
    fill: float = 0.0


class Look:
    """A template in one page size, with its fonts and styles once they are needed.

    Raises:
        TemplateError: If the template is unknown or wrong.
    """

    def __init__(self, template: str, page: str) -> None:
        self.spec: TemplateSpec = load(template)
        self.page = page

    @cached_property
    def press(self) -> Press:
        """What lays out pages.

        Raises:
            TemplateError: If the template was not made for the page size.
            RenderError: If what the PDF needs is not installed.
        """
        from briefing.render.pdf import Press

        return Press(self.spec, self.page)


class Printer:
    """Prints briefs as one edition wants them.

    Args:
        edition: What the user chose.
        look: Of its template, where one is kept for several editions.

    Raises:
        TemplateError: If the template is unknown or wrong, or was not made for the page size.
        SettingsError: If an option is unknown, or its value does not fit.
    """

    def __init__(self, edition: Edition, look: Look | None = None) -> None:
        self.edition = edition
        self.look = look or Look(edition.template, edition.page)
        self.spec = self.look.spec
        self.options = choose(self.spec.options, dict(edition.options), template=self.spec.name)
        self.pages = edition.pages or self.spec.pages

    @property
    def press(self) -> Press:
        """What lays out pages."""
        return self.look.press

    @property
    def limits(self) -> Limits:
        """How many items each section takes: more where more pages were asked for."""
        return times(self.spec.limits, -(-self.pages // self.spec.pages))

    def ready(self, formats: Sequence[str], language: str) -> None:
        """Load what `formats` need, so that no reading is done in vain.

        Raises:
            TemplateError: If the template lacks a format or the language.
            RenderError: If what the PDF needs is not installed.
        """
        check_formats(self.spec, formats)
        check_language(self.spec, language)
        if "pdf" in formats:
            _ = self.press

    def publish(self, findings: Findings, formats: Sequence[str]) -> Publication:
        """Compose findings for the template and render them.

        What is printed has been checked: every string in quotation marks in the HTML and in the
        PDF's text stands in a source.

        Raises:
            TemplateError: If the template fails, or cannot fit its pages.
            VerificationError: If a quotation on the page stands in no source.
            RenderError: If the PDF cannot be made.
        """
        from briefing.codec import dump_brief
        from briefing.record import NAME as RECORD
        from briefing.record import dump_record
        from briefing.render.glyphs import uncovered
        from briefing.render.html import render_html
        from briefing.render.text import html_text, pdf_text

        self.ready(formats, findings.language)
        own = (findings.title, findings.focus, self.edition.handling)
        check = QuotationCheck(findings.documents, own=own)
        fitted = self.fit(findings, on_pages="pdf" in formats)
        brief, layout = fitted.brief, fitted.layout
        files: dict[str, bytes] = {}
        warnings: tuple[str, ...] = ()
        shown = html_text(fitted.page)
        if layout:
            warnings = layout.warnings + tuple(map(str, uncovered(shown)))

            def record(text: str) -> bytes:
                # It has the words of the page, so that any later change of them shows.
                return dump_record(findings, brief, fields=self.spec.fields, page_text=text)

            files["pdf"] = self.press.write(layout, attachments={RECORD: record})
            printed = pdf_text(files["pdf"])
            if reads_from_right(shown):
                # Lines come back in the order of the eye; quotations are checked in the HTML.
                check_words(printed, shown, where="brief.pdf")
            else:
                check.check(printed, where="brief.pdf")
        html = fitted.page
        if "html" in formats:
            html = render_html(brief, self.spec, page=self.edition.page, options=self.options)
            shown = html_text(html)
        check.check(shown, where="brief.html")
        files["html"] = html.encode()
        files["json"] = dump_brief(findings, brief)
        if "md" in formats:
            files["md"] = self.markdown(brief, check)
        if "eml" in formats:
            files["eml"] = self.email(findings, fitted.limits, check, files.get("pdf"))
            warnings += leaving(self.edition.mail)
        return Publication(
            files={f"brief.{name}": files[name] for name in formats},
            brief=brief,
            warnings=warnings,
            pages=layout.pages if layout else 0,
            fill=layout.content_height / (self.pages * layout.available_height) if layout else 0,
        )

    def markdown(self, brief: Brief, check: QuotationCheck) -> bytes:
        """The brief as Markdown."""
        from briefing.render.markdown import markdown_text, render_markdown

        text = render_markdown(brief, self.spec, options=self.options)
        check.check(markdown_text(text), where="brief.md")
        return text.encode()

    def email(
        self, findings: Findings, limits: Limits, check: QuotationCheck, pdf: bytes | None
    ) -> bytes:
        """The brief as an e-mail, short enough to be shown whole; with its PDF if there is one."""
        from briefing.render import email
        from briefing.render.email import html_size, render_email, render_mail_page
        from briefing.render.plain import render_text
        from briefing.render.text import html_text

        options = dict(self.options)
        if not options.get("unsubscribe", "-"):
            options["unsubscribe"] = self.edition.mail.unsubscribe

        def make(limits: Limits) -> tuple[Brief, str]:
            brief = self.compose(findings, limits)
            return brief, render_mail_page(brief, self.spec, options=options)

        brief, html, *_ = fit_within(make, limits, html_size, email.LIMIT_BYTES, "bytes")
        text = render_text(brief, self.spec, options=options)
        check.check(html_text(html), where="the HTML of brief.eml")
        check.check(text, where="the text of brief.eml")
        return render_email(
            html, text, subject=brief.title, date=brief.date, mail=self.edition.mail, pdf=pdf
        )

    def composed(self, findings: Findings) -> Brief:
        """What is printed of `findings`: fitted to the pages where the template has any.

        Raises:
            TemplateError: If the template fails, or cannot fit its pages.
        """
        return self.fit(findings, on_pages="pdf" in self.spec.formats).brief

    def fit(self, findings: Findings, *, on_pages: bool) -> Fitted:
        """The fullest brief that keeps to the template's budget.

        Args:
            findings: What to print of.
            on_pages: Whether it is laid out on pages; else only a budget of words counts.

        Raises:
            TemplateError: If the template fails, or the least that it prints is too much.
        """
        make = partial(self.make, findings)
        limits = self.limits
        if self.spec.words is not None:
            words = self.spec.words * self.pages // self.spec.pages
            limits = fit_within(make, limits, count_page_words, words, "words").limits
        if on_pages:
            return fit(make, limits, self.press, self.pages)
        return Fitted(*make(limits), limits)

    def make(self, findings: Findings, limits: Limits) -> tuple[Brief, str]:
        """Compose a brief within `limits` and fill the template with it, without styles."""
        brief = self.compose(findings, limits)
        return brief, render_template(
            self.spec, brief, page=self.edition.page, options=self.options
        )

    def compose(self, findings: Findings, limits: Limits) -> Brief:
        """Compose a brief within `limits`, for whom it is meant."""
        brief = compose(findings, limits)
        return replace(
            brief,
            handling=self.edition.handling,
            recipient=self.edition.addressee,
            # A section that the template never prints was not left out for space.
            cut=tuple(cut for cut in brief.cut if cut.section in (*self.spec.fields, OFF_FOCUS)),
        )


def ready(edition: Edition, formats: Sequence[str], language: str) -> None:
    """As `Printer.ready`."""
    printer(edition).ready(formats, language)


def composed(edition: Edition, findings: Findings) -> Brief:
    """As `Printer.composed`."""
    return printer(edition).composed(findings)


def leaving(mail: Mail) -> tuple[str, ...]:
    """What to warn of in a message that readers cannot leave."""
    if mail.unsubscribe:
        return ()
    return ("brief.eml has no way to unsubscribe; name one with --unsubscribe https://…",)


kept = lru_cache(maxsize=8)(Look)
"""One look a template and page size, for all that a process prints with it."""


def printer(edition: Edition) -> Printer:
    """A printer of `edition`, with a look that is kept."""
    return Printer(edition, kept(edition.template, edition.page))


def publish(edition: Edition, findings: Findings, formats: Sequence[str]) -> Publication:
    """As `Printer.publish`. This and what follows may be called in another process."""
    return printer(edition).publish(findings, formats)


def times(limits: Limits, factor: int) -> Limits:
    """Limits for so many times the pages that a template was made for; an item stays as long."""
    counts = {each.name: getattr(limits, each.name) * factor for each in fields(limits)}
    return Limits(**counts | {"lines": limits.lines})
