"""``gouji county``: what it finds, and what it says when it finds nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from etl.places import Counties, load_counties
from etl.places.lookup import find, suggestions
from etl.settings import Home
from tests.command import gouji


@pytest.fixture(scope="module")
def counties() -> Counties:
    return load_counties(Home(home=Path("nowhere")).counties_files)


def told(tmp_path: Path, *names: str) -> list[dict[str, Any]]:
    run = gouji("county", *names, "--json", "--home", tmp_path)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("绥中县", {"211421"}),
        ("211421", {"211421"}),
        ("绥中", {"211421"}),
        ("辽宁省葫芦岛市绥中县", {"211421"}),
        ("葫芦岛绥中县", {"211421"}),
        ("沁　县", {"140430"}),
        ("双江县", {"530925"}),
        ("鼓楼区", {"320106", "320302", "350102", "410204"}),
        ("徐州市鼓楼区", {"320302"}),
        ("江苏鼓楼区", {"320106", "320302"}),
        ("崇川区", {"320602", "320613"}),
        ("东莞", {"441900"}),
        ("雄安新区", {"130690"}),
        ("绥中线", set()),
        ("北京徐州市鼓楼区", set()),
        ("", set()),
    ],
)
def test_a_county_is_found_by_what_people_type(counties: Counties, text: str, codes: set[str]) -> None:
    assert {row.code for row in find(counties, text)} == codes


def test_close_names_are_suggested(counties: Counties) -> None:
    assert "211421" in {row.code for row in suggestions(counties, "绥中线")}
    assert "211421" in {row.code for row in suggestions(counties, "21142")}
    assert suggestions(counties, "qwertyuiop") == ()


def test_a_county_is_explained_with_its_history(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "洪泽县")
    assert (found["code"], found["name"], found["kind"], found["valid_to"]) == (
        "320813",
        "洪泽区",
        "市辖区",
        None,
    )
    assert [(one["code"], one["valid_from"], one["valid_to"]) for one in found["periods"]] == [
        ("320829", 2000, 2016),
        ("320813", 2016, None),
    ]
    assert found["history"] == [
        {
            "year": 2016,
            "relation": "upgrade",
            "predecessor": {"code": "320829", "name": "洪泽县"},
            "successor": {"code": "320813", "name": "洪泽区"},
        }
    ]
    assert {"name": "洪泽县", "kind": "former"} in found["aliases"]


def test_a_name_of_several_lists_them(tmp_path: Path) -> None:
    assert [one["prefecture"] for one in told(tmp_path, "鼓楼区")] == ["南京市", "徐州市", "福州市", "开封市"]
    run = gouji("county", "鼓楼区", "--home", tmp_path)
    assert run.returncode == 0
    assert "4 counties" in run.stdout


def test_people_read_it_too(tmp_path: Path) -> None:
    run = gouji("county", "南汇区", "--home", tmp_path)
    assert "2009: 南汇区 310119 went into 并入: 浦东新区 310115" in run.stdout
    assert "ended 2009" in run.stdout


def test_an_unknown_name_fails_with_what_is_close(tmp_path: Path) -> None:
    run = gouji("county", "绥中线", "--home", tmp_path)
    assert run.returncode == 1
    assert "绥中县 211421" in run.stderr
    assert gouji("county", "999998", "--home", tmp_path).returncode == 1
