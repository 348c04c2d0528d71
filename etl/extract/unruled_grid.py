"""Tables drawn without rules, or with rules across only: columns and rows from where the words stand.

Figures of one column stand above one another and those of two never overlap, so the columns are the figures'
own; headings without any figure below them add theirs. A row is a line of figures. Its label may be of several
lines, above and below it: labels are given to rows so that each stands level with its figures, all in one
manner (in the middle, at the top, or at the foot). Of the forms only the labels of rows are taken, to
tell those that are numbered as sections are from the headings of sections, and the second line of a label from a
label.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from statistics import median

from etl.extract.characters import Character
from etl.forms import load_forms
from etl.forms.labels import normalise, numbering
from etl.forms.values import is_value
from etl.model import Cell, Grid, Place

READER = "unruled"
INFERRED = 0.95  # certainty of cells in columns that nothing is drawn between
DOUBTED = 0.8  # of a row whose label stands level with it by halves only
UNSURE = 0.5  # of a row that may have more figures than were given to it

_SPLIT = 0.3  # characters further apart than this (in heights of a character) belong to two runs
_BRIDGED = 1.3  # likewise, where a space is printed between them
_SAME_LINE = 0.3
_BESIDE = 1.1  # a group's label stands this level with a label of the group, at its left
_PITCH = 1.9  # lines of one label are no further apart
_LONGEST_LABEL = 9  # lines
_WRAPPED = 0.9  # lines of figures closer than this are one row, whose widest figures go over several lines
_FARTHEST = 6.0  # a lone figure this far below a table is none of its rows: a page number

_NUMBERED = re.compile(r"[(（]?\d{1,2}[)）.．、]")  # what is left of a label on a line of its own
_MARKS = ".．、)）"  # after a figure: spread lines set them apart, and the figure is a number all the same
_UNIT = "(?:[件个项条]|[万亿]?元)"
_DIGITS = re.compile(rf"[\d.,，．]+{_UNIT}?")  # half a figure may be none by itself: 00, 01件
_BARE_UNIT = re.compile(_UNIT)
_ARTICLE = re.compile("第.{1,4}条")  # a caption names an article of law

Interval = tuple[float, float]


@dataclass(frozen=True)
class Run:
    """Characters that stand together on one line. ``y`` is their base line, ``size`` a character's height."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def is_figure(self) -> bool:
        if _NUMBERED.fullmatch(self.text):
            return False
        return len(self.text) < 25 and (is_value(self.text) or bool(_DIGITS.fullmatch(self.text)))


@dataclass
class _Row:
    """A line of figures, with the lines of its label."""

    y: float
    figures: list[Run]
    label: list[Run] = field(default_factory=list)
    certainty: float = INFERRED


@dataclass
class _Block:
    """Rows under one set of columns. ``heads`` are the words over the columns, ``words`` those at the left."""

    rows: list[_Row]
    heads: list[Run] = field(default_factory=list)
    words: list[Run] = field(default_factory=list)
    corner: list[Run] = field(default_factory=list)
    columns: list[Interval] = field(default_factory=list)


def runs_of(characters: Iterable[Character]) -> list[Run]:
    """Characters put together, their boxes from base line to base line plus height. Spaces are among them."""
    lines: list[list[Character]] = []
    for one in sorted(characters, key=lambda one: (-one.y0, one.x0)):
        if lines and abs(lines[-1][0].y0 - one.y0) <= _SAME_LINE * _height(one):
            lines[-1].append(one)
        else:
            lines.append([one])
    runs: list[Run] = []
    for line in lines:
        printed: list[Character] = []
        end = 0.0  # of what is printed, spaces that follow it included
        for one in sorted(line, key=lambda one: one.x0):
            farthest = _BRIDGED if one.text in _MARKS and printed and printed[-1].text.isdigit() else _SPLIT
            follows = bool(printed) and one.x0 - end <= farthest * _height(one)
            if not one.text.strip():
                end = one.x1 if follows else end
                continue
            gap = one.x0 - printed[-1].x1 if printed else 0.0
            if printed and not (follows and gap <= _BRIDGED * _height(one)):
                runs.append(_run(printed))
                printed = []
            elif printed and gap > _SPLIT * _height(one):
                printed.append(Character(" ", printed[-1].x1, one.y0, one.x0, one.y1))
            printed.append(one)
            end = one.x1
        if printed:
            runs.append(_run(printed))
    return runs


