"""The last touches on a PDF before it is written: what PDF/UA-1 and PDF/A-3 ask for besides.

In: WeasyPrint's PDF, its objects not yet written. Out: nothing; the objects are completed.
"""

from __future__ import annotations

import re
from copy import copy
from hashlib import md5
from io import BytesIO
from typing import Any

from briefing.render.tags import Tags
from briefing.render.text import pdf_text

VARIANT = "pdf/a-3a"
"""What WeasyPrint is asked for: tagged as PDF/UA is, archived with files beside the page."""

PRINT_FLAG = 4
ALL_GLYPHS = "/Identity-H"
"""The encoding of a font that has every character that is set in it; else there is a table."""
END_OF_METADATA = b"</rdf:RDF>"
ARCHIVED = re.compile(rb' pdfaid:(?:part|conformance)="[^"]*"')

IDENTIFICATION = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""That the file is PDF/UA-1. PDF/A knows no such property, so it has to be described as well."""


def finish(document: Any, pdf: Any) -> None:
    """Complete a PDF that WeasyPrint 70 has made as PDF/A-3a; its `finisher`.

    A page on which a character is drawn as a box, as no font has it, conforms to neither standard:
    it is written all the same, but does not say that it does.
    """
    import pydyf

    Tags(pdf).mend()
    for page in document.pages:
        for *_, box in page.links:
            if box.link_annotation and (words := _words(box.element)):
                box.link_annotation["Contents"] = pydyf.String(words)
    entries = [entry for entry in pdf.objects if hasattr(entry, "get")]
    for entry in entries:
        if entry.get("Type") == "/Annot":
            entry["F"] = PRINT_FLAG
    whole = all(
        entry["Encoding"] == ALL_GLYPHS for entry in entries if entry.get("Subtype") == "/Type0"
    )
    if "AF" in pdf.catalog:
        # WeasyPrint lists a file once for its name and once for its object.
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])].stream
    metadata[0] = _identified(metadata[0], whole=whole)


def page_text(pdf: Any) -> str:
    """The text that a reader would copy from a PDF not yet written, pages parted by form feeds."""
    draft = copy(pdf)
    draft.objects = [*pdf.objects]  # writing adds to them
    written = BytesIO()
    draft.write(written)
    return pdf_text(written.getvalue())


def fill(pdf: Any, name: str, data: bytes) -> None:
    """Give the attached file `name` its content."""
    entry = next(
        entry
        for entry in pdf.objects
        if hasattr(entry, "get")
        and entry.get("Type") == "/Filespec"
        and entry["UF"].string == name
    )
    stream = pdf.objects[int(entry["EF"]["F"].split()[0])]
    stream.stream = [data]
    checksum = md5(data, usedforsecurity=False).hexdigest()
    stream.extra["Params"] |= {"CheckSum": f"<{checksum}>", "Size": len(data)}


def _words(link: Any) -> str:
    """What a link says; WeasyPrint describes it by where it leads."""
    return " ".join((link.get("aria-label") or "".join(link.itertext())).split())


def _identified(metadata: bytes, *, whole: bool) -> bytes:
    """The metadata of a `whole` file with PDF/UA-1 beside PDF/A-3a, those of another with neither."""
    if not whole:
        return ARCHIVED.sub(b"", metadata)
    head, end, tail = metadata.rpartition(END_OF_METADATA)
    return head + IDENTIFICATION + end + tail
