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


def test_figures_beside_their_headings_are_below_them() -> None:
    """Narrow headings of one character a line, figures a little to the right, a group's heading over all."""
    words: Words = [
        (110, 720, "行政复议"),
        *((x, 700, text) for x, text in ((100, "维"), (130, "纠"), (160, "计"))),
        *((x, 680, text) for x, text in ((111, "1"), (141, "0"), (165, "7"))),
    ]
    assert table(words)[-2:] == [["维", "纠", "计"], ["1", "0", "7"]]


@pytest.mark.parametrize("heading", ["四、行政复议、行政诉讼", "五、存在的主要问题"])
def test_a_row_numbered_as_a_section_is_a_row_where_it_is_left_blank(heading: str) -> None:
    words: Words = [
        *HEAD,
        (50, 680, "（七）总计"),
        *((x, 680, "5") for x in (205, 305, 405)),
        (50, 662, "四、结转下年度"),
        (50, 643, heading),
    ]
    assert [row[0] for row in table(words)[1:]] == ["（七）总计", "四、结转下年度"]


def test_a_caption_that_breaks_before_its_article_is_none_of_the_headings() -> None:
    words: Words = [
        (215, 732, "第二十"),
        (200, 720, "条第（六）项"),
        *HEAD,
        (50, 680, "规章"),
        *((x, 680, "5") for x in (205, 305, 405)),
    ]
    assert table(words)[0] == ["信息内容", "制发", "废止", "有效"]


def test_a_figure_that_stands_lower_in_its_cell_is_of_the_same_row() -> None:
    words: Words = [
        *HEAD,
        *((50, y, text) for y, text in ((680, "其他对外管理服务事"), (668, "项"), (640, "行政处罚"))),
        *((x, y, str(x)) for x, y in ((205, 680), (305, 668), (405, 680), (205, 640), (305, 628), (405, 640))),
    ]
    assert [row[1:] for row in table(words)[1:]] == [["205", "305", "405"]] * 2


def test_figures_that_wrap_beside_a_label_that_wraps_are_one_row() -> None:
    words: Words = [
        *HEAD,
        *((50, y, text) for y, text in ((680, "规范性"), (668, "文件"))),
        *(
            (x, y, text)
            for x, y, text in ((210, 680, "1"), (200, 668, "137"), (305, 680, "4"), (405, 680, "2"))
        ),
    ]
    assert table(words)[1] == ["规范性\n文件", "1\n137", "4", "2"]


def test_rows_close_together_that_fill_each_others_blanks_are_two_rows() -> None:
    words: Words = [
        *HEAD,
        *((50, y, text) for y, text in ((680, "1.甲"), (668, "2.乙"))),
        *((x, y, "7") for x, y in ((205, 680), (305, 668), (405, 668))),
    ]
    assert [row[1:] for row in table(words)[1:]] == [["7", "", ""], ["", "7", "7"]]


def test_a_unit_without_room_on_its_line_is_the_figures() -> None:
    words: Words = [
        *HEAD,
        (50, 680, "规章"),
        (205, 680, "5"),
        (305, 680, "872"),
        (315, 668, "件"),
        (405, 680, "0"),
    ]
    assert table(words)[1] == ["规章", "5", "872件", "0"]


def test_a_numbering_that_a_spread_line_sets_apart_is_no_figure() -> None:
    words: Words = [*HEAD, (50, 680, "3"), (70, 680, ".其他"), *((x, 680, "5") for x in (205, 305, 405))]
    assert table(words)[1] == ["3 .其他", "5", "5", "5"]


def test_a_table_left_blank_has_its_labels_rows() -> None:
    words: Words = [
        (190, 720, "第二十条第（五）项"),
        *HEAD,
        (50, 680, "行政许可"),
        (50, 660, "其他对外管理服务"),
        (50, 648, "事项"),
        (50, 600, "三、收到和处理政府信息公开申请情况以下按条例列出"),
    ]
    assert table(words)[1:] == [["行政许可", "", "", ""], ["其他对外管理服务\n事项", "", "", ""]]


def test_two_rows_of_figures_among_many_blank_ones_keep_their_labels() -> None:
    words: Words = [
        *HEAD,
        *((50, 680 - 18 * index, f"{index + 1}.项目") for index in range(20)),
        *((x, y, "7") for y in (680, 662) for x in (205, 405)),
    ]
    rows = table(words)[1:]
    assert rows[:3] == [["1.项目", "7", "", "7"], ["2.项目", "7", "", "7"], ["3.项目", "", "", ""]]
    assert len(rows) == 20


def test_a_blank_row_at_the_head_of_a_page_is_no_heading() -> None:
    words: Words = [
        *((120, y, text) for y, text in ((712, "3.其"), (700, "他"))),
        (50, 682, "（七）总计"),
        *((x, 682, "5") for x in (205, 305, 405)),
    ]
    assert table(words) == [["3.其\n他", "", "", ""], ["（七）总计", "5", "5", "5"]]


def test_words_side_by_side_are_no_blank_table() -> None:
    words: Words = [(50, 700, "联系人"), (200, 700, "电话"), (50, 680, "某某某"), (50, 660, "办公室")]
    assert table(words) == []


@pytest.mark.parametrize(("below", "rows"), [("五、存在的主要问题", 1), ("", 0)])
def test_headings_over_a_blank_row_tell_it_unless_the_page_ends(below: str, rows: int) -> None:
    heads: Words = [(60 + 30 * index, 700, text) for index, text in enumerate(["维持", "纠正", "总计"] * 4)]
    words = [*heads, (50, 640, below)] if below else heads
    assert table(words)[1:] == [[""] * 12] * rows


def test_words_between_two_lone_figures_are_told_once() -> None:
    words: Words = [
        *HEAD,
        *((50, 680 - 18 * index, f"{index + 1}.项目") for index in range(8)),
        *((205, y, "7") for y in (680, 680 - 18 * 7)),
        *((x, 680, "5") for x in (305, 405)),
    ]
    assert [row[0] for row in table(words)[1:]] == [f"{index + 1}.项目" for index in range(8)]
