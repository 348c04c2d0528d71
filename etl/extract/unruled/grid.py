"""Tables drawn without rules, or with rules across only: columns and rows from where the words stand.

Figures of one column stand above one another and those of two never overlap, so the columns are the figures'
own; headings without any figure below them add theirs. A row is a line of figures. Its label may be of several
lines, above and below it: labels are given to rows so that each stands level with its figures, all in one
manner (in the middle, at the top, or at the foot). Of the forms only the labels of rows are taken: they tell
rows that are numbered as sections are from the headings of sections, and a label from the second line of one.
"""

from collections.abc import Sequence
from itertools import pairwise

from etl.extract.unruled.blank import blank_blocks, blank_rows
from etl.extract.unruled.block import INFERRED, Block, Interval
from etl.extract.unruled.blocks import blocks_of
from etl.extract.unruled.columns import columns_of, under
from etl.extract.unruled.labels import give_labels
from etl.extract.unruled.runs import Run, lines_of, text_of_runs, with_units
from etl.extract.unruled.words import is_label
from etl.model import Cell, Grid, Place

READER = "unruled"


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
    runs = with_units(runs)
    blocks = blocks_of(runs)
    used = {run for block in blocks for run in block.runs}
    rest = [run for run in runs if run not in used]
    ceiling = float("inf")
    for block in [*blocks, None]:  # what no block took stands above one, or below the last
        floor = max(run.y for run in block.runs) if block else float("-inf")
        between = [run for run in rest if floor < run.y < ceiling]
        for blank in blank_blocks(between, columns):
            blank.columns = columns_of(blank, columns)
            give_labels(blank)
            if any(is_label(row.label) for row in blank.rows):
                columns = blank.columns
                grids += _grids(blank, page, height)
        if block:
            columns = block.columns = columns_of(block, columns)
            ceiling = min(run.y for run in block.runs)
            give_labels(block)
            grids += _grids(block, page, height)
        else:
            grids += [grid for row in blank_rows(between) for grid in _grids(row, page, height)]
    return grids, columns


def _grids(block: Block, page: int, height: float) -> list[Grid]:
    """The block as a grid: headings over several columns, those of the columns, and a cell a row and column.
    None if it holds nothing."""
    first = int(bool(block.words or block.corner))  # the column of the first figure

    def place(x0: float, x1: float, low: float, high: float) -> Place:
        return Place(page, (round(x0, 2), round(height - high, 2), round(x1, 2), round(height - low, 2)))

    def around(runs: Sequence[Run]) -> Place:
        low = min(run.y - 0.2 * run.size for run in runs)
        high = max(run.y + run.size for run in runs)
        return place(min(run.x0 for run in runs), max(run.x1 for run in runs), low, high)

    cells: list[Cell] = []
    at = 0
    over = [run for run in block.heads if len(under(block.columns, run)) > 1]
    for line in lines_of(over):
        for run in line:
            below = under(block.columns, run)
            span = below[-1] - below[0] + 1
            cells.append(Cell(run.text, at, first + below[0], 1, span, around([run]), INFERRED))
        at += 1
    if block.heads:
        if block.corner:
            cells.append(Cell(text_of_runs(block.corner), at, 0, 1, 1, around(block.corner), INFERRED))
        for index in range(len(block.columns)):
            heads = [run for run in block.heads if under(block.columns, run) == [index]]
            if heads:
                cells.append(Cell(text_of_runs(heads), at, first + index, 1, 1, around(heads), INFERRED))
        at += 1
    middles = [(left[1] + right[0]) / 2 for left, right in pairwise(block.columns)]
    edges = [block.columns[0][0], *middles, block.columns[-1][1]]
    for row in block.rows:
        size = (row.figures or row.label or block.heads)[0].size
        if row.label:
            cells.append(Cell(text_of_runs(row.label), at, 0, 1, 1, around(row.label), row.certainty))
        elif first and len(row.figures) * 2 < len(block.columns):
            continue  # a page number
        for index in range(len(block.columns)):
            inside = [run for run in row.figures if under(block.columns, run) == [index]]
            where = place(edges[index], edges[index + 1], row.y - 0.2 * size, row.y + size)
            text = text_of_runs(inside, " ")
            cells.append(Cell(text, at, first + index, 1, 1, where, row.certainty))
        at += 1
    return [Grid(tuple(cells), READER, is_ruled=False)] if len(cells) > 1 else []
