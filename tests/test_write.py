from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_pages import AUTHORS, PLAIN, Page, best, drafts, printed, row

from briefing.document import Sentence, Span
from briefing.errors import ModelError
from briefing.findings import (
    AUTHOR,
    CUT,
    Claim,
    Draft,
    Piece,
    Refusal,
    Statement,
)
from briefing.write import check_cites, write
from briefing.writers import load
from briefing.writers.base import Fault, Reply, ReplySentence, Request

if TYPE_CHECKING:
    from collections.abc import Sequence


def test_sections_share_no_sentence():
    """The bottom line is not in the summary, and claims repeat neither."""
    page = Page(*PLAIN)
    for words in PLAIN:
        page.claim(words)
    written = drafts(page)
    bottom = next(draft for draft in written if draft.section == "bottom_line")
    summary = [draft.pieces for draft in written if draft.section == "summary"]
    claims = [draft.pieces for draft in written if draft.section == "claims"]
    assert printed(page, bottom) == PLAIN[0]
    assert bottom.pieces not in summary
    assert len(summary) == 2
    assert len(claims) == len(PLAIN) - 3
    assert not {*summary, bottom.pieces} & {*claims}


def test_authors_voice():
    """A sentence that nobody else holds is asserted by the authors, or `AUTHOR` if unnamed."""
    signed = drafts(Page(PLAIN[0]))[0]
    assert (signed.holders, signed.basis, signed.quoted) == (AUTHORS, "asserted", False)
    assert drafts(Page(PLAIN[0], authors=()))[0].holders == (AUTHOR,)


def test_salience_chooses():
    """The more salient sentence comes first."""
    page = Page(*PLAIN)
    assert printed(page, drafts(page)[0]) == PLAIN[0]


def test_no_source_crowds_out_the_rest():
    """Each of several sources has its turn, however many sentences the first one has."""
    long, short = Page(*PLAIN), Page("Dockers of Lund want a ceiling on every harbour fee.")
    for words in PLAIN:
        long.claim(words)
    short.claim("Dockers of Lund want a ceiling on every harbour fee.")
    written = [draft for draft in drafts(long, short) if draft.section != "bottom_line"]
    assert 1 in {draft.document for draft in written[:2]}


def test_a_source_gives_the_same_wherever_it_stands():
    """What was found of a source for one pile is right in another, under its own number."""
    page, other = Page(*PLAIN), Page("Dockers of Lund want a ceiling on every harbour fee.")
    alone = [(1, draft.pieces) for draft in drafts(page, section="items")]
    behind = [
        (draft.document, draft.pieces)
        for draft in drafts(other, page, section="items")
        if draft.document
    ]
    assert alone == behind != []


def test_reprint_is_not_repeated():
    """The same words of the same author in a second source are not selected again."""
    pages = Page(PLAIN[0], PLAIN[1], PLAIN[2]), Page(PLAIN[0], PLAIN[3], PLAIN[4])
    texts = [printed(pages[draft.document], draft) for draft in drafts(*pages, section="summary")]
    assert PLAIN[0] not in texts
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    "words",
    [
        "Who will pay for the shore power in Lund?",
        "The tariff of Lund can be read at https://lund.example/tariff/2026 by everybody.",
        "The tariff of Lund can be read at www.lund.example by everybody who asks.",
        "Dues rise soon in Lund.",
        "It would close the harbour of Lund within a year.",
        "This is good news for the whole town of Lund.",
        "These plans would close the harbour of Lund for years.",
        "The latter would close the harbour of Lund for years.",
        "Not only because the harbour of Lund is shut to ferries.",
        "But that is what the harbour of Lund was built for.",
        "In her view the harbour of Lund should be closed.",
        "Captains of Lund doubtless know that such a deal is impossible.",
        "Captains of Lund are well aware of all this now.",
        "As a port of call, it is known to every captain.",
        "I’ve written about the harbour of Lund and its ferries.",
        "Let’s start with the harbour of Lund and its ferries.",
        "You can see the harbour of Lund from every window.",
    ],
)
def test_not_quotable(words: str):
    """Questions, scraps, words to the reader and what leans on other sentences are not chosen."""
    assert drafts(Page(words)) == []


