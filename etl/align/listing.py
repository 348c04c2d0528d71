"""Lists of indicators: a label, its unit and a figure a line, as statistics appendices print them.

A list has no statutory shape: units and codes may have columns of their own or none, labels may be indented
over several columns, two lists may stand side by side, and figures may stand in several columns.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from etl.align.columns import extent
from etl.align.rows import PrintedRow, is_label, printed_rows
from etl.forms.labels import compact, normalise, numbering
from etl.forms.values import is_value
from etl.model import Cell, Grid

UNITS = frozenset("条 次 篇 件 万元 元 个 人 人次 项 份 场 场次 期 件次 处 部 宗 起 册 家 名 亿元 %".split())
_LABEL_HEADS = frozenset(
    "统计指标 指标名称 指标 指标内容 指标项 统计项目 项目名称 项目 统计内容 内容 名称 统计事项 事项".split()
)
_UNIT_HEADS = frozenset("单位 计量单位".split())
_IGNORED_HEADS = frozenset("序号 代码 编号 行次 备注 说明 注".split())
_SUMS = frozenset("合计 总计 总数 全县合计 全区合计 全市合计 汇总".split())
_DASHES = re.compile(r"[-—–―─/\\－／一_·]+")
_OF_WHICH = re.compile(r"^(?:其中|其 中)[:：,，、]?")
_NOTE = re.compile(r"[（(\[【][^（）()\[\]【】]*[)）\]】]")
_CLOSING = re.compile(r"(?:总数|数量|数)$")
OF_WHICH = 4
_DEEPEST = 5

Likeness = Callable[[str], float]
"""How like any known label a label is, 0 to 100."""


class Heads(NamedTuple):
    """The headings over a list's columns: those of labels and units, and of figures with their words."""

    labels: tuple[Cell, ...]
    units: tuple[Cell, ...]
    figures: tuple[Cell, ...]


class Entry(NamedTuple):
    """One line of a list: its label under the labels of its columns to the left, its unit, and its figures.

    ``figures`` are the cells that may hold the figure, with the heading over each ("" where none is known).
    """

    label: str
    groups: tuple[str, ...]
    unit: str | None
    figures: tuple[tuple[str, Cell], ...]
    grid: Grid

    @property
    def is_stated(self) -> bool:
        return any(cell.text for _, cell in self.figures)


@lru_cache(maxsize=16384)
def list_key(label: str) -> str:
    """What a label of a list is compared by: no numbering, 其中, notes in brackets, or closing 数.

    >>> list_key("其中：1.当面申请数（件）") == list_key("当面申请总数") == "当面申请"
    True
    """
    text = compact(label)
    while (shorter := _OF_WHICH.sub("", _without_numbering(text))) != text:
        text = shorter
    key = normalise(_NOTE.sub("", text)) or normalise(text)
    return _CLOSING.sub("", key) or key


def _without_numbering(text: str) -> str:
    mark = numbering(text)
    if mark is None:
        return text
    return re.sub(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]", "", text, count=1)


def level(label: str) -> int:
    """How deep a label stands by its numbering: 1 一、, 2 （一）, 3 1., 4 其中, 5 none."""
    text = compact(label)
    if text.startswith("其中"):
        return OF_WHICH
    mark = numbering(text)
    if mark is None:
        return _DEEPEST
    return 1 if mark.endswith("、") else 2 if mark.startswith("（") else 3


def entries(grids: Sequence[Grid]) -> list[Entry]:
    """The lines of all lists in ``grids``, in reading order; of lists side by side, the left one first."""
    found: list[Entry] = []
    heads: Heads | None = None
    for grid in grids:
        rows = list(printed_rows(grid))
        has_units = any(_unit(cell.text) for row in rows for cell in row.cells)
        bands: dict[int, list[Entry]] = {}
        under_heads = False
        for row in rows:
            if (own := _heads(row)) is not None:
                heads, under_heads = own, True
                continue
            if under_heads and heads is not None and (finer := _finer_heads(row, heads)) is not None:
                heads = finer
                continue
            under_heads = False
            for band, entry in enumerate(_entries(row, heads, has_units)):
                bands.setdefault(band, []).append(entry)
        found += [entry for band in sorted(bands) for entry in bands[band]]
    return found


def _heads(row: PrintedRow) -> Heads | None:
    """The row as headings of a list, or None if it is none."""
    words = [(normalise(cell.text), cell) for cell in row.cells if cell.text]
    labels = tuple(cell for word, cell in words if word in _LABEL_HEADS)
    units = tuple(cell for word, cell in words if word in _UNIT_HEADS)
    others = [(word, cell) for word, cell in words if cell not in labels and cell not in units]
    if not labels or not (units or others) or any(is_value(cell.text) and not units for _, cell in others):
        return None
    figures = tuple(cell for word, cell in others if word not in _IGNORED_HEADS)
    return Heads(labels, units, figures)


def _finer_heads(row: PrintedRow, heads: Heads) -> Heads | None:
    """``heads`` with the headings of a second line in the place of the one they stand under."""
    cells = [cell for cell in row.cells if cell.text]
    if not row.grid.is_ruled and len(heads.figures) == 1:  # only counted: all that stands right of it
        is_under = all(cell.column >= heads.figures[0].column and not is_value(cell.text) for cell in cells)
        return heads._replace(figures=tuple(cells)) if is_under and len(cells) > 1 else None
    over = [head for head in heads.figures if cells and extent(head)[0] <= _middle(cells[0]) <= extent(head)[1]]
    if len(over) != 1 or any(is_value(cell.text) for cell in cells):
        return None
    if any(not extent(over[0])[0] <= _middle(cell) <= extent(over[0])[1] for cell in cells):
        return None
    figures = tuple(one for head in heads.figures for one in (cells if head is over[0] else (head,)))
    return heads._replace(figures=figures)


