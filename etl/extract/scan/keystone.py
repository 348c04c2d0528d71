"""Photographs at an angle: rules that are parallel on paper run together; the page is made flat by them."""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from etl.extract.scan.picture import Grey, Projection
from etl.extract.scan.skew import Rule

_EVIDENT = 0.009  # half a degree between rules that ought to be parallel, or square to each other
_FEWEST = 3  # rules, over
_SPREAD = 0.15  # of the page
_ODD = 0.006  # of slope by which a rule may stray from where the others run together


class _Pencil(NamedTuple):
    """Lines that meet somewhere: their slope at the page's middle, and its change for a pixel further on."""

    slope: float
    change: float
    spread: float  # in pixels, of where they cross the page's middle


def flattening(shape: tuple[int, ...], across: Sequence[Rule], down: Sequence[Rule] = ()) -> Projection | None:
    """What makes a page of that shape flat and straight; None where it is flat as it is.

    Lines across, which are parallel on paper, meet in one point, and lines down in another. The line through
    the two points is the horizon, and goes to infinity.

    Args:
        across: rules across, or lines of text.
        down: rules down, of the page's mirror image about its diagonal, in which they run across; where there
            are too few, they are taken to be square to those across.
    """
    height, width = shape[:2]
    rows = _pencil(across, width / 2, height / 2, height)
    if rows is None:
        return None
    columns = _pencil(down, height / 2, width / 2, width) or _Pencil(-rows.slope, 0.0, 0.0)
    parted = max(abs(rows.change) * rows.spread, abs(columns.change) * columns.spread)
    if max(parted, abs(rows.slope + columns.slope)) < _EVIDENT:
        return None
    horizon = np.cross((1.0, rows.slope, -rows.change), (columns.slope, 1.0, -columns.change))
    flat = np.vstack([np.eye(2, 3), horizon / horizon[2]])
    straight = np.eye(3)
    straight[:2, :2] = np.linalg.inv([(1.0, columns.slope), (rows.slope, 1.0)])
    to_middle = np.array([(1.0, 0.0, -width / 2), (0.0, 1.0, -height / 2), (0.0, 0.0, 1.0)])
    return np.asarray(np.linalg.inv(to_middle) @ straight @ flat @ to_middle)


def flattened(image: Grey, flat: Projection) -> Grey:
    """The image made flat, of the same size, its new corners white."""
    size = image.shape[1], image.shape[0]
    return np.asarray(
        cv2.warpPerspective(image, flat, size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)),
        dtype=np.uint8,
    )


def scaled(flat: Projection, share: float) -> Projection:
    """What was told of an image made smaller by ``share``, for the image itself."""
    small = np.diag((share, share, 1.0))
    return np.asarray(np.linalg.inv(small) @ flat @ small)


def _pencil(rules: Sequence[Rule], middle: float, centre: float, size: int) -> _Pencil | None:
    """The lines through one point that most of the rules are; None for too few, or too close to each other.

    ``middle``, ``centre``: of the page, along and across the rules. ``size``: of the page across them.
    """
    if len(rules) < _FEWEST:
        return None
    slopes = np.array([rule.slope for rule in rules])
    crossed = np.array([rule.y - rule.slope * (rule.x - middle) - centre for rule in rules])
    lengths = np.sqrt([rule.length for rule in rules])
    kept = np.ones(len(rules), bool)
    for _ in range(3):
        if kept.sum() < _FEWEST or np.ptp(crossed[kept]) < _SPREAD * size:
            return None
        change, slope = np.polyfit(crossed[kept], slopes[kept], 1, w=lengths[kept])
        kept = np.abs(slopes - slope - change * crossed) < _ODD
    if kept.sum() * 2 < len(rules):
        return None
    return _Pencil(float(slope), float(change), float(np.ptp(crossed[kept])))
