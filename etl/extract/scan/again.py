"""The second reader of scans: doubtful cells recognised again, from black and white and at another size."""

from collections.abc import Collection, Iterable, Sequence

from etl.extract.scan.page import StraightPage, cut, read_cells, straighten
from etl.extract.scan.picture import Picture
from etl.extract.scan.recogniser import recognise_again
from etl.model import Grid, Place

READER = "scan-rapidocr-again"


def read_pages_again(
    pictures: Iterable[Picture], first: Sequence[Grid], doubtful: Collection[Place]
) -> list[Grid]:
    """The grids of a first reading with the cells at ``doubtful`` read anew; grids without such are left out.

    Args:
        pictures: the pages that ``first`` was read from.
        first: the grids of the first reading.
        doubtful: where the cells to be read again lie.
    """
    grids: list[Grid] = []
    for picture in pictures:
        of_page = [grid for grid in first if grid.cells[0].place.page == picture.page]
        grids += _read_again(straighten(picture), of_page, doubtful)
    return grids


def _read_again(page: StraightPage, first: Sequence[Grid], doubtful: Collection[Place]) -> Iterable[Grid]:
    if [len(frame.patches) for frame in page.frames] != [len(grid.cells) for grid in first]:
        return  # they were read from an image on the page, not from the page
    for frame, grid in zip(page.frames, first, strict=True):
        asked = [index for index, cell in enumerate(grid.cells) if cell.place in doubtful]
        if asked:
            patches = [(frame, frame.patches[index]) for index in asked]
            (cells,) = read_cells([cut(page, patches)], recognise_again)
            again = dict(zip(asked, cells, strict=True))
            yield Grid(tuple(again.get(index, cell) for index, cell in enumerate(grid.cells)), READER)
