"""What others build on: the columns of the views, and a comment on everything in both languages."""

import re
from collections.abc import Iterator

import duckdb
import pytest

from etl.resources import SQL
from tests.built_warehouse import build, candidate, make_home

VIEWS = {
    "observation": "county_code county_name year form form_table form_row form_column value printed_value raw "
    "status unit is_total page bbox path document_sha256 url reader confidence corrected",
    "opinion": "county_code county_name year form_table form_row form_column value raw status page bbox path "
    "document_sha256 url reader confidence is_taken",
    "finding": "county_code county_name year rule_id severity status left_value right_value delta cells blame "
    "explanation_en explanation_zh",
    "printed_finding": "county_code county_name year rule_id severity status left_value right_value delta "
    "cells corrected_status",
    "concept_year": "county_code county_name year concept label_zh label_en unit form value comparability "
    "reason_zh reason_en reference_form own_value stated_parts parts",
    "indicator": "county_code county_name year labels label_path raw unit page bbox path document_sha256 "
    "url reader",
    "coverage": "county_code county_name province year state url published_on fetched_at days_late",
    "county_year": "county_code county_name year received carried_in concluded granted partial refused "
    "unavailable not_processed other carried_out reviews corrected_reviews lawsuits "
    "granted_rate granted_rate_cells partial_rate partial_rate_cells refused_rate refused_rate_cells "
    "unavailable_rate unavailable_rate_cells not_processed_rate not_processed_rate_cells "
    "other_rate other_rate_cells corrected_review_rate corrected_review_rate_cells balance_status",
    "narrative": "county_code county_name year section paragraph offset text page bbox path "
    "document_sha256 url",
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home = make_home(tmp_path_factory.mktemp("home"))
    build(home)
    with candidate(home) as connection:
        yield connection


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_exactly_its_columns(empty: duckdb.DuckDBPyConnection, view: str) -> None:
    assert [column[0] for column in empty.execute(f"FROM {view}").description or ()] == VIEWS[view].split()


def test_every_table_and_view_and_column_is_explained_in_english_and_chinese(
    empty: duckdb.DuckDBPyConnection,
) -> None:
    comments = empty.execute(
        "SELECT table_name, NULL, comment FROM duckdb_tables() UNION ALL "
        "SELECT view_name, NULL, comment FROM duckdb_views() WHERE NOT internal UNION ALL "
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    columns = {(table, column) for table, column, _ in comments}
    assert {("fact_observation", "value"), ("county_year", None), ("leaf", "value")} <= columns

    def explains(comment: str | None) -> bool:
        english, _, chinese = (comment or "").partition(" / ")
        return any(sign.isascii() and sign.isalpha() for sign in english) and any(map(_is_chinese, chinese))

    assert [(table, column) for table, column, comment in comments if not explains(comment)] == []


def test_no_comment_column_was_missed(empty: duckdb.DuckDBPyConnection) -> None:
    """The information schema knows no column that duckdb_columns does not."""
    listed = empty.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_catalog = current_database() EXCEPT SELECT table_name, column_name FROM duckdb_columns()"
    ).fetchall()
    assert listed == []


def test_no_measure_is_filled_with_a_zero() -> None:
    """Counts of rows may be; a rule may take a blank as zero, and says so in its status."""
    filled = {
        (path.stem, found)
        for path in SQL.glob("*.sql")
        for found in re.findall(r"coalesce\((\w+), *0\)", path.read_text(encoding="utf-8"), re.IGNORECASE)
        if path.stem != "fact_finding"
    }
    counts = {("dim_report", name) for name in ("cell_count", "printed_count", "problem_count")}
    assert filled == counts | {("fact_concept", "stated_parts")}


def _is_chinese(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"
