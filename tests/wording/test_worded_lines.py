"""What compose words by itself, in every language: leads, labels, and what is left open."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from sample_wording import WORDED

from briefing.brief import Brief, Limits
from briefing.compose import compose
from briefing.document import Document, Span
from briefing.findings import (
    AUTHOR,
    FORMAT,
    Contest,
    Draft,
    Evidence,
    Finding,
    Findings,
    Method,
    Piece,
    Unknown,
)
from briefing.wording import LANGUAGES
from briefing.wording.direction import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT = "Dues will double. Ships may leave. Lund said no. Who pays for the quay?"
SIGNED = Document("quist.txt", TEXT, authors=("Mara Quist",), date="2026-03-01")
JOINT = replace(SIGNED, authors=("Mara Quist", "Tam Oyle"), date=None)
ISSUED = Document("ports.html", TEXT, publisher="Ministry of Ports")
BARE = Document("notice.txt", TEXT)
HOLDERS = (AUTHOR,), ("Ilo Brand",), ("Ilo Brand", "Edda Moor"), ("the dockers",)
CHAINS = (), ("Kai Rasp",), ("Kai Rasp", "Uma Lenz")
OPEN = Evidence(0, Span(49, len(TEXT)), TEXT[49:])
UNKNOWNS = (
    Unknown("single_source", (0,)),
    Unknown("single_origin", (0, 2), counts=(12, 15)),
    Unknown("undated", (1,)),
    Unknown("undated", (1, 2)),
    Unknown("undated", (0, 1, 2)),
    Unknown("never_quoted", (0,), ("Lund", "Orm")),
    Unknown("said_open", (2,), (), (OPEN,)),
    Unknown("said_open", (0, 1, 2), ("Ilo Brand",), (OPEN,)),
    Unknown("open_question", (0, 2), (), (OPEN,)),
    Unknown("open_question", (1,), ("Ilo Brand",), (OPEN,)),
)


def found(**given: Any) -> Finding:
    """A finding of the first document, in the author's voice unless `given` says otherwise."""
    span = Span(0, 17)
    draft = Draft(
        section="positions",
        document=0,
        pieces=(Piece(span),),
        holders=(AUTHOR,),
        via=(),
        basis="asserted",
        quoted=False,
        stance="states",
        hedges=(),
    )
    return Finding(replace(draft, **given), (Evidence(0, span, TEXT[:17]),))


def composed(
    language: str, documents: tuple[Document, ...], positions: Iterable[Finding] = (), **given: Any
) -> Brief:
    """The brief of some positions, all of which are printed."""
    findings = Findings(
        format=FORMAT,
        title="Harbour dues",
        date="2026-04-02",
        language=language,
        focus="",
        method=Method("0.1", "stub", "", "stub"),
        documents=documents,
        readings=(),
        bottom_line=(),
        summary=(),
        claims=(),
        positions=tuple(positions),
        contested=(),
        unknowns=UNKNOWNS if len(documents) == 3 else (),
        refusals=(),
    )
    return compose(replace(findings, **given), Limits(positions=1000, unknowns=1000))


def bare(text: str) -> str:
    """`text` without marks of direction."""
    return text.translate(dict.fromkeys(map(ord, MARKS.values())))


