"""Section two: what was disclosed unasked, one small table an item of Article 20."""

from collections.abc import Sequence

from etl.align.columns import Headings, Layout
from etl.align.found import Found
from etl.align.labels import ALIKE, BY_ELIMINATION, Printed, match_one, match_rows, repeated_rows
from etl.align.mending import mend_cut_rows
from etl.align.rows import PrintedRow
from etl.align.tables import Piece, column_targets, row_targets
from etl.forms import forms_with, load_forms
from etl.forms.model import Part
from etl.forms.values import unit_note
from etl.model import Cell

TABLE = "disclosure"
_COUNTS = frozenset("件 项 个 条 次 篇 人 人次".split())  # units that are none of money


def align_disclosure(pieces: Sequence[Piece]) -> tuple[str | None, list[Found]]:
    """Match the pieces of section two.

    Returns:
        the form they are printed on, told from the column headings, and the cells found;
        (None, []) if no row fits any form.
    """
    headings = _headings_above(pieces)
    rows = [(row, piece) for piece in pieces for row in piece.data if row.labels or row.values]
    best: tuple[tuple[float, ...], str, list[Found]] | None = None
    known = {form.id: _known_headings(form.id, pieces) for form in forms_with(TABLE)}
    for form in (form for form in known if known[form] == max(known.values())):
        found = _cells(form, rows, headings)
        fit = (len(found), sum(item.confidence for item in found))
        if found and (best is None or fit > best[0]):
            best = fit, form, found
    return (best[1], best[2]) if best else (None, [])


def _headings_above(pieces: Sequence[Piece]) -> dict[PrintedRow, tuple[PrintedRow, ...]]:
    """For each data row the heading rows last printed above it, on an earlier page if need be."""
    above: dict[PrintedRow, tuple[PrintedRow, ...]] = {}
    headings: tuple[PrintedRow, ...] = ()
    last_was_heading = False
    for piece in pieces:
        for is_heading, row in piece.rows:
            if is_heading:
                headings = (*headings, row) if last_was_heading else (row,)
            else:
                above[row] = headings
            last_was_heading = is_heading
    return above


def _known_headings(form: str, pieces: Sequence[Piece]) -> float:
    """How many printed column headings are this form's."""
    parts = [column_targets(form, TABLE, part) for part in range(len(load_forms()[form].table(TABLE).parts))]
    total = 0.0
    for piece in pieces:
        for row in piece.headings:
            for cell in row.cells:
                scores = [match_one(cell.text, targets) for targets in parts]
                total += max((match.confidence for match in scores if match), default=0.0)
    return total


def _cells(
    form: str, rows: Sequence[tuple[PrintedRow, Piece]], above: dict[PrintedRow, tuple[PrintedRow, ...]]
) -> list[Found]:
    table = load_forms()[form].table(TABLE)
    targets = row_targets(form, TABLE)
    part_of = {row.key: (index, part) for index, part in enumerate(table.parts) for row in part.rows}
    whole = mend_cut_rows(rows, targets)
    printed = [Printed(row.labels[-1] if row.labels else "", ()) for row, _ in whole]
    found: list[Found] = []
    matches = match_rows(printed, targets)
    again = repeated_rows(printed, targets, matches)
    matches |= {index: match for index, match in again.items() if whole[index][1].headed}
    for index, match in sorted(matches.items()):
        row, piece = whole[index]
        over = above.get(row, ())
        row_key = targets[match.target].key
        number, part = part_of[row_key]
        headings = _headings(over, form, number, piece)
        if match.confidence <= BY_ELIMINATION and (headings is None or not row.values):
            continue  # neither the label nor the headings say that this row belongs here
        order = headings.keys if headings is not None else tuple(column.key for column in part.columns)
        assigned = Layout.of([row], headings, order).assign(row)
        doubt = match.confidence if headings is not None else min(match.confidence, ALIKE)
        confidence = min(doubt, assigned.confidence)
        kinds = {column.key: column.kind for column in part.columns}
        for key, cell in assigned.cells.items():
            unit = _unit(row, over, part, key) if kinds[key] == "amount" else None
            found.append(Found(TABLE, row_key, key, kinds[key], unit, cell, piece.grid.reader, confidence))
    return found


def _headings(rows: Sequence[PrintedRow], form: str, part: int, piece: Piece) -> Headings | None:
    """The column headings of one part, or None where those printed above are another part's or missing.

    One heading that cannot be read is taken for the one column that is left.
    """
    targets = column_targets(form, TABLE, part)
    for row in reversed(rows):
        cells: dict[str, Cell] = {}
        unknown: list[Cell] = []
        for cell in row.cells[1:] if len(row.cells) > 1 else row.cells:
            match = match_one(cell.text, targets)
            if match is not None and targets[match.target].key not in cells:
                cells[targets[match.target].key] = cell
            elif cell.text:
                unknown.append(cell)
        missing = [target.key for target in targets.items if target.key not in cells]
        if cells and len(missing) == len(unknown) == 1:
            cells[missing[0]] = unknown[0]
            missing = []
        if not missing:
            is_ruled = piece.grid.is_ruled and row.grid is piece.grid
            return Headings.under(dict(sorted(cells.items(), key=lambda item: item[1].column)), is_ruled)
    return None


def _unit(row: PrintedRow, above: Sequence[PrintedRow], part: Part, key: str) -> str | None:
    """The unit stated nearest to a sum of money: by its label, its heading, or the caption; else the form's."""
    texts = [*row.labels, *(cell.text for heading in reversed(above) for cell in heading.cells)]
    for text in texts:
        if (unit := unit_note(text)) is not None and unit not in _COUNTS:
            return unit
    column = next(column for column in part.columns if column.key == key)
    return unit_note(column.zh)
