"""Words of the program in each language: lookup, dates, lists of names, direction."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SettingsError, TemplateError
from briefing.wording import LANGUAGES, Wording, load
from briefing.wording.direction import FROM_RIGHT, MARKS, isolated, run_of

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = "%(num)s independent source", "%(num)s independent sources"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def own(folder: Path, language: str, entries: str, *, at_s: int = 0) -> Wording:
    """The wording of a template whose own catalogue has `entries`."""
    path = folder / "locales" / f"{language}.po"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER + entries, encoding="utf-8")
    os.utime(path, (at_s, at_s))
    return load(language, beside=folder)


def test_english_needs_no_catalogue() -> None:
    """Its words are the keys."""
    english = load("en")
    assert english.gettext("Key claims") == "Key claims"
    assert [english.ngettext(*SOURCES, n) % {"num": n} for n in (1, 2)] == [
        "1 independent source",
        "2 independent sources",
    ]
    assert (english.pgettext("basis", "quoted"), english.direction) == ("quoted", "ltr")


def test_english_loads_no_babel() -> None:
    """Composing an English brief costs no import; the catalogues do."""
    program = (
        "import sys; from briefing.compose import compose; from briefing.wording import load;"
        "load('en').names(('a', 'b')); sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_unknown_language_names_the_known_ones() -> None:
    """The hint lists what there is."""
    with pytest.raises(SettingsError, match="language nl") as raised:
        load("nl")
    assert raised.value.hint == "Choose one of en, de, fr, es, it, ar."


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_nothing_everywhere(language: str) -> None:
    """An empty text is the key of a catalogue's header, which is never printed."""
    assert load(language).gettext("") == ""


def test_what_is_in_no_catalogue_stays_english() -> None:
    """A template may have wordings that were not translated."""
    german = load("de")
    assert german.gettext("Tide table") == "Tide table"
    assert german.ngettext("a tide", "tides", 1) == "a tide"
    assert german.pgettext("sea", "low") == "low"


def test_context_tells_meanings_apart() -> None:
    """One English word may be two in another language."""
    german = load("de")
    assert german.pgettext("stance", "says") == "sagt"
    assert german.pgettext("basis", "quoted") == "zitiert"


@pytest.mark.parametrize("language", LANGUAGES)
def test_direction(language: str) -> None:
    """Arabic is written from right to left."""
    assert load(language).direction == ("rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", ("22 November 2026", "1 May 2026", "November 2026")),
        ("de", ("22. November 2026", "1. Mai 2026", "November 2026")),
        ("fr", ("22 novembre 2026", "1er mai 2026", "novembre 2026")),
        ("es", ("22 de noviembre de 2026", "1 de mayo de 2026", "noviembre de 2026")),
        ("it", ("22 novembre 2026", "1º maggio 2026", "novembre 2026")),
        ("ar", ("22 نوفمبر 2026", "1 مايو 2026", "نوفمبر 2026")),
    ],
)
def test_dates(language: str, days: tuple[str, str, str]) -> None:
    """A day, the first of a month, a month; a year and what is no date stay as they are."""
    wording = load(language)
    assert tuple(map(wording.date, ("2026-11-22", "2026-05-01", "2026-11"))) == days
    assert [wording.date(odd) for odd in ("2026", "2026-13", "2026-02-30", "soon", "")] == [
        "2026", "2026-13", "2026-02-30", "soon", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "names", "any_of"),
    [
        ("en", "Orm, Lund and Voss", "Orm, Lund or Voss"),
        ("de", "Orm, Lund und Voss", "Orm, Lund oder Voss"),
        ("fr", "Orm, Lund et Voss", "Orm, Lund ou Voss"),
        ("es", "Orm, Lund y Voss", "Orm, Lund o Voss"),
        ("it", "Orm, Lund e Voss", "Orm, Lund o Voss"),
    ],
)
def test_lists_of_names(language: str, names: str, any_of: str) -> None:
    """No comma stands before the last name; one name or none stands alone."""
    wording = load(language)
    given_names = ("Orm", "Lund", "Voss")
    assert (wording.names(given_names), wording.any_of(given_names)) == (names, any_of)
    assert (wording.names(("Orm",)), wording.names(())) == ("Orm", "")


