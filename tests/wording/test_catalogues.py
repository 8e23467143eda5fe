"""The shipped catalogues hold all that code and templates look up, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from briefing.marks import DOUBLE_MARK
from briefing.wording import CATALOGUES, LANGUAGES, LOCALES, load
from briefing.wording.catalogues import faults, key, read, translations_of
from briefing.wording.extraction import (
    extracted,
    main,
    own_messages,
    shipped_messages,
    update,
    written,
)
from briefing.wording.vocabulary import COUNTED, LABELS

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Catalog

TRANSLATED = [language for language in LANGUAGES if language != "en"]
PAGE = """<h1>{{ _("Tide table") }}</h1> {{ _("Sources") }}
{{ ngettext("%(num)s tide", "%(num)s tides", 2) }} {{ pgettext("water", "high") }}
{% trans day=today %}Tide of {{ day }}{% endtrans %}
"""


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    """All messages that code and templates use."""
    return shipped_messages()


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_is_whole(language: str, wanted: Catalog) -> None:
    """Nothing is missing, left over, fuzzy, short of a plural form or has other placeholders."""
    found = list(faults(read(CATALOGUES / f"{language}.po"), wanted))
    assert not found, "run `python -m briefing.wording`, then translate what is empty"


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_is_as_the_command_writes_it(
    language: str, wanted: Catalog, tmp_path: Path
) -> None:
    """Updating changes nothing where nothing changed, so that a difference is one of words."""
    path = CATALOGUES / f"{language}.po"
    (tmp_path / path.name).write_bytes(path.read_bytes())
    (again,) = update(wanted, tmp_path, [language])
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_no_double_marks(language: str) -> None:
    """Double quotation marks stand only around words of a source, angled ones too."""
    for message in read(CATALOGUES / f"{language}.po"):
        for form in translations_of(message) if message.id else ():
            assert not DOUBLE_MARK.search(form), form
            assert not re.search("[«»]", form), form


@pytest.mark.parametrize("language", TRANSLATED)
def test_edges_are_those_of_the_message(language: str) -> None:
    """White space at the ends, and whether a sentence ends with a stop, are as in English."""
    for message in read(CATALOGUES / f"{language}.po"):
        english = key(message)[1]
        for form in translations_of(message) if english else ():
            assert form.endswith(" ") == english.endswith(" "), form
            assert form.endswith(".") == english.endswith("."), form
            assert form.endswith(":") == english.endswith(":"), form
            assert form == form.lstrip(), form


def test_french_has_no_bare_space_before_a_colon() -> None:
    """It does not break there."""
    for message in read(CATALOGUES / "fr.po"):
        for form in translations_of(message) if message.id else ():
            assert not re.search(r"[ \w)][:;?!]", form.replace("\u00a0", "~")), form


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "لا مصادر مستقلة"),
        (1, "مصدر مستقل واحد"),
        (2, "مصدران مستقلان"),
        (3, "3 مصادر مستقلة"),
        (10, "10 مصادر مستقلة"),
        (11, "11 مصدراً مستقلاً"),
        (99, "99 مصدراً مستقلاً"),
        (100, "100 مصدر مستقل"),
        (102, "102 مصدر مستقل"),
        (103, "103 مصادر مستقلة"),
    ],
)
def test_arabic_has_six_numbers(n: int, words: str) -> None:
    """None, one, two, three to ten, eleven to 99, hundreds."""
    arabic = load("ar")
    singular, plural = COUNTED[0]
    assert arabic.fill(arabic.ngettext(singular, plural, n), num=n) == words


def test_vocabulary_is_ready_for_templates(wanted: Catalog) -> None:
    """Its wordings are in the catalogues whether a shipped template uses them or not."""
    known = {key(message)[1] for message in wanted}
    assert known.issuperset(LABELS)
    assert known.issuperset(singular for singular, _ in COUNTED)


def test_templates_are_read(tmp_path: Path) -> None:
    """Calls and blocks of Jinja's i18n, with the shipped wordings left to the shipped catalogue."""
    (tmp_path / "brief.html.j2").write_text(PAGE, encoding="utf-8")
    found = {key(message) for message in extracted([tmp_path / "brief.html.j2"], tmp_path)}
    assert found - {("", "")} == {
        ("", "Tide table"),
        ("", "Sources"),
        ("", "%(num)s tide"),
        ("water", "high"),
        ("", "Tide of %(day)s"),
    }
    own = {key(message) for message in own_messages(tmp_path)}
    assert found - own == {("", "Sources")}


def test_updating_keeps_translations(tmp_path: Path) -> None:
    """New messages come in empty, old ones go, and what was translated stays."""
    page = tmp_path / "brief.html.j2"
    page.write_text(PAGE, encoding="utf-8")
    paths = main(tmp_path)
    assert [path.relative_to(tmp_path / LOCALES).name for path in paths] == [
        f"{language}.po" for language in TRANSLATED
    ]
    german = tmp_path / LOCALES / "de.po"
    empty = german.read_text(encoding="utf-8")
    told = empty.replace('msgid "Tide table"\nmsgstr ""', 'msgid "Tide table"\nmsgstr "Tiden"')
    german.write_text(told, encoding="utf-8")
    page.write_text(PAGE.replace('pgettext("water", "high")', '_("Low")'), encoding="utf-8")
    main(tmp_path)
    catalogue = read(german)
    known = {key(message): message.string for message in catalogue if message.id}
    assert known["", "Tide table"] == "Tiden"
    assert known["", "Low"] == ""
    assert ("water", "high") not in known
    assert load("de", beside=tmp_path).gettext("Tide table") == "Tiden"


def test_faults_are_told() -> None:
    """Each thing that can be wrong with a catalogue is named."""
    from babel.messages.catalog import Catalog

    wanted, found = Catalog(), Catalog(locale="de", fuzzy=False)
    for text in ("missing", "empty", "fuzzy", "half %(a)s", ("%(num)s tide", "%(num)s tides")):
        wanted.add(text)
    found.add("empty")
    found.add("fuzzy", "unscharf", flags=["fuzzy"])
    found.add("half %(a)s", "halb %(b)s")
    found.add(("%(num)s tide", "%(num)s tides"), ("Tide", ""))
    found.add("left over", "übrig")
    found.obsolete["gone"] = found.add("gone", "weg") or found["gone"]
    told = " | ".join(faults(found, wanted))
    for fault in (
        "missing: missing",
        "left over: not used",
        "gone: obsolete",
        "fuzzy: fuzzy",
        "empty: not translated",
        "halb %(b)s: has other placeholders",
        "needs 2 plural forms",
    ):
        assert fault in told


def test_a_catalogue_is_the_same_on_any_day(wanted: Catalog) -> None:
    """No date and no version stand in it."""
    catalogue = read(CATALOGUES / "de.po")
    text = written(catalogue)
    assert "Date" not in text.partition("\n\n")[0]
    assert written(catalogue) == text
