"""The angle of a page on the scanner's glass, told by its rules, and the page turned straight."""

import cv2
import numpy as np

from etl.extract.scan.picture import Grey, Turn, composed
from etl.extract.scan.rules import Mask

_LONG = 0.12  # of the page's width: shorter rules do not tell an angle well
_STRAIGHT = 0.03  # degrees: less than a pixel over a page


def skew(across: Mask) -> float | None:
    """Degrees by which the rules ``across`` fall to the right; None for a page without long rules.

    The median over all long rules across, weighted by length: one slanted line of a drawing tells nothing.
    """
    angles, lengths = _slopes(across)
    if not angles:
        return None
    order = np.argsort(angles)
    reached = np.cumsum(np.array(lengths)[order])
    return float(np.array(angles)[order][np.searchsorted(reached, reached[-1] / 2)])


def _slopes(across: Mask) -> tuple[list[float], list[float]]:
    least = across.shape[1] * _LONG
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(across, connectivity=8)
    angles, lengths = [], []
    for index in range(1, count):
        x, y, width, height, _ = boxes[index]
        if width < least or height > width * 0.1:
            continue
        ys, xs = np.nonzero(labels[y : y + height, x : x + width] == index)
        angles.append(float(np.degrees(np.arctan(np.polyfit(xs, ys, 1)[0]))))
        lengths.append(float(width))
    return angles, lengths


def straightening(shape: tuple[int, ...], angle: float) -> Turn | None:
    """How an image of that shape is turned about its middle by ``angle``; None where it stands straight."""
    if abs(angle) < _STRAIGHT:
        return None
    return np.asarray(cv2.getRotationMatrix2D((shape[1] / 2, shape[0] / 2), angle, 1.0))


def before(turn: Turn, to_points: Turn) -> Turn:
    """From pixels of the image after ``turn`` to where ``to_points`` puts those of the image before it."""
    return composed(np.asarray(cv2.invertAffineTransform(turn)), to_points)


def turned(image: Grey, turn: Turn | None) -> Grey:
    """The image after ``turn``, of the same size, its new corners white."""
    if turn is None:
        return image
    size = image.shape[1], image.shape[0]
    return np.asarray(cv2.warpAffine(image, turn, size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)))
