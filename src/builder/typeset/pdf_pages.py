"""Pages of a PDF as pictures."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from threading import Lock

import pypdfium2

PDFIUM = Lock()
"""PDFium is not made for several threads."""


def page_as_png(path: Path, number: int, width: int) -> bytes:
    """Page ``number``, counted from 1, as PNG of ``width`` pixels."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(path)
        try:
            page = document[number - 1]
            image = page.render(scale=width / page.get_width()).to_pil()
        finally:
            document.close()
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
