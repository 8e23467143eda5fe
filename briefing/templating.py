"""Templates: what a folder promises, and its sandboxed rendering.

In: a template's name or folder. Out: `TemplateSpec`, checked when loaded, and from a `Brief` the
HTML that `render` prints. A folder holds `template.toml`, `brief.html.j2`, `print.css` and
`screen.css`. Source text is escaped everywhere; nothing a template can write switches that off.
"""

from __future__ import annotations

import re
import tomllib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec

from briefing.brief import Brief, Limits
from briefing.errors import TemplateError
from briefing.findings import single_marks
from briefing.paths import shipped

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

CONTRACT = "template.toml"
PAGE = "brief.html.j2"
PARTS = (PAGE, "print.css", "screen.css")
PageSize = Literal["A4", "Letter"]
Format = Literal["pdf", "html", "json", "md", "eml"]
Labels = Mapping[str, str | list[str]]

UNSEEN = dict.fromkeys(
    (
        *range(0x09),
        0x0B,
        0x0C,
        *range(0x0E, 0x20),
        0x7F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
)
"""Control characters: they would change what the eye reads, and a source may hold any."""

MEDIA_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}
"""What a template's own files may be."""

SEE_SCHEMA = "See `briefing templates show --schema` for what a template is given."

FAILURES = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What an expression in a template can raise besides Jinja's own errors."""


@dataclass(frozen=True, slots=True)
class TemplateSpec:
    """What a template folder promises.

    Attributes:
        name: The folder's name.
        folder: Where it lies, absolute.
        title: Name for people.
        description: One sentence for `briefing templates list`.
        page_sizes: Sizes that its print styles were made for; the first is the default.
        pages: The page budget: more pages than these are an error.
        margins_mm: Of the page: top, right, bottom, left.
        limits: How many items of each section a page takes, at most.
        formats: What it can be rendered to.
        languages: ISO 639-1 codes of the languages that it has labels in.
        fields: Fields of `Brief` that it prints.
        labels: For each language, its wordings by key; a list where number or order matters.
    """

    name: str
    folder: Path
    title: str
    description: str
    page_sizes: tuple[PageSize, ...]
    pages: int
    margins_mm: tuple[float, float, float, float]
    limits: Limits
    formats: tuple[Format, ...]
    languages: tuple[str, ...]
    fields: tuple[str, ...]
    labels: Mapping[str, Labels]


Count = Annotated[int, msgspec.Meta(ge=0)]
Length = Annotated[float, msgspec.Meta(ge=5, le=60)]
Some = msgspec.Meta(min_length=1)


class _Page(msgspec.Struct, forbid_unknown_fields=True):
    sizes: Annotated[tuple[PageSize, ...], Some]
    pages: Annotated[int, msgspec.Meta(ge=1)]
    margins_mm: tuple[Length, Length, Length, Length]


class _Limits(msgspec.Struct, forbid_unknown_fields=True):
    summary: Count
    claims: Count
    contested: Count
    positions: Count
    unknowns: Count
    sources: Count
    timeline: Count = 0


class _Contract(msgspec.Struct, forbid_unknown_fields=True):
    title: Annotated[str, Some]
    description: Annotated[str, Some]
    formats: Annotated[tuple[Format, ...], Some]
    fields: tuple[str, ...]
    page: _Page
    limits: _Limits
    labels: Annotated[dict[str, dict[str, str | list[str]]], Some]


def folders() -> tuple[Path, ...]:
    """Where templates are known by name: the shipped ones first, then `./templates`."""
    return shipped("templates"), Path.cwd() / "templates"


def names() -> tuple[str, ...]:
    """The names of all templates that can be loaded by name, in alphabetical order."""
    found = {path.parent.name for place in folders() for path in place.glob(f"*/{CONTRACT}")}
    return tuple(sorted(found))


def load(name_or_folder: str) -> TemplateSpec:
    """Find a template and check its contract and its files.

    Args:
        name_or_folder: A name as `names()` lists it, or a path to a folder; without a slash it
            is taken for a name first.

    Raises:
        TemplateError: If it is unknown, a file is missing or a key is wrong; the message names
            the file and the key or line.
    """
    folder = _find(name_or_folder)
    contract = _read(folder / CONTRACT)
    for part in PARTS:
        if not (folder / part).is_file():
            raise TemplateError(
                f"template {folder.name} has no {part}", hint=f"Looked in {folder}."
            )
    for path in sorted(folder.rglob("*.j2")):
        _check_source(folder, path)
    return TemplateSpec(
        name=folder.name,
        folder=folder,
        title=contract.title,
        description=contract.description,
        page_sizes=contract.page.sizes,
        pages=contract.page.pages,
        margins_mm=contract.page.margins_mm,
        limits=Limits(**msgspec.structs.asdict(contract.limits)),
        formats=contract.formats,
        languages=tuple(contract.labels),
        fields=contract.fields,
        labels=contract.labels,
    )


def _find(name_or_folder: str) -> Path:
    """The absolute folder of a template."""
    as_path = Path(name_or_folder).expanduser()
    by_path = "/" in name_or_folder or as_path.is_absolute()
    known = () if by_path else tuple(place / name_or_folder for place in folders())
    for place in (*known, as_path):
        if (place / CONTRACT).is_file():
            return place.resolve()
    if by_path:
        raise TemplateError(
            f"{name_or_folder} holds no {CONTRACT}", hint="Name a template's folder."
        )
    raise TemplateError(
        f"unknown template: {name_or_folder}", hint=f"Known: {', '.join(names()) or 'none'}."
    )