@pytest.mark.parametrize(
    "words",
    [
        "The harbour of Lund raised its dues twice this year.",
        "It is clear that the harbour of Lund will raise its dues.",
        "The harbour of Lund pays those who unload ships at night.",
        "Shippers want a deal with Lund, but such a deal is far off.",
        "The harbour of Lund lost ferries when it raised its dues.",
        "Ferries such as the Petrel call at the harbour of Lund.",
    ],
)
def test_quotable(words: str):
    """Pronouns and demonstratives that the sentence itself explains do no harm."""
    assert best(Page(words)) == words


@pytest.mark.parametrize(
    "words",
    [
        "Most fishermen would rather have the one in the bill of May.",
        "The council of Lund prefers the ones on the northern pier.",
    ],
)
def test_what_stands_for_something_named_before(words: str):
    """`The one in the bill` needs the sentence that says one what."""
    assert best(Page(words)) == ""
    assert best(Page(words.replace("one", "quay")))


def test_headings_and_bylines_are_not_quoted():
    """Nothing is chosen from a heading or from before the body."""
    page = Page("By Mara Quist, our reporter in Lund", PLAIN[0], body_start=37)
    page.sentences.append(Sentence(page.sentences[1].span, "heading", 2))
    page.sentences[1:2] = []
    assert drafts(page) == []


@pytest.mark.parametrize(
    ("start", "left"),
    [
        ("Indeed, the harbour", "the harbour"),
        ("But the harbour", "the harbour"),
        ("In this sense, the harbour", "the harbour"),
        ("Seen in this light, the harbour", "the harbour"),
        ("However, the harbour", "the harbour"),
        ("And yet the harbour", "the harbour"),
        ("But for the harbour", "But for the harbour"),
    ],
)
def test_leading_connectives_are_dropped(start: str, left: str):
    """A connective to the sentence before is left out, silently; other first words stay."""
    assert best(Page(f"{start} of Lund takes every ferry in summer.")).startswith(left)


def test_hedging_connective_stays():
    """A first phrase that the reading takes for a hedge is not dropped."""
    page = Page("Of course, the harbour of Lund may close in spring.")
    page.states(
        AUTHORS[0], "the harbour of Lund may close", basis="asserted", hedges=("Of course",)
    )
    assert best(page) == page.document.text


def test_first_person_needs_a_name():
    """`We` is printed only where the source says who speaks."""
    words = "We have to close the harbour of Lund in winter."
    assert best(Page(words)) == words
    assert drafts(Page(words, authors=())) == []
    assert best(Page(words, authors=(), publisher="Port of Lund")) == words


def test_pronoun_is_resolved():
    """A pronoun whose sentence before begins with the only person is printed as the name."""
    page = Page("Edda Moor runs the port. | But she expects a hard winter for the ferries.")
    page.actor("Edda Moor")
    page.salience = [0.0, 1.0]
    (draft,) = drafts(page, section="bottom_line")
    assert printed(page, draft) == "[Edda Moor] expects a hard winter for the ferries."
    assert draft.pieces == (
        Piece(page.span("expects a hard winter for the ferries."), "Edda Moor"),
    )


def test_owning_pronoun_is_resolved():
    """`His` becomes the name as an owner."""
    page = Page("Moor runs the port. | His plans reach far beyond the eastern quay.").actor("Moor")
    assert best(page) == "[Moor’s] plans reach far beyond the eastern quay."


def test_chain_of_the_same_pronoun():
    """A sentence between that begins with the same pronoun is passed over."""
    page = Page(
        "The Ormians know. | They sail. | And they expect a hard winter for all ferries."
    ).actor("Orm", "place", "Ormians")
    assert best(page) == "[The Ormians] expect a hard winter for all ferries."


@pytest.mark.parametrize(
    "before",
    [
        "Edda Moor met Ilo Brand.",
        "Ilo Brand, whom Edda Moor knows, left.",
        "Edda Moor met the minister.",
        "Edda Moor met Tam.",
        "Yesterday the port welcomed Edda Moor.",
        "Edda Moor’s plan failed.",
    ],
)
def test_pronoun_in_doubt_is_not_printed(before: str):
    """With a rival, a nameless person or another first word in between, nothing is chosen."""
    page = Page(f"{before} | She expects a hard winter for the ferries.")
    for name in ("Edda Moor", "Ilo Brand"):
        if name in before:
            page.actor(name)
    assert not any("winter" in printed(page, draft) for draft in drafts(page))


