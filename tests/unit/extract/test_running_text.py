import pytest

from etl.extract.prose import joined, paragraph, rejoined, split_at, tidy, told_in
from etl.model import Cell, Paragraph, Part, Place


@pytest.mark.parametrize(
    ("printed", "tidied"),
    [
        ("　　2024 年收到 1 32 件", "2024年收到132件"),
        ("号 ， 邮 编 ： 223100", "号，邮编：223100"),
        ("\u00a0增长\u00a05\u00a00.5 %，共 3\u200b7 件\ufeff", "增长50.5%，共37件"),
        ("用 Office 365 和 Open API", "用Office 365和Open API"),
        ("１２ 件", "１２件"),
        ("", ""),
    ],
)
def test_blanks_of_typesetting_go(printed: str, tidied: str) -> None:
    assert tidy(printed) == tidied
    assert tidy(tidied) == tidied


def test_two_figures_far_apart_stay_two() -> None:
    assert tidy("2023  2024") == "2023 2024"


def _cell(text: str, row: int, column: int, row_span: int = 1, column_span: int = 1) -> Cell:
    return Cell(text, row, column, row_span, column_span, Place())


def test_a_report_in_one_cell_is_text() -> None:
    assert told_in([_cell("一、总体情况\n无。", 0, 0)]) == {0}


def test_a_table_is_none_even_with_blank_cells_and_captions() -> None:
    cells = [
        _cell("第二十条第（一）项", 0, 0, 1, 4),
        _cell("规章", 1, 0),
        *(_cell("", 1, n) for n in (1, 2, 3)),
    ]
    assert told_in(cells) == set()


def test_rows_of_text_in_a_table_of_figures_are_text() -> None:
    cells = [
        _cell("一、总体情况", 0, 0, 1, 2),
        _cell("全年工作有序开展，成效明显，群众满意度较高，投诉减少。", 1, 0, 1, 2),
    ]
    cells += [_cell(text, 2 + n, column) for n in range(20) for column, text in ((0, "行政许可"), (1, str(n)))]
    assert told_in(cells) == {0, 1}


def test_a_heading_beside_its_text_is_text() -> None:
    cells = [_cell("总体情况", 0, 0), _cell("全年工作有序开展，成效明显，群众满意度较高，投诉减少。", 0, 1)]
    assert told_in(cells) == {0, 1}


def _lines(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, (Part(0, Place(path=f"line[{n}]")),)) for n, text in enumerate(texts, 1)]


def test_a_cut_line_goes_on_and_knows_its_places() -> None:
    first, second = "以政府门户网站为主要公开载体，各项工作均有序开展，召开常", "务会议22次。"
    (whole,) = rejoined(_lines(first, second))
    assert whole.text == first + second
    assert [whole.place_at(at).path for at in (0, len(first) - 1, len(first), len(whole.text))] == [
        "line[1]",
        "line[1]",
        "line[2]",
        "line[2]",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "示例县人民政府二〇二四年政府信息公开工作年度报告全文",
            "根据条例编写本报告。",
        ),  # a title has no comma
        ("以政府门户网站为主要公开载体，各项工作均有序开展，成效明显。", "务会议22次。"),
        ("以政府门户网站为主要公开载体，各项工作均有序开展，成效明显", "（二）依申请公开"),
        ("具体措施，如下", "加强培训。"),
    ],
)
def test_whole_lines_stay_apart(first: str, second: str) -> None:
    assert [one.text for one in rejoined(_lines(first, second))] == [first, second]


def test_words_broken_over_lines() -> None:
    def on(first: str, second: str) -> str:
        return joined(*_lines(first, second)).text

    assert on("邮箱hzzwgk@12", "6.com") == "邮箱hzzwgk@126.com"
    assert on("格式为P", "DF") == "格式为PDF"
    assert on("接入Open", "API") == "接入Open API"
    assert on("共13", "2件") == "共132件"


def test_pieces_keep_the_places_they_are_printed_in() -> None:
    whole = joined(joined(*_lines("甲乙", "丙丁")), _lines("戊己")[0])
    first, second = split_at(whole, [3])
    assert (first.text, second.text) == ("甲乙丙", "丁戊己")
    assert [part.place.path for part in first.parts] == ["line[1]", "line[2]"]
    assert second.parts == (Part(0, Place(path="line[2]")), Part(1, Place(path="line[1]")))


def test_nothing_is_left_of_blanks() -> None:
    assert paragraph(" \u3000\u200b", Place()) is None
