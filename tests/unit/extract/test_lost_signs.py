"""Minus signs in a font that is not embedded, which PDFium and playa leave out."""

from io import BytesIO

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl.extract.pdf import read_pdf

BUILT_IN = "STSong-Light"


def page(*figures: tuple[str, str], compressed: bool = False) -> bytes:
    """A table of one row whose cells hold figures, each given in pieces: (font, text)."""
    written = BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont(BUILT_IN))
    canvas = Canvas(written, pagesize=(595, 842), pageCompression=int(compressed))
    canvas.grid([50 + 100 * column for column in range(len(figures) + 2)], [700, 720])
    for column, (font, text) in enumerate([(BUILT_IN, "行政许可"), *figures]):
        x = 60.0 + 100 * column
        for piece in text.split("|"):
            drawn_in = font if piece.isascii() else BUILT_IN
            canvas.setFont(drawn_in, 10)
            canvas.drawString(x, 705, piece)
            x += 10
    canvas.save()
    return written.getvalue()


def texts(content: bytes) -> list[str]:
    (grid,) = read_pdf(content, max_pages=9).grids
    return [cell.text for cell in grid.cells]


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("font", [BUILT_IN, "Times-Roman"])
def test_a_minus_that_parsers_lack_is_read(font: str, compressed: bool) -> None:
    content = page((font, "−|8"), (font, "8"), (BUILT_IN, "−12"), compressed=compressed)
    assert texts(content) == ["行政许可", "−8", "8", "−12"]


def test_a_minus_that_pdfium_has_is_not_doubled() -> None:
    assert texts(page((BUILT_IN, "8−3"))) == ["行政许可", "8−3"]
