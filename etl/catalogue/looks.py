"""Where was looked, and what was listed there: what the coverage ledger rests on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, Row, func, select

from etl.catalogue.documents import READ_BODIES, arrow_table
from etl.catalogue.models import Report, ReportState, Request, Revision, Visit

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
        pa.field("known_from", _MOMENT),
        pa.field("known_to", _MOMENT),
    ]
)
FILES = pa.schema(
    [
        pa.field("report_id", pa.int32()),
        pa.field("document_sha256", pa.string()),
        pa.field("had_from", _MOMENT),
    ]
)


@dataclass(frozen=True)
class Looks:
    """Arrow tables of what crawls saw.

    ``visits`` (schema `VISITS`) has a row for each visit that ended, ``reports`` (`REPORTS`) one for each
    report that a list named and that may be a county's, with the outcome of the last request for it that is in
    the log, and another for each time it was known otherwise: from ``known_from`` (null: from the first)
    until before ``known_to`` (null: still). ``files`` (`FILES`) has a row for each content of a file,
    with when it was first had.
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
    files = connection.execute(
        select(Revision.report_id, Revision.sha256, func.min(Revision.fetched_at)).group_by(
            Revision.report_id, Revision.sha256
        )
    )
    return Looks(_table(VISITS, visits), _table(REPORTS, _reports(connection)), _table(FILES, files))


def _reports(connection: Connection) -> Iterator[Sequence[object]]:
    """Rows of `REPORTS`."""
    states: dict[int, list[Row[Any]]] = defaultdict(list)
    for state in connection.execute(select(*ReportState.__table__.columns).order_by(ReportState.at)):
        states[state.report_id].append(state)
    asked: dict[tuple[str, str], list[tuple[datetime, str]]] = defaultdict(list)
    requests = (
        select(Request.portal_key, Request.url, Request.at, Request.outcome)
        .join(Report, (Report.portal_key == Request.portal_key) & (Report.url == Request.url))
        .order_by(Request.id)
    )
    for portal_key, url, at, outcome in connection.execute(requests):
        asked[portal_key, url].append((at, outcome))
    reports = connection.execute(select(Report.id, Report.portal_key, Report.url, Report.first_seen_at))
    for report_id, portal_key, url, first_seen_at in reports:
        of_report, endings = states[report_id], asked[portal_key, url]
        moments = sorted({*(state.at for state in of_report), *(at for at, _ in endings)})
        known = [(_known(of_report, endings, moment), moment) for moment in moments if moment >= first_seen_at]
        changes = known[:1] + [one for before, one in pairwise(known) if one[0] != before[0]]
        ends = [since for _, since in changes[1:]] + [None]
        for (what, since), until in zip(changes, ends, strict=True):
            year, county_code, body, listed_on, withdrawn_at, outcome = what
            if body in READ_BODIES:
                at = listed_on, first_seen_at, withdrawn_at, outcome, since, until
                yield report_id, portal_key, url, year, county_code, *at


def _known(
    states: Sequence[Row[Any]], endings: Sequence[tuple[datetime, str]], moment: datetime
) -> tuple[Any, ...]:
    """What a report was at a moment, and how the last request for it before had ended."""
    # A state is noted at the end of the batch that fetched the report's first file.
    state = next((one for one in reversed(states) if one.at <= moment), states[0])
    outcome = next((ending for at, ending in reversed(endings) if at <= moment), None)
    return state.year, state.county_code, state.body, state.listed_on, state.withdrawn_at, outcome


def _table(schema: pa.Schema, rows: Iterable[Sequence[object]]) -> pa.Table:
    return arrow_table(schema, sorted((tuple(row) for row in rows), key=lambda row: (row[:2], str(row[-2]))))
