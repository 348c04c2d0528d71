"""Cells between rules: every patch of paper that rules enclose, placed in rows and columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from etl.extract.scan.rules import Mask, Rules

# Lengths in points.
_NARROWEST_TABLE, _LOWEST_TABLE = 150.0, 10.0
_LONG = 45.0
_SMALLEST_SIDE = 3.0
_SAME_LINE = 4.0
_MARKED = 128  # a grey level between paper and line
_RECTANGULAR = 0.8  # of its box a cell fills; less: two cells run into one another through a gap in a rule


@dataclass(frozen=True)
class Patch:
    """A cell of a frame: its box in pixels (x0, y0, x1, y1) and its place in rows and columns."""

    box: tuple[int, int, int, int]
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True)
class Frame:
    """The cells of one table. ``is_whole``: they fill its rows and columns without gap or overlap."""

    patches: tuple[Patch, ...]
    is_whole: bool
    box: tuple[int, int, int, int]


def find_frames(rules: Rules, dpi: float) -> list[Frame]:
    """The tables of a straight page, top to bottom."""
    long = _long(rules, max(3, round(_LONG * dpi / 72)))
    lines: Mask = np.asarray(
        cv2.dilate(cv2.bitwise_or(rules.across, rules.down), np.ones((3, 3))), dtype=np.uint8
    )
    outlines, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    frames = []
    for outline in outlines:
        x, y, width, height = (int(number) for number in cv2.boundingRect(outline))
        if width * 72 < _NARROWEST_TABLE * dpi or height * 72 < _LOWEST_TABLE * dpi:
            continue
        own = _component(lines, (int(outline[0, 0, 0]), int(outline[0, 0, 1])))[y : y + height, x : x + width]
        left, top, across, down = cv2.boundingRect(cv2.bitwise_and(own, long[y : y + height, x : x + width]))
        if not across:
            continue
        own = np.ascontiguousarray(own[top : top + down, left : left + across])
        frame = _frame(own, x + left, y + top, dpi)
        if frame is not None:
            frames.append(frame)
    return sorted(frames, key=lambda frame: frame.box[1])


def _component(lines: Mask, inside: tuple[int, int]) -> Mask:
    """The lines that hang together with the pixel ``inside``."""
    marked = lines.copy()
    cv2.floodFill(marked, None, inside, (_MARKED,), flags=8)
    return np.asarray(cv2.inRange(marked, _MARKED, _MARKED), dtype=np.uint8)


def _long(rules: Rules, length: int) -> Mask:
    """Rules of at least ``length`` pixels: a table reaches as far as they do; no heading has any."""
    across = cv2.morphologyEx(rules.across, cv2.MORPH_OPEN, np.ones((1, length)))
    down = cv2.morphologyEx(rules.down, cv2.MORPH_OPEN, np.ones((length, 1)))
    return np.asarray(cv2.bitwise_or(across, down))


def _frame(lines: Mask, left: int, top: int, dpi: float) -> Frame | None:
    """The cells between the lines of one table, whose image begins at ``left``, ``top``."""
    height, width = lines.shape
    # A table drawn without sides, or without a foot where the page breaks it, ends where its lines end.
    cv2.rectangle(lines, (0, 0), (width - 1, height - 1), 255, 2)
    count, _, stats, _ = cv2.connectedComponentsWithStats(255 - lines, connectivity=4)
    side = _SMALLEST_SIDE * dpi / 72
    found = [
        (int(x), int(y), int(x + w), int(y + h), int(area))
        for x, y, w, h, area in stats[1:count]
        if w >= side and h >= side
    ]
    if len(found) < 2:
        return None
    near = _SAME_LINE * dpi / 72
    columns = _positions([edge for box in found for edge in (box[0], box[2])], near)
    rows = _positions([edge for box in found for edge in (box[1], box[3])], near)
    taken = np.zeros((len(rows) - 1, len(columns) - 1), dtype=np.int32)
    patches, is_whole = [], True
    for x0, y0, x1, y1, area in found:
        column, row = _nearest(columns, x0), _nearest(rows, y0)
        column_span, row_span = _nearest(columns, x1) - column, _nearest(rows, y1) - row
        if column_span < 1 or row_span < 1:  # thinner than two rules are apart: a gap of a double rule
            continue
        is_whole = is_whole and area >= _RECTANGULAR * (x1 - x0) * (y1 - y0)
        taken[row : row + row_span, column : column + column_span] += 1
        box = (left + x0, top + y0, left + x1, top + y1)
        patches.append(Patch(box, row, column, row_span, column_span))
    patches.sort(key=lambda patch: (patch.row, patch.column))
    return Frame(tuple(patches), is_whole and bool((taken == 1).all()), (left, top, left + width, top + height))


def _positions(edges: Sequence[int], near: float) -> list[float]:
    """Where rules run: the middles of runs of edges no further than ``near`` from one to the next."""
    ordered = sorted(edges)
    runs = [[ordered[0]]]
    for edge in ordered[1:]:
        if edge - runs[-1][-1] <= near:
            runs[-1].append(edge)
        else:
            runs.append([edge])
    return [sum(run) / len(run) for run in runs]


def _nearest(positions: Sequence[float], edge: float) -> int:
    return min(range(len(positions)), key=lambda index: abs(positions[index] - edge))
