"""Which documents there are to read: what was crawled and what was taken in by hand, once by content."""

from collections.abc import Hashable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

import pyarrow as pa
from sqlalchemy import Connection, func, select, type_coerce

from etl.catalogue.models import Document, Moment, Report, ReportState, Revision, Statement
from etl.catalogue.statements import KEEP_STATEMENT, STATE_DOCUMENT

DOCUMENTS = pa.schema(
    [
        pa.field("document_sha256", pa.string()),
        pa.field("file_name", pa.string()),
        pa.field("url", pa.string()),
        pa.field("fetched_at", pa.timestamp("us", tz="UTC")),
        pa.field("stated_county", pa.string()),
        pa.field("stated_year", pa.int16()),
        pa.field("expected_county", pa.string()),
        pa.field("expected_year", pa.int16()),
        pa.field("report_url", pa.string()),
        pa.field("role", pa.string()),
        pa.field("is_latest", pa.bool_()),
        pa.field("withdrawn_at", pa.timestamp("us", tz="UTC")),
    ]
)

VERSIONS = pa.schema(
    [
        *DOCUMENTS,
        pa.field("known_from", pa.timestamp("us", tz="UTC")),
        pa.field("known_to", pa.timestamp("us", tz="UTC")),
    ]
)
"""`DOCUMENTS` as it was: what a row said from ``known_from`` until before ``known_to`` (null: still)."""

READ_BODIES = frozenset({"county", "office", None})
"""Whose reports are read: the county's, its office's, and those whose title does not tell."""

T = TypeVar("T", bound=Hashable)


class _State(NamedTuple):
    """What was known of a report from a time on."""

    at: datetime
    county_code: str | None
    year: int | None
    body: str | None
    withdrawn_at: datetime | None


class _File(NamedTuple):
    """A document as one revision of one file of one report, and what was known of that report over time."""

    sha256: str
    url: str
    file_name: str
    role: str
    number: int
    fetched_at: datetime
    replaced_at: datetime | None  # when the address gave something else
    report_url: str
    portal_key: str
    states: Sequence[_State]  # in order of time, never empty

    def at(self, moment: datetime) -> "_Appearance":
        """As it was known at ``moment``, which is not before it was fetched."""
        # A state is noted at the end of the batch that fetched its report's first file.
        state = next((one for one in reversed(self.states) if one.at <= moment), self.states[0])
        is_newest = self.replaced_at is None or self.replaced_at > moment
        is_latest = is_newest and state.withdrawn_at is None
        return _Appearance(self, state, is_latest)


class _Appearance(NamedTuple):
    """A file at one moment."""

    file: _File
    state: _State
    is_latest: bool

    @property
    def order(self) -> tuple[bool, str, str, str, int]:
        """What is published comes first; what follows is only to be the same every time."""
        file = self.file
        return not self.is_latest, file.report_url, file.portal_key, file.url, file.number


class _Row(NamedTuple):
    """A row of `DOCUMENTS`."""

    document_sha256: str
    file_name: str
    url: str
    fetched_at: datetime
    stated_county: str | None
    stated_year: int | None
    expected_county: str | None = None
    expected_year: int | None = None
    report_url: str | None = None
    role: str | None = None
    is_latest: bool = True
    withdrawn_at: datetime | None = None


class _Version(NamedTuple):
    """A row, and how long it said so."""

    row: _Row
    known_from: datetime
    known_to: datetime | None


def add(
    connection: Connection, sha256: str, file_name: str, url: str, county: str | None, year: int | None
) -> None:
    """Note a document. One that is known keeps name and time; what is stated now replaces what was."""
    now = datetime.now(UTC)
    row = {
        "sha256": sha256,
        "file_name": file_name,
        "url": url,
        "fetched_at": now,
        "stated_county": county,
        "stated_year": year,
    }
    connection.execute(STATE_DOCUMENT, row)
    connection.execute(KEEP_STATEMENT, {"of_document": sha256, "at": now})


def documents(connection: Connection) -> pa.Table:
    """All documents to be read as an Arrow table of schema `DOCUMENTS`, by content hash.

    A crawled document has name, address and time of one of its revisions: the first by address among those that
    are published now, else among all. That does not depend on the order in which portals were visited.
    """
    return arrow_table(DOCUMENTS, [one.row for one in _versions(connection) if one.known_to is None])


def versions(connection: Connection) -> pa.Table:
    """`documents` through time as an Arrow table of schema `VERSIONS`, by content hash and time.

    What it says of a moment is what `documents` said then.
    """
    rows = [(*row, known_from, known_to) for row, known_from, known_to in _versions(connection)]
    return arrow_table(VERSIONS, rows)


