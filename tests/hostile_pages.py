"""Templates that mean harm, or were written without care; all are made here, none is kept."""

from __future__ import annotations

import shutil
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.codec import load_findings
from briefing.paths import shipped
from briefing.publishing import Edition, publish
from briefing.templating.contract import PAGE

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.findings import Findings

FRAME = """<!doctype html>
<html lang="{{{{ brief.language }}}}"><head><meta charset="utf-8"><title>A page</title>
<style>{styles}</style></head><body>
<main><h1>A page</h1>
{body}
</main><div id="brief-end"></div></body></html>
"""
GOOD = '<p>{{ brief.title|unquoted }}</p><p>{{ range(20)|join(" ") }}</p>'
PICTURE = "bomb.png"
BESIDE = "What lies beside the template."
SIDE = 12_000
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>s</title>{}</svg>'


def nested(opening: str, depth: int) -> str:
    """`depth` elements, one in the other."""
    tag = opening.partition(" ")[0]
    return f"<{opening}>" * depth + "x" + f"</{tag}>" * depth


def uses(levels: int) -> str:
    """An SVG image in which every group shows the one before ten times."""
    groups = "".join(
        f'<g id="g{level}">' + f'<use href="#g{level - 1}"/>' * 10 + "</g>"
        for level in range(1, levels)
    )
    first = '<g id="g0"><rect width="1" height="1"/></g>'
    return SVG.format(f'<defs>{first}{groups}</defs><use href="#g{levels - 1}"/>')


def variables(levels: int) -> str:
    """Custom properties of which each holds the one before ten times."""
    rows = [" --v0: x x x x x x x x x x;"]
    rows += [f" --v{n}: " + f"var(--v{n - 1}) " * 10 + ";" for n in range(1, levels)]
    return ":root {" + "".join(rows) + f" }} p {{ font-family: var(--v{levels - 1}) }}"


LAYOUTS: dict[str, tuple[str, str]] = {
    "a million columns": ("", "<table><tr><td colspan=1000000>x</td></tr></table>"),
    "100,000 columns": ("", "<table><tr><td colspan=100000>x</td></tr></table>"),
    "a million rows": ("", "<table><tr><td rowspan=1000000>x</td><td>y</td></tr></table>"),
    "5,000 rows": (
        "",
        (
            "<table>{% for r in range(5000) %}<tr>{% for c in range(5) %}<td>cell</td>{% endfor %}"
            "</tr>{% endfor %}</table>"
        ),
    ),
    "2,000 cells in a row": (
        "",
        "<table><tr>{% for c in range(2000) %}<td>c</td>{% endfor %}</tr></table>",
    ),
    "a million uses in SVG": ("", uses(7)),
    "SVG that uses itself": ("", SVG.format('<g id="g"><use href="#g"/></g>')),
    "a path of a million points": ("", SVG.format("<path d='M0 0{{ \" l1 1\" * 200000 }}'/>")),
    "variables in variables": (variables(8), "<p>x</p>"),
    "flex boxes, 10 deep": ("div { display: flex }", nested("div", 10)),
    "flex boxes, 16 deep": ("div { display: flex }", nested("div", 16)),
    "grids, 14 deep": ("div { display: grid }", nested("div", 14)),
    "inline blocks, 22 deep": ("b { display: inline-block }", nested("b", 22)),
    "tables, 18 deep": ("", "<table><tr><td>" * 18 + "x" + "</td></tr></table>" * 18),
    "blocks, 150 deep": ("", nested("div", 150)),
    "blocks, 3,000 deep": ("", nested("div", 3000)),
    "a picture of 12,000 by 12,000": (
        "",
        f'<p><img src="{PICTURE}" alt="" style="width: 9px; height: 9px"></p>',
    ),
    "a word of a million letters": ("", "<p>{{ 'x' * 1000000 }}</p>"),
    "a text of 200,000 words": ("", "<p>{{ 'word ' * 200000 }}</p>"),
    "pages of one millimetre": (
        "@page { size: 1mm !important; margin: 0 !important }",
        "<p>{{ 'word ' * 5000 }}</p>",
    ),
    "20,000 page breaks": (
        "p { break-after: page }",
        "{% for a in range(200) %}{% for b in range(100) %}<p>x</p>{% endfor %}{% endfor %}",
    ),
    "a margin of a thousand kilometres": ("", '<p class="far">x</p><p>y</p>'),
    "5,000 selectors": (
        " ".join(f"p:nth-child({n}n+1) > b ~ i {{ color: red }}" for n in range(5000)),
        "{% for a in range(500) %}<p><b>x</b><i>y</i></p>{% endfor %}",
    ),
    "a counter of a thousand million strokes": (
        "@counter-style strokes { system: symbolic; symbols: '|' } ol { list-style: strokes }",
        "<ol start=999999999><li>x</li></ol>",
    ),
    "a thousand million columns of text": ("main { columns: 999999999 }", "<p>x y z</p>"),
    "a picture from elsewhere": ("", '<img src="http://127.0.0.1:9/x.png" alt="">'),
    "a file from elsewhere": ("", '<img src="file:///etc/hostname" alt="">'),
    "a file attached from elsewhere": (
        "",
        '<p><a rel=attachment href="file:///etc/hostname">x</a></p>',
    ),
}
"""Styles and body of pages on which laying out would take for ever, fill the memory or leak."""

