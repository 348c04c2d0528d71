"""Doubtful cells of a scan are read a second time, and only those."""

from dataclasses import replace
from pathlib import Path

from etl.extract.again import read_again
from etl.extract.read import read
from etl.extract.scan.again import READER

SCANS = Path(__file__).parents[3] / "golden" / "scans"


def test_only_doubtful_cells_are_read_again() -> None:
    content = (SCANS / "tiff.tiff").read_bytes()
    first = read(content, "a.tiff", max_bytes=2**26, max_pages=9)
    figures = [cell for cell in first.grids[-1].cells if cell.text.isdigit()][:3]
    unread = [
        replace(grid, cells=tuple(cell._replace(text="?") for cell in grid.cells)) for grid in first.grids
    ]
    second = read_again(content, replace(first, grids=tuple(unread)), {cell.place for cell in figures})
    assert second is not None
    (again,) = second.grids
    assert again.reader == READER
    texts = {cell.place: cell.text for cell in again.cells}
    assert [texts.pop(cell.place) for cell in figures] == [cell.text for cell in figures]
    assert set(texts.values()) == {"?"}
