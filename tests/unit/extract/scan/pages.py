"""Pages drawn with OpenCV: a ruled table of given columns and rows on white paper."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
DPI = 150.0


def ruled(columns: Sequence[int], rows: Sequence[int], *, open_foot: bool = False) -> Pixels:
    """A page of A4 at 150 dpi with rules at these pixels; ``open_foot`` leaves the last one out."""
    page = np.full((1754, 1240), 255, np.uint8)
    for y in rows[:-1] if open_foot else rows:
        cv2.line(page, (columns[0], y), (columns[-1], y), 40, 1)
    for x in columns:
        cv2.line(page, (x, rows[0]), (x, rows[-1]), 40, 1)
    return page


def erase_rule(page: Pixels, x: int, top: int, foot: int) -> None:
    """Merge the two cells on both sides of a vertical rule."""
    page[top + 2 : foot - 1, x - 2 : x + 3] = 255


def turned(page: Pixels, degrees: float) -> Pixels:
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,)))


def noisy(page: Pixels, deviation: float) -> Pixels:
    grain = np.random.default_rng(1).normal(0, deviation, page.shape)
    return np.clip(page + grain, 0, 255).astype(np.uint8)
