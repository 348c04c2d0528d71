"""Whether the box of a cell lies on the cell in what is drawn, whatever the page."""

from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl.dashboard.evidence.drawing import draw
from etl.dashboard.evidence.drawn import PNG, SVG, Drawing
from etl.dashboard.evidence.marking import mark
from etl.extract.pdf import read_pdf
from etl.extract.turning import as_shown
from etl.model import Box, Observation, Place, ReadError, Status
from tests.makers.ofd import Page, parts_of
from tests.makers.packages import packed

GREEN = (0, 200, 0)
WIDTH, HEIGHT = 595.0, 842.0


def text_page(angle: int, rotation: int, shift: float = 0.0) -> bytes:
    """A table on a page, its content turned by ``angle``, shown turned by ``rotation``; a cell is green."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas("-", pageCompression=0)
    canvas.setPageSize((WIDTH, HEIGHT))
    if shift:
        canvas.setCropBox((shift, shift, WIDTH, HEIGHT))
    canvas.setPageRotation(rotation)
    canvas.translate(*{0: (0, 0), 90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[angle])
    canvas.rotate(angle)
    canvas.setFillColorRGB(*(part / 255 for part in GREEN))
    canvas.rect(202, 522, 96, 16, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("STSong-Light", 10)
    for x, y, words in [(105, 525, "信息内容"), (205, 525, "-6"), (205, 505, "12")]:
        canvas.drawString(x, y, words)
    canvas.drawString(105, 480, "上述数据均为本年度汇总所得，如有疑问请与办公室联系。")
    for y in (500, 520, 540):
        canvas.line(100, y, 300, y)
    for x in (100, 200, 300):
        canvas.line(x, 500, x, 540)
    return upright_sheet(canvas)


def upright_sheet(canvas: Canvas) -> bytes:
    """The document with its page on an upright sheet: reportlab turns the sheet with the page."""
    return bytes(canvas.getpdfdata()).replace(b"/MediaBox [ 0 0 842 595 ]", b"/MediaBox [ 0 0 595 842 ]")


def scanned_page(rotation: int) -> bytes:
    """An image on a page, which is shown turned by ``rotation``; green where a box of the stored page is."""
    image = Image.new("RGB", (595, 842), "white")
    image.paste(GREEN, (100, 200, 180, 230))
    canvas = Canvas("-")
    canvas.setPageSize((WIDTH, HEIGHT))
    canvas.setPageRotation(rotation)
    canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)
    return upright_sheet(canvas)


def pixels(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def share_of_green(drawing: Drawing, box: Box) -> float:
    """How much of the box is green on what is drawn, and whether all green lies in it."""
    image = pixels(drawing.content)
    across, down = image.width / drawing.width, image.height / drawing.height
    x0, y0, x1, y1 = drawing.shown(box)
    inside = image.crop((round(x0 * across), round(y0 * down), round(x1 * across), round(y1 * down)))
    whole = _greens(image)
    assert whole > 100
    assert _greens(inside) >= 0.97 * whole
    return _greens(inside) / (inside.width * inside.height)


def _greens(image: Image.Image) -> int:
    data = image.tobytes()
    return sum(data[at + 1] > 150 and data[at] < 90 and data[at + 2] < 90 for at in range(0, len(data), 3))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0, 90, 270])
def test_the_box_of_a_page_of_text_lies_on_the_cell(angle: int, rotation: int) -> None:
    content = text_page(angle, rotation)
    reading = read_pdf(content, max_pages=9)
    place = next(cell.place for cell in reading.grids[0].cells if cell.text == "-6")
    (one,) = as_shown(
        [Observation("", "", "", None, "", Status.BLANK, place, "", 1.0)],
        reading.shown,
    )
    assert one.place.box is not None
    assert share_of_green(draw(content, "a.pdf", Place(page=1), 2**20), one.place.box) > 0.6


def test_the_box_of_a_cropped_page_is_one_of_what_is_shown() -> None:
    drawing = draw(text_page(0, 0, shift=50.0), "a.pdf", Place(page=1), 2**20)
    assert share_of_green(drawing, (150, 302, 250, 322)) > 0.6


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_box_of_a_scan_is_one_of_the_stored_page(rotation: int) -> None:
    drawing = draw(scanned_page(rotation), "a.pdf", Place(page=1), 2**20)
    assert (drawing.width > drawing.height) == (rotation in (90, 270))
    assert share_of_green(drawing, (100, 200, 180, 230)) > 0.9


def test_a_picture_is_drawn_as_the_page_it_is_taken_for() -> None:
    image = Image.new("RGB", (1190, 1684), "white")
    image.paste(GREEN, (200, 400, 360, 460))
    out = BytesIO()
    image.save(out, "PNG")
    drawing = draw(out.getvalue(), "a.png", Place(page=1), 2**20)
    assert share_of_green(drawing, (100, 200, 180, 230)) > 0.9


def test_the_second_page_of_a_tiff() -> None:
    out = BytesIO()
    pages = [Image.new("RGB", (595, 842), colour) for colour in ("white", GREEN)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    drawing = draw(out.getvalue(), "a.tif", Place(page=2), 2**20)
    assert pixels(drawing.content).getpixel((50, 50)) == GREEN
    with pytest.raises(ReadError):
        draw(out.getvalue(), "a.tif", Place(page=3), 2**20)


def test_a_huge_page_is_drawn_small() -> None:
    canvas = Canvas("-")
    canvas.setPageSize((14_000, 14_000))
    canvas.drawString(100, 100, "wide")
    drawing = draw(bytes(canvas.getpdfdata()), "a.pdf", Place(page=1), 2**20)
    image = pixels(drawing.content)
    assert image.width * image.height <= 12_100_000
    assert (drawing.width, drawing.height) == (14_000, 14_000)


@pytest.mark.parametrize("page", [2, -1, 10**6])
def test_a_page_that_is_none_is_refused(page: int) -> None:
    with pytest.raises(ReadError):
        draw(text_page(0, 0), "a.pdf", Place(page=page), 2**20)


def test_what_has_no_pages_is_refused() -> None:
    with pytest.raises(ReadError) as told:
        draw(b"<html><table><tr><td>1</td></tr></table></html>", "a.html", Place(page=1), 2**20)
    assert told.value.code == "unsupported_format"


def ofd(words: str) -> bytes:
    shown = (
        '<ofd:TextObject ID="9" Boundary="22 22 50 5" Font="1" Size="4">'
        f'<ofd:TextCode X="0" Y="3.4">{words}</ofd:TextCode></ofd:TextObject>'
    )
    return packed(parts_of([Page(210, 297, [shown])]))


def test_an_ofd_page_is_drawn_with_its_text_as_text() -> None:
    drawing = draw(ofd("&lt;script&gt;alert(1)&lt;/script&gt;&amp;信息"), "a.ofd", Place(page=1), 2**20)
    assert drawing.media == SVG
    assert (round(drawing.width), round(drawing.height)) == (595, 842)
    made = mark(drawing, (62.0, 62.0, 120.0, 80.0), is_cut=False).decode()
    assert "<script" not in made
    assert "&lt;script&gt;" in made
    assert 'x="59.00"' in made


@pytest.mark.parametrize("box", [(500, 800, 900, 1200), (-50, -50, -10, -10), (100, 100, 100, 100), None])
@pytest.mark.parametrize("is_cut", [True, False])
def test_a_box_beside_the_page_is_marked_at_its_edge(box: Box | None, is_cut: bool) -> None:
    drawing = draw(text_page(0, 0), "a.pdf", Place(page=1), 2**20)
    assert drawing.media == PNG
    image = pixels(mark(drawing, box, is_cut=is_cut))
    assert image.width <= 2 * WIDTH + 1
    assert image.height <= 2 * HEIGHT + 1


def test_the_cut_view_shows_the_cell_and_its_mark() -> None:
    drawing = draw(text_page(0, 0), "a.pdf", Place(page=1), 2**20)
    cut = pixels(mark(drawing, (200.0, 302.0, 300.0, 322.0), is_cut=True))
    assert (cut.width, cut.height) == (1190, 2 * (80 + 20 + 80))
    assert cut.getpixel((2 * 250, 2 * (80 - 3) + 1)) == (204, 0, 51)
