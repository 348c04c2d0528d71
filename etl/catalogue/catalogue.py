"""The catalogue as one object: a database, and what is asked of it and told to it."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import pyarrow as pa
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from etl.catalogue import documents, history, looks, memory, recording, runs
from etl.catalogue.database import CatalogueError, open_database
from etl.catalogue.records import Memory, Record, VisitEnded


class Catalogue:
    """The catalogue at a SQLAlchemy address; its tables are made, or brought up to date, when it is opened.

    Every call is one transaction: all of it is written, or nothing.

    Raises:
        CatalogueError: it cannot be opened; and any call, when the database fails.
    """

    def __init__(self, address: str) -> None:
        self._engine = open_database(address)
        self._writing = self._engine.execution_options(is_writing=True)

    def close(self) -> None:
        """Let the database go. A closed catalogue opens it again when it is asked."""
        self._engine.dispose()

    @contextmanager
    def _reader(self) -> Iterator[Connection]:
        with self._failures(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writer(self) -> Iterator[Connection]:
        with self._failures(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            shown = self._engine.url.render_as_string(hide_password=True)
            raise CatalogueError(f"the catalogue {shown} failed: {error.orig}") from error

    def open_run(self, now: datetime, resume_within: timedelta) -> tuple[int, frozenset[str]]:
        """Go on with an interrupted run, or begin one: see `etl.catalogue.runs.open_run`."""
        with self._writer() as connection:
            return runs.open_run(connection, now, resume_within)

    def close_run(self, run_id: int, now: datetime, outcome: str) -> None:
        """Note that a run is over."""
        with self._writer() as connection:
            runs.close_run(connection, run_id, now, outcome)

    def portal_order(self, keys: Collection[str]) -> list[str]:
        """``keys`` in the order of need: never visited, then those whose last whole visit is longest ago."""
        with self._reader() as connection:
            return runs.portal_order(connection, keys)

    def memory(self, portal_key: str) -> Memory:
        """Everything that is remembered of one portal."""
        with self._reader() as connection:
            return memory.memory(connection, portal_key)

    def record(self, run_id: int, portal_key: str, home: str, records: Sequence[Record]) -> None:
        """Write down what a crawl tells of one portal: see `etl.catalogue.recording.record`."""
        with self._writer() as connection:
            recording.record(connection, run_id, portal_key, home, records)

    def add(self, sha256: str, file_name: str, url: str, county: str | None, year: int | None) -> None:
        """Note a document that was taken in by hand: see `etl.catalogue.documents.add`."""
        with self._writer() as connection:
            documents.add(connection, sha256, file_name, url, county, year)

    def documents(self) -> pa.Table:
        """All documents to be read, as an Arrow table of schema `etl.catalogue.documents.DOCUMENTS`."""
        with self._reader() as connection:
            return documents.documents(connection)

    def versions(self) -> pa.Table:
        """`documents` through time, as an Arrow table of schema `etl.catalogue.documents.VERSIONS`."""
        with self._reader() as connection:
            return documents.versions(connection)

    def names(self) -> dict[str, str]:
        """File names of all documents to be read, by content hash."""
        with self._reader() as connection:
            return documents.names(connection)

    def looks(self) -> looks.Looks:
        """All visits and listed reports: see `etl.catalogue.looks.Looks`."""
        with self._reader() as connection:
            return looks.looks(connection)

    def last_run(self) -> history.RunSummary | None:
        """The summary of the newest run; None before the first."""
        with self._reader() as connection:
            return history.last_run(connection)

    def portals(self, codes: Collection[str] = ()) -> list[history.PortalStatus]:
        """The portals that were visited: see `etl.catalogue.history.portals`."""
        with self._reader() as connection:
            return history.portals(connection, codes)

    def visits(self, portal_key: str) -> list[tuple[int, VisitEnded]]:
        """All visits to a portal that came to an end, newest first, each with its run."""
        with self._reader() as connection:
            return history.visits(connection, portal_key)
