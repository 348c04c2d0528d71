"""Database files: a DuckDB database is a file and, while it is written, a ``.wal`` beside it."""

from pathlib import Path

import duckdb


def wal_of(database: Path) -> Path:
    """The write-ahead log of ``database``."""
    return database.with_name(f"{database.name}.wal")


def remove_database(database: Path) -> None:
    """Remove ``database`` and its log, where they are."""
    database.unlink(missing_ok=True)
    wal_of(database).unlink(missing_ok=True)


def silence(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep DuckDB's progress bar out of standard output, where a command prints its result."""
    connection.execute("SET enable_progress_bar = false")
