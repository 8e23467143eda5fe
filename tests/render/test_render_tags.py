"""What a reader that speaks gets of a PDF: links, lists, tables, and nothing of the margins."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from archived import archive_faults
from sample_briefs import full_brief, line, with_events

from briefing.brief import Brief, Item, MatrixRow, Share, Stand
from briefing.paths import shipped
from briefing.render.pdf import Press
from briefing.templating import load, render_template
from briefing.templating.scaffold import STARTER

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = tuple(sorted(path.parent.name for path in (shipped("templates")).glob("*/template.toml")))
AUTHOR: dict[str, Any] = {"lead": "Mira Hollin writes"}
SHOWN = frozenset({"Tj", "TJ", "Do", "f", "S"})
PAGE = """<html lang="en"><head><title>Quays</title><style>{}</style></head>
<body><h1>Quays</h1>{}<div id="brief-end"></div></body></html>"""


@dataclass(frozen=True, slots=True)
class Read:
    """A PDF, taken apart.

    Attributes:
        pdf: The file itself.
        elements: Its structure elements in reading order, each with the kinds of those above it.
        held: For each page, the kinds of the elements that hold its marked content, by number.
        drawn: For each page, the numbers of the marked content in which something is drawn.
        aside: For each page, how many artifacts of its margins there are.
    """

    pdf: pikepdf.Pdf
    elements: tuple[tuple[Any, tuple[str, ...]], ...]
    held: tuple[dict[int, str], ...]
    drawn: tuple[frozenset[int], ...]
    aside: tuple[int, ...]

    def of(self, kind: str) -> list[Any]:
        """All elements of a kind."""
        return [element for element, _ in self.elements if kind == element.S]


def read(data: bytes) -> Read:
    """Take a PDF apart."""
    opened = pikepdf.open(io.BytesIO(data))
    pages = [page.objgen for page in opened.pages]
    elements = tuple(_walk(opened.Root.StructTreeRoot.K[0], ()))
    held: tuple[dict[int, str], ...] = tuple({} for _ in pages)
    for element, _ in elements:
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                number = pages.index(element.Pg.objgen)
                assert kid not in held[number]
                held[number][kid] = str(element.S)
    drawn, aside = zip(*map(_drawn, opened.pages), strict=True)
    return Read(opened, elements, held, drawn, aside)


def _walk(element: Any, above: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    yield element, above
    for child in children(element):
        assert child.P.objgen == element.objgen
        yield from _walk(child, (*above, str(element.S)))


def children(element: Any) -> list[Any]:
    """The elements right below one."""
    kids = element.get("/K", [])
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def ways(element: Any) -> list[Any]:
    """The links that an element refers to."""
    kids = element.get("/K", [])
    return [kid.Obj for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]


def _drawn(page: Any) -> tuple[frozenset[int], int]:
    numbers, open_, aside = set(), [], 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            given = operands[1] if name == "BDC" else {}
            aside += operands[0] == "/Artifact" and given.get("/Type") == "/Pagination"
            open_.append(int(given["/MCID"]) if "/MCID" in given else -1)
        elif name == "EMC":
            open_.pop()
        elif name in SHOWN and open_ and open_[-1] >= 0:
            numbers.add(open_[-1])
    return frozenset(numbers), aside


def wide_brief() -> Brief:
    """A brief with all that a template can print."""
    supports = line("cell", 0, "the first increase in nine years.", **AUTHOR)
    said = tuple(
        Item(f"item-{number}", title, "Mira Hollin", "2026-11-14", (number,), (told,))
        for number, title, told in (
            (1, "Higher dues", replace(supports, id="item-1-line-1")),
            (2, "A further rise", replace(supports, id="item-2-line-1")),
        )
    )
    shares = tuple(Share("source", f"Note {number}", number, 9, number) for number in range(1, 5))
    return replace(
        with_events(full_brief()),
        handling="For the board",
        issues=("dues", "berths", "fares"),
        matrix=(MatrixRow("The union of the quays", (Stand(supports, (), ()), None, None)),),
        coverage=shares,
        items=said,
    )


@pytest.fixture(scope="module", params=[*NAMES, str(STARTER)], ids=[*NAMES, "starter"])
def data(request: pytest.FixtureRequest) -> bytes:
    """The PDF of a shipped template."""
    spec = load(request.param)
    press = Press(spec)
    return press.write(press.layout(render_template(spec, wide_brief(), page="A4")))


@pytest.fixture(scope="module")
def told(data: bytes) -> Read:
    return read(data)


def printed(body: str, css: str = "") -> Read:
    """A page of one's own as a PDF."""
    press = Press(load("one-page"))
    data = press.write(press.layout(PAGE.format(css, body)))
    assert archive_faults(data) == []
    return read(data)


