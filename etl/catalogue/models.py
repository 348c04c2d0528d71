"""The tables of the catalogue. ``docs/reference/catalogue.md`` says what each column says.

An address may be longer than an index takes, so what is unique by address has the address's SHA-256 in its key.
"""

from datetime import UTC, date, datetime

from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

BigKey = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only what is called INTEGER


class Moment(TypeDecorator[datetime]):
    """A time, in UTC. SQLite keeps no zone: it is left out there and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Text(TypeDecorator[str]):
    """Text as the web gives it, without what a database refuses: the character NUL and halves of a pair."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """``text`` as every database takes it."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="replace").decode()
    return text


class Base(DeclarativeBase):
    """All tables of the catalogue."""

    type_annotation_map = {str: Text, datetime: Moment}  # noqa: RUF012


class Document(Base):
    """A document by its content. The first name, address and time it came under are kept."""

    __tablename__ = "document"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    file_name: Mapped[str]
    url: Mapped[str]
    fetched_at: Mapped[datetime]
    stated_county: Mapped[str | None] = mapped_column(String(6))
    stated_year: Mapped[int | None]


class Run(Base):
    """A night's crawl. What it did is the sum of its visits."""

    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class Portal(Base):
    """A portal of the registry, from its first visit on."""

    __tablename__ = "portal"

    key: Mapped[str] = mapped_column(primary_key=True)
    home: Mapped[str]
    family: Mapped[str | None]
    first_seen_at: Mapped[datetime]
    last_ok_at: Mapped[datetime | None]


class Visit(Base):
    """How the visit to a portal in a run ended; there is no row while it has not."""

    __tablename__ = "visit"
    __table_args__ = (Index("visit_of_portal", "portal_key", "started_at"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    portal_key: Mapped[str] = mapped_column(ForeignKey("portal.key"), primary_key=True)
    outcome: Mapped[str]
    message: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    family: Mapped[str | None]
    listings: Mapped[int]
    found: Mapped[int]
    fetched: Mapped[int]
    unchanged: Mapped[int]
    failed: Mapped[int]
    requests: Mapped[int]
    bytes: Mapped[int] = mapped_column(BigInteger)
    is_list_whole: Mapped[bool] = mapped_column(server_default=false())


class Listing(Base):
    """A list of reports that was walked to its end."""

    __tablename__ = "listing"

    portal_key: Mapped[str] = mapped_column(ForeignKey("portal.key"), primary_key=True)
    url_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    url: Mapped[str]
    family: Mapped[str]
    origin: Mapped[str]
    links_sha256: Mapped[str] = mapped_column(String(64))
    reports: Mapped[int]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class Page(Base):
    """An address that once gave content, with what is needed to ask whether it still gives the same."""

    __tablename__ = "page"

    portal_key: Mapped[str] = mapped_column(ForeignKey("portal.key"), primary_key=True)
    url_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    url: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    said_sha256: Mapped[str | None] = mapped_column(String(64))
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    served_at: Mapped[str | None]
    fetched_at: Mapped[datetime]
    checked_at: Mapped[datetime]


class Request(Base):
    """The log of requests, but for those that found nothing changed."""

    __tablename__ = "request"
    __table_args__ = (Index("request_of_portal", "portal_key", "run_id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    portal_key: Mapped[str] = mapped_column(ForeignKey("portal.key"))
    url: Mapped[str]
    kind: Mapped[str]
    at: Mapped[datetime]
    status: Mapped[int | None]
    outcome: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[float]
    message: Mapped[str]


class Report(Base):
    """A report that a list of a portal named, by its own address."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("portal_key", "url_sha256", name="report_of_portal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    portal_key: Mapped[str] = mapped_column(ForeignKey("portal.key"))
    url_sha256: Mapped[str] = mapped_column(String(64))
    url: Mapped[str]
    title: Mapped[str]
    year: Mapped[int | None]
    county_code: Mapped[str | None]
    body: Mapped[str | None]
    listed_on: Mapped[date | None]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class ReportState(Base):
    """What was known of a report, from one time to the next at which that changed."""

    __tablename__ = "report_state"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    year: Mapped[int | None]
    county_code: Mapped[str | None]
    body: Mapped[str | None]
    listed_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]


class Statement(Base):
    """County and year stated by hand for a document, from one time to the next at which that changed."""

    __tablename__ = "statement"

    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("document.sha256"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    stated_county: Mapped[str | None] = mapped_column(String(6))
    stated_year: Mapped[int | None]


class Revision(Base):
    """What a file of a report was, from one fetch to the next that gave something else."""

    __tablename__ = "revision"
    __table_args__ = (Index("revision_of_document", "sha256"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    url_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    role: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("document.sha256"))
    file_name: Mapped[str]
    fetched_at: Mapped[datetime]
