"""Section two in sentences: the numbers that stand there, and no others."""

from decimal import Decimal

import pytest

from etl.align.prose import read_prose
from etl.model import Observation, Place, Reading, Status

BEFORE = ("一、总体情况", "行政许可办理时限压缩，新收申请 12 件。", "二、主动公开政府信息情况")
AFTER = ("三、收到和处理政府信息公开申请情况", "行政许可 77 件。")


def stated(*lines: str) -> dict[str, Observation]:
    _, found, _ = read_prose(Reading("html", (), (*BEFORE, *lines, *AFTER)), None)
    return {f"{one.row}.{one.column}": one for one in found}


def values(*lines: str) -> dict[str, Decimal | None]:
    return {address: one.value for address, one in stated(*lines).items()}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("行政许可 23619 件。", {"licensing.decisions": 23619}),
        (
            "全年作出行政许可处理决定1,045件，行政处罚3件",
            {"licensing.decisions": 1045, "penalties.decisions": 3},
        ),
        (
            "本年制发规章 0 件，废止 1 件，现行有效 12 件",
            {"regulations.issued": 0, "regulations.repealed": 1, "regulations.in_force": 12},
        ),
        (
            "制发行政规范性文件3件，其中县政府制发规章2件。",
            {"normative_documents.issued": 3},
        ),
        ("行政事业性收费 123.5 万元。", {"fees.amount": Decimal("123.5")}),
        ("行政事业性收费 1235000元。", {"fees.amount": Decimal("123.5")}),
        ("行政许可 50 件，比上年增加 12 件，增长 31%。", {"licensing.decisions": 50}),
        ("建立规章制度 5 项，公开行政许可结果信息 4567 条。", {}),
        ("2023年行政处罚12件。", {"penalties.decisions": 12}),
        ("行政许可 5 万元。行政事业性收费 7 件。", {}),
    ],
)
def test_numbers_stand_beside_a_row_and_column(sentence: str, expected: dict[str, Decimal]) -> None:
    assert values(sentence) == expected


def test_what_was_denied_is_a_dash() -> None:
    found = stated("本年未制发规章，没有废止规章。无行政强制，行政处罚 5 件。")
    assert found.pop("penalties.decisions").value == 5
    assert set(found) == {"regulations.issued", "regulations.repealed", "coercion.decisions"}
    assert {one.status for one in found.values()} == {Status.DASH}


def test_a_sentence_may_break_over_lines_and_says_where_it_stands() -> None:
    found = stated("全年办理行政许", "可 88 件。")["licensing.decisions"]
    assert (found.value, found.place) == (88, Place(path="text/line[5]"))
    assert found.confidence < 1


def test_two_numbers_for_one_thing_are_told() -> None:
    reading = Reading("html", (), (*BEFORE, "行政许可 8 件。", "行政许可 9 件。", *AFTER))
    _, (kept,), problems = read_prose(reading, None)
    assert (kept.value, kept.confidence) == (8, 0.5)
    assert [problem.code for problem in problems] == ["from_prose", "conflicting_cells"]


def test_without_the_headings_nothing_is_read() -> None:
    assert read_prose(Reading("html", (), ("行政许可 8 件。",)), None) == (None, [], [])
