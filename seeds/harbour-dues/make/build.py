"""Build the binary files of this seed set from the texts beside this script.

In: `research-note.html`, `shippers-letter.txt`, `union-newsletter.md`. Out, in the folder above or
in the one given: `research-note.pdf`, `shippers-letter.docx`, `union-newsletter.eml`. All dates
are fixed, so the same libraries and fonts write the same bytes.

    python seeds/harbour-dues/make/build.py [FOLDER]
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from textwrap import fill

HERE = Path(__file__).resolve().parent
LETTER_DATE = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
NEWSLETTER_DATE = datetime(2026, 11, 19, 6, 30, tzinfo=UTC)
UNION = "Quayside and Allied Workers’ Union"
LINE = 72
PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>Quay Notes 31</title></head>
<body style="margin:0;background:#f2f2f0;font-family:Verdana,sans-serif">
<table role="presentation" width="600" align="center" style="background:#fff"><tr><td>
<p style="color:#a00"><b>QUAY NOTES</b> No. 31</p>
{body}
<hr>
<p style="font-size:11px">{footer}</p>
</td></tr></table>
</body>
</html>
"""
FOOTER = (
    f"Quay Notes is sent to members of the {UNION}, Tarpaulin House, Sandermouth. "
    "To leave this list, write to leave@qawu.example."
)


def research_note(folder: Path) -> None:
    """Print the note's HTML; its dates stand in `dcterms` elements."""
    from weasyprint import HTML

    HTML(filename=HERE / "research-note.html").write_pdf(folder / "research-note.pdf")


def shippers_letter(folder: Path) -> None:
    """Set the letter: `#` and `##` open headings, `-` an item, anything else a paragraph."""
    import docx

    letter = docx.Document()
    for block in (HERE / "shippers-letter.txt").read_text(encoding="utf-8").split("\n\n"):
        for line in block.strip().split("\n"):
            mark, _, words = line.partition(" ")
            if mark in {"#", "##"}:
                letter.add_heading(words, level=len(mark))
            elif mark == "-":
                letter.add_paragraph(words, style="List Bullet")
            else:
                letter.add_paragraph(line)
    core = letter.core_properties
    core.author = core.last_modified_by = "Association of Halvernian Shippers"
    core.title = "Harbour dues at Sandermouth: withdraw the increase"
    core.created = core.modified = LETTER_DATE
    core.comments, core.language = "", "en-GB"
    packed = io.BytesIO()
    letter.save(packed)
    (folder / "shippers-letter.docx").write_bytes(_undated_zip(packed))


def _undated_zip(packed: io.BytesIO) -> bytes:
    """The same archive with one fixed time on every member; python-docx writes the clock's."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name)
            new.writestr(member, old.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def union_newsletter(folder: Path) -> None:
    """Write the newsletter with a plain and an HTML part that say the same."""
    from markdown_it import MarkdownIt

    source = (HERE / "union-newsletter.md").read_text(encoding="utf-8")
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Quay Notes 31: sockets first, dues second"
    message["From"] = f"{UNION} <notes@qawu.example>"
    message["To"] = "Members <members@qawu.example>"
    message["Date"] = NEWSLETTER_DATE
    message["Message-ID"] = "<quay-notes-31@qawu.example>"
    message["List-Unsubscribe"] = "<mailto:leave@qawu.example>"
    message.set_content(_plain(source), cte="quoted-printable")
    page = PAGE.format(body=MarkdownIt().render(source), footer=FOOTER)
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    message.set_boundary("=_quay-notes-31")
    (folder / "union-newsletter.eml").write_bytes(message.as_bytes())


def _plain(source: str) -> str:
    """Markdown as people type it in a plain e-mail: wrapped, headings underlined."""
    blocks = ["QUAY NOTES No. 31"]
    for block in source.replace("*", "").strip().split("\n\n"):
        if heading := re.match(r"#+ (.*)", block):
            blocks.append(f"{heading[1]}\n{'-' * len(heading[1])}")
        elif block.startswith("- "):
            items = block.split("\n")
            blocks.append("\n".join(fill(item, LINE, subsequent_indent="  ") for item in items))
        else:
            blocks.append(fill(block, LINE, break_on_hyphens=False))
    return "\n\n".join([*blocks, "-- \n" + fill(FOOTER, LINE)]) + "\n"


def build(folder: Path) -> None:
    """Write all three files into `folder`, over what lies there."""
    research_note(folder)
    shippers_letter(folder)
    union_newsletter(folder)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
