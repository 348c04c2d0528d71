"""Lines cut out of cells."""

import numpy as np

from etl.extract.scan.crops import split_lines
from tests.unit.extract.scan.pages import DPI, Pixels


def _figure(minus: int) -> Pixels:
    """A stroke of 14 pixels, and before it a small dash of that grey."""
    cell = np.full((40, 60), 255, np.uint8)
    cell[12:26, 34:36] = 20
    cell[19:21, 28:31] = minus
    return cell


def test_a_minus_faint_as_dirt_is_part_of_its_figure() -> None:
    (with_minus,), (without,) = split_lines(_figure(minus=200), DPI), split_lines(_figure(minus=255), DPI)
    assert with_minus.shape[1] >= without.shape[1] + 3


def test_dirt_far_from_a_figure_is_left_out() -> None:
    cell = _figure(minus=255)
    cell[19:21, 8:10] = 200
    (line,), (clean,) = split_lines(cell, DPI), split_lines(_figure(minus=255), DPI)
    assert line.shape == clean.shape
