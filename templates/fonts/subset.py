"""Make the small web fonts from the full ones: run it after replacing a `.ttf` here.

In: the `.ttf` files beside this file. Out: a `.woff2` each, with Latin letters and the signs that
a brief prints. The licence keeps the name of the originals for unchanged copies, so the subsets
carry names of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fontTools import subset  # noqa: TID253 - this script does nothing else

FOLDER = Path(__file__).resolve().parent
LATIN = ((0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2010, 0x2027), (0x2030, 0x203A))
SIGNS = (0x20AC, 0x2116, 0x2122, 0x2190, 0x2192, 0x2197, 0x2212)
FACES = {
    "SourceSerif4SmText-Regular": "Brief Serif Regular",
    "SourceSerif4SmText-It": "Brief Serif Italic",
    "SourceSerif4Display-Semibold": "Brief Display Semibold",
    "SourceSans3-Regular": "Brief Sans Regular",
    "SourceSans3-It": "Brief Sans Italic",
    "SourceSans3-Semibold": "Brief Sans Semibold",
}
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
COPYRIGHT, VERSION, LICENCE, LICENCE_URL = 0, 5, 13, 14


def shrink(source: Path, name: str) -> None:
    """Write the Latin letters of `source` under `name`, as WOFF2 without hints."""
    options = subset.Options(
        flavor="woff2",
        hinting=False,
        layout_features=["ccmp", "kern", "liga", "locl", "mark", "mkmk"],
        name_IDs=[COPYRIGHT, VERSION, LICENCE, LICENCE_URL],
    )
    font = subset.load_font(source, options)
    points = {point for start, end in LATIN for point in range(start, end + 1)}
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points | set(SIGNS))
    subsetter.subset(font)
    rename(font["name"], name)
    subset.save_font(font, source.with_name(name.lower().replace(" ", "-") + ".woff2"), options)


def rename(table: Any, name: str) -> None:
    """Give a font's name table the family and style in `name`, whose last word is the style."""
    family, style = name.rsplit(" ", 1)
    postscript = name.replace(" ", "")
    new = {FAMILY: family, STYLE: style, UNIQUE: name, FULL: name, POSTSCRIPT: postscript}
    for number, text in new.items():
        table.setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    for stem, name in FACES.items():
        shrink(FOLDER / f"{stem}.ttf", name)
