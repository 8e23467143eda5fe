"""A `.po` file in, translations that gettext looks up out; and what is wrong with such a file."""

from __future__ import annotations

import re
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from briefing.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
NUMBERS = range(1001)
"""Those that the plural forms are tried with."""


def direction_of(language: str) -> Literal["ltr", "rtl"]:
    """Which way a language is written."""
    from babel import Locale

    return "rtl" if Locale.parse(language).character_order == "right-to-left" else "ltr"


def read(path: Path) -> Catalog:
    """Read one catalogue.

    Raises:
        TemplateError: If it is no `.po` file in UTF-8.
    """
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            return read_po(file, locale=path.stem, abort_invalid=True)
    except PoFileError as error:
        # Babel counts lines from 0.
        fault = str(error).removesuffix(f" on {error.lineno}")
        raise TemplateError(
            f"{path}:{error.lineno + 1}: {fault}", hint="See the gettext manual on PO files."
        ) from error
    except ValueError as error:
        raise TemplateError(
            f"{path} is no catalogue: {error}", hint="Save it as a PO file in UTF-8."
        ) from error


def opened(path: Path) -> GNUTranslations:
    """The translations of one catalogue, without fuzzy ones."""
    return _translations(read(path))


def opened_beside(path: Path, shipped: NullTranslations) -> GNUTranslations:
    """The translations of a template's catalogue, and for what it lacks the shipped ones.

    Raises:
        TemplateError: If it is no catalogue, or a translation has other placeholders than its
            message, which would fail only where that one is printed.
    """
    catalogue = read(path)
    for message in catalogue:
        if message.id and translations_of(message):
            for fault in faults_of(message, catalogue):
                raise TemplateError(f"{path}:{message.lineno}: {fault}", hint="Correct the entry.")
    translations = _translations(catalogue)
    translations.add_fallback(shipped)
    return translations


def _translations(catalogue: Catalog) -> GNUTranslations:
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def translations_of(message: Message) -> tuple[str, ...]:
    """The forms of a message's translation; empty if it has none."""
    if isinstance(message.string, str):
        return (message.string,) if message.string else ()
    forms = tuple(form or "" for form in message.string or ())
    return forms if any(forms) else ()


def faults(catalogue: Catalog, wanted: Catalog) -> Iterator[str]:
    """Say what is wrong with a catalogue.

    Args:
        catalogue: With translations.
        wanted: All messages that code and templates use, as `extraction` finds them.

    Yields:
        One sentence a fault: a message that is missing, not translated, marked fuzzy, no longer
        used, lacks a plural form, or whose translation has other placeholders.
    """
    known = {key(message): message for message in catalogue if message.id}
    asked = {key(message) for message in wanted if message.id}
    yield from (f"{text}: missing" for _, text in sorted(asked - known.keys()))
    yield from (f"{text}: not used" for _, text in sorted(known.keys() - asked))
    for message in catalogue.obsolete.values():
        yield f"{message.id}: obsolete"
    for message in known.values():
        if message.fuzzy:
            yield f"{message.id}: fuzzy"
        if not translations_of(message):
            yield f"{message.id}: not translated"
        else:
            yield from faults_of(message, catalogue)


def key(message: Message) -> tuple[str, str]:
    """What a message is looked up by: its context and its text, or the singular of it."""
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def faults_of(message: Message, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with one translation: plural forms, placeholders, other percent signs."""
    singular, plural = (message.id, message.id) if isinstance(message.id, str) else message.id
    forms = translations_of(message)
    numbered = forms if message.pluralizable else ()
    if numbered and (len(forms) != catalogue.num_plurals or not all(forms)):
        yield f"{message.id}: needs {catalogue.num_plurals} plural forms"
        return
    alone = lone_forms(catalogue) if numbered else frozenset()
    for number, form in enumerate(forms):
        wanted, found = (set(PLACEHOLDER.findall(text)) for text in (plural, form))
        # A form for one number alone may say it in a word; so may one whose English does so.
        spoken = (
            {"num"} if number in alone or (number == 0 and "%(num)s" not in singular) else set()
        )
        if not wanted - spoken <= found <= wanted:
            yield f"{form}: has other placeholders than {message.id}"
        if "%" in PLACEHOLDER.sub("", form.replace("%%", "")):
            yield f"{form}: has a percent sign that is no placeholder; write %% for one"


def lone_forms(catalogue: Catalog) -> frozenset[int]:
    """Which of a catalogue's plural forms stand for one number alone."""
    from gettext import c2py

    form_of = c2py(catalogue.plural_expr)
    forms = [form_of(number) for number in NUMBERS]
    return frozenset(form for form in forms if forms.count(form) == 1)
