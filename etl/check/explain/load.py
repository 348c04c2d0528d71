"""Explanations and blame at build: fact_explanation, and the columns of fact_finding that go with it.

Failed equations and limits, which localisation may speak of, are put into words one by one. Signed sums and
queries, of which a large warehouse may have many, are put together in the view ``finding`` from the parts that
``dim_check`` and ``dim_reason`` hold.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from etl.check.compile import Address, compile_checks
from etl.check.explain.blame import Reason
from etl.check.explain.evidence import Cell, Evidence, Suspect, Suspects
from etl.check.explain.report import relevant
from etl.check.explain.text import explain
from etl.check.explain.words import REASONS
from etl.resources import sql

_EXPLANATION = pa.schema(
    [
        pa.field("report_key", pa.int32()),
        pa.field("check_key", pa.int16()),
        pa.field("blame", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("explanation_zh", pa.string()),
        pa.field("explanation_en", pa.string()),
    ]
)
_FAILED = """
SELECT report_key, check_key, left_value, right_value
FROM fact_finding
JOIN dim_check USING (check_key)
JOIN dim_rule USING (rule_id)
WHERE status = 'fail' AND kind IN ('equation', 'value')
ORDER BY report_key, check_key
"""
_CELLS = """
WITH asked AS (
    SELECT DISTINCT report_key, measure_key
    FROM fact_finding
    JOIN dim_check USING (check_key)
    JOIN dim_rule USING (rule_id)
    JOIN bridge_check_term USING (check_key)
    WHERE fact_finding.status = 'fail' AND kind IN ('equation', 'value')
),
seen AS (
    SELECT report_key, measure_key, list(value ORDER BY reader) AS opinions
    FROM fact_opinion
    SEMI JOIN asked USING (report_key, measure_key)
    GROUP BY ALL
)
SELECT report_key, form_table, form_row, form_column, status, value, page, reader, confidence, corrected,
    opinions
FROM asked
JOIN fact_observation USING (report_key, measure_key)
JOIN dim_measure USING (measure_key)
LEFT JOIN seen USING (report_key, measure_key)
ORDER BY report_key
"""
_SUSPECTS = """
SELECT report_key, part, rank, form_table, form_row, form_column, printed_value, needed, needed_to, slip,
    is_complete AND count(DISTINCT rank) OVER (PARTITION BY report_key, part) < $ranks AS is_complete
FROM fact_suspicion
JOIN fact_suspect USING (report_key, part, rank)
JOIN dim_measure USING (measure_key)
LEFT JOIN fact_observation USING (report_key, measure_key)
WHERE is_best
ORDER BY report_key, part, rank, measure_key
"""


def explain_into(connection: duckdb.DuckDBPyConnection, at_most_ranks: int) -> None:
    """Create and fill dim_reason and fact_explanation, and say in fact_finding whose fault what fails is.

    Reads fact_finding, fact_suspicion, fact_suspect and fact_opinion. ``at_most_ranks`` are the sets of a part
    that were written down: where there are as many, there may be more.
    """
    rows = list(_explained(connection, at_most_ranks))
    inputs = {
        "input_explanation": pa.Table.from_pylist(rows, schema=_EXPLANATION),
        "input_reason": pa.Table.from_pylist(
            [{"reason": reason.value, "zh": REASONS[reason].zh, "en": REASONS[reason].en} for reason in Reason]
        ),
    }
    for name, table in inputs.items():
        connection.register(name, table)
    for statement in ("dim_reason", "fact_explanation", "blame"):
        connection.execute(sql(statement))
    for name in inputs:
        connection.unregister(name)


def _explained(connection: duckdb.DuckDBPyConnection, at_most_ranks: int) -> Iterator[dict[str, Any]]:
    failed = connection.execute(_FAILED).fetchall()
    cells = {
        key: {row[1:4]: row[4:] for row in rows}
        for key, rows in groupby(connection.execute(_CELLS).fetchall(), key=itemgetter(0))
    }
    suspects = {
        key: list(_suspects(list(rows)))
        for key, rows in groupby(
            connection.execute(_SUSPECTS, {"ranks": at_most_ranks}).fetchall(), key=itemgetter(0)
        )
    }
    for report_key, check_key, left, right in failed:
        check = compile_checks()[check_key - 1]
        of_report = cells.get(report_key, {})
        found = tuple(
            _cell(term.address, term.side, of_report[term.address])
            for term in check.terms
            if term.address in of_report
        )
        own = relevant(suspects.get(report_key, ()), [cell.address for cell in found])
        explanation = explain(check, Evidence(left, right, found, own))
        yield {
            "report_key": report_key,
            "check_key": check_key,
            "blame": explanation.blamed.blame.value,
            "reason": explanation.blamed.reason.value,
            "explanation_zh": explanation.text.zh,
            "explanation_en": explanation.text.en,
        }


def _cell(address: Address, side: Any, seen: tuple[Any, ...]) -> Cell:
    status, value, page, reader, confidence, corrected, opinions = seen
    return Cell(
        address=address,
        side=side,
        sign=1,
        year=0,
        status=status,
        value=value,
        page=page,
        reader=reader,
        confidence=round(confidence, 6),  # 0.9 is stored as a FLOAT
        is_corrected=corrected,
        opinions=tuple(opinions or ()),
    )


def _suspects(rows: list[tuple[Any, ...]]) -> Iterator[Suspects]:
    """Of one report, part by part."""
    for _, of_part in groupby(rows, key=itemgetter(1)):
        part = list(of_part)
        sets = tuple(
            tuple(Suspect(tuple(row[3:6]), row[6], row[7], row[8], row[9]) for row in of_rank)
            for _, of_rank in groupby(part, key=itemgetter(2))
        )
        yield Suspects(sets, part[0][10])