def _height(one: Character) -> float:
    return max(one.y1 - one.y0, 1.0)


def _run(characters: Sequence[Character]) -> Run:
    size = median(_height(one) for one in characters)
    text = "".join(one.text for one in characters)
    return Run(text, characters[0].x0, characters[-1].x1, characters[0].y0, size)


def unruled_grids(
    runs: Sequence[Run], *, page: int, height: float, known: Sequence[Interval] = ()
) -> tuple[list[Grid], list[Interval]]:
    """The tables that a page's words make, top to bottom, one for each set of columns.

    Args:
        runs: the page's words and figures, in points from its bottom left.
        page: the page's number, for the evidence.
        height: the page's height in points: boxes of cells are given from the top.
        known: the columns of the last table of the page before, for one that goes on without headings.

    Returns:
        the grids, and the columns of the last.
    """
    grids: list[Grid] = []
    columns = list(known)
    runs = _with_units(runs)
    blocks = _blocks(runs)
    foot = min((run.y for run in blocks[-1].words), default=blocks[-1].rows[-1].y) if blocks else float("inf")
    for block in blocks:
        block.columns = _columns(block, columns)
        _give_labels(block)
        if (grid := _grid(block, page, height)) is not None:
            grids.append(grid)
            columns = block.columns
    for block in _blank_blocks([run for run in runs if run.y < foot], columns):
        block.columns = _columns(block, columns)
        _give_labels(block)
        if any(_is_label(row.label) for row in block.rows) and (grid := _grid(block, page, height)) is not None:
            grids.append(grid)
            columns = block.columns
    return grids, columns


# -- blocks --------------------------------------------------------------------------------------------------


def _blocks(runs: Sequence[Run]) -> list[_Block]:
    """Rows of figures that no words over the figures divide, with the words around them."""
    words = _whole_captions(sorted((run for run in runs if not run.is_figure), key=lambda run: -run.y))
    blocks: list[_Block] = []
    for row in _rows((run for run in runs if run.is_figure), words):
        if blocks and not _is_divided(blocks[-1], row, words):
            blocks[-1].rows.append(row)
        else:
            blocks.append(_Block([row]))
    for index, block in enumerate(blocks):
        ceiling = blocks[index - 1].rows[-1].y if index else float("inf")
        floor = blocks[index + 1].rows[0].y if index + 1 < len(blocks) else float("-inf")
        taken = blocks[index - 1].words if index else []
        _take_words(block, [run for run in words if floor < run.y < ceiling and run not in taken])
    return [block for block in blocks if block.words or block.heads]


def _with_units(runs: Sequence[Run]) -> list[Run]:
    """The runs with figures' units put to them that had no room on their line."""
    found = list(runs)
    for unit in (run for run in runs if _BARE_UNIT.fullmatch(run.text)):
        for index, run in enumerate(found):
            is_above = 0 < run.y - unit.y < 1.4 * unit.size and run.x0 < unit.x1 and unit.x0 < run.x1
            if is_above and run.is_figure:
                found[index] = replace(run, text=run.text + unit.text)
                found.remove(unit)
                break
    return found


