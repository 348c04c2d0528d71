"""Lines of figures to rows: what is too wide or stands lower in its cell goes over several lines."""

from collections.abc import Iterable, Sequence

from etl.extract.unruled.block import Row
from etl.extract.unruled.runs import LEADING, SAME_LINE, Run, lines_of
from etl.extract.unruled.words import is_numbered, is_one_label

_WRAPPED = 0.9  # lines of figures closer than this are one row, whose widest figures go over several lines


def rows_of(figures: Iterable[Run], words: Sequence[Run]) -> list[Row]:
    """Figures in rows, top to bottom. Those too wide for their cells stand above and below the others.

    ``words``: labels and whatever else is printed, without the words of groups.
    """
    rows: list[list[list[Run]]] = []
    for line in lines_of(figures):
        above = rows[-1][-1] if rows else []
        size = line[0].size
        gap = above[0].y - line[0].y if above else float("inf")
        is_close = gap < LEADING * size
        if gap < _WRAPPED * size or (
            is_close and (_is_between(words, above[0], line[0]) or _goes_on_below(rows[-1], line, words))
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [Row((some[0][0].y + some[-1][0].y) / 2, [run for line in some for run in line]) for some in rows]


def _goes_on_below(row: Sequence[Sequence[Run]], line: Sequence[Run], words: Sequence[Run]) -> bool:
    """Whether a line of figures is of the row above: the rest of wide figures, or such as stand lower in their
    cells than others, without a label of their own."""
    figures = [run for above in row for run in above]
    left = min(run.x0 for run in (*figures, *line))
    level = [run for run in words if run.x1 < left and abs(run.y - line[0].y) < SAME_LINE * run.size]
    first = [run for run in words if run.x1 < left and abs(run.y - row[0][0].y) < SAME_LINE * run.size]
    if first and (not level or any(is_one_label(run, other) for run in first for other in level)):
        return True
    wrapped = 0
    for run in line:
        over = [one for one in figures if one.x0 < run.x1 and run.x0 < one.x1]
        if over and (over[-1].x1 - over[-1].x0 < run.x1 - run.x0 - 1 or not over[-1].text[-1].isdigit()):
            return False
        wrapped += bool(over)
    if wrapped >= len(figures):
        return False
    if not level or (not first and not wrapped):
        return True
    return any(is_numbered(run) for run in first) and not any(is_numbered(run) for run in level)


def _is_between(words: Sequence[Run], above: Run, below: Run) -> bool:
    """Whether a label stands half way between two lines of figures, and none level with either."""
    level = [run.y for run in words if run.x1 < min(above.x0, below.x0) and below.y - 1 <= run.y <= above.y + 1]
    middle = (above.y + below.y) / 2
    return bool(level) and all(abs(y - middle) < SAME_LINE * below.size / 2 for y in level)
