"""Counties through time, on real cases."""

from collections import Counter
from pathlib import Path

import pytest

from etl.places import Counties, load_counties
from etl.places.lineage import last_year, lineage
from etl.places.names import aliases, short_names
from etl.places.succession import lines, successions
from etl.settings import Home

Step = tuple[str, str, str, str, int, str]


@pytest.fixture(scope="module")
def counties() -> Counties:
    return load_counties(Home(home=Path("nowhere")).counties_files)


def steps(counties: Counties, *codes: str) -> set[Step]:
    return {
        (
            one.predecessor.code,
            one.predecessor.name,
            one.successor.code,
            one.successor.name,
            one.year,
            one.relation,
        )
        for one in successions(counties)
        if one.predecessor.code in codes or one.successor.code in codes
    }


def stretch(counties: Counties, code: str, year: int) -> tuple[list[str], str | None, int | None]:
    """Members, and why and when the line is broken, of a county of today in a year."""
    (found,) = [one for one in lineage(counties) if one.county.code == code and one.first <= year <= one.last]
    return [member.code for member in found.members], found.broken, found.broken_in


# The official totals by kind, end of the year.
OFFICIAL = {
    2008: (
        2859,
        {"市辖区": 856, "县级市": 368, "县": 1463, "自治县": 117, "旗": 49, "自治旗": 3, "林区": 1, "特区": 2},
    ),
    2015: (
        2850,
        {"市辖区": 921, "县级市": 361, "县": 1397, "自治县": 117, "旗": 49, "自治旗": 3, "林区": 1, "特区": 1},
    ),
    2019: (
        2846,
        {"市辖区": 965, "县级市": 387, "县": 1323, "自治县": 117, "旗": 49, "自治旗": 3, "林区": 1, "特区": 1},
    ),
    2024: (
        2846,
        {"市辖区": 977, "县级市": 397, "县": 1301, "自治县": 117, "旗": 49, "自治旗": 3, "林区": 1, "特区": 1},
    ),
}


@pytest.mark.parametrize("year", OFFICIAL)
def test_the_counties_in_force_are_the_official_ones_by_kind(counties: Counties, year: int) -> None:
    kinds = Counter(one.kind for one in counties.all if one.is_county and one.in_force(year))
    assert (kinds.total(), dict(kinds)) == OFFICIAL[year]


def test_a_kind_is_not_told_by_the_last_characters(counties: Counties) -> None:
    kinds = {
        name: counties.named(name)[0].kind for name in ("万柏林区", "北林区", "碑林区", "金林区", "神农架林区")
    }
    assert kinds == dict.fromkeys(("万柏林区", "北林区", "碑林区", "金林区"), "市辖区") | {"神农架林区": "林区"}


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("441900", "东莞市", "不设县级政区的市"),
        ("442000", "中山市", "不设县级政区的市"),
        ("460400", "儋州市", "不设县级政区的市"),
        ("620200", "嘉峪关市", "不设县级政区的市"),
        ("320871", "淮安经济技术开发区", "开发区"),
        ("660108", "新疆生产建设兵团第八师", "兵团师"),
    ],
)
def test_other_bodies_have_rows_and_are_no_counties(
    counties: Counties, code: str, name: str, kind: str
) -> None:
    (row,) = counties.coded(code)
    assert (row.name, row.kind, row.is_county, row.in_force(2024)) == (name, kind, False, True)


def test_hongze_was_upgraded(counties: Counties) -> None:
    assert steps(counties, "320829") == {("320829", "洪泽县", "320813", "洪泽区", 2016, "upgrade")}
    assert stretch(counties, "320813", 2015) == (["320829"], None, None)
    assert stretch(counties, "320813", 2016) == (["320813"], None, None)


def test_nanhui_was_merged_into_pudong(counties: Counties) -> None:
    assert steps(counties, "310119", "310115") == {
        ("310119", "南汇区", "310115", "浦东新区", 2009, "merge"),
    }
    assert stretch(counties, "310115", 2008) == (["310115", "310119"], None, None)
    assert stretch(counties, "310115", 2009) == (["310115"], None, None)


def test_chaohu_was_taken_apart(counties: Counties) -> None:
    assert steps(counties, "341402") == {("341402", "居巢区", "340181", "巢湖市", 2011, "upgrade")}
    assert steps(counties, "341421") == {("341421", "庐江县", "340124", "庐江县", 2011, "recode")}
    assert {step[5] for step in steps(counties, "341424")} == {"split"}  # 和县, to 鸠江区 and 和县
    assert counties.is_prefecture("巢湖市", 2010)
    assert not counties.is_prefecture("巢湖市", 2011)


def test_chongchuan_has_its_name_again_under_a_new_code(counties: Counties) -> None:
    assert steps(counties, "320613") == {
        ("320602", "崇川区", "320613", "崇川区", 2020, "merge"),
        ("320611", "港闸区", "320613", "崇川区", 2020, "merge"),
    }
    assert stretch(counties, "320613", 2019) == (["320602", "320611"], None, None)