def _blank_blocks(runs: Sequence[Run], known: Sequence[Interval]) -> list[_Block]:
    """Tables without a figure: headings side by side, and labels below the first of them.

    ``known``: the columns of a table that goes on from above or from the page before.
    """
    block = _Block([]) if known else None
    left = known[0][0] if known else 0.0
    blocks = [block] if block else []
    for line in _lines(_whole_captions([run for run in runs if not run.is_figure])):
        beside = (*block.corner, *block.words) if block else line
        labels_end = max((run.x1 for run in beside), default=left)
        if any(_is_caption(run) and run.x1 > left for run in line):
            block, left = None, 0.0
        elif len(line) > 1 and line[0].x0 < labels_end and line[-1].x1 > left:
            block, left = _Block([], heads=line[1:], corner=line[:1]), line[1].x0
            blocks.append(block)
        elif block and line[-1].x1 <= left:
            block.words += line
        elif block and block.heads and line[0].x0 >= labels_end:
            block.corner, block.words = [*block.corner, *block.words], []
            block.heads += line
            left = min(left, line[0].x0)
        else:
            block, left = None, 0.0
    return [block for block in blocks if block.words]


def _whole_captions(words: Sequence[Run]) -> list[Run]:
    """The words with captions made whole that break before they say which article they name."""
    found = list(words)
    for first, second in ((one, other) for one in words for other in words if _goes_on(one, other)):
        whole = first.text + second.text
        if _ARTICLE.match(whole) and not _ARTICLE.match(first.text):
            x0, x1 = min(first.x0, second.x0), max(first.x1, second.x1)
            found[found.index(first)] = Run(whole, x0, x1, second.y, first.size)
            found.remove(second)
    return found


def _rows(figures: Iterable[Run], words: Sequence[Run]) -> list[_Row]:
    """Figures in rows, top to bottom. Those too wide for their cells stand above and below the others."""
    rows: list[list[list[Run]]] = []
    for line in _lines(figures):
        above = rows[-1][-1] if rows else []
        size = line[0].size
        gap = above[0].y - line[0].y if above else float("inf")
        is_close = gap < 1.4 * size
        if gap < _WRAPPED * size or (
            is_close and (_is_between(words, above[0], line[0]) or _goes_on_below(rows[-1], line, words))
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_Row((some[0][0].y + some[-1][0].y) / 2, [run for line in some for run in line]) for some in rows]


def _goes_on_below(row: Sequence[Sequence[Run]], line: Sequence[Run], words: Sequence[Run]) -> bool:
    """Whether a line of figures is of the row above: the rest of wide figures, or such as stand lower in their
    cells than others, without a label of their own."""
    figures = [run for above in row for run in above]
    wrapped = 0
    for run in line:
        over = [one for one in figures if one.x0 < run.x1 and run.x0 < one.x1]
        if over and (over[-1].x1 - over[-1].x0 < run.x1 - run.x0 - 1 or not over[-1].text[-1].isdigit()):
            return False
        wrapped += bool(over)
    if wrapped >= len(figures):
        return False
    left = min(run.x0 for run in (*figures, *line))
    level = [run for run in words if run.x1 < left and abs(run.y - line[0].y) < _SAME_LINE * run.size]
    first = [run for run in words if run.x1 < left and abs(run.y - row[0][0].y) < _SAME_LINE * run.size]
    if not level or (not first and not wrapped):
        return True
    if any(_begins([run]) for run in level):
        return False
    return any(_begins([run]) or any(_is_cut(run, other) for other in level) for run in first)


def _is_cut(first: Run, second: Run) -> bool:
    """Whether two runs are lines of one row's label in some form."""
    text, whole = normalise(first.text), normalise(first.text + second.text)
    return any(label.startswith(whole) and label != text for label in map(normalise, _labels()))


def _is_between(words: Sequence[Run], above: Run, below: Run) -> bool:
    """Whether a label stands half way between two lines of figures, and none level with either."""
    level = [run.y for run in words if run.x1 < min(above.x0, below.x0) and below.y - 1 <= run.y <= above.y + 1]
    middle = (above.y + below.y) / 2
    return bool(level) and all(abs(y - middle) < _SAME_LINE * below.size / 2 for y in level)


