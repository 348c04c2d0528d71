"""A warehouse with as much of the star schema as the rules need, made from extractions."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.check.load import judge, load_rules_into
from etl.check.verdicts import Finding, Verdict
from etl.forms import load_forms, measures
from etl.model import Extraction

TABLES = """
CREATE TABLE dim_county (county_key INTEGER, code VARCHAR, name VARCHAR);
CREATE TABLE dim_form (form VARCHAR);
CREATE TABLE dim_measure (
    measure_key SMALLINT, form_table VARCHAR, form_row VARCHAR, form_column VARCHAR,
    unit VARCHAR, kind VARCHAR, is_total BOOLEAN
);
CREATE TABLE form_measure (form VARCHAR, measure_key SMALLINT);
CREATE TABLE dim_report (
    report_key INTEGER, county_key INTEGER, county_code VARCHAR, year SMALLINT,
    form VARCHAR, disclosure_form VARCHAR, requests_form VARCHAR, disputes_form VARCHAR,
    stat_form VARCHAR
);
CREATE TABLE fact_observation (
    report_key INTEGER, measure_key SMALLINT, value DECIMAL(18, 6), printed_value DECIMAL(18, 6),
    status VARCHAR, confidence FLOAT, corrected BOOLEAN
);
INSERT INTO dim_county VALUES (1, '990001', '示例县');
"""


def small_warehouse(reports: Sequence[Extraction], path: Path | str = ":memory:") -> duckdb.DuckDBPyConnection:
    """An open warehouse of ``reports``, keyed from 1 in order, with rules loaded and verdicts given."""
    connection = duckdb.connect(str(path))
    connection.execute(TABLES)
    keys = {address: key for key, address in enumerate(measures(), start=1)}
    connection.executemany("INSERT INTO dim_form VALUES (?)", [[form] for form in load_forms()])
    _insert(
        connection,
        "dim_measure",
        [
            {
                "measure_key": keys[address],
                "form_table": address[0],
                "form_row": address[1],
                "form_column": address[2],
                "unit": slots[0].unit,
                "kind": slots[0].kind,
                "is_total": slots[0].is_total,
            }
            for address, slots in measures().items()
        ],
    )
    _insert(
        connection,
        "form_measure",
        [{"form": slot.form, "measure_key": keys[at]} for at, slots in measures().items() for slot in slots],
    )
    load_rules_into(connection)
    fill(connection, reports)
    return connection


def fill(connection: duckdb.DuckDBPyConnection, reports: Sequence[Extraction]) -> None:
    """Replace the reports of the warehouse, and judge them."""
    keys = {address: key for key, address in enumerate(measures(), start=1)}
    connection.execute(
        "DELETE FROM dim_report; DELETE FROM fact_observation; DROP TABLE IF EXISTS fact_finding"
    )
    _insert(
        connection,
        "dim_report",
        [
            {
                "report_key": key,
                "county_key": 1,
                "county_code": "990001",
                "year": 2024,
                "form": report.form,
                "disclosure_form": report.forms.get("disclosure"),
                "requests_form": report.forms.get("requests"),
                "disputes_form": report.forms.get("disputes"),
                "stat_form": report.forms.get("stat"),
            }
            for key, report in enumerate(reports, start=1)
        ],
    )
    _insert(
        connection,
        "fact_observation",
        [
            {
                "report_key": key,
                "measure_key": keys[(seen.table, seen.row, seen.column)],
                "value": None if seen.value is None else seen.value.quantize(Decimal("0.000001")),
                "printed_value": None if seen.value is None else seen.value.quantize(Decimal("0.000001")),
                "corrected": False,
                "status": str(seen.status),
                "confidence": seen.confidence,
            }
            for key, report in enumerate(reports, start=1)
            for seen in report.observations
        ],
    )
    judge(connection)


def findings(connection: duckdb.DuckDBPyConnection) -> dict[int, set[Finding]]:
    """The verdicts of fact_finding, by report."""
    rows = connection.execute(
        "SELECT report_key, rule_id, severity, status, left_value, right_value, delta, cells"
        " FROM fact_finding JOIN dim_check USING (check_key) JOIN dim_rule USING (rule_id)"
    ).fetchall()
    found: dict[int, set[Finding]] = {}
    for report_key, rule_id, severity, status, left, right, delta, cells in rows:
        finding = Finding(rule_id, severity, Verdict(status), left, right, delta, tuple(cells))
        assert finding not in found.setdefault(report_key, set())
        found[report_key].add(finding)
    return found


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.register("rows", pa.Table.from_pylist(rows))
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows")
        connection.unregister("rows")


def failed_lines(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str, int, str]]:
    """Rule, form, report and line of every failed check of fact_finding."""
    rows = connection.execute(
        "SELECT rule_id, form, report_key, line FROM fact_finding JOIN dim_check USING (check_key) "
        "WHERE status = 'fail'"
    ).fetchall()
    return {(rule_id, form, report_key, line) for rule_id, form, report_key, line in rows}
