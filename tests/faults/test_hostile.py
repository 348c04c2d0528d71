"""Files built to harm: each is told, in bounded time and memory, and nothing in it is run or fetched."""

import struct
from pathlib import Path

import pytest

from etl.extract.read import read
from etl.model import ReadError, Reading
from tests.makers.packages import packed, relations, unpacked

GOLDEN = Path(__file__).parents[1] / "golden"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DEEP = 100_000


def opened(content: bytes, name: str = "x") -> Reading:
    return read(content, name, max_bytes=2**25, max_pages=200)


def refusal(content: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        opened(content)
    return caught.value.code


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = b"%PDF-1.5\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(out))
    )


def pages(*kids: bytes) -> tuple[bytes, bytes]:
    tree = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return b"<</Type/Catalog/Pages 2 0 R>>", tree


def sheet(inside: str, shared: str = "") -> bytes:
    parts = unpacked((GOLDEN / "xlsx-one-sheet.xlsx").read_bytes())
    changed: dict[str, bytes | str] = dict(parts)
    name = next(name for name in parts if name.startswith("xl/worksheets/") and name.endswith(".xml"))
    changed[name] = f'<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'
    if shared:
        changed["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    return packed(changed)


def gif(frames: int) -> bytes:
    frame = b"!\xf9\x04\0\1\0\0\0," + struct.pack("<HHHHB", 0, 0, 10, 10, 0) + b"\2\2\x44\1\0"
    head = b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0xF0, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + frame * frames + b";"


def test_pages_nested_without_end() -> None:
    assert refusal(b"<html><body>" + b"<div>" * DEEP + "年报".encode()) == "empty"
    for depth in (1_000, 20_000):
        grids = opened(b"<html>" + b"<table><tr><td>x" * depth).grids
        assert len(grids) <= 30


def test_pages_of_far_too_many_cells() -> None:
    spans = b"<tr><td colspan=1000000000 rowspan=1000000000>1</td></tr>"
    assert opened(b"<table>" + spans * 500 + b"</table>").grids == ()
    assert refusal(b"<table><tr><td colspan=90 rowspan=90>1</td></tr></table>" * 20_000) == "too_large"
    assert refusal(b"<table><tr><td>1</td></tr></table>" * 6_000) == "too_large"
    assert opened(b"<table>" + b"<tr><td>1</td></tr>" * 30_000).grids == ()


def test_controls_in_a_page_are_left_out() -> None:
    page = "<p>年\x00\x03报&#11;&#x1f;2023</p><table><tr><td>\x081&#3;</td></tr></table>"
    reading = opened(page.encode())
    assert reading.lines[0] == "年报2023"
    assert reading.grids[0].cells[0].text == "1"


def test_entities_of_a_page_are_not_fetched() -> None:
    page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><table><tr><td>&x;</td></tr></table>'
    assert "root:" not in "".join(opened(page).lines)


def test_a_picture_outside_the_package_is_not_read() -> None:
    text = (
        '<w:p><w:r><w:pict><v:imagedata xmlns:v="v" xmlns:r="r" r:id="rId1"/></w:pict><w:t>x</w:t></w:r></w:p>'
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    content = packed(
        {
            "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{text}</w:body></w:document>',
            "word/_rels/document.xml.rels": relations({"rId1": ("image", "../../../../etc/passwd")}),
        }
    )
    assert [problem.code for problem in opened(content).problems] == ["picture_unread"]


def test_workbooks_of_far_too_many_cells_or_letters() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919}</v></c></row>' for n in range(1, 200_002))
    assert refusal(sheet(rows)) == "too_large"
    strings = f"<si><t>{'甲乙丙丁' * 9_000}</t></si>"
    assert refusal(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings)) == "unsafe"


@pytest.mark.parametrize("name", ["docx-plain.docx", "xlsx-sheets.xlsx"])
def test_macros_are_named_and_the_file_is_read(name: str) -> None:
    part = "word/vbaProject.bin" if name.endswith("docx") else "xl/vbaProject.bin"
    parts: dict[str, bytes | str] = dict(unpacked((GOLDEN / name).read_bytes()))
    reading = opened(packed(parts | {part: b"\xd0\xcf\x11\xe0" + bytes(500)}))
    assert [problem.code for problem in reading.problems] == ["macros"]
    assert reading.grids


def test_pdfs_whose_pages_are_none() -> None:
    assert refusal(pdf(*pages(*(b"2 0 R",) * 9))) == "corrupt"
    assert refusal(pdf(*pages(*(b"3 0 R",) * 5_000), b"<</Type/Page/Parent 2 0 R>>")) == "too_many_pages"


def test_pictures_without_end_or_paper() -> None:
    assert refusal(gif(20_000)) == "too_many_pages"
    assert refusal(b"BM" + struct.pack("<IHHIIiiHH", 100, 0, 0, 54, 40, 30_000, -30_000, 1, 24)) in (
        "corrupt",
        "too_large",
    )
