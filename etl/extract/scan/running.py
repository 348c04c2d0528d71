"""The running text of a page: its lines outside tables, found by RapidOCR's detector."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from etl.extract.flow import Line, PageText, units_of
from etl.extract.scan.crops import ink_in
from etl.extract.scan.detector import Corners, detected, in_lines
from etl.extract.scan.keystone import flattened, flattening
from etl.extract.scan.page import StraightPage, box_on_page
from etl.extract.scan.picture import Grey, Projection, projection
from etl.extract.scan.sentences import recognise_sentences
from etl.extract.scan.skew import Rule, skew, straightening
from etl.model import Place

_LONG = 8.0  # times its height: a line that tells the angle of a page without rules
_END = 0.4  # of a line's height that the detector may miss at its ends: a full stop, a bracket
_APART = 1.0  # of a line's height between pieces that are read apart
_PAD = 0.06  # of a line's height around its ink
_MARGIN = 0.3  # of a line's height after its end: without it a last full stop is not seen
_LOWEST = 0.5  # of what the detector found is a line's height at least: a lone dash is lower
_FEW = 4.0  # characters, of which the width does not tell the size


class CutLine(NamedTuple):
    """A line's pictures from left to right, and its box in pixels of the straight page."""

    pictures: tuple[Grey, ...]
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class CutText:
    """The lines of a page outside its tables, to be recognised. ``size``: the page's height in pixels."""

    page: int
    dpi: float
    size: int
    to_points: Projection
    lines: Sequence[CutLine]


def cut_text(page: StraightPage) -> CutText:
    """Cut the lines of text outside the page's tables out of it, top to bottom."""
    ground = page.grey
    if page.frames:
        ground = ground.copy()
        for x0, y0, x1, y1 in (frame.box for frame in page.frames):
            ground[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2] = 255
    pieces = detected(ground, page.dpi)
    to_points = page.to_points
    if (flat := _flattening(ground.shape, pieces)) is not None:
        ground, to_points = flattened(ground, flat), to_points @ np.linalg.inv(flat)
        pieces = [np.asarray(cv2.perspectiveTransform(one[None], flat)[0], dtype=np.float32) for one in pieces]
    lines = (_cut(ground, line, page.dpi / 72) for line in in_lines(pieces))
    found = [line for line in lines if line is not None]
    return CutText(page.page, page.dpi, ground.shape[0], to_points, found)


def read_texts(pages: Sequence[CutText]) -> list[PageText]:
    """The lines of each page. All pages' lines are recognised together."""
    texts = iter(recognise_sentences([one for page in pages for line in page.lines for one in line.pictures]))
    return [
        # Rules may be lost, and then a table's headings stand outside it.
        PageText(page.page, page.size * 72 / page.dpi, list(_lines(page, texts)), has_unruled=True)
        for page in pages
    ]


def _lines(page: CutText, texts: Iterator[str]) -> Iterator[Line]:
    points = 72 / page.dpi
    for line in page.lines:
        text = "".join(next(texts) for _ in line.pictures)
        if not any(map(str.isalnum, text)):
            continue  # dirt, or a stroke of a pen
        x0, top, x1, bottom = (side * points for side in line.box)
        characters = units_of(text)
        em = (x1 - x0) / characters if characters >= _FEW and len(line.pictures) == 1 else bottom - top
        place = Place(page.page, box_on_page(line.box, page.to_points))
        yield Line(text, page.page, x0, top, x1, bottom, em, place)


def _flattening(shape: tuple[int, ...], pieces: Sequence[Corners]) -> Projection | None:
    """What makes a page flat, or straight, by its long lines, where its rules did not; None where it is."""
    lines = []
    for piece in pieces:
        (along, fall), aside = piece[1] - piece[0], piece[3] - piece[0]
        if along > _LONG * np.hypot(*aside):
            x, y = piece.mean(axis=0)
            lines.append(Rule(float(along), float(fall / along), float(x), float(y)))
    flat = flattening(shape, lines)
    if flat is not None:
        return flat
    turn = straightening(shape, skew(lines) or 0.0)
    return None if turn is None else projection(turn)


def _cut(page: Grey, pieces: Sequence[Corners], dots: float) -> CutLine | None:
    boxes = [_around(piece) for piece in pieces]
    height = max(y1 - y0 for _, y0, _, y1 in boxes)
    parts: list[tuple[int, int, int, int]] = []
    for x0, y0, x1, y1 in boxes:
        if parts and x0 - parts[-1][2] < _APART * height:
            left, top, right, foot = parts[-1]
            parts[-1] = (left, min(top, y0), max(right, x1), max(foot, y1))
        else:
            parts.append((x0, y0, x1, y1))
    end = round(_END * height)
    parts[0] = (parts[0][0] - end, *parts[0][1:])
    parts[-1] = (*parts[-1][:2], parts[-1][2] + end, parts[-1][3])
    trimmed = [found for part in parts if (found := _trimmed(page, part, dots)) is not None]
    if not trimmed:
        return None
    lefts, tops, rights, feet = zip(*trimmed, strict=True)
    pad = max(1, round(_PAD * height))
    pictures = [
        page[max(0, y0 - pad) : y1 + pad, max(0, x0 - pad) : x1 + pad].copy() for x0, y0, x1, y1 in trimmed
    ]
    pictures[-1] = _with_margin(pictures[-1], round(_MARGIN * height))
    return CutLine(tuple(pictures), (min(lefts), min(tops), max(rights), max(feet)))


def _around(piece: Corners) -> tuple[int, int, int, int]:
    (x0, y0), (x1, y1) = piece.min(axis=0), piece.max(axis=0)
    return round(float(x0)), round(float(y0)), round(float(x1)), round(float(y1))


def _with_margin(line: Grey, width: int) -> Grey:
    return np.asarray(cv2.copyMakeBorder(line, 0, 0, 0, width, cv2.BORDER_CONSTANT, value=255), dtype=np.uint8)


def _trimmed(page: Grey, part: tuple[int, int, int, int], dots: float) -> tuple[int, int, int, int] | None:
    """The box of the ink in a part of the page; None where there is none."""
    x0, y0, x1, y1 = (max(0, side) for side in part)
    piece = page[y0:y1, x0:x1]
    if not piece.size:
        return None
    ink = ink_in(piece, dots)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return None
    top, foot = int(rows[0]), int(rows[-1]) + 1
    lacking = round(_LOWEST * piece.shape[0]) - (foot - top)
    if lacking > 0:
        top, foot = max(0, top - lacking // 2), min(piece.shape[0], foot + lacking // 2)
    return x0 + int(columns[0]), y0 + top, x0 + int(columns[-1]) + 1, y0 + foot
