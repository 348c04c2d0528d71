"""Sides for tables printed without them: rules across, rules between columns, and nothing at left and right."""

from collections.abc import Sequence
from itertools import pairwise

Line = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points from the page's bottom left, x0 <= x1 and y0 <= y1."""

_TOLERANCE = 3.0
_SHORTEST = 120.0  # what is narrower is no table of a report
_TALLEST_ROW = 150.0  # rules further apart belong to different tables


def missing_sides(across: Sequence[Line], down: Sequence[Line]) -> list[Line]:
    """Vertical lines that close the open sides of tables.

    A stack of horizontal rules of one width is a table if a vertical rule stands between its ends.
    """
    sides: list[Line] = []
    for stack in _stacks(across):
        x0, x1 = stack[0][0], stack[0][2]
        top, foot = stack[0][1], stack[-1][1]
        inner = [
            line
            for line in down
            if x0 + _TOLERANCE < line[0] < x1 - _TOLERANCE and line[1] < top - _TOLERANCE and line[3] > foot
        ]
        if not inner:
            continue
        # On the first or last rows of a page the rule at the very top or foot may be missing.
        top, foot = max(top, *(line[3] for line in inner)), min(foot, *(line[1] for line in inner))
        for x in (x0, x1):
            closed = [
                line for line in down if abs(line[0] - x) <= _TOLERANCE and line[1] < top and line[3] > foot
            ]
            if not closed:
                sides.append((x, foot, x, top))
    return sides


def _stacks(across: Sequence[Line]) -> list[list[Line]]:
    """Runs of at least three rules of one width, top to bottom, each within a row's height of the next."""
    wide = sorted(
        (line for line in across if line[2] - line[0] >= _SHORTEST),
        key=lambda line: (round(line[0] / _TOLERANCE), round(line[2] / _TOLERANCE), -line[1]),
    )
    runs: list[list[Line]] = [wide[:1]] if wide else []
    for above, line in pairwise(wide):
        same = abs(above[0] - line[0]) <= _TOLERANCE and abs(above[2] - line[2]) <= _TOLERANCE
        if same and 0 <= above[1] - line[1] <= _TALLEST_ROW:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [run for run in runs if len(run) >= 3]
