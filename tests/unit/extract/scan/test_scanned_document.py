"""Pages of one scan: lines recognised together, headlines looked for until the title is found."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import pytest

from etl.extract.scan import document, page
from etl.extract.scan.picture import Grey, Picture
from etl.extract.scan.recogniser import Reading
from tests.unit.extract.scan.pages import DPI, ruled

COLUMNS, ROWS = (200, 500, 800, 1040), (300, 360, 420)


def picture(number: int) -> Picture:
    drawn = ruled(COLUMNS, ROWS)
    for row in ROWS[:-1]:
        for column in COLUMNS[:-1]:
            cv2.putText(drawn, f"{number}{row}{column}", (column + 40, row + 40), 0, 0.7, 20, 2)
    image = np.asarray(cv2.cvtColor(drawn, cv2.COLOR_GRAY2RGB), dtype=np.uint8)
    points = 72 / DPI
    return Picture(image, number, DPI, np.array([[points, 0, 0], [0, points, 0.0]]))


def test_lines_of_all_pages_are_recognised_together(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def recognise(lines: Sequence[Grey]) -> list[Reading]:
        asked.append(len(lines))
        return [Reading(f"n{number}", 1.0) for number, _ in enumerate(lines)]

    monkeypatch.setattr(page, "recognise", recognise)
    pages = document.read_pages(map(picture, (4, 7)), "tables")
    assert [count for count in asked if count] == [12]
    texts = [[cell.text for grid in one.grids for cell in grid.cells] for one in pages]
    assert texts == [[f"n{number}" for number in range(6)], [f"n{number}" for number in range(6, 12)]]
    assert [{cell.place.page for grid in one.grids for cell in grid.cells} for one in pages] == [{4}, {7}]


@pytest.mark.parametrize(("told", "looked_at"), [("某县2024年政府信息公开年报", [1]), ("第一页", [1, 2])])
def test_headlines_are_looked_for_until_the_title_is_found(
    monkeypatch: pytest.MonkeyPatch, told: str, looked_at: list[int]
) -> None:
    seen: list[int] = []

    def headlines(one: page.StraightPage) -> Iterator[str]:
        seen.append(one.page)
        yield told

    monkeypatch.setattr(document, "headlines", headlines)
    monkeypatch.setattr(page, "recognise", lambda lines: [Reading("1", 1.0) for _ in lines])
    document.read_pages(map(picture, (1, 2)), "headlines")
    assert seen == looked_at
