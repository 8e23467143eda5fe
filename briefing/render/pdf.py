"""A brief as PDF/UA-1 and PDF/A-3a: laid out, measured, written.

In: HTML from a template. Out: `Layout`, which says where everything stands so that the caller can
choose what fits, and the PDF's bytes: tagged, with its fonts inside, the same for the same input.
Nothing is fetched but the template's own files and the shipped fonts.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from briefing.errors import RenderError
from briefing.paths import shipped
from briefing.render.finish import VARIANT, fill, finish, page_text
from briefing.render.html import page_rule
from briefing.templating.able import check_page

if TYPE_CHECKING:
    from briefing.templating import TemplateSpec

END = "brief-end"
"""Id of the empty element with which every template ends: where the content ends."""

SYSTEM_LIBRARIES = "apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"
COLOURS = "srgb"
"""The name under which WeasyPrint looks for the profile of an archived file."""
PX_PER_MM = 96 / 25.4
WIDTH_MM = {"A4": 210, "Letter": 215.9}
HEIGHT_MM = {"A4": 297, "Letter": 279.4}
TALL_MM = 5000
Attached = bytes | Callable[[str], bytes]
SERIOUS = ("Font-face", "Anchor defined twice", "Invalid date")
"""How those warnings of WeasyPrint begin that spoil a page as an error would."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One brief laid out on pages; lengths are in CSS px, 96 to the inch.

    Attributes:
        pages: How many there are.
        anchors: For every id in the HTML: 0-based page, then x and y from that page's corner.
        heights: For every id, the height of its element without margins, where it begins.
        content_height: From the top of the first page's content to the end of the last item.
        available_height: What one page takes between its margins.
        warnings: What WeasyPrint had to say that is no error, such as an unknown CSS property.
        document: WeasyPrint's document, for `Press.write`.
    """

    pages: int
    anchors: Mapping[str, tuple[int, float, float]]
    heights: Mapping[str, float]
    content_height: float
    available_height: float
    warnings: tuple[str, ...]
    document: Any

    def fits(self, pages: int) -> bool:
        """Whether everything stands on `pages` pages and within their margins."""
        return self.pages <= pages and self.content_height <= pages * self.available_height + 0.5


class Press:
    """Lays out and writes the briefs of one template and page size.

    Keep one for as long as its template is used: fonts are loaded once a process, styles once a
    template and page size. Not for use by several threads at once.

    Args:
        spec: The template.
        page: One of its page sizes.

    Raises:
        RenderError: If Pango or HarfBuzz is not installed, or a font or style cannot be read.
        TemplateError: If the template was not made for this page size.
    """

    def __init__(self, spec: TemplateSpec, page: str = "A4") -> None:
        check_page(spec, page)
        top, _, bottom, _ = spec.margins_mm
        self.spec = spec
        self.page = page
        self._top = top * PX_PER_MM
        self._height = (HEIGHT_MM[page] - top - bottom) * PX_PER_MM
        with _reports(spec):
            self._styles = _styles(spec.folders, tuple(map(_stamped, spec.styles("print.css"))))

    @property
    def page_height(self) -> float:
        """What one page takes between its margins, in CSS px."""
        return self._height

    @property
    def letters(self) -> int:
        """About how many letters fill a page; 0 where the template does not say."""
        sides = sum(self.spec.margins_mm[1::2])
        ends = sum(self.spec.margins_mm[::2])
        first, own = (
            (WIDTH_MM[size] - sides) * (HEIGHT_MM[size] - ends)
            for size in (self.spec.page_sizes[0], self.page)
        )
        return int(self.spec.letters * own / first)

    def layout(self, html: str) -> Layout:
        """Lay out HTML on pages of the press's size.

        Raises:
            RenderError: If something is fetched from elsewhere, a picture has no alternative text,
                the page has no title, language or end anchor, or WeasyPrint reports an error.
        """
        return self._lay_out(html, self.page, self._height)

    def layout_tall(self, html: str) -> Layout:
        """The same on one page of the same width and five metres' height.

        What an item takes with its margins is the distance to the next item's anchor, or to its
        section's end.
        """
        top, _, bottom, _ = self.spec.margins_mm
        height = (TALL_MM - top - bottom) * PX_PER_MM
        return self._lay_out(html, f"{WIDTH_MM[self.page]}mm {TALL_MM}mm", height)

    def _lay_out(self, html: str, size: str, height: float) -> Layout:
        weasyprint = _weasyprint()
        with _reports(self.spec) as warnings:
            tree = weasyprint.HTML(
                string=html,
                base_url=_address(self.spec.folder),
                url_fetcher=_fetcher(self.spec.folders),
            )
            document = tree.render(
                font_config=_fonts(),
                color_profiles={COLOURS: _colours()},
                stylesheets=[*self._styles, _page_style(page_rule(self.spec, size))],
                pdf_variant=VARIANT,
            )
        _check_access(tree, document)
        boxes = {
            name: (number, *box)
            for number, page in reversed(list(enumerate(document.pages)))
            for name, box in page.anchors.items()
        }
        anchors = {name: (number, left, top) for name, (number, left, top, *_) in boxes.items()}
        heights = {name: bottom - top for name, (_, _, top, _, bottom) in boxes.items()}
        if END not in anchors:
            raise RenderError(f"template {self.spec.name} has no element with the id {END}")
        number, _, y = anchors[END]
        return Layout(
            pages=len(document.pages),
            anchors=anchors,
            heights=heights,
            content_height=number * height + y - self._top,
            available_height=height,
            warnings=tuple(warnings),
            document=document,
        )

    def write(
        self,
        layout: Layout,
        *,
        attachments: Mapping[str, Attached] | None = None,
        description: str = "The data that this brief was made from",
    ) -> bytes:
        """The PDF's bytes; the same layout gives the same bytes.

        Args:
            layout: From this press.
            attachments: Files to carry along, by name: their bytes, or what makes these of the
                text of the pages, parted by form feeds. Their dates are those of the brief.
            description: What they are, in the brief's language.

        Raises:
            RenderError: If WeasyPrint reports an error.
        """
        weasyprint = _weasyprint()
        date = _brief_date(layout)
        files = [
            weasyprint.Attachment(
                string=name.encode() if callable(data) else data,
                name=name,
                description=description,
                created=date,
                modified=date,
                relationship="Source",
            )
            for name, data in (attachments or {}).items()
        ]

        def last(document: Any, pdf: Any) -> None:
            finish(document, pdf)
            for name, data in (attachments or {}).items():
                if callable(data):
                    fill(pdf, name, data(page_text(pdf)))

        with _reports(self.spec):
            pdf: bytes = layout.document.write_pdf(
                pdf_variant=VARIANT,
                output_intent="",  # the document has it, see `_colours`
                finisher=last,
                attachments=files or None,
            )
        return pdf


@cache
def _weasyprint() -> Any:
    """The library, or an error that says what to install."""
    try:
        # It prints advice of its own where a library is missing.
        with redirect_stdout(StringIO()):
            import weasyprint
            from weasyprint.text import ffi
    except OSError as error:
        raise RenderError(f"Pango is not installed: {error}", hint=SYSTEM_LIBRARIES) from error
    except DeprecationWarning as error:  # where warnings are errors
        raise RenderError(str(error), hint=SYSTEM_LIBRARIES) from error
    if ffi.harfbuzz_subset is None:
        # Without it pages take three times as long and come out with other bytes.
        raise RenderError("HarfBuzz's subset library is not installed", hint=SYSTEM_LIBRARIES)
    return weasyprint


@cache
def _fonts() -> Any:
    """One font configuration a process: a fresh one each time leaks and decodes fonts anew."""
    _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _stamped(sheet: Path) -> tuple[Path, int]:
    """A style sheet and when it was last changed: parsed styles are kept as long as it stays."""
    return sheet, sheet.stat().st_mtime_ns


@cache
def _colours() -> Any:
    """What red, green and blue mean in an archived file: WeasyPrint's profile, byte for byte.

    By itself it would open the file for each page, and not write the same bytes a second time.
    """
    from importlib.resources import files

    from weasyprint.css import ColorProfile

    name = "sRGB2014.icc"
    data = (files("weasyprint.pdf") / name).read_bytes()

    class Profile(ColorProfile):  # type: ignore[misc]
        content = data

    return Profile(BytesIO(data), name, "relative-colorimetric", (["r"], ["g"], ["b"]))


@lru_cache(maxsize=32)
def _styles(folders: tuple[Path, ...], sheets: tuple[tuple[Path, int], ...]) -> tuple[Any, ...]:
    """The parsed print styles of a template, after those of the shipped fonts."""
    weasyprint = _weasyprint()
    paths = (shipped("templates") / "fonts" / "print.css", *(sheet for sheet, _ in sheets))
    return tuple(
        weasyprint.CSS(filename=str(path), font_config=_fonts(), url_fetcher=_fetcher(folders))
        for path in paths
    )


def remarks(spec: TemplateSpec, sheet: Path) -> tuple[str, ...]:
    """What WeasyPrint says of a style sheet when it reads it, such as which rules it ignores.

    Raises:
        RenderError: If WeasyPrint cannot be loaded, or the sheet cannot be used at all.
    """
    with _reports(spec) as warnings:
        _weasyprint().CSS(filename=str(sheet), url_fetcher=_fetcher(spec.folders))
    return tuple(warnings)


@lru_cache(maxsize=64)
def _page_style(rule: str) -> Any:
    """A parsed rule for the paper."""
    return _weasyprint().CSS(string=rule)


@lru_cache(maxsize=32)
def _fetcher(folders: tuple[Path, ...]) -> Any:
    """Opens `data:` addresses and the files of `folders` and the shipped fonts, nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    own = (*folders, (shipped("templates") / "fonts").resolve())

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)

        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            path = Path(url2pathname(parts.path)).resolve()
            if parts.scheme != "file" or parts.netloc or not any(map(path.is_relative_to, own)):
                raise FatalURLFetchingError(f"blocked: {url}")
            return _read(path, url)

    return OwnFiles()


