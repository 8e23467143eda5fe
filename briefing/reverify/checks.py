"""What was found in a PDF that was looked at once more: records, and the same as text for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

State = Literal[
    "ok", "edited", "extra", "changed", "missing", "fabricated", "misattributed", "altered"
]
Kind = Literal["source", "evidence", "statement", "quotation", "page"]
Style = Callable[[str, State], str]

LONGEST = 160
GOOD: frozenset[State] = frozenset(("ok", "edited", "extra"))
"""What speaks against nothing."""

COUNTED: Mapping[Kind, tuple[str, str]] = {
    "source": ("source", "sources"),
    "evidence": ("piece of evidence", "pieces of evidence"),
    "statement": ("statement on the page", "statements on the page"),
    "quotation": ("quotation on the page", "quotations on the page"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        kind: A source's digest; words that a statement rests on; a statement on the page; a
            quotation on the page; the text of the page as a whole.
        state: `ok`; `edited`: as it was printed, after a person had changed it; `extra`: a text
            that was given and is none of the sources; `changed`: the source is not what it was,
            or the words stand elsewhere in it; `missing`: the source was not given;
            `misattributed`: the words stand in another source; `fabricated`: they stand in none;
            `altered`: page and record do not agree.
        what: Which one: `source 2 (report.pdf)`, `claim-3`, or the quotation.
        detail: What was found, for people.
        page: Of the PDF, from 1; None where it is on none.
    """

    kind: Kind
    state: State
    what: str
    detail: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of one PDF.

    Attributes:
        where: How the user knows the PDF.
        title: Of the brief, by its record.
        version: Of the package that made it, by its record.
        checks: Sources first, then evidence, statements, quotations and the page.
    """

    where: str
    title: str
    version: str
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as it was."""
        return all(check.state in GOOD for check in self.checks)


def as_text(found: Verification, *, style: Style = lambda text, _: text) -> str:
    """What was found, for people: a line for each thing that is not as it was, then the counts.

    Args:
        found: From `reverify`.
        style: Colours a state's name, such as by `click.style`.
    """
    lines = [f"{found.where}: {found.title} (briefing {found.version})"]
    for check in found.checks:
        if check.state == "ok" and not check.detail:
            continue
        place = f", page {check.page}" if check.page and check.state not in GOOD else ""
        told = ": ".join(filter(None, (f"{check.what}{place}", check.detail)))
        lines.append(f"{style(check.state.upper(), check.state)}  {told}")
    for kind, (one, many) in COUNTED.items():
        states = [
            check.state for check in found.checks if check.kind == kind and check.state != "extra"
        ]
        if states:
            good = states.count("ok") + states.count("edited")
            noun = one if len(states) == 1 else many
            lines.append(
                f"{good} of {len(states)} {noun} as {'it was' if len(states) == 1 else 'they were'}"
            )
    lines.append("Everything holds." if found.holds else "Something does not hold.")
    return "\n".join(lines)


def short(words: str) -> str:
    """Words for a message, in quotation marks; `nothing` for none."""
    folded = " ".join(words.split()).strip("“”")
    if not folded:
        return "nothing"
    return f"“{folded}”" if len(folded) <= LONGEST else f"“{folded[:LONGEST].rsplit(' ', 1)[0]} …”"
