"""``gouji show``: a report's tables in the terminal as they were printed, failing cells marked."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import duckdb
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from etl.forms import Column, load_forms
from etl.forms import Table as FormTable
from etl.settings import Home
from etl.warehouse.read import connect
from etl.warehouse.reports import find_report

_MARK = "✗"


class _Printed(NamedTuple):
    """A cell as printed: its text, what it says, and whether a check it is in failed.

    ``corrected`` is the number that a reviewed correction puts in its place ("" for none).
    """

    raw: str
    status: str
    failing: bool
    corrected: str


Cells = dict[tuple[str, str, str], _Printed]


def show(home: Home, county: str, year: int) -> RenderableType:
    """The report of a county (by code or name) and year as something Rich can print.

    Raises:
        GoujiError: there is no such report, or several counties of that name have one.
    """
    with connect(home) as connection:
        report = find_report(connection, county, year)
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
