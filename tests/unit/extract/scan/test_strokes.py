import cv2
import numpy as np
import pytest

from etl.extract.scan.recogniser import Reading
from etl.extract.scan.strokes import told_by_shape


def stroke(lean: int) -> np.ndarray:
    line = np.full((40, 40), 255, np.uint8)
    cv2.line(line, (20 - lean, 34), (20 + lean, 6), 30, 2)
    return line


@pytest.mark.parametrize(("lean", "text"), [(0, "1"), (1, "1"), (5, "/"), (8, "/")])
def test_a_lone_stroke_is_told_by_its_lean(lean: int, text: str) -> None:
    for guess in "1/l":
        assert told_by_shape(stroke(lean), Reading(guess, 0.6)).text == text


def test_more_than_a_stroke_is_left_as_read() -> None:
    assert told_by_shape(stroke(8), Reading("7", 0.6)) == Reading("7", 0.6)


def test_a_flat_stroke_is_a_dash_whatever_was_read() -> None:
    line = np.full((20, 30), 255, np.uint8)
    cv2.line(line, (6, 10), (22, 10), 40, 2)
    for guess in ("", "一", "=", "1"):
        assert told_by_shape(line, Reading(guess, 0.4)).text == "-"
