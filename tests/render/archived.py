"""What of PDF/A-3a and PDF/UA-1 can be checked without a validator: faults of a file, for people.

After ISO 19005-3:2012; the numbers are its clauses.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pikepdf
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterator

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
NESTING = 28
NAME_BYTES = 127
STRING_BYTES = 32767
SHADES = frozenset({"rg", "RG", "g", "G"})
INKS = frozenset({"k", "K"})
FORBIDDEN_ACTIONS = frozenset(
    "/Launch /Sound /Movie /ResetForm /ImportData /Hide /SetOCGState /Rendition /Trans "
    "/GoTo3DView /JavaScript".split()
)


def archive_faults(data: bytes) -> list[str]:
    """What keeps a PDF from being PDF/A-3a with PDF/UA-1; empty where nothing was found."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        checks = (_file, _metadata, _colour, _fonts, _content, _objects, _links, _attached, _tags)
        return [fault for check in checks for fault in check(opened, data)]


def _file(opened: pikepdf.Pdf, data: bytes) -> Iterator[str]:
    """6.1: header, identifier, no encryption, the syntax of objects."""
    header, comment = data.split(b"\n")[:2]
    if not re.fullmatch(rb"%PDF-1\.[0-7]", header):
        yield f"header {header!r}"
    if comment[:1] != b"%" or len(comment) < 5 or min(comment[1:5]) < 128:
        yield f"second line {comment!r}"
    if "/ID" not in opened.trailer or len(opened.trailer.ID) != 2:
        yield "no file identifier"
    if opened.is_encrypted or "/Encrypt" in opened.trailer:
        yield "encrypted"
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "data after the end"
    if re.search(
        rb"\d+ \d+ obj(?![\r\n])", re.sub(rb"stream\n.*?\nendstream", b"", data, flags=re.DOTALL)
    ):
        yield "an object without its line"
    if problems := opened.check_pdf_syntax():
        yield f"structure: {problems}"


def _metadata(opened: pikepdf.Pdf, _data: bytes) -> Iterator[str]:
    """6.6: metadata that identify the file, describe their own schema, and match the dictionary."""
    raw = opened.Root.Metadata.read_bytes()
    packet = re.match(rb"<\?xpacket ([^?]*)\?>", raw)
    if packet is None or b"bytes=" in packet[1] or b"encoding=" in packet[1]:
        yield "the metadata's packet header"
    root = ET.fromstring(raw)  # noqa: S314 - metadata of our own making
    (rdf,) = root.findall(f"{RDF}RDF")
    told: dict[str, str] = {}
    for description in rdf:
        told |= description.attrib
        for child in description:
            told[child.tag] = " ".join("".join(child.itertext()).split())
    if (told.get(f"{PDFA}part"), told.get(f"{PDFA}conformance")) != ("3", "A"):
        yield "not identified as PDF/A-3a"
    if told.get(f"{PDFUA}part") != "1":
        yield "not identified as PDF/UA-1"
    described = {item.text for item in rdf.iter(f"{SCHEMA}namespaceURI")}
    if PDFUA.strip("{}") not in described:
        yield "the property of PDF/UA is not described"
    pairs = {
        "/Title": "{http://purl.org/dc/elements/1.1/}title",
        "/Producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
        "/Creator": "{http://ns.adobe.com/xap/1.0/}CreatorTool",
        "/CreationDate": "{http://ns.adobe.com/xap/1.0/}CreateDate",
        "/ModDate": "{http://ns.adobe.com/xap/1.0/}ModifyDate",
    }
    for key in opened.docinfo:
        value = " ".join(str(opened.docinfo[key]).split())
        other = told.get(pairs.get(key, ""), "")
        if key.endswith("Date"):
            value, other = value.removeprefix("D:"), other.replace("-", "")
        if value != other:
            yield f"{key} is {value} in one place and {other} in the other"


