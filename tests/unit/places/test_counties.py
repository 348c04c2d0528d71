"""The county list through time."""

from pathlib import Path

import pytest

from etl.places import Counties, load_counties
from etl.places.counties import DEVELOPMENT_ZONE, DIRECT, County
from etl.resources import DATA
from etl.yaml_source import DataError


@pytest.fixture(scope="module")
def counties() -> Counties:
    return load_counties((DATA / "counties.csv",))


@pytest.mark.parametrize(("year", "count"), [(2008, 2859), (2015, 2850), (2019, 2846), (2024, 2846)])
def test_counts_in_force_are_the_official_ones(counties: Counties, year: int, count: int) -> None:
    in_force = [county for county in counties.all if county.in_force(year) and county.kind != "岛屿(非建制)"]
    assert len(in_force) == count


@pytest.mark.parametrize(
    ("name", "year", "codes"),
    [
        ("洪泽县", 2023, {"320813"}),  # became a district in 2016
        ("洪泽区", 2014, {"320829"}),
        ("苍山县", 2020, {"371324"}),  # renamed 兰陵县, same code
        ("南汇区", 2015, {"310115"}),  # merged into 浦东新区 in 2009
        ("崇川区", 2019, {"320602"}),  # same name, new code in 2020
        ("崇川区", 2021, {"320613"}),
    ],
)
def test_a_name_leads_to_the_code_of_the_report_year(
    counties: Counties, name: str, year: int, codes: set[str]
) -> None:
    found = {row.code for row in counties.named(name) if row.in_force(year)}
    found = found or {then.code for row in counties.named(name) for then in counties.at(row, year)}
    assert found == codes


def test_names_are_found_longest_first(counties: Counties) -> None:
    assert counties.names_in("湖南省长沙市长沙县与和平区") == [(6, "长沙县"), (10, "和平区")]


def test_a_title_names_the_body_of_the_longest_name_it_begins_with() -> None:
    zones = [
        County(f"99970{number}", name, DEVELOPMENT_ZONE, DIRECT, "示例省", 2010, None, ())
        for number, name in enumerate(("云滩", "云滩开发区", "开发区"))
    ]
    known = Counties(zones, "")
    assert known.body_named("云滩 开发区管委会") is zones[1]
    assert known.body_named("云滩镇") is zones[0]
    assert known.body_named("示例云滩开发区") is None


def test_a_former_county_that_is_a_prefecture_now_is_no_county(counties: Counties) -> None:
    assert counties.is_prefecture("毕节市", 2020)
    assert not counties.is_prefecture("毕节市", 2009)
    assert not counties.is_prefecture("绥中县", 2020)


@pytest.mark.parametrize(
    ("line", "word"),
    [("99,甲县,县,乙市,丙省,2000,,", "six digits"), ("990001,甲县,县,乙市,丙省,long ago,,", "are years")],
)
def test_a_faulty_line_is_told(tmp_path: Path, line: str, word: str) -> None:
    path = tmp_path / "places.csv"
    path.write_text(f"code,name,kind,prefecture,province,valid_from,valid_to,successor_codes\n{line}\n")
    with pytest.raises(DataError, match=f"places.csv:2: .*{word}"):
        load_counties((path,))


def test_wrong_columns_and_missing_files_are_told(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("code,name\n")
    with pytest.raises(DataError, match="columns must be"):
        load_counties((path,))
    with pytest.raises(DataError, match="cannot be read"):
        load_counties((tmp_path / "none.csv",))
