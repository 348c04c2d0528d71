"""Pictures in documents: which are read, and what is said of others. How they are read: tests/golden/scans."""

import base64
from io import BytesIO

import openpyxl
import pytest
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from etl.extract.docx import read_docx
from etl.extract.embedded import Embedded, with_pictures
from etl.extract.html import read_html
from etl.extract.scan import pictures as scan
from etl.extract.scan.document import ScannedPage
from etl.extract.xls import read_xls
from etl.model import Cell, Grid, Place, Reading
from tests.makers.docx import docx
from tests.makers.html import html
from tests.makers.layout import Grid as Table
from tests.makers.layout import lay_out
from tests.makers.packages import packed, relations, unpacked
from tests.makers.places import invented
from tests.makers.report import make_report

MADE = lay_out(make_report(invented("990199", "样例县"), 2023, 5, "small"))
WITHOUT_ONE = MADE.replace_grids(
    {index: () for index, one in enumerate(MADE.blocks) if isinstance(one, Table) and one.key == "disputes"}
)


def png(width: int = 400, height: int = 320) -> bytes:
    out = BytesIO()
    Image.new("L", (width, height), 255).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pictures that were read; each holds one cell with its path."""
    paths: list[str] = []

    def read(content: bytes, path: str, wanted: str) -> ScannedPage:
        paths.append(path)
        return ScannedPage((Grid((Cell(path, 0, 0, 1, 1, Place(path=path)),), "scan"),), (), ())

    monkeypatch.setattr(scan, "read_embedded", read)
    return paths


def inline(content: bytes) -> str:
    return f'<img src="data:image/png;base64,{base64.b64encode(content).decode()}">'


def test_pictures_are_not_asked_for_where_all_tables_are_there(seen: list[str]) -> None:
    page = html(MADE, "word", "utf8").decode().replace("</body>", f"{inline(png())}</body>")
    read_html(page.encode())
    assert seen == []
    page = html(WITHOUT_ONE, "word", "utf8").decode().replace("</body>", f"{inline(png())}</body>")
    read_html(page.encode())
    assert len(seen) == 1


def test_a_pictures_tables_stand_where_the_picture_does(seen: list[str]) -> None:
    page = f"<p>一<table><tr><td>甲</td></tr></table>{inline(png())}<table><tr><td>乙</td></tr></table>"
    assert [grid.cells[0].text for grid in read_html(page.encode()).grids] == ["甲", seen[0], "乙"]


def test_pictures_beside_a_page_are_read_by_the_addresses_that_show_them(seen: list[str]) -> None:
    asked = []

    def beside(address: str) -> bytes | None:
        asked.append(address)
        return png() if address == "a/表.png" else None

    page = '<p>一<img src="data:image/gif;base64,R0lG" data-src="a/表.png"><img src="gone.png">'
    read_html(page.encode(), beside)
    assert seen[-1] == "a/表.png"
    assert asked == ["a/表.png", "gone.png"]


def test_a_small_or_blank_picture_is_passed_over() -> None:
    reading = read_html(f"<p>一{inline(png(200, 900))}{inline(png())}".encode())
    assert (reading.grids, reading.problems) == ((), ())


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x01\x00\x00\x00".ljust(40, b"\0") + b" EMF".ljust(60, b"\0"), "EMF"),
        (b"\xd7\xcd\xc6\x9a".ljust(60, b"\0"), "WMF"),
        (png()[:70], "cannot be opened"),
    ],
)
def test_a_picture_that_is_not_read_is_named(content: bytes, word: str) -> None:
    parts = dict(unpacked(docx(WITHOUT_ONE)))
    drawn = '<w:pict><v:imagedata xmlns:r="r" r:id="rId7"/></w:pict></w:body>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:body>", drawn.encode())
    parts["word/_rels/document.xml.rels"] = relations({"rId7": ("image", "media/image1.emf")}).encode()
    (said,) = read_docx(packed(parts | {"word/media/image1.emf": content})).problems
    assert said.code == "picture_unread"
    assert word in said.message
    assert "word/media/image1.emf" in said.message


def test_a_picture_shown_twice_is_read_once_and_not_without_end(seen: list[str]) -> None:
    own = Reading("docx", (), ("一",))
    with_pictures(own, lambda: [Embedded(f"{n // 2}.png", png, 0) for n in range(100)])
    assert seen == [f"{n}.png" for n in range(12)]


def test_pictures_of_a_workbook_are_read(seen: list[str]) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "年报"
    book.active.add_image(SheetImage(BytesIO(png())))
    out = BytesIO()
    book.save(out)
    assert read_xls(out.getvalue()).grids[-1].cells[0].text == "xl/media/image1.png"
