"""Where was looked, and what was listed there: what the coverage ledger rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa
from sqlalchemy import Connection, func, select

from etl.catalogue.documents import READ_BODIES
from etl.catalogue.models import Report, Request, Revision, Visit

_MOMENT = pa.timestamp("us", tz="UTC")

VISITS = pa.schema(
    [
        pa.field("run_id", pa.int32()),
        pa.field("portal_key", pa.string()),
        pa.field("outcome", pa.string()),
        pa.field("started_at", _MOMENT),
        pa.field("finished_at", _MOMENT),
        pa.field("found", pa.int32()),
        pa.field("is_list_whole", pa.bool_()),
    ]
)
REPORTS = pa.schema(
    [
        pa.field("report_id", pa.int32()),
        pa.field("portal_key", pa.string()),
        pa.field("url", pa.string()),
        pa.field("year", pa.int16()),
        pa.field("county_code", pa.string()),
        pa.field("listed_on", pa.date32()),
        pa.field("first_seen_at", _MOMENT),
        pa.field("withdrawn_at", _MOMENT),
        pa.field("outcome", pa.string()),
    ]
)
FILES = pa.schema([pa.field("report_id", pa.int32()), pa.field("document_sha256", pa.string())])


@dataclass(frozen=True)
class Looks:
    """Arrow tables of what crawls saw.

    ``visits`` (schema `VISITS`) has a row for each visit that ended, ``reports`` (`REPORTS`) one for each
    report that a list named and that may be a county's, with the outcome of the last request for it that is in
    the log, ``files`` (`FILES`) one for each content of a file of such a report.
    """

    visits: pa.Table
    reports: pa.Table
    files: pa.Table


NO_LOOKS = Looks(VISITS.empty_table(), REPORTS.empty_table(), FILES.empty_table())


def looks(connection: Connection) -> Looks:
    """All visits and listed reports, in an order that does not depend on the database."""
    visits = connection.execute(
        select(
            Visit.run_id,
            Visit.portal_key,
            Visit.outcome,
            Visit.started_at,
            Visit.finished_at,
            Visit.found,
            Visit.is_list_whole,
        )
    )
    last = (
        select(Request.portal_key, Request.url, func.max(Request.id).label("id"))
        .join(Report, (Report.portal_key == Request.portal_key) & (Report.url == Request.url))
        .group_by(Request.portal_key, Request.url)
        .subquery()
    )
    reports = [
        (*row, outcome)
        for *row, body, outcome in connection.execute(
            select(
                Report.id,
                Report.portal_key,
                Report.url,
                Report.year,
                Report.county_code,
                Report.listed_on,
                Report.first_seen_at,
                Report.withdrawn_at,
                Report.body,
                Request.outcome,
            )
            .outerjoin(last, (last.c.portal_key == Report.portal_key) & (last.c.url == Report.url))
            .outerjoin(Request, Request.id == last.c.id)
        )
        if body in READ_BODIES
    ]
    ids = {row[0] for row in reports}
    files = connection.execute(select(Revision.report_id, Revision.sha256).distinct())
    return Looks(
        _table(VISITS, visits), _table(REPORTS, reports), _table(FILES, [row for row in files if row[0] in ids])
    )


def _table(schema: pa.Schema, rows: Iterable[Sequence[object]]) -> pa.Table:
    ordered = sorted((tuple(row) for row in rows), key=lambda row: row[:2])
    columns = zip(*ordered, strict=True) if ordered else ((),) * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)
