"""The verdicts in the warehouse are those of etl.check.verdicts."""

import re
from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.check.verdicts import check
from etl.model import Extraction
from tests.judged_reports import consistent_figures, report, spoilt_reports
from tests.small_warehouse import fill, findings, small_warehouse

FORM_2021 = dict.fromkeys(("disclosure", "requests", "disputes"), "2021")


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with small_warehouse([]) as connection:
        yield connection


@given(reports=st.lists(spoilt_reports(), min_size=1, max_size=4))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
def test_sql_and_python_agree(warehouse: duckdb.DuckDBPyConnection, reports: list[Extraction]) -> None:
    fill(warehouse, reports)
    assert findings(warehouse) == {key: set(check(each)) for key, each in enumerate(reports, start=1)}


def test_a_report_without_cells_has_no_findings(warehouse: duckdb.DuckDBPyConnection) -> None:
    fill(warehouse, [Extraction("a.pdf", "0", "pdf", forms=FORM_2021)])
    assert findings(warehouse) == {}


def test_the_largest_figures_do_not_overflow(warehouse: duckdb.DuckDBPyConnection) -> None:
    largest = Decimal(999999999999)
    figures = dict.fromkeys(consistent_figures(FORM_2021), largest)
    big = report(figures, FORM_2021)
    fill(warehouse, [big])
    assert findings(warehouse) == {1: set(check(big))}


def test_everything_is_commented_in_both_languages(warehouse: duckdb.DuckDBPyConnection) -> None:
    names = ("dim_rule", "dim_check", "bridge_check_term", "fact_finding")
    comments = warehouse.execute(
        f"SELECT table_name, comment FROM duckdb_tables() WHERE table_name IN {names} UNION ALL "
        f"SELECT table_name || '.' || column_name, comment FROM duckdb_columns() WHERE table_name IN {names}"
    ).fetchall()
    assert len(comments) > len(names)
    both = re.compile(r".*[a-z].* / .*[一-鿿].*", re.DOTALL)
    assert [name for name, comment in comments if not both.fullmatch(comment or "")] == []
