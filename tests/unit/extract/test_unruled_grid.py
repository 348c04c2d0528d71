"""Tables without rules, from characters in given places."""

from random import Random

import pytest

from etl.align import align
from etl.extract.characters import Character
from etl.extract.read import read
from etl.extract.unruled.grid import unruled_grids
from etl.extract.unruled.runs import runs_of
from tests.makers.corpus import make
from tests.makers.places import DEMO_PLACES, load_places

Words = list[tuple[float, float, str]]  # left, base line, text


def table(words: Words, size: float = 10) -> list[list[str]]:
    characters = [
        Character(letter, x + index * size, y, x + (index + 1) * size, y + size)
        for x, y, text in words
        for index, letter in enumerate(text)
    ]
    grids, _ = unruled_grids(runs_of(characters), page=1, height=800)
    rows: list[list[str]] = []
    for grid in grids:
        assert not grid.is_ruled
        assert all(cell.certainty < 1 for cell in grid.cells)
        for row in range(max(cell.row for cell in grid.cells) + 1):
            rows.append([cell.text for cell in grid.cells if cell.row == row])
    return rows


HEAD: Words = [(50, 700, "信息内容"), (200, 700, "制发"), (300, 700, "废止"), (400, 700, "有效")]


def test_figures_stand_under_headings_and_beside_labels() -> None:
    words = [*HEAD, (50, 680, "规章"), (205, 680, "0"), (305, 680, "1"), (405, 680, "12")]
    assert table(words) == [["信息内容", "制发", "废止", "有效"], ["规章", "0", "1", "12"]]


def test_an_empty_cell_keeps_its_column() -> None:
    words = [*HEAD, (50, 680, "规章"), (205, 680, "0"), (405, 680, "12")]
    assert table(words)[1] == ["规章", "0", "", "12"]


def test_a_label_of_three_lines_is_level_with_its_figures() -> None:
    words: Words = [
        *HEAD,
        *(
            (50, y, text)
            for y, text in ((680, "1.甲"), (660, "2.乙"), (648, "乙乙"), (636, "乙"), (616, "3.丙"))
        ),
        *((x, y, str(i)) for i, y in enumerate((680, 648, 616)) for x in (205, 305, 405)),
    ]
    assert [row[0] for row in table(words)[1:]] == ["1.甲", "2.乙\n乙乙\n乙", "3.丙"]


def test_the_words_of_a_group_are_no_label() -> None:
    words: Words = [
        *HEAD,
        (50, 670, "甲组"),
        *((90, y, text) for y, text in ((680, "1.子"), (660, "2.丑"))),
        *((x, y, "5") for y in (680, 660) for x in (205, 305, 405)),
    ]
    assert [row[0] for row in table(words)[1:]] == ["1.子", "2.丑"]


def test_figures_that_wrap_are_one_cell() -> None:
    words = [*HEAD, (50, 680, "规章"), (205, 685, "15"), (205, 675, "00"), (305, 680, "1"), (405, 680, "2")]
    assert table(words)[1] == ["规章", "15\n00", "1", "2"]


def test_prose_makes_no_table() -> None:
    assert table([(50, 700, "全年办理行政许可一百件，行政处罚十件，其余事项"), (50, 680, "按规定办理。")]) == []


@pytest.mark.parametrize("style", ["no_rules", "no_rules_top", "rules_across", "three_rules"])
def test_variants_are_read_without_an_unflagged_mistake(style: str) -> None:
    places = load_places(DEMO_PLACES)
    for index in range(3):
        made = make(index, Random(style).randrange(99), places, style, ("by_government",))
        reading = read(made.content, made.name, max_bytes=10**8, max_pages=50)
        for one in align(reading.grids).observations:
            figure = made.report.figures[one.table, one.row, one.column]
            same = one.value is None if isinstance(figure, str) else one.value == figure
            blank = one.value is None and figure == 0
            assert same or blank or one.confidence < 0.9
