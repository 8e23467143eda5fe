"""Where templates are found: shipped, beside, in the user's folder, in installed packages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.errors import TemplateError
from briefing.paths import shipped
from briefing.templating import load, names

ONE_PAGE = shipped("templates") / "one-page"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folder for settings."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "config" / "briefing" / "templates"


def test_the_users_folder_is_searched(home: Path) -> None:
    """A template that a user keeps for all projects is known by its name."""
    shutil.copytree(ONE_PAGE, home / "house-style")
    assert "house-style" in names()
    assert load("house-style").folder == home / "house-style"


def test_a_project_goes_before_the_user(home: Path) -> None:
    """Of two templates of one name that of the project counts; a shipped one before both."""
    for name in ("mine", "one-page"):
        shutil.copytree(ONE_PAGE, home / name)
        shutil.copytree(ONE_PAGE, Path("templates") / name)
    assert load("mine").folder == Path("templates").resolve() / "mine"
    assert load("one-page").folder == ONE_PAGE.resolve()


def installed(folder: Path, module: str) -> None:
    """Put a package into `folder` that offers the template `gazette` in `module`."""
    info = folder / "gazette-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: gazette\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[briefing.templates]\ngazette = {module}\n")


def test_a_package_brings_templates(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template of an installed package is known by its entry point, and no code of it runs."""
    package = tmp_path / "site" / "gazette_templates"
    shutil.copytree(ONE_PAGE, package / "gazette")
    (package / "__init__.py").write_text("raise RuntimeError('was run')")
    installed(tmp_path / "site", "gazette_templates.gazette")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert "gazette" in names()
    assert load("gazette").folder == package / "gazette"


def test_a_package_that_is_gone_is_named(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry point without its package says which one is missing."""
    installed(tmp_path / "site", "no_such_package_here")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    with pytest.raises(TemplateError, match="no_such_package_here is not a package"):
        load("gazette")