def _left(rows: Iterable[_Row]) -> float:
    return min(run.x0 for row in rows for run in row.figures)


def _is_divided(block: _Block, row: _Row, words: Sequence[Run]) -> bool:
    above = block.rows[-1]
    size = row.figures[0].size
    left = _left([*block.rows, row])
    if len(row.figures) == 1 and above.y - row.y > _FARTHEST * size:
        return True
    return any(
        run.x1 > left + size and row.y + _SAME_LINE * size < run.y < above.y - _SAME_LINE * size
        for run in words
    )


def _take_words(block: _Block, words: Sequence[Run]) -> None:
    """Sort the words around a block's rows into headings, labels and what is not the table's."""
    size = median(run.size for row in block.rows for run in row.figures)
    left, top, foot = _left(block.rows), block.rows[0].y, block.rows[-1].y
    beside = [run for run in words if foot - size < run.y < top + size and run.x1 <= left + 1]
    labels_end = max((run.x1 for run in beside), default=float("-inf"))
    above: list[Run] = []
    last = top
    for line in reversed(_lines(run for run in words if run.y >= top + _SAME_LINE * size)):
        over_both = any(run.x0 < labels_end - 1 and run.x1 > left for run in line)
        captions = [run for run in line if _is_caption(run) and run.x1 > labels_end]
        if over_both or captions:
            above = [run for run in above if not any(_goes_on(one, run) for one in captions)]
            break
        if line[0].y - last > 4 * size:
            break
        above += line
        last = line[0].y
    block.heads = [run for run in above if run.x0 >= labels_end - 1 and run not in beside]
    lowest = min((run.y for run in block.heads), default=float("inf"))
    block.corner = [run for run in above if run.y >= lowest and run not in block.heads]
    if beside and not block.corner:  # the heading of the labels stands at the right of all of them
        block.corner = _leftmost(block)
        block.heads = [run for run in block.heads if run not in block.corner]
    labels = [run for run in above if run.y < lowest]
    between = [run for run in words if abs(run.y - (top + foot) / 2) < (top - foot) / 2 + _SAME_LINE * size]
    labels += [run for run in between if run.x1 <= left + 1]
    levels = [line[0].y for line in _lines(labels)]
    pitch = max([_PITCH * size, *(upper - lower + 1 for upper, lower in pairwise(levels))])
    last = foot
    for line in _lines(run for run in words if run.y <= foot - _SAME_LINE * size):
        if any(run.x1 > left or _is_caption(run) for run in line) or last - line[0].y > pitch:
            break
        labels += line
        last = line[0].y
    block.words = list(dict.fromkeys(labels))


def _leftmost(block: _Block) -> list[Run]:
    """The headings of the first column, if no figure stands below them and the others have their own."""
    columns: list[Interval] = []
    for run in block.heads:
        columns = _joined(columns, (run.x0, run.x1))
    figures = [run for row in block.rows for run in row.figures]
    if len(columns) < 2 or any(run.x0 < columns[0][1] for run in figures):
        return []
    return [run for run in block.heads if run.x1 <= columns[0][1]]


def _goes_on(caption: Run, run: Run) -> bool:
    """Whether ``run`` is the second line of a caption."""
    is_below = 0 < caption.y - run.y < 1.4 * run.size
    return is_below and abs(caption.x0 + caption.x1 - run.x0 - run.x1) < run.size


def _is_caption(run: Run) -> bool:
    """Whether a run is the caption of a table's part, or the heading of a section."""
    if _ARTICLE.match(run.text.strip()):
        return True
    return _is_of_section(run.text) and not any(
        _is_of_section(label) and normalise(label).startswith(normalise(run.text)) for label in _labels()
    )


def _is_of_section(text: str) -> bool:
    return (numbering(text) or "").endswith("、")


def _is_label(runs: Iterable[Run]) -> bool:
    return normalise("".join(run.text for run in runs)) in map(normalise, _labels())


