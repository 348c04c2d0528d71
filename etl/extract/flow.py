"""Printed lines of pages to the paragraphs that were set in them (PDF, OFD, scans)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple, Self

from etl.extract.characters import Character, lines_of
from etl.extract.prose import OPENING, PAGE_NUMBER, joined, paragraph, told_in
from etl.forms import load_forms
from etl.forms.labels import compact
from etl.model import Box, Grid, Paragraph, Place

_INDENT = 1.3  # ems from which on a line is indented; an opening bracket has its ink half an em in
_DEEPEST = 4.5  # ems: what stands farther in is centred
_SHORT = 1.2  # ems that a full line may lack: a closing mark may not begin the next line
_PARTED = 1.3  # of the usual distance between lines: more parts paragraphs, where they are not indented
_FAR = 3.0  # ems between lines that something stands between
_ENOUGH = 4  # long lines, of which one may stick out
_FEW = 2  # indented lines that do not make a habit
_EDGE_LINES = 2  # at the head and foot of a page that may be running heads
_TOKEN = re.compile(r"[（《「『“‘(\[〔【]*(?:[A-Za-z0-9.,%:/@_\-—－]+|.)[，。、；：？！）》」』”’…％%)\]〕】]*")
"""What is not parted at a line's end: a mark from what it belongs to, and most figures and Latin words."""
_CANNOT_BEGIN = frozenset("，。、；：？！）》」』”’…％%)],.;:!?")
_LEAST_EM = 1.0  # points: damage can leave characters without size
_ANYWHERE = 10_000.0  # points; no page is as wide
_DIGITS = re.compile(r"\d+")


class Page(NamedTuple):
    """A page's characters in points from its bottom left, its height, and the tables found on it."""

    number: int
    height: float
    characters: Sequence[Character]
    grids: Sequence[Grid]


class Line(NamedTuple):
    """A line of text outside tables, its box on the upright page in points from the top left, its type's size,
    and where it is printed."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    em: float
    place: Place


class PageText(NamedTuple):
    """A page's lines from top to bottom, its height in points, and whether it has a table without rules."""

    number: int
    height: float
    lines: Sequence[Line]
    has_unruled: bool = False

    def with_more(self, other: Self) -> Self:
        """The page with the lines of another picture on it."""
        return self._replace(lines=sorted([*self.lines, *other.lines], key=lambda line: line.top))

    def numbered(self, number: int) -> Self:
        """The page as one of another number; what is printed stays where it is."""
        return self._replace(number=number, lines=[line._replace(page=number) for line in self.lines])


class _Setting(NamedTuple):
    """How the text of pages of one size is set: its edges, the distance of its lines, whether paragraphs are
    indented, and whether any of them has a second line."""

    left: float
    right: float
    usual: float
    is_indented: bool = False
    goes_on: bool = True


def units_of(text: str) -> float:
    """The width of a text in ems: Latin characters are half as wide as Chinese ones."""
    return sum(0.5 if one.isascii() else 1.0 for one in text)


def text_on(page: Page) -> PageText:
    """The lines of a page outside its tables."""
    has_unruled = any(not grid.is_ruled for grid in page.grids)
    return PageText(page.number, page.height, _lines(page), has_unruled)


def paragraphs_in(pages: Iterable[PageText]) -> list[Paragraph]:
    """The lines of pages put together to paragraphs, without page numbers and running heads.

    A part of a paragraph is a line of print, with the page and the box around it.
    """
    shown = list(pages)
    size = {page.number: round(page.height) for page in shown}
    lines = [line for page in _without_edges([page.lines for page in shown]) for line in page]
    settings = {
        height: _setting([line for line in lines if size[line.page] == height]) for height in set(size.values())
    }
    found: list[Paragraph] = []
    before: Line | None = None
    unruled = {page.number for page in shown if page.has_unruled}
    for line in lines:
        if line.page in unruled and _is_caption(line.text):
            continue  # above the columns of a table without rules, which does not hold it
        one = paragraph(line.text, line.place)
        if one is None:
            continue
        if before is not None and not _opens(before, line, settings[size[line.page]]):
            found[-1] = joined(found[-1], one)
        else:
            found.append(one)
        before = line
    return found


def _is_caption(text: str) -> bool:
    """Whether a line holds nothing but what the forms print over columns."""
    rest = compact(text)
    for word in _captions():
        rest = rest.replace(word, "")
    return not rest


@cache
def _captions() -> tuple[str, ...]:
    """What the forms print over columns, long before short."""
    words = {"信息内容", "申请人情况", "行政诉讼"}
    for form in load_forms().values():
        for table in form.tables:
            for part in table.parts:
                words |= {column.under for column in part.columns if column.under}
                words |= {name for column in part.columns for name in (column.zh, *column.aliases)}
                words |= {row.under for row in part.rows if row.under}
                words |= {row.zh for row in part.rows if table.layout == "across"}
    return tuple(sorted(map(compact, words), key=len, reverse=True))