def test_pronoun_is_not_resolved_across_paragraphs():
    """The name must stand in the same paragraph."""
    page = Page("Edda Moor runs the port.", "She expects a hard winter for the ferries.")
    assert drafts(page.actor("Edda Moor")) == []


def test_pronoun_is_not_resolved_against_the_reading():
    """Where the reading takes the pronoun for another, or cannot tell, nothing is inserted."""
    page = Page("Edda Moor runs the port. | She expects a hard winter for the ferries.")
    page.actor("Edda Moor")
    page.states("Ilo Brand", "expects a hard winter", basis="inferred", source="She")
    assert drafts(page) == []


def test_pronoun_in_reported_words_is_not_resolved():
    """What a speaker's pronoun means is not taken from the sentence before; the author tells."""
    page = Page("Edda Moor runs the port. | Ilo Brand said she would raise all dues in spring.")
    page.actor("Edda Moor").actor("Ilo Brand")
    page.states("Ilo Brand", "she would raise all dues in spring")
    (draft, *_) = drafts(page)
    assert printed(page, draft) == "Ilo Brand said she would raise all dues in spring."
    assert (draft.holders, draft.basis) == (AUTHORS, "asserted")


def test_direct_quotation_loses_its_marks():
    """Own words are printed without the marks around them, and without the words that lead in."""
    page = Page("“The dues will double in spring,” said Ilo Brand.").actor("Ilo Brand")
    page.states("Ilo Brand", "“The dues will double in spring,”", quoted=True)
    (draft,) = drafts(page)
    assert (printed(page, draft), draft.quoted) == ("The dues will double in spring", True)
    assert draft.holders == ("Ilo Brand",)


def test_split_quotation_shows_its_cut():
    """A quotation with the speaker in its middle is two pieces with a cut between."""
    page = Page('"The dues will double," Ilo Brand said, "and nobody was asked."')
    page.actor("Ilo Brand")
    page.states("Ilo Brand", '"The dues will double,"', '"and nobody was asked."', quoted=True)
    (draft,) = drafts(page)
    assert draft.pieces == (
        Piece(page.span("The dues will double")),
        Piece(page.span("and nobody was asked."), CUT),
    )
    assert draft.quoted


def test_complete_quotation_is_own_words():
    """Content that stands between marks as a whole is the holder's own, and only then."""
    page = Page(
        "Ilo Brand said: “The dues will double in spring”. | Ships of Orm pay less in Lund."
    )
    page.actor("Ilo Brand").states("Ilo Brand", "“The dues will double in spring”")
    assert drafts(page)[0].quoted
    page = Page("Ilo Brand said the “fair” dues will double in spring.")
    page.actor("Ilo Brand").states("Ilo Brand", "the “fair” dues will double in spring")
    assert [(printed(page, draft), draft.quoted) for draft in drafts(page)] == [
        ("the “fair” dues will double in spring", False)
    ]


def test_scare_quotes_at_the_edge_stay():
    """Marks around one of several pieces are kept, also where the content leaves them out."""
    page = Page("The “roots of the quarrel”, as Ilo Brand said: that Lund will never pay for Orm.")
    page.actor("Ilo Brand")
    page.states("Ilo Brand", "roots of the quarrel", "that Lund will never pay for Orm")
    (draft,) = drafts(page)
    assert printed(page, draft) == "“roots of the quarrel” […] that Lund will never pay for Orm"
    assert not draft.quoted


def test_called_quoted_without_marks():
    """Nothing is the holder's own words that has no marks in the source."""
    page = Page("Ilo Brand said the dues will double in spring.").actor("Ilo Brand")
    page.states("Ilo Brand", "the dues will double in spring", quoted=True)
    assert [draft.quoted for draft in drafts(page)] == [False]


