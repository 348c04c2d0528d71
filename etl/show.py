"""``gouji show``: a report's tables in the terminal as they were printed, failing cells marked."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import duckdb
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from etl.errors import GoujiError
from etl.forms import TABLES, Column, load_forms
from etl.forms import Table as FormTable
from etl.settings import Home
from etl.warehouse.read import connect

_MARK = "✗"


class _Printed(NamedTuple):
    """A cell as printed: its text, what it says, and whether a check it is in failed.

    ``corrected`` is the number that a reviewed correction puts in its place ("" for none).
    """

    raw: str
    status: str
    failing: bool
    corrected: str


class _Report(NamedTuple):
    county_code: str
    county_name: str
    sha256: str
    url: str
    form: str
    forms: dict[str, str]  # of each table: hybrids mix them


Cells = dict[tuple[str, str, str], _Printed]


def show(home: Home, county: str, year: int) -> RenderableType:
    """The report of a county (by code or name) and year as something Rich can print.

    Raises:
        GoujiError: there is no such report, or several counties of that name have one.
    """
    with connect(home) as connection:
        report = _report(connection, county, year)
        code, name, document, url = report.county_code, report.county_name, report.sha256, report.url
        findings = connection.execute(
            "select rule_id, explanation_en, explanation_zh, cells from finding"
            " where county_code = ? and year = ? and status = 'fail' order by all",
            [code, year],
        ).fetchall()
        failing = {address for *_, addresses in findings for address in addresses}
        cells = _cells(connection, code, year, document, failing)
    parts: list[RenderableType] = [
        Text(f"{name} {code} · {year} · {load_forms()[report.form].notice}", style="bold"),
        Text(f"{url}\nsha256 {document}", style="dim"),
    ]
    for table_key, form_id in report.forms.items():
        table = load_forms()[form_id].table(table_key)
        parts += [Text(""), Text(table.section.zh, style="bold")]
        parts += list(_LAYOUTS[table.layout](table, cells))
    parts.append(Text(""))
    if not findings:
        parts.append(Text("No check fails. 各项勾稽关系均成立。", style="green"))
    for rule, english, chinese, _ in findings:
        parts.append(Text(f"{_MARK} {rule}: {english}\n  {chinese}", style="red"))
    return Group(*parts)


def _report(connection: duckdb.DuckDBPyConnection, county: str, year: int) -> _Report:
    """The fullest report of the county and year."""
    rows = connection.execute(
        "select r.county_code, c.name, d.document_sha256, d.url, r.form,"
        " coalesce(r.disclosure_form, r.form), coalesce(r.requests_form, r.form),"
        " coalesce(r.disputes_form, r.form), coalesce(r.stat_form, r.form)"
        " from dim_report r join dim_document d using (document_key) join dim_county c using (county_key)"
        " where (r.county_code = ? or c.name = ?) and r.year = ? and r.form is not null"
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
    if len({row[0] for row in rows}) > 1:
        codes = ", ".join(sorted({row[0] for row in rows}))
        raise GoujiError(f"several counties are called {county}: {codes}; name one by its code")
    code, name, sha256, url, form, *of_tables = rows[0]
    forms: dict[str, str] = {
        table: its_form
        for table, its_form in zip(TABLES, of_tables, strict=True)
        if load_forms()[its_form].has_table(table)
    }
    return _Report(code, name, sha256, url, form, forms)


def _cells(
    connection: duckdb.DuckDBPyConnection, code: str, year: int, document: str, failing: set[str]
) -> Cells:
    rows = connection.execute(
        "select form_table, form_row, form_column, raw, status,"
        " case when corrected then coalesce(printf('%.15g', value), '·') else '' end from observation"
        " where county_code = ? and year = ? and document_sha256 = ?",
        [code, year, document],
    ).fetchall()
    return {
        (table, row, column): _Printed(raw, status, f"{table}.{row}.{column}" in failing, corrected)
        for table, row, column, raw, status, corrected in rows
    }


def _down(table: FormTable, cells: Cells) -> Iterator[RenderableType]:
    """Rows under one another, a grid for each part of the table."""
    for part in table.parts:
        if part.caption:
            yield Text(part.caption, style="dim")
        grid = _grid(part.columns)
        for row in part.rows:
            grid.add_row(escape(row.zh), *(_text(cells.get((table.key, row.key, c.key))) for c in part.columns))
        yield grid


def _across(table: FormTable, cells: Cells) -> Iterator[RenderableType]:
    """Logical rows side by side on the form; under one another here, where a terminal is narrow."""
    part = table.parts[0]
    grid = _grid(part.columns)
    for row in part.rows:
        label = f"{row.under}·{row.zh}" if row.under else row.zh
        grid.add_row(label, *(_text(cells.get((table.key, row.key, c.key))) for c in part.columns))
    yield grid


def _listed(table: FormTable, cells: Cells) -> Iterator[RenderableType]:
    """A figure a line with its unit, under the headings of the list."""
    over = {heading.before: heading.zh for heading in table.headings}
    part = table.parts[0]
    (column,) = part.columns
    grid = Table(header_style="bold")
    grid.add_column("", overflow="fold", min_width=16)
    grid.add_column("单位")
    grid.add_column(column.zh, overflow="fold", justify="right")
    for row in part.rows:
        if row.key in over:
            grid.add_row(escape(over[row.key]), "", "")
        indent = "　" * ((row.part_of or row.within) is not None)
        cell = cells.get((table.key, row.key, column.key))
        grid.add_row(indent + escape(row.zh), part.unit_of(row, column), _text(cell))
    yield grid


_LAYOUTS = {"down": _down, "across": _across, "list": _listed}


def _grid(columns: Sequence[Column]) -> Table:
    grid = Table(header_style="bold")
    grid.add_column("", overflow="fold", min_width=16)
    for column in columns:
        grid.add_column(column.zh, overflow="fold", justify="right")
    return grid


def _text(cell: _Printed | None) -> Text:
    if cell is None:
        return Text("?", style="dim")
    raw = cell.raw.replace("\n", "")
    text = f"{raw or '·'}{'→' + cell.corrected if cell.corrected else ''}{_MARK if cell.failing else ''}"
    style = "bold red" if cell.failing else ("dim" if cell.status != "printed" else "")
    return Text(text, style=style, justify="right")
