"""A page's image to grids of cells with text, boxes and certainty."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

import cv2
import numpy as np

from etl.extract.scan.alike import recognise_alike
from etl.extract.scan.crops import lines_of
from etl.extract.scan.frame import Frame, Patch, find_frames
from etl.extract.scan.ink import evened, without_stamps
from etl.extract.scan.keystone import flattened, flattening, scaled
from etl.extract.scan.picture import Grey, Picture, Projection, projection
from etl.extract.scan.recogniser import Reading, recognise
from etl.extract.scan.rules import find_rules, rules_across
from etl.extract.scan.skew import before, long_rules, skew, straightening, turned
from etl.extract.scan.strokes import told_by_shape
from etl.extract.scan.upright import quarters, turned_back, turned_by
from etl.model import Box, Cell, Grid, Place

READER = "scan-rapidocr"

Recogniser = Callable[[Sequence[Grey]], Sequence[Reading]]

_SKEW_DPI = 100.0  # enough to tell the angle of a rule
_SURE = 0.9  # from this probability of its least certain character on, a text is taken for certain
_BROKEN = 0.5  # certainty of cells in a frame that does not come out even


@dataclass(frozen=True)
class StraightPage:
    """A page made ready: upright, straight, even, without stamps; with its tables' frames."""

    grey: Grey
    page: int
    dpi: float
    to_points: Projection
    frames: tuple[Frame, ...]


def straighten(picture: Picture) -> StraightPage:
    """Turn the page upright, find its rules, turn it straight by them, and find the frames of its tables."""
    grey = evened(without_stamps(picture.image))
    dpi, to_points = picture.dpi, projection(picture.to_points)
    if turns := quarters(grey, dpi):
        to_points = to_points @ projection(turned_back(grey.shape, turns))
        if picture.is_cut_out and turns % 2:
            dpi *= grey.shape[0] / grey.shape[1]
        grey = turned_by(grey, turns)
    share = min(1.0, _SKEW_DPI / dpi)
    small = np.asarray(cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    across = long_rules(rules_across(small, dpi * share))
    angle = skew(across)
    if angle is None:
        return StraightPage(grey, picture.page, dpi, to_points, ())
    down = long_rules(rules_across(np.ascontiguousarray(small.T), dpi * share))
    flat = flattening(small.shape, across, down)
    if flat is not None:
        flat = scaled(flat, share)
        grey, to_points = flattened(grey, flat), to_points @ np.linalg.inv(flat)
    elif (turn := straightening(grey.shape, angle)) is not None:
        grey, to_points = turned(grey, turn), before(turn, to_points)
    frames = find_frames(find_rules(grey, dpi), dpi)
    return StraightPage(grey, picture.page, dpi, to_points, tuple(frames))


@dataclass(frozen=True)
class CutPage:
    """What is left of a page to be recognised: cells of its frames, and pictures of each one's lines."""

    page: int
    dpi: float
    to_points: Projection
    patches: Sequence[tuple[Frame, Patch]]
    lines: Sequence[Sequence[Grey]]


def cut(page: StraightPage, patches: Sequence[tuple[Frame, Patch]]) -> CutPage:
    """Cut the lines of ``patches`` out of their page."""
    lines = [lines_of(page.grey, patch, page.dpi) for _, patch in patches]
    return CutPage(page.page, page.dpi, page.to_points, patches, lines)


def cut_tables(page: StraightPage) -> CutPage:
    """Cut the lines of all the page's tables out of it."""
    return cut(page, [(frame, patch) for frame in page.frames for patch in frame.patches])


def read_tables(pages: Sequence[CutPage]) -> list[list[Grid]]:
    """Each page's tables as grids, top to bottom. All pages' lines are recognised together."""
    found = []
    for page, cells in zip(pages, read_cells(pages, _alike), strict=True):
        frames = groupby(zip(page.patches, cells, strict=True), key=lambda one: id(one[0][0]))
        found.append([Grid(tuple(cell for _, cell in of_frame), READER) for _, of_frame in frames])
    return found


def _alike(lines: Sequence[Grey]) -> list[Reading]:
    return recognise_alike(lines, recognise)


def read_cells(pages: Sequence[CutPage], recogniser: Recogniser) -> list[list[Cell]]:
    """The cells that were cut out of each page, all their lines recognised together."""
    read = iter(recogniser([line for page in pages for line in chain.from_iterable(page.lines)]))
    return [list(_cells(page, read)) for page in pages]


def _cells(page: CutPage, read: Iterator[Reading]) -> Iterator[Cell]:
    for (frame, patch), pictures in zip(page.patches, page.lines, strict=True):
        readings = [told_by_shape(line, next(read)) for line in pictures]
        certainty = min((reading.certainty for reading in readings), default=1.0)
        certainty = 1.0 if certainty >= _SURE else round(certainty, 2)
        if not frame.is_whole:
            certainty = min(certainty, _BROKEN)
        text = "\n".join(reading.text for reading in readings if reading.text)
        place = Place(page.page, box_on_page(patch.box, page.to_points))
        across = None if _is_upright(page.to_points) else _across(patch, page.dpi)
        yield Cell(text, patch.row, patch.column, patch.row_span, patch.column_span, place, certainty, across)


def _is_upright(to_points: Projection) -> bool:
    """Whether the page was scanned upright and flat, and so a cell's place tells where it stands across it."""
    is_flat = not to_points[2, :2].any()
    return bool(is_flat and to_points[0, 0] > abs(to_points[0, 1]))


def _across(patch: Patch, dpi: float) -> tuple[float, float]:
    return patch.box[0] * 72 / dpi, patch.box[2] * 72 / dpi


def box_on_page(box: tuple[int, int, int, int], to_points: Projection) -> Box:
    """A box of the straight image in points of the page as it was scanned."""
    x0, y0, x1, y1 = box
    corners = np.array([(x0, y0, 1), (x1, y0, 1), (x0, y1, 1), (x1, y1, 1)]) @ to_points.T
    points = corners[:, :2] / corners[:, 2:]
    (left, top), (right, foot) = points.min(axis=0), points.max(axis=0)
    return round(float(left), 2), round(float(top), 2), round(float(right), 2), round(float(foot), 2)