def test_half_a_pair_moves_the_edge():
    """No piece holds one mark of a pair: its edge moves out to the other or in past it."""
    page = Page("Ilo Brand said the harbour must pay its “fair share” by spring.").actor(
        "Ilo Brand"
    )
    page.states("Ilo Brand", "the harbour must pay its “fair")
    assert printed(page, drafts(page)[0]) == "the harbour must pay its “fair share”"


def test_middle_of_a_quotation_is_not_the_authors():
    """A sentence inside somebody's longer quotation is not printed in the author's voice."""
    page = Page(
        "“The dues will double in spring. | Nobody in Lund was asked about the money.” | It rained."
    )
    page.states(
        "Ilo Brand",
        "“The dues will double in spring. Nobody in Lund was asked about the money.”",
        quoted=True,
    )
    (draft,) = drafts(page)
    assert draft.holders == ("Ilo Brand",)
    assert drafts(Page("“All dues in Lund will double in spring.”")) == []


def test_leading_that_is_dropped():
    """A reported clause is printed without its `that`, unless it is one of several."""
    page = Page("Ilo Brand said that Lund will never join the league.").actor("Ilo Brand")
    page.states("Ilo Brand", "that Lund will never join the league")
    assert best(page) == "Lund will never join the league"


def test_hedge_outside_the_content():
    """Reported words whose hedge stands outside them are printed with the whole sentence."""
    page = Page("Ilo Brand reportedly said the dues of Lund will double.").actor("Ilo Brand")
    page.states("Ilo Brand", "the dues of Lund will double", hedges=("reportedly",))
    (draft,) = drafts(page)
    assert printed(page, draft) == page.document.text
    assert draft.hedges == (page.span("reportedly"),)


def test_unresolved_holder_is_not_named():
    """What an unknown `she` says is not printed."""
    page = Page("She said the dues of Lund will double in spring.")
    page.states("she", "the dues of Lund will double in spring", source="She", resolved=False)
    assert drafts(page) == []


def test_inference_prints_the_sentence():
    """What the author infers is printed with all the words that carry the inference."""
    page = Page("Ilo Brand knows full well that any deal could fail in spring.").actor("Ilo Brand")
    page.states("Ilo Brand", "any deal could fail in spring", basis="inferred")
    (draft,) = drafts(page)
    assert (draft.holders, draft.basis) == (("Ilo Brand",), "inferred")
    assert printed(page, draft) == page.document.text


LONG = "Lund will close the old eastern quay to all ferries and grain ships for at least two years"
TAIL = " ".join(f"number {place}" for place in range(25))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (f"{LONG}; the council names {TAIL}.", LONG),
        (f"{LONG}, which the council calls {TAIL}.", LONG),
        (
            f"{LONG} — the list says {TAIL} — and moves them to Orm.",
            f"{LONG} […] and moves them to Orm.",
        ),
        (f"{LONG}; but only if the council agrees on {TAIL}.", ""),
        (f"{LONG}, {TAIL}.", ""),
    ],
)
def test_long_sentences_are_cut(words: str, shown: str):
    """Over 60 words a clause goes, unless it turns the sense or there is none to drop."""
    assert best(Page(words)) == shown


def test_cut_keeps_hedges():
    """A clause that is hedged within is not dropped, for the hedge may weaken more than it."""
    page = Page(f"{LONG}; the council perhaps names {TAIL}.")
    page.states(AUTHORS[0], LONG, basis="asserted", hedges=("perhaps",))
    assert drafts(page) == []


def test_cut_drops_a_clause_with_its_own_hedge():
    """A clause that begins with a hedge goes with it, and the cut is seen."""
    page = Page(f"{LONG}; perhaps the council names {TAIL}.")
    page.states(AUTHORS[0], LONG, basis="asserted", hedges=("perhaps",))
    draft = drafts(page)[0]
    assert printed(page, draft).startswith(LONG)
    assert draft.pieces[-1].cut_after
    assert draft.hedges == ()


def test_claim_takes_its_statement():
    """A claim has the holder and basis of the statement that it lies in, or is the author's."""
    page = Page(*PLAIN[:4], "Ilo Brand said the dues of Lund will double in spring.")
    page.salience[-1] = 0.0
    page.actor("Ilo Brand").states("Ilo Brand", "the dues of Lund will double in spring")
    page.claim("the dues of Lund will double in spring", 0.9, "Ilo Brand")
    page.claim(PLAIN[3], 0.5)
    claims = drafts(page, section="claims")
    assert {printed(page, draft): (draft.holders, draft.basis) for draft in claims} == {
        "the dues of Lund will double in spring": (("Ilo Brand",), "reported"),
        PLAIN[3]: (AUTHORS, "asserted"),
    }


