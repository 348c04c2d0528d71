"""Whose report, and of which year."""

import pytest

from etl.model import Identity
from etl.places import Counties, identify, load_counties
from etl.resources import DATA

PERIOD = "本报告所列数据的统计期限自{0}年1月1日至{0}年12月31日止。"


@pytest.fixture(scope="module")
def counties() -> Counties:
    return load_counties((DATA / "counties.csv",))


def told(counties: Counties, title: str, *text: str, publishers: tuple[str, ...] = ()) -> Identity:
    return identify([title] if title else [], publishers, [title, *text, "一、总体情况"], counties)[0]


def codes(counties: Counties, title: str, *text: str) -> set[str]:
    lines = [title, *text, "一、总体情况"]
    return {problem.code for problem in identify([title], (), lines, counties)[1]}


@pytest.mark.parametrize(
    ("title", "county", "year"),
    [
        ("绥中县2024年政府信息公开工作年度报告", "211421", 2024),
        ("葫芦岛市绥中县人民政府2024年政府信息公开工作年度报告", "211421", 2024),
        ("2023年绥中县政府信息公开年报", "211421", 2023),
        ("绥中县政府信息公开工作年度报告（2022年度）", "211421", 2022),
        ("绥中县二〇二一年政府信息公开工作年度报告", "211421", 2021),
        ("绥中县２０２４年政府信息公开工作年度报告", "211421", 2024),
        ("沁　县2023年政府信息公开工作年度报告", "140430", 2023),
        ("毕节市纳雍县2024年政府信息公开工作年度报告", "520525", 2024),
        ("长春市朝阳区2023年政府信息公开工作年度报告", "220104", 2023),
        ("北京市朝阳区2023年政府信息公开工作年度报告", "110105", 2023),
        ("晋城市城区2023年政府信息公开工作年度报告", "140502", 2023),
        ("洪泽县2023年政府信息公开工作年度报告", "320813", 2023),
    ],
)
def test_titles(counties: Counties, title: str, county: str, year: int) -> None:
    identity = told(counties, title)
    assert (identity.county, identity.year) == (county, year)


def test_an_ambiguous_name_stays_undecided_unless_something_decides_it(counties: Counties) -> None:
    title = "朝阳区2023年政府信息公开工作年度报告"
    assert told(counties, title).county is None
    assert "county_undecided" in codes(counties, title)
    assert told(counties, title, "长春市统一部署。").county == "220104"
    assert told(counties, title, publishers=("北京市朝阳区人民政府",)).county == "110105"


def test_the_year_comes_from_the_period_where_the_title_has_none(counties: Counties) -> None:
    assert told(counties, "绥中县政府信息公开工作年度报告", PERIOD.format(2020)).year == 2020


def test_the_date_of_publication_is_not_the_report_year(counties: Counties) -> None:
    identity = told(counties, "绥中县政府信息公开工作年度报告 发布时间：2023-01-29", PERIOD.format(2022))
    assert identity.year == 2022


def test_title_and_period_that_differ_are_a_problem(counties: Counties) -> None:
    title = "绥中县2023年政府信息公开工作年度报告"
    assert told(counties, title, PERIOD.format(2022), "2023年", "2023年").year == 2023
    assert "year_conflict" in codes(counties, title, PERIOD.format(2022))


def test_without_any_year_it_is_undecided(counties: Counties) -> None:
    assert told(counties, "绥中县政府信息公开工作年度报告").year is None
    assert "year_undecided" in codes(counties, "绥中县政府信息公开工作年度报告")


def test_a_link_to_another_year_does_not_win(counties: Counties) -> None:
    lines = [
        PERIOD.format(2022),
        "一、总体情况",
        "六、其他需要报告的事项",
        "绥中县2021年政府信息公开工作年度报告",
    ]
    identity, _ = identify(["绥中县政府信息公开工作年度报告"], (), lines, counties)
    assert identity.year == 2022


@pytest.mark.parametrize(
    ("title", "text", "scope"),
    [
        ("绥中县2024年政府信息公开工作年度报告", "", "county"),
        ("绥中县人民政府2024年政府信息公开工作年度报告", "", "county"),
        ("绥中县人民政府办公室2024年政府信息公开工作年度报告", "我办认真", "office"),
        ("绥中县人民政府办公室2024年政府信息公开工作年度报告", "本报告由各部门、各乡镇汇总编制", "county"),
        ("绥中县自然资源局2024年政府信息公开工作年度报告", "", "department"),
        ("绥中县城乡建设局2024年政府信息公开工作年度报告", "", "department"),
        ("绥中县万家镇人民政府2024年政府信息公开工作年度报告", "", "township"),
        ("绥中县某街道办事处2024年政府信息公开工作年度报告", "", "township"),
    ],
)
def test_scope(counties: Counties, title: str, text: str, scope: str) -> None:
    assert told(counties, title, text).scope == scope


def test_scope_of_a_place_that_the_list_does_not_have(counties: Counties) -> None:
    assert told(counties, "示例一市青禾县人民政府2021年政府信息公开工作年度报告").scope == "county"
    assert told(counties, "县教育局2021年政府信息公开工作年度报告").scope == "department"
    assert told(counties, "杭州市人民政府2021年政府信息公开工作年度报告").scope != "county"


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["绥中县2016年政府信息公开情况统计表", "统计指标", "单位", "统计数"], 2016),
        (["附件1", "政府信息公开情况统计表", "（2016年度）", "填报单位（盖章）：绥中县人民政府"], 2016),
        (["政府信息公开情况统计表（2017年1-12月）", "单位名称：绥中县人民政府"], 2017),
        (["2010年度绥中县政府信息公开统计报表", "指标", "数"], 2010),
        (["绥中县政府信息公开年报（2012年）", "一、概述"], 2012),
    ],
)
def test_a_list_of_figures_says_whose_and_of_which_year_it_is(
    counties: Counties, lines: list[str], year: int
) -> None:
    identity, problems = identify([], [], lines, counties)
    assert (identity.county, identity.year, identity.scope, problems) == ("211421", year, "county", ())
