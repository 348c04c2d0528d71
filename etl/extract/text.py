"""Plain text exports: lines, with tables as runs of tab-separated fields."""

from etl.content.charset import decode
from etl.extract.prose import PAGE_NUMBER, paragraph, rejoined
from etl.model import Cell, Grid, Place, ReadError, Reading

READER = "text-tabs"


def read_text(content: bytes) -> Reading:
    """Read a text export whose tables are tab-separated lines.

    A cell's place is ``line[n]/field[m]``, both from 1. A line without tabs ends a table; aligning puts the
    pieces of a table together again.

    Raises:
        ReadError: ``empty`` when there is no text.
    """
    lines = decode(content).splitlines()
    if not any(line.strip() for line in lines):
        raise ReadError("empty", "the file holds no text")
    grids: list[Grid] = []
    block: list[tuple[int, str]] = []
    for number, line in enumerate((*lines, ""), start=1):
        if "\t" in line:
            block.append((number, line))
        elif block:
            grids.append(_grid(block))
            block = []
    told = [
        found
        for number, line in enumerate(lines, start=1)
        if "\t" not in line
        and not PAGE_NUMBER.fullmatch(line.strip())
        and (found := paragraph(line, Place(path=f"line[{number}]")))
    ]
    return Reading(
        "text",
        tuple(grids),
        tuple(text for line in lines if (text := line.strip())),
        prose=tuple(rejoined(told)),
    )


def _grid(block: list[tuple[int, str]]) -> Grid:
    cells = [
        Cell(text.strip(), row, column, 1, 1, Place(path=f"line[{number}]/field[{column + 1}]"))
        for row, (number, line) in enumerate(block)
        for column, text in enumerate(line.split("\t"))
    ]
    return Grid(tuple(cells), READER, is_ruled=False)
