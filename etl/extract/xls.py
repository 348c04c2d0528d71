"""Spreadsheets of the form: XLSX through openpyxl, XLS through xlrd; cells as they are printed."""

import datetime
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any

from etl.extract.embedded import Embedded, with_pictures
from etl.extract.number_format import printed_number
from etl.extract.prose import prose_of_cells, told_in
from etl.extract.zip_package import ZipPackage
from etl.model import Cell, Grid, Paragraph, Place, ReadError, Reading

_MAX_UNPACKED = 2**27  # bytes
_MAX_MERGED = 200_000  # cells under merges, in all sheets
_MOST_CELLS = 200_000  # in all sheets
_LONGEST = 32_767  # characters, the most that a cell holds
_MAX_ROWS, _MAX_COLUMNS = 1_000, 200  # of a sheet; a report has some 60 and 15
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_Span = tuple[int, int]


@dataclass
class _Sheet:
    """A sheet that is shown: what its cells print, and the spans of merged ones; rows and columns from 0.

    ``kept`` are the cells that the file has, empty ones too; ``ruled`` those with a border beside or below.
    """

    title: str
    reader: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    kept: set[tuple[int, int]] = field(default_factory=set)
    ruled: set[tuple[int, int]] = field(default_factory=set)
    merged: dict[tuple[int, int], _Span] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_xls(content: bytes, *, scan_text: bool = True) -> Reading:
    """Read a workbook, old or new.

    A cell's place is its sheet and name, ``表三!C7``. Numbers are read as their format prints them. Hidden
    sheets, rows and columns are not read; of a formula, the result the file keeps. Blank rows part the tables
    of a sheet; the first of them is a table's own last row where it is drawn so. Pictures of an XLSX are read
    where its tables are not all there.

    Raises:
        ReadError: ``corrupt``, ``encrypted``, ``too_large``, ``unsafe``, or ``empty`` when no cell holds text.
    """
    sheets = list(_new(content) if content.startswith(b"PK") else _old(content))
    grids, lines = [], []
    prose: list[Paragraph] = []
    for sheet in sheets:
        rows = sorted({row for (row, _), text in sheet.texts.items() if text})
        if rows:
            lines.append(sheet.title)
        for block in _blocks(rows, sheet):
            grid = _grid(sheet, block)
            grids.append(grid)
            prose += prose_of_cells(grid.cells[index] for index in sorted(told_in(grid.cells)))
            lines += [line for cell in grid.cells for part in cell.text.split("\n") if (line := part.strip())]
    reading = Reading("xls", tuple(grids), tuple(lines), prose=tuple(prose))
    if content.startswith(b"PK"):
        reading = with_pictures(reading, lambda: _pictures(content, len(grids)), scan_text=scan_text)
    if not reading.lines:
        raise ReadError("empty", "no cell of the workbook holds anything")
    return reading


def _pictures(content: bytes, after: int) -> list[Embedded]:
    """The pictures of a workbook by the numbers in their names; which sheet they lie on is not asked."""
    package = ZipPackage(content, max_bytes=_MAX_UNPACKED)
    names = (name for name in package.names if name.startswith("xl/media/"))
    ordered = sorted(names, key=lambda name: (len(name), name))
    return [Embedded(name, partial(package.read, name), after) for name in ordered]


def _blocks(rows: list[int], sheet: _Sheet) -> Iterator[range]:
    """Runs of rows between blank ones; a cell merged over blank rows holds them together."""
    start = end = -1
    printed: dict[int, list[int]] = {}
    for (row, column), text in sheet.texts.items():
        if text:
            printed.setdefault(row, []).append(column)
    for row in rows:
        if start >= 0 and row > end and any(one not in sheet.hidden_rows for one in range(end, row)):
            yield range(start, end)
            start = row
        start = row if start < 0 else start
        reach = (span[0] for (at, _), span in sheet.merged.items() if at == row)
        end = max(end, row + max(reach, default=1))
        columns = [column for one in range(start, end) for column in printed.get(one, ())]
        if end not in printed and end not in sheet.hidden_rows and _is_drawn(sheet, start, end, columns):
            end += 1
    if start >= 0:
        yield range(start, end)


