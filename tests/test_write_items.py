"""What is told of each source by itself."""

from __future__ import annotations

from sample_pages import PLAIN, Page, drafts, printed

from briefing.write import write
from briefing.write.items import LINES
from briefing.writers import load


def test_every_source_is_told_of_best_first() -> None:
    """Each source has its own statements, in the order of their salience, and no more than fit."""
    pages = (Page(" | ".join(PLAIN), authors=("Ada Foll",)), Page(PLAIN[0], authors=("Ilo Roke",)))
    items = drafts(*pages, section="items")
    assert [draft.document for draft in items] == [0] * LINES + [1]
    assert [printed(pages[0], draft) for draft in items[:LINES]] == list(PLAIN[:LINES])
    assert items[-1].holders == ("author",) or items[-1].holders == ("Ilo Roke",)


def test_a_reprint_is_told_of_where_it_stood_first() -> None:
    """Of documents that are one writing only the first has an item."""
    pages = (Page(PLAIN[0]), Page(PLAIN[0]), Page(PLAIN[1]))
    documents, readings = [page.document for page in pages], [page.reading for page in pages]
    written = write(
        documents, readings, load("verbatim"), origin_of={0: 1, 1: 1, 2: 2}.__getitem__
    )
    told = [draft.document for draft in written.drafts if draft.section == "items"]
    assert told == [1, 2]


def test_a_source_does_not_repeat_itself() -> None:
    """The same sentence twice in one source is told once."""
    page = Page(f"{PLAIN[0]} | {PLAIN[0]} | {PLAIN[1]}")
    told = [printed(page, draft) for draft in drafts(page, section="items")]
    assert sorted(told) == sorted({PLAIN[0], PLAIN[1]})
