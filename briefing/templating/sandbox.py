"""The sandboxed Jinja environment of a template, and what its pages may use.

In: a template's folders and a language. Out: an environment that sees no file outside of them.
"""

from __future__ import annotations

import unicodedata
from base64 import b64encode
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing.errors import TemplateError
from briefing.findings import single_marks
from briefing.paths import shipped
from briefing.templating.bounds import as_text, bounded_environment, own_files

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup

    from briefing.wording import Wording

SHARED = "shared"
"""Under this name templates import the macros that ship with the package."""

ASSET_BYTES = 4_000_000
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


@lru_cache(maxsize=64)
def environment(folders: tuple[Path, ...], language: str) -> SandboxedEnvironment:
    """The environment of one template in one language.

    Args:
        folders: Its own, then those of the templates that it extends; these are also seen under
            their names: `{% extends "one-page/brief.html.j2" %}`.
        language: One that there is wording in.

    Raises:
        SettingsError: If there is no wording in that language.
    """
    from jinja2 import ChoiceLoader, PrefixLoader, StrictUndefined

    from briefing.wording import load

    wording = load(language, beside=folders[0])
    files = own_files()
    named = {folder.name: files(folder) for folder in folders[1:]}
    jinja = bounded_environment()(
        loader=ChoiceLoader(
            [
                files(folders),
                PrefixLoader(named | {SHARED: files(shipped("templates") / SHARED)}),
            ]
        ),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled("printed"),
    )
    jinja.install_gettext_callables(  # type: ignore[attr-defined]  # the extension brings it
        as_text(wording.gettext),
        as_text(wording.ngettext),
        newstyle=True,
        pgettext=as_text(wording.pgettext),
    )
    jinja.globals["asset"] = lambda name: asset(folders, name)
    jinja.filters["unquoted"] = unquoted
    jinja.filters["dir"] = reading_direction
    jinja.filters["day"] = lambda iso: day(wording, iso)
    jinja.tests["web_address"] = is_web_address
    return jinja


@cache
def compiled(_kind: str) -> BytecodeCache:
    """What files compile to, for environments of one kind: they differ only in their language."""
    from jinja2 import BytecodeCache

    class InMemory(BytecodeCache):
        def __init__(self) -> None:
            self._kept: dict[str, bytes] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            if kept := self._kept.get(bucket.key):
                bucket.bytecode_from_string(kept)  # nothing, where the file has changed

        def dump_bytecode(self, bucket: Bucket) -> None:
            self._kept[bucket.key] = bucket.bytecode_to_string()

    return InMemory()


def unquoted(text: object) -> str:
    """`text` with single quotation marks for double ones."""
    from jinja2 import Undefined

    if isinstance(text, Undefined):
        str(text)  # raises, and names the field
    return single_marks(text)  # type: ignore[arg-type]  # a wrong type fails with its place


def reading_direction(text: object) -> str:
    """`ltr` or `rtl`: how the first letter of `text` that has a direction is read.

    What browsers find by `dir="auto"`, which the PDF's layout does not know.
    """
    found = (unicodedata.bidirectional(letter) for letter in str(text))
    first = next((one for one in found if one in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def day(wording: Wording, iso: str) -> Markup:
    """An ISO day, month or year as a `time` element that reads as people write it."""
    from markupsafe import Markup

    return Markup('<time datetime="{}">{}</time>').format(iso, wording.date(iso))


def is_web_address(text: str | None) -> bool:
    """Whether `text` may stand in a link: `http` or `https` with a host, nothing else."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def asset(folders: tuple[Path, ...], name: str) -> str:
    """A file of a template, or of what it extends, as a `data:` address.

    Raises:
        TemplateError: As `data_uri`.
    """
    paths = [folder / name for folder in folders]
    return data_uri(next((path for path in paths if path.is_file()), paths[0]), within=folders)


def data_uri(path: Path, *, within: tuple[Path, ...]) -> str:
    """One of a template's own files as a `data:` address.

    Args:
        path: The file.
        within: Folders of which one must hold it.

    Raises:
        TemplateError: If it is missing, too large, lies elsewhere, or is of no known type.
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
    if real.stat().st_size > ASSET_BYTES:
        raise TemplateError(
            f"{path} is larger than {ASSET_BYTES:,} bytes", hint="Make the picture smaller."
        )
    return f"data:{media_type};base64,{b64encode(real.read_bytes()).decode('ascii')}"
