"""Corrections in a build: offered to its SQL, applied where their guard holds, told where it does not."""

from collections.abc import Sequence
from decimal import Decimal

import duckdb
import pyarrow as pa

from etl.warehouse.correction_files import Filed
from etl.warehouse.reference import Fields

CORRECTION = pa.schema(
    Fields(
        ordinal=pa.int32(),
        county_code=pa.string(),
        year=pa.int16(),
        form_table=pa.string(),
        form_row=pa.string(),
        form_column=pa.string(),
        document=pa.string(),
        expected_status=pa.string(),
        expected_value=pa.decimal128(18, 6),
        corrected_value=pa.decimal128(18, 6),
        reason=pa.string(),
        evidence=pa.string(),
        reviewer=pa.string(),
        reviewed_on=pa.date32(),
        file_status=pa.string(),
        file=pa.string(),
    )
)
_SCALE = Decimal("0.000001")
_WHY = {
    "no_report": "the warehouse has no such report",
    "no_cell": "the report has no such cell",
    "guard": "the cell prints something else now",
}


def offer_corrections(connection: duckdb.DuckDBPyConnection, corrections: Sequence[Filed]) -> None:
    """View ``input_correction``: a row a correction, in the order of the files."""
    rows = [_row(ordinal, filed) for ordinal, filed in enumerate(corrections)]
    connection.register("input_correction", pa.Table.from_pylist(rows, schema=CORRECTION))


def refused(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The accepted corrections that were not applied, each in words."""
    rows = connection.execute(
        "SELECT file, cell, county_code, year, expected, coalesce(found, 'nothing'), refusal FROM correction "
        "WHERE status = 'refused' ORDER BY ordinal"
    ).fetchall()
    return tuple(
        f"{file}: refused: {cell} of {county} {year}: {_WHY[why]}: expected {expected}, found {found}"
        for file, cell, county, year, expected, found, why in rows
    )


def _row(ordinal: int, filed: Filed) -> dict[str, object]:
    one = filed.correction
    table, row, column = one.address
    is_number = isinstance(one.printed, Decimal)
    return {
        "ordinal": ordinal,
        "county_code": one.county,
        "year": one.year,
        "form_table": table,
        "form_row": row,
        "form_column": column,
        "document": one.document,
        "expected_status": "printed" if is_number else one.printed,
        "expected_value": one.printed.quantize(_SCALE) if isinstance(one.printed, Decimal) else None,
        "corrected_value": one.corrected.quantize(_SCALE) if isinstance(one.corrected, Decimal) else None,
        "reason": one.reason,
        "evidence": one.evidence,
        "reviewer": one.reviewer,
        "reviewed_on": one.date,
        "file_status": one.status,
        "file": filed.file.name,
    }
