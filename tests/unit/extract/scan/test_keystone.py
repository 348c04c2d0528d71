"""Photographs at an angle are made flat by their rules, and their boxes lie on the photograph."""

import cv2
import numpy as np
import pytest

from etl.extract.scan.keystone import flattened, flattening
from etl.extract.scan.page import straighten
from etl.extract.scan.picture import Picture
from etl.extract.scan.rules import rules_across
from etl.extract.scan.skew import Rule, long_rules
from tests.unit.extract.scan.pages import DPI, noisy, ruled, turned

COLUMNS = (150, 500, 700, 900, 1090)
ROWS = (300, 500, 700, 900, 1200, 1500)
CORNERS = np.array([(0, 0), (1240, 0), (1240, 1754), (0, 1754)], np.float32)
POINTS = 72 / DPI


def lines(page: np.ndarray) -> tuple[list[Rule], list[Rule]]:
    across, down = (long_rules(rules_across(one, DPI)) for one in (page, np.ascontiguousarray(page.T)))
    return across, down


def photographed(page: np.ndarray, narrower: float, lower: float) -> tuple[np.ndarray, np.ndarray]:
    """The page with its upper edge shorter at both ends, and its right one; and what made it so."""
    moved = CORNERS + np.array([(narrower, 0), (-narrower, lower), (0, -lower), (0, 0)], np.float32)
    matrix = cv2.getPerspectiveTransform(CORNERS, moved)
    return cv2.warpPerspective(page, matrix, (1240, 1754), flags=cv2.INTER_CUBIC, borderValue=255), matrix


@pytest.mark.parametrize("degrees", [-2.5, 0.0, 0.4, 2.5])
def test_a_flat_page_is_left_as_it_is(degrees: float) -> None:
    page = noisy(turned(ruled(COLUMNS, ROWS), degrees), 8)
    assert flattening(page.shape, *lines(page)) is None


def test_few_rules_do_not_tell() -> None:
    page, _ = photographed(ruled(COLUMNS, ROWS[:2]), 60, 60)
    assert flattening(page.shape, *lines(page)) is None


@pytest.mark.parametrize(("narrower", "lower"), [(60, 0), (0, 60), (50, 40), (70, -50)])
def test_rules_of_a_photograph_are_made_parallel(narrower: float, lower: float) -> None:
    page, _ = photographed(ruled(COLUMNS, ROWS), narrower, lower)
    flat = flattening(page.shape, *lines(page))
    assert flat is not None
    for rules in lines(flattened(page, flat)):
        assert [rule.slope for rule in rules] == pytest.approx([0.0] * len(rules), abs=0.003)


def test_boxes_lie_on_the_photograph() -> None:
    page, matrix = photographed(ruled(COLUMNS, ROWS), 50, 40)
    picture = Picture(np.repeat(page[:, :, None], 3, axis=2), 1, DPI, np.eye(2, 3) * POINTS)
    straight = straighten(picture)
    (frame,) = straight.frames
    assert frame.is_whole
    assert len(frame.patches) == (len(COLUMNS) - 1) * (len(ROWS) - 1)
    for patch, (column, row) in ((frame.patches[0], (0, 0)), (frame.patches[-1], (-2, -2))):
        x, y, scale = straight.to_points @ (*patch.box[:2], 1)
        there = cv2.perspectiveTransform(np.array([[(COLUMNS[column], ROWS[row])]], np.float32), matrix)[0, 0]
        assert (x / scale / POINTS, y / scale / POINTS) == pytest.approx(tuple(there), abs=4)
