"""``gouji show``: a report's tables in the terminal as they were printed, failing cells marked."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from etl.forms import Column
from etl.settings import Home
from etl.warehouse.printed import PrintedCell, PrintedTable, printed_report
from etl.warehouse.read import connect
from etl.warehouse.reports import find_report

_MARK = "✗"


def show(home: Home, county: str, year: int) -> RenderableType:
    """The report of a county (by code or name) and year as something Rich can print.

    Raises:
        GoujiError: there is no such report, or several counties of that name have one.
    """
    with connect(home) as connection:
        found = printed_report(connection, find_report(connection, county, year))
    report = found.report
    parts: list[RenderableType] = [
        Text(f"{report.county_name} {report.county_code} · {year} · {found.notice}", style="bold"),
        Text(f"{report.url}\nsha256 {report.sha256}", style="dim"),
    ]
    for table in found.tables:
        parts += [Text(""), Text(table.definition.section.zh, style="bold")]
        parts += list(_LAYOUTS[table.definition.layout](table))
    parts.append(Text(""))
    if not found.failed:
        parts.append(Text("No check fails. 各项勾稽关系均成立。", style="green"))
    for one in found.failed:
        text = f"{_MARK} {one['rule_id']}: {one['explanation_en']}\n  {one['explanation_zh']}"
        parts.append(Text(text, style="red"))
    return Group(*parts)


def _down(table: PrintedTable) -> Iterator[RenderableType]:
    """Rows under one another, a grid for each part of the table."""
    for part in table.parts:
        if part.caption:
            yield Text(part.caption, style="dim")
        grid = _grid(part.columns)
        for row, cells, _ in part.rows:
            grid.add_row(escape(row.zh), *map(_text, cells))
        yield grid


def _across(table: PrintedTable) -> Iterator[RenderableType]:
    """Logical rows side by side on the form; under one another here, where a terminal is narrow."""
    part = table.parts[0]
    grid = _grid(part.columns)
    for row, cells, _ in part.rows:
        label = f"{row.under}·{row.zh}" if row.under else row.zh
        grid.add_row(label, *map(_text, cells))
    yield grid


def _listed(table: PrintedTable) -> Iterator[RenderableType]:
    """A figure a line with its unit, under the headings of the list."""
    over = {heading.before: heading.zh for heading in table.definition.headings}
    part = table.parts[0]
    (column,) = part.columns
    grid = Table(header_style="bold")
    grid.add_column("", overflow="fold", min_width=16)
    grid.add_column("单位")
    grid.add_column(column.zh, overflow="fold", justify="right")
    for row, (cell,), unit in part.rows:
        if row.key in over:
            grid.add_row(escape(over[row.key]), "", "")
        indent = "　" * ((row.part_of or row.within) is not None)
        grid.add_row(indent + escape(row.zh), unit or column.unit or "", _text(cell))
    yield grid


_LAYOUTS = {"down": _down, "across": _across, "list": _listed}


def _grid(columns: Sequence[Column]) -> Table:
    grid = Table(header_style="bold")
    grid.add_column("", overflow="fold", min_width=16)
    for column in columns:
        grid.add_column(column.zh, overflow="fold", justify="right")
    return grid


def _text(cell: PrintedCell) -> Text:
    if cell.status == "missing":
        return Text("?", style="dim")
    raw = cell.raw.replace("\n", "")
    corrected = f"→{'·' if cell.value is None else f'{cell.value.normalize():f}'}" if cell.is_corrected else ""
    text = f"{raw or '·'}{corrected}{_MARK if cell.failing else ''}"
    style = "bold red" if cell.failing else ("dim" if cell.status != "printed" else "")
    return Text(text, style=style, justify="right")
