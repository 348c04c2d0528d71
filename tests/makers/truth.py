"""The truth beside a document: what a careful reader finds in it, to score an extractor against."""

import json
from decimal import Decimal
from typing import Any

from tests.makers.figures import Figure
from tests.makers.report import Report


def truth_of(report: Report, file: str, kind: str) -> dict[str, Any]:
    """The truth of ``file``: a number a cell, in 万元 for money; null where it prints a blank or a dash."""
    tables: dict[str, dict[str, dict[str, int | float | None]]] = {}
    for (table, row, column), figure in report.figures.items():
        tables.setdefault(table, {}).setdefault(row, {})[column] = _plain(figure)
    return {
        "file": file,
        "kind": kind,
        "form": report.form,
        "county": report.place.code,
        "name": report.place.name,
        "year": report.year,
        **tables,
    }


def truth_json(report: Report, file: str, kind: str) -> str:
    return json.dumps(truth_of(report, file, kind), ensure_ascii=False, indent=1) + "\n"


def _plain(figure: Figure) -> int | float | None:
    if isinstance(figure, str):
        return None
    if isinstance(figure, Decimal) and figure != figure.to_integral_value():
        return float(figure)
    return int(figure)
