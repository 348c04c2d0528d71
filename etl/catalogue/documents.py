"""Which documents there are to read: what was crawled and what was taken in by hand, once by content."""

from collections.abc import Hashable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

import pyarrow as pa
from sqlalchemy import Connection, func, select

from etl.catalogue.models import Document, Report, Revision
from etl.catalogue.statements import STATE_DOCUMENT

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

READ_BODIES = frozenset({"county", "office", None})
"""Whose reports are read: the county's, its office's, and those whose title does not tell."""

T = TypeVar("T", bound=Hashable)


class _Appearance(NamedTuple):
    """A document as one revision of one file of one report."""

    sha256: str
    url: str
    file_name: str
    role: str
    number: int
    fetched_at: datetime
    is_newest: bool
    report_url: str
    portal_key: str
    county_code: str | None
    year: int | None
    body: str | None
    withdrawn_at: datetime | None

    @property
    def is_latest(self) -> bool:
        return self.is_newest and self.withdrawn_at is None

    @property
    def order(self) -> tuple[bool, str, str, str, int]:
        """What is published comes first; what follows is only to be the same every time."""
        return not self.is_latest, self.report_url, self.portal_key, self.url, self.number


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


def add(
    connection: Connection, sha256: str, file_name: str, url: str, county: str | None, year: int | None
) -> None:
    """Note a document. One that is known keeps name and time; what is stated now replaces what was."""
    row = {
        "sha256": sha256,
        "file_name": file_name,
        "url": url,
        "fetched_at": datetime.now(UTC),
        "stated_county": county,
        "stated_year": year,
    }
    connection.execute(STATE_DOCUMENT, row)


def documents(connection: Connection) -> pa.Table:
    """All documents to be read as an Arrow table of schema `DOCUMENTS`, by content hash.

    A crawled document has name, address and time of one of its revisions: the first by address among those that
    are published now, else among all. That does not depend on the order in which portals were visited.
    """
    rows = list(_rows(connection))
    columns = zip(*rows, strict=True) if rows else ((),) * len(DOCUMENTS)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, DOCUMENTS, strict=True)]
    return pa.table(arrays, schema=DOCUMENTS)


def names(connection: Connection) -> dict[str, str]:
    """The file names of `documents`, by content hash."""
    return {row.document_sha256: row.file_name for row in _rows(connection)}


def _rows(connection: Connection) -> Iterator[_Row]:
    appearances = _appearances(connection)
    known = connection.execute(
        select(
            Document.sha256,
            Document.file_name,
            Document.url,
            Document.fetched_at,
            Document.stated_county,
            Document.stated_year,
        ).order_by(Document.sha256)
    )
    for one in known:
        several = appearances.get(one.sha256)
        if several is None:
            yield _Row(*one)
        elif read := [one for one in several if one.body in READ_BODIES]:
            first = read[0]
            speaking = [one for one in read if one.is_latest == first.is_latest]
            yield _Row(
                one.sha256,
                first.file_name,
                first.url,
                first.fetched_at,
                one.stated_county,
                one.stated_year,
                _agreed([one.county_code for one in speaking]),
                _agreed([one.year for one in speaking]),
                first.report_url,
                first.role,
                first.is_latest,
                first.withdrawn_at,
            )


def _appearances(connection: Connection) -> dict[str, list[_Appearance]]:
    """By content hash, in their order. It is made here: databases do not agree on the order of texts."""
    of_file = func.max(Revision.number).over(partition_by=(Revision.report_id, Revision.url_sha256))
    rows = connection.execute(
        select(
            Revision.sha256,
            Revision.url,
            Revision.file_name,
            Revision.role,
            Revision.number,
            Revision.fetched_at,
            Revision.number == of_file,
            Report.url,
            Report.portal_key,
            Report.county_code,
            Report.year,
            Report.body,
            Report.withdrawn_at,
        ).join(Report)
    )
    found: dict[str, list[_Appearance]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(_Appearance(*row))
    for several in found.values():
        several.sort(key=lambda one: one.order)
    return found


def _agreed(values: Sequence[T | None]) -> T | None:
    """What all reports that a document belongs to say of it; None where they differ or none says anything."""
    found = {value for value in values if value is not None}
    return found.pop() if len(found) == 1 else None
