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

    Horizontal rules that end at one place, left or right, are a table's if a vertical rule stands between their
    ends. The other end need not be the same: where a cell is merged over rows, rules begin beside it.
    """
    sides: list[Line] = []
    for end in (0, 2):
        for stack in _stacks(across, down, end):
            x = stack[0][end]
            x0, x1 = min(line[0] for line in stack), max(line[2] for line in stack)
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
            if not any(abs(line[0] - x) <= _TOLERANCE and line[1] < top and line[3] > foot for line in down):
                sides.append((x, foot, x, top))
    return sides


def _stacks(across: Sequence[Line], down: Sequence[Line], end: int) -> list[list[Line]]:
    """Runs of rules that have one ``end`` (0: left, 2: right) in common, top to bottom.

    Each is within a row's height of the next, or a rule between columns reaches from one to the other. Two
    rules alone are a table only by the latter.
    """
    wide = sorted((line for line in across if line[2] - line[0] >= _SHORTEST), key=lambda line: line[end])
    ends: list[list[Line]] = [wide[:1]] if wide else []
    for before, line in pairwise(wide):
        if line[end] - before[end] <= _TOLERANCE:
            ends[-1].append(line)
        else:
            ends.append([line])
    found = []
    for lines in ends:
        lines.sort(key=lambda line: -line[1])
        runs = [lines[:1]]
        for above, line in pairwise(lines):
            if above[1] - line[1] <= _TALLEST_ROW or _are_joined(above, line, down):
                runs[-1].append(line)
            else:
                runs.append([line])
        found += [
            run
            for run in runs
            if len(run) > 2 or (len(run) == 2 and _are_joined(run[0], run[1], down, exactly=True))
        ]
    return found


def _are_joined(above: Line, below: Line, down: Sequence[Line], *, exactly: bool = False) -> bool:
    """Whether a vertical rule within both reaches from one to the other (``exactly``: and no further)."""
    left, right = max(above[0], below[0]) + _TOLERANCE, min(above[2], below[2]) - _TOLERANCE
    for x, foot, _, top in down:
        beyond = top - above[1], below[1] - foot
        if left < x < right and min(beyond) >= -_TOLERANCE and not (exactly and max(beyond) > _TOLERANCE):
            return True
    return False