def _is_drawn(sheet: _Sheet, start: int, blank: int, columns: Sequence[int]) -> bool:
    """Whether a blank row is drawn as one more of the table above it, which prints something in ``columns``.

    All of it has borders, as the table has; under a table that has none, the file keeps a cell in each column.
    """
    across = range(min(columns), max(columns) + 1)
    has_rules = any((row, column) in sheet.ruled for row in range(start, blank) for column in across)
    drawn = sheet.ruled if has_rules else sheet.kept
    return len(across) > 1 and all((blank, column) in drawn for column in across)


def _grid(sheet: _Sheet, rows: range) -> Grid:
    covered = {
        (row + down, column + across)
        for (row, column), (height, width) in sheet.merged.items()
        if row in rows
        for down in range(height)
        for across in range(width)
        if down or across
    }
    printed = [at for at, text in sheet.texts.items() if at[0] in rows and text]
    left = min(column for _, column in printed)
    right = max(column + sheet.merged.get((row, column), (1, 1))[1] for row, column in printed)
    cells = []
    number = 0
    for row in rows:
        if row in sheet.hidden_rows:
            continue
        at = 0
        for column in range(left, right):
            if column in sheet.hidden_columns:
                continue
            if (row, column) not in covered:
                height, width = sheet.merged.get((row, column), (1, 1))
                height = sum(one not in sheet.hidden_rows for one in range(row, row + height))
                width = sum(one not in sheet.hidden_columns for one in range(column, column + width))
                text = "\n".join(
                    line for part in sheet.texts.get((row, column), "").splitlines() if (line := part.strip())
                )
                place = Place(path=f"{sheet.title}!{_letters(column)}{row + 1}")
                cells.append(Cell(text, number, at, height, width, place))
            at += 1
        number += 1
    return Grid(tuple(cells), sheet.reader)


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _new(content: bytes) -> Iterator[_Sheet]:
    """The shown sheets of an XLSX. Its XML is judged before openpyxl sees it."""
    unkept = _judge(content)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(action="ignore"):  # of styles and extensions it leaves out
            book = load_workbook(BytesIO(content), data_only=True)
            formulas = load_workbook(BytesIO(content)) if unkept else None
    except MemoryError:
        raise
    except Exception as error:  # openpyxl has no error of its own for what it cannot make sense of
        raise ReadError("corrupt", f"the workbook cannot be opened: {error!r}") from error
    for page in book.worksheets:
        if page.sheet_state != "visible":
            continue
        sheet = _Sheet(page.title, "xlsx-openpyxl")
        shows_zeros = page.sheet_view.showZeros is not False
        sheet.hidden_rows = {row - 1 for row, one in page.row_dimensions.items() if one.hidden}
        for one in page.column_dimensions.values():
            if one.hidden and one.min and one.max:
                sheet.hidden_columns.update(range(one.min - 1, min(one.max, _MAX_COLUMNS)))
        for range_ in page.merged_cells.ranges:
            spans = range_.max_row - range_.min_row + 1, range_.max_col - range_.min_col + 1
            sheet.merged[range_.min_row - 1, range_.min_col - 1] = spans
        last = min(page.max_row, _MAX_ROWS), min(page.max_column, _MAX_COLUMNS)
        sheet.kept = {(row - 1, column - 1) for row, column in page._cells}  # asking for others makes them
        for row in page.iter_rows(max_row=last[0], max_col=last[1]):
            for cell in row:
                if cell.has_style and any(
                    map(_is_line, (cell.border.left, cell.border.right, cell.border.bottom))
                ):
                    sheet.ruled.add((cell.row - 1, cell.column - 1))
                value = cell.value
                if value is None and formulas is not None:
                    value = formulas[page.title].cell(cell.row, cell.column).value
                if value is not None and (shows_zeros or value != 0):
                    text = _printed(value, _new_format(cell))
                    sheet.texts[cell.row - 1, cell.column - 1] = text
        yield sheet


def _is_line(side: Any) -> bool:
    return side is not None and side.style is not None


def _new_format(cell: Any) -> str:
    """The number format of a cell of an XLSX; General where the styles have none of its number."""
    try:
        return str(cell.number_format)
    except IndexError:
        return "General"