def _read(path: Path, url: str) -> Any:
    """One of our own files, as WeasyPrint takes it."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

    try:
        return URLFetcherResponse(url, path.read_bytes())
    except OSError as error:
        raise FatalURLFetchingError(f"cannot be read: {path}") from error


def _address(folder: Path) -> str:
    """A folder's `file:` address, to which relative ones are joined."""
    return folder.as_uri() + "/"


class _Collector(logging.Handler):
    """Keeps what WeasyPrint logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _reports(spec: TemplateSpec) -> Iterator[list[str]]:
    """Turn what WeasyPrint only logs into errors; lesser messages stand in the list after."""
    _weasyprint()
    from weasyprint.urls import FatalURLFetchingError

    logger = logging.getLogger("weasyprint")
    collector = _Collector()
    warnings: list[str] = []
    logger.addHandler(collector)
    try:
        yield warnings
    except FatalURLFetchingError as error:
        raise RenderError(
            f"template {spec.name}: {error}", hint="Pages use the template's own files only."
        ) from error
    finally:
        logger.removeHandler(collector)
    for record in collector.records:
        message = record.getMessage()
        if record.levelno >= logging.ERROR or message.startswith(SERIOUS):
            raise RenderError(f"template {spec.name}: {message}")
        warnings.append(message)


def _check_access(tree: Any, document: Any) -> None:
    """Refuse what PDF/UA asks for and WeasyPrint lets pass in silence."""
    if not (document.metadata.title or "").strip():
        raise RenderError("the page has no title")
    if not (tree.etree_element.get("lang") or "").strip():
        raise RenderError("the page has no language")


def _brief_date(layout: Layout) -> Any:
    """The brief's own date, as the page's metadata give it."""
    from datetime import UTC, datetime

    created = layout.document.metadata.created or "1970-01-01"
    return datetime.fromisoformat(created[:10]).replace(tzinfo=UTC)