def _read(path: Path) -> _Contract:
    """Read a contract and check every key."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        contract = msgspec.convert(raw, _Contract)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TemplateError(f"{path}: {error}", hint="Correct that line of TOML.") from error
    except msgspec.ValidationError as error:
        raise TemplateError(
            f"{path}: {str(error).replace('$.', '')}",
            hint=f"Compare it with {shipped('templates') / 'one-page' / CONTRACT}.",
        ) from error
    unknown = sorted(set(contract.fields) - {field.name for field in fields(Brief)})
    if unknown:
        raise TemplateError(
            f"{path}: fields: a brief has no {', '.join(unknown)}", hint=SEE_SCHEMA
        )
    first, *others = contract.labels.items()
    for language, labels in others:
        if odd := sorted(labels.keys() ^ first[1].keys()):
            raise TemplateError(
                f"{path}: labels.{language}: {', '.join(odd)} stands in one language only",
                hint=f"Give it the keys of labels.{first[0]}.",
            )
    return contract


def _check_source(folder: Path, path: Path) -> None:
    """Parse one file, and refuse it if it would print text unescaped."""
    from jinja2 import TemplateSyntaxError, nodes

    source = path.read_text(encoding="utf-8")
    try:
        tree = _environment(folder).parse(source, filename=str(path))
        _environment(folder).compile(source, filename=str(path))
    except TemplateSyntaxError as error:
        raise TemplateError(
            f"{path}:{error.lineno}: {error.message}", hint=_advise(error)
        ) from error
    for node in tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)):
        raise TemplateError(
            f"{path}:{node.lineno}: escaping cannot be changed",
            hint="Remove the autoescape block.",
        )


@lru_cache(maxsize=32)
def _environment(folder: Path) -> SandboxedEnvironment:
    """The environment of one template folder; it sees no file outside of it."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    del environment.filters["safe"]
    environment.globals["asset"] = lambda name: data_uri(folder / name, within=(folder,))
    environment.filters["unquoted"] = _unquoted
    environment.tests["web_address"] = is_web_address
    return environment


def _unquoted(text: object) -> str:
    from jinja2 import Undefined

    if isinstance(text, Undefined):
        str(text)  # raises, and names the field
    return single_marks(text)  # type: ignore[arg-type]  # a wrong type fails with its place


def is_web_address(text: str | None) -> bool:
    """Whether `text` may stand in a link: `http` or `https` with a host, nothing else."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def data_uri(path: Path, *, within: tuple[Path, ...]) -> str:
    """One of a template's own files as a `data:` address.

    Args:
        path: The file.
        within: Folders of which one must hold it.

    Raises:
        TemplateError: If it is missing, lies elsewhere, or is of no known type.
    """
    real = path.resolve()
    if not any(real.is_relative_to(folder.resolve()) for folder in within):
        raise TemplateError(f"{path} lies outside the template", hint="Copy it into the folder.")
    media_type = MEDIA_TYPES.get(real.suffix.lower())
    if media_type is None:
        raise TemplateError(
            f"{path}: a template cannot use a file of this type",
            hint=f"It can use {', '.join(MEDIA_TYPES)}.",
        )
    if not real.is_file():
        raise TemplateError(f"{path} is missing", hint="Put the file there, or correct its name.")
    return f"data:{media_type};base64,{b64encode(real.read_bytes()).decode('ascii')}"


def render_template(spec: TemplateSpec, brief: Brief, *, page: str, styles: str = "") -> str:
    """Fill a template.

    It sees `brief`, `page`, `styles`, `labels` in the brief's language; `asset(name)`, which makes
    a `data:` address of a file in its folder; the test `web_address`; and the filter `unquoted`,
    which makes double quotation marks single, for strings that are no `Quotation`.

    Args:
        spec: From `load`.
        brief: What to print.
        page: A size that the template was made for.
        styles: CSS for one style element, of our own making; never from a source.

    Raises:
        TemplateError: If the template fails, with its file and line; or if it does not know the
            page size or the brief's language.
    """
    from jinja2 import TemplateError as JinjaError
    from markupsafe import Markup

    if page not in spec.page_sizes:
        raise TemplateError(
            f"template {spec.name} has no page size {page}",
            hint=f"It has {', '.join(spec.page_sizes)}.",
        )
    if brief.language not in spec.languages:
        raise TemplateError(
            f"template {spec.name} has no labels in {brief.language}",
            hint=f"Add [labels.{brief.language}] to {spec.folder / CONTRACT}.",
        )
    if re.search(r"</style", styles, re.IGNORECASE):
        raise TemplateError(f"the styles of template {spec.name} hold a closing style tag")
    try:
        printed = (
            _environment(spec.folder)
            .get_template(PAGE)
            .render(
                brief=brief,
                page=page,
                labels=spec.labels[brief.language],
                styles=Markup(styles),  # noqa: S704 - the template's own CSS, checked above
            )
        )
    except (JinjaError, *FAILURES) as error:
        raise TemplateError(
            f"{_place(error, spec.folder)}: {error}", hint=_advise(error)
        ) from error
    return printed.translate(UNSEEN)


def _advise(error: Exception) -> str:
    """What the template's author can do about `error`, where it can be told."""
    from jinja2 import TemplateNotFound, UndefinedError

    if isinstance(error, UndefinedError):
        return SEE_SCHEMA
    if isinstance(error, TemplateNotFound):
        return "A template can include files of its own folder only."
    if "filter named 'safe'" in str(error):
        return "Text of sources is always escaped: remove the filter."
    return ""


def _place(error: Exception, folder: Path) -> str:
    """File and line of the template in which `error` arose."""
    place = str(folder / PAGE)
    line = getattr(error, "lineno", None)
    if line is not None:
        return f"{getattr(error, 'filename', None) or place}:{line}"
    trace: Any = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(str(folder)):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
