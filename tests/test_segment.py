from __future__ import annotations

import textwrap

import pytest
from hypothesis import example, given
from strategies import documents

from briefing.document import Document, Span
from briefing.segment import SENTENCE_CHARACTERS, segment


def split(text: str) -> list[str]:
    document = Document("report.txt", text)
    return [document[sentence.span] for sentence in segment(document)]


def kinds(text: str, *headings: Span) -> list[tuple[str, str]]:
    document = Document("report.txt", text, headings=headings)
    return [(sentence.kind, document[sentence.span]) for sentence in segment(document)]


@given(documents())
@example(Document("report.txt", "a\u2028 .\n“”\x1c…"))
def test_sentences_tile_the_body(document: Document) -> None:
    """Sentences lie in order, hold no outer white space and cover all else from the body on."""
    covered = document.body_start
    paragraphs = [0]
    for sentence in segment(document):
        start, end = sentence.span
        assert not document.text[covered:start].strip()
        assert covered <= start < end
        assert document[sentence.span] == document[sentence.span].strip()
        assert sentence.paragraph - paragraphs[-1] in (0, 1)
        covered = end
        paragraphs.append(sentence.paragraph)
    assert not document.text[covered:].strip()


@given(documents())
def test_marked_headings_are_whole(document: Document) -> None:
    """No sentence reaches over the edge of a heading that the source marks."""
    edges = set()
    cursor = document.body_start
    for heading in sorted(document.headings):
        start, end = max(heading.start, cursor), heading.end
        if document.text[start:end].strip():
            edges |= {start, end}
            cursor = end
    for sentence in segment(document):
        assert not any(sentence.span.start < edge < sentence.span.end for edge in edges)


@pytest.mark.parametrize(
    "text",
    [
        # a missing space after the full stop
        "The dues rose in Orland.|Let’s look at why.",
        "It was a wholesale change of order.|This alone troubles the harbour.",
        "“It is over.”|He left for the coast.",
        '"It is over."|He left. |"It is not."',
        "They call it a “balance”.|The word is old.",
        "It is over.|“We won.”",
        "The port closed in 2019.|Then it burned.",
        "Dues rose by 5%.|Orme objected.",
        "It was approved!|The council rejoiced.",
        "She stayed in the U.S.|The others sailed.",
        "The council agreed.[3]|It left.",
        # no sentence ends within these
        "The U.S.A sent a note to example.org about 3.5 per cent, No.5 and v1.2 of the plan.",
        "Tarn Inc.'s dues and Vale Ltd.’s dues fell.",
        "Read www.Harbour.Example and http://a.example/b.Html before Node.Js is cut.",
        "The plan covers Gen.Holt, Mr.Orme and M.L.Vale.",
        # abbreviations
        "Mr. Orme, Dr. Vale and Prof. Tarn met Gen. Holt and Sen. Lund. |They agreed.",
        "The U.S. Harbour Board and the U.N. Fleet met, e.g. in Tarn, i.e. in the north.",
        "Dues vs. Duties was argued, cf. Lund. |It went on.",
        "He asked for No. 5. |It was gone.",
        "Did they agree? |No. |Orme refused.",
        "Ropes, sails, etc. were sold. |They sold ropes, etc. |Orme kept the rest.",
        "St. Orland fell on Jan. 5 and rose in Feb. |The dues stayed.",
        "See vol. IV, p. 12 and fig. 3. |It costs approx. 50 crowns.",
        "He lives in the U.S. |The dues there are low.",
        "They met at 6 p.m. Monday. |They left at 9 p.m. |It was dark.",
        "Orme et al. wrote it for Tarn Co. and Vale Ltd. |It was short.",
        "Lund Jr. Harbour Lines sued Tarn Inc. |In March it lost.",
        "It was signed in Tarn, O.R. |“We are glad,” said Orme.",
        # initials
        "J. K. Orme met M.L. Vale. |She agreed to plan B. |It failed.",
        'ORLAND, O.R. - The board of Robin C. "Ropes" Vale met.',
        # ellipses
        "He went… and came back. |And then… |Nothing came.",
        "He went ... and came back. |And then... |Nothing came.",
        "We waited. . . and left. |“They worry. |… Others do not.”",
        "The council […] Board met. |[…] It left.",
        # other marks
        "What?! |Really! |Yes.",
        "The so-called (?) Treaty stands.",
        # quotations and brackets
        "“Stop.” |He left.",
        "“Stop!” she said.",
        "“Stop!” Orme said. |“Why?” asked Vale.",
        "‘Stop.’ |He left. |'Go.' |She went.",
        '"We go. |They stay." |He smiled. |"Go." |He did.',
        "“We go. |They stay.” |He smiled.",
        "« Arrête. » |Il part. |„Halt.“ |Er ging.",
        "Orme called it “the end.” and left.",
        "(They left. |They came back.) |It rained.",
        "''We go.'' |''They stay,'' he said.",
        # notes
        "The board did not.[12][13] |It left.",
        "The plan was approved.¹² |The board left. |It was thrown out.7 |“Why?”",
        # hasty writers
        "the harbour is closed. |nobody knows why.",
        # other scripts
        "他走了。|她来了！|真的吗？|是。",
    ],
)
def test_sentence_ends(text: str) -> None:
    """Sentences end where the bar stands, and nowhere else."""
    assert split(text.replace("|", "")) == [part.strip() for part in text.split("|")]


