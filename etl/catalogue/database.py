"""The database behind the catalogue: opened, and brought up to date where it is not."""

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from etl.catalogue.migrations import FIRST, FOLDER, HEAD
from etl.errors import GoujiError

_BUSY_SECONDS = 60  # how long SQLite waits for another process that is writing
_MIGRATION_LOCK = 0x676F756A69  # "gouji"


class CatalogueError(GoujiError):
    """The catalogue cannot be opened, or was told what does not fit together."""


def open_database(address: str) -> Engine:
    """The engine of the catalogue at a SQLAlchemy address, its tables as the models have them.

    Transactions that are to write say so by the execution option ``is_writing``.

    Raises:
        CatalogueError: the address is none, its server does not answer, or a newer Gouji made its tables.
    """
    url = _url(address)
    try:
        engine = _engine(url)
        with engine.connect() as connection:
            is_current = _version(connection) == HEAD
        if not is_current:
            with engine.execution_options(is_writing=True).begin() as connection:
                _migrate(connection, url)
    except NoSuchModuleError as error:
        raise CatalogueError(f"catalogue_url {_shown(url)}: {error}") from error
    except ModuleNotFoundError as error:
        raise CatalogueError(
            f"catalogue_url {_shown(url)}: needs {error.name}; for PostgreSQL install gouji[postgres]"
        ) from error
    except DBAPIError as error:
        raise CatalogueError(f"the catalogue {_shown(url)} cannot be opened: {error.orig}") from error
    except OSError as error:
        raise CatalogueError(f"the catalogue {_shown(url)} cannot be made: {error}") from error
    return engine


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise CatalogueError(
            "catalogue_url is not a SQLAlchemy address such as postgresql://user@host/gouji"
        ) from error
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise CatalogueError(f"catalogue_url {_shown(url)}: the catalogue is kept in SQLite or PostgreSQL")
    if url.drivername == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    return url


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: object, _: ConnectionPoolEntry) -> None:
    # A transaction begins where `_on_begin` says so, not where Python's driver guesses.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    # With a write-ahead log a power cut may lose the last transactions, and never spoils the file. What they
    # told lies in the archive, and is fetched again at the worst.
    for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # One that is to write takes its turn at once: one that begins by reading could not wait for it later.
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _version(connection: Connection) -> str | None:
    """What migration the database is at; None for one that is new or older than all of them."""
    # Asked of the database's own lists, which is quicker than SQLAlchemy's inspection.
    if connection.dialect.name == "sqlite":
        lists = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    else:
        lists = "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass('alembic_version')"
    if not connection.exec_driver_sql(lists).scalar_one():
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _migrate(connection: Connection, url: URL) -> None:
    """Bring the tables up to date, in the one transaction of ``connection``."""
    # Importing Alembic takes longer than opening the catalogue: it is done when there is work for it.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    if connection.dialect.name == "postgresql":  # SQLite's transaction has the file to itself already
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    if _version(connection) is None and inspect(connection).has_table("document"):
        command.stamp(config, FIRST)
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise CatalogueError(
            f"the catalogue {_shown(url)} was made by a newer Gouji ({error}); install that one"
        ) from error
