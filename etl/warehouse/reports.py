"""Which report of the warehouse is meant by a county and a year."""

from typing import Any, NamedTuple

import duckdb

from etl.errors import GoujiError
from etl.forms import TABLES, load_forms


class Report(NamedTuple):
    """A report. ``forms``: of each table, hybrids mix them. Where the county is undecided its code is empty."""

    key: int
    year: int
    county_code: str
    county_name: str
    sha256: str
    url: str
    form: str
    forms: dict[str, str]


_REPORTS = (
    "select r.report_key, r.year, coalesce(r.county_code, ''),"
    " coalesce(c.name, r.publisher, r.county_code, ''),"
    " d.document_sha256, d.url, r.form,"
    " coalesce(r.disclosure_form, r.form), coalesce(r.requests_form, r.form),"
    " coalesce(r.disputes_form, r.form), coalesce(r.stat_form, r.form)"
    " from dim_report r join dim_document d using (document_key) left join dim_county c using (county_key)"
)


def find_report(connection: duckdb.DuckDBPyConnection, county: str, year: int) -> Report:
    """The report of a county, by code or name, and year: the one chosen for county_year, else the fullest.

    A prefecture's report is found by its code.

    Raises:
        GoujiError: there is no such report, or several counties of that name have one.
    """
    rows = connection.execute(
        f"{_REPORTS} where (r.county_code = ? or c.name = ?) and r.year = ? and r.form is not null"
        " order by r.is_county_year desc,"
        " (select count(*) from fact_observation o where o.report_key = r.report_key) desc, d.document_sha256",
        [county, county, year],
    ).fetchall()
    if not rows:
        years = connection.execute(
            "select distinct year from observation where county_code = ? or county_name = ? order by year",
            [county, county],
        ).fetchall()
        known = ", ".join(str(row[0]) for row in years)
        every = 'gouji query "select distinct county_name, year from observation"'
        hint = f"its years are {known}" if known else f"see {every}"
        raise GoujiError(f"no report of {county} for {year} is in the warehouse: {hint}")
    if len({row[2] for row in rows}) > 1:
        codes = ", ".join(sorted({row[2] for row in rows}))
        raise GoujiError(f"several counties are called {county}: {codes}; name one by its code")
    return _report(rows[0])


def report_of(connection: duckdb.DuckDBPyConnection, sha256: str) -> Report | None:
    """The report that was read from a document; None where it holds none, or of no known year."""
    row = connection.execute(
        f"{_REPORTS} where d.document_sha256 = ? and r.form is not null and r.year is not null", [sha256]
    ).fetchone()
    return None if row is None else _report(row)


def _report(row: tuple[Any, ...]) -> Report:
    key, year, code, name, sha256, url, form, *of_tables = row
    forms: dict[str, str] = {
        table: its_form
        for table, its_form in zip(TABLES, of_tables, strict=True)
        if load_forms()[its_form].has_table(table)
    }
    return Report(key, year, code, name, sha256, url or "", form, forms)
