"""Which files have changed: the preview's ears."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import anyio

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from watchfiles import Change

DEBOUNCE_MS = 50
STEP_MS = 20
LOOK_AGAIN_MS = 1000
"""How often folders are looked for that were replaced as a whole, of which no news comes."""


async def changes(folders: Callable[[], tuple[Path, ...]]) -> AsyncIterator[tuple[Path, ...]]:
    """The files of every burst of changes; none where a whole folder was replaced.

    Args:
        folders: What to watch; asked again after every change, for a template may extend another
            one from now on.
    """
    polling = False
    while True:
        watched = existing(folders())
        try:
            async for paths in _bursts(watched, polling=polling):
                if paths or existing(tuple(path for path, _ in watched)) != watched:
                    yield paths
                if existing(folders() if paths else tuple(path for path, _ in watched)) != watched:
                    break
        except (OSError, RuntimeError):
            # The system watches no more files for us, or one of these folders is gone.
            polling = True
            await anyio.sleep(LOOK_AGAIN_MS / 1000)


async def _bursts(
    watched: tuple[tuple[Path, int], ...], *, polling: bool
) -> AsyncIterator[tuple[Path, ...]]:
    """The files of every burst of changes in these folders; none now and then."""
    from watchfiles import awatch

    async for changed in awatch(
        *(path for path, _ in watched),
        watch_filter=counts,
        debounce=DEBOUNCE_MS,
        step=STEP_MS,
        rust_timeout=LOOK_AGAIN_MS,
        yield_on_timeout=True,
        force_polling=polling or None,
    ):
        yield tuple(sorted(Path(path) for _, path in changed))


def counts(_change: Change, path: str) -> bool:
    """Whether a file is one that somebody means: no hidden one, no editor's copy."""
    name = Path(path).name
    return not (name.startswith(".") or name.endswith(("~", ".swp", ".swx", ".tmp", ".pyc")))


def existing(folders: tuple[Path, ...]) -> tuple[tuple[Path, int], ...]:
    """Those of `folders` that are there, with what tells a folder from another in its place."""
    return tuple((path, path.stat().st_ino) for path in folders if path.is_dir())
