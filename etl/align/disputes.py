"""Section four: reconsiderations and lawsuits, one line of figures under two or three rows of headings."""

from collections.abc import Sequence

from etl.align.columns import Headings, Layout, extent
from etl.align.found import Found
from etl.align.labels import label_key, match_one
from etl.align.mending import mend_cut_rows
from etl.align.rows import PrintedRow
from etl.align.tables import Piece, column_targets, row_targets
from etl.forms import forms_with, load_forms
from etl.model import Cell

TABLE = "disputes"
_SEPARATOR = "/"


def align_disputes(pieces: Sequence[Piece]) -> tuple[str | None, list[Found]]:
    """Match the pieces of section four; it is the same on every form, so the newest form's is taken.

    Returns:
        the form and the cells found; (None, []) without a line of figures.
    """
    form = forms_with(TABLE)[0].id
    part = load_forms()[form].table(TABLE).parts[0]
    everything = [f"{row.key}{_SEPARATOR}{column.key}" for row in part.rows for column in part.columns]
    found: dict[str, Found] = {}
    stated: set[str] = set()  # found in a line that states something; a blank one may be no line of the table
    again: list[Found] = []  # of a table printed twice: they may differ
    above: list[PrintedRow] = []
    complete = False
    mended = mend_cut_rows([(row, piece) for piece in pieces for row in piece.data], row_targets(form, TABLE))
    for piece in pieces:
        # A page break may cut the headings themselves; they go on until figures have stood under them.
        above = [*([] if complete else above), *piece.headings] if piece.headed else above
        complete = False
        asked = _wanted(above, everything)
        wanted = [key for key in asked if key not in stated]
        is_again = piece.headed and not wanted
        wanted = asked if is_again else wanted
        headings = _headings(above, form, piece)
        for row in (row for row, its_piece in mended if its_piece is piece):
            if not wanted:
                break
            assigned = Layout.of([row], headings, wanted).assign(row)
            for key, cell in assigned.cells.items():
                group, outcome = key.split(_SEPARATOR)
                claim = Found(
                    TABLE, group, outcome, "count", None, cell, piece.grid.reader, assigned.confidence
                )
                if is_again:
                    again.append(claim)
                else:
                    found[key] = claim
            complete = complete or bool(assigned.cells)
            if any(cell.text for cell in assigned.cells.values()):
                stated |= assigned.cells.keys()
                break  # the line of figures; what follows is notes
    ordered = [found[key] for key in everything if key in found]
    return (form, [*ordered, *again]) if ordered else (None, [])


def _wanted(above: Sequence[PrintedRow], everything: Sequence[str]) -> list[str]:
    """The cells a grid with these headings holds: all, or one side where the two are printed apart."""
    words = "".join(label_key(cell.text) for row in above for cell in row.cells)
    has_review = "行政复议" in words
    has_lawsuit = "起诉" in words or "行政诉讼" in words
    if has_review == has_lawsuit:
        return list(everything)
    return [key for key in everything if key.startswith("review") == has_review]


def _headings(above: Sequence[PrintedRow], form: str, piece: Piece) -> Headings | None:
    """Each outcome heading with the group heading over it, or None unless all are there once."""
    if not piece.grid.is_ruled:
        return None
    outcomes = column_targets(form, TABLE)
    groups = row_targets(form, TABLE)
    over: list[tuple[str, Cell]] = []
    cells: dict[str, Cell] = {}
    for row in above:
        for cell in row.cells:
            if (match := match_one(cell.text, groups)) is not None:
                over.append((groups[match.target].key, cell))
            elif (match := match_one(cell.text, outcomes)) is not None:
                middle = sum(extent(cell)) / 2
                holding = [group for group, head in over if extent(head)[0] < middle < extent(head)[1]]
                if len(holding) != 1:
                    return None
                key = f"{holding[0]}{_SEPARATOR}{outcomes[match.target].key}"
                if key in cells:
                    return None
                cells[key] = cell
    if not cells or len(cells) % len(outcomes):
        return None
    return Headings.under(cells, is_ruled=True)
