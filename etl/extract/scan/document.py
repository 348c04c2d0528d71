"""Pages that are images to tables and the lines that name the report."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from etl.extract.scan.headlines import headlines
from etl.extract.scan.page import StraightPage, read_tables, straighten
from etl.extract.scan.picture import Picture
from etl.model import Grid, Problem

_FEWEST_DPI = 110.0  # below, rules of half a point fade and frames are lost
_HEADLINES = 6  # title, publisher and date stand among a report's first lines
_TITLE = re.compile(r"(?=.*[县市区旗州])(?=.*\d{4}\s*年).*(?:报告|年报)")  # tells whose, and of which year


@dataclass(frozen=True)
class ScannedPage:
    """What one image of a page holds. ``lines``: the headlines, if asked for, and the text of the tables."""

    grids: tuple[Grid, ...]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_pages(pictures: Iterable[Picture], *, with_headlines: bool = True) -> dict[int, ScannedPage]:
    """Read images of pages, one at a time, so that one at a time is in memory.

    ``with_headlines``: whether the report's first lines are wanted, to tell whose it is. They are slow.
    """
    wanted = _HEADLINES if with_headlines else 0
    pages = {}
    for picture in pictures:
        page = straighten(picture)
        above: list[str] = []
        for line in headlines(page) if wanted else ():
            above.append(line)
            wanted -= 1
            if _TITLE.search("".join(above)):
                wanted = 0
            if not wanted:
                break
        grids = read_tables(page)
        inside = (line for grid in grids for cell in grid.cells for line in cell.text.split("\n") if line)
        pages[picture.page] = ScannedPage(tuple(grids), (*above, *inside), tuple(_problems(page)))
    return pages


def _problems(page: StraightPage) -> Iterable[Problem]:
    if page.dpi < _FEWEST_DPI:
        yield Problem(
            "low_resolution",
            f"page {page.page} has {page.dpi:.0f} dots per inch; below {_FEWEST_DPI:.0f} cells and digits are"
            " lost: scan it again, at 200 or more",
        )
    if broken := sum(not frame.is_whole for frame in page.frames):
        yield Problem(
            "broken_frame",
            f"page {page.page}: the rules of {broken} of its {len(page.frames)} tables do not enclose whole"
            " rows and columns; cells may have run together",
        )