def test_yuhang_has_its_code_and_another_area(counties: Counties) -> None:
    assert ("330110", "余杭区", "330113", "临平区", 2021, "split") in steps(counties, "330110")
    assert stretch(counties, "330110", 2021) == (["330110"], None, None)
    assert stretch(counties, "330110", 2020) == (["330110"], "split", 2021)
    assert stretch(counties, "330113", 2008) == (["330110"], "split", 2021)


def test_cangshan_was_renamed(counties: Counties) -> None:
    assert steps(counties, "371324") == {("371324", "苍山县", "371324", "兰陵县", 2014, "rename")}
    assert stretch(counties, "371324", 2010) == (["371324"], None, None)


def test_a_county_that_gave_a_part_is_another_before(counties: Counties) -> None:
    assert stretch(counties, "320312", 2020)[1:] == ("part", 2021)  # 铜山区, to 鼓楼区 of 徐州
    assert stretch(counties, "653223", 2023) == (["653223"], "split", 2024)  # 皮山县, of which 和康县 was made
    assert stretch(counties, "653228", 2023) == (["653223"], "split", 2024)


def test_a_county_of_unknown_origin_says_so(counties: Counties) -> None:
    assert stretch(counties, "659007", 2013) == ([], "unknown", 2014)  # 双河市


def test_suizhong_never_changed(counties: Counties) -> None:
    assert steps(counties, "211421") == set()
    assert stretch(counties, "211421", 2008) == (["211421"], None, None)


def test_danzhou_went_on_as_a_prefecture(counties: Counties) -> None:
    assert steps(counties, "469003") == {("469003", "儋州市", "460400", "儋州市", 2015, "upgrade")}
    assert stretch(counties, "460400", 2010) == (["469003"], None, None)


def test_every_county_that_ended_since_2008_has_a_successor(counties: Counties) -> None:
    followed = {one.predecessor for one in successions(counties)}
    ended = [one for one in counties.all if one.valid_to is not None and one.valid_to >= 2008]
    assert len(ended) > 390
    assert [one for one in ended if one not in followed] == []


def test_every_county_of_today_has_every_year_once(counties: Counties) -> None:
    last = last_year(counties)
    years: dict[str, list[int]] = {}
    for one in lineage(counties):
        years.setdefault(one.county.code, []).extend(range(one.first, one.last + 1))
        assert all(member.in_force(year) for member in one.members for year in (one.first, one.last))
    assert {code for code, found in years.items() if sorted(found) != list(range(2008, last + 1))} == set()
    assert len(years) == sum(one.in_force(last) for one in counties.all)


def test_in_a_year_that_all_lines_reach_no_county_is_left_out_or_counted_twice(counties: Counties) -> None:
    """Whole lines do not share a county: their sum is at most what there was."""
    for year in (2008, 2015):
        members = [
            member
            for one in lineage(counties)
            if one.broken is None and one.first <= year <= one.last
            for member in one.members
        ]
        assert max(Counter(members).values()) == 1


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("绥中县", {"绥中"}),
        ("浦东新区", {"浦东"}),
        ("清新区", {"清新"}),
        ("碑林区", {"碑林"}),
        ("神农架林区", {"神农架"}),
        ("六枝特区", {"六枝"}),
        ("沁县", set()),
        ("东莞市", {"东莞"}),
        ("宽城满族自治县", {"宽城", "宽城县"}),
        ("长白朝鲜族自治县", {"长白", "长白县"}),
        ("双江拉祜族佤族布朗族傣族自治县", {"双江", "双江县"}),
        ("积石山保安族东乡族撒拉族自治县", {"积石山", "积石山县"}),
        ("东乡族自治县", {"东乡", "东乡县"}),
        ("察布查尔锡伯自治县", {"察布查尔", "察布查尔县"}),
        ("鄂温克族自治旗", {"鄂温克", "鄂温克旗"}),
        ("阿拉善左旗", {"阿拉善左"}),
    ],
)
def test_short_names(counties: Counties, name: str, short: set[str]) -> None:
    assert set(short_names(counties.named(name)[0])) == short


def test_aliases_are_former_later_and_padded_names(counties: Counties) -> None:
    found = {(one.county.code, one.county.name): set[tuple[str, str]]() for one in aliases(counties)}
    for one in aliases(counties):
        found[one.county.code, one.county.name].add((one.name, one.kind))
    assert found["371324", "兰陵县"] == {("苍山县", "former"), ("兰陵", "short")}
    assert found["371324", "苍山县"] == {("兰陵县", "later"), ("苍山", "short")}
    assert found["140430", "沁县"] == {("沁　县", "padded")}
    assert ("南汇区", "former") not in found["310115", "浦东新区"]  # a merger gives no name on


def test_a_line_is_a_county_under_all_its_codes(counties: Counties) -> None:
    (old,) = counties.coded("320829")
    assert [row.code for row in lines(counties)[old]] == ["320829", "320813"]
