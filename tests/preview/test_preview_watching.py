"""Which changes of files are noticed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import anyio

from briefing.preview.watching import changes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def noticed(folder: Path, *acts: Callable[[], object]) -> list[tuple[Path, ...]]:
    """The first burst of changes after each act."""
    bursts: list[tuple[Path, ...]] = []

    async def watch() -> None:
        async for burst in changes(lambda: (folder,)):
            bursts.append(burst)  # noqa: PERF401 - seen while it goes on

    async def run() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(watch)
            await anyio.sleep(0.3)
            for number, act in enumerate(acts):
                act()
                with anyio.move_on_after(10):
                    while len(bursts) <= number:
                        await anyio.sleep(0.02)
            tasks.cancel_scope.cancel()

    anyio.run(run)
    return bursts


def test_files_that_somebody_means_are_noticed(tmp_path: Path) -> None:
    """Not the copies that editors keep."""
    file, copy = tmp_path / "print.css", tmp_path / ".print.css.swp"

    def save() -> None:
        copy.write_text("p {}")
        file.write_text("p {}")

    assert noticed(tmp_path, save)[0] == (file,)


def test_a_folder_put_in_place_of_another_is_noticed(tmp_path: Path) -> None:
    """As version control does it; the files of the new one are watched too."""
    folder = tmp_path / "mine"
    folder.mkdir()

    def replace() -> None:
        shutil.copytree(folder, tmp_path / "other")
        shutil.rmtree(folder)
        (tmp_path / "other").rename(folder)

    bursts = noticed(folder, replace, (folder / "print.css").touch)
    assert len(bursts) >= 2
    assert (folder / "print.css",) in bursts
