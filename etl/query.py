"""``gouji query``: a statement against the published warehouse, its rows printed."""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from etl.crawl.window import CHINA
from etl.errors import GoujiError
from etl.settings import Home
from etl.warehouse.as_of import go_back
from etl.warehouse.read import connect

_NARROWEST = 9  # characters a column needs, with its border, to be read


def moment_of(text: str) -> datetime:
    """What ``--as-of`` means: a day to its end in China, or a moment, in China unless it names a zone.

    Raises:
        ValueError: it is neither.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
    return datetime.combine(day, time.max, CHINA)


def run(home: Home, sql: str, format: Literal["table", "csv", "json"], as_of: datetime | None = None) -> None:
    """Print what ``sql`` gives: an aligned table, CSV with a header line, or a JSON object a line.

    Args:
        home: whose warehouse to ask.
        sql: a DuckDB statement.
        format: how to print.
        as_of: ask what was known at this moment.

    Raises:
        GoujiError: nothing is published yet, DuckDB refuses the statement, or it asks of the past what the
            warehouse only knows of the present.
    """
    with connect(home) as connection:
        try:
            if as_of is not None:
                go_back(connection, as_of, sql)
            result = connection.execute(sql)
            names = [column[0] for column in result.description or ()]
            rows = result.fetchall()
        except duckdb.Error as error:
            raise GoujiError(f"the warehouse refuses the statement: {error}") from error
    if format == "json":
        for row in rows:
            line = dict(zip(names, map(plain, row), strict=True))
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    elif format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_cell(value) for value in row] for row in rows)
    else:
        _print_table(names, rows)


def plain(value: Any) -> Any:
    """A value as JSON has it: whole decimals as integers, dates as ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def _cell(value: Any) -> str:
    value = plain(value)
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _print_table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    console = Console(highlight=False)
    if len(names) * _NARROWEST > console.width:
        _print_records(console, names, rows)
    else:
        table = Table(header_style="bold")
        for index, name in enumerate(names):
            numeric = any(isinstance(row[index], int | float | Decimal) for row in rows)
            table.add_column(name, justify="right" if numeric else "left", overflow="fold")
        for row in rows:
            table.add_row(*(escape(_cell(value)) for value in row))
        console.print(table)
    console.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")


def _print_records(console: Console, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A row a block of lines, for more columns than stand side by side on the terminal."""
    for number, row in enumerate(rows, start=1):
        console.rule(f"row {number}", align="left")
        grid = Table.grid(padding=(0, 2))
        for name, value in zip(names, row, strict=True):
            grid.add_row(f"[bold]{escape(name)}[/]", escape(_cell(value)))
        console.print(grid)
