"""Localisation at build: every report that breaks hard rules, spread over processes where there are many."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from etl.check.localise import Localisation
from etl.check.localise.report import localise_cells
from etl.forms import TABLES, load_forms
from etl.model import Observation, Place, Status
from etl.resources import sql
from etl.workers import Workers

AT_MOST_RANKS = 20
"""Sets of a part that are written down; their number is beside them."""

_MANY = 2_000  # below this number of reports, starting processes costs more than it saves (3 ms a report)
_BATCH = 50

_SUSPICION = pa.schema(
    [
        pa.field("report_key", pa.int32()),
        pa.field("part", pa.int16()),
        pa.field("rank", pa.int16()),
        pa.field("weight", pa.int16()),
        pa.field("mistakes", pa.int16()),
        pa.field("is_best", pa.bool_()),
        pa.field("sets", pa.int32()),
        pa.field("is_complete", pa.bool_()),
    ]
)
_SUSPECT = pa.schema(
    [
        pa.field("report_key", pa.int32()),
        pa.field("part", pa.int16()),
        pa.field("rank", pa.int16()),
        pa.field("form_table", pa.string()),
        pa.field("form_row", pa.string()),
        pa.field("form_column", pa.string()),
        pa.field("needed", pa.decimal128(20, 6)),
        pa.field("needed_to", pa.decimal128(20, 6)),
        pa.field("slip", pa.string()),
    ]
)

# The cells of every report that breaks a hard rule as printed. The form of a table is that of the table itself.
_CELLS = """
SELECT report_key, form_table, form_row, form_column, printed_value, fact_observation.status, confidence,
    disclosure_form, requests_form, disputes_form, stat_form, form
FROM fact_observation
JOIN dim_measure USING (measure_key)
JOIN dim_report USING (report_key)
WHERE report_key IN (
    SELECT report_key
    FROM fact_finding
    JOIN dim_check USING (check_key)
    JOIN dim_rule USING (rule_id)
    WHERE severity = 'hard' AND printed_status = 'fail'
)
ORDER BY report_key, measure_key
"""

Report = tuple[int, tuple[Observation, ...], dict[str, str]]
"""Key, cells, and the form of each table."""


def locate(connection: duckdb.DuckDBPyConnection, workers: int | None = None) -> None:
    """Create and fill fact_suspicion and fact_suspect from what is printed; fact_finding has to be there.

    ``workers`` are the processes used; all cores unless set, and none where reports are few.
    """
    suspicions: list[dict[str, Any]] = []
    suspects: list[dict[str, Any]] = []
    for key, located in _localised(list(_reports(connection)), workers or os.cpu_count() or 1):
        for part, one in enumerate(located, start=1):
            common = {"report_key": key, "part": part}
            for rank, suspicion in enumerate(one.suspicions[:AT_MOST_RANKS], start=1):
                place = common | {"rank": rank}
                suspicions.append(
                    place
                    | {
                        "weight": one.weight,
                        "mistakes": suspicion.mistakes,
                        "is_best": rank <= one.best,
                        "sets": len(one.suspicions),
                        "is_complete": one.is_complete,
                    }
                )
                for cell in suspicion.cells:
                    table, row, column = cell.address
                    low, high = cell.needed or (None, None)
                    suspects.append(
                        place
                        | {
                            "form_table": table,
                            "form_row": row,
                            "form_column": column,
                            "needed": None if low is None else Decimal(low),
                            "needed_to": None if high is None else Decimal(high),
                            "slip": cell.slip,
                        }
                    )
    for name, rows, schema in (("suspicion", suspicions, _SUSPICION), ("suspect", suspects, _SUSPECT)):
        connection.register(f"input_{name}", pa.Table.from_pylist(rows, schema=schema))
        connection.execute(sql(f"fact_{name}"))
        connection.unregister(f"input_{name}")


def _reports(connection: duckdb.DuckDBPyConnection) -> Iterator[Report]:
    rows = connection.execute(_CELLS).fetchall()
    for key, group in groupby(rows, key=itemgetter(0)):
        cells = list(group)
        forms = dict(zip(TABLES, cells[0][7:11], strict=True))
        observations = tuple(
            Observation(table, row, column, value, "", Status(status), Place(), "", confidence)
            for _, table, row, column, value, status, confidence, *_ in cells
        )
        yield (
            key,
            observations,
            {
                table: form or cells[0][11]
                for table, form in forms.items()
                if (form or cells[0][11]) in load_forms()
            },
        )


def _localised(reports: Sequence[Report], workers: int) -> Iterator[tuple[int, Localisation]]:
    if len(reports) < _MANY or workers == 1:
        yield from map(_localise, reports)
        return
    # Processes are started anew, not forked: this one holds an open database and its threads.
    with ProcessPoolExecutor(workers, mp_context=Workers()) as pool:
        yield from pool.map(_localise, reports, chunksize=_BATCH)


def _localise(report: Report) -> tuple[int, Localisation]:
    key, observations, forms = report
    return key, localise_cells(observations, forms)
