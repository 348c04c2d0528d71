"""The list of 2014 to 2018: matched by label and order, whatever a province adds, drops or words otherwise."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.align import align, stat
from etl.align.listing import level, list_key
from etl.forms import load_forms
from etl.model import Cell, Grid, Place, Status
from tests.unit.align.grids import DISCLOSURE, DISPUTES
from tests.unit.align.grids import grid as tables

TABLE = load_forms()["2014"].table("stat")
HEADS = ("统计指标", "单位", "统计数")
Line = tuple[str, ...]


def grid(lines: Sequence[Line], is_ruled: bool = True) -> Grid:
    cells = tuple(
        Cell(text, row, column, 1, 1, Place(path=f"{row}/{column}"))
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
    )
    return Grid(cells, "test", is_ruled)


def lines() -> list[Line]:
    """The whole list, each figure the row's number; money too."""
    over = {heading.before: heading.zh for heading in TABLE.headings}
    found: list[Line] = []
    for number, row in enumerate(TABLE.rows):
        if row.key in over:
            found.append((over[row.key], "——", "——"))
        found.append((row.zh, row.unit or "", str(number)))
    return found


WHOLE = {row.key: number for number, row in enumerate(TABLE.rows)}


def read(*grids: Grid) -> dict[str, Decimal | None]:
    aligned = align(grids)
    assert aligned.forms == {"stat": "2014"}
    return {seen.row: seen.value for seen in aligned.observations}


def at(label: str) -> int:
    return next(index for index, line in enumerate(lines()) if line[0] == label)


def test_every_row_is_found_surely() -> None:
    aligned = align([grid([HEADS, *lines()])])
    assert {seen.row: seen.value for seen in aligned.observations} == WHOLE
    assert {seen.confidence for seen in aligned.observations} == {1.0}
    assert (aligned.problems, aligned.indicators) == ((), ())


def test_rows_of_one_name_are_told_by_their_place() -> None:
    only_lawsuits = lines()
    del only_lawsuits[at("四、行政复议数量") : at("五、行政诉讼数量")]
    found = read(grid([HEADS, *only_lawsuits]))
    assert "review_corrected" not in found
    assert found["litigation_corrected"] == WHOLE["litigation_corrected"]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_superset_with_rows_dropped_and_pages_cut_is_matched(data: st.DataObject) -> None:
    kept = [line for line in lines() if data.draw(st.booleans()) or data.draw(st.booleans())]
    for number in range(data.draw(st.integers(0, 4))):
        where = data.draw(st.integers(0, len(kept)))
        kept.insert(where, (data.draw(st.sampled_from(STRANGERS)), "件", str(900 + number)))
    cut = data.draw(st.integers(0, len(kept)))
    labels = {line[0]: line[2] for line in kept}
    aligned = align([grid([HEADS, *kept[:cut]]), grid(kept[cut:])])
    for seen in aligned.observations:
        row = next(row for row in TABLE.rows if row.key == seen.row)
        assert row.zh in labels, "a row was made of another's"
        own = [line[2] for line in kept if list_key(line[0]) == list_key(row.zh)]
        assert seen.raw in own
    assert not any(seen.value is not None and seen.value >= 900 for seen in aligned.observations)


STRANGERS = (
    "6.新闻媒体公开政府信息数",
    "5.电子邮件申请数",
    "（四）转交办理数",
    "9.其他答复数",
    "政务微视公开政府信息数",
    "政府信息公开工作领导小组成员数",
    "3.离退休人员数",
)


def test_rows_the_form_does_not_have_are_kept_as_printed() -> None:
    more = lines()
    more.insert(at("二、回应解读情况"), ("6.新闻媒体公开政府信息数", "条", "约77"))
    aligned = align([grid([HEADS, *more])])
    assert len(aligned.observations) == len(TABLE.rows)
    (one,) = aligned.indicators
    assert one.labels == (
        "一、主动公开情况",
        "（二）通过不同渠道和方式公开政府信息的情况",
        "6.新闻媒体公开政府信息数",
    )
    assert (one.raw, one.unit) == ("约77", "条")


