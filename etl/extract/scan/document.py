"""Pages that are images to tables and the lines that name the report."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from etl.extract.scan.headlines import headlines
from etl.extract.scan.page import CutPage, StraightPage, cut_tables, read_tables, straighten
from etl.extract.scan.picture import Picture
from etl.model import Grid, Problem

_FEWEST_DPI = 110.0  # below, rules of half a point fade and frames are lost
_TOGETHER = 20  # pages whose lines are recognised together; one has at most a few MB of them
_HEADLINES = 6  # title, publisher and date stand among a report's first lines
_TITLE = re.compile(r"(?=.*[县市区旗州])(?=.*\d{4}\s*年).*(?:报告|年报)")  # tells whose, and of which year


@dataclass(frozen=True)
class ScannedPage:
    """What one image of a page holds. ``lines``: the headlines, if asked for, and the text of the tables."""

    grids: tuple[Grid, ...]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]


class _Prepared(NamedTuple):
    above: tuple[str, ...]
    tables: CutPage
    problems: tuple[Problem, ...]


def read_pages(pictures: Iterable[Picture], *, with_headlines: bool = True) -> list[ScannedPage]:
    """Read images of pages. One at a time is in memory; what is cut out of some is recognised together.

    ``with_headlines``: whether the report's first lines are wanted, to tell whose it is. They are slow.
    """
    pages: list[ScannedPage] = []
    prepared = _prepared(pictures, _HEADLINES if with_headlines else 0)
    while some := list(islice(prepared, _TOGETHER)):
        for page, grids in zip(some, read_tables([one.tables for one in some]), strict=True):
            inside = (line for grid in grids for cell in grid.cells for line in cell.text.split("\n") if line)
            pages.append(ScannedPage(tuple(grids), (*page.above, *inside), page.problems))
    return pages


def _prepared(pictures: Iterable[Picture], wanted: int) -> Iterator[_Prepared]:
    """``wanted``: how many headlines are looked for at most."""
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
        yield _Prepared(tuple(above), cut_tables(page), tuple(_problems(page)))


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
