"""Runs to blocks: rows of figures that no words over the figures divide, with the words around them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from etl.extract.unruled.block import Block, Interval, Row
from etl.extract.unruled.columns import joined
from etl.extract.unruled.rows import rows_of
from etl.extract.unruled.runs import LEADING, SAME_LINE, Run, lines_of
from etl.extract.unruled.words import (
    PITCH,
    is_caption,
    is_numbered,
    is_second_line,
    whole_captions,
    without_groups,
)

_FARTHEST = 6.0  # a lone figure this far below a table is none of its rows: a page number


def blocks_of(runs: Sequence[Run]) -> list[Block]:
    """Rows of figures that no words over the figures divide, with the words around them."""
    words = whole_captions(sorted((run for run in runs if not run.is_figure), key=lambda run: -run.y))
    blocks: list[Block] = []
    for row in rows_of((run for run in runs if run.is_figure), without_groups(words)):
        if blocks and not _is_divided(blocks[-1], row, words):
            blocks[-1].rows.append(row)
        else:
            blocks.append(Block([row]))
    for index, block in enumerate(blocks):
        ceiling = blocks[index - 1].rows[-1].y if index else float("inf")
        floor = blocks[index + 1].rows[0].y if index + 1 < len(blocks) else float("-inf")
        taken = blocks[index - 1].words if index else []
        _take_words(block, [run for run in words if floor < run.y < ceiling and run not in taken])
    return [block for block in blocks if block.words or block.heads]


def _left(rows: Iterable[Row]) -> float:
    return min(run.x0 for row in rows for run in row.figures)


def _is_divided(block: Block, row: Row, words: Sequence[Run]) -> bool:
    above = block.rows[-1]
    size = row.figures[0].size
    left = _left([*block.rows, row])
    if len(row.figures) == 1 and above.y - row.y > _FARTHEST * size:
        return True
    between = (run for run in words if row.y + SAME_LINE * size < run.y < above.y - SAME_LINE * size)
    return any(run.x1 > left + size or is_caption(run) for run in between)


def _take_words(block: Block, words: Sequence[Run]) -> None:
    """Sort the words around a block's rows into headings, labels and what is not the table's."""
    size = median(run.size for row in block.rows for run in row.figures)
    left, top, foot = _left(block.rows), block.rows[0].y, block.rows[-1].y
    beside = [
        run for run in words if foot - LEADING * size < run.y < top + LEADING * size and run.x1 <= left + 1
    ]
    labels_end = max((run.x1 for run in beside), default=float("-inf"))
    above = _above(words, top, size, left, labels_end)
    numbered = [run for run in above if is_numbered(run)]  # the labels of blank rows, at the head of a page
    if not numbered or any(run.x1 > left for run in above):
        beyond = [run for run in above if run.x0 >= labels_end - 1]
        block.heads = [run for run in beyond if run not in beside and run not in numbered]
    lowest = min((run.y for run in block.heads), default=float("inf"))
    block.corner = [run for run in above if run.y >= lowest and run not in block.heads]
    if beside and not block.corner:  # the heading of the labels stands at the right of all of them
        block.corner = _leftmost(block)
        block.heads = [run for run in block.heads if run not in block.corner]
    labels = [run for run in above if run.y < lowest]
    between = [run for run in words if abs(run.y - (top + foot) / 2) < (top - foot) / 2 + SAME_LINE * size]
    labels += [run for run in between if run.x1 <= left + 1]
    block.words = list(dict.fromkeys([*labels, *_below(words, foot, size, left, labels)]))


def _above(words: Sequence[Run], top: float, size: float, left: float, labels_end: float) -> list[Run]:
    """What stands over the first row, up to a caption, a paragraph or a gap."""
    above: list[Run] = []
    last = top
    for line in reversed(lines_of(run for run in words if run.y >= top + SAME_LINE * size)):
        captions = [run for run in line if is_caption(run) and run.x1 > labels_end]
        if captions or any(run.x0 < labels_end - 1 and run.x1 > left for run in line):
            return [run for run in above if not any(is_second_line(one, run) for one in captions)]
        if line[0].y - last > 4 * size:
            break
        above += line
        last = line[0].y
    return above


def _below(words: Sequence[Run], foot: float, size: float, left: float, labels: Sequence[Run]) -> list[Run]:
    """The labels of blank rows under the last row, no further apart than the others are."""
    levels = [line[0].y for line in lines_of(labels)]
    pitch = max([PITCH * size, *(upper - lower + 1 for upper, lower in pairwise(levels))])
    below: list[Run] = []
    last = foot
    for line in lines_of(run for run in words if run.y <= foot - SAME_LINE * size):
        if any(run.x1 > left or is_caption(run) for run in line) or last - line[0].y > pitch:
            break
        below += line
        last = line[0].y
    return below


def _leftmost(block: Block) -> list[Run]:
    """The headings of the first column, if no figure stands below them and the others have their own."""
    columns: list[Interval] = []
    for run in block.heads:
        columns = joined(columns, (run.x0, run.x1))
    figures = [run for row in block.rows for run in row.figures]
    if len(columns) < 2 or any(run.x0 < columns[0][1] for run in figures):
        return []
    return [run for run in block.heads if run.x1 <= columns[0][1]]
