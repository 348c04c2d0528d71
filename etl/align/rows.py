"""Grids as rows: for each printed row its own cells and the cells that reach down into it."""

from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from etl.forms.labels import normalise
from etl.forms.values import is_value
from etl.model import Cell, Grid

_column = attrgetter("column")


class PrintedRow:
    """One row of a grid; the same row only if it is the same object.

    Attributes:
        cells: the cells that begin in this row, left to right.
        groups: cells that began above and span into this row: the labels of its groups.
        label_end: how many leading cells are labels: all up to the last cell that is words, not a value.
        labels: non-empty label texts from the outermost to the row's own, groups from above included.
        values: the cells after the last label.
    """

    __slots__ = ("cells", "grid", "groups", "label_end", "labels", "values")

    def __init__(self, cells: tuple[Cell, ...], groups: tuple[Cell, ...], grid: Grid) -> None:
        self.cells, self.groups, self.grid = cells, groups, grid
        self.label_end = next(
            (index for index in range(len(cells), 0, -1) if is_label(cells[index - 1].text)), 0
        )
        above = [cell for cell in groups if is_label(cell.text)]
        above.sort(key=_column)
        self.labels = tuple(cell.text for cell in (*above, *cells[: self.label_end]) if cell.text)
        self.values = cells[self.label_end :]

    def glued(self, below: "PrintedRow") -> "PrintedRow":
        """This row with the texts of ``below`` put under its own: one row that a page break cut in two."""
        labels = list(self.cells[: self.label_end])
        more = "".join(cell.text for cell in below.cells[: below.label_end])
        if labels:
            labels[-1] = labels[-1]._replace(text=f"{labels[-1].text}\n{more}".strip())
        elif below.label_end:
            labels = list(below.cells[: below.label_end])
        upper, lower = self.values, below.values
        if not any(cell.text for cell in upper):
            values = lower or upper
        elif not any(cell.text for cell in lower) or len(upper) != len(lower):
            values = upper
        else:
            values = tuple(
                one._replace(text=f"{one.text}\n{two.text}".strip()) if two.text else one
                for one, two in zip(upper, lower, strict=True)
            )
        return PrintedRow((*labels, *values), self.groups, self.grid)


@lru_cache(maxsize=16384)
def is_label(text: str) -> bool:
    """Whether a cell's text is words of a label rather than a value."""
    return bool(text) and not is_value(text) and len(normalise(text)) > 0 and not _mostly_digits(text)


def _mostly_digits(text: str) -> bool:
    """``2 3`` or ``12（注）`` stand in a value's place even if they cannot be read as one number."""
    key = normalise(text)
    return sum(character.isdigit() for character in key) * 2 >= len(key)


def printed_rows(grid: Grid) -> Iterator[PrintedRow]:
    """The rows of ``grid`` top to bottom; rows without cells of their own are left out."""
    own: dict[int, list[Cell]] = {}
    reaching: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        own.setdefault(cell.row, []).append(cell)
        if cell.row_span > 1:
            for row in range(cell.row + 1, cell.row + cell.row_span):
                reaching.setdefault(row, []).append(cell)
    for row in sorted(own):
        cells = tuple(sorted(own[row], key=_column))
        yield PrintedRow(cells, tuple(reaching.get(row, ())), grid)
