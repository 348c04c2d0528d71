"""OFD packages made part by part, for what no maker draws."""

import zipfile
from io import BytesIO

import pytest

from etl.extract.ofd import read_ofd
from etl.model import ReadError
from tests.makers.ofd import OFD_STYLES, Page, parts_of
from tests.makers.packages import packed

CONTENT = "Doc_0/Pages/Page_0/Content.xml"


def text(x: float, y: float, words: str, attributes: str = "", code: str = "") -> str:
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} 50 5" Font="1" Size="4" {attributes}>'
        f'<ofd:TextCode X="0" Y="3.4" {code}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, attributes: str = "") -> str:
    return (
        f'<ofd:PathObject ID="9" Boundary="0 0 210 297" {attributes}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


RULES = path("M 20 20 L 80 20 M 20 30 L 80 30 M 20 40 L 80 40 M 20 20 L 20 40 M 50 20 L 50 40 M 80 20 L 80 40")


def made(*objects: str, count: int = 1, **changed: str) -> bytes:
    parts = parts_of([Page(210, 297, list(objects)) for _ in range(count)])
    return packed(parts | changed)


def texts(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in grid.cells] for grid in read_ofd(content, max_pages=9).grids]


def refusal(content: bytes, max_pages: int = 9) -> str:
    with pytest.raises(ReadError) as caught:
        read_ofd(content, max_pages=max_pages)
    return caught.value.code


def test_cells_carry_text_page_and_box_in_points_from_the_top_left() -> None:
    content = made(RULES, text(22, 22, "信息内容"), text(52, 22, "-6", code='DeltaX="2"'), text(52, 32, "12"))
    (grid,) = read_ofd(content, max_pages=9).grids
    assert [cell.text for cell in grid.cells] == ["信息内容", "-6", "", "12"]
    assert grid.cells[0].place.page == 1
    assert grid.cells[0].place.box == pytest.approx([n * 72 / 25.4 for n in (20, 20, 50, 30)], abs=0.02)
    assert [(cell.row, cell.column) for cell in grid.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_distances_say_in_which_cell_each_character_of_a_run_stands() -> None:
    assert texts(made(RULES, text(22, 22, "甲乙丙丁", code='DeltaX="g 2 4 30"'))) == [["甲乙丙", "丁", "", ""]]
    assert texts(made(RULES, text(22, 22, "甲乙", code='DeltaX="0" DeltaY="10"'))) == [["甲", "", "乙", ""]]


def test_a_cell_without_a_rule_between_is_one_merged_cell() -> None:
    rules = path("M 20 20 L 80 20 80 40 20 40 C".replace("20 80 40", "20 L 80 40").replace("40 20", "40 L 20"))
    half = path("M 50 30 L 80 30 M 50 20 L 50 40")
    (grid,) = read_ofd(made(rules, half, text(22, 28, "合计"), text(52, 22, "1")), max_pages=9).grids
    first = grid.cells[0]
    assert (first.text, first.row_span, first.column_span) == ("合计", 2, 1)
    assert len(grid.cells) == 3


def test_rules_are_lines_thin_areas_and_frames_and_not_curves_or_hidden_ones() -> None:
    area = path("M 20 29.9 L 80 29.9 L 80 30.1 L 20 30.1 C", 'Stroke="false" Fill="true"')
    frame = path("M 20 20 L 80 20 L 80 40 L 20 40 C")
    down = path("M 50 20 L 50 40")
    others = path("M 65 20 L 65 40", 'Visible="false"') + path("M 20 25 Q 40 60 80 25 B 1 2 3 4 21 26")
    shade = path("M 20 20 L 80 20 L 80 30 L 20 30 C", 'Stroke="false" Fill="true"')
    assert texts(made(area, frame, down, others, shade, text(22, 22, "甲"), text(52, 32, "1"))) == [
        ["甲", "", "", "1"]
    ]


def test_leaning_text_is_a_watermark_and_no_figure() -> None:
    mark = text(30, 25, "99", 'CTM="0.7 0.7 -0.7 0.7 0 0"')
    reading = read_ofd(made(RULES, text(52, 22, "12"), mark), max_pages=9)
    assert [cell.text for cell in reading.grids[0].cells] == ["", "12", "", ""]
    assert reading.lines == ("12",)


def test_parts_are_found_whatever_the_slashes_and_the_case() -> None:
    parts = parts_of([Page(210, 297, [RULES, text(22, 22, "甲")])], style=OFD_STYLES["ofd_rects"])
    renamed = {name.replace("/", "\\").replace("Content", "content"): inside for name, inside in parts.items()}
    assert texts(packed(renamed)) == [["甲", "", "", ""]]


def test_a_broken_page_is_named_and_the_others_are_read() -> None:
    content = made(RULES, text(22, 22, "甲"), count=2, **{CONTENT: "<ofd:Page"})
    reading = read_ofd(content, max_pages=9)
    assert [problem.code for problem in reading.problems] == ["page_failed"]
    assert [grid.cells[0].place.page for grid in reading.grids] == [2]


def test_a_page_whose_picture_is_missing_is_named() -> None:
    picture = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="2"/>'
    other = parts_of([Page(210, 297, [picture])])[CONTENT]
    reading = read_ofd(made(text(22, 22, "甲"), count=2, **{CONTENT: other}), max_pages=9)
    assert [problem.code for problem in reading.problems] == ["picture_unread"]
    assert refusal(made(picture)) == "no_text"


def test_numbers_that_are_none_cost_one_object() -> None:
    lines = ("M x 1 L 2 2", "M nan 1 L inf 1 L inf inf", "C", "M 1")
    broken = "".join(map(path, lines)) + text(1, 1, "乙", code='DeltaX="g 3"')
    endless = text(1, 1, "丙", code='DeltaX="g 999999999 1"')
    assert texts(made(RULES, broken, endless, text(22, 22, "甲"))) == [["甲", "", "", ""]]


def test_what_cannot_be_read_is_named() -> None:
    whole = made(RULES, text(22, 22, "甲"))
    assert refusal(whole[: len(whole) // 2]) == "corrupt"
    assert refusal(made(RULES, count=3), max_pages=2) == "too_many_pages"
    assert refusal(made("")) == "no_text"
    assert refusal(packed({"OFD.xml": "<a/>"})) == "corrupt"
    assert refusal(made(RULES, **{"OFD.xml": "<a"})) == "corrupt"
    assert refusal(made(RULES, **{"Doc_0/Document.xml": "\x00", "Encryptions.xml": "<a/>"})) == "encrypted"


def test_entities_and_bombs_are_refused() -> None:
    entity = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
    assert refusal(made(RULES, **{CONTENT: entity})) == "unsafe"
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in parts_of([Page(210, 297, [RULES])]).items():
            archive.writestr(name, inside + " " * 2**25 if name == CONTENT else inside)
    assert refusal(out.getvalue()) == "unsafe"
