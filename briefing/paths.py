"""Where the files that ship with the package lie: templates and models."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """The shipped folder `templates` or `models`.

    A wheel carries it inside the package; in a checkout it stands beside the package.
    """
    inside = PACKAGE / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder
