"""Reviewers' verdicts in a build: offered to its SQL (sql/review.sql)."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from etl.warehouse.reference import Fields
from etl.warehouse.review_file import Review

REVIEW = pa.schema(
    Fields(
        ordinal=pa.int32(),
        county_code=pa.string(),
        year=pa.int16(),
        rule_id=pa.string(),
        line=pa.string(),
        verdict=pa.string(),
        judged=pa.list_(pa.string()),
        reason=pa.string(),
        reviewer=pa.string(),
        reviewed_on=pa.date32(),
    )
)


def offer_reviews(connection: duckdb.DuckDBPyConnection, reviews: Sequence[Review]) -> None:
    """View ``input_review``: a row a verdict, in the order of the file."""
    rows = [
        {
            "ordinal": ordinal,
            "county_code": one.county,
            "year": one.year,
            "rule_id": one.rule,
            "line": one.line,
            "verdict": one.verdict,
            "judged": list(one.judged),
            "reason": one.reason,
            "reviewer": one.reviewer,
            "reviewed_on": one.date,
        }
        for ordinal, one in enumerate(reviews)
    ]
    connection.register("input_review", pa.Table.from_pylist(rows, schema=REVIEW))
