"""A report's tables as printed, laid out as its forms are: what ``gouji show`` and the dashboard show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb

from etl.forms import Column, Row, load_forms
from etl.forms import Table as Definition
from etl.warehouse.reports import Report

Finding = dict[str, Any]


class PrintedCell(NamedTuple):
    """A cell of a form and what the report prints there.

    Attributes:
        address: ``table.row.column``.
        raw: the text as printed; ``status`` what it says, ``missing`` where the report has no such cell.
        value: the number that holds, reviewed corrections applied.
        is_corrected: whether a reviewed correction put ``value`` in the place of what is printed.
        failing: the rules of checks that failed and in which it takes part.
    """

    address: str
    raw: str = ""
    status: str = "missing"
    value: Decimal | None = None
    is_corrected: bool = False
    failing: tuple[str, ...] = ()


class PrintedRow(NamedTuple):
    """A row of a form with its cells, one a column of its part. ``unit`` is the row's own, in a list."""

    row: Row
    cells: tuple[PrintedCell, ...]
    unit: str | None


class PrintedPart(NamedTuple):
    """A part of a table: rows under the same columns."""

    caption: str | None
    columns: tuple[Column, ...]
    rows: tuple[PrintedRow, ...]


class PrintedTable(NamedTuple):
    """A table of a form as the report prints it."""

    form: str
    definition: Definition
    parts: tuple[PrintedPart, ...]


@dataclass(frozen=True)
class PrintedReport:
    """A report: its tables in the order of its forms, and its failed checks."""

    report: Report
    tables: tuple[PrintedTable, ...]
    failed: tuple[Finding, ...]

    @property
    def notice(self) -> str:
        """What prescribes the report's form."""
        return load_forms()[self.report.form].notice


def printed_report(connection: duckdb.DuckDBPyConnection, report: Report) -> PrintedReport:
    """The report's cells and failed checks, hard ones first."""
    names = (
        "rule_id",
        "severity",
        "blame",
        "cells",
        "left_value",
        "right_value",
        "explanation_en",
        "explanation_zh",
    )
    failed = [
        dict(zip(names, row, strict=True))
        for row in connection.execute(
            f"SELECT {', '.join(names)} FROM report_finding WHERE report_key = ? AND status = 'fail'"
            " ORDER BY list_position(['hard', 'near_hard', 'soft'], severity), check_key, rule_id",
            [report.key],
        ).fetchall()
    ]
    failing: dict[str, list[str]] = {}
    for finding in failed:
        for address in finding["cells"]:
            failing.setdefault(address, []).append(finding["rule_id"])
    return PrintedReport(report, printed_tables(connection, report, failing), tuple(failed))


def printed_tables(
    connection: duckdb.DuckDBPyConnection, report: Report, failing: Mapping[str, Sequence[str]] | None = None
) -> tuple[PrintedTable, ...]:
    """The report's tables; ``failing`` are the rules of failed checks by the address of each of their cells."""
    broken = failing or {}
    cells = {
        ".".join(address): PrintedCell(
            ".".join(address),
            raw,
            status,
            value,
            corrected,
            tuple(dict.fromkeys(broken.get(".".join(address), ()))),
        )
        for *address, raw, status, value, corrected in connection.execute(
            "SELECT form_table, form_row, form_column, raw, status, value, corrected"
            " FROM fact_observation JOIN dim_measure USING (measure_key) WHERE report_key = ?",
            [report.key],
        ).fetchall()
    }
    return tuple(
        PrintedTable(form, definition, tuple(_parts(definition, cells)))
        for key, form in report.forms.items()
        for definition in [load_forms()[form].table(key)]
    )


def _parts(table: Definition, cells: dict[str, PrintedCell]) -> Iterator[PrintedPart]:
    for part in table.parts:
        rows = []
        for row in part.rows:
            addresses = [f"{table.key}.{row.key}.{column.key}" for column in part.columns]
            found = tuple(cells.get(address, PrintedCell(address)) for address in addresses)
            rows.append(PrintedRow(row, found, row.unit))
        yield PrintedPart(part.caption, part.columns, tuple(rows))
