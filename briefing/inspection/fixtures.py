"""Findings that put a template to the test: empty, crowded, overlong, hostile, in other scripts.

In: nothing. Out: `Fixture` records, the same each time, that `codec.load_findings` accepts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from briefing.findings import Finding, Findings, Matrix, Unknown
from briefing.inspection.ferry import DATE, Kind, document, ferry
from briefing.inspection.invented import Said, cell, findings_of, matrix, readings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.document import Document

ORDINARY = "ordinary"
HOSTILE = "hostile"
HARMLESS = "harmless"
"""The hostile fixture with letters in place of everything hostile: both must have one structure."""

PAYLOADS = {
    "name": "<script>alert(1)</script>",
    "title": '"><img src=x onerror=alert(2)>{{ 7 * 7 }}{% raw %}',
    "sentence": "</span></p></style><b onclick='x'>&amp;<!-- ]]> url(https://evil.example/a.png)",
    "issue": "' onmouseover='alert(3)' x=\u202e\u2066\u0007`${1}`",
    "note": "</title><svg onload=alert(4)><a href=javascript:alert(5)>@import 'x';",
    "model": "<iframe src=//evil.example>",
}
ADDRESS = 'javascript:alert(6)//"><script>'

LETTERS, NAME, WORD, QUOTED = 300, 300, 500, 2000
SHORT = ("Ministry for Coasts", "Jens Torvik", "Ada Lund", "Ohne Fähre kein Torvik")
"""What stays as it is among long names, so that a page can hold them."""

# Few letters: each that the page's own fonts lack is looked for among the system's.
ARABIC = {
    "name": "مجلس الميناء",
    "title": "الميناء بلا سفن",
    "sentence": "مجلس الميناء بلا سفن.",
    "issue": "سفن الميناء",
}
HEBREW = {"name": "ים שלום", "sentence": "שלום לים."}
CJK = {"name": "夜渡", "title": "夜渡 🚢", "sentence": "渡夜渡。", "issue": "夜渡"}


@dataclass(frozen=True, slots=True)
class Fixture:
    """Findings that a template is tried on.

    Attributes:
        name: As problems cite it.
        title: What it is, for people.
        findings: What there is to print.
    """

    name: str
    title: str
    findings: Findings


@lru_cache(maxsize=1)
def fixtures() -> tuple[Fixture, ...]:
    """All fixtures; those of other languages than English come from `in_language`."""
    return (
        Fixture(ORDINARY, "Something in every section", ferry()),
        Fixture("empty", "One undated source, and nothing that could be quoted", empty()),
        Fixture("single", "One item in each section", single()),
        Fixture("undated", "No source has a date", undated()),
        Fixture("crowded", "Forty actors in thirty sources", crowded()),
        Fixture("long-words", "Words of 500 characters, names of 300", single(overlong)),
        Fixture("long-quotations", "Quotations of 2,000 characters", single(lengthy)),
        Fixture("right-to-left", "Names and quotations in Arabic and Hebrew", single(leftward)),
        Fixture("other-scripts", "Chinese characters and emoji", single(eastern)),
        Fixture("reworded", "Statements that a language model reworded", reworded()),
        Fixture(HOSTILE, "Markup, scripts and control characters in every field", ferry(hostile)),
        Fixture(HARMLESS, "As long as the hostile one, of letters", ferry(harmless)),
    )


def in_language(language: str) -> Fixture:
    """The ordinary fixture as a brief in another language."""
    return Fixture(
        f"{ORDINARY}-{language}",
        f"Something in every section, set in {language}",
        ferry(language=language),
    )


def empty() -> Findings:
    """Nothing but a source without a date, an author or a title."""
    text = ("There is nothing to report.",)
    documents = (document("note.txt", text, sha256=""),)
    full = ferry()
    return replace(
        _without_sections(full),
        title="note.txt",
        focus="",
        documents=documents,
        readings=readings(documents, (text,), ()),
        method=replace(full.method, reader_sha256=""),
        unknowns=(),
        refusals=(),
        notices=(),
        off_focus=0,
    )


def single(dress: Callable[[Kind, str], str] | None = None) -> Findings:
    """One item in each section."""
    full = ferry(dress) if dress else ferry()
    return replace(
        full,
        summary=full.summary[:1],
        claims=full.claims[1:2],
        positions=full.positions[:1],
        contested=full.contested[:1],
        unknowns=full.unknowns[:1],
        refusals=full.refusals[:1],
        notices=full.notices[:1],
        matrix=matrix(full.matrix.cells[:1]),
        timeline=full.timeline[:2],
    )


def undated() -> Findings:
    """No dates: no timeline, no cut-off."""
    full = ferry()
    everywhere = tuple(range(len(full.documents)))
    return replace(
        full,
        documents=tuple(replace(one, date=None, url=None) for one in full.documents),
        unknowns=(Unknown("undated", everywhere), Unknown("single_source", everywhere)),
        timeline=(),
    )


def reworded() -> Findings:
    """The ordinary findings, each line of the upper sections worded by a language model."""
    full = ferry()
    return replace(
        full,
        bottom_line=_worded(full.bottom_line, "A"),
        summary=_worded(full.summary, "B"),
        claims=_worded(full.claims, "C"),
    )


def _worded(found: Sequence[Finding], at: str) -> tuple[Finding, ...]:
    texts = (f"In short, this is what point {at}{number} comes to." for number in count())
    return tuple(
        replace(one, draft=replace(one.draft, text=text))
        for one, text in zip(found, texts, strict=False)
    )


def crowded() -> Findings:
    """Thirty sources in which forty actors speak."""
    sentences: list[tuple[str, ...]] = []
    told: list[Said] = []
    issues = tuple(f"the {name} lock" for name in "eastern western northern southern".split())
    for number in range(30):
        parts = [f"Lock {number} of the canal was measured and passed to the next board."]
        for actor in range(number % 10, 40, 10):
            issue = issues[(number + actor) % len(issues)]
            words = f"The board of pier {actor + 1} will not pay for {issue} in year {number + 1}."
            parts.append(words)
            told.append(
                Said(
                    number,
                    words,
                    f"The board of pier {actor + 1}",
                    basis="reported",
                    stance="rejects" if actor % 2 else "warns",
                    issue=issue,
                )
            )
        sentences.append(tuple(parts))
    documents = tuple(_numbered(number, parts) for number, parts in enumerate(sentences))
    once = {(said.holder, said.issue): said for said in told}
    full = ferry()
    return replace(
        _without_sections(full),
        title="Forty boards, four locks",
        documents=documents,
        readings=readings(documents, sentences, told),
        bottom_line=findings_of(documents, told[:1], "bottom_line"),
        summary=findings_of(documents, told[1:12], "summary"),
        claims=findings_of(documents, told[12:40], "claims"),
        positions=findings_of(documents, told[40:80], "positions"),
        unknowns=(Unknown("single_origin", (0,), counts=(20, 28)),),
        matrix=matrix(
            tuple(cell(documents, *pair, said) for pair, said in once.items()),
        ),
    )


def _numbered(number: int, sentences: tuple[str, ...]) -> Document:
    return document(
        f"pier-{number + 1}.txt",
        sentences,
        title=f"Minutes of the canal board, volume {number + 1}",
        authors=(f"Clerk {number + 1}",),
        date=f"2026-10-{number % 28 + 1:02d}",
        url=f"https://canal.example/minutes/{number + 1}",
    )


def _without_sections(full: Findings) -> Findings:
    return replace(
        full,
        date=DATE,
        bottom_line=(),
        summary=(),
        claims=(),
        positions=(),
        contested=(),
        matrix=Matrix(),
        timeline=(),
    )


def hostile(kind: Kind, text: str) -> str:
    """Wording with markup, quotation marks of attributes, code and control characters in it."""
    return ADDRESS if kind == "address" else f"{text} {PAYLOADS[kind]}"


def harmless(kind: Kind, text: str) -> str:
    """As long as `hostile`, of letters and spaces."""
    spoiled = hostile(kind, text)
    kept = "" if kind == "address" else text
    return kept + "".join(" " if one == " " else "x" for one in spoiled[len(kept) :])


def overlong(kind: Kind, text: str) -> str:
    """Names and titles of 300 characters, and a word of 500 in each sentence."""
    if kind in ("name", "title") and text not in SHORT:
        return (text + " of the Northern and Southern Shores" * 10)[:NAME]
    if kind == "address":
        return f"{text}/{'a' * LETTERS}"
    return f"{text} {'w' * WORD}" if kind == "sentence" else text


def lengthy(kind: Kind, text: str) -> str:
    """Sentences of 2,000 characters."""
    more = " and nobody at the pier could say by how much or for how many winters"
    return (text + more * 40)[:QUOTED].rstrip() if kind == "sentence" else text


def leftward(kind: Kind, text: str) -> str:
    """Wording that is read from right to left, with the Latin in it for what differs."""
    if kind in HEBREW and len(text) % 2:
        return f"{HEBREW[kind]} ({text})"
    return f"{ARABIC[kind]} ({text})" if kind in ARABIC else text


def eastern(kind: Kind, text: str) -> str:
    """Wording in Chinese, with the Latin for what differs."""
    return f"{CJK[kind]} ({text})" if kind in CJK else text
