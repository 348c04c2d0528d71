"""Counties are found by what people type."""

import json

import pytest

from etl.dashboard.pages.search import codes_of, entries, index, pinyin_of, search
from etl.dashboard.reader import Reader, open_reader
from etl.settings import Home
from tests.built_warehouse import COUNTY, NEW, OLD


@pytest.fixture(scope="module")
def reader(home: Home) -> Reader:
    return open_reader(home)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (COUNTY, COUNTY),
        ("示例县", COUNTY),
        ("示例", COUNTY),
        ("shilixian", COUNTY),
        ("ShiLi", COUNTY),
        ("虚构 slx", COUNTY),
        ("xugou shili", COUNTY),
        ("旧名县", OLD),
        ("xinmingqu", NEW),
        ("211421", "211421"),
        ("绥中", "211421"),
        ("suizhong", "211421"),
        ("辽宁 sz", "211421"),
        ("liaoning sz", "211421"),
        ("洪泽县", "320829"),
    ],
)
def test_the_county_is_first_or_near(reader: Reader, asked: str, code: str) -> None:
    assert code in [one.code for one in search(entries(reader), asked)[:3]]


def test_an_old_name_leads_to_what_it_became(reader: Reader) -> None:
    assert {one.code for one in search(entries(reader), "旧名县")} == {OLD, NEW}
    assert {one.code for one in search(entries(reader), "hongzexian")} >= {"320829", "320813"}


def test_nothing_is_found_for_nothing(reader: Reader) -> None:
    assert search(entries(reader), "  ") == ()
    assert search(entries(reader), "<script>") == ()


def test_characters_of_several_readings() -> None:
    assert pinyin_of("乐亭县")[0] == "laotingxian"
    assert pinyin_of("长子县")[0] == "zhangzixian"
    assert {"danxian", "shanxian", "sx"} <= set(pinyin_of("单县"))
    assert {"lvliang", "ll"} <= set(pinyin_of("吕梁"))


def test_several_counties_at_once(reader: Reader) -> None:
    assert codes_of(reader, f"示例县，211421 nowhere {COUNTY}") == (COUNTY, "211421")


def test_the_index_is_a_script_that_cannot_end_its_element(reader: Reader) -> None:
    text = index(reader).decode()
    assert "<" not in text
    rows = json.loads(text.removeprefix("window.goujiCounties=").removesuffix(";\n"))
    known = {row[0] for row in rows if row[6]}
    assert known == {COUNTY, OLD, NEW}