def kinds(elements: list[Any]) -> list[str]:
    return [str(element.S) for element in elements]


def test_every_link_is_told_once_and_has_words(told: Read) -> None:
    """Each annotation is that of one Link, in which something is printed."""
    found = []
    for element, above in told.elements:
        if ways(element):
            assert (str(element.S), "/Link" in above) == ("/Link", False)
            inside = [below for below, _ in _walk(element, ())]
            page = [page.objgen for page in told.pdf.pages].index(element.Pg.objgen)
            marks = [
                kid for below in inside for kid in below.get("/K", []) if isinstance(kid, int)
            ]
            assert told.drawn[page] & set(marks)
            found += [link.objgen for link in ways(element)]
    links = [link for page in told.pdf.pages for link in page.get("/Annots", [])]
    assert sorted(found) == sorted(link.objgen for link in links)
    assert len(links) > 5
    for element in told.of("/Link"):
        assert ways(element)


def test_links_are_described_by_their_words(told: Read) -> None:
    """A link to a source says so, and none is described by the id that it leads to."""
    links = [link for page in told.pdf.pages for link in page.get("/Annots", [])]
    described = {str(link.Contents) for link in links}
    assert "Source 1" in described
    assert not {str(link.Dest) for link in links if "/Dest" in link} & described


def test_no_link_lies_on_another(told: Read) -> None:
    """Of one place on the page, one link leads on."""
    for page in told.pdf.pages:
        places = [tuple(map(float, link.Rect)) for link in page.get("/Annots", [])]
        assert len(set(places)) == len(places)


def test_lists_hold_items_and_items_stand_in_lists(told: Read) -> None:
    """An item's parent is a list, a list's children are items, and an item has one body."""
    lists = told.of("/L")
    assert lists
    for element in lists:
        assert set(kinds(children(element))) == {"/LI"}
    for element in told.of("/LI"):
        assert element.P.S == "/L"
        assert kinds(children(element)) in (["/LBody"], ["/Lbl", "/LBody"])
    assert {str(element.P.S) for element in told.of("/LBody")} == {"/LI"}


def test_nothing_is_empty_or_stands_in_its_own_kind(told: Read) -> None:
    """But for cells, each element holds something; no paragraph or heading holds another."""
    for element, above in told.elements:
        assert element.get("/K", []) or element.S in ("/TD", "/TH")
        assert element.S not in ("/P", "/H1", "/H2", "/H3") or str(element.S) not in above


def test_what_is_marked_is_told(told: Read) -> None:
    """Each number of a page is that of an element in the tree, and the page's table says so."""
    numbers = told.pdf.Root.StructTreeRoot.ParentTree.Nums
    for page, held, drawn in zip(told.pdf.pages, told.held, told.drawn, strict=True):
        assert drawn <= held.keys()
        (table,) = (
            numbers[at + 1]
            for at in range(0, len(numbers), 2)
            if numbers[at] == page.obj.StructParents
        )
        assert {at: str(each.S) for at, each in enumerate(table) if each is not None} == held


def test_heads_are_fewer_than_cells(told: Read) -> None:
    """A table has no more heads than other cells, each with a scope; cells name none that is none."""
    for table in told.of("/Table"):
        cells = [cell for cell, _ in _walk(table, ()) if cell.S in ("/TH", "/TD")]
        heads = [cell for cell in cells if cell.S == "/TH"]
        assert 0 < 2 * len(heads) <= len(cells)
        assert all("/Scope" in head.A for head in heads)
        names = {bytes(head.ID) for head in heads}
        assert {bytes(name) for cell in cells for name in cell.A.get("/Headers", [])} <= names


def test_shipped_templates_are_archived(data: bytes) -> None:
    """All of this leaves PDF/A-3a as it was."""
    assert archive_faults(data) == []


def test_margins_are_artifacts() -> None:
    """What runs along in the margins of pages is drawn, and no part of what is told."""
    running = (
        '@page { @top-left { content: "Quay notes" } @bottom-right { content: counter(page) } }'
    )
    told = printed("<p>One</p><p style='break-before: page'>Two</p>", running)
    assert told.aside == (2, 2)
    assert kinds(told.of("/P")) == ["/P", "/P"]
    assert [sorted(held) for held in told.held] == [sorted(drawn) for drawn in told.drawn]