def _colour(opened: pikepdf.Pdf, _data: bytes) -> Iterator[str]:
    """6.2.3: one output intent with an RGB profile."""
    intents = list(opened.Root.get("/OutputIntents", []))
    if [str(intent.S) for intent in intents] != ["/GTS_PDFA1"]:
        yield "no single output intent"
        return
    profile = intents[0].DestOutputProfile
    data = profile.read_bytes()
    if int(profile.N) != 3 or data[16:20] != b"RGB " or data[12:16] not in (b"mntr", b"prtr"):
        yield "the output intent has no RGB profile"
    if data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") != len(data) or data[8] > 4:
        yield "the profile is broken"


def _fonts(opened: pikepdf.Pdf, _data: bytes) -> Iterator[str]:
    """6.2.11: fonts inside, with widths that agree and a character for each code."""
    for font in _of_type(opened, "/Font"):
        if font.Subtype == "/Type0":
            yield from _composite(font)
        elif font.Subtype not in ("/CIDFontType2", "/CIDFontType0", "/Type3"):
            yield f"font {font.get('/BaseFont')} of type {font.Subtype}"


def _composite(font: Any) -> Iterator[str]:
    name, descendant = str(font.BaseFont), font.DescendantFonts[0]
    descriptor = descendant.FontDescriptor
    program = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
    if font.Encoding != "/Identity-H" or "/ToUnicode" not in font:
        yield f"{name}: encoding"
    if program is None:
        yield f"{name} is not embedded"
        return
    if "/FontFile2" in descriptor and descendant.get("/CIDToGIDMap") != "/Identity":
        yield f"{name}: no map to glyphs"
    unicode = font.ToUnicode.read_bytes()
    if re.search(rb"> <(?:0000|FEFF|FFFE)>", unicode, re.IGNORECASE):
        yield f"{name}: a code stands for no character"
    if "/FontFile2" in descriptor:
        loaded = TTFont(io.BytesIO(program.read_bytes()))
        scale = 1000 / loaded["head"].unitsPerEm
        order, advances = loaded.getGlyphOrder(), loaded["hmtx"].metrics
        for code, width in _widths(descendant.get("/W", [])):
            if code < len(order) and abs(advances[order[code]][0] * scale - width) > 1:
                yield f"{name}: width of {code} is {width}"


def _widths(array: Any) -> Iterator[tuple[int, float]]:
    """Codes and their widths, of the array `W`."""
    items = list(array)
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, pikepdf.Array):
            yield from ((first + at, float(width)) for at, width in enumerate(second))
        else:
            width = float(items.pop(0))
            yield from ((code, width) for code in range(first, int(second) + 1))


def _content(opened: pikepdf.Pdf, _data: bytes) -> Iterator[str]:
    """6.1.13, 6.2: nesting, colours, marked content, no missing glyph."""
    for number, page in enumerate(opened.pages):
        depth = marked = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += (name == "q") - (name == "Q")
            if depth > NESTING:
                yield f"page {number}: states nested {depth} deep"
            marked += (name in ("BMC", "BDC")) - (name == "EMC")
            if name in ("Tj", "TJ", "f", "S", "Do") and not marked:
                yield f"page {number}: {name} is not marked"
            if name in INKS or (name in ("cs", "CS") and str(operands[0]) == "/DeviceCMYK"):
                yield f"page {number}: colour of ink"
            if name in ("TJ", "Tj"):
                texts = operands[0] if name == "TJ" else operands
                for text in texts:
                    if isinstance(text, pikepdf.String) and _missing(bytes(text)):
                        yield f"page {number}: a glyph is missing"
        if depth or marked:
            yield f"page {number}: not balanced"
        if "/Resources" not in page:
            yield f"page {number}: no resources of its own"


def _missing(text: bytes) -> bool:
    return any(text[at : at + 2] == b"\0\0" for at in range(0, len(text), 2))


