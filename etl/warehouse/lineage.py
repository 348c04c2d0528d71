"""Where one number comes from and where it goes: page and readers, rules, suspicions, corrections, views."""

from collections.abc import Iterator
from typing import Any

import duckdb

from etl.errors import GoujiError
from etl.forms import load_forms
from etl.warehouse.reports import Report

Row = dict[str, Any]

_OF_ROW = {
    "received.new": "received",
    "received.carried_in": "carried_in",
    "outcome.granted": "granted",
    "outcome.partial": "partial",
    "outcome.other": "other",
    "carried_out": "carried_out",
    "review": "reviews",
    "litigation_direct": "lawsuits",
    "litigation_after_review": "lawsuits",
}
_OF_GROUP = {
    "outcome.refused": "refused",
    "outcome.unavailable": "unavailable",
    "outcome.not_processed": "not_processed",
    "outcome.other": "other",
}
_RATED = ("granted", "partial", "refused", "unavailable", "not_processed", "other")


def findings_of(connection: duckdb.DuckDBPyConnection, report: Report) -> list[Row]:
    """The failed checks of a report, hard ones first."""
    return _rows(
        connection,
        "SELECT rule_id, severity, status, left_value, right_value, delta, cells, blame, reason,"
        " explanation_en, explanation_zh FROM report_finding WHERE report_key = ? AND status = 'fail'"
        " ORDER BY list_position(['hard', 'near_hard', 'soft'], severity), check_key",
        [report.key],
    )


def lineage(connection: duckdb.DuckDBPyConnection, report: Report, address: str) -> Row:
    """Everything that is known of one cell of a report; ``address`` as ``requests.received.new.total``.

    Raises:
        GoujiError: the report has no such cell.
    """
    cell = origin(connection, report, address)
    return cell | {
        "findings": _rows(
            connection,
            "SELECT rule_id, severity, status, left_value, right_value, delta, blame, explanation_en,"
            " explanation_zh FROM report_finding WHERE report_key = ? AND list_contains(cells, ?)"
            " ORDER BY check_key",
            [report.key, cell["cell"]],
        ),
        "next_year": _rows(
            connection,
            "SELECT year, rule_id, severity, status, explanation_en, explanation_zh FROM bridge_prior_report"
            " JOIN report_finding USING (report_key) WHERE prior_key = ? AND list_contains(cells, ?)"
            " ORDER BY check_key",
            [report.key, f"{cell['cell']}@-1"],
        ),
    }


def origin(connection: duckdb.DuckDBPyConnection, report: Report, address: str) -> Row:
    """The same without the checks that the cell takes part in.

    Raises:
        GoujiError: the report has no such cell.
    """
    table, row, column = _split(address, report)
    found = _rows(
        connection,
        "SELECT measure_key, form_table, form_row, form_column, label_zh, label_en, unit, is_total,"
        " is_row_total, form_group, value, printed_value, raw, fact_observation.status, corrected, page,"
        " list_transform([x0, y0, x1, y1], lambda edge: round(edge::DOUBLE, 2)) AS bbox, path, reader,"
        " round(confidence::DOUBLE, 3) AS confidence, document_sha256, url, file_name, format, fetched_at"
        " FROM fact_observation JOIN dim_measure USING (measure_key) JOIN dim_report USING (report_key)"
        " JOIN dim_document USING (document_key)"
        " WHERE report_key = ? AND form_table = ? AND form_row = ? AND form_column = ?",
        [report.key, table, row, column],
    )
    if not found:
        raise GoujiError(
            f"{report.county_name} {report.year}: the report has no cell {address}; gouji show"
            f" {report.county_code} {report.year} prints what it has"
        )
    cell = found[0]
    if cell["bbox"] and None in cell["bbox"]:
        cell["bbox"] = None
    key = [report.key, cell["measure_key"]]
    cell |= {
        "county_code": report.county_code,
        "county_name": report.county_name,
        "year": report.year,
        "cell": f"{table}.{row}.{column}",
        "opinions": _rows(
            connection,
            "SELECT reader, value, raw, status, page, round(confidence::DOUBLE, 3) AS confidence"
            " FROM fact_opinion WHERE report_key = ? AND measure_key = ? ORDER BY reader",
            key,
        ),
        "suspicions": _rows(
            connection,
            "SELECT part, rank, is_best, sets, is_complete, needed, needed_to, slip,"
            " (SELECT count(*) FROM fact_suspect AS each WHERE each.report_key = fact_suspect.report_key"
            " AND each.part = fact_suspect.part AND each.rank = fact_suspect.rank) AS cells_in_set"
            " FROM fact_suspect JOIN fact_suspicion USING (report_key, part, rank)"
            " WHERE report_key = ? AND measure_key = ? ORDER BY part, rank",
            key,
        ),
        "corrections": _rows(
            connection,
            "SELECT status, expected, corrected_value, reason, evidence, reviewer, reviewed_on, file, refusal"
            " FROM correction WHERE report_key = ? AND measure_key = ? ORDER BY ordinal",
            key,
        ),
        "views": _views(connection, report, cell),
    }
    return cell


