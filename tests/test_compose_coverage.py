"""Which share of what sources and actors state is printed."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

from sample_findings import FINDINGS

from briefing.brief import Share
from briefing.compose.coverage import coverage
from briefing.document import Document, Sentence, Span
from briefing.findings import (
    AUTHOR,
    Basis,
    Draft,
    Evidence,
    Finding,
    Findings,
    Piece,
    Reading,
    Statement,
)

TEXT = (
    "Ada Foll says that the quay will close in May. The guild objects to the plan."
    " Ilo Roke says dues must not rise. He adds that gulls do not pay."
)
TITLED = Document("plan.txt", TEXT, title="The plan")
BARE = Document("news/notice.txt", TEXT)
QUAY, GUILD = "the quay will close in May", "The guild objects to the plan."
DUES, GULLS = "dues must not rise", "gulls do not pay"


def says(holder: str, *words: str, resolved: bool = True) -> Statement:
    """A statement of `holder`, whose content is `words`."""
    spans = tuple(Span(TEXT.index(each), TEXT.index(each) + len(each)) for each in words)
    basis: Basis = "asserted" if holder == AUTHOR else "reported"
    return Statement(
        0, (), (), spans, (holder,), (), basis, quoted=False, hedges=(), resolved=resolved
    )


STATEMENTS = (
    says(AUTHOR, GUILD),
    says("Ada Foll", QUAY),
    says("Ilo Roke", DUES),
    says("he", GULLS, resolved=False),
)


def read(*statements: Statement) -> Reading:
    """A reading with `statements`."""
    return Reading((Sentence(Span(0, len(TEXT))),), (1.0,), statements, (), (), ())


def pile(*readings: Reading, documents: tuple[Document, ...] = (TITLED, BARE)) -> Findings:
    """Findings of readings of `TITLED` and `BARE`, or of other documents."""
    return replace(FINDINGS, documents=documents[: len(readings)], readings=readings)


def shows(words: str, document: int = 0, *further: int) -> Finding:
    """A line that prints `words`, with the same in `further` documents as evidence."""
    span = Span(TEXT.index(words), TEXT.index(words) + len(words))
    draft = Draft(
        section="claims",
        document=document,
        pieces=(Piece(span),),
        holders=("Ada Foll",),
        via=(),
        basis="reported",
        quoted=False,
        stance="states",
        hedges=(),
    )
    evidence = tuple(Evidence(number, span, words) for number in (document, *further))
    return Finding(draft, evidence)


def by_name(shares: tuple[Share, ...]) -> dict[str, tuple[int, int]]:
    """Statements and printed ones of each source and actor."""
    return {share.name: (share.statements, share.printed) for share in shares}


def test_sources_and_actors() -> None:
    """All sources in order, then named holders, those with most statements first."""
    findings = pile(read(*STATEMENTS), read(says("Ilo Roke", DUES)))
    assert coverage(findings, [shows(QUAY)]) == (
        Share("source", "The plan", 1, 4, 1),
        Share("source", "notice.txt", 2, 1, 0),
        Share("actor", "Ilo Roke", 0, 2, 0),
        Share("actor", "Ada Foll", 0, 1, 1),
    )


def test_further_evidence_counts() -> None:
    """What a line cites of another source is told of that one too."""
    findings = pile(read(*STATEMENTS), read(*STATEMENTS))
    shares = by_name(coverage(findings, [shows(QUAY, 0, 1)]))
    assert shares["The plan"] == shares["notice.txt"] == (4, 1)
    assert shares["Ada Foll"] == (2, 2)


def test_half_of_the_words_are_enough() -> None:
    """Fewer are a mention, not the statement; lines that each print a part do so together."""
    findings = pile(read(*STATEMENTS))
    assert by_name(coverage(findings, [shows("the quay")]))["Ada Foll"] == (1, 0)
    assert by_name(coverage(findings, [shows("will close in")]))["Ada Foll"] == (1, 1)
    both = [shows("the quay"), shows("in May")]
    assert by_name(coverage(findings, both))["Ada Foll"] == (1, 1)


def test_a_statement_is_printed_once() -> None:
    """Two lines with the same words do not count it twice; all pieces of it count as one."""
    split = says("Ada Foll", "the quay", "will close", "in May")
    findings = pile(read(split))
    twice = [shows(QUAY), shows(QUAY)]
    assert by_name(coverage(findings, twice)) == {"The plan": (1, 1), "Ada Foll": (1, 1)}


def test_who_is_not_named_is_no_actor() -> None:
    """Neither an author without a name nor a pronoun nor a common noun is listed."""
    findings = pile(read(says(AUTHOR, GUILD), says("officials", DUES), STATEMENTS[3]))
    assert coverage(findings, [shows(GUILD)]) == (Share("source", "The plan", 1, 3, 1),)


def test_only_the_main_actors() -> None:
    """Twelve actors at most, and of those with as many statements the earlier ones."""
    named = [says(f"Ship {letter}", DUES) for letter in "ABCDEFGHIJKLMN"]
    shares = coverage(pile(read(*named, named[-1])), [])
    actors = [share.name for share in shares if share.kind == "actor"]
    assert actors == ["Ship N", *(f"Ship {letter}" for letter in "ABCDEFGHIJK")]


def test_without_readings() -> None:
    """Where nothing was read there is nothing to count."""
    assert coverage(pile(), [shows(QUAY)]) == ()


def test_quick_enough_for_every_attempt_to_fit_a_page() -> None:
    """A pile of 300 documents with 20,000 statements takes no noticeable time."""
    statements = tuple(STATEMENTS[at % 4] for at in range(67))
    documents = tuple(replace(BARE, name=f"{number}.txt") for number in range(300))
    findings = pile(*[read(*statements)] * 300, documents=documents)
    printed = [shows(QUAY, number) for number in range(0, 300, 6)]
    began = process_time()
    coverage(findings, printed)
    assert process_time() - began < 0.5