def _entries(row: PrintedRow, heads: Heads | None, has_units: bool) -> Iterator[Entry]:
    groups = tuple(cell.text for cell in sorted(row.groups, key=lambda c: c.column) if _is_words(cell.text))
    cells = list(row.cells)
    while cells:
        first = next((i for i, cell in enumerate(cells) if _is_words(cell.text)), None)
        if first is None:
            return
        last = first
        while last + 1 < len(cells) and (_is_words(cells[last + 1].text) or _goes_on(cells, last + 1)):
            last += 1
        end = next(
            (
                i
                for i in range(last + 1, len(cells))
                if _opens_another(cells, i) or _stands_under_another(cells[i], cells[last], heads, row.grid)
            ),
            len(cells),
        )
        labels = [cell.text for cell in cells[first : last + 1] if _is_words(cell.text)]
        unit, rest = _unit_and_rest(cells[last + 1 : end], heads, has_units)
        yield Entry(labels[-1], (*groups, *labels[:-1]), unit, _figures(rest, heads, row.grid), row.grid)
        cells = cells[end:]
        groups = ()


def _goes_on(cells: Sequence[Cell], index: int) -> bool:
    """Whether an empty cell stands between the words of one label, as those that are indented by columns do."""
    return not cells[index].text and index + 1 < len(cells) and _is_words(cells[index + 1].text)


def _opens_another(cells: Sequence[Cell], index: int) -> bool:
    """Whether a second list begins at a cell: words with a unit or figure after them."""
    return _is_words(cells[index].text) and any(
        _unit(cell.text) or (cell.text and is_value(cell.text)) for cell in cells[index + 1 :]
    )


def _stands_under_another(cell: Cell, label: Cell, heads: Heads | None, grid: Grid) -> bool:
    """Whether a cell belongs to the list right of the one that ``label`` is in, by their headings."""
    if heads is None or not grid.is_ruled:
        return False
    return any(_middle(label) < extent(head)[0] <= _middle(cell) for head in heads.labels[1:])


def _unit_and_rest(
    cells: Sequence[Cell], heads: Heads | None, has_units: bool
) -> tuple[str | None, Sequence[Cell]]:
    """The unit that stands before the figures, and the cells after it."""
    if not cells:
        return None, cells
    first = next((index for index, cell in enumerate(cells) if cell.text), 0)
    if unit := _unit(cells[first].text):
        return unit, cells[first + 1 :]
    stated = not cells[0].text or _DASHES.fullmatch(compact(cells[0].text))
    if stated and has_units and len(cells) > 1:
        under = heads is None or not heads.units or any(_covers(cells[0], head) for head in heads.units)
        if under or cells[0].place.box is None:
            return None, cells[1:]
    return None, cells


def _figures(cells: Sequence[Cell], heads: Heads | None, grid: Grid) -> tuple[tuple[str, Cell], ...]:
    """The cells that may hold the figure, each with its heading; remarks are left out."""
    if heads is not None and grid.is_ruled and heads.figures:
        under = [
            (head.text, cell)
            for head in heads.figures
            for cell in cells
            if _covers(cell, head) and not _is_words(cell.text)
        ]
        if under:
            return tuple(under)
    plain = [cell for cell in cells if not _is_words(cell.text)]
    names = [head.text for head in heads.figures] if heads is not None else []
    if len(names) == len(plain):
        return tuple(zip(names, plain, strict=True))
    stated = [cell for cell in plain if cell.text] or plain[:1]
    return tuple(("", cell) for cell in stated)


def figure_of(entry: Entry, names: frozenset[str]) -> Cell | None:
    """The one cell with the entry's figure; None where several columns hold figures and none is the list's own.

    Args:
        entry: the line.
        names: normalised headings of the column of figures.
    """
    if len(entry.figures) <= 1:
        return entry.figures[0][1] if entry.figures else None
    for wanted in (_SUMS, names):
        own = [cell for head, cell in entry.figures if normalise(head) in wanted]
        if len(own) == 1:
            return own[0]
    return None


def mended(found: Iterable[Entry], likeness: Likeness) -> list[Entry]:
    """Entries whose label a page break or a rule cut in two, put together again."""
    whole: list[Entry] = []
    for entry in found:
        if whole and _is_rest(whole[-1], entry, likeness):
            above = whole[-1]
            kept = above if above.is_stated or not entry.figures else entry
            label, unit = above.label + entry.label, above.unit or entry.unit
            whole[-1] = above._replace(label=label, unit=unit, figures=kept.figures)
        else:
            whole.append(entry)
    return whole


def _is_rest(above: Entry, entry: Entry, likeness: Likeness) -> bool:
    if above.is_stated and entry.is_stated:
        return False
    together = likeness(above.label + entry.label)
    return together >= 90 and likeness(entry.label) < 90 and together > likeness(above.label)


def _unit(text: str) -> str | None:
    word = compact(text).strip("（）()[]")
    return word if word in UNITS else None


def _is_words(text: str) -> bool:
    return is_label(text) and _unit(text) is None


def _middle(cell: Cell) -> float:
    return sum(extent(cell)) / 2


def _covers(cell: Cell, head: Cell) -> bool:
    """Whether a cell stands under a heading."""
    left, right = extent(cell)
    over_left, over_right = extent(head)
    return left <= _middle(head) <= right or over_left <= _middle(cell) <= over_right