def test_claim_clause_keeps_its_hedge():
    """A claim that leaves out the author's hedge is printed with the whole sentence."""
    words = "One could say that the harbour of Lund has no future."
    page = Page(*PLAIN[:4], words).claim("the harbour of Lund has no future")
    page.states(
        AUTHORS[0],
        "the harbour of Lund has no future",
        basis="asserted",
        hedges=("One could say",),
    )
    page.salience[-1] = 0.0
    assert [printed(page, draft) for draft in drafts(page, section="claims")] == [words]


def test_one_row_an_actor_and_issue():
    """Rows of one actor with the same evidence or issue are merged, the telling stance kept."""
    page = Page("Ilo Brand rejects the new harbour dues. | Ilo Brand fears the new harbour dues.")
    page.actor("Ilo Brand")
    page.position("Ilo Brand", "Ilo Brand rejects the new harbour dues", stance="states")
    page.position(
        "Ilo Brand", "Ilo Brand rejects the new harbour dues", stance="rejects", issue="dues"
    )
    page.position(
        "Ilo Brand", "Ilo Brand fears the new harbour dues", stance="believes", issue="Dues"
    )
    (draft,) = drafts(page, section="positions")
    assert (draft.actor, draft.holders, draft.stance) == ("Ilo Brand", ("Ilo Brand",), "rejects")


@pytest.mark.parametrize("told", [True, False])
def test_a_position_rests_on_words_that_are_not_told(*, told: bool):
    """Where the best words of a row are the bottom line, others that show the same stand there."""
    words = ("Ilo Brand rejects the new harbour dues.", "Ilo Brand refuses to pay for the quay.")
    page = Page(words[0], *PLAIN[:2], words[1]).actor("Ilo Brand")
    page.position("Ilo Brand", words[0][:-1], stance="rejects", issue="dues")
    first = page.positions[0]
    page.positions[0] = replace(first, evidence=(*first.evidence, page.span(words[1][:-1])))
    page.salience = [1.0, 0.9, 0.8, 0.0] if told else [0.0] * 4
    assert row(page) == words[told][:-1]


def test_the_best_telling_of_an_issue_is_not_told():
    """So it is with two positions of one actor on one issue that show as much."""
    words = ("Ilo Brand rejects the new harbour dues.", "Ilo Brand refuses to pay harbour dues.")
    page = Page(*words).actor("Ilo Brand")
    for each in words:
        page.position("Ilo Brand", each[:-1], stance="rejects", issue="dues")
    page.salience = [1.0, 0.0]
    assert row(page) == words[1][:-1]


def test_positions_take_turns():
    """An actor with many rows does not push out one with a single row."""
    words = [f"Ilo Brand rejects plan {name} for the harbour" for name in "abcdefghijklmnopqrst"]
    page = Page(" | ".join(f"{one}." for one in words) + " | Edda Moor backs the harbour plan.")
    for one in words:
        page.position("Ilo Brand", one)
    page.position("Edda Moor", "Edda Moor backs the harbour plan", stance="supports")
    rows = drafts(page, section="positions")
    assert len(rows) == 16
    assert "Edda Moor" in {draft.actor for draft in rows[:8]}


def test_position_of_a_pronoun():
    """A row whose evidence begins with the actor's own pronoun starts behind it."""
    page = Page("Gulls cry. | She opposes every increase of the harbour dues.")
    page.position("Edda Moor", "She opposes every increase of the harbour dues", mention="She")
    assert row(page) == "opposes every increase of the harbour dues"


def test_hedged_position_shows_its_hedge():
    """A hedged row prints the hedge, with the whole sentence if need be."""
    page = Page("Ilo Brand would probably accept a ceiling on all dues.").actor("Ilo Brand")
    page.states(
        "Ilo Brand", "accept a ceiling on all dues", basis="inferred", hedges=("probably",)
    )
    page.position("Ilo Brand", "accept a ceiling on all dues", basis="inferred", hedged=True)
    (draft,) = drafts(page, section="positions")
    assert printed(page, draft) == page.document.text
    assert draft.hedges == (page.span("probably"),)


