"""What a crawl tells, written down: each kind of record to its tables."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable

from etl.catalogue import statements
from etl.catalogue.database import CatalogueError
from etl.catalogue.models import storable
from etl.catalogue.records import (
    Fetched,
    FileFetched,
    ListingSeen,
    Record,
    ReportSeen,
    VisitEnded,
    Withdrawn,
)

FETCHED, UNCHANGED = "fetched", "unchanged"  # of etl.crawl.outcome.Outcome
OK = "ok"  # of etl.crawl.outcome.VisitOutcome

Row = dict[str, Any]
T = TypeVar("T", bound=Record)


def record(connection: Connection, run_id: int, portal_key: str, home: str, records: Sequence[Record]) -> None:
    """Write ``records`` of one portal, in the transaction of ``connection``.

    Requests, lists and reports are written first, then files and withdrawals in the order given, then the end
    of the visit.

    Raises:
        CatalogueError: a file or a withdrawal is of a report that was never listed.
    """
    if not records:
        return
    of_portal = {"portal_key": portal_key}
    first = records[0]
    since = first.started_at if isinstance(first, VisitEnded) else first.at
    portal = {"key": portal_key, "home": home, "family": None, "first_seen_at": since, "last_ok_at": None}
    connection.execute(statements.ADD_PORTAL, portal)

    fetches = list(_of(Fetched, records))
    # An unchanged answer is not logged: the archive has its revisit record, and the page when it was checked.
    logged = [one for one in fetches if one.outcome != UNCHANGED]
    _all(connection, statements.LOG_REQUEST, [of_portal | {"run_id": run_id} | _fetch(one) for one in logged])
    _all(
        connection,
        statements.FETCHED_PAGE,
        [of_portal | _page(one) for one in fetches if one.outcome == FETCHED],
    )
    checked = [_checked(portal_key, one) for one in fetches if one.outcome == UNCHANGED]
    _all(connection, statements.CHECKED_PAGE, checked)
    _all(connection, statements.SEEN_LISTING, [of_portal | _seen(one) for one in _of(ListingSeen, records)])
    _all(
        connection,
        statements.LISTED_REPORT,
        [of_portal | _seen(one) | {"withdrawn_at": None} for one in _of(ReportSeen, records)],
    )
    _write_files(connection, portal_key, [one for one in records if isinstance(one, FileFetched | Withdrawn)])
    if any(isinstance(one, ReportSeen | FileFetched | Withdrawn) for one in records):
        connection.execute(statements.KEEP_STATES, _now_of(portal_key, records))
    for ended in _of(VisitEnded, records):
        connection.execute(statements.END_VISIT, {"run_id": run_id} | of_portal | asdict(ended))
        ok_at = ended.finished_at if ended.outcome == OK else None
        visited = {"of_portal": portal_key, "new_family": ended.family, "ok_at": ok_at}
        connection.execute(statements.VISITED_PORTAL, visited)


def _now_of(portal_key: str, records: Sequence[Record]) -> Row:
    """The portal, and the time of the last of its records."""
    times = (one.finished_at if isinstance(one, VisitEnded) else one.at for one in records)
    return {"of_portal": portal_key, "at": max(times)}


def url_key(url: str) -> str:
    """What an address is found by."""
    return hashlib.sha256(storable(url).encode()).hexdigest()


def _of(kind: type[T], records: Sequence[Record]) -> Iterator[T]:
    return (one for one in records if isinstance(one, kind))


def _all(connection: Connection, statement: Executable, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(statement, rows)


def _fetch(one: Fetched) -> Row:
    row = asdict(one)
    for name in ("said_sha256", "etag", "last_modified", "served_at"):
        del row[name]
    return row


def _page(one: Fetched) -> Row:
    return {
        "url_sha256": url_key(one.url),
        "url": one.url,
        "sha256": one.sha256,
        "said_sha256": one.said_sha256,
        "etag": one.etag,
        "last_modified": one.last_modified,
        "served_at": one.served_at,
        "fetched_at": one.at,
        "checked_at": one.at,
    }


def _checked(portal_key: str, one: Fetched) -> Row:
    return {
        "of_portal": portal_key,
        "of_url": url_key(one.url),
        "at": one.at,
        "new_etag": one.etag,
        "new_last_modified": one.last_modified,
        "new_served_at": one.served_at,
    }


def _seen(one: ListingSeen | ReportSeen) -> Row:
    row = asdict(one)
    at = row.pop("at")
    return row | {"url_sha256": url_key(one.url), "first_seen_at": at, "last_seen_at": at}


def _write_files(connection: Connection, portal_key: str, records: Sequence[FileFetched | Withdrawn]) -> None:
    """Add the revisions that are new, and note which reports are there and which are withdrawn."""
    if not records:
        return
    reports: dict[str, int] = {}
    latest: dict[tuple[int, str], tuple[int, str]] = {}  # of a file: number and content of its last revision
    wanted = {"of_portal": portal_key, "of_urls": sorted({url_key(one.report_url) for one in records})}
    for report_key, report_id, file_key, number, sha256 in connection.execute(statements.REPORTS, wanted):
        reports[report_key] = report_id
        if file_key is not None:
            latest[report_id, file_key] = number, sha256

    documents: list[Row] = []
    revisions: list[Row] = []
    for one in records:
        report_id = reports.get(url_key(one.report_url), 0)
        if not report_id:
            raise CatalogueError(f"{one.report_url}: portal {portal_key} has listed no such report")
        if isinstance(one, FileFetched):
            file = report_id, url_key(one.url)
            number, sha256 = latest.get(file, (0, None))
            if sha256 != one.sha256:
                latest[file] = number + 1, one.sha256
                documents.append(_document(one))
                revisions.append(_revision(one, *file, number + 1))
    _all(connection, statements.ADD_DOCUMENT, documents)
    _all(connection, statements.ADD_REVISION, revisions)
    for one in records:
        of_report = {"of_report": reports[url_key(one.report_url)], "at": one.at}
        if isinstance(one, Withdrawn):
            connection.execute(statements.WITHDRAWN_REPORT, of_report)
        elif one.url == one.report_url:  # attachments may outlive their report on a server
            connection.execute(statements.ANSWERING_REPORT, of_report)


def _content(one: FileFetched) -> Row:
    return {"sha256": one.sha256, "file_name": one.file_name, "url": one.url, "fetched_at": one.at}


def _document(one: FileFetched) -> Row:
    return _content(one) | {"stated_county": None, "stated_year": None}


def _revision(one: FileFetched, report_id: int, file_key: str, number: int) -> Row:
    return _content(one) | {
        "report_id": report_id,
        "url_sha256": file_key,
        "number": number,
        "role": one.role,
    }
