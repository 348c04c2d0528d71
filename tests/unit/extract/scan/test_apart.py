"""Figures stand apart, each narrower than high; characters fill squares."""

import cv2
import numpy as np
import pytest

from etl.extract.scan.picture import Grey
from etl.extract.scan.recogniser import _smaller, _stands_apart


def trimmed(page: Grey) -> Grey:
    ys, xs = np.nonzero(page < 128)
    return page[ys.min() - 3 : ys.max() + 4, xs.min() - 3 : xs.max() + 4]


def figures(text: str) -> Grey:
    page = np.full((80, 400), 255, np.uint8)
    for index, figure in enumerate(text):
        cv2.putText(page, figure, (20 + 26 * index, 50), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 20, 2, cv2.LINE_AA)
    return trimmed(
        np.asarray(cv2.resize(page, None, fx=0.7, fy=1.0, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    )


def squares(count: int) -> Grey:
    page = np.full((80, 400), 255, np.uint8)
    for index in range(count):
        left = 20 + 34 * index
        cv2.rectangle(page, (left, 20), (left + 29, 49), 20, 2)
        cv2.line(page, (left, 34), (left + 29, 34), 20, 2)
    return trimmed(page)


@pytest.mark.parametrize("text", ["10", "2560", "850386", "15662.7"])
def test_figures_stand_apart(text: str) -> None:
    assert _stands_apart(figures(text))


@pytest.mark.parametrize("count", [1, 2, 6])
def test_characters_do_not(count: int) -> None:
    assert not _stands_apart(squares(count))


def test_a_line_without_ink_does_not() -> None:
    assert not _stands_apart(np.full((30, 60), 255, np.uint8))


def test_a_smaller_line_keeps_its_width_and_its_ink() -> None:
    line = figures("2560")
    made = _smaller(line)
    assert made.shape[1] == line.shape[1]
    assert made.shape[0] == pytest.approx(line.shape[0] / 0.75, abs=2)
    assert np.count_nonzero(made < 128) == np.count_nonzero(line < 128)
