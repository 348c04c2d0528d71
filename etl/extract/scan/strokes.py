"""A lone stroke, 1 or /: the recogniser, which reads lines, takes one for the other; its lean tells."""

import numpy as np

from etl.extract.scan.picture import Grey
from etl.extract.scan.recogniser import Reading

_STROKES = frozenset("1/lI|")
_UPRIGHT, _SLANTED = 8.0, 15.0  # degrees from the vertical: figures in italics lean up to 12
_TOLD, _UNTOLD = 0.9, 0.6
_INK = 0.4  # of the darkest: faint strokes have no more


def told_by_lean(line: Grey, reading: Reading) -> Reading:
    """The reading of a line, with a lone stroke read by its lean."""
    if reading.text not in _STROKES:
        return reading
    lean = _lean(line)
    if lean >= _SLANTED:
        return Reading("/", reading.certainty if reading.text == "/" else _TOLD)
    if lean <= _UPRIGHT:
        return Reading("1", reading.certainty if reading.text == "1" else _TOLD)
    return Reading(reading.text, min(reading.certainty, _UNTOLD))


def _lean(line: Grey) -> float:
    """Degrees by which the ink leans to the right of upright, by its second moments."""
    darkness = 255.0 - line
    ys, xs = np.nonzero(darkness > _INK * darkness.max())
    weights = darkness[ys, xs]
    x, y = xs - np.average(xs, weights=weights), ys - np.average(ys, weights=weights)
    across, along, both = (float(np.sum(weights * one)) for one in (x * x, y * y, x * y))
    return float(np.degrees(0.5 * np.arctan2(-2 * both, along - across)))
