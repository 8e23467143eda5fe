from __future__ import annotations

import pytest
from sample_pages import AUTHORS, PLAIN, Page, best, drafts, printed, row

from briefing.findings import AUTHOR, CUT

DOUBLE = "the dues of Lund will double in spring"


def claims(page: Page) -> list[str]:
    return [printed(page, draft) for draft in drafts(page, section="claims")]


def later(page: Page) -> Page:
    """`page` with its last sentence less salient than the others, so that it can be a claim."""
    page.salience[-1] = 0.0
    return page


def test_whole_sentence_is_the_authors():
    """Where more than the holder's own words is printed, it is the author who tells."""
    words = "Asked about the ferries, Ilo Brand told Orm the cost of it all in spring."
    page = Page(words).actor("Ilo Brand")
    page.states("Ilo Brand", "the cost of it all", cue="told")
    (draft,) = drafts(page, section="bottom_line")
    assert (printed(page, draft), draft.holders, draft.basis) == (words, AUTHORS, "reported")


@pytest.mark.parametrize(
    ("holder", "cue", "content", "basis"),
    [
        ("A columnist", "writes", "that the cranes have been sold to Orm", "reported"),
        ("The fire service", "says", "that it counted nine ships in Lund", "reported"),
        ("A spokesman", "called", "the paper of the port “a draft, and an old one”", "reported"),
        ("The port", "says", "the dues have doubled; we doubt all of that", "asserted"),
        ("The minutes", "say", "otherwise, and we are ready to read out all", "asserted"),
        ("The diary", "shows", "two meetings with the port of Lund", "asserted"),
        ("Experience", "shows", "that captains are loyal to the port", "asserted"),
        ("Mara Quist", "writes", "that the cranes have been sold to Orm", "asserted"),
    ],
)
def test_a_sentence_that_reports_is_no_own_statement(
    holder: str, cue: str, content: str, basis: str
):
    """Though the author asserts that it was said, a main clause that reports makes a report."""
    words = f"{holder} {cue} {content}."
    page = Page(words).states(holder, content, cue=cue, resolved=False)
    page.states(AUTHORS[0], words, basis="asserted")
    (draft,) = drafts(page, section="bottom_line")
    assert (printed(page, draft), draft.holders, draft.basis) == (words, AUTHORS, basis)


def test_act_is_the_authors_in_the_summary():
    """What somebody does without a word is told by the author; the table has it as theirs."""
    words = "Last week, Lund Port approved a plan that will double all dues."
    page = Page(words).actor("Lund Port", "organisation")
    act = "a plan that will double all dues"
    page.states("Lund Port", act, cue="approved", stance="supports")
    page.position("Lund Port", words[11:-1], stance="supports")
    told, shown = drafts(page)
    assert (told.holders, told.basis) == (AUTHORS, "reported")
    assert (shown.actor, shown.stance, printed(page, shown)) == (
        "Lund Port",
        "supports",
        words[11:-1],
    )


def test_denial_keeps_its_verb():
    """What somebody denies is never printed as what they say."""
    page = Page(f"Ilo Brand denied that {DOUBLE}.").actor("Ilo Brand")
    page.states("Ilo Brand", f"that {DOUBLE}", cue="denied", stance="denies")
    assert best(page) == page.document.text


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("On Tuesday, Ilo Brand told Orm the cost of it all.", True),
        ("The Ilo Brand told Orm the cost of it all in spring.", True),
        ("Asked about ferries, Ilo Brand told Orm the cost of it all.", False),
        ("Edda Moor knows that Ilo Brand told Orm the cost of it all.", False),
        ("Ilo Brand runs Lund and told Orm the cost of it all.", False),
        ("Ilo Brand told Orm the cost of it all, and it rained for days.", False),
    ],
)
def test_row_of_a_whole_sentence(words: str, *, holds: bool):
    """A row prints the sentence only where its actor is the subject of the main clause."""
    page = Page(words).actor("Ilo Brand")
    page.states("Ilo Brand", "the cost of it all", cue="told")
    page.position("Ilo Brand", "the cost of it all", stance="states")
    assert row(page) == (words if holds else "")


