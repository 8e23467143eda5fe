"""The pages of a PDF as pictures."""

from __future__ import annotations

from io import BytesIO

DOTS_PER_POINT = 96 / 72
"""A picture of scale 1 has a dot for each CSS px of the page."""
QUICK = 1
"""zlib's level: a third of the default's time for a fifth more bytes, which go nowhere."""


def pictures(pdf: bytes, *, scale: float) -> tuple[bytes, ...]:
    """Every page as PNG.

    Args:
        pdf: A whole PDF.
        scale: Dots for each CSS px, as the screen has them: 1 to 3.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_png(page, scale * DOTS_PER_POINT) for page in document)
    finally:
        document.close()


def _png(page: object, scale: float) -> bytes:
    bitmap = page.render(scale=scale)  # type: ignore[attr-defined]  # the library has no types
    file = BytesIO()
    bitmap.to_pil().save(file, "PNG", compress_level=QUICK)
    return file.getvalue()
