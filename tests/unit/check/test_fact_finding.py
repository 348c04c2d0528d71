"""The verdicts in the warehouse are those of etl.check.verdicts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.check.verdicts import check
from etl.model import Extraction, Status
from tests.judged_reports import change, consistent_figures, consistent_reports, report
from tests.small_warehouse import fill, findings, small_warehouse

FORM_2021 = dict.fromkeys(("disclosure", "requests", "disputes"), "2021")

cells = st.one_of(
    st.none(),
    st.sampled_from(list(Status)[1:]),
    st.integers(0, 3),
    st.integers(-(10**12) + 1, 10**12 - 1),
    st.decimals(-5, 5, places=6),
)


@st.composite
def spoilt_reports(draw: st.DrawFn) -> Extraction:
    """Reports of any forms with few figures, some cells spoilt and perhaps a table missing."""
    extraction = draw(consistent_reports(at_most=draw(st.sampled_from([0, 1, 50]))))
    places = [(seen.table, seen.row, seen.column) for seen in extraction.observations]
    for at in draw(st.lists(st.sampled_from(places), unique=True, max_size=30)):
        extraction = change(extraction, at, draw(cells))
    lost = draw(st.sampled_from([None, None, "disclosure", "requests", "disputes"]))
    return replace(
        extraction,
        forms={table: form for table, form in extraction.forms.items() if table != lost},
        observations=tuple(seen for seen in extraction.observations if seen.table != lost),
    )


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
