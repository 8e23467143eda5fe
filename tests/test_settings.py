"""Settings: what is allowed, and what a file may hold."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from briefing.errors import SettingsError
from briefing.settings import Settings, parse_date, parse_formats, read_file

if TYPE_CHECKING:
    from pathlib import Path


def test_defaults_make_a_whole_brief() -> None:
    """Without a word from the user there is a template, a model and every format."""
    settings = Settings()
    assert (settings.template, settings.model, settings.page) == ("one-page", "verbatim", "A4")
    assert settings.formats == ("pdf", "html", "json")


def test_settings_do_not_change() -> None:
    """Settings are a value."""
    settings = Settings()
    with pytest.raises(FrozenInstanceError):
        settings.title = "Other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"formats": ("pdf", "docx")}, "docx"),
        ({"formats": ()}, "no format"),
        ({"page": "A5"}, "A5"),
        ({"pages": 0}, "0 pages"),
        ({"date": "22 November"}, "22 November"),
        ({"date": "20261122"}, "20261122"),
        ({"focus": "x" * 201}, "201 characters"),
    ],
)
def test_wrong_values_are_refused(wrong: dict[str, Any], told: str) -> None:
    """A value outside what is said is an error that names it and what is known."""
    with pytest.raises(SettingsError, match=told) as caught:
        Settings(**wrong)
    assert caught.value.hint


def test_day_is_the_date_given_or_today() -> None:
    """A brief without a date is of today, in UTC."""
    assert Settings(date="2026-11-22").day == "2026-11-22"
    before = datetime.now(UTC).date().isoformat()
    assert before <= Settings().day <= datetime.now(UTC).date().isoformat()


def test_formats_are_read_from_text_and_lists() -> None:
    """Spaces and capitals do not matter, order does, and each counts once."""
    assert parse_formats("html, PDF,html") == ("html", "pdf")
    assert parse_formats(["json"]) == ("json",)


@pytest.mark.parametrize("wrong", ["", "pdf,", 3, None])
def test_what_is_no_list_of_formats_is_refused(wrong: object) -> None:
    """Nothing, an empty name and a number are no formats."""
    with pytest.raises(SettingsError):
        parse_formats(wrong)


def test_dates_are_read_from_text_and_toml() -> None:
    """A date of TOML's own is as good as one in quotation marks."""
    assert parse_date("2026-11-22") == parse_date(date(2026, 11, 22)) == "2026-11-22"


def test_a_file_gives_its_keys(tmp_path: Path) -> None:
    """What stands in the file comes out, and nothing else."""
    path = tmp_path / "briefing.toml"
    path.write_text('template = "memo"\npages = 2\ndate = 2026-11-22\n', "utf-8")
    assert read_file(path) == {"template": "memo", "pages": 2, "date": date(2026, 11, 22)}


def test_a_file_may_call_settings_as_options_are_called(tmp_path: Path) -> None:
    """So it may for keys that others take, with hyphens as on the command line or without."""
    path = tmp_path / "briefing.toml"
    path.write_text(
        'lang = "de"\nformat = "html"\nallow-remote = true\nfull-speed = 3\nset = { tone = 2 }\n',
        "utf-8",
    )
    assert read_file(path, ["full_speed"]) == {
        "language": "de",
        "formats": "html",
        "allow_remote": True,
        "full_speed": 3,
        "options": (("tone", "2"),),
    }


@pytest.mark.parametrize(
    ("text", "told", "hint"),
    [
        (
            'lang = "de"\nlanguage = "fr"',
            "language: this is set by another name",
            "one of the two",
        ),
        ('format = ["docx"]', "format: there is no format `docx`", "Known: pdf"),
        ('tempalte = "memo"', "unknown key `tempalte`", "Did you mean `template`"),
        ('[make]\npage = "A4"', "unknown key `make`", "Known: template"),
        ("page = ", "not a TOML file", "key ="),
        ('formats = ["docx"]', "formats: there is no format `docx`", "Known: pdf"),
        ('date = "soon"', "date: `soon` is not a date", "2026-11-22"),
        ("title = 5", "title: `5` is not text", 'title = "text"'),
        ("output = []", "output: `[]` is not text", 'output = "text"'),
        ("pages = true", "pages: `True` is not a whole number", "pages = 2"),
        ('force = "yes"', "force: `yes` is not true or false", "force = true"),
        ("allow_remote = 1", "allow_remote: `1` is not true or false", "allow_remote = true"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(
    tmp_path: Path, text: str, told: str, hint: str
) -> None:
    """An error in a file names the file, the key and what to do."""
    path = tmp_path / "briefing.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        read_file(path)
    assert str(path) in caught.value.message
    assert told in caught.value.message
    assert hint in caught.value.hint


def test_no_other_network_is_used_unasked(tmp_path: Path) -> None:
    """A server outside this network must be allowed, in so many words; a file may do so."""
    assert Settings().allow_remote is False
    path = tmp_path / "briefing.toml"
    path.write_text("allow_remote = true\n", "utf-8")
    assert read_file(path) == {"allow_remote": True}


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A file that the user names must be there, and be UTF-8."""
    with pytest.raises(SettingsError, match="cannot be read"):
        read_file(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'title = "D\xfcne"')
    with pytest.raises(SettingsError, match="not a TOML file"):
        read_file(tmp_path / "latin.toml")


def test_a_blank_title_is_none() -> None:
    """White space is no headline: one is made from the sources."""
    assert Settings(title=" \t").title is None
    assert Settings(title="Dues").title == "Dues"
