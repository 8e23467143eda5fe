"""From a name or a folder to a checked `TemplateSpec`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.errors import TemplateError
from briefing.keys import nearest
from briefing.templating.contract import (
    CONTRACT,
    PARTS,
    TemplateSpec,
    check,
    read_table,
)
from briefing.templating.places import find
from briefing.templating.sources import check_own, check_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DEPTH = 4
"""How many templates may extend one another in a row."""


def load(name_or_folder: str) -> TemplateSpec:
    """Find a template and check its contract and its files.

    Args:
        name_or_folder: A name as `names` lists it, or a path to a folder; without a slash it
            is taken for a name first.

    Raises:
        TemplateError: If it is unknown, a file is missing or a key is wrong; the message names
            the file, the line and the key.
    """
    folder = find(name_or_folder)
    table, lines, folders = _joined(folder)
    spec = check(table, lines, folders=folders)
    for wanted in spec.formats:
        for part in PARTS.get(wanted, ()):
            if spec.file(part) is None:
                raise TemplateError(
                    f"template {spec.name} has no {part}, which its format {wanted} is made of",
                    hint=f"Looked in {', '.join(map(str, spec.folders))}.",
                )
    for each in spec.folders:
        for path in sorted((*each.rglob("*.css"), each / CONTRACT)):
            check_own(spec.folders, path)
        for path in sorted(each.rglob("*.j2")):
            check_source(spec, path)
    return spec


def _joined(folder: Path) -> tuple[dict[str, Any], Mapping[str, int], tuple[Path, ...]]:
    """A contract over those that it extends, its lines, and the folders of all of them."""
    table, lines = read_table(folder / CONTRACT)
    folders = [folder]
    base, base_lines = table, lines
    while isinstance(name := base.get("extends", ""), str) and name:
        place = f"{folders[-1] / CONTRACT}:{nearest(base_lines, 'extends')}: extends"
        try:
            parent = find(str(folders[-1] / name) if name.startswith(".") else name)
        except TemplateError as error:  # the fault of the template, not of who named it
            raise TemplateError(f"{place}: {error.message}", hint=error.hint) from error
        if parent in folders or len(folders) > DEPTH:
            raise TemplateError(
                f"{place}: {name} leads round in a circle or too deep",
                hint="Extend a template that stands on its own.",
            )
        folders.append(parent)
        base, base_lines = read_table(parent / CONTRACT)
        table = _over(table, base)
    return table, lines, tuple(folders)


def _over(table: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """`table`, and what it does not say from `base`."""
    joined = dict(base) | dict(table)
    for key, value in joined.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            joined[key] = _over(value, base[key])
    return joined
