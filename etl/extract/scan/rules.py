"""The ruled lines of a page's image, found by mathematical morphology."""

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from etl.extract.scan.picture import Grey

Mask = npt.NDArray[np.uint8]
"""Height × width; 255 where something is."""

# Lengths in points. A rule between two rows or columns is longer than any stroke of the text beside it.
_SMOOTHED = 3.5
_SHORTEST = 12.0
_LONG = 45.0
_THICKEST = 3.2
_SMEARED = 12.0, 4.5  # wide and high, or more: a line of text that ran together
_GAP = 2.0
_NEAR = 1.0
_REACH = 5.0  # within so much of its end a line crosses the rule that it ends at; a stroke ends short of it
_LONGEST_STROKE = 24.0
_ROUNDS = 2  # short rules end at short rules that end at long ones
_CONTRAST = 14  # grey levels by which the faintest rule is darker than what lies on both its sides
_HELD_BY = 3  # where OpenCV says which outline a hole is in; -1 for none
_OF_THE_PAGE = 0.4  # of the contrast of the page's fainter long rules: what is fainter is smeared text


class Rules(NamedTuple):
    """Where horizontal and vertical rules run."""

    across: Mask
    down: Mask


def find_rules(grey: Grey, dpi: float) -> Rules:
    """Rules that run within about three degrees of the image's axes.

    Pixels are averaged along the rule first, so that noise does not cut it; then what is darker than both sides
    and runs on for longer than a stroke of a character is a rule. The edge of a shaded cell is not: it is dark
    on one side only. Strokes of large type are longer; but a short rule ends at other rules, and they do not.
    """
    dots = dpi / 72
    across, down = _pieces(_along(grey, dots), dots), _pieces(_along(np.ascontiguousarray(grey.T), dots), dots)
    for _ in range(_ROUNDS):
        _anchor(down, across.kept.T, dots, may_hang=True)
        _anchor(across, down.kept.T, dots)
    return Rules(across.kept, np.ascontiguousarray(down.kept.T))


def rules_across(grey: Grey, dpi: float) -> Mask:
    """Only the horizontal rules, with some strokes of large type among them."""
    return _along(grey, dpi / 72)


def _along(grey: Grey, dots: float) -> Mask:
    smooth, shortest, long, thickest, gap = (
        max(3, round(length * dots)) for length in (_SMOOTHED, _SHORTEST, _LONG, _THICKEST, _GAP)
    )
    averaged = cv2.blur(grey, (smooth, 1))
    dark = cv2.morphologyEx(averaged, cv2.MORPH_BLACKHAT, _bar(1, thickest * 2 + 1))
    mask = cv2.threshold(dark, _CONTRAST, 255, cv2.THRESH_BINARY)[1]
    surely = dark[cv2.morphologyEx(mask, cv2.MORPH_OPEN, _bar(long, 1)) > 0]
    if surely.size:
        least = max(_CONTRAST, _OF_THE_PAGE * float(np.percentile(surely, 30)))
        mask = cv2.threshold(dark, least, 255, cv2.THRESH_BINARY)[1]
    smeared = cv2.morphologyEx(mask, cv2.MORPH_OPEN, _bar(*(round(length * dots) for length in _SMEARED)))
    mask = cv2.subtract(mask, cv2.dilate(smeared, np.ones((3, 3))))
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, _bar(shortest, 1))
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _bar(gap, 1)))


def _bar(width: int, height: int) -> Mask:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_RECT, (width, height)))


class _Pieces(NamedTuple):
    """The lines of one direction, lying: those kept as rules, and the boxes of those still in doubt."""

    mask: Mask
    kept: Mask
    doubtful: list[tuple[int, int, int, int]]


def _pieces(mask: Mask, dots: float) -> _Pieces:
    kept, doubtful = mask.copy(), []
    # Contours, for statistics of components take twenty times as long.
    outlines, levels = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    for index, outline in enumerate(outlines):
        x, y, width, height = (int(number) for number in cv2.boundingRect(outline))
        if width < 2 * _LONG * dots and levels[0, index, _HELD_BY] < 0:
            cv2.drawContours(kept, [outline], 0, (0,), cv2.FILLED)
            doubtful.append((x, y, width, height))
    return _Pieces(mask, kept, doubtful)


def _anchor(lines: _Pieces, others: Mask, dots: float, *, may_hang: bool = False) -> None:
    """Keep short lines that cross rules of the other direction: at both ends; or at one, if they are longer
    than any stroke and ``may_hang``, as the rules between columns where a page breaks a table."""
    reach = max(2, round(_REACH * dots))
    for piece in list(lines.doubtful):
        x, y, width, height = piece
        is_long = width > _LONGEST_STROKE * dots
        # The darkness of a rule hides the first pixels of a line that begins at it.
        near = round(_NEAR * dots) if is_long else 0
        rows = slice(max(0, y - 2), y + height + 2)
        ends = (
            others[rows, max(0, x - near) : x + reach].any(),
            others[rows, max(0, x + width - reach) : x + width + near].any(),
        )
        if all(ends) or (may_hang and is_long and any(ends)):
            box = slice(y, y + height), slice(x, x + width)
            lines.kept[box] |= lines.mask[box]
            lines.doubtful.remove(piece)
