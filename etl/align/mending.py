"""Rows that a page break cut in two, put together again."""

from collections.abc import Sequence
from functools import lru_cache

from etl.align.labels import Targets, likenesses
from etl.align.rows import PrintedRow
from etl.align.tables import Piece

_WHOLE = 90.0  # a label this like a row's is that row's whole label


def mend_cut_rows(rows: Sequence[tuple[PrintedRow, Piece]], targets: Targets) -> list[tuple[PrintedRow, Piece]]:
    """Glue each row that is the rest of the row above: the end of its label, or its values, or both.

    Args:
        rows: data rows in reading order, each with the piece of the table it stands in.
        targets: the rows of the form, to tell half a label by.
    """
    whole: list[tuple[PrintedRow, Piece]] = []
    for row, piece in rows:
        if whole:
            above, piece_above = whole[-1]
            if _is_rest_of(above, row, piece is not piece_above, targets):
                whole[-1] = above.glued(row), piece_above
                continue
        whole.append((row, piece))
    return whole


def _is_rest_of(above: PrintedRow, row: PrintedRow, across_pages: bool, targets: Targets) -> bool:
    values_above = any(cell.text for cell in above.values)
    values_here = any(cell.text for cell in row.values)
    if values_above and values_here and not across_pages:
        return False
    upper = "".join(cell.text for cell in above.cells[max(above.label_end - 1, 0) : above.label_end])
    lower = "".join(cell.text for cell in row.cells[: row.label_end])
    if not lower and values_above and values_here:
        return _goes_on_in_figures(above, row)
    if not lower:
        return across_pages and bool(upper) and values_here and not values_above
    if not upper:
        return False
    together, alone = best_likeness(upper + lower, targets), best_likeness(lower, targets)
    if together < _WHOLE or together <= max(best_likeness(upper, targets), alone):
        return False
    return alone < _WHOLE or (together == 100 and not values_here)


def _goes_on_in_figures(above: PrintedRow, row: PrintedRow) -> bool:
    """Whether figures wrapped in narrow cells go on below the break: 150 above, 0 below.

    A row of its own that lost its label would have a figure in every column.
    """
    pairs = list(zip(above.values, row.values, strict=False))
    lower = [(one.text, two.text) for one, two in pairs if two.text]
    if len(above.values) != len(row.values) or len(lower) == len(pairs):
        return False
    return all(two.isdigit() and len(one) >= max(2, len(two)) and one[-1].isdigit() for one, two in lower)


@lru_cache(maxsize=16384)
def best_likeness(label: str, targets: Targets) -> float:
    """How like any of the rows a label is, 0 to 100."""
    return max(likenesses(label, targets))