def names(connection: Connection) -> dict[str, str]:
    """The file names of `documents`, by content hash."""
    return {one.row.document_sha256: one.row.file_name for one in _versions(connection) if one.known_to is None}


def arrow_table(schema: pa.Schema, rows: Sequence[Sequence[object]]) -> pa.Table:
    """The rows as an Arrow table, typed even where there are none."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def _versions(connection: Connection) -> Iterator[_Version]:
    files = _files(connection)
    stated = _statements(connection)
    known = connection.execute(
        select(Document.sha256, Document.file_name, Document.url, Document.fetched_at).order_by(Document.sha256)
    )
    for sha256, file_name, url, fetched_at in known:
        several = files.get(sha256, [])
        statements = stated.get(sha256, [])
        moments = {fetched_at, *(at for at, _, _ in statements)}
        for one in several:
            moments |= {one.fetched_at, *(state.at for state in one.states if state.at > one.fetched_at)}
            if one.replaced_at is not None:
                moments.add(one.replaced_at)
        found: list[tuple[_Row | None, datetime]] = []
        for moment in sorted(moments):
            county, year = next(((c, y) for at, c, y in reversed(statements) if at <= moment), (None, None))
            first = _Row(sha256, file_name, url, fetched_at, county, year)
            row = _row(first, [one.at(moment) for one in several if one.fetched_at <= moment])
            if not found or found[-1][0] != row:
                found.append((row, moment))
        ends = [since for _, since in found[1:]] + [None]
        for (row, since), until in zip(found, ends, strict=True):
            if row is not None:
                yield _Version(row, since, until)


def _row(by_hand: _Row, appearances: list[_Appearance]) -> _Row | None:
    """What is to be said of a document; None while it is only known as of a body that is not read.

    Args:
        by_hand: what is said of one that was never crawled.
        appearances: where it was crawled.
    """
    if not appearances:
        return by_hand
    read = sorted((one for one in appearances if one.state.body in READ_BODIES), key=lambda one: one.order)
    if not read:
        return None
    first = read[0]
    speaking = [one.state for one in read if one.is_latest == first.is_latest]
    return by_hand._replace(
        file_name=first.file.file_name,
        url=first.file.url,
        fetched_at=first.file.fetched_at,
        expected_county=_agreed([one.county_code for one in speaking]),
        expected_year=_agreed([one.year for one in speaking]),
        report_url=first.file.report_url,
        role=first.file.role,
        is_latest=first.is_latest,
        withdrawn_at=first.state.withdrawn_at,
    )


def _statements(connection: Connection) -> dict[str, list[tuple[datetime, str | None, int | None]]]:
    """By content hash, in order of time."""
    rows = connection.execute(
        select(Statement.sha256, Statement.at, Statement.stated_county, Statement.stated_year).order_by(
            Statement.at
        )
    )
    found: dict[str, list[tuple[datetime, str | None, int | None]]] = {}
    for sha256, *statement in rows:
        found.setdefault(sha256, []).append((statement[0], statement[1], statement[2]))
    return found


def _files(connection: Connection) -> dict[str, list[_File]]:
    """By content hash."""
    states: dict[int, list[_State]] = {}
    for report_id, *state in connection.execute(
        select(
            ReportState.report_id,
            ReportState.at,
            ReportState.county_code,
            ReportState.year,
            ReportState.body,
            ReportState.withdrawn_at,
        ).order_by(ReportState.at)
    ):
        states.setdefault(report_id, []).append(_State(*state))
    replaced_at = func.lead(Revision.fetched_at).over(
        partition_by=(Revision.report_id, Revision.url_sha256), order_by=Revision.number
    )
    rows = connection.execute(
        select(
            Revision.sha256,
            Revision.url,
            Revision.file_name,
            Revision.role,
            Revision.number,
            Revision.fetched_at,
            type_coerce(replaced_at, Moment),
            Report.url,
            Report.portal_key,
            Report.id,
        ).join(Report)
    )
    found: dict[str, list[_File]] = {}
    for row in rows:
        *file, report_id = tuple(row)
        found.setdefault(file[0], []).append(_File._make((*file, states[report_id])))
    return found


def _agreed(values: Sequence[T | None]) -> T | None:
    """What all reports that a document belongs to say of it; None where they differ or none says anything."""
    found = {value for value in values if value is not None}
    return found.pop() if len(found) == 1 else None