def _setting(lines: Sequence[Line]) -> _Setting:
    if not lines:
        return _Setting(0.0, 0.0, 0.0)
    longest = max(line.x1 - line.x0 for line in lines)
    long_ones = [line for line in lines if (line.x1 - line.x0) >= 0.8 * longest] or list(lines)
    ends = sorted(line.x1 for line in long_ones)
    right = ends[-2] if len(ends) > _ENOUGH else ends[-1]
    followed = [
        (above, below)
        for above, below in pairwise(lines)
        if not _ends(above)
        and above.x1 + 2 * _SHORT * above.em > right
        and abs(above.em - below.em) < 0.2 * above.em
    ]
    left = median(below.x0 for _, below in followed) if followed else min(line.x0 for line in long_ones)
    steps = [below.top - above.top for above, below in pairwise(lines) if above.page == below.page]
    return _Setting(
        left,
        right,
        _usual([step for step in steps if step > 0]),
        sum(_INDENT < (line.x0 - left) / line.em < _DEEPEST for line in lines) > _FEW,
        bool(followed),
    )


def _ends(line: Line) -> bool:
    """Whether a sentence ends with the line."""
    return line.text.rstrip("”’）)」』》 ")[-1:] in tuple("。！？：；")


def _opens(before: Line, line: Line, page: _Setting) -> bool:
    """Whether a line opens a paragraph."""
    if line.text[0] in _CANNOT_BEGIN:
        return False
    em = max(before.em, line.em)
    step = line.top - before.top
    if abs(before.em - line.em) > 0.2 * em and min(len(before.text), len(line.text)) > 3:
        return True
    if before.page == line.page and (step <= 0 or step > max(_FAR * em, page.usual * 1.8)):
        return True
    if (line.x0 - page.left) / em > _INDENT:
        return True
    token = _TOKEN.match(line.text)
    needed = em * units_of(token.group()) if token else 0.0
    if before.x1 + needed + _SHORT * em < page.right:
        return True
    if page.is_indented:
        return False
    if _ends(before) and not page.goes_on:
        return True
    return (before.page == line.page and step > _PARTED * page.usual) or OPENING.match(line.text) is not None


def _usual(steps: Sequence[float]) -> float:
    """The distance of lines within paragraphs: that most frequent, of the smaller ones."""
    if not steps:
        return 0.0
    counts = Counter(round(step) for step in steps)
    most = max(counts.values())
    return float(min(step for step, count in counts.items() if count * 2 >= most))


def _lines(page: Page) -> list[Line]:
    outside = _outside(page)
    found = []
    for characters in lines_of(outside):
        em, top = _LEAST_EM, 0.0
        bottom = page.height
        for _, x0, y0, x1, y1 in characters:
            em = max(em, x1 - x0, y1 - y0)
            top, bottom = max(top, y1), min(bottom, y0)
        box = (characters[0].x0, page.height - top, characters[-1].x1, page.height - bottom)
        x0, y0, x1, y1 = (round(edge, 2) for edge in box)
        text = "".join([one.text for one in characters])
        found.append(Line(text, page.number, *box, em, Place(page.number, (x0, y0, x1, y1))))
    return found


def _outside(page: Page) -> list[Character]:
    """The characters outside the page's tables, and in those of their cells that hold running text."""
    tables: list[Box] = []
    told: list[Box] = []
    for grid in page.grids:
        boxes = [
            (index, cell.place.box)
            for index, cell in enumerate(grid.cells)
            if cell.place.page == page.number and cell.place.box is not None
        ]
        if boxes:
            of_text = told_in(grid.cells)
            left, top, right, foot = _around([box for _, box in boxes])
            if not grid.is_ruled:  # nothing says where it ends at the sides; no text runs beside it
                left, right = -_ANYWHERE, _ANYWHERE
            tables.append((left, top, right, foot))
            told += [box for index, box in boxes if index in of_text]
    outside = list(page.characters)
    inside: list[Character] = []
    for box in tables:
        if told:
            inside += _within(box, outside, page.height)
        x0, y0, x1, y1 = _doubled(box, page.height)
        outside = [one for one in outside if not (x0 <= one.x0 + one.x1 <= x1 and y0 <= one.y0 + one.y1 <= y1)]
    for box in told:
        outside += _within(box, inside, page.height)
    return outside


def _within(box: Box, characters: Sequence[Character], height: float) -> list[Character]:
    """The characters whose middle lies in a box."""
    x0, y0, x1, y1 = _doubled(box, height)
    return [one for one in characters if x0 <= one.x0 + one.x1 <= x1 and y0 <= one.y0 + one.y1 <= y1]


def _doubled(box: Box, height: float) -> Box:
    """Twice a box of a page's top left, seen from its bottom left: to hold twice the middles against."""
    return 2 * box[0], 2 * (height - box[3]), 2 * box[2], 2 * (height - box[1])


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _without_edges(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without their numbers, and without lines that stand at the edge of most of them."""
    heads = Counter(key for page in pages for key in {_key(line) for line in page[:_EDGE_LINES]})
    feet = Counter(key for page in pages for key in {_key(line) for line in page[-_EDGE_LINES:]})
    often = max(3, len(pages) // 2 + 1)
    found = []
    for page in pages:
        lines = list(page)
        for _ in range(_EDGE_LINES):
            if lines and (_is_number(lines[-1]) or feet[_key(lines[-1])] >= often):
                lines.pop()
            if lines and (_is_number(lines[0]) or heads[_key(lines[0])] >= often):
                lines.pop(0)
        found.append(lines)
    return found


def _key(line: Line) -> str:
    return _DIGITS.sub("0", line.text)


def _is_number(line: Line) -> bool:
    return PAGE_NUMBER.fullmatch(line.text) is not None
