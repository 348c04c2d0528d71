"""What a crawl tells, written down: each kind of record to its tables."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, bindparam, case, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from etl.catalogue.database import CatalogueError
from etl.catalogue.models import Document, Fetch, Listing, Page, Portal, Report, Revision, Visit, storable
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

T = TypeVar("T")


def record(connection: Connection, run_id: int, portal_key: str, home: str, records: Sequence[Record]) -> None:
    """Write ``records`` of one portal, in the transaction of ``connection``.

    Requests, lists and reports are written first, then files and withdrawals in the order given, then the end
    of the visit.

    Raises:
        CatalogueError: a file or a withdrawal is of a report that was never listed.
    """
    if not records:
        return
    say = _statements(connection.dialect.name)
    connection.execute(say.portal, {"key": portal_key, "home": home, "first_seen_at": _time(records[0])})
    of_portal = {"portal_key": portal_key}
    fetches = list(_of(Fetched, records))
    _many(connection, say.fetch, [_fetch(run_id, portal_key, one) for one in fetches if _is_logged(one)])
    for fetched in fetches:
        if fetched.outcome == FETCHED:
            connection.execute(say.page, of_portal | _page(fetched))
        elif fetched.outcome == UNCHANGED:
            connection.execute(say.checked, {"portal": portal_key} | _checked(fetched))
    _many(connection, say.listing, [of_portal | _listing(one) for one in _of(ListingSeen, records)])
    _many(connection, say.report, [of_portal | _report(one) for one in _of(ReportSeen, records)])
    for one in records:
        if isinstance(one, FileFetched):
            _file(connection, say, portal_key, one)
        elif isinstance(one, Withdrawn):
            report_id = _known(connection, say, portal_key, one.report_url)
            connection.execute(say.withdraw, {"id_": report_id, "at": one.at})
    for ended in _of(VisitEnded, records):
        visit = {name: getattr(ended, name) for name in VisitEnded.__slots__}
        connection.execute(say.visit, {"run_id": run_id} | of_portal | visit)
        ok_at = ended.finished_at if ended.outcome == OK else None
        connection.execute(say.visited, {"key_": portal_key, "family_": ended.family, "ok_at": ok_at})


def url_key(url: str) -> str:
    """What an address is found by."""
    return hashlib.sha256(storable(url).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Statements:
    portal: Executable
    fetch: Executable
    page: Executable
    checked: Executable
    listing: Executable
    report: Executable
    known: Executable
    latest: Executable
    document: Executable
    revision: Executable
    seen: Executable
    seen_again: Executable
    withdraw: Executable
    visit: Executable
    visited: Executable


@cache
def _statements(dialect: str) -> _Statements:
    upsert = sqlite.insert if dialect == "sqlite" else postgresql.insert

    portal = upsert(Portal)
    page = upsert(Page)
    listing = upsert(Listing)
    report = upsert(Report)
    visit = upsert(Visit)
    renewed = ("sha256", "etag", "last_modified", "served_at")
    titled = ("year", "county_code", "body", "listed_on")
    return _Statements(
        portal=portal.on_conflict_do_update(
            index_elements=["key"],
            set_={"home": portal.excluded.home},
            where=Portal.home != portal.excluded.home,
        ),
        fetch=insert(Fetch),
        page=page.on_conflict_do_update(
            index_elements=["portal_key", "url_sha256"],
            set_={name: page.excluded[name] for name in (*renewed, "checked_at")}
            | {
                "fetched_at": case(
                    (Page.sha256 == page.excluded.sha256, Page.fetched_at), else_=page.excluded.fetched_at
                )
            },
        ),
        # An answer that nothing changed may renew validators; those it does not give stay.
        checked=update(Page)
        .where(Page.portal_key == bindparam("portal"), Page.url_sha256 == bindparam("url_key"))
        .values(
            checked_at=bindparam("at"),
            **{name: func.coalesce(bindparam(f"{name}_"), getattr(Page, name)) for name in renewed[1:]},
        ),
        listing=listing.on_conflict_do_update(
            index_elements=["portal_key", "url_sha256"],
            set_={
                name: listing.excluded[name]
                for name in ("family", "origin", "links_sha256", "reports", "last_seen_at")
            },
        ),
        # What a title does not tell any more was told before.
        report=report.on_conflict_do_update(
            index_elements=["portal_key", "url_sha256"],
            set_={name: report.excluded[name] for name in ("title", "last_seen_at")}
            | {name: func.coalesce(report.excluded[name], getattr(Report, name)) for name in titled},
        ),
        known=select(Report.id).where(
            Report.portal_key == bindparam("portal"), Report.url_sha256 == bindparam("url_key")
        ),
        latest=select(Revision.number, Revision.sha256)
        .where(Revision.report_id == bindparam("report"), Revision.url_sha256 == bindparam("url_key"))
        .order_by(Revision.number.desc())
        .limit(1),
        document=upsert(Document).on_conflict_do_nothing(index_elements=["sha256"]),
        revision=insert(Revision),
        seen=update(Report).where(Report.id == bindparam("id_")).values(last_seen_at=bindparam("at")),
        seen_again=update(Report)
        .where(Report.id == bindparam("id_"))
        .values(last_seen_at=bindparam("at"), withdrawn_at=None),
        withdraw=update(Report)
        .where(Report.id == bindparam("id_"), Report.withdrawn_at.is_(None))
        .values(withdrawn_at=bindparam("at")),
        visit=visit.on_conflict_do_update(
            index_elements=["run_id", "portal_key"],
            set_={name: visit.excluded[name] for name in VisitEnded.__slots__},
        ),
        visited=update(Portal)
        .where(Portal.key == bindparam("key_"))
        .values(
            family=func.coalesce(bindparam("family_"), Portal.family),
            last_ok_at=func.coalesce(bindparam("ok_at"), Portal.last_ok_at),
        ),
    )


def _of(kind: type[T], records: Sequence[Record]) -> Iterable[T]:
    return (one for one in records if isinstance(one, kind))


def _many(connection: Connection, statement: Executable, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


def _time(one: Record) -> object:
    return one.started_at if isinstance(one, VisitEnded) else one.at


def _is_logged(one: Fetched) -> bool:
    """An unchanged answer is told by the archive's revisit record and by ``page.checked_at``."""
    return one.outcome != UNCHANGED


