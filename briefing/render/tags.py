"""The structure of a tagged PDF, put right where WeasyPrint 70 leaves it unsound.

In: WeasyPrint's PDF, its objects not yet written. Out: nothing; its structure elements, links and
marked content are changed. WeasyPrint makes an element, and a link, of each box: what is laid out
as several boxes, one in the other, comes out as so many. And what it prints in the margins of pages
has elements that hang nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Element: TypeAlias = Any
"""A dictionary of pydyf, which has no types."""

WHOLE = frozenset({"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"})
"""What never stands in one of its kind."""
GROUPS = frozenset({"/Div", "/NonStruct", "/Sect", "/Art", "/Part"})
CELLS = frozenset({"/TH", "/TD"})
IN_LISTS = frozenset({"/LI", "/L", "/Caption"})
MARGIN = "<</Type /Pagination>>"
"""What is said of an artifact that stands in the margin of a page."""
SLACK_PT = 1
"""By how much a box may stand out of its link, whose text then leads there all the same."""


class Tags:
    """The structure elements of a PDF, and which of them each thing on its pages stands in."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._entries: dict[bytes, Any] = {
            entry.reference: entry for entry in pdf.objects if hasattr(entry, "get")
        }
        root = self._entries[pdf.catalog["StructTreeRoot"]]
        self._document: Element = self._entries[root["K"][0]]
        self._pages = [page for page in self._entries.values() if page.get("Type") == "/Page"]
        self._numbers = self._entries[root["ParentTree"]]["Nums"]
        # Of a page: the elements of its marked content. Of a link: its element.
        self._parents: dict[int, Any] = dict(
            zip(self._numbers[::2], self._numbers[1::2], strict=True)
        )
        self._marked = {
            page.reference: self._parents[page["StructParents"]] for page in self._pages
        }

    def mend(self) -> None:
        """Put the structure right; each step relies on those before it."""
        self._hang_links()
        self._mend_links(self._document, None)
        self._drop_empty(self._document)
        self._mend_blocks(self._document, frozenset())
        for element in self._hung(self._document):
            if element["S"] == "/Table":
                self._mend_table(element)
        self._set_margins_aside()
        self._numbers[:] = [part for pair in self._parents.items() for part in pair]

    # The tree

    def _hung(self, element: Element) -> Iterator[Element]:
        """An element and all below it, in reading order."""
        yield element
        for child in self._children(element):
            yield from self._hung(child)

    def _children(self, element: Element) -> list[Element]:
        """The elements right below one; its marked content and references to links are none."""
        kids = [self._entries[kid] for kid in element["K"] if isinstance(kid, bytes)]
        return [kid for kid in kids if "S" in kid]

    def _fill(self, element: Element, kids: list[bytes]) -> None:
        """Give an element all of these elements."""
        element["K"][:] = kids
        for kid in kids:
            self._entries[kid]["P"] = element.reference

    def _wrap(self, element: Element, kids: list[bytes], kind: str) -> None:
        """Put some of an element's elements into a new one, in the place of the first."""
        import pydyf

        inner = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": kind,
                "K": pydyf.Array(),
                "Pg": element["Pg"],
                "P": element.reference,
            }
        )
        self._pdf.add_object(inner)
        self._entries[inner.reference] = inner
        at = element["K"].index(kids[0])
        element["K"][:] = [kid for kid in element["K"] if kid not in kids]
        element["K"].insert(at, inner.reference)
        self._fill(inner, kids)

    # Links

    def _annotation(self, kid: bytes) -> Any:
        """The annotation that a reference among an element's kids leads to."""
        return self._entries[self._entries[kid]["Obj"]]

    def _leading(self, element: Element) -> list[bytes]:
        """The references to annotations among an element's kids."""
        return [
            kid
            for kid in element["K"]
            if isinstance(kid, bytes) and self._entries[kid].get("Type") == "/OBJR"
        ]

    def _hang_links(self) -> None:
        """A link in a margin is one of the document: an artifact cannot have any."""
        hung = {element.reference for element in self._hung(self._document)}
        for parent in self._parents.values():
            if isinstance(parent, bytes) and parent not in hung:
                element = self._entries[parent]
                element["P"] = self._document.reference
                self._document["K"].append(parent)
                hung.update(below.reference for below in self._hung(element))

    def _mend_links(self, element: Element, link: Element | None) -> None:
        """Make one link of those that lead to one place: WeasyPrint has one for each box in it."""
        if link is not None:
            self._join(element, link)
        elif any(self._leading(below) for below in self._link_of(element)):
            element["S"] = "/Link"
            link = element
        elif element["S"] == "/Link":
            element["S"] = "/Span"
        for child in self._children(element):
            self._mend_links(child, link)

    def _link_of(self, element: Element) -> Iterator[Element]:
        """Where the annotations stand if an element is a link: a box by itself may be one as well."""
        if element["S"] == "/Link":
            yield from self._hung(element)
        elif element["S"] != "/Form":
            yield element

    def _join(self, element: Element, link: Element) -> None:
        """Move the annotations of an element in a link to it, less those that cover nothing more."""
        if element["S"] == "/Link":
            element["S"] = "/Span"
        for kid in self._leading(element):
            element["K"].remove(kid)
            annotation = self._annotation(kid)
            others = self._leading(link)
            if any(_covers(self._annotation(other), annotation) for other in others):
                del self._parents[annotation["StructParent"]]
                for page in self._pages:
                    if annotation.reference in page.get("Annots", ()):
                        page["Annots"].remove(annotation.reference)
                annotation.clear()
                self._entries[kid].clear()
            else:
                self._parents[annotation["StructParent"]] = link.reference
                link["K"].insert(len(others), kid)

    # Blocks and lists

    def _drop_empty(self, element: Element) -> None:
        """Drop what nothing stands in, but for cells: their rows would be too short."""
        for child in self._children(element):
            self._drop_empty(child)
            if not child["K"] and child["S"] not in CELLS:
                element["K"].remove(child.reference)
                child.clear()

    def _mend_blocks(self, element: Element, above: frozenset[str]) -> None:
        """Lists hold items, items stand in lists, and no paragraph stands in another."""
        if element["S"] == "/L":
            self._mend_list(element)
        above |= {element["S"]}
        for child in self._children(element):
            if child["S"] == "/LI":
                self._mend_item(child, listed=element["S"] == "/L")
            elif child["S"] in WHOLE & above:
                child["S"] = "/NonStruct"
            self._mend_blocks(child, above)

    def _mend_list(self, element: Element) -> None:
        """What stands between two items belongs to the one before; a list without any is none."""
        kids = list(self._out_of_boxes(element))
        items = [kid for kid in kids if kid["S"] == "/LI"]
        if not items:
            element["S"] = "/Div"
            return
        item = items[0]
        parts: dict[bytes, list[bytes]] = {each.reference: [] for each in items}
        for kid in kids:
            if kid["S"] == "/LI":
                item = kid
                parts[item.reference] += item["K"]
            elif kid["S"] not in IN_LISTS:
                parts[item.reference].append(kid.reference)
        for each in items:
            self._fill(each, parts[each.reference])
        self._fill(element, [kid.reference for kid in kids if kid["S"] in IN_LISTS])

    def _out_of_boxes(self, element: Element) -> Iterator[Element]:
        """What a list holds, out of the columns and other boxes that it stands in."""
        children = self._children(element)
        columns = all(child["S"] == "/L" for child in children)
        for child in children:
            if (child["S"] in GROUPS or columns) and self._has_items(child):
                yield from self._out_of_boxes(child)
                child.clear()
            else:
                if child["S"] == "/L" and not self._has_items(child):
                    child["S"] = "/Div"
                yield child

    def _has_items(self, element: Element) -> bool:
        return any(
            child["S"] == "/LI" or (child["S"] in {"/L", *GROUPS} and self._has_items(child))
            for child in self._children(element)
        )

    def _mend_item(self, item: Element, *, listed: bool) -> None:
        """An item has a body beside its label; a box in an item's body is no item."""
        children = self._children(item)
        if not listed:
            item["S"] = "/Div"
            for child in children:
                child["S"] = {"/LBody": "/Div", "/Lbl": "/Span"}.get(child["S"], child["S"])
            return
        labels = [child.reference for child in children if child["S"] == "/Lbl"]
        bodies = [child for child in children if child["S"] == "/LBody"]
        rest = [kid for kid in item["K"] if kid not in labels]
        if rest and rest != [body.reference for body in bodies[:1]]:
            for body in bodies:
                body["S"] = "/Div"
            self._fill(item, [*labels, *rest])
            self._wrap(item, rest, "/LBody")

    # Tables

    def _mend_table(self, table: Element) -> None:
        """Say what each head is of; in a table that is hardly more than heads, rows have none.

        There the heads would be read out before each of the few cells. The first cell of its row
        is read before the others all the same.
        """
        rows = [element for element in self._hung(table) if element["S"] == "/TR"]
        cells = [cell for row in rows for cell in self._children(row) if cell["S"] in CELLS]
        heads = [cell for cell in cells if cell["S"] == "/TH"]
        for head in heads:
            group = self._entries[self._entries[head["P"]]["P"]]
            head["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
        plain = [head for head in heads if head["A"]["Scope"] == "/Row"]
        if 2 * len(heads) <= len(cells) or len(plain) == len(heads):
            return
        names = [head.pop("ID") for head in plain]
        for head in plain:
            head["S"] = "/TD"
            del head["A"]["Scope"]
        for cell in cells:
            if "Headers" in cell["A"]:
                kept = [name for name in cell["A"]["Headers"] if name not in names]
                cell["A"]["Headers"][:] = kept

    # Margins

    def _set_margins_aside(self) -> None:
        """What hangs nowhere in the tree is an artifact of the margins."""
        hung = {element.reference for element in self._hung(self._document)}
        for page in self._pages:
            parents = self._marked[page.reference]
            loose = {number for number, parent in enumerate(parents) if parent not in hung}
            stream = self._pdf.objects[int(page["Contents"].split()[0])].stream
            for at in range(1, len(stream) - 1) if loose else ():
                if stream[at + 1] == b"BDC" and stream[at]["MCID"] in loose:
                    parents[stream[at]["MCID"]] = "null"
                    stream[at - 1 : at + 1] = "/Artifact", MARGIN


def _covers(one: Any, other: Any) -> bool:
    """Whether one annotation leads where another does, from all of its place on the page."""
    if _target(one) != _target(other):
        return False
    (left, bottom, right, top), (x1, y1, x2, y2) = (_box(one), _box(other))
    return (
        left - SLACK_PT <= x1
        and x2 <= right + SLACK_PT
        and bottom - SLACK_PT <= y1
        and y2 <= top + SLACK_PT
    )


def _target(annotation: Any) -> bytes:
    """Where an annotation leads: an address, a place on the pages, or nowhere."""
    target = annotation.get("Dest") or annotation.get("A")
    return target.data if target else b""


def _box(annotation: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of an annotation, in points."""
    x1, y1, x2, y2 = annotation["Rect"]
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
