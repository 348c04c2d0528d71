"""A table as CSV, for spreadsheets."""

import csv
import io
import json
from typing import Any

from etl.dashboard.reader import Table
from etl.query import plain

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Table) -> bytes:
    """The rows under the names of their columns, UTF-8 with the mark that spreadsheets know Chinese by.

    Text that a spreadsheet would take for a formula gets an apostrophe before it: it may be of a crawled page.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_cell(row[column]) for column in table.columns])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return str(value)
