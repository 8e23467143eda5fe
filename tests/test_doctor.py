"""The doctor: what is there is found, what is missing is named with what to do."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from briefing import doctor
from briefing.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

CARD = """
name = "Tiny"
version = "2"
kind = "encoder"
origin = "made for a test"
licence = "MIT"
parameters = 1
languages = ["en"]
weights = "weights.bin"
used_for = "Nothing at all."
limits = ["It knows nothing."]

[files]
"weights.bin" = "{digest}"
"""


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder with one sound model named `tiny`."""
    folder = tmp_path / "models" / "tiny"
    folder.mkdir(parents=True)
    (folder / "weights.bin").write_bytes(b"one weight")
    digest = hashlib.sha256(b"one weight").hexdigest()
    (folder / "model.toml").write_text(CARD.format(digest=digest), "utf-8")
    return folder.parent


def test_this_installation_is_sound(tmp_path: Path) -> None:
    """Where the tests run, nothing that is needed is missing, and what is not well has advice."""
    checks = doctor.examine(output=tmp_path / "outputs")
    assert [check for check in checks if check.state == "missing"] == []
    assert all(check.advice for check in checks if check.state != "ok")
    assert all(check.name and check.found for check in checks)
    assert not (tmp_path / "outputs").exists()


def test_an_old_python_is_told() -> None:
    """The oldest Python that will do is 3.11."""
    assert doctor.check_python((3, 11)).state == "ok"
    assert doctor.check_python((4, 0)).state == "ok"
    assert doctor.check_python((3, 10)).state == "missing"


def test_a_missing_library_is_told_with_its_command() -> None:
    """The advice is the command that installs it, by the name of its distribution."""
    assert doctor.check_library("click", "click").state == "ok"
    check = doctor.check_library("no_such_module", "no-such-package")
    assert (check.state, check.advice) == ("missing", "pip install no-such-package")


def test_a_library_without_a_version_is_there() -> None:
    """A module that no distribution claims can still be imported."""
    assert doctor.check_library("json", "no-such-package").state == "ok"


def test_missing_fonts_are_told(tmp_path: Path) -> None:
    """Without a font in the folder no page can be set."""
    assert doctor.check_fonts(tmp_path).state == "missing"
    (tmp_path / "Some.ttf").write_bytes(b"")
    assert doctor.check_fonts(tmp_path).state == "ok"


def test_a_missing_language_model_is_told() -> None:
    """One of the names is enough."""
    assert doctor.check_language_model(("no_such_model", *doctor.LANGUAGE_MODELS)).state == "ok"
    check = doctor.check_language_model(("no_such_model",))
    assert check.state == "missing"
    assert "pip install" in check.advice


def test_a_sound_model_is_listed_and_passes(models: Path) -> None:
    """Its size, its digest and what it is for come from its card and its files."""
    assert [check.state for check in doctor.check_models(models)] == ["ok"]
    assert doctor.check_model("tiny", models) == "Tiny 2, its files as its card names them"
    listed = {model.name: model for model in doctor.models(models)}
    assert {"tiny", "verbatim", "stub"} <= listed.keys()
    assert listed["tiny"].present
    assert listed["tiny"].size_bytes == 10
    assert listed["tiny"].what == "Nothing at all."
    assert (listed["verbatim"].kind, listed["stub"].kind) == ("writer", "stand-in")
    assert all(model.what for model in listed.values())


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_damaged_model_is_told(models: Path, damage: str) -> None:
    """A file that differs from its digest, or is not there, is missing from the list of sound."""
    weights = models / "tiny" / "weights.bin"
    if damage == "gone":
        weights.unlink()
    else:
        weights.write_bytes(b"another")
    (check,) = doctor.check_models(models)
    assert check.state == "missing"
    assert "weights.bin" in check.found
    assert check.advice
    assert next(iter(doctor.models(models))).present == (damage == "changed")


def test_no_models_are_told(tmp_path: Path) -> None:
    """An empty folder is a broken installation."""
    assert [check.state for check in doctor.check_models(tmp_path)] == ["missing"]


def test_models_are_described(models: Path) -> None:
    """One with files by its card, one without as it is listed; another is unknown."""
    assert doctor.describe("tiny", models).name == "Tiny"  # type: ignore[union-attr]
    assert doctor.describe("verbatim", models).name == "verbatim"
    with pytest.raises(ModelError) as caught:
        doctor.describe("other", models)
    assert "tiny, verbatim, stub" in caught.value.hint
    with pytest.raises(ModelError):
        doctor.check_model("verbatim", models)


def test_an_output_folder_is_looked_at_but_not_made(tmp_path: Path) -> None:
    """It can be written if it, or the first folder above it that is there, can."""
    assert doctor.check_output(tmp_path / "a" / "b").state == "ok"
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_bytes(b"")
    check = doctor.check_output(tmp_path / "file" / "below")
    assert (check.state, "-o" in check.advice) == ("missing", True)
