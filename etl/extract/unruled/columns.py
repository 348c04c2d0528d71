"""A block's columns: those of its figures, and of headings that have no figure below."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from etl.extract.unruled.block import Block, Interval
from etl.extract.unruled.runs import Run


def columns_of(block: Block, known: Sequence[Interval]) -> list[Interval]:
    """The columns' extents, left to right: those of the figures, and of headings that have no figure below."""
    figures = _figure_columns(block)
    columns = figures
    heads: list[Run] = []
    for run in sorted(block.heads, key=lambda run: run.y):  # the lowest first: they head one column each
        below = under(columns, run)
        if len(below) < 2 or _are_one(block, [columns[index] for index in below], run):
            columns = joined(columns, (run.x0, run.x1))
            heads.append(run)
    if not block.heads and len(columns) < len(known):
        within = [[one for one in known if one[0] < x1 and x0 < one[1]] for x0, x1 in columns]
        if all(len(found) == 1 for found in within):
            return list(known)
    return _beside_heads(columns, figures, heads)


def _figure_columns(block: Block) -> list[Interval]:
    columns: list[Interval] = []
    for row in block.rows:
        for run in row.figures:
            columns = joined(columns, (run.x0, run.x1))
    if not columns:
        return []
    size = median(run.size for row in block.rows for run in row.figures)
    for left, right in pairwise(columns):
        # Short figures that stand a little out of line.
        if right[0] + right[1] - left[0] - left[1] < 2.4 * size and _take_turns(block, [left, right]):
            columns = joined(columns, (left[0], right[1]))
    return columns


def _take_turns(block: Block, columns: Sequence[Interval]) -> bool:
    """Whether no row has figures in two of the columns."""
    return all(
        sum(any(run.x0 < x1 and x0 < run.x1 for run in row.figures) for x0, x1 in columns) < 2
        for row in block.rows
    )


def _are_one(block: Block, columns: Sequence[Interval], heading: Run) -> bool:
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


def joined(columns: Sequence[Interval], new: Interval) -> list[Interval]:
    """The columns with one more, those that overlap it made one with it."""
    apart = [one for one in columns if one[1] <= new[0] or new[1] <= one[0]]
    over = [one for one in columns if one not in apart]
    x0, x1 = min([new[0], *(one[0] for one in over)]), max([new[1], *(one[1] for one in over)])
    return sorted([*apart, (x0, x1)])


def under(columns: Sequence[Interval], run: Run) -> list[int]:
    """Which columns a run stands over or in: their indices."""
    return [index for index, (x0, x1) in enumerate(columns) if x0 < run.x1 and run.x0 < x1]
