"""Every test of the catalogue is run on SQLite and, where it is installed, on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from etl.catalogue import Catalogue
from tests.postgres import missing, postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if reason := missing():
        pytest.skip(reason)
    with postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a catalogue may be made: an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    address = f"{request.getfixturevalue('postgres_server')}/postgres"
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return address


@pytest.fixture
def catalogue(address: str) -> Iterator[Catalogue]:
    catalogue = Catalogue(address)
    yield catalogue
    catalogue.close()