PROGRAMS: dict[str, str] = {
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a page that includes itself": f"{{% include '{PAGE}' %}}",
    "a page that extends itself": f"{{% extends '{PAGE}' %}}",
    "a range of a thousand million": "{% for x in range(10**9) %}{{ x }}{% endfor %}",
    "loops in loops without output": (
        "{% for a in range(10000) %}{% for b in range(10000) %}{% for c in range(10000) %}"
        "{% endfor %}{% endfor %}{% endfor %}"
    ),
    "loops in loops with output": (
        "{% for a in range(10000) %}{% for b in range(10000) %}word {% endfor %}{% endfor %}"
    ),
    "a text times itself": '{{ "x" * 10**10 }}',
    "a text that doubles": (
        "{% set n = namespace(t='x') %}{% for a in range(40) %}{% set n.t = n.t ~ n.t %}"
        "{% endfor %}{{ n.t|length }}"
    ),
    "many texts kept": (
        "{% set n = namespace(l=[]) %}{% for a in range(9999) %}"
        "{% set n.l = n.l + [('x' * 900000) ~ a] %}{% endfor %}{{ n.l|length }}"
    ),
    "a number that squares": (
        "{% set n = namespace(n=10) %}{% for a in range(60) %}{% set n.n = n.n * n.n %}"
        "{% endfor %}{{ n.n }}"
    ),
    "a width in a pattern": '{{ "%1000000000d" % 1 }}',
    "a width in braces": '{{ "{:1000000000}".format(1) }}',
    "a centred text": '{{ "x"|center(1000000000) }}',
    "an indented text": '{{ "a\\nb"|indent(1000000000) }}',
    "a text replaced often": '{{ ("x" * 900000)|replace("x", "y" * 900000) }}',
    "much made-up text": "{{ lipsum(n=10**7) }}",
    "a class of a text": "{{ ''.__class__.__mro__ }}",
    "a class in a pattern": '{{ "{0.__class__}".format(brief) }}',
    "globals of a function": "{{ cycler.__init__.__globals__ }}",
    "a file above": "{% include '../secret.html.j2' %}",
    "a file by a link": "{% include 'linked.html.j2' %}",
    "a picture by a link": "{{ asset('linked.svg') }}",
}
"""Bodies with which Jinja would take for ever, fill the memory or show what it should not."""

NAMES = (*LAYOUTS, *PROGRAMS)
QUICK = (
    "a macro that calls itself",
    "a text that doubles",
    "a class in a pattern",
    "a file by a link",
    "a file from elsewhere",
    "blocks, 150 deep",
)
"""Those that end within a second."""


def template(name: str, place: Path) -> Path:
    """The folder of a template made of the hostile page `name`, or of a good one."""
    folder = shutil.copytree(shipped("templates") / "one-page", place / "mine")
    styles, body = LAYOUTS.get(name, ("", PROGRAMS.get(name, GOOD)))
    styles += " .far { margin-top: 1e15px }"
    (folder / PAGE).write_text(FRAME.format(styles=styles, body=body), encoding="utf-8")
    if PICTURE in body:
        (folder / PICTURE).write_bytes(picture(SIDE))
    (place / "secret.html.j2").write_text(BESIDE)
    if "linked.html.j2" in body:
        (folder / "linked.html.j2").symlink_to(place / "secret.html.j2")
    (folder / "linked.svg").symlink_to("/etc/hostname")
    return folder


def picture(side: int) -> bytes:
    """A black PNG of `side` by `side`; 12,000 take 432 MB of memory and 420 kB of disk."""
    row = bytes(1 + 3 * side)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
        for kind, part in ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    )


@lru_cache(maxsize=1)
def findings() -> Findings:
    """Those that the shipped template is shown with."""
    path = shipped("templates") / "one-page" / "example.json"
    return load_findings(path.read_bytes(), where=path.name)


def printed(folder: str) -> dict[str, bytes]:
    """The PDF and the HTML that a template makes of the example."""
    return publish(Edition(folder), findings(), ("pdf", "html")).files
