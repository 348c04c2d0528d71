"""RapidOCR's detector: where lines of text stand on a page."""

from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from etl.extract.scan.engine import configured
from etl.extract.scan.picture import Grey

_MODEL = "PP-OCRv6_det_small.onnx"
_DPI = 60.0  # at which lines are looked for: 10 pixels are a character of body text; 77 find no more

Corners = npt.NDArray[np.float32]
"""4 × 2: those of a line of text, from the upper left on clockwise."""


@cache
def _detector() -> Any:
    from rapidocr.ch_ppocr_det import TextDetector

    return TextDetector(configured("Det", _MODEL, limit_side_len=32))  # as large as it is given


def detected(page: Grey, dpi: float) -> list[Corners]:
    """The pieces of lines on a page, in no order."""
    share = min(1.0, _DPI / dpi)
    small = cv2.resize(page, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    found = _detector()(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR))
    boxes = () if found.boxes is None else found.boxes
    return [np.asarray(box / share, dtype=np.float32) for box in boxes]


def in_lines(pieces: list[Corners]) -> list[list[Corners]]:
    """Pieces on one height side by side, top to bottom."""
    lines: list[list[Corners]] = []
    for box in sorted(pieces, key=lambda one: one[:, 1].mean()):
        middle = box[:, 1].mean()
        if lines and lines[-1][0][0, 1] < middle < lines[-1][0][3, 1]:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [sorted(line, key=lambda one: one[0, 0]) for line in lines]
