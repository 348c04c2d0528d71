"""Ruled tables from lines and characters: what a reader builds grids with when it has both in hand."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf

from etl.extract.characters import Character, text_of
from etl.extract.sides import Line, missing_sides
from etl.model import Cell, Grid, Place

_SAME = 2.0  # lines closer than this (points) are one rule: both edges of a thin rectangle, a double border
_GAP = 3.0  # rules of one height that end this close to each other go on; a rule ends this close to a joint
_MIN_SIDE = 4.0  # a strip thinner than this between two rules is the gap of a double border, never a cell
_MIN_ROW = 6.0  # sides that go on further than this beyond the last rule enclose one more row

Span = tuple[float, float]


class _Rule:
    """All that is drawn at one height (or one distance from the left): its place, and the spans covered."""

    def __init__(self, at: float, spans: Iterable[Span]) -> None:
        self.at = at
        self.spans: list[Span] = []
        for start, end in sorted(spans):
            if self.spans and start <= self.spans[-1][1] + _GAP:
                self.spans[-1] = self.spans[-1][0], max(end, self.spans[-1][1])
            else:
                self.spans.append((start, end))

    def covers(self, middle: float) -> bool:
        index = bisect_right(self.spans, (middle, inf)) - 1
        return index >= 0 and middle <= self.spans[index][1]


def ruled_grids(
    across: Sequence[Line],
    down: Sequence[Line],
    characters: Sequence[Character],
    *,
    page: int,
    height: float,
    reader: str,
) -> list[Grid]:
    """The tables that a page's rules enclose, top to bottom.

    Args:
        across: horizontal lines, in points from the page's bottom left.
        down: vertical lines; sides that are not printed are put to tables here.
        characters: the page's characters. Each belongs to the cell in which its middle lies.
        page: the page's number, for the evidence.
        height: the page's height in points: boxes of cells are given from the top.
        reader: the name under which the grids go.
    """
    across = [(start, rule.at, end, rule.at) for rule in _flat(across) for start, end in rule.spans]
    down = [(rule.at, start, rule.at, end) for rule in _upright(down) for start, end in rule.spans]
    tables = []
    for rows, columns in _tables(across, [*down, *missing_sides(across, down)]):
        if (grid := _grid(rows, columns, characters, page, height, reader)) is not None:
            tables.append((-rows[0].at, grid))
    return [grid for _, grid in sorted(tables, key=lambda found: found[0])]


def _tables(across: Sequence[Line], down: Sequence[Line]) -> Iterable[tuple[list[_Rule], list[_Rule]]]:
    """Rules that touch each other, directly or through others: (horizontal from the top, vertical)."""
    lines = [*across, *down]
    parent = list(range(len(lines)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for first, (x0, y0, x1, _) in enumerate(across):
        start, end = x0 - _GAP, x1 + _GAP
        for second, (left, low, _, high) in enumerate(down, start=len(across)):
            if start <= left <= end and low - _GAP <= y0 <= high + _GAP:
                parent[root(first)] = root(second)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(root(index), ([], []))[index >= len(across)].append(line)
    for flat, upright in groups.values():
        if not flat or not upright:
            continue
        rows, columns = _flat(flat), _upright(upright)
        if len(columns) > 1:
            # Where a page ends within a table, the rule at its foot or head may be missing.
            foot, top = min(line[1] for line in upright), max(line[3] for line in upright)
            below, above = [_Rule(foot, ())], [_Rule(top, ())]
            rows = (below if rows[0].at - foot > _MIN_ROW else []) + rows
            rows += above if top - rows[-1].at > _MIN_ROW else []
            if len(rows) > 1:
                yield rows[::-1], columns


def _flat(lines: Iterable[Line]) -> list[_Rule]:
    return _rules((line[1], (line[0], line[2])) for line in lines)


def _upright(lines: Iterable[Line]) -> list[_Rule]:
    return _rules((line[0], (line[1], line[3])) for line in lines)


def _rules(lines: Iterable[tuple[float, Span]]) -> list[_Rule]:
    """Lines put together into rules, in ascending order of their places."""
    clusters: list[list[tuple[float, Span]]] = []
    for line in sorted(lines):
        if clusters and line[0] - clusters[-1][0][0] <= _SAME:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    return [_Rule(sum(at for at, _ in some) / len(some), (span for _, span in some)) for some in clusters]


def _grid(
    rows: Sequence[_Rule],
    columns: Sequence[_Rule],
    characters: Sequence[Character],
    page: int,
    height: float,
    reader: str,
) -> Grid | None:
    regions = _regions(rows, columns)
    inside: list[list[Character]] = [[] for _ in regions]
    at = {position: found for found, region in zip(inside, regions, strict=True) for position in region}
    lefts, tops = [rule.at for rule in columns], [-rule.at for rule in rows]
    for one in characters:
        _, x0, y0, x1, y1 = one
        column = bisect_right(lefts, (x0 + x1) / 2) - 1
        row = bisect_right(tops, -(y0 + y1) / 2) - 1
        if (found := at.get((row, column))) is not None:
            found.append(one)
    cells = []
    for region, found in zip(regions, inside, strict=True):
        first, left = last, right = region[0]
        if len(region) > 1:
            first, last = min(row for row, _ in region), max(row for row, _ in region)
            left, right = min(column for _, column in region), max(column for _, column in region)
        x0, x1 = columns[left].at, columns[right + 1].at
        top, foot = rows[first].at, rows[last + 1].at
        text = text_of(found)
        if not text and (x1 - x0 < _MIN_SIDE or top - foot < _MIN_SIDE):
            continue
        box = (round(x0, 2), round(height - top, 2), round(x1, 2), round(height - foot, 2))
        cells.append(Cell(text, first, left, last - first + 1, right - left + 1, Place(page, box)))
    if len(cells) < 2:
        return None
    return Grid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), reader)


def _regions(rows: Sequence[_Rule], columns: Sequence[_Rule]) -> list[list[tuple[int, int]]]:
    """Positions (row, column) grouped by the rules between them: a merged cell is one region."""
    heights = [(above.at + below.at) / 2 for above, below in pairwise(rows)]
    widths = [(left.at + right.at) / 2 for left, right in pairwise(columns)]
    wall_right = [[columns[c + 1].covers(y) for c in range(len(widths))] for y in heights]
    wall_below = [[rows[r + 1].covers(x) for x in widths] for r in range(len(heights))]
    seen: set[tuple[int, int]] = set()
    regions = []
    for start in ((r, c) for r in range(len(heights)) for c in range(len(widths))):
        if start in seen:
            continue
        seen.add(start)
        region, waiting = [], [start]
        while waiting:
            row, column = waiting.pop()
            region.append((row, column))
            beside = []
            if column + 1 < len(widths) and not wall_right[row][column]:
                beside.append((row, column + 1))
            if column > 0 and not wall_right[row][column - 1]:
                beside.append((row, column - 1))
            if row + 1 < len(heights) and not wall_below[row][column]:
                beside.append((row + 1, column))
            if row > 0 and not wall_below[row - 1][column]:
                beside.append((row - 1, column))
            for there in beside:
                if there not in seen:
                    seen.add(there)
                    waiting.append(there)
        regions.append(region)
    return regions
