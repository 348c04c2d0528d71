"""Running text inside a scan's tables: reports are set into tables whole."""

from collections.abc import Iterator, Sequence

from etl.extract.flow import Line, PageText, units_of
from etl.extract.prose import told_in
from etl.extract.scan.frame import Patch
from etl.model import Cell, Grid


def with_told(text: PageText, grids: Sequence[Grid], patches: Sequence[Patch], dpi: float) -> PageText:
    """The page's running text with that of its tables' cells, from top to bottom.

    ``patches``: where the cells of all ``grids`` lie on the straight page, in order.
    """
    rest = iter(patches)
    told: list[Line] = []
    for grid in grids:
        of_text = told_in(grid.cells)
        for index, (cell, patch) in enumerate(zip(grid.cells, rest, strict=False)):
            if index in of_text:
                told += _lines(cell, patch, text.number, dpi)
    return text._replace(lines=sorted([*text.lines, *told], key=lambda line: line.top)) if told else text


def _lines(cell: Cell, patch: Patch, page: int, dpi: float) -> Iterator[Line]:
    """The cell's lines, taken to fill it from its left side: where each of them begins is not known."""
    lines = [line for line in cell.text.split("\n") if line.strip()]
    if not lines:
        return
    x0, top, x1, bottom = (side * 72 / dpi for side in patch.box)
    height = (bottom - top) / len(lines)
    em = min(height, (x1 - x0) / max(map(units_of, lines)))
    for number, line in enumerate(lines):
        y = top + number * height
        yield Line(line, page, x0, y, x0 + em * units_of(line), y + height, em, cell.place)