def _split(address: str, report: Report) -> tuple[str, str, str]:
    """The address in parts; a table or a column total may be left out where that is clear."""
    for form in dict.fromkeys(report.forms.values()):
        for slot in load_forms()[form].slots():
            full = f"{slot.table}.{slot.row}.{slot.column}"
            if address in (full, f"{slot.row}.{slot.column}") and report.forms.get(slot.table) == form:
                return slot.table, slot.row, slot.column
    raise GoujiError(
        f"{address} is no cell of this report; write table.row.column, as requests.received.new.total"
    )


def _views(connection: duckdb.DuckDBPyConnection, report: Report, cell: Row) -> list[Row]:
    """Where the value goes: each view and column that it is, or is added to."""
    views: list[Row] = [{"view": "observation", "column": "value", "value": cell["value"]}]
    taken = _rows(
        connection,
        "SELECT chosen.report_key FROM county_year_part JOIN dim_report AS chosen USING (report_key)"
        " WHERE part_report_key = ? AND form_table = ?",
        [report.key, cell["form_table"]],
    )
    if not taken:
        return views
    if not cell["is_total"]:
        views.append({"view": "leaf", "column": "value", "value": cell["value"]})
    columns = list(_columns(connection, report, cell))
    if columns:
        (row,) = _rows(
            connection,
            f"SELECT {', '.join(columns)} FROM county_year WHERE county_code = ? AND year = ?",
            [report.county_code, report.year],
        )
        views += [{"view": "county_year", "column": column, "value": row[column]} for column in columns]
    views += _rows(
        connection,
        "SELECT 'concept_year' AS view, concept AS column, own_value AS value FROM bridge_concept"
        " JOIN concept_year USING (concept, form) WHERE measure_key = ? AND county_code = ? AND year = ?"
        " ORDER BY concept",
        [cell["measure_key"], report.county_code, report.year],
    )
    return views


def _columns(connection: duckdb.DuckDBPyConnection, report: Report, cell: Row) -> Iterator[str]:
    """The columns of county_year the cell is counted in (sql/county_year.sql; a test holds the two together).

    A row is worth its printed total, and its other cells only where that is not stated; what was concluded is
    worth the printed total of results likewise.
    """
    row = cell["form_row"]
    if (cell["form_table"], row, cell["form_column"]) == ("disputes", "review", "corrected"):
        yield from ("corrected_reviews", "corrected_review_rate")
    if cell["value"] is None or not (cell["is_row_total"] or not _is_stated(connection, report, row, True)):
        return
    column = _OF_ROW.get(row) or _OF_GROUP.get(cell["form_group"] or "")
    if column:
        yield column
    if column == "reviews":
        yield "corrected_review_rate"
    concludes = row.startswith("outcome.") and (
        row == "outcome.total" or not _is_stated(connection, report, "outcome.total", False)
    )
    if concludes:
        yield "concluded"
    for rated in _RATED:
        if concludes or rated == column:
            yield f"{rated}_rate"


def _is_stated(connection: duckdb.DuckDBPyConnection, report: Report, row: str, total: bool) -> bool:
    """Whether a row's printed total, or any cell of it, states a number."""
    found = connection.execute(
        "SELECT count(value) FROM fact_observation JOIN dim_measure USING (measure_key)"
        " WHERE report_key = ? AND form_row = ? AND (is_row_total OR NOT ?)",
        [report.key, row, total],
    ).fetchall()
    return bool(found[0][0])


def _rows(connection: duckdb.DuckDBPyConnection, statement: str, values: list[Any]) -> list[Row]:
    result = connection.execute(statement, values)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
