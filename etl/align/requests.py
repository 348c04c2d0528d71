"""Section three: requests, rows by outcome and columns by applicant."""

from collections.abc import Sequence
from functools import cache

from etl.align.columns import Headings, Layout, extent
from etl.align.found import Found
from etl.align.labels import (
    BY_ELIMINATION,
    Match,
    Printed,
    Targets,
    match_one,
    match_rows,
    repeated_rows,
)
from etl.align.mending import best_likeness, mend_cut_rows
from etl.align.rows import PrintedRow
from etl.align.tables import Piece, column_groups, column_targets, row_targets
from etl.forms import forms_with, load_forms
from etl.model import Cell

TABLE = "requests"


def align_requests(pieces: Sequence[Piece], prefer: str | None) -> tuple[str | None, list[Found]]:
    """Match the pieces of section three.

    Args:
        pieces: its grids in reading order.
        prefer: the form that section two is printed on, for when the rows fit two forms equally well.

    Returns:
        the form whose rows these are, and the cells found; (None, []) if no row fits any form.
    """
    rows = [(row, piece) for piece in pieces for row in piece.data]
    best: tuple[tuple[float, ...], str, list[tuple[PrintedRow, Piece]], dict[int, Match]] | None = None
    for form in (form.id for form in forms_with(TABLE)):
        targets = row_targets(form, TABLE)
        whole = [(row, piece) for row, piece in mend_cut_rows(rows, targets) if row.values]
        printed = [Printed(_own_label(row, targets), row.labels[:-1]) for row, _ in whole]
        matches = {
            index: match
            for index, match in match_rows(printed, targets).items()
            if match.confidence > BY_ELIMINATION or len(whole[index][0].values) >= _columns(form)
        }
        fit = (
            len(matches),
            len(matches) - len(targets),
            form == prefer,
            sum(m.confidence for m in matches.values()),
        )
        if matches and (best is None or fit > best[0]):
            best = fit, form, whole, matches
        if len(matches) == len(targets) == _most_rows():
            break  # no other form can fit better
    if best is None:
        return None, []
    _, form, whole, matches = best
    printed = [Printed(row.labels[-1] if row.labels else "", ()) for row, _ in whole]
    again = repeated_rows(printed, row_targets(form, TABLE), matches)
    matches |= {index: match for index, match in again.items() if whole[index][1].headed}
    return form, _cells(form, pieces, whole, matches)


@cache
def _most_rows() -> int:
    return max(len(row_targets(form.id, TABLE)) for form in forms_with(TABLE))


def _columns(form: str) -> int:
    return len(column_targets(form, TABLE))


def _own_label(row: PrintedRow, targets: Targets) -> str:
    """The row's last label; with the one before it where a rule cuts a label in two."""
    labels = row.labels
    if len(labels) < 2:
        return labels[-1] if labels else ""
    joined = labels[-2] + labels[-1]
    if best_likeness(joined, targets) > max(best_likeness(labels[-1], targets), 90):
        return joined
    return labels[-1]


def _cells(
    form: str, pieces: Sequence[Piece], rows: Sequence[tuple[PrintedRow, Piece]], matches: dict[int, Match]
) -> list[Found]:
    part = load_forms()[form].table(TABLE).parts[0]
    order = tuple(column.key for column in part.columns)
    kinds = {column.key: column.kind for column in part.columns}
    targets = row_targets(form, TABLE)
    found: list[Found] = []
    known: Headings | None = None
    known_width: float | None = None
    layouts: dict[int, Layout] = {}
    cut: list[PrintedRow] = []  # headings that a page's end parts from the rest
    for piece in pieces:
        printed, is_ruled = piece.headings, piece.grid.is_ruled
        headings = _headings(printed, is_ruled, form)
        if headings is None and cut:
            headings = _headings([*cut, *printed], is_ruled, form)
        cut = [] if piece.data else [*cut, *printed]
        if headings is not None:
            known, known_width = headings, _width(piece)
        elif _width(piece) == known_width:
            headings = known  # the same columns go on below, or on the next page
        of_piece = [row for row, its in rows if its is piece]
        layouts[id(piece)] = Layout.of(of_piece, headings, _counted_order(headings) or order)
    for index, (row, piece) in enumerate(rows):
        if index not in matches:
            continue
        match = matches[index]
        assigned = layouts[id(piece)].assign(row)
        row_key, reader = targets[match.target].key, piece.grid.reader
        confidence = min(match.confidence, assigned.confidence)
        found += [
            Found(TABLE, row_key, key, kinds[key], None, cell, reader, confidence)
            for key, cell in assigned.cells.items()
        ]
    return found


def _width(piece: Piece) -> float | None:
    """How many columns a grid has; of a grid with places on a page nothing, for there places tell columns."""
    if piece.rows[0][1].cells[0].place.box is not None:
        return 0
    return max(extent(row.cells[-1])[1] for _, row in piece.rows)


def _counted_order(headings: Headings | None) -> tuple[str, ...] | None:
    """The printed order of columns where it is all there is to go by."""
    return headings.keys if headings is not None and headings.middles is None else None


def _headings(rows: Sequence[PrintedRow], is_ruled: bool, form: str) -> Headings | None:
    """The seven column headings of a table, or None unless each is there once."""
    targets = column_targets(form, TABLE)
    cells: dict[str, Cell] = {}
    for cell in [cell for row in rows for cell in row.cells] if is_ruled else _in_order(rows):
        match = match_one(cell.text, targets)
        if match is not None:
            key = targets[match.target].key
            if key in cells:
                return None
            cells[key] = cell
    if len(cells) < len(targets):
        return None
    return Headings.under(cells, is_ruled)


def _in_order(rows: Sequence[PrintedRow]) -> list[Cell]:
    """Heading cells as read where columns are only counted: those of a group stand in the next line.

    Empty where a line of headings has no group above it to stand under: then their order is not known.
    """
    groups = column_groups(TABLE)
    ordered: list[Cell] = []
    for row in reversed(rows):
        inner, ordered = ordered, []
        for cell in row.cells:
            if inner and match_one(cell.text, groups):
                ordered += inner
                inner = []
            elif cell.text:
                ordered.append(cell)
        if inner and len(rows) > 1:
            return []
    return ordered
