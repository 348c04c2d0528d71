"""Whose report, and of which year."""

from pathlib import Path

import pytest

from etl.model import Identity
from etl.places import Counties, identify, load_counties
from etl.resources import DATA
from etl.settings import Home

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


@pytest.mark.parametrize(
    ("title", "code", "scope"),
    [
        ("洪泽县2015年政府信息公开工作年度报告", "320829", "county"),
        ("洪泽区2015年政府信息公开工作年度报告", "320829", "county"),  # republished after it became a district
        ("洪泽县2016年政府信息公开工作年度报告", "320813", "county"),
        ("洪泽区2018年政府信息公开工作年度报告", "320813", "county"),
        ("南汇区2008年政府信息公开工作年度报告", "310119", "county"),
        ("苍山县2016年政府信息公开工作年度报告", "371324", "county"),
        ("崇川区2019年政府信息公开工作年度报告", "320602", "county"),
        ("崇川区2020年政府信息公开工作年度报告", "320613", "county"),
        ("余杭区2019年政府信息公开工作年度报告", "330110", "county"),
        ("綦江区2010年政府信息公开工作年度报告", "500222", "county"),  # 万盛区 went into it as well
        ("居巢区2012年政府信息公开工作年度报告", "340181", "county"),
        ("巢湖市2010年政府信息公开工作年度报告", None, None),  # the prefecture
        ("东莞市2023年政府信息公开工作年度报告", "441900", "county"),
        ("东莞市自然资源局2023年政府信息公开工作年度报告", "441900", "department"),
        ("儋州市2013年政府信息公开工作年度报告", "469003", "county"),
        ("儋州市2016年政府信息公开工作年度报告", "460400", "county"),
        ("郑州航空港经济综合实验区管委会2023年政府信息公开工作年度报告", "410173", "county"),
        ("郑州高新技术产业开发区管委会财政局2023年政府信息公开工作年度报告", "410172", "department"),
        ("新疆生产建设兵团第八师2023年政府信息公开工作年度报告", "660108", "county"),
    ],
)
def test_a_report_is_that_of_the_county_of_its_year(title: str, code: str | None, scope: str | None) -> None:
    counties = load_counties(Home(home=Path("nowhere")).counties_files)
    identity, _ = identify([title], [], [title], counties)
    assert identity.county == code
    if code is not None:
        assert identity.scope == scope


@pytest.mark.parametrize(
    ("members", "text", "year"),
    [
        (["2023年政府信息公开工作年度报告/附件1.xlsx"], [], 2023),
        (
            ["信息公开年报2019-2023.zip/2022年/附件1.xlsx", "信息公开年报2019-2023.zip/2022年/附件2.xlsx"],
            [],
            2022,
        ),
        (["附件1.xlsx", "2021附件2.xlsx"], [], 2021),
        (["2023年附件1.xlsx", "2022年附件2.xlsx"], [], None),  # they do not agree
        (["20240115/附件1.xlsx", "2024-01-15附件.xlsx"], [], None),  # the day of a download
        (
            ["2023年政府信息公开年报.xlsx"],
            ["2022年共受理。", "一、总体情况", "2022年共办结。", "较2022年"],
            2023,
        ),  # a name that calls itself the report
        (
            ["2023/附件.xlsx"],
            ["2022年共受理。", "一、总体情况", "2022年共办结。", "较2022年"],
            2022,
        ),  # any other is asked last
    ],
)
def test_the_year_of_a_document_that_only_its_name_in_an_archive_says(
    members: list[str], text: list[str], year: int | None, counties: Counties
) -> None:
    identity, problems = identify([], [], ["绥中县政府信息公开工作年度报告", *text], counties, members=members)
    assert identity.year == year
    assert [one.code for one in problems if one.code.startswith("year")] == [
        "year_undecided" if year is None else "year_inferred"
    ]


def test_a_title_or_a_period_is_believed_before_a_name_in_an_archive(counties: Counties) -> None:
    for line in ("绥中县2022年政府信息公开工作年度报告", "数据统计期限为2022年1月1日至2022年12月31日"):
        identity, _ = identify([], [], [line], counties, members=["2023年政府信息公开年报.docx"])
        assert identity.year == 2022
