"""What a reader sees of a rendered brief, as text.

In: finished HTML or a finished PDF. Out: its visible text in reading order, blocks parted by line
breaks. The check of printed quotations reads this, so that it sees what was printed and not what
was meant.
"""

from __future__ import annotations

from html.parser import HTMLParser

BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details div dl dt figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead "
    "title tr ul".split()
)
UNSEEN = frozenset({"script", "style", "template", "noscript"})
LINE_END_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""What PDFium gives for a hyphen at the end of a line."""


class _Reader(HTMLParser):
    """Collects visible text; a block begins and ends a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[str]] = [[]]
        self.unseen = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        if tag in BLOCKS:
            self.lines.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        if tag in BLOCKS:
            self.lines.append([])

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.lines[-1].append(data)


def html_text(html: str) -> str:
    """The visible text of an HTML page, its title first, one line a block.

    White space within a line is folded; empty lines are dropped.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join("".join(pieces).split()) for pieces in reader.lines)
    return "\n".join(line for line in lines if line)


def pdf_text(pdf: bytes) -> str:
    """The text of a PDF as a reader would copy it, pages parted by a form feed.

    Lines are as printed, so a sentence may go over several; a hyphen at a line's end is kept.
    """
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    text = "\f".join(pages).replace("\r\n", "\n")
    return text.translate(LINE_END_HYPHENS)