@pytest.mark.parametrize(
    ("last", "names", "any_of"),
    [
        ("Ilo", "Lund e Ilo", "Lund o Ilo"),
        ("Hilde", "Lund e Hilde", "Lund o Hilde"),
        ("Hiero", "Lund y Hiero", "Lund o Hiero"),
        ("Orm", "Lund y Orm", "Lund u Orm"),
        ("Ábalo", "Lund y Ábalo", "Lund o Ábalo"),
    ],
)
def test_spanish_conjunctions_go_with_the_sound(last: str, names: str, any_of: str) -> None:
    """`y` before an i is `e`, `o` before an o is `u`; words within names are left alone."""
    spanish = load("es")
    assert (spanish.names(("Lund", last)), spanish.any_of(("Lund", last))) == (names, any_of)
    assert spanish.names(("Mar y Isla", "Voss")) == "Mar y Isla y Voss"


def test_arabic_keeps_latin_names_apart() -> None:
    """Each name has marks of both directions around it, so that two keep the sentence's order."""
    ltr, rtl = MARKS["ltr"], MARKS["rtl"]
    arabic = load("ar")
    assert arabic.names(("Orm Inc.", "نور")) == f"{rtl}{ltr}Orm Inc.{ltr}{rtl} ونور"
    assert load("de").names(("Orm", "نور")) == f"Orm und {ltr}{rtl}نور{rtl}{ltr}"


@given(st.text(max_size=30), st.sampled_from(["ltr", "rtl"]))
def test_isolation_only_adds_marks(text: str, direction: str) -> None:
    """The text stays whole, and one that is written the same way as it is."""
    kept = isolated(text, "rtl" if direction == "rtl" else "ltr")
    assert text in kept
    assert kept.replace(text, "", 1).strip("".join(MARKS.values())) == ""
    if text.isascii() and direction == "ltr":
        assert kept == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_no_pattern(language: str) -> None:
    """Names with percent signs and braces stand as they are."""
    odd = "100 % {0} %(names)s %s"
    wording = load(language)
    phrase = wording.gettext("%(names)s, as quoted by %(voice)s")
    assert wording.fill(phrase, names=odd, voice="{a}").count(odd) == 1
    assert odd in wording.names(("Orm", odd, "{b}"))


def test_a_template_may_have_its_own_words(tmp_path: Path) -> None:
    """They go before the shipped ones, in English too, and are read again once they change."""
    tide = 'msgid "Tide table"\nmsgstr "Gezeiten"\n\nmsgid "Sources"\nmsgstr "Unterlagen"\n'
    german = own(tmp_path, "de", tide)
    assert [german.gettext(text) for text in ("Tide table", "Sources", "Summary")] == [
        "Gezeiten",
        "Unterlagen",
        "Zusammenfassung",
    ]
    assert german.ngettext(*SOURCES, 2) == "%(num)s unabhängige Quellen"
    assert load("de").gettext("Sources") == "Quellen"
    assert load("fr", beside=tmp_path).gettext("Sources") == "Sources"
    again = own(tmp_path, "de", tide.replace("Gezeiten", "Tiden"), at_s=60)
    assert again.gettext("Tide table") == "Tiden"
    english = own(tmp_path, "en", 'msgid "Sources"\nmsgstr "Papers"\n')
    assert (english.gettext("Sources"), english.gettext("Summary")) == ("Papers", "Summary")


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ('msgid "Tide %(day)s"\nmsgstr "Tide %(tag)s"\n', r"de\.po:6: .* other placeholders"),
        ('msgid "Tide"\nmsgstr "10 % Tide"\n', "percent sign"),
        (
            'msgid "%(num)s tide"\nmsgid_plural "%(num)s tides"\nmsgstr[0] "%(num)s Tide"\n',
            "needs 2 plural forms",
        ),
        ('msgid "Tide"\nmsgtsr "Tide"\n', r"de\.po:7: Unknown or misformatted keyword$"),
        ('msgid "Tide"\nmsgstr[x] "Tide"\n', "no catalogue"),
    ],
)
def test_wrong_catalogue_of_a_template(tmp_path: Path, entries: str, fault: str) -> None:
    """It is refused when it is loaded, with its place, not where the entry is printed."""
    with pytest.raises(TemplateError, match=fault):
        own(tmp_path, "de", entries)


def test_catalogue_that_is_no_text(tmp_path: Path) -> None:
    """Bytes in no encoding are an error of the template."""
    path = tmp_path / "locales" / "de.po"
    path.parent.mkdir()
    path.write_bytes(HEADER.encode() + b'msgid "Tide"\nmsgstr "\xff\xfe"\n')
    with pytest.raises(TemplateError, match="no catalogue"):
        load("de", beside=tmp_path)


def test_all_letters_from_the_right_are_known() -> None:
    """No character of those directions lies outside the blocks that are looked for."""
    missed = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if run_of(chr(code)) == "rtl" and not FROM_RIGHT.match(chr(code))
    ]
    assert missed == []
