"""What is a rule and what is text."""

import cv2

from etl.extract.scan.frame import find_frames
from etl.extract.scan.rules import find_rules
from tests.unit.extract.scan.pages import DPI, ruled

COLUMNS, ROWS = (200, 500, 1000), (300, 330, 360)


def test_a_line_of_bold_text_that_runs_together_is_no_rule() -> None:
    page = ruled(COLUMNS, ROWS)
    cv2.rectangle(page, (503, 309), (900, 320), (60,), cv2.FILLED)
    (frame,) = find_frames(find_rules(page, DPI), DPI)
    assert frame.is_whole
    assert len(frame.patches) == 4


def test_a_rule_of_dashes_encloses_cells() -> None:
    page = ruled(COLUMNS, ROWS)
    for x in range(202, 1000, 9):
        page[328:333, x : x + 3] = 255
    (frame,) = find_frames(find_rules(page, DPI), DPI)
    assert frame.is_whole
    assert len(frame.patches) == 4
