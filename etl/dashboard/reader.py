"""Reading the published warehouse for pages: read-only, shut off from files and network, reopened for news."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from threading import Lock, Thread
from typing import Any

import duckdb

from etl.resources import sql
from etl.settings import Home
from etl.warehouse.read import connect

Row = dict[str, Any]

_MEMORY = "384MB"  # of DuckDB: a page's query needs far less, and the process is to stay small
_SECONDS_TO_FIRST_PAGE = 0.5
_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one query, and the statement that gives them as it stands."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    statement: str

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, eq=False)
class Reader:
    """One published warehouse, open for reading; ``home`` is whose it is.

    Each question is put on a cursor of its own, so several threads may ask at once.
    """

    home: Home
    _connection: duckdb.DuckDBPyConnection = field(repr=False)

    def table(self, name: str, **parameters: Any) -> Table:
        """What ``sql/page/<name>.sql`` gives with these parameters; the table's name is the file's."""
        text = _statement(name)
        with self._connection.cursor() as cursor:
            cursor.execute("USE warehouse")
            result = cursor.execute(text, parameters or None)
            columns = tuple(column[0] for column in result.description or ())
            rows = tuple(dict(zip(columns, row, strict=True)) for row in result.fetchall())
        return Table(name, columns, rows, filled(text, parameters))

    def rows(self, name: str, **parameters: Any) -> tuple[Row, ...]:
        """The rows alone."""
        return self.table(name, **parameters).rows

    def row(self, name: str, **parameters: Any) -> Row | None:
        """The first row, if there is one."""
        rows = self.rows(name, **parameters)
        return rows[0] if rows else None

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """A cursor for functions of the package that ask by themselves; close it after use."""
        cursor = self._connection.cursor()
        cursor.execute("USE warehouse")
        return cursor


@cache
def _statement(name: str) -> str:
    """The statement of a file without the remarks before it: a command line takes ``--`` for an option."""
    return re.sub(r"\A(?:\s*--.*\n)*", "", sql(f"page/{name}")).strip().rstrip(";")


def statement(name: str, parameters: dict[str, Any]) -> str:
    """The statement of ``sql/page/<name>.sql`` with its parameters written into it."""
    return filled(_statement(name), parameters)


def filled(statement: str, parameters: dict[str, Any]) -> str:
    """A statement with its parameters written into it as literals: it runs by itself in ``gouji query``."""
    return _PARAMETER.sub(lambda match: _literal(parameters[match[1]]), statement)


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float | Decimal):
        return str(value).upper() if isinstance(value, bool) else str(value)
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value.isoformat(sep=' ')}'"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_literal, value))}]"
    return "'" + str(value).replace("'", "''") + "'"


def open_reader(home: Home) -> Reader:
    """Open what is published now.

    Raises:
        NothingPublishedError: nothing has been published in this home.
    """
    connection = connect(home)
    connection.execute(f"SET memory_limit = '{_MEMORY}'")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    connection.execute("SET lock_configuration = true")
    return Reader(home, connection)


class Readers:
    """Gives the reader of what is published at the moment: a publication is noticed by the file's identity.

    ``opened`` is called with every new reader soon after, in a thread of its own.
    """

    def __init__(self, home: Home, opened: Callable[[Reader], object] | None = None) -> None:
        self._home = home
        self._opened = opened
        self._lock = Lock()
        self._identity: tuple[int, int, int] | None = None
        self._reader: Reader | None = None

    def current(self) -> Reader:
        """The open reader, of the new file if one was published since; who still reads the old one goes on."""
        with self._lock:
            identity = self._published()
            if self._reader is None or identity != self._identity:
                self._reader = open_reader(self._home)
                self._identity = identity
                if self._opened is not None:
                    Thread(target=self._prepare, args=[self._reader], daemon=True).start()
            return self._reader

    def _prepare(self, reader: Reader) -> None:
        """Have worked out what takes long, once the page that is being asked for is out."""
        time.sleep(_SECONDS_TO_FIRST_PAGE)
        assert self._opened is not None
        self._opened(reader)

    def _published(self) -> tuple[int, int, int] | None:
        try:
            found = self._home.warehouse.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size
