"""Pages that are images to tables and the lines that name the report."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

from etl.extract.flow import PageText
from etl.extract.scan.headlines import headlines
from etl.extract.scan.page import CutPage, StraightPage, cut_tables, read_tables, straighten
from etl.extract.scan.picture import Picture
from etl.extract.scan.running import CutText, cut_text, read_texts
from etl.extract.scan.told import with_told
from etl.model import Grid, Problem

Wanted = Literal["tables", "headlines", "text"]
"""What is read: tables alone; with the first lines, which tell whose report it is; or with all running text."""

_FEWEST_DPI = 110.0  # below, rules of half a point fade and frames are lost
_TOGETHER = 20  # pages whose lines are recognised together; one has at most a few MB of them
_HEADLINES = 6  # title, publisher and date stand among a report's first lines
_TITLE = re.compile(r"(?=.*[县市区旗州])(?=.*\d{4}\s*年).*(?:报告|年报)")  # tells whose, and of which year


@dataclass(frozen=True)
class ScannedPage:
    """What one image of a page holds. ``lines`` are its headlines or running text, whichever was asked for, and
    the text of its tables; ``text`` is the running text alone."""

    grids: tuple[Grid, ...]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]
    text: PageText | None = None


class _Prepared(NamedTuple):
    above: tuple[str, ...]
    tables: CutPage
    problems: tuple[Problem, ...]
    text: CutText | None
    tops: tuple[float, ...]  # of the tables, in points of the straight page


def read_pages(pictures: Iterable[Picture], wanted: Wanted = "text") -> list[ScannedPage]:
    """Read images of pages. One at a time is in memory; what is cut out of some is recognised together.

    Running text takes about as long as tables do, headlines a tenth of that.
    """
    pages: list[ScannedPage] = []
    prepared = _prepared(pictures, wanted)
    while some := list(islice(prepared, _TOGETHER)):
        tables = read_tables([one.tables for one in some])
        texts = iter(read_texts([one.text for one in some if one.text is not None]))
        for page, grids in zip(some, tables, strict=True):
            outside = text = next(texts) if page.text is not None else None
            if page.text is not None and text is not None:
                patches = [patch for _, patch in page.tables.patches]
                text = with_told(text, grids, patches, page.text.dpi)
            lines = (*page.above, *_lines(grids, page, outside))
            pages.append(ScannedPage(tuple(grids), lines, page.problems, text))
    return pages


def _lines(grids: Sequence[Grid], page: _Prepared, text: PageText | None) -> Iterator[str]:
    """The text of the page's tables, and its running text where it stands above, between and below them."""
    rest = list(text.lines) if text is not None else []
    for top, grid in zip(page.tops, grids, strict=True):
        while rest and rest[0].top < top:
            yield rest.pop(0).text
        yield from (line for cell in grid.cells for line in cell.text.split("\n") if line)
    yield from (line.text for line in rest)


def _prepared(pictures: Iterable[Picture], wanted: Wanted) -> Iterator[_Prepared]:
    still = _HEADLINES if wanted == "headlines" else 0
    for picture in pictures:
        page = straighten(picture)
        above: list[str] = []
        for line in headlines(page) if still else ():
            above.append(line)
            still -= 1
            if _TITLE.search("".join(above)):
                still = 0
            if not still:
                break
        text = cut_text(page) if wanted == "text" else None
        tops = tuple(frame.box[1] * 72 / page.dpi for frame in page.frames if frame.patches)
        yield _Prepared(tuple(above), cut_tables(page), tuple(_problems(page)), text, tops)


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