def test_link_in_a_margin_is_told() -> None:
    """A link cannot be an artifact, so one in a margin stands in the document."""
    running = ".r { position: running(r) } @page { @top-left { content: element(r) } }"
    told = printed(
        "<p class='r'>Notes <a href='https://quay.example'>home</a></p><p>One</p>", running
    )
    (link,) = told.of("/Link")
    assert link.P.S == "/Document"
    assert [str(each.Contents) for each in ways(link)] == ["home"]
    assert told.aside == (1,)


@pytest.mark.parametrize("css", ["a { display: block }", "a { display: table }", ""])
def test_link_of_many_boxes_is_one(css: str) -> None:
    """However a link is laid out, it is one, with one annotation where it is in one piece."""
    told = printed(
        "<p><a href='https://quay.example'><b>The <i>quay</i></b> <span>board</span></a></p>", css
    )
    (link,) = told.of("/Link")
    assert {str(each.A.URI) for each in ways(link)} == {"https://quay.example"}
    assert len(ways(link)) <= 2


def test_link_over_two_lines_keeps_both() -> None:
    """Each piece of a link that is broken over lines can be followed."""
    words = "the board of the quays " * 8
    told = printed(f"<p>See <a href='https://quay.example'>{words}</a></p>")
    assert len([link for element in told.of("/Link") for link in ways(element)]) == 2


def test_anchor_without_address_is_no_link() -> None:
    """What leads nowhere is not told as a link."""
    assert printed("<p><a>The quay</a></p>").of("/Link") == []


@pytest.mark.parametrize(
    ("body", "css", "items"),
    [
        ("<ul><li>A<li>B</ul>", "", 2),
        ("<ul><li><p>A</p><p>B</p></li></ul>", "", 1),
        ("<ul><li>A</li> <li>B</li></ul>", "li { display: inline-block }", 2),
        ("<ul><li><p>A</p><p>B</p><li>C</ul>", "li { display: table; list-style: none }", 2),
        ("<ol><li>A<li>B<li>C</ol>", "ol { columns: 2; list-style: none }", 3),
        (
            "<ul><li>A</ul>",
            "ul { display: table; list-style: none } li { display: table-cell }",
            1,
        ),
        ("<dl><div><dt>A</dt><dd>B</dd></div></dl>", "", 2),
        ("<dl><dt>A</dt><dd>B</dd></dl>", "", 2),
        ("<ul>First<li>A</li>Then<li>B</li></ul>", "", 2),
    ],
)
def test_lists_however_laid_out(body: str, css: str, items: int) -> None:
    """A list is told as one whatever boxes it and its items are laid out as."""
    told = printed(body, css)
    (found,) = told.of("/L")
    assert kinds(children(found)) == ["/LI"] * items
    for item in children(found):
        assert kinds(children(item))[-1:] == ["/LBody"]
    assert len(told.of("/LI")) == items


def test_list_without_items_is_none() -> None:
    """A list of nothing but words is told as a block."""
    told = printed("<ul>Nothing</ul>")
    assert told.of("/L") == []
    assert told.drawn[0] <= told.held[0].keys()


def test_list_in_a_list() -> None:
    """A list of an item stays one of its own."""
    told = printed("<ul><li>A<ul><li>B<li>C</ul><li>D</ul>")
    assert len(told.of("/L")) == 2
    assert len(told.of("/LI")) == 4


ROW = "<tr><th scope='row'>Quay</th><td>A</td><td>B</td></tr>"
HEAD = "<thead><tr><th scope='col'>Place</th><th scope='col'>Dues</th><th scope='col'>Day</th></tr></thead>"


@pytest.mark.parametrize(("rows", "scopes"), [(1, 0), (2, 0), (3, 3), (9, 9)])
def test_rows_of_a_small_table_have_no_heads(rows: int, scopes: int) -> None:
    """Where heads would be more than half of all cells, the first of a row is a plain one."""
    told = printed(f"<table>{HEAD}<tbody>{ROW * rows}</tbody></table>")
    found = [str(cell.A.Scope) for cell in told.of("/TH")]
    assert found == ["/Column"] * 3 + ["/Row"] * scopes
    assert [len(children(row)) for row in told.of("/TR")] == [3] * (rows + 1)


def test_table_of_rows_alone_keeps_its_heads() -> None:
    """A table without heads of columns would have none at all."""
    told = printed(
        "<table><tr><th scope='row'>A</th><th scope='row'>B</th><td>C</td></tr></table>"
    )
    assert kinds(told.of("/TH")) == ["/TH", "/TH"]
