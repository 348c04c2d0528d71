"""The angle of a page on the scanner's glass, told by its rules, and the page turned straight."""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from etl.extract.scan.picture import Grey, Projection, Turn, projection
from etl.extract.scan.rules import Mask

_LONG = 0.12  # of the page's width: shorter rules do not tell an angle well
_STRAIGHT = 0.03  # degrees: less than a pixel over a page


class Rule(NamedTuple):
    """A rule's length across, in pixels; how far it falls for a pixel to the right; and a point of it."""

    length: float
    slope: float
    x: float
    y: float


def skew(rules: Sequence[Rule]) -> float | None:
    """Degrees by which rules across fall to the right; None for a page without long rules.

    The median over all of them, weighted by length: one slanted line of a drawing tells nothing.
    """
    if not rules:
        return None
    angles = np.degrees(np.arctan([rule.slope for rule in rules]))
    order = np.argsort(angles)
    reached = np.cumsum(np.array([rule.length for rule in rules])[order])
    return float(angles[order][np.searchsorted(reached, reached[-1] / 2)])


def long_rules(across: Mask) -> list[Rule]:
    """The rules that are long enough to tell an angle."""
    least = across.shape[1] * _LONG
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(across, connectivity=8)
    rules = []
    for index in range(1, count):
        x, y, width, height, _ = (int(number) for number in boxes[index])
        if width < least or height > width * 0.1:
            continue
        ys, xs = np.nonzero(labels[y : y + height, x : x + width] == index)
        slope = float(np.polyfit(xs, ys, 1)[0])
        rules.append(Rule(float(width), slope, x + float(xs.mean()), y + float(ys.mean())))
    return rules


def straightening(shape: tuple[int, ...], angle: float) -> Turn | None:
    """How an image of that shape is turned about its middle by ``angle``; None where it stands straight."""
    if abs(angle) < _STRAIGHT:
        return None
    return np.asarray(cv2.getRotationMatrix2D((shape[1] / 2, shape[0] / 2), angle, 1.0))


def before(turn: Turn, to_points: Projection) -> Projection:
    """From pixels of the image after ``turn`` to where ``to_points`` puts those of the image before it."""
    return np.asarray(to_points @ projection(np.asarray(cv2.invertAffineTransform(turn))))


def turned(image: Grey, turn: Turn | None) -> Grey:
    """The image after ``turn``, of the same size, its new corners white."""
    if turn is None:
        return image
    size = image.shape[1], image.shape[0]
    return np.asarray(cv2.warpAffine(image, turn, size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)))
