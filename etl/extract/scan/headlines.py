"""The lines of text above a page's tables, found by RapidOCR's detector."""

from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from etl.extract.scan.page import StraightPage
from etl.extract.scan.picture import Grey
from etl.extract.scan.recogniser import recognise

_MODEL = "PP-OCRv6_det_small.onnx"
_WIDTH = 640  # pixels of the page's width at which lines are looked for: 18 a line of body text
_LINE = 0.6  # of a line's height that two boxes share if they stand on one line
_UPPER = 0.5  # of a page without tables is looked at
_PAD = 2.0  # points


@cache
def _detector() -> Any:
    import rapidocr
    from rapidocr.ch_ppocr_det import TextDetector

    settings = {
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Det.model_path": str(Path(rapidocr.__file__).parent / "models" / _MODEL),
        "Det.limit_side_len": 32,  # as large as it is given
    }
    configured = rapidocr.RapidOCR(params=settings).cfg
    configured.Det.engine_cfg = configured.EngineConfig.onnxruntime
    return TextDetector(configured.Det)


def headlines(page: StraightPage, count: int) -> list[str]:
    """The first ``count`` lines of text above the page's first table, in reading order."""
    foot = min((frame.box[1] for frame in page.frames), default=round(page.grey.shape[0] * _UPPER))
    above = page.grey[:foot]
    if foot < page.dpi / 4:
        return []
    share = min(1.0, _WIDTH / above.shape[1])
    small = cv2.resize(above, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    found = _detector()(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR))
    if found.boxes is None or not len(found.boxes):
        return []
    lines = _lines([_extent(box / share) for box in found.boxes])[:count]
    pad = round(_PAD * page.dpi / 72)
    crops = [[_cut(above, box, pad) for box in line] for line in lines]
    read = iter(recognise([crop for line in crops for crop in line]))
    texts = ("".join(next(read).text for _ in line) for line in crops)
    return [text for text in texts if text]


def _extent(box: np.ndarray) -> tuple[int, int, int, int]:
    (x0, y0), (x1, y1) = box.min(axis=0), box.max(axis=0)
    return int(x0), int(y0), int(x1), int(y1)


def _cut(image: Grey, box: tuple[int, int, int, int], pad: int) -> Grey:
    x0, y0, x1, y1 = box
    return image[max(0, y0 - pad // 2) : y1 + pad // 2, max(0, x0 - pad) : x1 + pad]


def _lines(boxes: list[tuple[int, int, int, int]]) -> list[list[tuple[int, int, int, int]]]:
    """Boxes on one height side by side, top to bottom."""
    lines: list[list[tuple[int, int, int, int]]] = []
    for box in sorted(boxes, key=lambda one: one[1]):
        top, foot = (lines[-1][0][1], lines[-1][0][3]) if lines else (0, 0)
        if lines and min(foot, box[3]) - max(top, box[1]) > _LINE * (box[3] - box[1]):
            lines[-1].append(box)
        else:
            lines.append([box])
    return [sorted(line) for line in lines]
