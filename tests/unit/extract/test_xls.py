"""Workbooks old and new: cells as printed, merged cells once, hidden parts out, harm refused."""

from contextlib import suppress
from io import BytesIO

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Border, Font, Side

from etl.extract.xls import read_xls
from etl.model import ReadError
from tests.makers.layout import lay_out
from tests.makers.packages import packed
from tests.makers.places import invented
from tests.makers.report import make_report
from tests.makers.xls import XLS_STYLES, xls

MADE = lay_out(make_report(invented("990199", "样例县"), 2023, 5, "small"))
NEW, OLD = xls(MADE), xls(MADE, XLS_STYLES["xls_sheets"])


def saved(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_print_as_their_formats_say_and_stand_at_their_names() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "表一"
    page["B2"], page["C2"], page["D2"] = "金额", 12.5, 0.1 + 0.2
    page["C2"].number_format = "0.00"
    page["B3"] = "合计"
    page.merge_cells("B3:C4")
    page["D3"], page["D4"] = 3, "=SUM(C2:D2)"
    (grid,) = read_xls(saved(book)).grids
    found = [(one.text, one.place.path, one.row_span, one.column_span) for one in grid.cells]
    assert found == [
        ("金额", "表一!B2", 1, 1),
        ("12.50", "表一!C2", 1, 1),
        ("0.3", "表一!D2", 1, 1),
        ("合计", "表一!B3", 2, 2),
        ("3", "表一!D3", 1, 1),
        ("=SUM(C2:D2)", "表一!D4", 1, 1),  # the file keeps no result: never taken for a blank
    ]


def test_hidden_sheets_rows_and_columns_are_not_read() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in range(1, 4):
        for column in range(1, 4):
            page.cell(row, column, row * 10 + column)
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True
    book.create_sheet("草稿")["A1"] = 99
    book["草稿"].sheet_state = "hidden"
    (grid,) = read_xls(saved(book)).grids
    assert [(one.text, one.row, one.column) for one in grid.cells] == [
        ("11", 0, 0),
        ("13", 0, 1),
        ("31", 1, 0),
        ("33", 1, 1),
    ]


def test_zeros_that_a_sheet_does_not_show_are_blank() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["B1"] = 0, 5
    page.sheet_view.showZeros = False
    (grid,) = read_xls(saved(book)).grids
    assert [one.text for one in grid.cells] == ["5"]


def test_blank_rows_part_tables() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["A3"], page["B3"] = "甲", "乙", 1
    assert [[one.text for one in grid.cells] for grid in read_xls(saved(book)).grids] == [["甲"], ["乙", "1"]]


THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def texts(content: bytes) -> list[list[str]]:
    return [[one.text for one in grid.cells] for grid in read_xls(content).grids]


def test_a_blank_row_with_borders_is_the_tables_last() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["B1"], page["A6"] = "维持", "纠正", "注"
    for name in ("A1", "B1", "A2", "B2"):
        page[name].border = BOX
    for name in ("A3", "B3"):  # below the table: a font, no borders
        page[name].font = Font(bold=True)
    assert texts(saved(book)) == [["维持", "纠正", "", ""], ["注"]]
    page["B2"].border = Border(top=THIN)  # the rule above it is the table's foot
    assert texts(saved(book)) == [["维持", "纠正"], ["注"]]


def test_a_blank_row_of_a_table_without_borders_is_one_that_the_file_has() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["B1"], page["A5"] = "维持", "纠正", "注"
    page["A2"].number_format = page["B2"].number_format = "0.00"
    assert texts(saved(book)) == [["维持", "纠正", "", ""], ["注"]]
    page["B2"].number_format = "General"  # not kept any more
    assert texts(saved(book)) == [["维持", "纠正"], ["注"]]


def test_a_blank_row_with_borders_in_an_old_workbook() -> None:
    boxed = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    for column, text in enumerate(("维持", "纠正")):
        page.write(0, column, text, boxed)
        page.write(1, column, "", boxed)
        page.write(2, column, "", xlwt.easyxf("font: bold on"))
    page.write(4, 0, "注")
    out = BytesIO()
    book.save(out)
    assert texts(out.getvalue()) == [["维持", "纠正", "", ""], ["注"]]


def test_old_and_new_workbooks_read_alike() -> None:
    def cells(content: bytes) -> list[tuple[object, ...]]:
        return [(*one[:5], one.place.path) for grid in read_xls(content).grids for one in grid.cells]

    assert cells(OLD) == cells(NEW)


def test_an_old_sheet_that_hides_its_zeros() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    page.show_zero_values = False
    page.write(0, 0, 0)
    page.write(0, 1, 4)
    out = BytesIO()
    book.save(out)
    (grid,) = read_xls(out.getvalue()).grids
    assert [one.text for one in grid.cells] == ["4"]


def code(content: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_xls(content)
    return caught.value.code


def test_a_workbook_without_text_is_empty() -> None:
    assert code(saved(openpyxl.Workbook())) == "empty"


def test_harm_is_refused() -> None:
    assert code(packed({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})) == "unsafe"
    merges = '<a><mergeCell ref="A1:XFD1048576"/></a>'
    assert code(packed({"xl/worksheets/sheet1.xml": merges})) == "unsafe"
    assert code(packed({"xl/workbook.xml": "<a/>"})) == "corrupt"


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 1, exclude_max=True))
def test_a_workbook_cut_off_anywhere_is_named(part: float) -> None:
    assert code(NEW[: int(len(NEW) * part)]) == "corrupt"
    with suppress(ReadError):  # anything else fails
        read_xls(OLD[: int(len(OLD) * part)])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(OLD) - 1), st.integers(0, 255))
def test_a_damaged_byte_of_an_old_workbook_is_read_or_named(at: int, byte: int) -> None:
    with suppress(ReadError):  # anything else fails
        read_xls(OLD[:at] + bytes([byte]) + OLD[at + 1 :])
