"""Aligning small grids: what is matched, what is doubted, what is said to be missing."""

import re

import pytest

from etl.align import Aligned, align
from etl.model import Status
from tests.unit.align.grids import DISCLOSURE, DISPUTES, HEAD, grid, placed


def value(aligned: Aligned, address: str) -> int | None:
    table, rest = address.split(".", 1)
    row, column = rest.rsplit(".", 1)
    (one,) = [o for o in aligned.observations if (o.table, o.row, o.column) == (table, row, column)]
    return None if one.value is None else int(one.value)


def confidence(aligned: Aligned, row: str) -> float:
    return min(one.confidence for one in aligned.observations if one.row == row)


def codes(aligned: Aligned) -> set[str]:
    return {problem.code for problem in aligned.problems}


def test_section_two_is_matched_by_label_and_heading() -> None:
    aligned = align([grid(DISCLOSURE)])
    assert aligned.forms == {"disclosure": "2021"}
    assert value(aligned, "disclosure.normative_documents.repealed") == 9
    assert value(aligned, "disclosure.licensing.decisions") == 23619
    assert {one.confidence for one in aligned.observations} == {1.0}
    assert len(aligned.observations) == 10


def test_columns_are_found_by_their_headings_not_by_place() -> None:
    swapped = DISCLOSURE.replace("本年制发件数|本年废止件数", "本年废止件数|本年制发件数")
    assert value(align([grid(swapped)]), "disclosure.normative_documents.repealed") == 1


def test_rows_are_found_by_their_labels_not_by_place() -> None:
    lines = DISCLOSURE.strip().splitlines()
    lines[2], lines[3] = lines[3], lines[2]
    assert value(align([grid("\n".join(lines))]), "disclosure.normative_documents.in_force") == 19


def test_the_form_is_told_by_headings() -> None:
    old = """
    第二十条第（一）项|<|<|<
    信息内容|本年新制作数量|本年新公开数量|对外公开总数量
    规章|0|0|0
    规范性文件|4|3|12
    第二十条第（九）项|<|<|<
    信息内容|采购项目数量|采购总金额（元）|<
    政府集中采购|2|80618|<
    """
    aligned = align([grid(old)])
    assert aligned.forms["disclosure"] == "2019"
    assert value(aligned, "disclosure.normative_documents.disclosed_total") == 12
    (amount,) = [one for one in aligned.observations if one.column == "amount"]
    assert (float(amount.value or 0), amount.raw) == (8.0618, "80618")


def test_a_unit_that_no_one_states_is_doubted() -> None:
    aligned = align([grid("信息内容|采购项目数量|采购总金额\n政府集中采购|2|6944.93")])
    (amount,) = [one for one in aligned.observations if one.column == "amount"]
    assert amount.confidence < 1


def test_other_tables_on_the_page_are_left_alone() -> None:
    menu = grid("行政许可|行政处罚|行政强制\n规章|7|8")
    statistics = grid("指标|数值\n行政许可|999\n行政处罚|888")
    aligned = align([menu, statistics, grid(DISCLOSURE), statistics])
    assert value(aligned, "disclosure.licensing.decisions") == 23619
    assert "conflicting_cells" not in codes(aligned)


def test_section_four_is_read_under_its_headings() -> None:
    aligned = align([grid(DISPUTES)])
    assert value(aligned, "disputes.review.total") == 3
    assert value(aligned, "disputes.litigation_direct.pending") == 1
    assert value(aligned, "disputes.litigation_after_review.total") == 0


def test_a_blank_line_is_none_where_figures_follow_it() -> None:
    *heads, figures = DISPUTES.strip().splitlines()
    blank = grid("\n".join([*heads, re.sub(r"\d+", "", figures)]))
    assert {one.status for one in align([blank]).observations} == {Status.BLANK}
    assert value(align([blank, grid(figures)]), "disputes.review.total") == 3


def test_rows_of_section_three() -> None:
    rows = """
    一、本年新收政府信息公开申请数量|<|<|5|1|0|0|0|0|6
    三、本年度办理结果|（三）不予公开|2.其他法律行政止公开|2|0|0|0|0|0|2
    ^|（六）其他处理|3.其他|1|0|0|0|0|0|1
    ^|（七）总计|<|3|0|0|0|0|0|3
    """
    aligned = align([grid(HEAD + rows.strip())])
    assert value(aligned, "requests.received.new.business") == 1
    assert value(aligned, "requests.outcome.refused.prohibited_by_law.natural_person") == 2
    assert value(aligned, "requests.outcome.other.other.natural_person") == 1
    assert value(aligned, "requests.outcome.total.total") == 3
    assert "missing_cells" in codes(aligned)


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("4.保护第三方合法杈益", "outcome.refused.third_party"),
        ("（七）总汁", "outcome.total"),
        ("重復申请", "outcome.not_processed.duplicate"),
    ],
)
def test_a_slip_in_a_label_is_matched_and_doubted(label: str, row: str) -> None:
    aligned = align([grid(f"{HEAD.strip()}\n{label}|<|<|2|0|0|0|0|0|2")])
    assert value(aligned, f"requests.{row}.total") == 2
    assert confidence(aligned, row) < 1


