"""Publishing swaps whole files: readers keep theirs, the one before stays, a failure changes nothing."""

import os
from pathlib import Path

import duckdb
import pytest

from etl.settings import Home
from etl.warehouse.build import BuildError
from etl.warehouse.publish import PublishError, publish
from etl.warehouse.read import NothingPublishedError, connect
from tests.built_warehouse import COUNTY, NEW, build, consistent, make_home


def _counties(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [
        code for (code,) in connection.execute("SELECT county_code FROM county_year ORDER BY ALL").fetchall()
    ]


def _previous(home: Home) -> list[str]:
    with duckdb.connect(home.previous_warehouse, read_only=True) as connection:
        return _counties(connection)


def _published(home: Home) -> list[str]:
    with connect(home) as connection:
        return _counties(connection)


def _first_and_second(root: Path) -> Home:
    """A home with a published warehouse of one county and a candidate of another."""
    home = make_home(root)
    build(home, consistent("a.html", COUNTY))
    publish(home)
    build(home, consistent("b.html", NEW))
    return home


def test_nothing_published_is_said_clearly(tmp_path: Path) -> None:
    with pytest.raises(
        NothingPublishedError, match=r"warehouse\.duckdb: nothing is published yet.*gouji ingest"
    ):
        connect(make_home(tmp_path))


def test_publishing_without_a_candidate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="no candidate"):
        publish(make_home(tmp_path))


def test_the_candidate_becomes_the_warehouse_and_the_one_before_stays(tmp_path: Path) -> None:
    home = _first_and_second(tmp_path)
    assert _published(home) == [COUNTY]
    publish(home)
    assert (_published(home), _previous(home)) == ([NEW], [COUNTY])
    assert sorted(path.name for path in home.root.glob("*.duckdb*")) == [
        "warehouse.duckdb",
        "warehouse.previous.duckdb",
    ]


def test_an_open_reader_keeps_its_file_and_a_new_one_sees_the_new(tmp_path: Path) -> None:
    home = _first_and_second(tmp_path)
    with connect(home) as reader:
        assert _counties(reader) == [COUNTY]
        publish(home)
        assert _counties(reader) == [COUNTY]
        assert _published(home) == [NEW]  # in the same process, beside the old reader


def test_readers_cannot_write(tmp_path: Path) -> None:
    home = _first_and_second(tmp_path)
    with connect(home) as reader, pytest.raises(duckdb.Error, match="read-only"):
        reader.execute("DELETE FROM fact_observation")


def test_where_links_are_not_to_be_had_the_one_before_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    home = _first_and_second(tmp_path)
    monkeypatch.setattr(os, "link", refuse)
    publish(home)
    assert (_published(home), _previous(home)) == ([NEW], [COUNTY])


def test_a_failed_build_leaves_the_published_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = _first_and_second(tmp_path)

    def fail(_: duckdb.DuckDBPyConnection) -> None:
        raise BuildError("no rules")

    monkeypatch.setattr("etl.warehouse.build.judge", fail)
    with pytest.raises(BuildError):
        build(home, consistent("c.html"))
    assert _published(home) == [COUNTY]
    assert [path.name for path in home.root.glob("*.duckdb*")] == ["warehouse.duckdb"]
    with pytest.raises(PublishError):
        publish(home)


def test_a_publication_that_fails_leaves_the_published_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = _first_and_second(tmp_path)
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target == home.warehouse:
            raise OSError("disk full")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        publish(home)
    assert _published(home) == [COUNTY]
    assert home.candidate.exists()


def test_a_candidate_that_is_being_written_is_not_published(tmp_path: Path) -> None:
    home = _first_and_second(tmp_path)
    Path(f"{home.candidate}.wal").write_bytes(b"unfinished")
    with pytest.raises(PublishError, match="build it again"):
        publish(home)
    assert _published(home) == [COUNTY]