def test_unusable_positions():
    """Scraps and rows of unresolved pronouns are left out."""
    page = Page("She cannot concede to it in spring. | Gulls cry.")
    page.position("She", "She cannot concede to it in spring", mention="She")
    page.position("Edda Moor", "cannot concede", mention="She")
    assert drafts(page, section="positions") == []


def test_dateline_is_dropped():
    """The place and date in front of a report are left out."""
    page = Page("LUND, 4 March (Orm Wire) - The harbour of Lund raised its dues.")
    assert best(page) == "The harbour of Lund raised its dues."


@pytest.mark.parametrize(
    "content", ["the cost of it all at two million", "whether the dues are to rise"]
)
def test_reported_scrap_prints_the_sentence(content: str):
    """Reported words that are no sentence of their own are printed with the words around them."""
    page = Page(f"Lund Port told Orm {content} in spring.").actor("Lund Port", "organisation")
    page.states("Lund Port", content)
    page.position("Lund Port", content, stance="states")
    assert {printed(page, draft) for draft in drafts(page)} == {page.document.text}


def test_common_noun_is_no_holder():
    """What a `person` says is printed as the author has it, in the author's voice."""
    words = "A person in Lund said the dues will double in spring."
    page = Page(words).states("person", "the dues will double in spring")
    page.claim("the dues will double in spring", holder="person")
    assert {(printed(page, draft), draft.holders) for draft in drafts(page)} == {(words, AUTHORS)}


def test_claim_of_another_is_not_the_authors():
    """A claim that lies in what an unknown `she` says never becomes the author's."""
    page = Page("She said the dues of Lund will double in spring.")
    page.states("she", "the dues of Lund will double in spring", source="She", resolved=False)
    page.claim("the dues of Lund will double in spring")
    assert drafts(page) == []


def test_readers_are_not_addressed():
    """Reported words that say `you` to the text's reader are not chosen, own words may."""
    words = "Ilo Brand said you had promised to leave the dues alone."
    page = Page(words).actor("Ilo Brand")
    assert drafts(page.states("Ilo Brand", "you had promised to leave the dues alone")) == []
    page = Page("“You had promised to leave the dues alone,” said Ilo Brand.").actor("Ilo Brand")
    page.states("Ilo Brand", "“You had promised to leave the dues alone,”", quoted=True)
    assert best(page) == "You had promised to leave the dues alone"


def test_lines_without_an_end_are_not_quoted():
    """An address or label without a full stop is no sentence."""
    assert drafts(Page("To the Mayor of Lund and the Council of Orm, Quay Row")) == []


def test_authors_hold_their_positions_together():
    """The rows of two authors of one text are one row, in its voice."""
    page = Page("Mara Quist and Tam Oyle are for the dues.", authors=("Mara Quist", "Tam Oyle"))
    for author in page.document.authors:
        page.position(author, "are for the dues", stance="supports", basis="asserted")
    (draft,) = drafts(page, section="positions")
    assert (draft.actor, draft.holders) == (AUTHOR, ("Mara Quist", "Tam Oyle"))


def test_what_sources_share_comes_first():
    """Of equally salient sentences, the one about what all sources are about is preferred."""
    first = Page(
        "Gulls circle above the old market on most mornings.",
        "Shore power soon doubles harbour charges in Lund.",
    )
    first.salience = [0.5, 0.5]
    second = Page("Shore power is why harbour charges rise.", authors=("Tam Oyle",))
    second.salience = [0.5]
    shown = drafts(first, second, section="bottom_line", writer="stub")[0]
    assert printed(first, shown) == "Shore power soon doubles harbour charges in Lund."


def test_a_short_sentence_says_little_as_a_bottom_line():
    """Salience is counted a word: of two sentences that matter alike the whole one is taken."""
    page = Page(
        "Lund stays open.", "Lund stays open to all ferries from Orm until the end of May."
    )
    page.salience = [0.9, 0.6]
    (*_, last) = page.document.text.split("\n\n")
    assert printed(page, drafts(page, section="bottom_line")[0]) == last


