"""Claims held against tables: agreed, contradicted, of another scope, or not to be assessed."""

from decimal import Decimal

import pytest

from etl.check.claims import Agreement, weigh
from etl.check.rules import ClaimRule, load_all_rules
from etl.narrative import claims
from tests.narratives import narrative_of

RULES = [rule for rule in load_all_rules() if isinstance(rule, ClaimRule)]
REVIEW, DIRECT = "disputes.review.total", "disputes.litigation_direct.total"
NEW, CARRIED_IN, TOTAL = (
    "requests.received.new.total",
    "requests.received.carried_in.total",
    "requests.outcome.total.total",
)


def judged(text: str, cells: dict[str, int], scope: str = "county", year: int = 2024) -> list[str]:
    """The verdicts on a text of 2024, as ``rule status meaning``; cells that are not given are not stated."""
    found = claims(narrative_of("（二）依申请公开", text), 2024)
    stated = {cell: Decimal(value) for cell, value in cells.items()}
    return [
        f"{one.rule_id} {one.status} {one.meaning}" for one in weigh(found, stated, year, "2021", scope, RULES)
    ]


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (130, "agree new"),
        (132, "agree new_and_carried_in"),
        (129, "agree concluded"),
        (131, "contradict new"),
        (17, "contradict concluded"),
    ],
)
def test_the_meaning_in_which_requests_received_agree_is_named(told: int, verdict: str) -> None:
    cells = {NEW: 130, CARRIED_IN: 2, TOTAL: 129}
    assert judged(f"共受理政府信息公开申请{told}件。", cells) == [f"N_RECEIVED {verdict}"]


def test_a_rounded_figure_agrees_with_all_it_may_stand_for() -> None:
    cells = {NEW: 1655, CARRIED_IN: 0, TOTAL: 1650}
    assert judged("共收到政府信息公开申请1600余件。", cells) == ["N_RECEIVED agree new"]
    assert judged("共收到政府信息公开申请1500余件。", cells) == ["N_RECEIVED contradict concluded"]


def test_no_review_is_contradicted_by_one() -> None:
    text = "全年没有因政府信息公开引起的行政复议。"
    assert judged(text, {REVIEW: 3}) == ["N_NO_REVIEW contradict review"]
    assert judged(text, {REVIEW: 0}) == ["N_NO_REVIEW agree review"]
    assert judged(text, {}) == ["N_NO_REVIEW not_assessable None"]


def test_one_lawsuit_contradicts_none_though_the_other_kind_is_not_stated() -> None:
    assert judged("未发生行政诉讼。", {DIRECT: 1}) == ["N_NO_LITIGATION contradict litigation"]
    assert judged("未发生行政诉讼。", {DIRECT: 0}) == ["N_NO_LITIGATION agree litigation"]


def test_a_figure_of_less_than_the_county_contradicts_nothing_of_the_county() -> None:
    text, cells = "县政府办公室收到政府信息公开申请17件。", {NEW: 95, CARRIED_IN: 0, TOTAL: 95}
    assert judged(text, cells) == ["N_RECEIVED other_scope new"]
    assert judged(text, cells, scope="office") == ["N_RECEIVED contradict new"]


def test_where_one_figure_agrees_another_is_of_something_else() -> None:
    text = "全区收到政府信息公开申请800件。本机关另收到政府信息公开申请206件。"
    assert judged(text, {NEW: 800, CARRIED_IN: 0, TOTAL: 800}) == [
        "N_RECEIVED agree new",
        "N_RECEIVED other_scope new",
    ]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("发布信息3337条，其中甲类1872条、乙类1344条、丙类180条、丁类32条。", "contradict"),
        ("发布解读86份，其中图文85份、视频1份。", "agree"),
        ("发布信息4702条，其中甲类3000条、乙类865条。", "agree"),  # 其中 need not name all
        ("发布信息50条，分别为甲类30条、乙类15条。", "contradict"),
        ("发布信息1200余条，其中网站800余条、新媒体450余条。", "agree"),
        ("发布信息3.5万条，其中网站2.1万条，新媒体1.9万条。", "contradict"),
    ],
)
def test_parts_of_a_list(text: str, verdict: str) -> None:
    assert judged(text, {}) == [f"N_LIST_SUM {verdict} list"]


def test_channels_add_up_to_what_was_received() -> None:
    cells = {NEW: 31, CARRIED_IN: 0, TOTAL: 31}
    found = judged("共收到申请31件，其中网络申请26件、信函申请6件。", cells)
    assert found == ["N_RECEIVED agree new", "N_CHANNEL_SUM contradict channels"]


@pytest.mark.parametrize(
    ("period", "year", "verdict"),
    [
        ("2024年1月1日至12月31日", 2024, "agree"),
        ("2024年1月1日至12月21日", 2024, "contradict"),
        ("2024年2月1日至12月31日", 2024, "contradict"),
        ("2023年1月1日至2023年12月31日", 2024, "contradict"),
    ],
)
def test_the_period_is_the_year(period: str, year: int, verdict: str) -> None:
    assert judged(f"统计期限为{period}。", {}, year=year) == [f"N_PERIOD {verdict} period"]


def test_rules_of_other_forms_are_left_out() -> None:
    found = claims(narrative_of("制发行政规范性文件3件。"), 2020)
    cells = {"disclosure.normative_documents.issued": Decimal(2)}
    assert weigh(found, cells, 2020, "2019", "county", RULES) == ()
    assert [one.status for one in weigh(found, cells, 2020, "2021", "county", RULES)] == [Agreement.CONTRADICT]
