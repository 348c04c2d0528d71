"""A lone stroke, 1, / or -: the recogniser, which reads lines, takes one for the other; its shape tells."""

import numpy as np

from etl.extract.scan.picture import Grey
from etl.extract.scan.recogniser import Reading

_STROKES = frozenset("1/lI|")
_UPRIGHT, _SLANTED = 8.0, 15.0  # degrees from the vertical: figures in italics lean up to 12
_FLAT = 1.8  # times as wide as high
_TOLD, _UNTOLD = 0.9, 0.6
_INK = 0.4  # of the darkest: faint strokes have no more


def told_by_shape(line: Grey, reading: Reading) -> Reading:
    """The reading of a line, with a lone stroke read by its shape."""
    if len(reading.text) <= 1 and _is_flat(line):
        return Reading("-", _TOLD)
    if reading.text not in _STROKES:
        return reading
    lean = _lean(line)
    if lean >= _SLANTED:
        return Reading("/", reading.certainty if reading.text == "/" else _TOLD)
    if lean <= _UPRIGHT:
        return Reading("1", reading.certainty if reading.text == "1" else _TOLD)
    return Reading(reading.text, min(reading.certainty, _UNTOLD))


def _is_flat(line: Grey) -> bool:
    """Whether all the ink lies in a bar that is much wider than high: a dash, which no figure is."""
    ys, xs = _ink(line)
    return len(xs) > 1 and float(np.ptp(xs) + 1) >= _FLAT * float(np.ptp(ys) + 1)


def _ink(line: Grey) -> tuple[np.ndarray, np.ndarray]:
    darkness = 255.0 - line
    ys, xs = np.nonzero(darkness > _INK * darkness.max())
    return ys, xs


def _lean(line: Grey) -> float:
    """Degrees by which the ink leans to the right of upright, by its second moments."""
    ys, xs = _ink(line)
    weights = 255.0 - line[ys, xs]
    x, y = xs - np.average(xs, weights=weights), ys - np.average(ys, weights=weights)
    across, along, both = (float(np.sum(weights * one)) for one in (x * x, y * y, x * y))
    return float(np.degrees(0.5 * np.arctan2(-2 * both, along - across)))
