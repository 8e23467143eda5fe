"""One look at a template: a fixture in, the HTML, the PDF's pages and their measures out.

`Preview.render` is the one place of the preview where pages are made, in a child process, so that
no template can hang the preview. What is wrong with a template comes back as `Trouble`, with its
file and line, and is never raised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.brief import Cut
from briefing.confined import Confined
from briefing.errors import BriefingError
from briefing.paths import shipped
from briefing.preview.pictures import pictures
from briefing.preview.samples import Sample, samples
from briefing.templating import load
from briefing.templating.places import find

if TYPE_CHECKING:
    from collections.abc import Collection

    from briefing.templating import TemplateSpec

FONTS = (".otf", ".ttf", ".woff", ".woff2")
PLACE = re.compile(r"(?P<file>/[^:\n]+)(?::(?P<line>\d+))?: (?P<message>.*)", re.DOTALL)
"""How the messages of `TemplateError` begin that name a file."""


@dataclass(frozen=True, slots=True)
class View:
    """What somebody looks at.

    Attributes:
        fixture: Name of a sample; of the first one where there is none of that name.
        page: Size of the page; the template's default where it does not have that one.
        language: Of the page; the template's first where it does not have that one.
        options: Names and values, as text; what the template does not know is passed over.
        scale: Dots of the pictures for each CSS px: 1 to 3.
    """

    fixture: str = ""
    page: str = ""
    language: str = ""
    options: tuple[tuple[str, str], ...] = ()
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no output; `file` is empty and `line` 0 where they are not known."""

    message: str
    hint: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rendered:
    """The output of one look.

    Attributes:
        html: The HTML file; empty where the template has no such format.
        pdf: The PDF; empty where the template has no such format.
        pictures: The PDF's pages as PNG.
        fill: How much of the room on all pages allowed is used, from 0.
        pages: How many pages there are.
        budget: How many there may be.
        cut: What was left out for space, a section each.
        warnings: What is no error and yet worth knowing.
    """

    html: str
    pdf: bytes
    pictures: tuple[bytes, ...]
    fill: float
    pages: int
    budget: int
    cut: tuple[Cut, ...]
    warnings: tuple[str, ...]


class Preview:
    """Renders one template again and again while its files change.

    Args:
        name: The template's name or folder. It must be there; it may be broken.

    Raises:
        TemplateError: If there is no such template.
    """

    def __init__(self, name: str) -> None:
        self.folder = find(name)
        self._template: TemplateSpec | Trouble | None = None
        self._child = Confined(what=f"template {self.folder.name}")
        self._anew = False
        self._edit = 0

    def template(self) -> TemplateSpec | Trouble:
        """What the template promises now."""
        if self._template is not None:
            return self._template
        edit = self._edit
        try:
            template: TemplateSpec | Trouble = load(str(self.folder))
        except BriefingError as error:
            template = to_trouble(error)
        if edit == self._edit:  # else its files changed while they were read
            self._template = template
        return template

    def folders(self) -> tuple[Path, ...]:
        """Folders whose files make the output: its own first."""
        template = self.template()
        own = (self.folder,) if isinstance(template, Trouble) else template.folders
        common = (shipped("templates") / name for name in ("shared", "fonts"))
        return (*own, *(folder for folder in common if folder.is_dir()))

    def samples(self) -> tuple[Sample, ...]:
        """What the template can be tried on, its own example first."""
        template = self.template()
        return samples(None if isinstance(template, Trouble) else template)

    def render(self, view: View) -> Rendered | Trouble:
        """Make the pages of `view`; may take a second or two."""
        anew, self._anew = self._anew, False
        try:
            return self._child.call(rendered, str(self.folder), view, anew)
        except BriefingError as error:
            return to_trouble(error)

    def forget(self, changed: Collection[Path]) -> None:
        """Read the files of the template anew from here on, for those in `changed` have."""
        self._edit += 1
        self._template = None
        self._anew = True
        if any(path.suffix in FONTS for path in changed):
            # Fonts once read are kept for as long as a process lives.
            self._child.close()

    def close(self) -> None:
        """End what is at work."""
        self._child.close()


def rendered(folder: str, view: View, anew: bool) -> Rendered:  # noqa: FBT001 - called by position
    """The pages of `view`, or the error of whoever failed; called in the child.

    Args:
        folder: The template's.
        view: What to render.
        anew: Whether files may have changed since the last call.
    """
    from briefing.publishing import Edition, Printer
    from briefing.templating import environment

    if anew:
        environment.cache_clear()
    spec = load(folder)
    view = fitting(view, spec)
    findings = replace(chosen(samples(spec), view.fixture).findings(), language=view.language)
    printer = Printer(Edition(template=folder, page=view.page, options=view.options))
    formats = tuple(name for name in ("pdf", "html") if name in spec.formats)
    publication = printer.publish(findings, formats)
    files = {Path(name).suffix: data for name, data in publication.files.items()}
    pdf = files.get(".pdf", b"")
    return Rendered(
        html=files.get(".html", b"").decode(),
        pdf=pdf,
        pictures=pictures(pdf, scale=view.scale) if pdf else (),
        fill=publication.fill,
        pages=publication.pages,
        budget=printer.pages,
        cut=publication.brief.cut,
        warnings=publication.warnings,
    )


def fitting(view: View, spec: TemplateSpec) -> View:
    """`view`, with what the template does not have set to what it has first."""
    known = {option.name for option in spec.options}
    return replace(
        view,
        options=tuple(pair for pair in view.options if pair[0] in known),
        page=view.page if view.page in spec.page_sizes else spec.page_sizes[0],
        language=view.language if view.language in spec.languages else spec.languages[0],
    )


def chosen(found: tuple[Sample, ...], name: str) -> Sample:
    """The sample of that name, else the first."""
    return next((sample for sample in found if sample.name == name), found[0])


def to_trouble(error: BriefingError) -> Trouble:
    """An error as the page shows it: the place apart from the words."""
    found = PLACE.match(error.message)
    if found is None:
        return Trouble(error.message, error.hint)
    return Trouble(found["message"], error.hint, found["file"], int(found["line"] or 0))
