"""The ruled lines of a page's image, found by mathematical morphology."""

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from etl.extract.scan.picture import Grey

Mask = npt.NDArray[np.uint8]
"""Height × width; 255 where something is."""

# Lengths in points. A rule between two rows or columns is longer than any stroke of the text beside it.
_SMOOTHED = 5.0
_SHORTEST = 12.0
_LONG = 45.0
_THICKEST = 3.2
_GAP = 5.0
_REACH = 2.0
_CONTRAST = 14  # grey levels by which the faintest rule is darker than what lies on both its sides
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
    across = _along(grey, dots)
    down = _along(np.ascontiguousarray(grey.T), dots)
    across = _anchored(across, down.T, dots)
    return Rules(across, np.ascontiguousarray(_anchored(down, across.T, dots).T))


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
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, _bar(shortest, 1))
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _bar(gap, 1)))


def _bar(width: int, height: int) -> Mask:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_RECT, (width, height)))


def _anchored(across: Mask, down: Mask, dots: float) -> Mask:
    """``across`` without the short rules that do not have one of ``down`` at both ends."""
    kept = np.array(across, order="C")
    count, labels, stats, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    reach = max(2, round(_REACH * dots))
    for index in range(1, count):
        x, y, width, height, _ = stats[index]
        if width >= _LONG * dots * 2:
            continue
        rows = slice(max(0, y - reach), y + height + reach)
        left = down[rows, max(0, x - reach) : x + reach]
        right = down[rows, max(0, x + width - reach) : x + width + reach]
        if not (left.any() and right.any()):
            box = slice(y, y + height), slice(x, x + width)
            kept[box][labels[box] == index] = 0
    return kept
