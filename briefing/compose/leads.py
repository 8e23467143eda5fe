"""A draft and whose document it is in, out of them who says it and in whose words.

Each language has whole phrases, one for a signed document, one for the only text and one for a
source that is known by its number: the last two cannot be put in the place of a name everywhere.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Literal

from briefing.compose.voices import Voice, capitalised, holder, is_own
from briefing.document import owning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.document import Document
    from briefing.findings import Draft
    from briefing.wording import Wording

Shape = Literal["on", "on_via", "quoted", "quoted_via", "reported", "reported_via"]


def lead(draft: Draft, document: Document, voice: Voice, wording: Wording) -> str:
    """Who says it and in whose words, to stand before a colon; without a verb if reworded."""
    name = holder(draft, voice, wording)
    if is_own(draft, document):
        phrase = name if draft.text else own_words(draft, voice, name, wording)
    else:
        phrase = wording.fill(
            phrases(wording)[shape_of(draft), voice.kind],
            names=name,
            via=chain(draft, wording),
            voice=voice.name,
            owner=owner(voice, wording),
            number=voice.number,
        )
    return capitalised(phrase, wording)


def own_words(draft: Draft, voice: Voice, name: str, wording: Wording) -> str:
    """A document's own voice with a verb: `Ada Lind writes`, `The text reports`."""
    gettext, ngettext = wording.gettext, wording.ngettext
    if name == voice.name and voice.kind == "text":
        return gettext("The text reports") if passes_on(draft) else gettext("The text says")
    if name == voice.name and voice.kind == "source":
        reports, says = gettext("Source %(number)s reports"), gettext("Source %(number)s says")
        return wording.fill(reports if passes_on(draft) else says, number=voice.number)
    people = voice.people if name == voice.name else len(draft.holders)
    if passes_on(draft):
        phrase = ngettext("%(names)s reports", "%(names)s report", people)
    elif voice.kind == "signed" and draft.basis == "asserted":
        phrase = ngettext("%(names)s writes", "%(names)s write", people)
    else:
        phrase = ngettext("%(names)s says", "%(names)s say", people)
    return wording.fill(phrase, names=name)


def passes_on(draft: Draft) -> bool:
    """Whether the author only tells what others say or do, though in the author's own sentence."""
    return draft.basis == "reported" and not draft.quoted


def shape_of(draft: Draft) -> Shape:
    """Which kind of phrase tells of another's statement."""
    if draft.basis == "inferred":
        return "on_via" if draft.via else "on"
    if draft.quoted:
        return "quoted_via" if draft.via else "quoted"
    return "reported_via" if draft.via else "reported"


def chain(draft: Draft, wording: Wording) -> str:
    """Those through whom a statement came, the one next to its holder first.

    Of who infers, only that one.
    """
    via: Sequence[str] = draft.via[-1:] if draft.basis == "inferred" else draft.via[::-1]
    if not via:
        return ""
    cited = wording.gettext("%(first)s, cited by %(second)s")
    return reduce(lambda one, other: wording.fill(cited, first=one, second=other), via)


def owner(voice: Voice, wording: Wording) -> str:
    """`voice` as English marks an owner; elsewhere as it is, for there the phrases do so."""
    return owning(voice.name) if wording.language == "en" else voice.name


@lru_cache(maxsize=32)
def phrases(wording: Wording) -> Mapping[tuple[Shape, str], str]:
    """The phrase for each kind of statement and of document.

    In English `%(owner)s` stands for `Ada Lind’s`, in other languages for `Ada Lind`.
    """
    gettext = wording.gettext
    return {
        ("on", "signed"): gettext("%(voice)s on %(names)s"),
        ("on", "text"): gettext("The text on %(names)s"),
        ("on", "source"): gettext("Source %(number)s on %(names)s"),
        # Translators: %(owner)s is a name; only English marks it as an owner
        ("on_via", "signed"): gettext("%(via)s on %(names)s, in %(owner)s words"),
        ("on_via", "text"): gettext("%(via)s on %(names)s, in the words of the text"),
        ("on_via", "source"): gettext("%(via)s on %(names)s, in the words of source %(number)s"),
        ("quoted", "signed"): gettext("%(names)s, as quoted by %(voice)s"),
        ("quoted", "text"): gettext("%(names)s, as quoted in the text"),
        ("quoted", "source"): gettext("%(names)s, as quoted in source %(number)s"),
        # Translators: %(owner)s is a name; only English marks it as an owner
        ("quoted_via", "signed"): gettext("%(names)s, as quoted by %(via)s in %(owner)s text"),
        ("quoted_via", "text"): gettext("%(names)s, as quoted by %(via)s in the text"),
        ("quoted_via", "source"): gettext("%(names)s, as quoted by %(via)s in source %(number)s"),
        # Translators: %(owner)s is a name; only English marks it as an owner
        ("reported", "signed"): gettext("%(names)s, in %(owner)s words"),
        ("reported", "text"): gettext("%(names)s, in the words of the text"),
        ("reported", "source"): gettext("%(names)s, in the words of source %(number)s"),
        # Translators: %(owner)s is a name; only English marks it as an owner
        ("reported_via", "signed"): gettext("%(names)s, according to %(via)s, in %(owner)s words"),
        ("reported_via", "text"): gettext(
            "%(names)s, according to %(via)s, in the words of the text"
        ),
        ("reported_via", "source"): gettext(
            "%(names)s, according to %(via)s, in the words of source %(number)s"
        ),
    }
