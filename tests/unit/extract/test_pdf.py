"""PDFs drawn by reportlab here, and the golden ones."""

import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl.extract.pdf import read_pdf
from etl.model import ReadError

GOLDEN = Path(__file__).parents[2] / "golden"


def draw(path: Path, pages: list[list[tuple[float, float, str]]], encrypt: str | None = None) -> Path:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), encrypt=StandardEncryption(encrypt) if encrypt else None)
    for page in pages:
        canvas.setFont("STSong-Light", 10)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        for y in (700, 720, 740):
            canvas.line(100, y, 300, y)
        for x in (100, 200, 300):
            canvas.line(x, 700, x, 740)
        canvas.showPage()
    canvas.save()
    return path


def test_cells_carry_text_page_and_box_from_the_top_left(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", [[(105, 725, "信息内容"), (205, 725, "-6"), (205, 705, "12")]])
    (grid,) = read_pdf(path.read_bytes(), max_pages=9).grids
    assert [cell.text for cell in grid.cells] == ["信息内容", "-6", "", "12"]
    assert grid.cells[0].place.page == 1
    assert grid.cells[0].place.box == pytest.approx((100, 841.89 - 740, 200, 841.89 - 720), abs=0.1)
    assert grid.reader == "camelot-lattice-vector"


def test_rules_that_are_a_picture_are_found_by_the_raster_engine(tmp_path: Path) -> None:
    picture = Image.new("L", (1000, 200), 255)
    rules = ImageDraw.Draw(picture)
    for step in range(6):
        rules.line((0, min(step * 40, 198), 1000, min(step * 40, 198)), 0, 2)
    for x in (0, 500, 998):
        rules.line((x, 0, x, 40), 0, 2)  # a caption row would cut the rule between the columns
        rules.line((x, 80, x, 200), 0, 2)
    rules.line((0, 0, 0, 200), 0, 2)
    rules.line((998, 0, 998, 200), 0, 2)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "picture.pdf"
    canvas = Canvas(str(path))
    canvas.drawImage(ImageReader(picture), 100, 600, 400, 80)
    canvas.setFont("STSong-Light", 9)
    for row, (label, figure) in enumerate(
        [
            ("信息内容", "本年处理决定数量"),
            ("第二十条第（六）项", ""),
            ("行政处罚", "1280"),
            ("行政强制", "3"),
            ("行政许可", "7"),
        ]
    ):
        canvas.drawString(105, 668 - row * 16, label)
        canvas.drawString(305, 668 - row * 16, figure)
    canvas.drawString(100, 500, "自然人 商业企业 科研机构 信息内容")
    canvas.save()
    (grid,) = read_pdf(path.read_bytes(), max_pages=9).grids
    assert grid.reader == "camelot-lattice-raster"
    texts = [cell.text for cell in grid.cells]
    assert texts[texts.index("行政处罚") + 1] == "1280"
    assert texts[texts.index("行政强制") + 1] == "3"


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", [[(105, 725, "x")]], encrypt="secret")
    with pytest.raises(ReadError) as told:
        read_pdf(path.read_bytes(), max_pages=9)
    assert told.value.code == "encrypted"


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", [[(105, 725, "x")]] * 4)
    with pytest.raises(ReadError) as told:
        read_pdf(path.read_bytes(), max_pages=3)
    assert told.value.code == "too_many_pages"


def test_pages_without_text_are_no_report(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", [[]])
    with pytest.raises(ReadError) as told:
        read_pdf(path.read_bytes(), max_pages=3)
    assert told.value.code == "no_text"


@pytest.mark.parametrize("keep", [0.0, 0.1, 0.5, 0.9])
def test_a_truncated_file_is_a_read_error_or_read_in_part(tmp_path: Path, keep: float) -> None:
    content = (GOLDEN / "small-print.pdf").read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(b"%PDF-1.4\n" + content[: int(len(content) * keep)])
    with pytest.raises(ReadError) as told:
        read_pdf(path.read_bytes(), max_pages=9)
    assert told.value.code == "corrupt"


def built(contents: bytes, kids: str = "3 0 R", *, packed: bool = False) -> bytes:
    """A PDF of one page, object by object."""
    data = zlib.compress(contents, 9) if packed else contents
    filters = "/Filter/FlateDecode" if packed else ""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count 1/Kids[{kids}]>>".encode(),
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        4: f"<<{filters}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream",
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in objects.items())
    return b"%PDF-1.5\n" + body + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"


TEXT = b"BT /F 10 Tf 50 700 Td (a report of some letters) Tj ET\n"


def test_a_damaged_list_of_objects_is_made_again() -> None:
    assert read_pdf(built(TEXT), max_pages=9).lines == ("a report of some letters",)


def test_a_stream_that_unpacks_to_too_much_is_unsafe() -> None:
    bomb = built(TEXT + b"0 0 m 9 9 l S\n" * 4_000_000, packed=True)
    assert len(bomb) < 2**18
    with pytest.raises(ReadError) as told:
        read_pdf(bomb, max_pages=9)
    assert told.value.code == "unsafe"


def test_a_tree_of_pages_that_comes_back_to_itself_is_corrupt() -> None:
    with pytest.raises(ReadError) as told:
        read_pdf(built(TEXT, kids="2 0 R"), max_pages=9)
    assert told.value.code in ("corrupt", "no_text")


def test_a_page_with_too_much_on_it_is_told_and_the_text_kept() -> None:
    lines = b"BT /F 1 Tf 50 700 Td " + b"(some words on a line) Tj 0 -1 Td\n" * 3000 + b"ET"
    reading = read_pdf(built(lines, packed=True), max_pages=9)
    assert [problem.code for problem in reading.problems] == ["page_failed"]
    assert reading.lines