def _objects(opened: pikepdf.Pdf, _data: bytes) -> Iterator[str]:
    """6.1.7 to 6.1.13: filters, sizes, no outside files, states without functions."""
    for entry in opened.objects:
        yield from _sizes(entry)
        if isinstance(entry, pikepdf.Stream):
            filters = str(entry.get("/Filter", ""))
            if "LZW" in filters or "Crypt" in filters or "/FFilter" in entry:
                yield f"stream with {filters}"
            if entry.get("/Subtype") == "/PS" or "/OPI" in entry or "/Ref" in entry:
                yield "a forbidden XObject"
            if entry.get("/Subtype") == "/Image" and entry.get("/Interpolate") is True:
                yield "an interpolated image"
        if isinstance(entry, pikepdf.Dictionary) and entry.get("/S") in FORBIDDEN_ACTIONS:
            yield f"action {entry.S}"
    if {"/AA", "/OpenAction", "/AcroForm", "/OCProperties", "/Requirements"} & set(opened.Root):
        yield "actions, forms or layers"
    for page in opened.pages:
        for state in page.Resources.get("/ExtGState", {}).values():
            if {"/TR", "/TR2", "/HTP"} & set(state):
                yield "a transfer function"


def _sizes(entry: Any) -> Iterator[str]:
    """Limits of names and strings."""
    if isinstance(entry, pikepdf.Name) and len(str(entry).encode()) > NAME_BYTES + 1:
        yield f"a name of {len(str(entry))} characters"
    if isinstance(entry, pikepdf.String) and len(bytes(entry)) > STRING_BYTES:
        yield "a string that is too long"
    if isinstance(entry, (pikepdf.Dictionary, pikepdf.Stream)):
        for key in entry.keys():  # noqa: SIM118 - a stream is no mapping
            if len(key.encode()) > NAME_BYTES + 1:
                yield f"a key of {len(key)} characters"
            if not getattr(entry[key], "is_indirect", False):
                yield from _sizes(entry[key])
    if isinstance(entry, pikepdf.Array):
        for item in entry:
            if not getattr(item, "is_indirect", False):
                yield from _sizes(item)


def _links(opened: pikepdf.Pdf, _data: bytes) -> Iterator[str]:
    """6.3: annotations are links, printed, described and in the structure."""
    for page in opened.pages:
        for link in page.get("/Annots", []):
            if link.Subtype != "/Link" or int(link.F) != 4:
                yield f"annotation {link.Subtype} with flags {link.get('/F')}"
            if "/StructParent" not in link or not str(link.get("/Contents", "")):
                yield "a link without description or place in the structure"
        if page.get("/Annots") and page.get("/Tabs") != "/S":
            yield "the order of tabs"


def _attached(opened: pikepdf.Pdf, _data: bytes) -> Iterator[str]:
    """6.8: files with name, type, date and relationship, each listed once."""
    names = opened.Root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    files = list(names)[1::2]
    listed = [entry.objgen for entry in opened.Root.get("/AF", [])]
    if sorted(listed) != sorted(entry.objgen for entry in files):
        yield "AF does not list the embedded files once each"
    for entry in files:
        if not {"/F", "/UF", "/Desc", "/AFRelationship"} <= set(entry):
            yield "an embedded file is not described"
        stream = entry.EF.F
        if "/" not in str(stream.get("/Subtype", ""))[1:] or "/ModDate" not in stream.Params:
            yield "an embedded file has no type or date"
        if int(stream.Params.Size) != len(stream.read_bytes()):
            yield "the size of an embedded file"


def _tags(opened: pikepdf.Pdf, _data: bytes) -> Iterator[str]:
    """6.7: language, tags, standard types."""
    root = opened.Root
    if not bool(root.get("/MarkInfo", {}).get("/Marked")) or "/StructTreeRoot" not in root:
        yield "no tags"
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")):
        yield "the title is not shown"


def _of_type(opened: pikepdf.Pdf, kind: str) -> list[Any]:
    return [
        entry
        for entry in opened.objects
        if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == kind
    ]
