"""`python -m briefing.wording [TEMPLATE-FOLDER]`: bring catalogues up to date and check them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefing.wording.catalogues import faults, read
from briefing.wording.extraction import main, own_messages, shipped_messages


@click.command()
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def command(folder: Path | None) -> None:
    """Bring catalogues up to date and say what they lack.

    Without FOLDER those that ship with the package, from its code and templates; with one, that of
    a template, those in its `locales/`, from its own files.
    """
    wanted = own_messages(folder) if folder else shipped_messages()
    found = [
        f"{path.name}: {fault}" for path in main(folder) for fault in faults(read(path), wanted)
    ]
    if found:
        click.echo("\n".join(found))
        sys.exit(1)


if __name__ == "__main__":
    command(prog_name="python -m briefing.wording")