class Quill:
    """A writer that remembers what it was asked and cites what it is told to."""

    name = "quill"

    def __init__(self, *cites: int, replies: int = 1, max_tokens: int | None = None):
        self.cites, self.replies, self.max_tokens = cites, replies, max_tokens
        self.requests: list[Request] = []

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def generate(self, requests: Sequence[Request]) -> list[Reply]:
        self.requests += requests
        return [Reply(tuple(ReplySentence(None, (one,)) for one in self.cites))] * self.replies


def test_writer_chooses():
    """What a writer cites is printed, each once, in its order."""
    page, quill = Page(*PLAIN), Quill(2, 0, 2)
    written = write([page.document], [page.reading], quill).drafts
    shown = [printed(page, draft) for draft in written if draft.section == "bottom_line"]
    passages = quill.requests[0].passages
    assert shown == [passages[2].text, passages[0].text]


def test_writer_sees_whole_passages_only():
    """A writer with a token limit is given fewer passages, never a shortened one."""
    page, quill = Page(*PLAIN), Quill(max_tokens=30)
    write([page.document], [page.reading], quill)
    texts = [passage.text for passage in quill.requests[0].passages]
    assert 0 < len(texts) < len(PLAIN)
    assert set(texts) <= set(PLAIN)


@pytest.mark.parametrize("quill", [Quill(99), Quill(0, replies=2)])
def test_unfit_reply(quill: Quill):
    """A reply that cites what was not there, or one too many, is the model's error."""
    page = Page(*PLAIN)
    with pytest.raises(ModelError, match="quill"):
        write([page.document], [page.reading], quill)


class Pen:
    """A writer that writes the same for every request of one section."""

    name = "pen"
    max_tokens: int | None = None
    offline = True

    def __init__(self, *sentences: ReplySentence, faults: tuple[Fault, ...] = ()) -> None:
        self.reply = Reply(sentences, faults)
        self.requests: list[Request] = []

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def generate(self, requests: Sequence[Request]) -> list[Reply]:
        self.requests += requests
        return [self.reply if one.task == "summary" else Reply(()) for one in requests]

    def summary_of(self, *pages: Page) -> tuple[list[Draft], tuple[Refusal, ...]]:
        """What is proposed of `pages` for the summary, and refused."""
        documents, readings = [page.document for page in pages], [page.reading for page in pages]
        written = write(documents, readings, self)
        return [one for one in written.drafts if one.section == "summary"], written.refusals

    @property
    def offered(self) -> list[str]:
        """The passages that it was shown for the summary."""
        (request,) = (one for one in self.requests if one.task == "summary")
        return [passage.text for passage in request.passages]


def test_what_is_reworded_rests_on_all_that_it_cites() -> None:
    """The draft is that of the first passage, with its place and holder; the rest is evidence."""
    first, second = Page(*PLAIN[:4]), Page(*PLAIN[4:], authors=("Tam Oyle",))
    pen = Pen(ReplySentence("Lund\n and  Orm thrive.", (2, 0, 2)))
    (draft,), _ = pen.summary_of(first, second)
    own, other = pen.offered[2], pen.offered[0]
    page = (first, second)[draft.document]
    assert (draft.text, printed(page, draft)) == ("Lund and Orm thrive.", own)
    assert draft.holders == page.document.authors
    (evidence,) = draft.rests_on
    assert evidence.quote == other
    assert (first, second)[evidence.document].document[evidence.span] == other


def test_only_what_was_written_is_reworded() -> None:
    """A passage that the writer cites without words of its own stands as it is in the source."""
    (one, two), _ = Pen(ReplySentence(None, (1,)), ReplySentence("Grain!", (0,))).summary_of(
        Page(*PLAIN)
    )
    assert (one.text, one.rests_on) == ("", ())
    assert two.text == "Grain!"


@pytest.mark.parametrize("text", ["Lund thrives", "Lund thrives.", " Lund\tthrives. "])
def test_what_is_reworded_ends_as_a_sentence(text: str) -> None:
    """White space is ours, and so is a full stop that is missing."""
    (draft,), _ = Pen(ReplySentence(text, (0,))).summary_of(Page(*PLAIN))
    assert draft.text == "Lund thrives."