EVERY = [
    found(holders=holders, via=via, basis=basis, quoted=quoted, text=text)
    for holders, via, basis, quoted, text in product(
        HOLDERS, CHAINS, ("asserted", "reported", "inferred"), (True, False), ("", "Reworded.")
    )
]
"""All ways to hold a statement, in the source's words and in others."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "documents", [(SIGNED,), (JOINT,), (ISSUED,), (BARE,), (BARE, SIGNED)], ids=len
)
def test_every_lead_names_who_holds_it_and_through_whom(
    language: str, documents: tuple[Document, ...]
) -> None:
    """No name is lost in any phrase, and nothing of a pattern is left in it."""
    first = documents[0]
    voice = first.authors or tuple(filter(None, [first.publisher]))
    lines = composed(language, documents, EVERY).positions
    for line, finding in zip(lines, EVERY, strict=True):
        draft, lead = finding.draft, bare(line.lead)
        inferred = draft.basis == "inferred" and draft.via
        named = [*draft.holders, *(draft.via[-1:] if inferred else draft.via), *voice]
        if not draft.via and set(draft.holders) <= {AUTHOR, *voice}:
            named = [*voice]
        missing = {name for name in named if name.casefold() not in lead.casefold()}
        assert missing <= {AUTHOR}, lead
        assert ("1" in lead) == (documents == (BARE, SIGNED))
        assert not {*'%“”„«»"'} & {*lead}
        assert "  " not in lead
        assert lead == lead.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_leads_tell_apart_whose_words_they_are(language: str) -> None:
    """Two ways to hold a statement never read alike."""
    kinds = [
        found(),
        found(basis="reported"),
        found(holders=("Ilo Brand",), basis="reported"),
        found(holders=("Ilo Brand",), basis="reported", quoted=True),
        found(holders=("Ilo Brand",), basis="inferred"),
        found(holders=("Ilo Brand",), basis="reported", via=("Kai Rasp",)),
        found(holders=("Ilo Brand",), basis="reported", quoted=True, via=("Kai Rasp",)),
        found(holders=("Ilo Brand",), basis="inferred", via=("Kai Rasp",)),
    ]
    for documents in ((SIGNED,), (BARE,), (BARE, SIGNED)):
        brief = composed(language, documents, kinds)
        told = {(line.lead, line.basis_label) for line in brief.positions}
        assert len(told) == len(kinds)
        assert {line.basis for line in brief.positions} == {"asserted", "reported", "inferred"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_a_hole(language: str) -> None:
    """What is left open is worded with its numbers, names and words."""
    brief = composed(language, (SIGNED, BARE, ISSUED))
    assert len(brief.unknowns) == len(UNKNOWNS)
    for unknown, sentence in zip(UNKNOWNS, map(bare, brief.unknowns), strict=True):
        assert "%" not in sentence
        assert all(name in sentence for name in unknown.names)
        assert ("“Who pays for the quay?”" in sentence) == bool(unknown.evidence)
        if unknown.counts:
            assert all(str(count) in sentence for count in unknown.counts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stand_that_is_weakened_says_so(language: str) -> None:
    """Every stance has a word, and past and conditional ones a different one each."""
    labels = {
        bare(line.stance_label)
        for line in composed(
            language,
            (SIGNED,),
            [
                found(stance=stance, past=past, conditional=conditional)
                for stance in ("supports", "opposes", "demands", "offers", "accepts", "rejects",
                               "warns", "expects", "believes", "denies", "states")
                for past in (True, False)
                for conditional in (True, False)
            ],
        ).positions
    }  # fmt: skip
    assert len(labels) == 44


def worded(language: str) -> list[str]:
    """A small set of findings as it reads in one language."""
    ilo: dict[str, Any] = {"holders": ("Ilo Brand",), "basis": "reported", "stance": "demands"}
    kinds = [
        found(),
        found(basis="reported"),
        found(**ilo),
        found(**ilo, quoted=True),
        found(**ilo, quoted=True, via=("Kai Rasp", "Uma Lenz")),
        found(**ilo, via=("Kai Rasp",), conditional=True),
        found(**(ilo | {"basis": "inferred", "stance": "opposes"}), past=True),
        found(**(ilo | {"basis": "inferred"}), via=("Kai Rasp",)),
        found(**(ilo | {"holders": ("the dockers", "Edda Moor")})),
    ]
    lines = [
        f"{line.lead} | {line.stance_label} | {line.basis_label}"
        for documents in ((JOINT,), (BARE,), (BARE, SIGNED))
        for line in composed(language, documents, kinds).positions
    ]
    sides = (found(), found(document=1, holders=("Ilo Brand",), basis="reported"))
    brief = composed(
        language,
        (SIGNED, BARE, ISSUED),
        contested=tuple(Contest(kind, "dues", sides) for kind in ("figures", "stances", "denial")),
        claims=(found(text="Dues rise."),) * 6,
    )
    head = [brief.kicker, brief.status, *(one.label for one in brief.contested)]
    cut = [item for cut in brief.cut for item in cut.items]
    return [bare(line) for line in (*lines, *head, *brief.unknowns, *dict.fromkeys(cut))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_read_as_they_should(language: str) -> None:
    """Each language as it was read and checked; marks of direction are left out here."""
    assert worded(language) == WORDED[language].splitlines()


def test_arabic_leads_begin_in_arabic() -> None:
    """The first letter or mark is one from right to left, so that the line is laid out that way."""
    brief = composed("ar", (SIGNED,), [found(holders=("Ilo Brand",), basis="inferred")])
    assert brief.positions[0].lead[0] == MARKS["rtl"]


def test_joint_names_are_joined_in_the_language() -> None:
    """Authors and those who hold a position together, in tables and lists too."""
    both = found(holders=("Ilo Brand", "Edda Moor"), actor="Ilo Brand and Edda Moor")
    brief = composed("fr", (JOINT,), [both])
    assert (brief.positions[0].actor, brief.positions[0].holder) == (
        "Ilo Brand et Edda Moor",
        "Ilo Brand et Edda Moor",
    )
    assert brief.sources[0].voice == "Mara Quist et Tam Oyle"
