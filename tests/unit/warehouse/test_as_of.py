"""Macros of a moment, made from the statements of the build."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl.errors import GoujiError
from etl.query import moment_of
from etl.settings import Home
from etl.warehouse.as_of import OF_ALL_TIMES, go_back
from etl.warehouse.publish import publish
from etl.warehouse.read import connect
from tests.built_warehouse import build, candidate, consistent, make_home, rows

TIMELESS = {
    "dim_county",
    "dim_form",
    "dim_measure",
    "dim_check",
    "dim_rule",
    "dim_concept",
    "form_measure",
    "bridge_check_term",
    "bridge_concept",
    "bridge_line",
    "bridge_wide_term",
    "dim_reason",
    "suspending_relation",
    "bridge_succession",
    "comparability",
    "county_alias",
    "county_line",
    "county_portal",
    "outcome_class",
    "place_in_year",
}
FIRST = datetime(2025, 3, 1, 12, tzinfo=UTC)
LATER = FIRST + timedelta(days=10)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose warehouse knew one report first, and ten days later a fuller one and an office's."""
    home = make_home(tmp_path)
    build(
        home,
        consistent("a", scope="county"),
        consistent("b", year=2023),
        consistent("c", scope="office"),
        crawled={"b": {"known_from": LATER, "fetched_at": LATER}, "c": {"known_from": LATER}},
    )
    return home


def test_every_relation_has_a_past_or_is_said_to_have_none(home: Home) -> None:
    with candidate(home) as connection:
        relations = {row["name"] for row in rows(connection, "SELECT name FROM (SHOW TABLES)")}
        pasts = rows(connection, "SELECT DISTINCT function_name FROM duckdb_functions() WHERE NOT internal")
    past = {name["function_name"].removesuffix("_as_of") for name in pasts}
    assert relations - past == (TIMELESS | OF_ALL_TIMES) & relations - past
    assert not TIMELESS & past


def test_at_the_end_of_time_everything_is_as_it_is_now(home: Home) -> None:
    with candidate(home) as connection:
        relations = {row["name"] for row in rows(connection, "SELECT name FROM (SHOW TABLES)")}
        for name in sorted(relations - TIMELESS - OF_ALL_TIMES):
            then = f"FROM {name}_as_of(TIMESTAMP 'infinity')"
            both = f"(FROM {name} EXCEPT ALL {then}) UNION ALL ({then} EXCEPT ALL FROM {name})"
            assert connection.execute(both).fetchall() == [], name


def test_a_report_that_came_later_was_not_known(home: Home) -> None:
    with candidate(home) as connection:
        query = "SELECT year FROM county_year_as_of(TIMESTAMP '2025-03-05') ORDER BY ALL"
        assert [row["year"] for row in rows(connection, query)] == [2024]
        query = "SELECT year FROM county_year_as_of(TIMESTAMP '2025-03-15') ORDER BY ALL"
        assert [row["year"] for row in rows(connection, query)] == [2023, 2024]


def test_a_rule_across_years_knows_the_reports_of_its_time(home: Home) -> None:
    asked = "SELECT DISTINCT status FROM finding_as_of(TIMESTAMP '{}') WHERE rule_id = 'X_CARRY'"
    with candidate(home) as connection:
        assert connection.execute(asked.format("2025-03-05")).fetchall() == []
        assert len(connection.execute(asked.format("2025-03-15")).fetchall()) == 1


def test_reports_of_other_bodies_are_taken_when_asked_for(home: Home) -> None:
    build(home, consistent("d", year=2022, scope="office"))
    with candidate(home) as connection:
        assert rows(connection, "FROM county_year WHERE year = 2022") == []
        asked = "SELECT year FROM county_year_as_of(TIMESTAMP 'infinity', scopes := ['county', 'office'])"
        assert [row["year"] for row in rows(connection, asked)] == [2022]


def test_a_query_goes_back(home: Home) -> None:
    publish(home)
    with connect(home) as connection:
        sql = "SELECT count(DISTINCT year), count(DISTINCT document_sha256) FROM observation"
        go_back(connection, FIRST + timedelta(days=1), sql)
        assert connection.execute(sql).fetchall() == [(1, 1)]
        assert connection.execute("SELECT count(*) FROM dim_report").fetchall() == [(1,)]
        assert (
            connection.execute(
                "SELECT DISTINCT reported FROM comparable() WHERE reported > 0 AND year = 2023"
            ).fetchall()
            == []
        )


def test_what_holds_all_times_is_not_asked_of_the_past(home: Home) -> None:
    publish(home)
    with connect(home) as connection, pytest.raises(GoujiError, match="fact_observation"):
        go_back(connection, FIRST, "SELECT count(*) FROM Fact_Observation")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-03-31", datetime(2025, 3, 31, 15, 59, 59, 999999, tzinfo=UTC)),
        ("2025-03-31T18:00", datetime(2025, 3, 31, 10, tzinfo=UTC)),
        ("2025-03-31T18:00+00:00", datetime(2025, 3, 31, 18, tzinfo=UTC)),
    ],
)
def test_a_day_is_meant_to_its_end_in_china(text: str, moment: datetime) -> None:
    assert moment_of(text) == moment


def test_other_words_are_no_moment() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        moment_of("yesterday")
