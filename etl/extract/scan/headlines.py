"""The lines of text above a page's tables, found by RapidOCR's detector."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from etl.extract.scan.engine import configured
from etl.extract.scan.page import StraightPage
from etl.extract.scan.recogniser import recognise

_MODEL = "PP-OCRv6_det_small.onnx"
_WIDTH = 640  # pixels of the page's width at which lines are looked for: 18 a line of body text
_UPPER = 0.5  # of a page without tables is looked at

Corners = npt.NDArray[np.float32]
"""4 × 2: those of a line of text, from the upper left on clockwise."""


@cache
def _detector() -> Any:
    from rapidocr.ch_ppocr_det import TextDetector

    return TextDetector(configured("Det", _MODEL, limit_side_len=32))  # as large as it is given


def headlines(page: StraightPage) -> Iterator[str]:
    """The lines of text above the page's first table in reading order, each recognised when asked for."""
    foot = min((frame.box[1] for frame in page.frames), default=round(page.grey.shape[0] * _UPPER))
    above = page.grey[:foot]
    if foot < page.dpi / 4:
        return
    share = min(1.0, _WIDTH / above.shape[1])
    small = cv2.resize(above, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    found = _detector()(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR))
    if found.boxes is None or not len(found.boxes):
        return
    from rapidocr.utils.process_img import get_rotate_crop_image

    for line in _lines([np.asarray(box / share, dtype=np.float32) for box in found.boxes]):
        read = recognise([get_rotate_crop_image(above, box) for box in line])
        if text := "".join(one.text for one in read):
            yield text


def _lines(boxes: list[Corners]) -> list[list[Corners]]:
    """Boxes on one height side by side, top to bottom."""
    lines: list[list[Corners]] = []
    for box in sorted(boxes, key=lambda one: one[:, 1].mean()):
        middle = box[:, 1].mean()
        if lines and lines[-1][0][0, 1] < middle < lines[-1][0][3, 1]:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [sorted(line, key=lambda one: one[0, 0]) for line in lines]
