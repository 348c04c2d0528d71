"""The tables and paragraphs of a document without pages, as plain text with their paths. Runs in the sandbox.

Nothing of the document's own markup is kept: a page builds a table of its own from this and escapes the text.
"""

import json
from typing import NamedTuple

from etl.dashboard.evidence.member import member_of
from etl.extract.read import read
from etl.model import ReadError

_LONGEST = 2000  # characters of a cell or paragraph that are kept
_MOST_ROWS = 150  # of a table that are shown around the cell


class ElementCell(NamedTuple):
    """A cell of a table as printed; ``is_marked`` where it is the one asked for."""

    text: str
    row_span: int
    column_span: int
    is_marked: bool


class Element(NamedTuple):
    """What stands around a place: a table by rows, or a paragraph (one row of one cell)."""

    rows: tuple[tuple[ElementCell, ...], ...]
    is_table: bool
    is_cut: bool  # the table has further rows


def outline(content: bytes, name: str, path: str, max_bytes: int, max_pages: int) -> bytes:
    """The grids and paragraphs of the document that ``path`` lies in, as JSON for `element_at`.

    Raises:
        ReadError: the document cannot be read.
    """
    inner, inner_name, _ = member_of(content, name, path, max_bytes)
    prefix = "" if inner is content else f"{inner_name}!"
    reading = read(inner, inner_name, max_bytes=max_bytes, max_pages=max_pages)
    grids = [
        [
            [f"{prefix}{cell.place.path}", cell.text[:_LONGEST], *cell[1:5]]
            for cell in grid.cells
            if cell.place.box is None and cell.place.path is not None
        ]
        for grid in reading.grids
    ]
    paragraphs = [
        [f"{prefix}{part.place.path}", paragraph.text[:_LONGEST]]
        for paragraph in reading.prose
        for part in paragraph.parts
    ]
    # Sentences whose element is not known are placed by their line, see etl.align.prose.
    paragraphs += [
        [f"{prefix}text/line[{number}]", line[:_LONGEST]] for number, line in enumerate(reading.lines, start=1)
    ]
    return json.dumps({"grids": grids, "paragraphs": paragraphs}, ensure_ascii=False).encode()


def element_at(outlined: bytes, path: str) -> Element:
    """What stands around ``path`` in a document that was outlined.

    Raises:
        ReadError: ``corrupt``: the document has no such element.
    """
    known = json.loads(outlined)
    for grid in known["grids"]:
        marked = next((cell for cell in grid if cell[0] == path), None)
        if marked is not None:
            return _table(grid, path, marked[2])
    for at, text in known["paragraphs"]:
        if at == path:
            return Element(((ElementCell(text, 1, 1, True),),), is_table=False, is_cut=False)
    raise ReadError("corrupt", f"the document has no element {path}")


def _table(grid: list[list[object]], path: str, marked_row: int) -> Element:
    rows: dict[int, list[ElementCell]] = {}
    numbers = sorted({cell[2] for cell in grid if isinstance(cell[2], int)})
    at = numbers.index(marked_row)
    first = max(0, min(at - _MOST_ROWS // 2, len(numbers) - _MOST_ROWS))
    shown = set(numbers[first : first + _MOST_ROWS])
    for where, text, row, _, row_span, column_span in sorted(grid, key=lambda cell: (cell[2], cell[3])):
        if row in shown:
            one = ElementCell(str(text), int(str(row_span)), int(str(column_span)), where == path)
            rows.setdefault(row, []).append(one)
    return Element(tuple(map(tuple, rows.values())), is_table=True, is_cut=len(shown) < len(numbers))