def test_row_with_another_speaker_is_dropped():
    """A sentence that reports two actors is the row of neither."""
    page = Page("Ilo Brand told Orm the cost of it all, to which Edda Moor says no.")
    page.states("Ilo Brand", "the cost of it all", cue="told")
    page.states("Edda Moor", "no", cue="says")
    page.position("Ilo Brand", "the cost of it all", stance="states")
    assert row(page) == ""


def test_embedded_clause_is_not_cut_free():
    """A claim inside what a nameless actor must do is printed with all that the holder says."""
    content = f"the port must show that {DOUBLE}"
    page = later(Page(*PLAIN[:4], f"Ilo Brand said {content}.").actor("Ilo Brand"))
    page.states("Ilo Brand", content, cue="said")
    page.states("port", DOUBLE, cue="show", basis="inferred", source="port must")
    page.claim(DOUBLE, 0.9, "port")
    assert claims(page) == [content]
    page.claims.clear()
    page.claim(DOUBLE, 0.9, "Ilo Brand")
    assert claims(page) == [content]


def test_claim_after_a_clause_is_clipped():
    """A claim that is a main clause of its own may stand without the clause before it."""
    content = f"Orm will pay for all of it; {DOUBLE}"
    page = later(Page(*PLAIN[:4], f"Ilo Brand said {content}.").actor("Ilo Brand"))
    page.states("Ilo Brand", content, cue="said").claim(DOUBLE, 0.9, "Ilo Brand")
    assert claims(page) == [DOUBLE]


def test_authors_clause_is_not_cut_free():
    """So it is in the author's own voice: a denied or embedded clause brings its sentence."""
    words = f"Few in the old town believe that {DOUBLE}."
    assert claims(later(Page(*PLAIN[:4], words).claim(DOUBLE))) == [words]


def test_row_is_printed_with_its_turn():
    """Evidence that the end of the sentence turns round is printed with it."""
    page = Page("Dock Union welcomed the new sockets on the pier, though not the timetable.")
    page.position("Dock Union", "Dock Union welcomed the new sockets on the pier")
    assert row(page) == page.document.text


def test_short_end_is_not_cut():
    """A few last words, which may change all, are printed rather than cut."""
    page = Page("Ilo Brand has never defended a plan for Lund twice.")
    page.position("Ilo Brand", "Ilo Brand has never defended a plan for Lund")
    assert row(page) == page.document.text


def test_cut_at_the_end_is_marked():
    """Where the sentence goes on after the evidence, the row says so."""
    page = Page("Ilo Brand rejects the dues of Lund, naming ferries, cranes, gulls, nets and ice.")
    page.position("Ilo Brand", "Ilo Brand rejects the dues of Lund")
    (draft,) = drafts(page, section="positions")
    assert draft.pieces[-1].cut_after


def test_naming_of_the_speaker_is_no_cut():
    """Words that only attribute leave out nothing of what was said."""
    page = Page("All dues of Lund will double, the Lund Port said on Thursday.")
    page.states("Lund Port", "All dues of Lund will double", cue="said")
    assert not drafts(page, section="bottom_line")[0].pieces[-1].cut_after


def test_turn_after_the_speaker_counts():
    """A quotation that goes on with `but` is not printed without it."""
    page = Page('"The dues will double in spring," Ilo Brand said, "but only for large ships."')
    page.states("Ilo Brand", '"The dues will double in spring,"', cue="said", quoted=True)
    assert not any(draft.quoted for draft in drafts(page))


def test_nothing_ends_at_a_cue():
    """A quotation that goes on for too long gives its first sentence, and not the words before."""
    tail = " ".join(f"pier {number} is old and nobody mends it," for number in range(9)) + " no."
    page = Page(f"Asked about it, Ilo Brand said, “The dues of Lund will double. | {tail}”")
    said = f"“The dues of Lund will double. {tail}”"
    page.states("Ilo Brand", said, cue="said", quoted=True)
    page.position("Ilo Brand", said, quoted=True)
    for draft in drafts(page):
        assert not printed(page, draft).endswith("said")
    first = drafts(page, section="bottom_line")[0]
    assert (printed(page, first), first.quoted) == ("The dues of Lund will double.", True)


