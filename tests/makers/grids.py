"""Changes of a grid's shape: rows dropped, columns added, a table cut in two. Values to values."""

from collections.abc import Iterable
from dataclasses import replace

from tests.makers.layout import Block, Cell, Grid


def _sorted(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def drop_row(grid: Grid, row: int) -> Grid:
    """Without a row; cells that span it become shorter."""
    cells = []
    for cell in grid.cells:
        if cell.row == row:
            if cell.row_span == 1:
                continue
            cell = replace(cell, row_span=cell.row_span - 1)
        elif cell.row < row < cell.row + cell.row_span:
            cell = replace(cell, row_span=cell.row_span - 1)
        elif cell.row > row:
            cell = replace(cell, row=cell.row - 1)
        cells.append(cell)
    return replace(grid, cells=tuple(cells), header_rows=grid.header_rows - (row < grid.header_rows))


def insert_column(grid: Grid, at: int) -> Grid:
    """With an empty column before column ``at``; cells that span the place become wider."""
    cells: list[Cell] = []
    for cell in grid.cells:
        if cell.column >= at:
            cell = replace(cell, column=cell.column + 1)
        elif cell.column + cell.column_span > at:
            cell = replace(cell, column_span=cell.column_span + 1)
        cells.append(cell)
    wider = replace(grid, cells=tuple(cells), columns=grid.columns + 1)
    holes = [Cell("", row, at, kind="spare") for row in range(grid.height) if not _covered(wider, row, at)]
    return replace(wider, cells=_sorted([*cells, *holes]))


def _covered(grid: Grid, row: int, column: int) -> bool:
    return any(
        cell.row <= row < cell.row + cell.row_span and cell.column <= column < cell.column + cell.column_span
        for cell in grid.cells
    )


def append_row(grid: Grid) -> Grid:
    """With an empty row at the end."""
    spare = [Cell("", grid.height, column, kind="spare") for column in range(grid.columns)]
    return replace(grid, cells=(*grid.cells, *spare))


def swap_rows(grid: Grid, one: int, other: int) -> Grid:
    """With the labels and figures of two rows exchanged; group cells stay where they are."""
    new = {one: other, other: one}
    return replace(
        grid,
        cells=_sorted(
            replace(cell, row=new.get(cell.row, cell.row)) if cell.kind in ("label", "figure") else cell
            for cell in grid.cells
        ),
    )


def parts(grid: Grid) -> list[Grid]:
    """Section two as a table for each caption; columns nobody needs are gone."""
    starts = [cell.row for cell in grid.cells if cell.kind == "caption"]
    ends = [*starts[1:], grid.height]
    found = []
    for start, end in zip(starts, ends, strict=True):
        cells = [replace(cell, row=cell.row - start) for cell in grid.cells if start <= cell.row < end]
        edges = sorted({cell.column for cell in cells})
        narrow = [
            replace(
                cell,
                column=edges.index(cell.column),
                column_span=sum(cell.column <= edge < cell.column + cell.column_span for edge in edges),
            )
            for cell in cells
        ]
        found.append(replace(grid, cells=tuple(narrow), columns=len(edges)))
    return found


def merge_groups(grid: Grid) -> Grid:
    """Group cells gone; a group's words stand before the label of its first row, in one cell."""
    words: dict[int, str] = {}
    for cell in grid.cells:
        if cell.kind == "group":
            words[cell.row] = words.get(cell.row, "") + cell.text
    cells = []
    for cell in grid.cells:
        if cell.kind == "group":
            continue
        if cell.kind == "label":
            cell = replace(
                cell,
                text=words.get(cell.row, "") + cell.text,
                column=0,
                column_span=cell.column + cell.column_span,
            )
        cells.append(cell)
    return replace(grid, cells=tuple(cells))


def repeat_groups(grid: Grid) -> Grid:
    """Group cells taken apart into one a row, each with the words."""
    cells: list[Cell] = []
    for cell in grid.cells:
        if cell.kind == "group":
            cells += [replace(cell, row=row, row_span=1) for row in range(cell.row, cell.row + cell.row_span)]
        else:
            cells.append(cell)
    return replace(grid, cells=_sorted(cells))


def split(grid: Grid, at: int, *, halve_words: bool = False) -> tuple[Grid, Grid]:
    """Cut before row ``at``. A cell that spans the cut goes on as an empty one, or with half its words."""
    upper: list[Cell] = []
    lower: list[Cell] = []
    for cell in grid.cells:
        end = cell.row + cell.row_span
        if end <= at:
            upper.append(cell)
        elif cell.row >= at:
            lower.append(replace(cell, row=cell.row - at))
        else:
            half = len(cell.text) - 2 if halve_words and cell.text.startswith("（") else len(cell.text)
            upper.append(replace(cell, row_span=at - cell.row, text=cell.text[:half]))
            lower.append(replace(cell, row=0, row_span=end - at, text=cell.text[half:]))
    return (
        replace(grid, cells=_sorted(upper)),
        replace(grid, cells=_sorted(lower), header_rows=0, caption=""),
    )


def repeat_last_row(upper: Grid, lower: Grid) -> tuple[Grid, Grid]:
    """The last row of ``upper`` printed again at the head of ``lower``."""
    last = upper.height - 1
    cut = {cell.column for cell in upper.cells if cell.kind == "group" and cell.row + cell.row_span > last}
    moved = [
        replace(cell, row_span=cell.row_span + 1)
        if cell.row == 0 and cell.kind == "group" and cell.column in cut
        else replace(cell, row=cell.row + 1)
        for cell in lower.cells
    ]
    covered = replace(lower, cells=tuple(moved))
    again = [
        replace(cell, row=0) for cell in upper.cells if cell.row == last and cell.kind in ("label", "figure")
    ]
    holes = [
        Cell("", 0, column, kind="group")
        for column in range(lower.columns)
        if not _covered(replace(covered, cells=(*moved, *again)), 0, column)
    ]
    return upper, replace(lower, cells=_sorted([*moved, *again, *holes]))


def with_head(lower: Grid, whole: Grid) -> Grid:
    """``lower`` with the header rows of ``whole`` before it."""
    rows = whole.header_rows
    head = [cell for cell in whole.cells if cell.row < rows]
    return replace(
        lower, cells=(*head, *(replace(cell, row=cell.row + rows) for cell in lower.cells)), header_rows=rows
    )


def swap_columns(grid: Grid, one: str, other: str) -> Grid:
    """With two columns of figures exchanged, told by their keys, and the headings over them."""
    at = {cell.address[2]: cell.column for cell in grid.cells if cell.kind == "figure" and cell.address}
    new = {at[one]: at[other], at[other]: at[one]}

    def moved(cell: Cell) -> Cell:
        if cell.kind == "figure" or (cell.kind == "head" and cell.address and cell.address[2] in (one, other)):
            return replace(cell, column=new.get(cell.column, cell.column))
        return cell

    return replace(grid, cells=_sorted(moved(cell) for cell in grid.cells))


def joined(blocks: Iterable[Block]) -> Grid:
    """Tables and the paragraphs between them as one table: paragraphs become rows, narrow tables' last cells
    wider."""
    found = list(blocks)
    width = max(block.columns for block in found if isinstance(block, Grid))
    cells: list[Cell] = []
    row = 0
    for block in found:
        if isinstance(block, Grid):
            for cell in block.cells:
                last = cell.column + cell.column_span == block.columns
                wider = cell.column_span + (width - block.columns) * last
                cells.append(replace(cell, row=cell.row + row, column_span=wider))
            row += block.height
        else:
            cells.append(Cell(block.text, row, 0, 1, width, "caption"))
            row += 1
    return Grid("all", _sorted(cells), width)