def test_a_single_row_of_other_results_is_the_older_form() -> None:
    aligned = align(
        [
            grid(DISCLOSURE),
            grid(f"{HEAD.strip()}\n（六）其他处理|<|<|2|0|0|0|0|0|2\n（七）总计|<|<|2|0|0|0|0|0|2"),
        ]
    )
    assert aligned.forms == {"disclosure": "2021", "requests": "2019"}
    assert value(aligned, "requests.outcome.other.total") == 2


def test_a_row_cut_by_a_page_break_is_one_row() -> None:
    above = f"{HEAD.strip()}\n三、本年度办理结果|（三）不予公开|7.属于行政执法案|4|0|0|0|0|0|4"
    below = "| |卷| | | | | | |\n四、结转下年度继续办理|<|<|1|0|0|0|0|0|1"
    aligned = align([grid(above), grid(below)])
    assert value(aligned, "requests.outcome.refused.enforcement_file.total") == 4
    assert value(aligned, "requests.carried_out.total") == 1


def test_values_in_a_text_export_follow_the_last_label() -> None:
    text = """
    申请人情况||||||||
    自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计||
    一、本年新收政府信息公开申请数量|5|0|0|0|0|0|5||
    四、结转下年度继续办理|||1|0|0|0|0|0|1
    """
    aligned = align([grid(text, is_ruled=False)])
    assert value(aligned, "requests.received.new.total") == 5
    assert value(aligned, "requests.carried_out.natural_person") == 1


def test_blanks_that_leave_the_order_open_are_doubted() -> None:
    text = (
        "申请人情况|||||||||\n自然人|商业企业|科研机构|||||||\n一、本年新收政府信息公开申请数量||5|0|0|0|0|0||"
    )
    aligned = align([grid(text, is_ruled=False)])
    assert confidence(aligned, "received.new") < 1


def test_one_address_printed_differently_twice_is_a_problem() -> None:
    aligned = align([grid(DISCLOSURE), grid(DISCLOSURE.replace("23619", "23618"))])
    assert codes(aligned) >= {"conflicting_cells"}
    (one,) = [o for o in aligned.observations if o.row == "licensing"]
    assert (one.raw, one.confidence) == ("23619", 0.5)


def test_what_is_blank_stays_blank() -> None:
    aligned = align([grid(DISCLOSURE.replace("规章|0|0|0", "规章|| / |—"))])
    statuses = [one.status for one in aligned.observations if one.row == "regulations"]
    assert statuses == [Status.BLANK, Status.DASH, Status.DASH]


def test_nothing_found_and_tables_missing_are_said() -> None:
    assert codes(align([grid("a|b\n1|2")])) == {"no_tables"}
    assert codes(align([grid(DISCLOSURE)])) == {"missing_table"}


@pytest.mark.parametrize("boxes", [True, False])
def test_headings_at_the_foot_of_a_page_hold_for_the_rows_on_the_next(boxes: bool) -> None:
    exchanged = HEAD.replace("商业企业|科研机构|社会公益组织", "社会公益组织|科研机构|商业企业")
    rows = "一、本年新收政府信息公开申请数量|<|<|9|1|2|3|4|5|24\n"
    rows += "二、上年结转政府信息公开申请数量|<|<|0|6|0|0|0|0|6"
    heads, below = grid(DISCLOSURE.strip() + "\n" + exchanged.strip()), grid(rows)
    found = align([placed(one) for one in (heads, below)] if boxes else [heads, below]).observations
    new = {one.column: one.value for one in found if one.row == "received.new"}
    assert (new["public_interest"], new["research"], new["business"]) == (1, 2, 3)
    assert {one.column: one.value for one in found if one.row == "received.carried_in"}["public_interest"] == 6
    assert all(one.confidence == 1 for one in found if one.table == "requests")


def test_headings_cut_by_a_page_break_hold_together() -> None:
    """Where a spare column and blank totals leave the order open, only the places of the headings tell."""
    upper = grid("""
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）||申请人情况|<|<|<|<|<|<
^||自然人|法人或其他组织|<|<|<|<|总计|
""")
    lower = grid("""
|||商业企业|科研机构|社会公益组织|法律服务机构|其他||
一、本年新收政府信息公开申请数量||12|3|0|0|0|5||
""")
    found = align([placed(one) for one in (upper, lower)])
    assert [
        value(found, f"requests.received.new.{key}") for key in ("natural_person", "business", "other_org")
    ] == [
        12,
        3,
        5,
    ]
    assert value(found, "requests.received.new.total") is None
