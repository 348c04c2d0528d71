"""Great Expectations made to work on DuckDB.

As shipped, GX 1.24 opens a connection for each query (``SqlAlchemyExecutionEngine.get_connection``), leaves the
``with`` block, which closes it, and only then fetches the rows. DuckDB drops a pending result when its
connection closes, so almost every expectation raises ("list index out of range", "'NoneType' object is not
subscriptable") — and the checkpoint still reports no more than ``success=False``, as if the data were at fault.
GX keeps one connection open for the dialects it knows to need that (SQLite, SQL Server); DuckDB is not in that
list, and cannot be added to it from outside because the list holds members of a closed enumeration.

docs/decisions/0002-great-expectations.md says why GX is kept all the same, and when the override can go.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


@cache
def keep_duckdb_connections() -> None:
    """Make GX's SQL engine open one DuckDB connection and keep it until the engine is closed.

    Other dialects are left as they are. Call it before a context is made; calling it again does nothing.
    """
    from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine

    shipped = SqlAlchemyExecutionEngine.get_connection

    @contextmanager
    def get_connection(self: SqlAlchemyExecutionEngine) -> Iterator[Any]:
        if self.dialect_name != "duckdb":
            with shipped(self) as connection:
                yield connection
            return
        if self._connection is None:
            self._connection = self.engine.connect()
        try:
            yield self._connection
        except Exception:
            # A failed query aborts DuckDB's transaction; left so, all later expectations would fail with it.
            self._connection.rollback()
            raise

    SqlAlchemyExecutionEngine.get_connection = get_connection


def release(engine: Any) -> None:
    """Close the kept connection of an SQL engine, and with it the DuckDB file.

    GX's own ``close()`` disposes of the pool only, which leaves out the connection in use.
    """
    if engine._connection is not None:
        engine._connection.close()
        engine._connection = None
    engine.close()