def _judge(content: bytes) -> bool:
    """Whether the workbook has formulas without results.

    Raises:
        ReadError: for XML that no spreadsheet program writes, and merges over more than any sheet holds.
    """
    package = ZipPackage(content, max_bytes=_MAX_UNPACKED)
    merged = cells = 0
    unkept = False
    for name in package.names:
        if not name.endswith((".xml", ".rels")):
            continue
        root = package.xml(name)
        cells += sum(1 for _ in root.iter("{*}c"))
        if cells > _MOST_CELLS:
            raise ReadError("too_large", f"the workbook has more than {_MOST_CELLS} cells")
        if any(len(text.text or "") > _LONGEST for text in root.iter("{*}t", "{*}v")):
            raise ReadError(
                "unsafe", f"a cell's text is longer than the {_LONGEST} characters that a cell holds"
            )
        for element in root.iter("{*}mergeCell"):
            merged += _area(element.get("ref", ""))
        unkept = unkept or any(
            not any(one.text for one in formula.itersiblings()) for formula in root.iter("{*}f")
        )
    if merged > _MAX_MERGED:
        raise ReadError("unsafe", f"the workbook merges {merged} cells; at most {_MAX_MERGED} are read")
    return unkept


def _area(reference: str) -> int:
    found = _RANGE.fullmatch(reference)
    if found is None:
        return 1
    left, top, right, bottom = found.groups()
    return (abs(int(bottom) - int(top)) + 1) * (abs(_index(right) - _index(left)) + 1)


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index


def _old(content: bytes) -> Iterator[_Sheet]:
    """The shown sheets of an XLS."""
    import xlrd

    try:
        # What xlrd has to say of odd records goes nowhere: standard output is for the command's own answers.
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=_Silence()
        )
    except MemoryError:
        raise
    except Exception as error:  # xlrd's own, and whatever damaged records cause
        if "encrypted" in str(error).lower():
            raise ReadError("encrypted", "the workbook is protected by a password") from error
        raise ReadError("corrupt", f"the workbook cannot be opened: {error!r}") from error
    for page in book.sheets():
        if page.visibility:
            continue
        sheet = _Sheet(page.name, "xls-xlrd")
        sheet.hidden_rows = {row for row, one in page.rowinfo_map.items() if one.hidden}
        sheet.hidden_columns = {column for column, one in page.colinfo_map.items() if one.hidden}
        for top, bottom, left, right in page.merged_cells:
            if top < _MAX_ROWS:
                sheet.merged[top, left] = min(bottom, _MAX_ROWS) - top, min(right, _MAX_COLUMNS) - left
        for row in range(min(page.nrows, _MAX_ROWS)):
            for column in range(min(page.row_len(row), _MAX_COLUMNS)):
                cell = page.cell(row, column)
                if cell.ctype == xlrd.XL_CELL_EMPTY:
                    continue
                sheet.kept.add((row, column))
                if _has_lines(book, cell.xf_index):
                    sheet.ruled.add((row, column))
                if cell.ctype == xlrd.XL_CELL_BLANK:
                    continue
                value: Any = cell.value
                if cell.ctype == xlrd.XL_CELL_ERROR:
                    value = xlrd.error_text_from_code.get(value, "#N/A")
                elif cell.ctype == xlrd.XL_CELL_DATE:
                    with suppress(ValueError, OverflowError, xlrd.xldate.XLDateError):
                        value = xlrd.xldate_as_datetime(value, book.datemode)
                elif cell.ctype == xlrd.XL_CELL_NUMBER and value == 0 and not page.show_zero_values:
                    continue
                sheet.texts[row, column] = _printed(value, _old_format(book, cell.xf_index))
        yield sheet


def _old_format(book: Any, index: int | None) -> str:
    """The number format of a cell of an XLS; General where damage left it none."""
    if index is None or index >= len(book.xf_list):
        return "General"
    found = book.format_map.get(book.xf_list[index].format_key)
    return found.format_str if found else "General"


def _has_lines(book: Any, index: int | None) -> bool:
    """Whether a cell of an XLS has a border at its left, its right or below it."""
    if index is None or index >= len(book.xf_list):
        return False
    border = book.xf_list[index].border
    return bool(border.left_line_style or border.right_line_style or border.bottom_line_style)


class _Silence:
    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass


def _printed(value: Any, form: str) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return printed_number(value, form)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)