@cache
def _labels() -> frozenset[str]:
    """The labels of rows in every form."""
    return frozenset(
        row.zh
        for form in load_forms().values()
        for table in form.tables
        for part in table.parts
        for row in part.rows
    )


# -- columns -------------------------------------------------------------------------------------------------


def _columns(block: _Block, known: Sequence[Interval]) -> list[Interval]:
    """The columns' extents, left to right: those of the figures, and of headings that have no figure below."""
    figures = _figure_columns(block)
    columns = figures
    heads: list[Run] = []
    for run in sorted(block.heads, key=lambda run: run.y):  # the lowest first: they head one column each
        under = _under(columns, run)
        if len(under) < 2 or _are_one(block, [columns[index] for index in under], run):
            columns = _joined(columns, (run.x0, run.x1))
            heads.append(run)
    if not block.heads and len(columns) < len(known):
        within = [[one for one in known if one[0] < x1 and x0 < one[1]] for x0, x1 in columns]
        if all(len(found) == 1 for found in within):
            return list(known)
    return _beside_heads(columns, figures, heads)


def _figure_columns(block: _Block) -> list[Interval]:
    columns: list[Interval] = []
    for row in block.rows:
        for run in row.figures:
            columns = _joined(columns, (run.x0, run.x1))
    if not columns:
        return []
    size = median(run.size for row in block.rows for run in row.figures)
    for left, right in pairwise(columns):
        # Short figures that stand a little out of line.
        if right[0] + right[1] - left[0] - left[1] < 2.4 * size and _take_turns(block, [left, right]):
            columns = _joined(columns, (left[0], right[1]))
    return columns


def _take_turns(block: _Block, columns: Sequence[Interval]) -> bool:
    """Whether no row has figures in two of the columns."""
    return all(
        sum(any(run.x0 < x1 and x0 < run.x1 for run in row.figures) for x0, x1 in columns) < 2
        for row in block.rows
    )


def _are_one(block: _Block, columns: Sequence[Interval], heading: Run) -> bool:
    """Whether the columns below a heading are one: figures out of line, or at a side of the heading."""
    figures = [run for row in block.rows for run in row.figures]
    lower = [run for run in block.heads if run.y < heading.y]
    filled = [one for one in columns if any(run.x0 < one[1] and one[0] < run.x1 for run in figures)]
    headed = [one for one in columns if any(run.x0 < one[1] and one[0] < run.x1 for run in lower)]
    if len(columns) == 2 and len(filled) == len(headed) == 1 and filled != headed:
        return True
    return not headed and _take_turns(block, columns)


def _beside_heads(columns: list[Interval], figures: Sequence[Interval], heads: Sequence[Run]) -> list[Interval]:
    """Columns whose figures stand at one side of their heading, and not below it, put together with it.

    ``heads``: the headings of one column each.
    """
    bare = [
        one
        for one in columns
        if one in figures and not any(run.x0 < one[1] and one[0] < run.x1 for run in heads)
    ]
    headings = [one for one in columns if not any(x0 < one[1] and one[0] < x1 for x0, x1 in figures)]
    for step in (-1, 1):  # figures at the right of their headings, or at the left
        pairs = [(columns.index(one), columns.index(one) + step) for one in bare]
        if pairs and all(0 <= other < len(columns) and columns[other] in headings for _, other in pairs):
            gone = {index for pair in pairs for index in pair}
            joined = [
                (min(columns[one][0], columns[other][0]), max(columns[one][1], columns[other][1]))
                for one, other in pairs
            ]
            return sorted([*joined, *(one for index, one in enumerate(columns) if index not in gone)])
    return columns


def _joined(columns: Sequence[Interval], new: Interval) -> list[Interval]:
    apart = [one for one in columns if one[1] <= new[0] or new[1] <= one[0]]
    over = [one for one in columns if one not in apart]
    x0, x1 = min([new[0], *(one[0] for one in over)]), max([new[1], *(one[1] for one in over)])
    return sorted([*apart, (x0, x1)])