@pytest.mark.parametrize(
    "text",
    [
        "the crews left . |nobody knows why .",
        "what is it ? |he asked . |really ! |yes .",
        "mr . tarn spoke to dr . vale . |she agreed .",
        "J . K . Orme left . |He came back .",
        "we waited . . . and left .",
    ],
)
def test_marks_set_apart_end_sentences(text: str) -> None:
    """In tokenised text a small letter may begin one; titles and initials end none."""
    assert split(text.replace("|", "")) == [part.strip() for part in text.split("|")]


def test_wrapped_lines_are_joined() -> None:
    """A line break that hard-wrapping put into a paragraph ends no sentence."""
    text = (
        "The harbour board met on Tuesday to hear what the shipping lines of the\n"
        "North Coast make of the new dues. They asked for a year’s delay, and the\n"
        "board promised an answer by the end of the month. Nobody was surprised\n"
        "that it did.\n\n"
        "A second meeting follows."
    )
    assert [sentence.count("\n") for sentence in split(text)] == [1, 1, 1, 0]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ropes\nSails\nTar", ["Ropes", "Sails", "Tar"]),
        ("The board met\nand left.", ["The board met\nand left."]),
        ("The board met.\nIt left", ["The board met.", "It left"]),
        ("He said \n \nThen he left", ["He said", "Then he left"]),
        (
            "The board has heard that the new dues will bring in at least\n50 crowns.",
            ["The board has heard that the new dues will bring in at least\n50 crowns."],
        ),
    ],
)
def test_line_breaks(text: str, sentences: list[str]) -> None:
    """Blank lines and lines on their own end a sentence; a sentence that goes on does not."""
    assert split(text) == sentences


def test_list_items_begin_at_their_marker() -> None:
    """Each item is its own paragraph; its marker belongs to its first sentence."""
    text = "It asks for:\n- delay. At once.\n* lower dues\n1. ropes\n(a) tar\n• sails\n  and oars"
    assert kinds(text) == [
        ("sentence", "It asks for:"),
        ("item", "- delay."),
        ("item", "At once."),
        ("item", "* lower dues"),
        ("item", "1. ropes"),
        ("item", "(a) tar"),
        ("item", "• sails\n  and oars"),
    ]


@pytest.mark.parametrize("columns", range(45, 100, 5))
def test_wrapped_dash_is_no_item(columns: int) -> None:
    """A dash or a number that wrapping moved to the front of a line begins no item."""
    text = (
        "The harbour board – which last raised its dues nine years ago – has said that they have "
        "to go up under rule 3. The lines object – all 7. The smaller ports – there are 4 – side "
        "with the lines – as they did in 9 of 11. So the board – which is split – waits."
    )
    assert {kind for kind, _ in kinds(textwrap.fill(text, columns))} == {"sentence"}


def test_short_line_above_text_is_heading() -> None:
    """In plain text a short line without a final mark is a heading if text follows."""
    text = "New dues at Tarn\n\nThe board met.\n\nWhat next\n\nNobody knows.\n\nThe editors"
    assert kinds(text) == [
        ("heading", "New dues at Tarn"),
        ("sentence", "The board met."),
        ("heading", "What next"),
        ("sentence", "Nobody knows."),
        ("sentence", "The editors"),
    ]


