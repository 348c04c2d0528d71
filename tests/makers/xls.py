"""Workbooks: the tables on sheets, new (XLSX) and old (XLS), figures as numbers under number formats."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

import xlwt

from tests.makers.layout import Cell, Document, Grid
from tests.makers.packages import XML, office, relations, said

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.(\d+))?")
_HIDDEN = ' state="hidden"'
_NAMES = {"disclosure": "主动公开", "requests": "依申请公开", "disputes": "复议诉讼", "stat": "统计表"}


@dataclass(frozen=True)
class XlsStyle:
    """``one_sheet`` puts the whole report on one; ``as_text`` writes figures as text; ``noisy`` stores them
    with the dust of binary arithmetic and formats that hide it; ``hidden`` adds a hidden draft sheet, row and
    column; ``old`` is XLS."""

    one_sheet: bool = False
    as_text: bool = False
    noisy: bool = False
    hidden: bool = False
    old: bool = False


XLS_STYLES: Mapping[str, XlsStyle] = {
    "xlsx_sheets": XlsStyle(),
    "xlsx_one_sheet": XlsStyle(one_sheet=True, as_text=True),
    "xlsx_formats": XlsStyle(noisy=True, hidden=True),
    "xls_sheets": XlsStyle(old=True),
    "xls_one_sheet": XlsStyle(one_sheet=True, noisy=True, old=True),
}


@dataclass(frozen=True)
class _Sheet:
    name: str
    cells: tuple[Cell, ...]
    hidden: bool = False


def xls(document: Document, style: XlsStyle = XLS_STYLES["xlsx_sheets"]) -> bytes:
    """The document as a workbook."""
    sheets = list(_sheets(document, style))
    return _old(sheets, style) if style.old else _new(sheets, style)


def _sheets(document: Document, style: XlsStyle) -> Iterator[_Sheet]:
    """The report's blocks below each other, a blank row between; or a sheet for the words and each table."""
    if style.hidden:
        yield _Sheet("草稿", tuple(Cell("7", row, column) for row in range(3) for column in range(3)), True)
    rows: dict[str, int] = {}
    found: dict[str, list[Cell]] = {}
    for block in document.blocks:
        is_grid = isinstance(block, Grid)
        name = "年报" if style.one_sheet or not is_grid else _NAMES.get(block.key, "年报")
        top = rows.get(name, 0)
        cells = found.setdefault(name, [])
        if isinstance(block, Grid):
            cells += [
                Cell(
                    cell.text,
                    top + cell.row,
                    cell.column,
                    cell.row_span,
                    cell.column_span,
                    cell.kind,
                    cell.address,
                )
                for cell in block.cells
            ]
            rows[name] = top + block.height + 1
        else:
            cells.append(Cell(block.text, top, 0, 1, 10, "caption"))
            rows[name] = top + 2
    for name, cells in found.items():
        yield _Sheet(name, tuple(cells))


def _stored(cell: Cell, style: XlsStyle) -> tuple[float | str, str]:
    """What is stored of a cell, and its number format."""
    found = _NUMBER.fullmatch(cell.text)
    if cell.kind != "figure" or style.as_text or found is None or len(cell.text) > 15:
        return cell.text, "General"
    decimals = len(found.group(1) or "")
    form = f"0.{'0' * decimals}" if decimals else "#,##0" if style.noisy else "General"
    return float(cell.text) * (1 + 4e-16 if style.noisy else 1), form


def _new(sheets: list[_Sheet], style: XlsStyle) -> bytes:
    forms = ["General"]
    parts: dict[str, str] = {}
    types = {"xl/workbook.xml": "spreadsheetml.sheet.main", "xl/styles.xml": "spreadsheetml.styles"}
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet_xml(sheet, style, forms)
        types[f"xl/worksheets/sheet{number}.xml"] = "spreadsheetml.worksheet"
    named = "".join(
        f'<sheet name="{sheet.name}" sheetId="{number}"{_HIDDEN if sheet.hidden else ""} r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    parts["xl/workbook.xml"] = (
        f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{named}</sheets></workbook>'
    )
    targets = {
        f"rId{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)
    }
    parts["xl/_rels/workbook.xml.rels"] = relations({**targets, "rId99": ("styles", "styles.xml")})
    codes = "".join(
        f'<numFmt numFmtId="{164 + index}" formatCode="{form}"/>' for index, form in enumerate(forms)
    )
    uses = "".join(
        f'<xf numFmtId="{164 + index if index else 0}" fontId="0" fillId="0" borderId="0" xfId="0"'
        ' applyNumberFormat="1"/>'
        for index in range(len(forms))
    )
    parts["xl/styles.xml"] = (
        f'{XML}<styleSheet xmlns="{_MAIN}"><numFmts count="{len(forms)}">{codes}</numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(forms)}">{uses}</cellXfs></styleSheet>'
    )
    return office(parts, "xl/workbook.xml", types)


def _sheet_xml(sheet: _Sheet, style: XlsStyle, forms: list[str]) -> str:
    rows: dict[int, list[str]] = {}
    merges = []
    for cell in sheet.cells:
        at = f"{_letters(cell.column)}{cell.row + 1}"
        value, form = _stored(cell, style)
        if form not in forms:
            forms.append(form)
        if isinstance(value, float):
            written = f'<c r="{at}" s="{forms.index(form)}"><v>{value!r}</v></c>'
        elif value:
            text = f'<t xml:space="preserve">{said(value)}</t>'
            written = f'<c r="{at}" t="inlineStr"><is>{text}</is></c>'
        else:
            written = f'<c r="{at}"/>'
        rows.setdefault(cell.row, []).append(written)
        if cell.row_span > 1 or cell.column_span > 1:
            last = f"{_letters(cell.column + cell.column_span - 1)}{cell.row + cell.row_span}"
            merges.append(f'<mergeCell ref="{at}:{last}"/>')
    lines = "".join(f'<row r="{row + 1}">{"".join(cells)}</row>' for row, cells in sorted(rows.items()))
    columns = ""
    if style.hidden and not sheet.hidden:
        beyond = max(cell.column + cell.column_span for cell in sheet.cells)
        last_row = max(rows)
        columns = f'<cols><col min="{beyond + 1}" max="{beyond + 1}" width="9" hidden="1"/></cols>'
        draft = f'<c r="{_letters(beyond)}{last_row + 2}"><v>7</v></c>'
        lines += f'<row r="{last_row + 2}" hidden="1">{draft}</row>'
    merged = f'<mergeCells count="{len(merges)}">{"".join(merges)}</mergeCells>' if merges else ""
    return f'{XML}<worksheet xmlns="{_MAIN}">{columns}<sheetData>{lines}</sheetData>{merged}</worksheet>'


def _letters(column: int) -> str:
    high, low = divmod(column, 26)
    return (chr(ord("A") + high - 1) if high else "") + chr(ord("A") + low)


def _old(sheets: list[_Sheet], style: XlsStyle) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    used: dict[str, xlwt.XFStyle] = {}
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for cell in sheet.cells:
            value, form = _stored(cell, style)
            if form not in used:
                used[form] = xlwt.XFStyle()
                used[form].num_format_str = form
            if cell.row_span > 1 or cell.column_span > 1:
                last = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
                page.write_merge(cell.row, last[0], cell.column, last[1], value, used[form])
            else:
                page.write(cell.row, cell.column, value, used[form])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
