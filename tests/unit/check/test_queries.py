"""The balance suite's queries find the rows that fact_finding calls failed: two statements of each rule."""

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.check.queries import failing_rows
from etl.check.rules import load_rules
from etl.model import Extraction
from tests.judged_reports import spoilt_reports
from tests.small_warehouse import failed_lines, fill, small_warehouse


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
def test_both_statements_of_a_rule_agree(
    warehouse: duckdb.DuckDBPyConnection, reports: list[Extraction]
) -> None:
    fill(warehouse, reports)
    found = [
        (rule.id, form, row[0], row[1])
        for rule in load_rules()
        for form in rule.forms
        for row in warehouse.execute(failing_rows(rule, form).format(batch="fact_observation")).fetchall()
    ]
    assert len(found) == len(set(found))
    assert set(found) == failed_lines(warehouse)
