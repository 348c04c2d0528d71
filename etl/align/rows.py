"""Grids as rows: for each printed row its own cells and the cells that reach down into it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from etl.forms.labels import normalise
from etl.forms.values import is_value
from etl.model import Cell, Grid


@dataclass(frozen=True, eq=False)
class PrintedRow:
    """One row of a grid; the same row only if it is the same object.

    Attributes:
        cells: the cells that begin in this row, left to right.
        groups: cells that began above and span into this row: the labels of its groups.
    """

    cells: tuple[Cell, ...]
    groups: tuple[Cell, ...]
    grid: Grid

    @cached_property
    def label_end(self) -> int:
        """How many leading cells are labels: all up to the last cell that is words, not a value."""
        for index in range(len(self.cells) - 1, -1, -1):
            if is_label(self.cells[index].text):
                return index + 1
        return 0

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Non-empty label texts from the outermost to the row's own, groups from above included."""
        inherited = [cell for cell in self.groups if is_label(cell.text)]
        texts = [cell.text for cell in sorted(inherited, key=lambda cell: cell.column)]
        return (*texts, *(cell.text for cell in self.cells[: self.label_end] if cell.text))

    @cached_property
    def values(self) -> tuple[Cell, ...]:
        """The cells after the last label."""
        return self.cells[self.label_end :]

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
        for row in range(cell.row + 1, cell.row + cell.row_span):
            reaching.setdefault(row, []).append(cell)
    for row in sorted(own):
        cells = tuple(sorted(own[row], key=lambda cell: cell.column))
        yield PrintedRow(cells, tuple(reaching.get(row, ())), grid)
