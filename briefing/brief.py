"""All that a template sees, under the name `brief`.

In: records of `findings`, through `compose`. Out: `Brief`, from which `briefing.schema.json` is
generated. Every printed statement is a `Line`: who says it, in whose words, and the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.findings import Basis, Method, Quotation, Refusal, Section, Stance


@dataclass(frozen=True, slots=True)
class Line:
    """One printed statement.

    Attributes:
        id: Stable within the brief, such as `claim-1`; usable as an HTML id.
        lead: Who says it and in whose words, ready to print before a colon:
            `Ada Lind writes`, `Mirela Voss, as quoted by Ada Lind`.
        quotation: The words of the source; prints its own quotation marks.
        holder: Whose statement it is, for print.
        actor: The actor alone, for a row of the positions table; otherwise empty.
        stance: What the holder does with it.
        stance_label: The stance for print: `demands`, `opposes`.
        basis: Asserted by the author, reported of an actor or inferred about one.
        basis_label: The basis for print: `quoted`, `reported, second-hand`; `edited by hand`.
        hedges: The source's own hedges among the printed words.
        sources: Numbers of the sources that carry it, ascending.
        origins: How many independent sources say it; a reprint is none.
        text: What a language model made of these words, and of those of other sources among
            `sources`; it passed the gate unless it is `edited`. Empty where the source's own words
            are printed.
        theme: Which of the brief's `issues` it is about; empty where that is not known.
        is_new: Whether the last issue of a newsletter did not know it.
        edited: Whether a person changed it since it was verified; nothing has checked it since but
            that its words are the source's.
    """

    id: str
    lead: str
    quotation: Quotation
    holder: str
    actor: str
    stance: Stance
    stance_label: str
    basis: Basis
    basis_label: str
    hedges: tuple[str, ...]
    sources: tuple[int, ...]
    origins: int = 1
    text: str = ""
    theme: str = ""
    is_new: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two statements that cannot both hold; the brief does not say which does.

    Attributes:
        id: Stable within the brief, such as `contested-1`; usable as an HTML id.
        kind: Figures that differ, opposite stances, or a statement and its denial.
        label: The kind for print: `Figures differ`.
        about: What it is about, in the sources' words; may be empty.
        one: The side of the earlier source.
        other: The other side.
        item: Title of the brief of a newsletter that has both sides; empty elsewhere.
    """

    id: str
    kind: Literal["figures", "stances", "denial"]
    label: str
    about: str
    one: Line
    other: Line
    item: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one actor stands on one issue.

    Attributes:
        line: The latest telling, as a row of positions: its stance, basis, words and sources.
        earlier: What dated sources told before, the latest first, where the actor has changed.
        others: Further tellings that agree with `line`.
    """

    line: Line
    earlier: tuple[Line, ...]
    others: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One actor; a stand for each of the brief's issues, None where nothing is known."""

    actor: str
    stands: tuple[Stand | None, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """One event of the timeline; `date` is an ISO day, month or year, `id` usable in HTML."""

    id: str
    date: str
    line: Line


@dataclass(frozen=True, slots=True)
class Item:
    """What one source says, in a few of its statements; or one brief of a newsletter.

    Attributes:
        id: Stable within the brief, such as `item-1`; usable as an HTML id.
        title: Its headline, in the source's words; of a brief its title.
        voice: Whose its own sentences are, or how many sources a brief rests on; may repeat the
            title.
        date: ISO date, the latest of a brief's sources, or None for undated ones.
        sources: Numbers of the sources that it tells of, ascending.
        lines: Statements in the order in which they read, at least one.
        brief: Id of the brief; empty for a source.
        is_new: Whether the last issue of a newsletter had no item of this brief.
    """

    id: str
    title: str
    voice: str
    date: str | None
    sources: tuple[int, ...]
    lines: tuple[Line, ...]
    brief: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What is not as the last issue of a newsletter had it.

    Attributes:
        id: Stable within the brief, such as `change-1`; usable as an HTML id.
        kind: An item that is new or gone, new statements in an item, an actor on the other side of
            an issue, a sentence with other figures, or a contest that is new or gone.
        text: Said in one neutral sentence, with whom it concerns.
        place: Id of what it is about elsewhere in the brief; empty where that is not printed.
        line: The statement as it is now, where the change is one of a statement.
        earlier: What the same actor was known to say before, where the sources still have it.
    """

    id: str
    kind: Literal["item", "dropped", "statements", "position", "figures", "contested", "settled"]
    text: str
    place: str = ""
    line: Line | None = None
    earlier: Line | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How much of what a source or an actor states reached the brief.

    Attributes:
        kind: Whose share it is.
        name: Of the actor or the source, for print.
        number: Of the source; 0 for an actor.
        statements: How many were found.
        printed: How many of them stand in the brief, as printed words or as further evidence.
    """

    kind: Literal["source", "actor"]
    name: str
    number: int
    statements: int
    printed: int


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source as listed in the brief; `date` is None for an undated one.

    `voice` is whom its own sentences are attributed to; `title` and `name` may repeat it.
    """

    number: int
    voice: str
    title: str | None
    name: str
    publisher: str | None
    date: str | None
    url: str | None
    language: str | None
    language_detected: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Cut:
    """What was left out of one section for space: how many items, and each as it would read.

    Where there are very many, only the best are among `items`. The section `focus` counts the
    statements that are not about the focus; they are not listed.
    """

    section: Section
    count: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """One brief, composed for one template.

    Attributes:
        title: Headline; from the user, a single source's title, or made of the main actors' names.
        kicker: What kind of page this is: `Policy brief · 6 sources`.
        date: ISO date of the brief.
        cutoff: ISO date of the latest source; empty where none is dated.
        language: ISO 639-1 code of the labels, for `lang`.
        status: `Draft, machine-generated`, or who reviewed it and when.
        handling: Handling mark such as `For internal use`, or empty.
        focus: What the user asked for, or empty.
        bottom_line: The one sentence that stands alone; None where nothing could be quoted.
        summary: Statements in the order in which they read.
        claims: Key claims, most important first.
        contested: Where sources or actors contradict each other, the most telling first.
        positions: One row an actor and issue.
        unknowns: What the sources leave open, worded.
        sources: All sources, in the order of their numbers.
        cut: What was left out for space, by section.
        refusals: What failed verification.
        notices: What happened to sources on the way.
        method: How the brief was made.
        issues: What is at issue, in the sources' words: the columns of `matrix`.
        matrix: One row an actor, the most outspoken first.
        timeline: Dated events, the earliest first.
        coverage: The share of each source, and of each of the main actors, in what is printed.
        items: What each source says, in the order of their numbers; or one a brief of a newsletter.
        since: ISO date of the newsletter's last issue; empty where there is none.
        changes: What is not as that issue had it.
        recipient: Whom it is for, by name; or empty.
    """

    title: str
    kicker: str
    date: str
    cutoff: str
    language: str
    status: str
    handling: str
    focus: str
    bottom_line: Line | None
    summary: tuple[Line, ...]
    claims: tuple[Line, ...]
    contested: tuple[Dispute, ...]
    positions: tuple[Line, ...]
    unknowns: tuple[str, ...]
    sources: tuple[SourceEntry, ...]
    cut: tuple[Cut, ...]
    refusals: tuple[Refusal, ...]
    notices: tuple[str, ...]
    method: Method
    issues: tuple[str, ...] = ()
    matrix: tuple[MatrixRow, ...] = ()
    timeline: tuple[Dated, ...] = ()
    coverage: tuple[Share, ...] = ()
    items: tuple[Item, ...] = ()
    since: str = ""
    changes: tuple[Change, ...] = ()
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many items of each section a page takes, at most; a template states its own.

    `lines` are those of one item; `actors` and `issues` are the rows and columns of the matrix.
    """

    summary: int = 4
    claims: int = 5
    contested: int = 2
    positions: int = 8
    timeline: int = 4
    unknowns: int = 4
    sources: int = 12
    items: int = 0
    lines: int = 3
    actors: int = 1000
    issues: int = 1000
    changes: int = 8
