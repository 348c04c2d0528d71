"""comparable_series: today's counties followed back, sums only where they are whole."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.built_warehouse import OLD, build, candidate, consistent, make_home, rows

MERGED = """\
990007,甲区,市辖区,虚构市,虚构省,2008,2019,990009
990008,乙区,市辖区,虚构市,虚构省,2008,2019,990009
990009,甲乙区,市辖区,虚构市,虚构省,2019,,
990010,给县,县,虚构市,虚构省,2008,,990011[2019]
990011,得县,县,虚构市,虚构省,2008,,
"""


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home = make_home(tmp_path_factory.mktemp("home"))
    with (home.root / "counties.csv").open("a", encoding="utf-8") as file:
        file.write(MERGED)
    build(
        home,
        consistent("1", OLD, 2014),
        consistent("2", "990007", 2015),
        consistent("3", "990008", 2015),
        consistent("4", "990007", 2016),
        consistent("5", "990009", 2020),
        consistent("6", "990004", 2014),
        consistent("7", "990010", 2018),
        consistent("8", "990010", 2019),
    )
    with candidate(home) as connection:
        yield connection


def row(connection: duckdb.DuckDBPyConnection, code: str, year: int, source: str = "comparable_series") -> Any:
    query = "SELECT status, broken_in, members, reported, member_codes, received"
    (found,) = rows(connection, f"{query} FROM {source} WHERE county_code = '{code}' AND year = {year}")
    return tuple(found.values())


def test_a_county_is_followed_through_a_recode(series: duckdb.DuckDBPyConnection) -> None:
    (one,) = rows(series, f"SELECT received FROM county_year WHERE county_code = '{OLD}'")
    assert row(series, "990003", 2014) == ("comparable", None, 1, 1, [OLD], one["received"])


def test_a_merger_is_the_sum_of_what_was_merged(series: duckdb.DuckDBPyConnection) -> None:
    (one,) = rows(series, "SELECT received FROM county_year WHERE county_code = '990007' AND year = 2015")
    assert row(series, "990009", 2015) == ("comparable", None, 2, 2, ["990007", "990008"], 2 * one["received"])
    assert row(series, "990009", 2020)[:4] == ("comparable", None, 1, 1)


def test_a_sum_that_lacks_a_part_is_none_unless_it_is_asked_for(series: duckdb.DuckDBPyConnection) -> None:
    status = ("incomplete", None, 2, 1, ["990007", "990008"])
    assert row(series, "990009", 2016) == (*status, None)
    asked = row(series, "990009", 2016, "comparable(include_partial := true)")
    assert asked[:5] == status
    assert asked[5] > 0


def test_before_a_division_or_a_transfer_there_is_nothing_to_compare(series: duckdb.DuckDBPyConnection) -> None:
    assert row(series, "990005", 2014) == ("split", 2016, 1, 1, ["990004"], None)
    assert row(series, "990010", 2018) == ("part", 2019, 1, 1, ["990010"], None)
    assert row(series, "990011", 2018)[:2] == ("part", 2019)
    assert row(series, "990010", 2019)[:2] == ("comparable", None)


def test_what_nobody_reported_is_incomplete(series: duckdb.DuckDBPyConnection) -> None:
    assert row(series, "310115", 2008) == ("incomplete", None, 2, 0, ["310115", "310119"], None)


def test_a_county_of_unknown_origin_has_a_row_that_says_so(series: duckdb.DuckDBPyConnection) -> None:
    assert row(series, "659007", 2010) == ("unknown", 2014, 0, 0, [], None)


def test_cells_add_up_too_fees_among_them(series: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT form_row, value, members, stated FROM comparable_leaf"
        " WHERE county_code = '990009' AND year = 2015 AND form_row = 'fees'"
    )
    (fees,) = rows(series, query)
    (one,) = rows(
        series, "SELECT value FROM leaf WHERE county_code = '990007' AND year = 2015 AND form_row = 'fees'"
    )
    assert (fees["value"], fees["members"], fees["stated"]) == (2 * one["value"], 2, 2)
    (partial,) = rows(series, query.replace("2015", "2016"))
    assert (partial["value"], partial["stated"]) == (None, 1)


def test_every_county_of_today_has_every_year_once(series: duckdb.DuckDBPyConnection) -> None:
    (found,) = rows(
        series,
        "SELECT count(*) AS n, count(DISTINCT (county_code, year)) AS different, min(year) AS first,"
        " max(year) AS last, count(DISTINCT county_code) AS counties FROM comparable_series",
    )
    assert (found["first"], found["last"]) == (2008, 2025)
    assert found["n"] == found["different"] == 18 * found["counties"]
