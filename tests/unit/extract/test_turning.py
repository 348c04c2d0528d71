"""Pages that are turned, and text that runs up or down a page."""

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl.extract.pdf import read_pdf
from etl.extract.turning import as_shown
from etl.model import Observation, Place, Shown, Status


def sideways(angle: int) -> bytes:
    """A small table on A4 whose content is turned against the clock."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas("-", pageCompression=0)
    width, height = 595.0, 842.0
    canvas.setPageSize((width, height))
    canvas.translate(*{0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}[angle])
    canvas.rotate(angle)
    canvas.setFont("STSong-Light", 10)
    for x, y, text in [(105, 525, "信息内容"), (205, 525, "-6"), (205, 505, "12")]:
        canvas.drawString(x, y, text)
    for y in (500, 520, 540):
        canvas.line(100, y, 300, y)
    for x in (100, 200, 300):
        canvas.line(x, 500, x, 540)
    return bytes(canvas.getpdfdata())


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_cells_are_read_whichever_way_they_stand(angle: int) -> None:
    reading = read_pdf(sideways(angle), max_pages=9)
    (grid,) = reading.grids
    assert [cell.text for cell in grid.cells] == ["信息内容", "-6", "", "12"]
    assert reading.lines[0].startswith("信息内容")


@pytest.mark.parametrize(
    ("angle", "box"),
    [
        (90, (55, 542, 75, 642)),  # read upwards: 520-540 from the left edge of the turned page
        (180, (295, 520, 395, 540)),
        (270, (520, 200, 540, 300)),
    ],
)
def test_boxes_are_those_of_the_page_as_shown(angle: int, box: tuple[float, ...]) -> None:
    reading = read_pdf(sideways(angle), max_pages=9)
    figure = next(cell for cell in reading.grids[0].cells if cell.text == "-6")
    one = Observation("", "", "", None, "", Status.BLANK, figure.place, "", 1.0)
    assert as_shown([one], reading.shown)[0].place.box == pytest.approx(box, abs=0.6)


def test_a_page_that_was_not_turned_stays() -> None:
    one = Observation("", "", "", None, "", Status.BLANK, Place(2, (1, 2, 3, 4)), "", 1.0)
    assert as_shown([one], {1: Shown(90, 842, 595)}) == (one,)
