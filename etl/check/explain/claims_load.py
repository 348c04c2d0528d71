"""The verdicts on running text at build: fact_claim_finding."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from etl.check.claims import STATUS, Agreement, Weighed, weigh
from etl.check.compile import Address
from etl.check.explain.claims import address_of, claim_cells, claim_rules, explain_claim
from etl.check.explain.evidence import Cell
from etl.model import Claim, Place
from etl.resources import sql

_FINDING = pa.schema(
    [
        pa.field("report_key", pa.int32()),
        pa.field("ordinal", pa.int16()),
        pa.field("rule_id", pa.string()),
        pa.field("status", pa.string()),
        pa.field("meaning", pa.string()),
        pa.field("stated", pa.decimal128(20, 6)),
        pa.field("found", pa.decimal128(20, 6)),
        pa.field("cells", pa.list_(pa.string())),
        pa.field("blame", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("explanation_zh", pa.string()),
        pa.field("explanation_en", pa.string()),
    ]
)
_CLAIMS = """
SELECT report_key, kind, value, text, "offset", page, words, words_offset, least, most, parts, is_exhaustive,
    is_narrower, year, dim_report.form, scope, format
FROM fact_claim
JOIN dim_report USING (report_key)
JOIN dim_document USING (document_key)
ORDER BY report_key, ordinal
"""
# A figure that stands in a hard sum which holds, and is not 0, was read rightly.
_CELLS = """
WITH asked AS (
    SELECT DISTINCT report_key, measure_key, form_table, form_row, form_column
    FROM fact_claim, dim_measure
    WHERE form_table || '.' || form_row || '.' || form_column IN (SELECT cell FROM input_claim_cell)
),
confirmed AS (
    SELECT DISTINCT fact_finding.report_key, measure_key
    FROM fact_finding
    JOIN dim_check USING (check_key)
    JOIN dim_rule USING (rule_id)
    JOIN bridge_check_term USING (check_key)
    JOIN asked USING (report_key, measure_key)
    WHERE fact_finding.status IN ('pass', 'pass_blank_as_zero') AND severity = 'hard' AND kind = 'equation'
),
seen AS (
    SELECT report_key, measure_key, list(value ORDER BY reader) AS opinions
    FROM fact_opinion
    SEMI JOIN asked USING (report_key, measure_key)
    GROUP BY ALL
)
SELECT report_key, form_table, form_row, form_column, status, value, page, reader, confidence, corrected,
    opinions, confirmed.report_key IS NOT NULL AND value <> 0
FROM asked
JOIN fact_observation USING (report_key, measure_key)
LEFT JOIN seen USING (report_key, measure_key)
LEFT JOIN confirmed USING (report_key, measure_key)
ORDER BY report_key
"""


def judge_claims(connection: duckdb.DuckDBPyConnection) -> None:
    """Create and fill fact_claim_finding from fact_claim, fact_observation and fact_finding."""
    cells = pa.table({"cell": sorted(".".join(address) for address in claim_cells())})
    connection.register("input_claim_cell", cells)
    rows = pa.Table.from_pylist(list(_judged(connection)), schema=_FINDING)
    connection.register("input_claim_finding", rows)
    connection.execute(sql("fact_claim_finding"))
    for name in ("input_claim_cell", "input_claim_finding"):
        connection.unregister(name)


def _judged(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    seen = {
        key: {row[1:4]: row[4:] for row in rows}
        for key, rows in groupby(connection.execute(_CELLS).fetchall(), key=itemgetter(0))
    }
    for key, group in groupby(connection.execute(_CLAIMS).fetchall(), key=itemgetter(0)):
        rows = list(group)
        claims = [_claim(row) for row in rows]
        year, form, scope, document_format = rows[0][13:17]
        cells: dict[Address, tuple[Any, ...]] = seen.get(key, {})
        stated = {".".join(at): cell[1] for at, cell in cells.items() if cell[1] is not None}
        for one in weigh(claims, stated, year, form, scope, claim_rules().values()):
            yield {"report_key": key} | _row(one, claims[one.claim], cells, document_format)


def _row(
    one: Weighed, claim: Claim, cells: dict[Address, tuple[Any, ...]], document_format: str | None
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "ordinal": one.claim,
        "rule_id": one.rule_id,
        "status": STATUS[one.status],
        "meaning": one.meaning,
        "stated": one.stated,
        "found": one.found,
        "cells": list(one.cells),
    }
    if one.status is not Agreement.CONTRADICT:
        return row
    involved = [
        _cell(address_of(cell), cells[address_of(cell)]) for cell in one.cells if address_of(cell) in cells
    ]
    told = explain_claim(one, claim, involved, document_format)
    return row | {
        "blame": told.blamed.blame.value,
        "reason": told.blamed.reason.value,
        "explanation_zh": told.text.zh,
        "explanation_en": told.text.en,
    }


def _claim(row: tuple[Any, ...]) -> Claim:
    _, kind, value, text, offset, page, words, words_offset, least, most, parts, exhaustive, narrower, *_ = row
    place = Place(page=page)
    return Claim(
        kind, value, text, offset, place, words, words_offset, least, most, tuple(parts), exhaustive, narrower
    )


def _cell(address: Address, seen: tuple[Any, ...]) -> Cell:
    status, value, page, reader, confidence, corrected, opinions, confirmed = seen
    return Cell(
        address=address,
        side="right",
        sign=1,
        year=0,
        status=status,
        value=value,
        page=page,
        reader=reader,
        confidence=round(confidence, 6),
        is_corrected=corrected,
        opinions=tuple(opinions or ()),
        is_confirmed=bool(confirmed),
    )
