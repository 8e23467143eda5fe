"""A new template: a small one that is whole and says of each part what it is for.

In: a name. Out: a folder with the files of `starter/`, ready to be previewed and changed.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from briefing.errors import OutputError, TemplateError
from briefing.templating.places import CONTRACT, names

STARTER = Path(__file__).parent / "starter"
TITLE = 'title = "Starter"'
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 60


def new(name: str, place: Path) -> Path:
    """Make a template's folder; nothing that is there is changed.

    Args:
        name: What it is to be called: small letters, digits and hyphens between them.
        place: The folder that is to hold it, made if need be. `./templates` is where it is found
            by name.

    Returns:
        The new folder, `place/name`.

    Raises:
        TemplateError: If the name will not do, or a template is known by it.
        OutputError: If the folder is there, or cannot be written.
    """
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        raise TemplateError(
            f"{name!r} cannot be a template's name",
            hint=f"Use at most {LONGEST} small letters and digits, and hyphens between them.",
            usage=True,
        )
    folder = place / name
    if folder.exists() or folder.is_symlink():
        raise OutputError(f"{folder} is there already", hint="Choose another name or place.")
    if name in names():
        raise TemplateError(
            f"a template {name} is known already",
            hint=f'Choose another name; `extends = "{name}"` in it changes only what you say.',
        )
    part = place / f".{name}.part"
    try:
        place.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        # Modes are not copied: those of an installed package may forbid writing.
        shutil.copytree(STARTER, part, copy_function=shutil.copyfile)
        _entitle(part / CONTRACT, name)
        part.rename(folder)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written: {error.strerror}", hint="Choose another place."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def _entitle(contract: Path, name: str) -> None:
    title = name.replace("-", " ").capitalize()
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace(TITLE, f'title = "{title}"', 1), encoding="utf-8")
