"""A language in, out of it the words that the program itself puts on a page.

Labels, leads and sentences are looked up by their English text in the catalogues beside this file,
one `.po` a language; a template's own folder may hold more. What sources say is never translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations
from typing import TYPE_CHECKING, Literal

from briefing.errors import SettingsError
from briefing.paths import PACKAGE
from briefing.wording.direction import isolated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LANGUAGES = ("en", "de", "fr", "es", "it", "ar")
"""ISO 639-1 codes of the languages that there is wording in; English needs no catalogue."""
CATALOGUES = PACKAGE / "wording"
LOCALES = "locales"
"""The folder of a template that holds its own catalogues."""

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """One language.

    Attributes:
        language: One of `LANGUAGES`.
        direction: Which way it is written.
        catalogue: Where texts are looked up; what it lacks stays English.
    """

    language: str
    direction: Direction
    catalogue: NullTranslations

    def gettext(self, message: str) -> str:
        """`message`, an English text, in the language."""
        # An empty text is the key of a catalogue's header.
        return self.catalogue.gettext(message) if message else ""

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The form of an English text and its plural that goes with the number `n`."""
        return self.catalogue.ngettext(singular, plural, n)

    def pgettext(self, context: str, message: str) -> str:
        """`message`, whose English text alone does not say what it means."""
        return self.catalogue.pgettext(context, message)

    def fill(self, message: str, **values: str | int) -> str:
        """Put `values` in the place of the `%(name)s` of a message that was looked up."""
        kept = {name: isolated(str(value), self.direction) for name, value in values.items()}
        return message % kept

    def date(self, iso: str) -> str:
        """An ISO day, month or year for people: `22 November 2026`; anything else as it is."""
        from briefing.wording.dates import worded

        return worded(iso, self.language)

    def names(self, names: Sequence[str]) -> str:
        """Names as one holder: `A`, `A and B`, `A, B and C`."""
        return self._listed(names, any_of=False)

    def any_of(self, names: Sequence[str]) -> str:
        """Names of which one or the other is meant: `A`, `A or B`, `A, B or C`."""
        return self._listed(names, any_of=True)

    def _listed(self, names: Sequence[str], *, any_of: bool) -> str:
        from briefing.wording.lists import listed

        if len(names) < 2:
            return "".join(names)
        kept = [isolated(name, self.direction) for name in names]
        return listed(kept, self.language, any_of=any_of)


def load(language: str, *, beside: Path | None = None) -> Wording:
    """Make the wording of one language.

    Args:
        language: One of `LANGUAGES`.
        beside: Folder of a template; what its `locales/LANGUAGE.po` holds goes before the
            shipped catalogue.

    Raises:
        SettingsError: If there is no wording in `language`.
        TemplateError: If the template's catalogue cannot be used.
    """
    if language not in LANGUAGES:
        raise SettingsError(
            f"there is no wording in the language {language}",
            hint=f"Choose one of {', '.join(LANGUAGES)}.",
        )
    own = beside / LOCALES / f"{language}.po" if beside else None
    if own is None or not own.is_file():
        return _loaded(language, None, 0)
    # A catalogue that was edited is read again, as when a template is tried out.
    return _loaded(language, own, own.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _loaded(language: str, own: Path | None, _changed: int) -> Wording:
    shipped: NullTranslations = NullTranslations()
    direction: Direction = "ltr"
    if language != "en":
        from briefing.wording.catalogues import direction_of, opened

        shipped = opened(CATALOGUES / f"{language}.po")
        direction = direction_of(language)
    if own is None:
        return Wording(language, direction, shipped)
    from briefing.wording.catalogues import opened_beside

    return Wording(language, direction, opened_beside(own, shipped))
