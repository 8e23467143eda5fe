"""Code and templates in, the messages that they look up out, and catalogues that hold them.

A message is the first argument of `gettext` or `_`, the first two of `ngettext`, or the second of
`pgettext`; the arguments must be plain strings.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from briefing.paths import PACKAGE, shipped
from briefing.wording import CATALOGUES, LANGUAGES, LOCALES
from briefing.wording.catalogues import key, read
from briefing.wording.vocabulary import COUNTED, LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from babel.messages.catalog import Catalog

KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TAGS = ("Translators:",)
METHODS = {".py": "python", ".j2": "jinja2.ext:babel_extract"}
SANDBOX = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
"""Templates are parsed as they are when they are filled."""
UNTOLD = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)
"""Lines of a catalogue's header that would change from run to run or say nothing."""
COMMENT = (
    "# Made by `python -m briefing.wording`, which keeps translations. %(name)s is a placeholder."
)
FORMS = {"ar": "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"}
"""Plural rules in the order of CLDR's categories, where Babel has the last two exchanged."""


def shipped_messages() -> Catalog:
    """All messages of the package, its templates, and the vocabulary for others."""
    templates = shipped("templates")
    found = extracted((*code(), *sorted(templates.rglob("*.j2"))), PACKAGE.parent)
    for text in LABELS:
        found.add(text)
    for texts in COUNTED:
        found.add(texts)
    return found


def code() -> tuple[Path, ...]:
    """The modules of the package that look messages up."""
    others = ("batch/newsletter.py", "relate/headlines.py")
    return (*sorted((PACKAGE / "compose").rglob("*.py")), *(PACKAGE / name for name in others))


def own_messages(folder: Path) -> Catalog:
    """The messages of one template that the shipped catalogues do not hold."""
    found = extracted(sorted(folder.rglob("*.j2")), folder)
    known = {key(message) for message in shipped_messages()}
    for message in [one for one in found if one.id and key(one) in known]:
        found.delete(message.id, message.context)
    return found


def extracted(paths: Iterable[Path], root: Path) -> Catalog:
    """The messages of some files.

    Args:
        paths: Python modules and Jinja templates.
        root: What the places of messages are told from.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_file

    found = Catalog(fuzzy=False)
    for path in paths:
        messages = extract_from_file(
            METHODS[path.suffix], path, KEYWORDS, TAGS, SANDBOX, strip_comment_tags=True
        )
        place = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        for line, text, comments, context in messages:
            found.add(text, locations=[(place, line)], auto_comments=comments, context=context)
    return found


def update(wanted: Catalog, folder: Path, languages: Sequence[str]) -> tuple[Path, ...]:
    """Bring the catalogues of a folder up to date: translations are kept, new messages are empty.

    Nothing is guessed for a new message, and one that nothing looks up any more goes.

    Returns:
        The files.
    """
    return tuple(_updated(wanted, folder / f"{language}.po") for language in languages)


def _updated(wanted: Catalog, path: Path) -> Path:
    from babel.messages.catalog import Catalog

    catalogue = Catalog(locale=path.stem, header_comment=COMMENT, fuzzy=False)
    kept = {key(one): one for one in read(path)} if path.is_file() else {}
    if path.stem in FORMS:
        # The header is the only place that Babel takes a rule of one's own from.
        header = dict(catalogue.mime_headers)
        header["Plural-Forms"] = f"nplurals={catalogue.num_plurals}; plural={FORMS[path.stem]};"
        catalogue.mime_headers = list(header.items())
    for message in sorted((one for one in wanted if one.id), key=key):
        known = kept.get(key(message))
        catalogue.add(
            message.id,
            known.string if known and known.pluralizable == message.pluralizable else None,
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    path.parent.mkdir(exist_ok=True)
    path.write_text(written(catalogue), encoding="utf-8")
    return path


def written(catalogue: Catalog) -> str:
    """A catalogue as a file: the same for the same messages, on any day."""
    from babel.messages.pofile import write_po

    file = BytesIO()
    write_po(file, catalogue, width=98, include_lineno=False)
    lines = file.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(tuple(f'"{one}' for one in UNTOLD))
    )


def main(folder: Path | None = None) -> tuple[Path, ...]:
    """Update the shipped catalogues, or those of one template's folder.

    Returns:
        The files that were written.
    """
    translated = [language for language in LANGUAGES if language != "en"]
    if folder is None:
        return update(shipped_messages(), CATALOGUES, translated)
    return update(own_messages(folder), folder / LOCALES, translated)
