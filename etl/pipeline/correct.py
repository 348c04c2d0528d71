"""A correction prepared: what the warehouse says of the cell, and what the rules would say afterwards."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from etl.check.verdicts import Finding, Verdict, check
from etl.errors import GoujiError
from etl.forms import TABLES, measures
from etl.model import Box, Extraction, Observation, Place, Status
from etl.places import load_counties
from etl.settings import Home
from etl.warehouse.correction_files import Correction, checked, file_correction, load_corrections
from etl.warehouse.read import connect


@dataclass(frozen=True)
class Printed:
    """A cell of the published warehouse: whose it is, what it prints and where.

    ``report`` is the whole report, for the rules.
    """

    county: str
    county_name: str
    year: int
    cell: str
    observation: Observation
    label: str
    document: str
    url: str
    report: Extraction

    @property
    def says(self) -> Decimal | str:
        """What a guard expects: the number, or blank, dash, unreadable."""
        one = self.observation
        return one.status.value if one.value is None else one.value


@dataclass(frozen=True)
class Verdicts:
    """A check the cell takes part in: what it says of the report as printed, and with the correction."""

    finding: Finding
    afterwards: Verdict


def printed(home: Home, county: str, year: int, cell: str, document: str | None = None) -> Printed:
    """The cell of a county (by code or name) and year, in the report that a correction would be about.

    Raises:
        GoujiError: no form has the cell, or the warehouse has no such report or cell.
    """
    if cell not in {".".join(address) for address in measures()}:
        raise GoujiError(
            f"no form has the cell {cell}; an address is table.row.column, as disputes.review.total"
        )
    with connect(home) as connection:
        report = _report(connection, county, year, document)
        observations = {
            f"{row['form_table']}.{row['form_row']}.{row['form_column']}": _observation(row)
            for row in _rows(
                connection,
                "SELECT form_table, form_row, form_column, printed_value, raw, status, page, x0, y0, x1, y1,"
                " path, reader, confidence FROM fact_observation JOIN dim_measure USING (measure_key)"
                " WHERE report_key = ? ORDER BY measure_key",
                [report["report_key"]],
            )
        }
    if cell not in observations:
        raise GoujiError(f"{report['name']} {year}: the report has no cell {cell}")
    tables = {table: report[f"{table}_form"] for table in TABLES}
    forms: dict[str, str] = {table: form for table, form in tables.items() if form is not None}
    seen = observations[cell]
    slot = measures()[seen.table, seen.row, seen.column][0]
    return Printed(
        county=report["county_code"],
        county_name=report["name"],
        year=year,
        cell=cell,
        observation=seen,
        label=f"{slot.zh} / {slot.en}",
        document=report["document_sha256"],
        url=report["url"] or "",
        report=Extraction("", "", None, forms=forms, observations=tuple(observations.values())),
    )


def verdicts(cell: Printed, corrected: Decimal | None) -> list[Verdicts]:
    """The checks that the cell takes part in, before and after a correction to a number or (None) to blank."""
    status = Status.BLANK if corrected is None else Status.PRINTED
    changed = replace(
        cell.report,
        observations=tuple(
            one._replace(value=corrected, status=status) if one is cell.observation else one
            for one in cell.report.observations
        ),
    )
    after = {(one.rule_id, one.cells): one.status for one in check(changed)}
    before = {(one.rule_id, one.cells): one for one in check(cell.report) if cell.cell in one.cells}
    return [Verdicts(one, after.get(key, Verdict.PASS)) for key, one in before.items()]


def propose(home: Home, fields: dict[str, object], folder: Path) -> tuple[Correction, Path]:
    """Make a correction of its fields, hold it against all others, and file it in ``folder``.

    Raises:
        DataError: the fields make no correction, the cell is corrected already, or its file is there.
    """
    counties = load_counties(home.counties_files)
    correction = checked(fields, counties)
    folders = dict.fromkeys((*home.corrections_folders, folder))
    return correction, file_correction(folder, correction, load_corrections(folders, counties), counties)


def _report(
    connection: duckdb.DuckDBPyConnection, county: str, year: int, document: str | None
) -> dict[str, Any]:
    """The report a correction is about: as sql/correction.sql chooses it."""
    forms = ", ".join(f"{table}_form" for table in TABLES)
    rows = _rows(
        connection,
        f"SELECT report_key, county_code, name, document_sha256, url, {forms}"
        " FROM dim_report JOIN dim_document USING (document_key) JOIN dim_county USING (county_key)"
        " WHERE (county_code = $1 OR name = $1) AND year = $2 AND cell_count > 0"
        " AND ($3 IS NULL OR starts_with(document_sha256, $3))"
        " ORDER BY is_county_year DESC, printed_count DESC, document_sha256",
        [county, year, document],
    )
    if not rows:
        named = f" with SHA-256 {document}…" if document else ""
        raise GoujiError(f"no report of {county} for {year}{named} is in the warehouse")
    if len(codes := {row["county_code"] for row in rows}) > 1:
        raise GoujiError(
            f"several counties are called {county}: {', '.join(sorted(codes))}; name one by its code"
        )
    return rows[0]


def _rows(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> list[dict[str, Any]]:
    result = connection.execute(query, values)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _observation(row: dict[str, Any]) -> Observation:
    edges = tuple(row[edge] for edge in ("x0", "y0", "x1", "y1"))
    box: Box | None = None if edges[0] is None else (edges[0], edges[1], edges[2], edges[3])
    return Observation(
        row["form_table"],
        row["form_row"],
        row["form_column"],
        row["printed_value"],
        row["raw"],
        Status(row["status"]),
        Place(row["page"], box, row["path"]),
        row["reader"],
        row["confidence"],
    )
