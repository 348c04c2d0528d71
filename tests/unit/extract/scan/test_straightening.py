import numpy as np
import pytest

from etl.extract.scan.page import straighten
from etl.extract.scan.picture import Picture
from etl.extract.scan.rules import rules_across
from etl.extract.scan.skew import long_rules, skew
from tests.unit.extract.scan.pages import DPI, noisy, ruled, turned

COLUMNS = (150, 500, 700, 900, 1090)
ROWS = (300, 345, 390, 435, 480)
POINTS = 72 / DPI


def picture(page: np.ndarray) -> Picture:
    to_points = np.array([(POINTS, 0.0, 0.0), (0.0, POINTS, 0.0)])
    return Picture(np.repeat(page[:, :, None], 3, axis=2), 1, DPI, to_points)


@pytest.mark.parametrize("degrees", [-3.0, -0.7, 0.0, 0.4, 3.0])
def test_the_angle_is_told_from_the_rules(degrees: float) -> None:
    page = noisy(turned(ruled(COLUMNS, ROWS), degrees), 8)
    assert skew(long_rules(rules_across(page, DPI))) == pytest.approx(-degrees, abs=0.05)


def test_a_page_without_rules_has_no_angle() -> None:
    assert skew(long_rules(rules_across(np.full((1754, 1240), 255, np.uint8), DPI))) is None


@pytest.mark.parametrize("degrees", [-2.5, 1.0])
def test_boxes_lie_on_the_page_as_it_was_scanned(degrees: float) -> None:
    page = straighten(picture(turned(ruled(COLUMNS, ROWS), degrees)))
    (frame,) = page.frames
    first = frame.patches[0].box
    x, y, _ = page.to_points @ (first[0], first[1], 1)
    angle = np.radians(-degrees)
    dx, dy = COLUMNS[0] - 620, ROWS[0] - 877
    there = 620 + dx * np.cos(angle) - dy * np.sin(angle), 877 + dx * np.sin(angle) + dy * np.cos(angle)
    assert (x / POINTS, y / POINTS) == pytest.approx(there, abs=4)