def test_a_slip_is_matched_and_a_doubtful_label_is_not() -> None:
    changed = lines()
    changed[at("二、回应解读情况") + 1] = ("（一）回应公众关住热点或重大舆情数", "次", "8")
    assert read(grid([HEADS, *changed]))["hot_topic_responses"] == 8
    changed = [line for line in lines() if "政务微" not in line[0]]
    changed.insert(5, ("政务微视公开政府信息数", "条", "7"))  # as like Weibo's row as WeChat's
    aligned = align([grid([HEADS, *changed])])
    assert not {"channel_weibo", "channel_wechat"} & {seen.row for seen in aligned.observations}
    assert [one.raw for one in aligned.indicators] == ["7"]


def test_figures_in_several_columns_without_a_sum_are_kept_as_printed() -> None:
    heads = ("统计指标", "单位", "区政府统计数", "区直单位统计数", "乡镇街道统计数")
    aligned = align([grid([heads, *((*line, "1", "2") for line in lines())])])
    assert aligned.observations == ()
    stated = [one.labels[-1] for one in aligned.indicators if "（一）收到申请数" in one.labels[-2]]
    assert stated == ["区政府统计数", "区直单位统计数", "乡镇街道统计数"]


def test_the_column_of_the_sum_is_taken() -> None:
    heads = ("统计指标", "单位", "区直单位", "合计", "乡镇街道")
    found = read(grid([heads, *((label, unit, "1", figure, "2") for label, unit, figure in lines())]))
    assert found == WHOLE


def test_money_in_yuan_becomes_wan_yuan() -> None:
    changed = lines()
    where = at("七、依申请公开信息收取的费用")
    changed[where] = (changed[where][0], "元", "2500")
    assert read(grid([HEADS, *changed]))["request_fees"] == Decimal("0.25")


def test_a_figure_with_its_unit_in_the_cell() -> None:
    two = [(label, f"{figure}{unit}" if unit != "——" else "") for label, unit, figure in lines()]
    assert read(grid([("指标名称", "数量"), *two])) == WHOLE


def test_blank_dash_and_zero_are_told_apart() -> None:
    changed = [
        (label, unit, {"16": "", "17": "/", "18": "0"}.get(figure, figure)) for label, unit, figure in lines()
    ]
    seen = {one.row: one.status for one in align([grid([HEADS, *changed])]).observations}
    states = [seen[row.key] for row in TABLE.rows[16:19]]
    assert states == [Status.BLANK, Status.DASH, Status.PRINTED]


def test_of_two_lists_the_fuller_is_taken_and_the_other_told() -> None:
    short = [HEADS, *lines()[:20]]
    full = [HEADS, *((label, unit, "3" if figure != "——" else figure) for label, unit, figure in lines())]
    aligned = align([grid(short), grid(full)])
    assert {seen.value for seen in aligned.observations} == {3}
    assert [problem.code for problem in aligned.problems] == ["further_lists"]


def test_a_list_of_other_indicators_is_no_form() -> None:
    other = [
        ("指标", "单位", "数"),
        ("网站专栏页面访问量", "人次", "12"),
        ("咨询电话接听数", "人次", "3"),
        ("现场接待人数", "人次", "5"),
    ]
    aligned = align([grid(other)])
    assert (aligned.forms, aligned.observations) == ({}, ())
    assert next((one.labels, one.raw) for one in aligned.indicators) == (("网站专栏页面访问量",), "12")


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("其中：1．当面申请数（件）", "当面申请"),
        ("（三）申请答复总数", "申请答复"),
        ("其中: 涉及国家秘密", "涉及国家秘密"),
        ("不是《条例》所指政府信息", "不是条例所指政府信息"),
        ("（四）政府信息公开专项经费（不包括用于政府公报编辑管理的经费）", "政府信息公开专项经费"),
    ],
)
def test_labels_of_a_list_are_compared_without_their_notes(label: str, key: str) -> None:
    assert list_key(label) == key


def test_levels_follow_the_numbering() -> None:
    labels = ("一、主动公开情况", "（一）收到申请数", "1.当面申请数", "其中：涉及国家秘密", "涉及商业秘密")
    assert [level(label) for label in labels] == [1, 2, 3, 4, 5]


def test_tables_of_other_forms_are_not_told_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stat, "entries", None)
    assert align([tables(DISCLOSURE), tables(DISPUTES)]).observations
