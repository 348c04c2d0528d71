"""A cell's picture to pictures of its lines of text, trimmed to their ink."""

import cv2
import numpy as np
import numpy.typing as npt

from etl.extract.scan.frame import Patch
from etl.extract.scan.picture import Grey

Flags = npt.NDArray[np.bool_]

# Lengths in points.
_INSET = 0.7  # what may be left of the rule at a cell's edge
_PAD = 1.6
_SMALLEST = 1.0  # ink of less height and width is dirt; a dot or a dash is more in one of them
_LINE_GAP = 0.7  # of paper between two lines
_LOW = 3.2  # lower than this is no line of its own: a dash, dots, or the mark over a character
_INK, _FAINT = 205, 225
_SIGN = 5.0  # before a figure a sign begins


def lines_of(page: Grey, patch: Patch, dpi: float) -> list[Grey]:
    """The lines of text in a cell, top to bottom; none for an empty one."""
    inset = max(1, round(_INSET * dpi / 72))
    x0, y0, x1, y1 = patch.box
    return split_lines(page[y0 + inset : y1 - inset, x0 + inset : x1 - inset], dpi)


def split_lines(cell: Grey, dpi: float) -> list[Grey]:
    """The lines of text in a piece of a page."""
    if not cell.size:
        return []
    dots = dpi / 72
    ink = ink_in(cell, dots)
    pad = round(_PAD * dots)
    lines = []
    for top, foot in _bands(np.asarray(ink.any(axis=1)), _LINE_GAP * dots, _LOW * dots):
        columns = np.flatnonzero(ink[top:foot].any(axis=0))
        left = max(0, _with_sign(cell[top:foot], int(columns[0]), dots) - pad)
        # A copy, for a view would keep the whole page in memory.
        lines.append(cell[max(0, top - pad) : foot + pad, left : columns[-1] + 1 + pad].copy())
    return lines


def _with_sign(line: Grey, left: int, dots: float) -> int:
    """Where the line begins, with what stands close before it at half its height: a minus may be as faint and
    small as dirt, and the recogniser shall see it."""
    height = line.shape[0]
    begin = max(0, left - round(_SIGN * dots))
    before = cv2.blur(line, (3, 3))[height // 4 : height - height // 4, begin:left] < _FAINT
    columns = np.flatnonzero(before.any(axis=0))
    return begin + int(columns[0]) if columns.size else left


def ink_in(cell: Grey, dots: float) -> Flags:
    """Where ink is in a piece of a page, without specks of dirt and without what is left of rules at its edges.

    ``dots``: pixels a point.
    """
    dark = cv2.threshold(cv2.GaussianBlur(cell, (3, 3), 0), _INK, 255, cv2.THRESH_BINARY_INV)[1]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    height, width = cell.shape
    kept = np.zeros(count, dtype=bool)
    for index in range(1, count):
        x, y, w, h, area = stats[index]
        is_speck = max(w, h) < _SMALLEST * dots or area < _SMALLEST * dots
        is_sliver = (min(w, h) <= 1.2 * dots) and (
            (w > h and (y <= 1 or y + h >= height - 1)) or (h > w and (x <= 1 or x + w >= width - 1))
        )
        kept[index] = not is_speck and not is_sliver
    return np.asarray(kept[labels])


def _bands(rows: Flags, gap: float, low: float) -> list[tuple[int, int]]:
    """Runs of rows with ink; a low run belongs to the nearer neighbour within half a line's height."""
    bands: list[list[int]] = []
    for row in np.flatnonzero(rows):
        if bands and row - bands[-1][1] <= gap:
            bands[-1][1] = int(row) + 1
        else:
            bands.append([int(row), int(row) + 1])
    index = 0
    while index < len(bands):
        top, foot = bands[index]
        if foot - top >= low or len(bands) == 1:
            index += 1
            continue
        above = top - bands[index - 1][1] if index else np.inf
        below = bands[index + 1][0] - foot if index + 1 < len(bands) else np.inf
        if min(above, below) > low:
            index += 1
            continue
        other = index - 1 if above <= below else index + 1
        first, last = sorted((index, other))
        bands[first : last + 1] = [[bands[first][0], bands[last][1]]]
        index = first
    return [(top, foot) for top, foot in bands]
