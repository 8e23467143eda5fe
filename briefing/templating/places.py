"""Where templates lie: in the package, in `./templates`, in the user's folder, in packages.

In: a name or a path. Out: the absolute folder of a template.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import TemplateError
from briefing.paths import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import EntryPoint

CONTRACT = "template.toml"
GROUP = "briefing.templates"
"""Entry points of installed packages: a template's name, and the package that is its folder."""


def places() -> tuple[Path, ...]:
    """Folders that hold templates by name: shipped ones, then `./templates`, then the user's."""
    from platformdirs import user_config_path

    return (
        shipped("templates"),
        Path.cwd() / "templates",
        user_config_path("briefing") / "templates",
    )


def names() -> tuple[str, ...]:
    """The names of all templates that can be loaded by name, in alphabetical order."""
    found = {path.parent.name for place in places() for path in place.glob(f"*/{CONTRACT}")}
    return tuple(sorted(found | {entry.name for entry in entry_points(group=GROUP)}))


def find(name_or_folder: str) -> Path:
    """The absolute folder of a template.

    Args:
        name_or_folder: A name as `names` lists it, or a path to a folder; without a slash it is
            taken for a name first.

    Raises:
        TemplateError: If there is none.
    """
    as_path = Path(name_or_folder).expanduser()
    by_path = "/" in name_or_folder or as_path.is_absolute()
    known = () if by_path else _known(name_or_folder)
    for place in (*known, as_path):
        if (place / CONTRACT).is_file():
            return Path(place).resolve()
    if by_path:
        raise TemplateError(
            f"{name_or_folder} holds no {CONTRACT}", hint="Name a template's folder.", usage=True
        )
    raise TemplateError(
        f"unknown template: {name_or_folder}",
        hint=f"Known: {', '.join(names()) or 'none'}.",
        usage=True,
    )


def is_shipped(name_or_folder: str) -> bool:
    """Whether a template is one of the package's own.

    Raises:
        TemplateError: If there is none of that name.
    """
    return find(name_or_folder).is_relative_to(shipped("templates").resolve())


def _known(name: str) -> Iterator[Path]:
    """The folders that may be meant by `name`, the first one that is there counts."""
    for place in places():
        yield place / name
    for entry in entry_points(group=GROUP, name=name):
        yield _folder_of(entry)


def _folder_of(entry: EntryPoint) -> Path:
    """The folder of the package that an entry point names; its code is not run."""
    package, _, rest = entry.module.partition(".")
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise TemplateError(
            f"template {entry.name}: {entry.module} is not a package",
            hint="Install the package again that brings it, or remove it.",
        )
    return Path(found.submodule_search_locations[0], *filter(None, rest.split(".")))