def test_short_line_right_above_paragraph_is_heading() -> None:
    """A heading may stand right above a longer line."""
    text = "What next\nThe board will meet again in March, and nobody knows what it will decide."
    assert [kind for kind, _ in kinds(text)] == ["heading", "sentence"]


def test_marked_headings_leave_nothing_to_guess() -> None:
    """Where the source marks headings, no other line is taken for one; a heading is not split."""
    text = "Dues. And tar\n\nA caption\n\nThe board met."
    assert kinds(text, Span(0, 13)) == [
        ("heading", "Dues. And tar"),
        ("sentence", "A caption"),
        ("sentence", "The board met."),
    ]


def test_paragraphs_are_numbered() -> None:
    """Paragraph numbers count blocks from 0."""
    document = Document("report.txt", "By Orme\n\nIt fell. It rose.\n\nIt stayed.", body_start=9)
    assert [sentence.paragraph for sentence in segment(document)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("a." * 100_000, 40),
        (' ."a' * 50_000, 40),
        ("“" * 100_000, 20),
        ('?"' * 100_000, 40),
        (" " * 100_000, 0),
        ("It fell. " * 20_000, 20_000),
        ("It fell." + " " * 100_000 + "It rose.", 2),
        ("rope\n" * 20_000, 20),
        ("Rope\n" * 20_000, 20_000),
    ],
)
def test_long_odd_texts(text: str, sentences: int) -> None:
    """A text of one thing over and over is split like a short one, but into bounded sentences."""
    assert len(segment(Document("report.txt", text))) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "rope and tar " * 1_000,
        "- rope, tar; " * 1_000,
        "tar " + "rope" * 4_000 + " tar",
        "rope" * 5_000,
        "rope" + " " * 20_000 + "tar, " * 3_000,
        "Dues rose. " + "rope \n" * 4_000 + "sold. Nobody paid.",
    ],
)
@pytest.mark.parametrize("marked", [False, True])
def test_no_sentence_is_longer_than_a_parser_takes(text: str, marked: bool) -> None:
    """What is too long is cut at white space, a word alone anywhere; no letter is lost."""
    headings = (Span(0, len(text.rstrip())),) if marked else ()
    document = Document("report.txt", text, headings=headings)
    parts = [document[sentence.span] for sentence in segment(document)]
    assert len(parts) > 1
    assert max(map(len, parts)) <= SENTENCE_CHARACTERS
    assert "".join("".join(parts).split()) == "".join(text.split())
    words = set(text.split())
    long = max(map(len, words)) > SENTENCE_CHARACTERS
    assert long or words.issuperset(" ".join(parts).split())


RISES = ("The dues rise.", "Boats leave.", "“Few” stay.")


@pytest.mark.parametrize(
    ("numbers", "parted"),
    [
        (("1.", "2.", "3."), True),
        (("(4)", "(5)", "(6)"), True),
        (("7", "8", "9"), True),
        (("1.9", "1.10", "2.1"), True),
        (("12", "15", "18"), False),
        (("1.", "2", "(3)"), False),
        (("1.1", "1.2", "1.4"), False),
        (("2024", "2025", "2026"), False),
    ],
)
def test_numbers_of_paragraphs_are_no_words_of_theirs(
    numbers: tuple[str, ...], parted: bool
) -> None:
    """Where three or more count up; the paragraph is then a sentence like any other."""
    text = "\n\n".join(f"{n} {words}" for n, words in zip(numbers, RISES, strict=True))
    found = [words for kind, words in kinds(text) if kind == "sentence"]
    assert (found == list(RISES)) is parted
    assert ([words for kind, words in kinds(text) if kind == "heading"] == [*numbers]) is parted


@pytest.mark.parametrize(
    "text",
    [
        # a list within a sentence
        "We ask for this:\n\n1. The dues fall.\n\n2. The boats stay.\n\n3. The quay is mended.",
        # a list with an item a line
        "1. The dues fall.\n2. The boats stay.\n3. The quay is mended.",
    ],
)
def test_items_of_a_list_keep_their_numbers(text: str) -> None:
    """What they are a list of stands before them, or they stand in one paragraph."""
    items = [words for kind, words in kinds(text) if kind == "item"]
    assert items == ["1. The dues fall.", "2. The boats stay.", "3. The quay is mended."]
