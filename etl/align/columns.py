"""Which of a row's cells stands under which column heading.

Columns are physical where a table is ruled: a value belongs to the heading above it. Where headings are
missing, shifted or only counted, values are taken in order after the last label. Both ways are tried, and
the first is trusted only where it holds for the table as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from etl.align.rows import PrintedRow, is_label
from etl.model import Cell

SURE = 1.0
BY_ORDER = 0.95  # in order, although the headings stand elsewhere
BY_TRIMMING = 0.9  # in order after leaving out cells without text
AMBIGUOUS = 0.6  # blanks leave more than one reading of the order

_TRUSTED_SHARE = 0.8

Extent = tuple[float, float]


def extent(cell: Cell) -> Extent:
    """Where a cell stands across its page: points in a PDF, column numbers elsewhere."""
    if cell.place.box is not None:
        return cell.place.box[0], cell.place.box[2]
    return cell.column, cell.column + cell.column_span


@dataclass(frozen=True)
class Headings:
    """Column keys in printed order, with the middle of each heading where columns are physical."""

    keys: tuple[str, ...]
    middles: tuple[float, ...] | None

    @classmethod
    def under(cls, cells: dict[str, Cell], is_ruled: bool) -> "Headings":
        """Headings from their cells, which are given by column key in the form's order."""
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


def trusted(headings: Headings | None, rows: Sequence[PrintedRow]) -> bool:
    """Whether values stand under these headings in nearly every row that has values."""
    if headings is None or headings.middles is None:
        return False
    candidates = [row for row in rows if len(row.values) >= min(len(headings.keys), 2)]
    fitting = sum(_below(headings, row) is not None for row in candidates)
    return bool(candidates) and fitting >= _TRUSTED_SHARE * len(candidates)


def assign(row: PrintedRow, headings: Headings | None, order: Sequence[str], trust: bool) -> Assigned:
    """Give the row's values to columns.

    Args:
        row: a printed data row.
        headings: the headings over it, if any are known.
        order: the form's columns, for rows whose headings cannot be used.
        trust: whether values stand under their headings, see `trusted`.
    """
    count = len(order)
    in_order = _in_order(row.values, order)
    if headings is not None and trust and (found := _below(headings, row)) is not None:
        same = in_order is not None and in_order.cells == found
        crowded = any(cell.text for cell in row.values if cell not in found.values())
        return Assigned(found, SURE if same or not crowded else AMBIGUOUS)
    if in_order is None:
        return Assigned({}, AMBIGUOUS)
    doubted = trust or (row.grid.is_ruled and len(row.values) != count)
    return Assigned(in_order.cells, min(in_order.confidence, BY_ORDER) if doubted else in_order.confidence)


def _below(headings: Headings, row: PrintedRow) -> dict[str, Cell] | None:
    """For each heading the one cell of the row below it; None unless each has a cell of its own."""
    assert headings.middles is not None
    found: dict[str, Cell] = {}
    for key, middle in zip(headings.keys, headings.middles, strict=True):
        below = [cell for cell in row.cells if extent(cell)[0] < middle < extent(cell)[1]]
        if len(below) != 1 or is_label(below[0].text) or below[0] in found.values():
            return None
        found[key] = below[0]
    return found


def _in_order(values: Sequence[Cell], order: Sequence[str]) -> Assigned | None:
    """The values as the columns in order, cells without text at either end left out where they are too many."""
    count = len(order)
    if len(values) < count:
        return None
    if len(values) == count:
        return Assigned(dict(zip(order, values, strict=True)), SURE)
    stated = [index for index, cell in enumerate(values) if cell.text]
    if not stated:
        return Assigned(dict(zip(order, values[:count], strict=True)), SURE)
    first, last = stated[0], stated[-1]
    starts = range(max(0, last - count + 1), min(first, len(values) - count) + 1)
    if len(starts) == 0:
        return None
    start = starts[0]
    confidence = BY_TRIMMING if values[0].place.box or values[0].column_span > 1 else SURE
    chosen = values[start : start + count]
    return Assigned(
        dict(zip(order, chosen, strict=True)), confidence if len(starts) == 1 else AMBIGUOUS
    )
