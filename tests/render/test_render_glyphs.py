"""Characters that no font shows are named, with what to install."""

from __future__ import annotations

import pytest

from briefing.render.glyphs import bundled_fonts, uncovered


@pytest.fixture
def no_system_fonts(monkeypatch, tmp_path):
    """A machine without `fc-list`, so that only the bundled fonts count."""
    monkeypatch.setenv("PATH", str(tmp_path))


def test_bundled_fonts_show_european_letters():
    """Latin with its extensions, Greek, Cyrillic and typographic signs need nothing else."""
    text = "“Façade” … – — ‘œuvre’ Łódź İstanbul Bruchstück Ελλάδα Київ Москва € № × ≤ → ·\n\t"
    assert uncovered(text) == ()


@pytest.mark.parametrize(
    ("text", "script", "package"),
    [
        ("日本語", "Chinese, Japanese, Korean", "fonts-noto-cjk"),
        ("한국", "Chinese, Japanese, Korean", "fonts-noto-cjk"),
        ("አማርኛ", "Ethiopic", "fonts-noto-core"),
        ("हिन्दी", "Devanagari", "fonts-noto-core"),
        ("اتحاد", "Arabic", "fonts-noto-core"),
        ("🚢", "Emoji", "fonts-noto-color-emoji"),
    ],
)
def test_missing_script_names_its_package(no_system_fonts, text, script, package):
    """Each script comes with the Debian package that shows it."""
    (missing,) = uncovered(text)
    assert missing.script == script
    assert missing.package == package
    assert package in str(missing)
    assert f"U+{ord(missing.characters[0]):04X}" in str(missing)


def test_unassigned_characters_point_at_the_encoding(no_system_fonts):
    """A private character has no package; the warning says where to look."""
    (missing,) = uncovered("\ue000")
    assert missing.package == ""
    assert "encoding" in str(missing)


def test_invisible_characters_need_no_font(no_system_fonts):
    """Joiners, direction marks and variation selectors are never reported."""
    assert uncovered("a\u200d\u200f\ufe0f\u00ad\u2028b") == ()


def test_each_script_is_reported_once(no_system_fonts):
    """Many characters of one script make one warning, which lists a few of them."""
    (missing,) = uncovered("日本語日本語中文字幕今日")
    assert len(missing.characters) == len(set("日本語中文字幕今"))
    assert "and 3 more" in str(missing)


def test_a_system_font_counts(monkeypatch, tmp_path):
    """What `fc-list` finds a font for is not reported."""
    program = tmp_path / "fc-list"
    program.write_text("#!/bin/sh\necho 20-7e 65e5\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert uncovered("日") == ()
    (missing,) = uncovered("日本")
    assert missing.characters == ("本",)


def test_fonts_can_be_given():
    """Without any font of its own, a page relies on the system's."""
    assert len(bundled_fonts()) == 6
    assert uncovered("\ue000", fonts=()) != ()
