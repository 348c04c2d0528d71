"""Tables that were left blank: headings, and the labels below the first of them if there are any."""

from collections.abc import Sequence

from etl.extract.unruled.block import DOUBTED, Block, Interval, Row
from etl.extract.unruled.columns import columns_of
from etl.extract.unruled.runs import Run, lines_of
from etl.extract.unruled.words import PITCH, is_caption, is_numbered, whole_captions

_LONGEST_HEADING = 12  # characters on a line of one
_MOST_LABELLED = 9  # columns: a table of more has no labels beside it, but one row


def blank_blocks(runs: Sequence[Run], known: Sequence[Interval]) -> list[Block]:
    """Tables without a figure: headings side by side, and labels below the first of them.

    ``known``: the columns of a table that goes on from above or from the page before.
    """
    block = Block([]) if known else None
    left = known[0][0] if known else 0.0
    blocks = [block] if block else []
    for line in lines_of(whole_captions([run for run in runs if not run.is_figure])):
        beside = (*block.corner, *block.words) if block else line
        labels_end = max((run.x1 for run in beside), default=left)
        if any(is_caption(run) and run.x1 > left for run in line):
            block, left = None, 0.0
        elif len(line) > 1 and line[0].x0 < labels_end and line[-1].x1 > left:
            block, left = Block([], heads=line[1:], corner=line[:1]), line[1].x0
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


def blank_rows(runs: Sequence[Run]) -> list[Block]:
    """Headings over one row without a label and without a figure.

    Nothing is said of headings at the foot of a page: the figures may stand on the next.
    """
    groups: list[list[list[Run]]] = [[]]
    for line in lines_of(runs):
        above = groups[-1]
        if any(run.is_figure or is_numbered(run) or len(run.text) > _LONGEST_HEADING for run in line):
            groups.append([])
        elif above and above[-1][0].y - line[0].y > PITCH * line[0].size + 1:
            groups.append([line])
        else:
            above.append(line)
    blocks = []
    for group in groups[:-1]:
        block = Block([], heads=[run for line in group for run in line])
        block.columns = columns_of(block, ())
        if len(block.columns) > _MOST_LABELLED:
            lowest = group[-1][0]
            block.rows = [Row(lowest.y - PITCH * lowest.size, [], certainty=DOUBTED)]
            blocks.append(block)
    return blocks
