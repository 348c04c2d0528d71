"""A report laid out as the statutory form prints it: words and table cells, before any file format.

A ``Document`` is what the renderers draw and what document quirks change. A merged cell is one cell with
spans; cells are kept in reading order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from etl.forms import Row, Table
from tests.makers.figures import Address, Figure
from tests.makers.prose import Paragraph, Prose, prose
from tests.makers.report import Report

CellKind = Literal["caption", "corner", "head", "group", "label", "figure", "spare"]

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
CONTENT = "信息内容"
APPLICANTS = "申请人情况"


@dataclass(frozen=True)
class Cell:
    """A cell at ``row``, ``column`` (from 0) with its spans; a figure's ``address`` says what it is."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    kind: CellKind = "figure"
    address: Address | None = None


@dataclass(frozen=True)
class Grid:
    """One printed table: ``key`` is the statutory table it belongs to, ``columns`` its physical width."""

    key: str
    cells: tuple[Cell, ...]
    columns: int
    header_rows: int = 0
    caption: str = ""

    @property
    def height(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    def lines(self) -> Iterator[list[Cell]]:
        """The cells that begin in each row, left to right."""
        for row in range(self.height):
            yield sorted((cell for cell in self.cells if cell.row == row), key=lambda cell: cell.column)


Block = Grid | Paragraph


@dataclass(frozen=True)
class Document:
    """A report in reading order, with what a page says about it outside the text."""

    report: Report
    blocks: tuple[Block, ...]
    quirks: tuple[str, ...] = ()

    def replace_grids(self, grids: dict[int, tuple[Block, ...]]) -> "Document":
        """The document with the blocks at some positions replaced."""
        blocks = [new for index, old in enumerate(self.blocks) for new in grids.get(index, (old,))]
        return replace(self, blocks=tuple(blocks))


def lay_out(report: Report, text: Prose | None = None) -> Document:
    """The report as the form has it: six sections, tables in two, three and four; around them ``text``,
    or short words about the report's figures."""
    text = text or prose(report)
    form = report.form_of("disclosure")
    blocks: list[Block] = [Paragraph(report.title, "title"), *text.opening]
    tables = {
        1: disclosure_grid(report),
        2: requests_grid(report),
        3: disputes_grid(report),
    }
    for index, section in enumerate(form.sections):
        blocks.append(Paragraph(section, "heading"))
        if index in tables:
            blocks.append(tables[index])
        blocks += text.sections.get(index, ())
    if report.publisher not in report.title.replace("\n", ""):
        blocks.append(Paragraph(report.publisher, "note"))
    return Document(report, tuple(blocks), report.quirks)


def printed(figure: Figure) -> str:
    """A figure as it is printed when nothing odd is done to it."""
    return f"{figure:f}" if isinstance(figure, Decimal) else str(figure)


def _figure(report: Report, address: Address, row: int, column: int, span: int = 1) -> Cell:
    return Cell(printed(report.figures[address]), row, column, 1, span, "figure", address)


def disclosure_grid(report: Report) -> Grid:
    """Section two: captions over the full width, a header line for each part; narrower parts span more."""
    table = report.form_of("disclosure").table("disclosure")
    width = max(len(part.columns) for part in table.parts)
    width += any(len(part.columns) == 2 for part in table.parts)  # form 2019: halves and thirds share columns
    cells: list[Cell] = []
    row = 0
    for part in table.parts:
        if part.caption:
            cells.append(Cell(part.caption, row, 0, 1, 1 + width, "caption"))
            row += 1
        spans = _shares(width, len(part.columns))
        starts = [1 + sum(spans[:index]) for index in range(len(spans))]
        cells.append(Cell(CONTENT, row, 0, kind="head"))
        for column, start, span in zip(part.columns, starts, spans, strict=True):
            cells.append(Cell(column.zh, row, start, 1, span, "head", ("disclosure", "", column.key)))
        row += 1
        for printed_row in part.rows:
            cells.append(
                Cell(printed_row.zh, row, 0, kind="label", address=("disclosure", printed_row.key, ""))
            )
            for column, start, span in zip(part.columns, starts, spans, strict=True):
                cells.append(_figure(report, (table.key, printed_row.key, column.key), row, start, span))
            row += 1
    return Grid(table.key, tuple(cells), 1 + width)


def _shares(width: int, parts: int) -> list[int]:
    """``width`` columns given to ``parts`` cells: 4 to three cells is 1, 2, 1 as form 2019 draws it."""
    share, rest = divmod(width, parts)
    spans = [share] * parts
    spans[parts // 2] += rest
    return spans


def _groups_above(table: Table, row: Row) -> list[str]:
    """The groups a row stands under, outermost first."""
    words = row.key.split(".")
    keys = [".".join(words[:end]) for end in range(1, len(words))]
    return [key for key in keys if key in table.groups]


def requests_grid(report: Report) -> Grid:
    """Section three: three header lines, label cells in up to three columns, seven figures a row."""
    table = report.form_of("requests").table("requests")
    part = table.parts[0]
    depth = max(len(_groups_above(table, row)) for row in part.rows) + 1
    heads = [
        Cell(CORNER, 0, 0, 3, depth, "corner"),
        Cell(APPLICANTS, 0, depth, 1, len(part.columns), "head"),
    ]
    for index, column in enumerate(part.columns):
        span = sum(other.under == column.under for other in part.columns)
        if column.under is None:
            heads.append(Cell(column.zh, 1, depth + index, 2, 1, "head", ("requests", "", column.key)))
        elif column.under != part.columns[index - 1].under:
            heads.append(Cell(column.under, 1, depth + index, 1, span, "head"))
    for index, column in enumerate(part.columns):
        if column.under:
            heads.append(Cell(column.zh, 2, depth + index, 1, 1, "head", ("requests", "", column.key)))
    cells = sorted(heads, key=lambda cell: (cell.row, cell.column))
    opened: set[str] = set()
    for at, row in enumerate(part.rows, start=3):
        groups = _groups_above(table, row)
        for level, group in enumerate(groups):
            if group not in opened:
                opened.add(group)
                held = sum(other.key.startswith(f"{group}.") for other in part.rows)
                cells.append(Cell(table.groups[group].zh, at, level, held, 1, "group"))
        level = len(groups)
        cells.append(Cell(row.zh, at, level, 1, depth - level, "label", ("requests", row.key, "")))
        cells += [
            _figure(report, (table.key, row.key, column.key), at, depth + index)
            for index, column in enumerate(part.columns)
        ]
    return Grid(table.key, tuple(cells), depth + len(part.columns), header_rows=3)


def disputes_grid(report: Report) -> Grid:
    """Section four: fifteen columns under three header lines, one line of figures."""
    table = report.form_of("disputes").table("disputes")
    part = table.parts[0]
    width = len(part.columns)
    cells: list[Cell] = []
    for index, row in enumerate(part.rows):
        start = index * width
        if row.under is None:
            cells.append(Cell(row.zh, 0, start, 1, width, "head"))
        else:
            if row.under != part.rows[index - 1].under:
                held = sum(other.under == row.under for other in part.rows)
                cells.append(Cell(row.under, 0, start, 1, width * held, "head"))
            cells.append(Cell(row.zh, 1, start, 1, width, "head"))
        at, span = (1, 2) if row.under is None else (2, 1)
        for offset, column in enumerate(part.columns):
            cells.append(
                Cell(column.zh, at, start + offset, span, 1, "head", ("disputes", row.key, column.key))
            )
            cells.append(_figure(report, (table.key, row.key, column.key), 3, start + offset))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(table.key, tuple(cells), width * len(part.rows), header_rows=3)
