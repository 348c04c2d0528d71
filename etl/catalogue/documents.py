"""Which documents were taken in, when, under what name, and what was stated of them by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from sqlalchemy import DateTime, String, create_engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

DOCUMENTS = pa.schema(
    [
        pa.field("document_sha256", pa.string()),
        pa.field("file_name", pa.string()),
        pa.field("url", pa.string()),
        pa.field("fetched_at", pa.timestamp("us", tz="UTC")),
        pa.field("stated_county", pa.string()),
        pa.field("stated_year", pa.int16()),
    ]
)


class _Base(DeclarativeBase):
    pass


class Document(_Base):
    """A document by its content. The first name and time it came under are kept."""

    __tablename__ = "document"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    file_name: Mapped[str] = mapped_column(String)
    url: Mapped[str] = mapped_column(String)
    fetched_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    stated_county: Mapped[str | None] = mapped_column(String(6), default=None)
    stated_year: Mapped[int | None] = mapped_column(default=None)


class Catalogue:
    """The catalogue at a SQLAlchemy URL; its tables are made when missing."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(parsed)
        _Base.metadata.create_all(self._engine)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with Session(self._engine) as session, session.begin():
            yield session

    def add(self, sha256: str, file_name: str, url: str, county: str | None, year: int | None) -> None:
        """Note a document. One that is known keeps name and time; what is stated now replaces what was."""
        with self._session() as session:
            known = session.get(Document, sha256)
            if known is None:
                known = Document(sha256=sha256, file_name=file_name, url=url, fetched_at=datetime.now(UTC))
                session.add(known)
            if county is not None:
                known.stated_county = county
            if year is not None:
                known.stated_year = year

    def documents(self) -> pa.Table:
        """All documents as an Arrow table of schema `DOCUMENTS`, by content hash."""
        with self._session() as session:
            rows = session.scalars(select(Document).order_by(Document.sha256)).all()
            return pa.Table.from_pylist(
                [
                    {
                        "document_sha256": row.sha256,
                        "file_name": row.file_name,
                        "url": row.url,
                        "fetched_at": _utc(row.fetched_at),
                        "stated_county": row.stated_county,
                        "stated_year": row.stated_year,
                    }
                    for row in rows
                ],
                schema=DOCUMENTS,
            )

    def names(self) -> dict[str, str]:
        """File names by content hash."""
        with self._session() as session:
            return dict(session.execute(select(Document.sha256, Document.file_name)).tuples().all())


def _utc(moment: datetime) -> datetime:
    """SQLite gives back times without their zone; all are written in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
