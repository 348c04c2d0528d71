"""Which of a row's cells stands under which column heading.

Columns are physical where a table is ruled: a value belongs to the heading above it. Where headings are
missing, shifted or only counted, values are taken in order after the last label. Both ways are tried, and
the first is trusted only where it holds for the table as a whole.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from etl.align.rows import PrintedRow, is_label
from etl.model import Cell

SURE = 1.0
BY_ORDER = 0.95  # in order, although the headings stand elsewhere
BY_CUSTOM = 0.9  # in order, beginning where the table's other rows begin
AMBIGUOUS = 0.6  # blanks leave more than one reading of the order

_TRUSTED_SHARE = 0.8

Extent = tuple[float, float]


def extent(cell: Cell) -> Extent:
    """Where a cell stands across its page: points in a PDF, column numbers elsewhere."""
    if cell.across is not None:
        return cell.across
    if cell.place.box is not None:
        return cell.place.box[0], cell.place.box[2]
    return cell.column, cell.column + cell.column_span


@dataclass(frozen=True)
class Headings:
    """Column keys in printed order, with the middle of each heading where columns are physical."""

    keys: tuple[str, ...]
    middles: tuple[float, ...] | None

    @classmethod
    def under(cls, cells: dict[str, Cell], is_ruled: bool) -> Self:
        """Headings from their cells by column key; in a grid that is not ruled, in the order printed."""
        if not is_ruled:
            return cls(tuple(cells), None)
        middles = {key: sum(extent(cell)) / 2 for key, cell in cells.items()}
        keys = sorted(middles, key=lambda key: middles[key])
        return cls(tuple(keys), tuple(middles[key] for key in keys))


@dataclass(frozen=True)
class Assigned:
    """Cells by column key; a column without a cell is absent."""

    cells: dict[str, Cell]
    confidence: float


@dataclass(frozen=True)
class Layout:
    """How the values of one printed table, or a piece of it, are laid out.

    Attributes:
        order: the form's columns, for rows whose headings cannot be used.
        below: for the rows that stand under known headings one for one, the cell under each.
        is_trusted: whether values stand under their headings in nearly every row.
        customs: where values begin after the last label, by the shape of the row, in rows that leave no doubt.
    """

    order: tuple[str, ...]
    below: dict[PrintedRow, dict[str, Cell]]
    is_trusted: bool
    customs: dict[tuple[int, int], int]

    @classmethod
    def of(cls, rows: Sequence[PrintedRow], headings: Headings | None, order: Sequence[str]) -> Self:
        seen: dict[tuple[int, int], Counter[int]] = {}
        for row in rows:
            starts = _starts(row.values, len(order))
            if len(starts) == 1 and any(cell.text for cell in row.values):
                seen.setdefault(_shape(row), Counter())[starts[0]] += 1
        customs = {shape: starts.most_common(1)[0][0] for shape, starts in seen.items()}
        below: dict[PrintedRow, dict[str, Cell]] = {}
        is_trusted = False
        if headings is not None and headings.middles is not None:
            with_values = [row for row in rows if len(row.values) >= min(len(order), 2)]
            below = {row: cells for row in with_values if (cells := _below(headings, row)) is not None}
            is_trusted = bool(with_values) and len(below) >= _TRUSTED_SHARE * len(with_values)
        return cls(tuple(order), below, is_trusted, customs)

    def assign(self, row: PrintedRow) -> Assigned:
        """Give the row's values to columns; no cells where they cannot be told apart."""
        found = self.below.get(row) if self.is_trusted else None
        if found is not None and not _leaves_some(found, row):
            return Assigned(found, SURE)
        in_order = self._in_order(row)
        if found is not None:
            return Assigned(found, SURE if in_order is not None and in_order.cells == found else AMBIGUOUS)
        if in_order is None:
            return Assigned({}, AMBIGUOUS)
        doubted = self.is_trusted or (row.grid.is_ruled and len(row.values) != len(self.order))
        return Assigned(in_order.cells, min(in_order.confidence, BY_ORDER) if doubted else in_order.confidence)

    def _in_order(self, row: PrintedRow) -> Assigned | None:
        """The values as the columns in order, cells without text at either end left out where too many."""
        count = len(self.order)
        starts = _starts(row.values, count)
        if len(starts) == 0:
            return None
        start, confidence = starts[0], SURE
        if len(starts) > 1 and any(cell.text for cell in row.values):
            custom = self.customs.get(_shape(row), -1)
            start, confidence = (custom, BY_CUSTOM) if custom in starts else (start, AMBIGUOUS)
        chosen = row.values[start : start + count]
        return Assigned(dict(zip(self.order, chosen, strict=True)), confidence)


def _leaves_some(found: dict[str, Cell], row: PrintedRow) -> bool:
    """Whether some value of the row was given to no column."""
    given = {id(cell) for cell in found.values()}
    return any(cell.text and id(cell) not in given for cell in row.values)


def _shape(row: PrintedRow) -> tuple[int, int]:
    return row.label_end, len(row.cells)


def _starts(values: Sequence[Cell], count: int) -> range:
    """Where a run of ``count`` values may begin so that it holds every value that is stated."""
    stated = [index for index, cell in enumerate(values) if cell.text]
    first, last = (stated[0], stated[-1]) if stated else (len(values), 0)
    return range(max(0, last - count + 1), min(first, len(values) - count) + 1)


def _below(headings: Headings, row: PrintedRow) -> dict[str, Cell] | None:
    """For each heading the one cell of the row below it; None unless each has a cell of its own."""
    found: dict[str, Cell] = {}
    cells = iter(row.cells)
    for key, middle in zip(headings.keys, headings.middles or (), strict=True):
        for cell in cells:
            start, end = extent(cell)
            if end > middle:
                break
        else:
            return None
        if start >= middle or is_label(cell.text):
            return None
        found[key] = cell
    return found