@pytest.mark.parametrize("via", [("you",), ("They",), ("one",)])
def test_no_lead_names_a_pronoun(via: tuple[str, ...]):
    """Neither a holder nor one through whom a statement came is a pronoun."""
    page = Page(f"Ilo Brand said {DOUBLE}.").actor("Ilo Brand")
    page.states("Ilo Brand", DOUBLE, cue="said", via=via)
    page.position("Ilo Brand", DOUBLE, via=via)
    assert {(draft.holders, draft.via) for draft in drafts(page)} == {(AUTHORS, ())}


@pytest.mark.parametrize(
    ("holder", "words"),
    [
        ("people", f"Some people say {DOUBLE}."),
        ("Officials", f"Officials say {DOUBLE}. | The officials of Orm are silent."),
        ("Experts", f"Experts say {DOUBLE}."),
        ("review", f"A review says {DOUBLE}."),
    ],
)
def test_common_nouns_have_no_row(holder: str, words: str):
    """A bare common noun, with the capital of its sentence or without, is named by the author."""
    page = Page(words)
    page.states(holder, DOUBLE, cue="say").position(holder, DOUBLE, stance="states")
    assert {draft.holders for draft in drafts(page)} == {AUTHORS}


@pytest.mark.parametrize("holder", ["union’s secretary", "Lund officials", "Moor"])
def test_identifying_names_have_rows(holder: str):
    """An owner, a second capital, or a name that stands elsewhere too shows who it is."""
    page = Page(f"{holder} said {DOUBLE}. | It was for Moor to tell.")
    page.states(holder, DOUBLE, cue="said").position(holder, DOUBLE, stance="states")
    assert holder in {draft.actor for draft in drafts(page, section="positions")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("''The dues will double in spring,'' Ilo Brand told Orm.", 2),
        ("``The dues will double in spring,'' Ilo Brand told Orm.", 2),
        ("'The dues will double in spring,' Ilo Brand told Orm.", 1),
    ],
)
def test_other_marks(words: str, said: int):
    """Two straight marks, backticks and single marks show own words as double ones do."""
    page = Page(words).actor("Ilo Brand")
    content = words[: words.index(" Ilo")]
    page.states("Ilo Brand", content, cue="told", quoted=True)
    (draft,) = drafts(page)
    assert (printed(page, draft), draft.quoted) == (content[said : -said - 1], True)


def test_own_words_without_their_flag():
    """Content between its holder's marks is own words, whatever the reading calls it."""
    page = Page("“Not one crown will be paid in Lund,” Ilo Brand said.").actor("Ilo Brand")
    page.states("Ilo Brand", "Not one crown will be paid in Lund", cue="said")
    assert drafts(page)[0].quoted


def test_words_in_anothers_marks_are_not_own():
    """What somebody says of a third actor within a quotation is not that actor's own words."""
    page = Page("“Ilo Brand says that the dues of Lund will double,” Edda Moor said.")
    page.states("Ilo Brand", "the dues of Lund will double", cue="says", via=("Edda Moor",))
    assert not any(draft.quoted for draft in drafts(page))


@pytest.mark.parametrize(
    "words",
    [
        "They include Orm in the north, Lund in the south and the old pier.",
        "Every time they say that, the harbour of Lund loses its ferries.",
        "The harbour of Lund lost its ferries (and its cranes were sold.",
        "That means the harbour of Lund will lose its ferries.",
        "Nobody in Lund would do that for the old ferries.",
        "Although they run the port, Orm and Lund have no ferries.",
    ],
)
def test_leaning_sentences(words: str):
    """A subject that is named later, a bare `that` and half a pair of brackets are turned down."""
    page = Page(words)
    for name in ("Orm", "Lund"):
        if name in words:
            page.actor(name, "place")
    assert drafts(page) == []


def test_phrase_in_front_may_name_ahead():
    """A prepositional phrase may have a pronoun for the subject that follows."""
    page = Page("For all his promises, Ilo Brand has done nothing for Lund.").actor("Ilo Brand")
    assert best(page) == page.document.text


@pytest.mark.parametrize("part", ["to cap all the dues of Lund", "whether the dues of Lund rise"])
def test_infinitives_are_no_claims(part: str):
    """No piece begins with an infinitive or `whether`."""
    words = f"Edda Moor and Ilo Brand want: {part} in spring or later."
    page = later(Page(*PLAIN[:4], words).claim(part))
    assert claims(page) == [words]