@pytest.mark.parametrize("words", PLAIN[1:])
def test_evidence_is_found_for_what_cites_nothing(words: str) -> None:
    """Among all that could be quoted, and the passage nearest to the sentence gives its holder."""
    first, second = Page(*PLAIN[:4]), Page(*PLAIN[4:], authors=("Tam Oyle",))
    (draft,), refusals = Pen(ReplySentence(f"It is said: {words}", ())).summary_of(first, second)
    page = (first, second)[draft.document]
    assert (printed(page, draft), draft.holders) == (words, page.document.authors)
    assert refusals == ()


def test_writers_are_given_the_whole_texts() -> None:
    """From where each body begins, for those that take no instructions."""
    page, pen = Page("By Mara Quist, our reporter in Lund", *PLAIN, body_start=37), Pen()
    pen.summary_of(page)
    assert {one.texts for one in pen.requests} == {("\n\n".join(PLAIN),)}


def test_what_cannot_be_used_is_refused() -> None:
    """What the writer could not make usable is kept with its reason, and nothing is printed of it."""
    faults = Fault("its limit of tokens cut it off", "The harbour of"), Fault("it is empty", "")
    pen = Pen(ReplySentence(None, (1,)), faults=faults)
    (draft,), refusals = pen.summary_of(Page(*PLAIN))
    assert draft.text == ""
    assert refusals == tuple(Refusal(one.reason, one.text, "summary", 0) for one in faults)


def test_where_nothing_can_be_used_the_sources_speak() -> None:
    """A writer that wrote nothing leaves the choice that is made without one."""
    page, pen = Page(*PLAIN), Pen(faults=(Fault("it is no JSON", "Hm."),))
    written, refusals = pen.summary_of(page)
    assert written == drafts(page, section="summary")
    assert [one.reason for one in refusals] == ["it is no JSON"]


def test_more_than_was_asked_for_is_not_printed() -> None:
    """The first of what was written, each once."""
    page = Page(*PLAIN)
    wanted = len(drafts(page, section="summary"))
    sentences = [ReplySentence(f"Sentence {at // 2}.", (0,)) for at in range(20)]
    written, _ = Pen(*sentences).summary_of(page)
    assert [one.text for one in written] == [f"Sentence {at}." for at in range(wanted)]


@pytest.mark.parametrize("cite", [-1, 99])
def test_what_was_not_offered_cannot_be_cited(cite: int) -> None:
    """Neither past the end nor before the beginning, also where the sentence is the writer's."""
    sentence = ReplySentence("Lund thrives.", (0, cite))
    with pytest.raises(ModelError, match=f"pen cites passage {cite + 1} of"):
        Pen(sentence).summary_of(Page(*PLAIN))
    check_cites(Reply((replace(sentence, cites=(0, 98)),)), 99, "pen")


def test_nothing_to_print():
    """No documents and empty readings give no drafts."""
    assert write([], [], load("stub")).drafts == ()
    assert drafts(Page("Gulls cry."), writer="stub") == []


SCRAPS = st.sampled_from(
    [
        "Lund",
        "the harbour",
        "“",
        "”",
        '"',
        "‘",
        "’",
        "said",
        ",",
        ";",
        "—",
        "It",
        "she",
        "this",
        "pays",
    ]
)


@given(st.lists(SCRAPS, min_size=1, max_size=40), st.data())
def test_pieces_lie_in_the_text(words: list[str], data: st.DataObject):
    """Whatever the text, pieces are not empty, in order, inside it and hold no half of a pair."""
    text = " ".join(words) + "."
    page = Page(text)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    page.statements.append(
        Statement(0, (), (), (span,), ("Ilo Brand",), (), "reported", False, ())
    )
    page.claims.append(Claim(span, 0.5, ("Ilo Brand",)))
    for draft in drafts(page):
        spans = [piece.span for piece in draft.pieces]
        assert spans == sorted(spans)
        assert all(0 <= one.start < one.end <= len(text) for one in spans)
        for one in spans:
            assert sum(page.document[one].count(mark) for mark in '“”"') % 2 == 0
