"""Markdown to plain text, headings and front matter."""

from __future__ import annotations

import pytest
from sample_sources import Write, headings, only

MARKED = """\
# The *harbour* dues

The council **met** on [Tuesday](https://x.example), and
`settled` the dues. ![a map](map.png)

## What was decided

- A first point
  that goes on.
- A second point:
  1. One below.
  2. Two below.

3. Third comes first.
4. Then the fourth.

> “No one was asked,” she said.

| Year | Ships |
| ---- | ----- |
| 2025 | 290   |

```
dues = 4
  more = 5
```

---

<div>Some <b>HTML</b> stands here.</div>
<!-- a remark -->
"""

PLAIN = """\
The harbour dues

The council met on Tuesday, and settled the dues.

What was decided

- A first point that goes on.
- A second point:
1. One below.
2. Two below.
3. Third comes first.
4. Then the fourth.

“No one was asked,” she said.

Year | Ships
2025 | 290

dues = 4
  more = 5

Some HTML stands here."""


def test_marks_become_plain_text(write: Write) -> None:
    """Marks and addresses go, paragraphs are parted by a blank line, items have a line each."""
    document = only(write("a.md", MARKED))
    assert document.text == PLAIN
    assert document.media_type == "text/markdown"
    assert document.title == "The harbour dues"
    assert headings(document) == ["The harbour dues", "What was decided"]


def test_front_matter_is_read_and_left_out(write: Write) -> None:
    """Title, authors, date and language come from front matter before the text."""
    fields = '---\ntitle: "Dues: a note"\nauthors:\n  - Mira Oland\n  - Li Po\ndate: 2026-03-12\nlang: en-GB\n---\n'
    document = only(write("a.md", fields + "# Other\n\nThe council met."))
    assert document.title == "Dues: a note"
    assert document.authors == ("Mira Oland", "Li Po")
    assert (document.date, document.language, document.language_detected) == (
        "2026-03-12",
        "en",
        False,
    )
    assert document.text == "Other\n\nThe council met."


def test_authors_may_stand_in_one_line(write: Write) -> None:
    """A list in brackets and a single name are both authors."""
    listed = only(write("a.md", "---\nauthor: [Mira Oland, Li Po]\n---\nThe council met."))
    single = only(write("b.md", "---\nauthor: Mira Oland\ndate: 03/04/2026\n---\nIt sat."))
    assert listed.authors == ("Mira Oland", "Li Po")
    assert (single.authors, single.date) == (("Mira Oland",), None)


def test_a_line_of_dashes_is_not_front_matter(write: Write) -> None:
    """Two rules with prose between them are prose."""
    document = only(write("a.md", "---\nThe council met.\n\n---\n\nIt sat."))
    assert "The council met." in document.text
    assert document.title is None


@pytest.mark.parametrize(
    ("fields", "publisher"),
    [
        ("publisher: Bay Courier", "Bay Courier"),
        ("publication: Bay Courier", "Bay Courier"),
        ("site: Bay Courier", "Bay Courier"),
        ("site: Bay Site\npublication: 2026-03-12\npublisher:", "Bay Site"),
        ("site: https://courier.example\npublication: 12 March 2026", None),
    ],
)
def test_front_matter_names_the_publisher(
    write: Write, fields: str, publisher: str | None
) -> None:
    """Any usual key will do; a day and an address are no publisher."""
    document = only(write("a.md", f"---\ntitle: Dues\n{fields}\n---\n\nThe dues rise.\n"))
    assert document.publisher == publisher


def test_lines_of_an_address_stay_lines(write: Write) -> None:
    """A paragraph of short lines that each begin anew keeps them; a wrapped one is one line."""
    prose = "The harbour council of Anmouth met on Tuesday,\nand nobody came."
    document = only(write("a.md", f"Tam Oyle\n2 Marsh Row\n\n{prose}\n"))
    assert document.text == "Tam Oyle\n2 Marsh Row\n\n" + prose.replace("\n", " ")


def test_marks_of_notes_are_no_words(write: Write) -> None:
    """Neither behind what they are for nor before the note; code keeps what it has."""
    marked = (
        "Dues rise.[^1] Boats[^b-2] stay at `[^3]`.\n\n[^1]: From May on.\n[^b-2]: All of them.\n"
    )
    document = only(write("a.md", marked))
    assert document.text == "Dues rise. Boats stay at [^3].\n\nFrom May on.\nAll of them."