def test_no_piece_ends_open():
    """Evidence that breaks off at a word which joins is not printed."""
    page = Page("Ilo Brand rejects the new dues of Lund and of Orm, naming nets, ice and gulls.")
    page.position("Ilo Brand", "Ilo Brand rejects the new dues of Lund and of")
    assert row(page) != "Ilo Brand rejects the new dues of Lund and of"


def test_headline_is_no_summary():
    """The first sentence of an unsigned text that is a paragraph of its own is passed over."""
    head = "Lund doubles all dues and angers the fishers."
    page = Page(head, *PLAIN, authors=()).claim(head)
    assert head not in [printed(page, draft) for draft in drafts(page)]
    signed = Page(head, *PLAIN)
    assert head in [printed(signed, draft) for draft in drafts(signed)]
    joined = Page(f"{head} | {PLAIN[0]}", *PLAIN[1:], authors=())
    found = {printed(joined, draft): draft.holders for draft in drafts(joined)}
    assert found[head] == (AUTHOR,)


@pytest.mark.parametrize("heading", ["Notes to editors:", "ENDS", "Media contact"])
def test_notes_to_editors_are_no_claims(heading: str):
    """What stands below the text of a press release is about who sent it."""
    words = "Lund Port has served the islands since 1968 and employs 140 people."
    told = Page(*PLAIN, words).claim(words)
    assert words in claims(told)
    below = Page(*PLAIN, heading, words).claim(words)
    assert words not in claims(below)


def test_split_quotation_marks_what_is_left_out():
    """Of a quotation in two parts the first alone shows that the second is missing."""
    page = later(
        Page(*PLAIN[:4], '"The dues will double at Lund," Ilo Brand said, "and nobody was asked."')
    )
    content = ('"The dues will double at Lund,"', '"and nobody was asked."')
    page.states("Ilo Brand", *content, cue="said", quoted=True)
    page.claim("The dues will double at Lund", 0.9, "Ilo Brand")
    (draft,) = drafts(page, section="claims")
    assert draft.pieces[-1].cut_after or draft.pieces[-1].before == CUT


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Mara Quist is a columnist for the Lund Courier.", False),
        ("Mara Quist taught the history of Lund for thirty years.", False),
        ("Ilo Brand is a columnist for the Lund Courier.", True),
        ("Mara Quist's dues in the harbour of Lund doubled.", True),
    ],
)
def test_nobody_introduces_themselves(words: str, expected: bool):
    """What tells who the author is by name is a publisher's note, and is in no section."""
    page = Page(words, *PLAIN).actor(" ".join(words.split()[:2]).removesuffix("'s")).claim(words)
    assert (words in [printed(page, draft) for draft in drafts(page)]) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Ilo Brand is the head of the port of Lund.",
        "Interview with Ilo Brand, head of the port of Lund.",
    ],
)
def test_nor_does_one_who_answers(words: str):
    """The head of an interview tells who is asked, which is no claim."""
    answer = "The dues will double in May."
    page = Page(words, answer, *PLAIN).actor("Ilo Brand")
    page.states("Ilo Brand", answer)
    found = [printed(page, draft) for draft in drafts(page)]
    assert (words in found, answer in found) == (False, True)


@pytest.mark.parametrize("in_turn", [True, False])
def test_who_speaks_in_a_turn_may_say_we(*, in_turn: bool):
    """Nobody signs the text, but the label of the turn says who it is."""
    answer = "We want a written promise that the dues of Lund will not double."
    page = Page(answer, f"Ilo Brand spoke. {PLAIN[0]}", authors=()).actor("Ilo Brand")
    page.position("Ilo Brand", answer[:-1], mention="We", stance="demands")
    if in_turn:
        page.states("Ilo Brand", answer)
    found = [printed(page, draft) for draft in drafts(page, section="positions")]
    assert found == ([answer[:-1]] if in_turn else [])


@pytest.mark.parametrize("words", ["that it was", "that they would not"])
def test_a_clause_whose_verb_stands_before_is_not_printed(words: str):
    """Nobody knows from `Brand confirmed that it was` what was."""
    told = f"Asked on Monday about the old port, Ilo Brand confirmed {words}."
    page = Page(told, *PLAIN).actor("Ilo Brand")
    page.states("Ilo Brand", words, cue="confirmed")
    assert told not in [printed(page, draft) for draft in drafts(page)]
