"""Which way up a page lies, told by its lines of text; and the page turned upright."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np

from etl.extract.scan.engine import configured
from etl.extract.scan.picture import Grey, Turn
from etl.extract.scan.recogniser import recognise
from etl.extract.scan.rules import Mask

_MODEL = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
_LOOKED_AT = 100.0  # dots per inch: enough to see lines

# Lengths in points.
_CHARACTER = 2.0, 40.0  # the longer side of one
_BETWEEN_CHARACTERS = 3.0  # of a line; lines are farther from one another
_LINE_HEIGHT = 6.0, 30.0
_LONG = 2  # times its height, which a line is at least
_INK = 170
_ENOUGH = 30.0  # of lines, to tell a direction by: a few characters have it, a page number has not
_ACROSS = 0.65  # of the lines of an upright page run across at least; of one on its side 0.3 at most
_ASKED = 10  # lines
_WIDEST = 5  # times its height that is seen of a line
_HEAD_DOWN = 0.5  # near 0 and near 1 are the only answers that pages give


class _Line(NamedTuple):
    x: int
    y: int
    width: int
    height: int


def quarters(grey: Grey, dpi: float) -> int:
    """How many quarters of a circle, counter-clockwise, turn a page upright; 0 for one that does not tell.

    Characters of a line stand closer than lines do: run together along lines they make long bars, and across
    lines they make none. Which end is up RapidOCR's classifier of lines says. No page is turned because of that
    alone: its longest lines have to read better turned than as they are.

    Args:
        grey: the page, on white ground; skewed by a few degrees at most.
    """
    share = min(1.0, _LOOKED_AT / dpi)
    dots = dpi * share / 72
    small = np.asarray(cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    characters = _characters(small, dots)
    lines = {0: _lines(characters, dots), 1: _lines(turned_by(characters, 1), dots)}
    lengths = [sum(line.width for line in found) for found in lines.values()]
    if sum(lengths) < _ENOUGH * dots:
        return 0
    directions = (0,) if lengths[0] >= _ACROSS * sum(lengths) else (0, 1)
    asked = {direction: _pictures(grey, direction, lines[direction], share) for direction in directions}
    ends = [direction + 2 for direction in directions if _are_head_down(asked[direction])]
    if directions == (0,) and not ends:
        return 0
    turns: list[int] = [*directions, *ends]
    return max(turns, key=lambda turn: _legible(asked[turn % 2], turn // 2))


def turned_by(image: Grey, quarters: int) -> Grey:
    """The image after so many quarters of a circle counter-clockwise."""
    return np.ascontiguousarray(np.rot90(image, quarters)) if quarters else image


def turned_back(shape: tuple[int, ...], quarters: int) -> Turn:
    """From pixels of the image that `turned_by` gives to those of the one of that shape that it got."""
    height, width = shape[:2]
    return np.array(
        {
            0: [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0)],
            1: [(0.0, -1.0, width), (1.0, 0.0, 0.0)],
            2: [(-1.0, 0.0, width), (0.0, -1.0, height)],
            3: [(0.0, 1.0, 0.0), (-1.0, 0.0, height)],
        }[quarters]
    )


def _characters(small: Grey, dots: float) -> Mask:
    """Ink in pieces as large as characters: no rules, no dirt."""
    ink = cv2.threshold(small, _INK, 255, cv2.THRESH_BINARY_INV)[1]
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    longer = boxes[:, 2:4].max(axis=1)
    is_character = (longer >= _CHARACTER[0] * dots) & (longer <= _CHARACTER[1] * dots)
    is_character[0] = False  # the paper
    return np.asarray(np.where(is_character[labels], 255, 0), dtype=np.uint8)


def _lines(characters: Mask, dots: float) -> list[_Line]:
    """What may be lines of text across the page, the longest for their height first."""
    bar = np.ones((1, max(3, round(_BETWEEN_CHARACTERS * dots))), np.uint8)
    joined = cv2.morphologyEx(characters, cv2.MORPH_CLOSE, bar)
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    low, high = (length * dots for length in _LINE_HEIGHT)
    lines = [_Line(*(int(number) for number in cv2.boundingRect(outline))) for outline in outlines]
    fit = [line for line in lines if low <= line.height <= high and line.width > _LONG * line.height]
    return sorted(fit, key=lambda line: line.width / line.height, reverse=True)


def _pictures(grey: Grey, direction: int, lines: Sequence[_Line], share: float) -> list[Grey]:
    """The beginnings of the first lines, cut out of the page turned by ``direction``."""
    page = np.rot90(grey, direction)
    found = []
    for line in lines[:_ASKED]:
        left, top = max(0, line.x - 1), max(0, line.y - 1)
        right, foot = line.x + min(line.width, _WIDEST * line.height) + 1, line.y + line.height + 1
        x0, y0, x1, y1 = (round(side / share) for side in (left, top, right, foot))
        found.append(np.ascontiguousarray(page[y0:y1, x0:x1]))
    return found


@cache
def _classifier() -> Any:
    from rapidocr.ch_ppocr_cls import TextClassifier

    return TextClassifier(configured("Cls", _MODEL, cls_batch_num=_ASKED))


def _are_head_down(lines: Sequence[Grey]) -> bool:
    if not lines:
        return False
    answers = _classifier()([cv2.cvtColor(line, cv2.COLOR_GRAY2BGR) for line in lines]).cls_res
    said = [float(sure if label == "180" else 1 - sure) for label, sure in answers]
    return sum(said) > _HEAD_DOWN * len(said)


def _legible(lines: Sequence[Grey], halves: int) -> float:
    """How many characters are read surely of lines, turned by so many halves of a circle."""
    read = recognise([turned_by(line, 2 * halves) for line in lines])
    return sum(len(one.text) * one.certainty for one in read)
