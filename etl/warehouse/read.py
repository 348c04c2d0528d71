"""Reading the published warehouse."""

import duckdb

from etl.errors import GoujiError
from etl.settings import Home
from etl.warehouse.files import silence


class NothingPublishedError(GoujiError):
    """The home has no published warehouse yet."""


def connect(home: Home) -> duckdb.DuckDBPyConnection:
    """A connection to the published warehouse, read-only. It keeps the file it opened: connect again for news.

    The file is attached to a database in memory. Opened by its path it would be shared with every connection
    this process still holds to that path, and after a publication that is the file of before.

    Raises:
        NothingPublishedError: nothing has been published in this home.
    """
    if not home.warehouse.exists():
        raise NothingPublishedError(
            f"{home.warehouse}: nothing is published yet; run gouji ingest FILE…, or gouji demo"
        )
    connection = duckdb.connect(":memory:")
    try:
        silence(connection)
        path = str(home.warehouse).replace("'", "''")
        connection.execute(f"ATTACH '{path}' AS warehouse (READ_ONLY); USE warehouse")
    except BaseException:
        connection.close()
        raise
    return connection
