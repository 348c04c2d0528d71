"""Opening a catalogue: made, brought up to date, taken over; and what cannot be opened says why."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from etl.catalogue import Catalogue, CatalogueError
from etl.catalogue.database import open_database
from etl.catalogue.migrations import FIRST, FOLDER, HEAD
from etl.catalogue.models import Base
from tests.catalogues import contents
from tests.crawl_records import DAY

BEFORE_MIGRATIONS = """
CREATE TABLE document (
    sha256 VARCHAR(64) NOT NULL, file_name VARCHAR NOT NULL, url VARCHAR NOT NULL, fetched_at {moment} NOT NULL,
    stated_county VARCHAR(6), stated_year INTEGER, PRIMARY KEY (sha256)
)
"""


def test_the_tables_are_those_of_the_models(address: str) -> None:
    with open_database(address).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert set(inspect(connection).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_the_last_migration_is_the_one_that_opening_looks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    script = ScriptDirectory.from_config(config)
    assert script.get_current_head() == HEAD
    assert script.get_base() == FIRST


def test_a_catalogue_from_before_there_were_migrations_is_taken_over(address: str) -> None:
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    moment = "DATETIME" if engine.dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    at = datetime(2025, 3, 1, 12, tzinfo=UTC)
    stored = at.replace(tzinfo=None).isoformat(" ") if moment == "DATETIME" else at
    row = {"sha256": "a" * 64, "at": stored}
    with engine.begin() as connection:
        connection.execute(text(BEFORE_MIGRATIONS.format(moment=moment)))
        connection.execute(
            text("INSERT INTO document VALUES (:sha256, 'a.pdf', 'file:///a.pdf', :at, '990001', 2024)"), row
        )
    engine.dispose()
    (document,) = Catalogue(address).documents().to_pylist()
    assert document == {
        "document_sha256": "a" * 64,
        "file_name": "a.pdf",
        "url": "file:///a.pdf",
        "fetched_at": at,
        "stated_county": "990001",
        "stated_year": 2024,
        "expected_county": None,
        "expected_year": None,
        "report_url": None,
        "role": None,
        "is_latest": True,
        "withdrawn_at": None,
    }
    test_the_tables_are_those_of_the_models(address)


def test_opening_again_changes_nothing(address: str) -> None:
    Catalogue(address).add("a" * 64, "a.pdf", "file:///a.pdf", None, None)
    before = contents(address)
    Catalogue(address)
    assert contents(address) == before


def test_opening_what_is_up_to_date_does_not_import_alembic(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    program = (
        f"import sys; from etl.catalogue import Catalogue; Catalogue({address!r}).names(); "
        "sys.exit('alembic' in sys.modules)"
    )
    runs = [subprocess.run([sys.executable, "-c", program], check=False).returncode for _ in range(2)]
    assert runs == [1, 0]


def test_a_migration_that_fails_leaves_the_catalogue_as_it_was(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE visit (x INTEGER)"))  # in the way of the second migration
    with pytest.raises(CatalogueError, match="cannot be opened"):
        Catalogue(address)
    assert inspect(engine).get_table_names() == ["visit"]
    engine.dispose()


def test_a_catalogue_of_a_newer_gouji_is_left_alone(address: str) -> None:
    with open_database(address).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CatalogueError, match="was made by a newer Gouji"):
        Catalogue(address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "is not a SQLAlchemy address"),
        ("mysql://host/gouji", "kept in SQLite or PostgreSQL"),
        ("postgresql+nodriver://host/gouji", "nodriver"),
        ("postgresql://gouji:secret@127.0.0.1:1/gouji", "cannot be opened"),
    ],
)
def test_what_cannot_be_opened_says_why(address: str, said: str) -> None:
    with pytest.raises(CatalogueError, match=said) as raised:
        Catalogue(address)
    assert "secret" not in str(raised.value)


def test_a_file_that_is_no_database_says_why(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_text("not a database, and long enough to be seen as none" * 100)
    with pytest.raises(CatalogueError, match="file is not a database"):
        Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")


def test_sqlite_is_set_to_be_quick_and_to_keep_references(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'deep' / 'catalogue.sqlite'}").connect() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert found == ["wal", 1, 1, 60_000]


def test_two_may_write_by_turns(address: str) -> None:
    one, other = Catalogue(address), Catalogue(address)
    for number in range(5):
        one.add(f"{number:064}", "a.pdf", "file:///a.pdf", None, None)
        other.add(f"{number:064}", "b.pdf", "file:///b.pdf", "990001", None)
        other.open_run(DAY, DAY - DAY)
    assert {row["stated_county"] for row in one.documents().to_pylist()} == {"990001"}