def _under(columns: Sequence[Interval], run: Run) -> list[int]:
    return [index for index, (x0, x1) in enumerate(columns) if x0 < run.x1 and run.x0 < x1]


# -- labels --------------------------------------------------------------------------------------------------


def _give_labels(block: _Block) -> None:
    """Give the words at the left to the rows they stand level with."""
    lines = _lines(_without_groups(block.words))
    if not lines:
        _doubt_fragments(block)
        return
    size = median(line[0].size for line in lines)
    if not block.rows:
        block.rows = _empty_rows(lines, size)
        return
    ways = [_levelled(lines, block, manner) for manner in ("middle", "top", "foot")]
    _, given = min(ways, key=lambda way: way[0])
    taken: set[int] = set()
    for row, (first, last, cost) in zip(block.rows, given, strict=True):
        row.label = [run for line in lines[first:last] for run in line]
        row.certainty = DOUBTED if cost > (_SPLIT * size) ** 2 else INFERRED
        taken.update(range(first, last))
    _doubt_fragments(block)
    if not taken:
        return
    block.rows += _empty_rows([line for index, line in enumerate(lines) if index not in taken], size)
    block.rows.sort(key=lambda row: -row.y)


def _empty_rows(lines: Sequence[Sequence[Run]], size: float) -> list[_Row]:
    """Rows of the labels that no figures stand level with: left blank, or cut in two by the page's end."""
    labels: list[list[Sequence[Run]]] = []
    for line in lines:
        if labels and labels[-1][-1][0].y - line[0].y < 1.4 * size and not _begins(line):
            labels[-1].append(line)
        else:
            labels.append([line])
    return [
        _Row((label[0][0].y + label[-1][0].y) / 2, [], [run for line in label for run in line], DOUBTED)
        for label in labels
    ]


def _doubt_fragments(block: _Block) -> None:
    """A line of figures without a label close to a row may be the rest of its figures."""
    for above, row in pairwise(block.rows):
        size = row.figures[0].size
        if above.y - row.y < 1.6 * size and not (above.label and row.label):
            above.certainty = row.certainty = UNSURE


def _without_groups(words: Sequence[Run]) -> list[Run]:
    """The words without the labels of groups, which stand at the left of other labels."""
    groups = [
        run
        for run in words
        if any(run.x1 < other.x0 and abs(run.y - other.y) < _BESIDE * run.size for other in words)
    ]
    waiting = list(groups)
    while waiting:  # the other lines of the same words
        one = waiting.pop()
        for run in words:
            middle = (run.x0 + run.x1) / 2
            is_within = one.x0 - 1 <= middle <= one.x1 + 1 and run.x1 <= one.x1 + run.size / 2
            if run not in groups and is_within and abs(run.y - one.y) <= _PITCH * run.size:
                groups.append(run)
                waiting.append(run)
    return [run for run in words if run not in groups]


