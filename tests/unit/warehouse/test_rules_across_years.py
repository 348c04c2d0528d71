"""Rules across years and bodies in a warehouse that was built: whom they follow, when they are not asked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from etl.model import Extraction
from etl.warehouse.lineage import findings_of
from etl.warehouse.reports import find_report
from tests.built_warehouse import COUNTY, NEW, OLD, build, candidate, consistent, make_home, rows
from tests.judged_reports import change

DIVISIONS = """\
990007,甲区,市辖区,虚构市,虚构省,2008,2019,990009
990008,乙区,市辖区,虚构市,虚构省,2008,2019,990009
990009,甲乙区,市辖区,虚构市,虚构省,2019,,
990010,给县,县,虚构市,虚构省,2008,,990011[2019]
990011,得县,县,虚构市,虚构省,2008,,
990012,古名县,县,虚构市,虚构省,2008,2019,990012
990012,今名县,县,虚构市,虚构省,2019,,
"""
RECEIVED = ("requests", "received.new", "total")
CARRIED_IN = ("requests", "received.carried_in", "total")
LICENSING = ("disclosure", "licensing", "decisions")


def odd(code: str, year: int) -> Extraction:
    """A report that carries in what no year carried out, and whose licences jump."""
    name = f"{code}-{year}"
    return change(change(consistent(name, code, year), CARRIED_IN, 999), LICENSING, 9_999)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home = make_home(tmp_path_factory.mktemp("home"))
    with (home.root / "counties.csv").open("a", encoding="utf-8") as file:
        file.write(DIVISIONS)
    before = [(OLD, 2015), ("990012", 2018), ("990007", 2018), ("990008", 2018), ("990004", 2015)]
    before += [("990010", 2018), ("990011", 2018)]
    build(
        home,
        *(consistent(f"{code}-{year}", code, year) for code, year in before),
        *(odd(code, year) for code, year in ((NEW, 2016), ("990012", 2019), ("990009", 2019))),
        *(odd(code, year) for code, year in (("990005", 2016), ("990010", 2019), ("990011", 2019))),
        odd("990010", 2020),
        odd("990011", 2021),
    )
    with candidate(home) as connection:
        yield connection


def judged(connection: duckdb.DuckDBPyConnection, code: str, year: int, rule: str = "X_CARRY") -> list[str]:
    found = rows(
        connection,
        f"SELECT status FROM finding WHERE county_code = '{code}' AND year = {year} AND rule_id = '{rule}'",
    )
    return [one["status"] for one in found]


@pytest.mark.parametrize(
    ("code", "year", "what"),
    [(NEW, 2016, "new code"), ("990012", 2019, "new name"), ("990010", 2020, "a year after a transfer")],
)
def test_a_county_is_followed(built: duckdb.DuckDBPyConnection, code: str, year: int, what: str) -> None:
    assert judged(built, code, year) == ["fail"], what


@pytest.mark.parametrize("code", [NEW, "990012"])
def test_jumps_of_a_county_that_is_followed_are_found(built: duckdb.DuckDBPyConnection, code: str) -> None:
    assert "fail" in judged(built, code, 2016 if code == NEW else 2019, "X_YOY")


@pytest.mark.parametrize(
    ("code", "year", "what"),
    [
        ("990009", 2019, "merged"),
        ("990005", 2016, "split off"),
        ("990010", 2019, "gave a part"),
        ("990011", 2019, "took a part"),
    ],
)
def test_nothing_is_compared_where_the_area_changed(
    built: duckdb.DuckDBPyConnection, code: str, year: int, what: str
) -> None:
    assert judged(built, code, year) == ["suspended"], what
    assert judged(built, code, year, "X_YOY") == []


def test_a_year_without_a_report_before_it_is_not_asked(built: duckdb.DuckDBPyConnection) -> None:
    assert judged(built, "990011", 2021) == []


WHOLE = consistent("whole.html", COUNTY, 2024)
NEW_REQUESTS = int(next(o.value or 0 for o in WHOLE.observations if (o.table, o.row, o.column) == RECEIVED))


def of_body(
    name: str, publisher: str, scope: str | None, code: str = COUNTY, new: int = NEW_REQUESTS
) -> Extraction:
    made = change(consistent(name, code, 2024), RECEIVED, new)
    assert made.identity is not None
    return replace(made, identity=replace(made.identity, publisher=publisher, scope=scope))


def rolled_up(folder: Path, *reports: Extraction) -> list[tuple[str, int, int]]:
    """The rules over bodies that new requests break, with the figures on both sides."""
    home = make_home(folder)
    build(home, *reports)
    with candidate(home) as connection:
        found = rows(
            connection,
            "SELECT rule_id, left_value, right_value FROM finding "
            "WHERE rule_id LIKE 'E\\_%' ESCAPE '\\' AND list_contains(cells, 'requests.received.new.total')",
        )
    return [(one["rule_id"], int(one["left_value"]), int(one["right_value"])) for one in found]


def test_a_county_has_at_least_what_its_townships_have(tmp_path: Path) -> None:
    north, south = (of_body(f"{name}.html", f"示例县{name}镇人民政府", "township") for name in ("北", "南"))
    assert rolled_up(tmp_path / "one", WHOLE, north) == []
    assert rolled_up(tmp_path / "two", WHOLE, north, south) == [
        ("E_ROLLUP_COUNTY", NEW_REQUESTS, 2 * NEW_REQUESTS)
    ]


def test_a_township_that_published_twice_counts_once(tmp_path: Path) -> None:
    first, again = (of_body(name, "示例县北镇人民政府", "township") for name in ("a.html", "b.html"))
    assert rolled_up(tmp_path, WHOLE, first, again) == []


def test_a_prefecture_has_at_least_what_its_counties_have(tmp_path: Path) -> None:
    fewer = of_body("city.html", "虚构市人民政府", "county", "990000", NEW_REQUESTS - 1)
    assert rolled_up(tmp_path, WHOLE, fewer) == [("E_ROLLUP_PREF", NEW_REQUESTS - 1, NEW_REQUESTS)]


@pytest.mark.parametrize("scope", ["office", "department", None])
def test_a_body_of_the_prefecture_is_not_the_prefecture(tmp_path: Path, scope: str | None) -> None:
    bureau = of_body("city.html", "虚构市水务局", scope, "990000", NEW_REQUESTS - 1)
    assert rolled_up(tmp_path, WHOLE, bureau) == []


def test_a_prefectures_report_is_explained(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, WHOLE, of_body("city.html", "虚构市人民政府", "county", "990000", NEW_REQUESTS - 1))
    with candidate(home) as connection:
        report = find_report(connection, "990000", 2024)
        found = {one["rule_id"] for one in findings_of(connection, report)}
    assert (report.county_name, "E_ROLLUP_PREF" in found) == ("虚构市人民政府", True)
