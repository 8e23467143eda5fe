"""One finding in, the line that is printed of it out: who says it, in whose words, on what basis."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.brief import Line
from briefing.compose.leads import lead, passes_on
from briefing.compose.voices import actor, capitalised, holder, is_own, voice_of
from briefing.findings import Draft, Finding, Quotation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.document import Document
    from briefing.wording import Wording


def to_line(
    finding: Finding, name: str, documents: tuple[Document, ...], wording: Wording
) -> Line:
    """Word one finding as a line with the id `name`."""
    draft = finding.draft
    document = documents[draft.document]
    cited = {draft.document, *(evidence.document for evidence in finding.evidence)}
    voice = voice_of(documents, draft.document, wording)
    return Line(
        id=name,
        lead=lead(draft, document, voice, wording),
        quotation=Quotation(documents, draft.document, draft.pieces),
        holder=capitalised(holder(draft, voice, wording), wording),
        actor=capitalised(actor(draft, voice, wording), wording),
        stance=draft.stance,
        stance_label=stance_label(draft, wording),
        basis=draft.basis,
        basis_label=(
            wording.pgettext("basis", "edited by hand")
            if finding.edited
            else basis_label(draft, document, wording)
        ),
        hedges=tuple(dict.fromkeys(" ".join(document[span].split()) for span in draft.hedges)),
        sources=tuple(sorted(number + 1 for number in cited)),
        origins=finding.origins,
        text=draft.text,
        edited=finding.edited,
    )


def stance_label(draft: Draft, wording: Wording) -> str:
    """The stance for print, with what weakens it: `supports (conditionally)`."""
    stance = stances(wording)[draft.stance]
    gettext = wording.gettext
    if draft.past and draft.conditional:
        return wording.fill(gettext("%(stance)s (formerly, conditionally)"), stance=stance)
    if draft.past:
        return wording.fill(gettext("%(stance)s (formerly)"), stance=stance)
    if draft.conditional:
        return wording.fill(gettext("%(stance)s (conditionally)"), stance=stance)
    return stance


@lru_cache(maxsize=32)
def stances(wording: Wording) -> Mapping[str, str]:
    """Each stance as it stands beside an actor."""
    pgettext = wording.pgettext
    return {
        "supports": pgettext("stance", "supports"),
        "opposes": pgettext("stance", "opposes"),
        "demands": pgettext("stance", "demands"),
        "offers": pgettext("stance", "offers"),
        "accepts": pgettext("stance", "accepts"),
        "rejects": pgettext("stance", "rejects"),
        "warns": pgettext("stance", "warns"),
        "expects": pgettext("stance", "expects"),
        "believes": pgettext("stance", "believes"),
        "denies": pgettext("stance", "denies"),
        "states": pgettext("stance", "says"),
    }


def basis_label(draft: Draft, document: Document, wording: Wording) -> str:
    """On what the statement rests, in one word or two; the lead says through whom."""
    pgettext = wording.pgettext
    if is_own(draft, document):
        if passes_on(draft):
            return pgettext("basis", "reported")
        # What was reworded is nobody's own words any more.
        own, reworded = pgettext("basis", "own words"), pgettext("basis", "asserted")
        return reworded if draft.text else own
    if draft.basis == "inferred":
        second, first = pgettext("basis", "inferred, second-hand"), pgettext("basis", "inferred")
    elif draft.quoted and not draft.text:
        second, first = pgettext("basis", "quoted, second-hand"), pgettext("basis", "quoted")
    else:
        second, first = pgettext("basis", "reported, second-hand"), pgettext("basis", "reported")
    return second if draft.via else first


def kinds(wording: Wording) -> dict[str, str]:
    """How the two sides of each kind of contest stand to each other.

    Which of them is right is not ours to say.
    """
    return {
        "figures": wording.gettext("Figures differ"),
        "stances": wording.gettext("Stances differ"),
        "denial": wording.gettext("Affirmed and denied"),
    }