def _lines(words: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = []
    for run in sorted(words, key=lambda run: (-run.y, run.x0)):
        if lines and abs(lines[-1][0].y - run.y) <= _SAME_LINE * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return lines


def _begins(line: Sequence[Run]) -> bool:
    """Whether a line can only be the first of a label: it is numbered."""
    return numbering(line[0].text) is not None


def _levelled(
    lines: Sequence[Sequence[Run]], block: _Block, manner: str
) -> tuple[float, list[tuple[int, int, float]]]:
    """The lines divided among the rows in order, so that each row's label stands level with it.

    Returns:
        the cost, and for each row its first line, the one after its last, and its part of the cost.
    """
    rows = block.rows
    size = median(line[0].size for line in lines)
    skipped, unlabelled = (0.45 * size) ** 2, (1.5 * size) ** 2
    levels = [line[0].y for line in lines]
    begins = [_begins(line) for line in lines]
    # Lines of one label are not much further apart than the closest two are.
    closest = min((above - below for above, below in pairwise(levels)), default=0.0)
    pitch = min(_PITCH * size, 1.3 * closest)
    count = len(lines)
    # best[i]: the cheapest way to have used the first i lines for the rows so far
    best: list[tuple[float, list[tuple[int, int, float]]]] = [
        (0.0 if block.heads else skipped * used, []) for used in range(count + 1)
    ]
    for row in rows:
        following: list[tuple[float, list[tuple[int, int, float]]]] = []
        for end in range(count + 1):
            options = [(best[end][0] + unlabelled, [*best[end][1], (end, end, unlabelled)])]
            for start in range(max(0, end - _LONGEST_LABEL), end):
                inside = levels[start:end]
                if any(above - below > pitch for above, below in pairwise(inside)) or any(
                    begins[start + 1 : end]
                ):
                    continue
                level = {"middle": sum(inside) / len(inside), "top": inside[0], "foot": inside[-1]}[manner]
                cost = (level - row.y) ** 2
                options.append((best[start][0] + cost, [*best[start][1], (start, end, cost)]))
            if following:  # or the last line is no label
                cost, given = following[-1]
                options.append((cost + skipped, given))
            following.append(min(options, key=lambda option: option[0]))
        best = following
    return min(
        ((cost + skipped * (count - used), given) for used, (cost, given) in enumerate(best)),
        key=lambda way: way[0],
    )


# -- cells ---------------------------------------------------------------------------------------------------


def _grid(block: _Block, page: int, height: float) -> Grid | None:
    """The block as a grid: headings over several columns, those of the columns, and a cell a row and column."""
    first = int(bool(block.words or block.corner))  # the column of the first figure

    def place(x0: float, x1: float, low: float, high: float) -> Place:
        return Place(page, (round(x0, 2), round(height - high, 2), round(x1, 2), round(height - low, 2)))

    def around(runs: Sequence[Run]) -> Place:
        low = min(run.y - 0.2 * run.size for run in runs)
        high = max(run.y + run.size for run in runs)
        return place(min(run.x0 for run in runs), max(run.x1 for run in runs), low, high)

    cells: list[Cell] = []
    at = 0
    over = [run for run in block.heads if len(_under(block.columns, run)) > 1]
    for line in _lines(over):
        for run in line:
            under = _under(block.columns, run)
            span = under[-1] - under[0] + 1
            cells.append(Cell(run.text, at, first + under[0], 1, span, around([run]), INFERRED))
        at += 1
    if block.heads:
        if block.corner:
            cells.append(Cell(_text(block.corner), at, 0, 1, 1, around(block.corner), INFERRED))
        for index in range(len(block.columns)):
            heads = [run for run in block.heads if _under(block.columns, run) == [index]]
            if heads:
                cells.append(Cell(_text(heads), at, first + index, 1, 1, around(heads), INFERRED))
        at += 1
    middles = [(left[1] + right[0]) / 2 for left, right in pairwise(block.columns)]
    edges = [block.columns[0][0], *middles, block.columns[-1][1]]
    for row in block.rows:
        size = (row.figures or row.label)[0].size
        if row.label:
            cells.append(Cell(_text(row.label), at, 0, 1, 1, around(row.label), row.certainty))
        elif first and len(row.figures) * 2 < len(block.columns):
            continue  # a page number
        for index in range(len(block.columns)):
            inside = [run for run in row.figures if _under(block.columns, run) == [index]]
            where = place(edges[index], edges[index + 1], row.y - 0.2 * size, row.y + size)
            text = _text(inside, " ")
            cells.append(Cell(text, at, first + index, 1, 1, where, row.certainty))
        at += 1
    return Grid(tuple(cells), READER, is_ruled=False) if len(cells) > 1 else None


def _text(runs: Sequence[Run], between: str = "") -> str:
    return "\n".join(between.join(run.text for run in line) for line in _lines(runs))
