"""The statements by which records are written.

An insert that finds its row there already is written as text, which SQLite and PostgreSQL understand alike:
SQLAlchemy compiles its own form of it anew at every call, which takes longer than running it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from sqlalchemy import TextClause, bindparam, func, insert, select, text, update

from etl.catalogue.models import (
    Base,
    Document,
    Listing,
    Moment,
    Page,
    Portal,
    Report,
    Request,
    Revision,
    Text,
    Visit,
)
from etl.catalogue.records import VisitEnded


def upsert(
    model: type[Base], key: Sequence[str], changes: Mapping[str, str], where: str = "true"
) -> TextClause:
    """An insert that changes the row where there is one of the same key.

    Args:
        model: of which table. Every column is a parameter, but for ``id``, which counts itself up.
        key: the columns of the key.
        changes: an SQL expression a column, in which ``excluded`` is the row that was given; none to leave the
            row that is there as it is.
        where: a condition for changing it.
    """
    columns = {column.name: column.type for column in model.__table__.columns if column.name != "id"}
    changed = ", ".join(f"{column} = {value}" for column, value in changes.items())
    done = f"UPDATE SET {changed} WHERE {where}" if changes else "NOTHING"
    parameters = ", ".join(f":{name}" for name in columns)
    return text(
        f"INSERT INTO {model.__tablename__} ({', '.join(columns)}) VALUES ({parameters}) "
        f"ON CONFLICT ({', '.join(key)}) DO {done}"
    ).bindparams(*(bindparam(name, type_=type_) for name, type_ in columns.items()))


def _given(*columns: str) -> dict[str, str]:
    return {column: f"excluded.{column}" for column in columns}


def _given_or_kept(table: str, *columns: str) -> dict[str, str]:
    return {column: f"coalesce(excluded.{column}, {table}.{column})" for column in columns}


_URL_OF_PORTAL = ("portal_key", "url_sha256")
_IS_SAME = "page.sha256 = excluded.sha256"
_VALIDATORS = ("etag", "last_modified", "served_at")

ADD_PORTAL = upsert(Portal, ["key"], _given("home"), "portal.home != excluded.home")
LOG_REQUEST = insert(Request)
FETCHED_PAGE = upsert(
    Page,
    _URL_OF_PORTAL,
    _given("sha256", "said_sha256", *_VALIDATORS, "checked_at")
    | {"fetched_at": f"CASE WHEN {_IS_SAME} THEN page.fetched_at ELSE excluded.fetched_at END"},
)
# An answer that nothing changed may renew validators; those it does not give stay.
CHECKED_PAGE = (
    update(Page)
    .where(Page.portal_key == bindparam("of_portal"), Page.url_sha256 == bindparam("of_url"))
    .values(
        checked_at=bindparam("at"),
        **{name: func.coalesce(bindparam(f"new_{name}"), getattr(Page, name)) for name in _VALIDATORS},
    )
)
SEEN_LISTING = upsert(
    Listing, _URL_OF_PORTAL, _given("family", "origin", "links_sha256", "reports", "last_seen_at")
)
# What a title does not tell any more was told before.
LISTED_REPORT = upsert(
    Report,
    _URL_OF_PORTAL,
    _given("title", "last_seen_at") | _given_or_kept("report", "year", "county_code", "body", "listed_on"),
)
# Reports with all revisions of their files, oldest first.
REPORTS = (
    select(Report.url_sha256, Report.id, Revision.url_sha256, Revision.number, Revision.sha256)
    .outerjoin(Revision)
    .where(
        Report.portal_key == bindparam("of_portal"),
        Report.url_sha256.in_(bindparam("of_urls", expanding=True)),
    )
    .order_by(Revision.number)
)
ANSWERING_REPORT = (
    update(Report)
    .where(Report.id == bindparam("of_report"))
    .values(last_seen_at=bindparam("at"), withdrawn_at=None)
)
WITHDRAWN_REPORT = (
    update(Report)
    .where(Report.id == bindparam("of_report"), Report.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("at"))
)
# One row for every report of the portal of which something else is known now than its last state says.
KEEP_STATES = text(
    "INSERT INTO report_state (report_id, at, year, county_code, body, listed_on, withdrawn_at) "
    "SELECT id, :at, year, county_code, body, listed_on, withdrawn_at FROM report "
    "WHERE portal_key = :of_portal AND NOT EXISTS ("
    "SELECT 1 FROM report_state AS state WHERE state.report_id = report.id "
    "AND state.at = (SELECT max(at) FROM report_state WHERE report_id = report.id) "
    + "".join(
        f"AND state.{column} IS NOT DISTINCT FROM report.{column} "
        for column in ("year", "county_code", "body", "listed_on", "withdrawn_at")
    )
    + ") ON CONFLICT (report_id, at) DO UPDATE SET year = excluded.year, county_code = excluded.county_code, "
    "body = excluded.body, listed_on = excluded.listed_on, withdrawn_at = excluded.withdrawn_at"
).bindparams(bindparam("at", type_=Moment()), bindparam("of_portal", type_=Text()))
KEEP_STATEMENT = text(
    "INSERT INTO statement (sha256, at, stated_county, stated_year) "
    "SELECT sha256, :at, stated_county, stated_year FROM document "
    "WHERE sha256 = :of_document AND (stated_county IS NOT NULL OR stated_year IS NOT NULL) AND NOT EXISTS ("
    "SELECT 1 FROM statement AS last WHERE last.sha256 = document.sha256 "
    "AND last.at = (SELECT max(at) FROM statement WHERE sha256 = document.sha256) "
    "AND last.stated_county IS NOT DISTINCT FROM document.stated_county "
    "AND last.stated_year IS NOT DISTINCT FROM document.stated_year)"
).bindparams(bindparam("at", type_=Moment()), bindparam("of_document", type_=Text()))
ADD_DOCUMENT = upsert(Document, ["sha256"], {})
STATE_DOCUMENT = upsert(Document, ["sha256"], _given_or_kept("document", "stated_county", "stated_year"))
ADD_REVISION = insert(Revision)
END_VISIT = upsert(
    Visit,
    ["run_id", "portal_key"],
    _given(*(field.name for field in fields(VisitEnded))),
)
VISITED_PORTAL = (
    update(Portal)
    .where(Portal.key == bindparam("of_portal"))
    .values(
        family=func.coalesce(bindparam("new_family"), Portal.family),
        last_ok_at=func.coalesce(bindparam("ok_at"), Portal.last_ok_at),
    )
)
