import cv2
import numpy as np
import pytest

from etl.extract.scan.frame import Frame, find_frames
from etl.extract.scan.rules import find_rules
from tests.unit.extract.scan.pages import DPI, Pixels, erase_rule, noisy, ruled

COLUMNS = (150, 500, 700, 900, 1090)
ROWS = (300, 345, 390, 435, 480)


def frame_of(page: Pixels) -> Frame:
    (frame,) = find_frames(find_rules(page, DPI), DPI)
    return frame


def places(frame: Frame) -> list[tuple[int, int, int, int]]:
    return [(one.row, one.column, one.row_span, one.column_span) for one in frame.patches]


WHOLE = [(row, column, 1, 1) for row in range(4) for column in range(4)]


@pytest.mark.parametrize("noise", [0, 18])
def test_every_cell_has_its_row_and_column(noise: float) -> None:
    frame = frame_of(noisy(ruled(COLUMNS, ROWS), noise))
    assert places(frame) == WHOLE
    assert frame.is_whole


def test_cells_without_a_rule_between_them_are_merged() -> None:
    page = ruled(COLUMNS, ROWS)
    erase_rule(page, 700, ROWS[0], ROWS[1])
    frame = frame_of(page)
    assert places(frame)[:3] == [(0, 0, 1, 1), (0, 1, 1, 2), (0, 3, 1, 1)]
    assert frame.is_whole


def test_a_table_without_a_rule_at_its_foot_ends_where_its_columns_end() -> None:
    assert places(frame_of(ruled(COLUMNS, ROWS, open_foot=True))) == WHOLE


def test_text_and_shades_are_no_rules() -> None:
    page = ruled(COLUMNS, ROWS)
    page[ROWS[1] + 2 : ROWS[2] - 1, 152:499] = 215
    for row in ROWS[:-1]:
        cv2.putText(page, "1170 HHH", (160, row + 33), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    cv2.putText(page, "EHHFT", (300, ROWS[0] - 2), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    assert places(frame_of(page)) == WHOLE


def test_cells_that_run_together_in_a_corner_make_a_broken_frame() -> None:
    page = ruled(COLUMNS, ROWS)
    erase_rule(page, 700, ROWS[1], ROWS[2])
    page[ROWS[2] - 2 : ROWS[2] + 3, 502:699] = 255
    assert not frame_of(page).is_whole


def test_a_page_of_text_has_no_frame() -> None:
    page = np.full((1754, 1240), 255, np.uint8)
    for row in range(300, 1200, 60):
        cv2.putText(page, "HEFT 1234567890 HEFT", (150, row), cv2.FONT_HERSHEY_SIMPLEX, 1.3, 0, 2)
    assert find_frames(find_rules(page, DPI), DPI) == []
