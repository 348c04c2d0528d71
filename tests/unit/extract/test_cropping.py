"""Pages of which only a part is shown, and pages whose corner is not at the origin."""

from io import BytesIO

import pypdfium2 as pdfium
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl.extract.pdf import read_pdf
from etl.extract.turning import as_shown
from etl.model import Observation, Reading, Status

WIDTH, HEIGHT = 595.0, 842.0
Box = tuple[float, float, float, float]


def sheet(corner: tuple[float, float], media: Box, crop: Box | None, turn: int = 0) -> bytes:
    """A page of A4 whose lower left corner is at ``corner``, and a page of something else to its right."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas("-", pageCompression=0)
    canvas.translate(*corner)
    canvas.setFont("STSong-Light", 10)
    for left, texts in [(0, ("信息内容", "-6", "12")), (WIDTH, ("别的", "7", "8"))]:
        for x, y, text in zip((105, 205, 205), (525, 525, 505), texts, strict=True):
            canvas.drawString(left + x, y, text)
        for y in (500, 520, 540):
            canvas.line(left + 100, y, left + 300, y)
        for x in (100, 200, 300):
            canvas.line(left + x, 500, left + x, 540)
    document = pdfium.PdfDocument(canvas.getpdfdata())
    page = document[0]
    page.set_mediabox(*media)
    if crop:
        page.set_cropbox(*crop)
    page.set_rotation(turn)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def shown_box(reading: Reading, text: str) -> Box | None:
    """Where on the page as it is shown the cell of its only table stands that says ``text``."""
    place = next(cell.place for cell in reading.grids[0].cells if cell.text == text)
    one = Observation("", "", "", None, "", Status.BLANK, place, "", 1.0)
    return as_shown([one], reading.shown)[0].place.box


@pytest.mark.parametrize(
    ("corner", "media", "crop"),
    [
        ((0, 0), (0, 0, WIDTH, HEIGHT), None),
        ((30, 40), (0, 0, 2 * WIDTH, HEIGHT + 80), (30, 40, 30 + WIDTH, 40 + HEIGHT)),
        ((30, 40), (30, 40, 30 + WIDTH, 40 + HEIGHT), None),
        ((-300, -400), (-300, -400, WIDTH - 300, HEIGHT - 400), None),
        ((-300, -400), (-400, -500, WIDTH, HEIGHT), (-300, -400, WIDTH - 300, HEIGHT - 400)),
    ],
    ids=["plain", "cropped", "corner elsewhere", "corner below", "cropped, corner below"],
)
def test_what_is_shown_is_read_where_it_is_shown(
    corner: tuple[float, float], media: Box, crop: Box | None
) -> None:
    reading = read_pdf(sheet(corner, media, crop), max_pages=9)
    (grid,) = reading.grids
    assert [cell.text for cell in grid.cells] == ["信息内容", "-6", "", "12"]
    assert shown_box(reading, "-6") == pytest.approx((200, 302, 300, 322), abs=0.6)
    assert not any("别的" in line for line in reading.lines)


def test_a_cropped_page_may_be_turned_as_well() -> None:
    whole = (30, 40, 30 + WIDTH, 40 + HEIGHT)
    reading = read_pdf(sheet((30, 40), (0, 0, 2 * WIDTH, HEIGHT + 80), whole, turn=90), max_pages=9)
    (grid,) = reading.grids
    assert [cell.text for cell in grid.cells] == ["信息内容", "-6", "", "12"]
    # Shown turned clockwise: what was from the left is from above, what was from below is from the left.
    assert shown_box(reading, "-6") == pytest.approx((520, 200, 540, 300), abs=0.6)