def _fetch(run_id: int, portal_key: str, one: Fetched) -> dict[str, Any]:
    told = ("url", "kind", "at", "status", "outcome", "sha256", "size", "seconds", "message")
    return {"run_id": run_id, "portal_key": portal_key} | {name: getattr(one, name) for name in told}


def _page(one: Fetched) -> dict[str, Any]:
    return {
        "url_sha256": url_key(one.url),
        "url": one.url,
        "sha256": one.sha256,
        "etag": one.etag,
        "last_modified": one.last_modified,
        "served_at": one.served_at,
        "fetched_at": one.at,
        "checked_at": one.at,
    }


def _checked(one: Fetched) -> dict[str, Any]:
    return {
        "url_key": url_key(one.url),
        "at": one.at,
        "etag_": one.etag,
        "last_modified_": one.last_modified,
        "served_at_": one.served_at,
    }


def _listing(one: ListingSeen) -> dict[str, Any]:
    return {
        "url_sha256": url_key(one.url),
        "url": one.url,
        "family": one.family,
        "origin": one.origin,
        "links_sha256": one.links_sha256,
        "reports": one.reports,
        "first_seen_at": one.at,
        "last_seen_at": one.at,
    }


def _report(one: ReportSeen) -> dict[str, Any]:
    return {
        "url_sha256": url_key(one.url),
        "url": one.url,
        "title": one.title,
        "year": one.year,
        "county_code": one.county_code,
        "body": one.body,
        "listed_on": one.listed_on,
        "first_seen_at": one.at,
        "last_seen_at": one.at,
    }


def _file(connection: Connection, say: _Statements, portal_key: str, one: FileFetched) -> None:
    report_id = _known(connection, say, portal_key, one.report_url)
    key = url_key(one.url)
    latest = connection.execute(say.latest, {"report": report_id, "url_key": key}).one_or_none()
    if latest is None or latest.sha256 != one.sha256:
        document = {
            "sha256": one.sha256,
            "file_name": one.file_name,
            "url": one.url,
            "fetched_at": one.at,
            "stated_county": None,
            "stated_year": None,
        }
        connection.execute(say.document, document)
        revision = {
            "report_id": report_id,
            "url_sha256": key,
            "number": latest.number + 1 if latest else 1,
            "url": one.url,
            "role": one.role,
            "sha256": one.sha256,
            "file_name": one.file_name,
            "fetched_at": one.at,
        }
        connection.execute(say.revision, revision)
    # Attachments may outlive their report on a server: only its own address brings a report back.
    seen = say.seen_again if one.url == one.report_url else say.seen
    connection.execute(seen, {"id_": report_id, "at": one.at})


def _known(connection: Connection, say: _Statements, portal_key: str, url: str) -> int:
    found = {"portal": portal_key, "url_key": url_key(url)}
    report_id = connection.execute(say.known, found).scalar_one_or_none()
    if report_id is None:
        raise CatalogueError(f"{url}: told of as a report of portal {portal_key}, which has listed no such one")
    return int(report_id)
