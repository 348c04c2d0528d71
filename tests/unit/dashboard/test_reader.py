"""Queries: they run as they are shown, and cannot reach anything but the warehouse."""

from pathlib import Path

import duckdb
import pytest

from etl import query
from etl.dashboard.content import content_of
from etl.dashboard.reader import Table, filled, open_reader
from etl.dashboard.registry import Page
from etl.dashboard.render import Show, tables
from etl.dashboard.site_map import REGISTRY
from etl.resources import SQL
from etl.settings import Home
from tests.built_warehouse import COUNTY

GIVEN = {
    "province": "99",
    "code": COUNTY,
    "year": "2023",
    "rule": "T3_BALANCE",
    "metric": "granted_of_processed_rate",
    "number": "1",
    "codes": f"{COUNTY}+990003",
}


def shown(home: Home) -> list[tuple[str, Table]]:
    reader = open_reader(home)
    found = []
    for page in REGISTRY.pages:
        names = [name for name in GIVEN if f"{{{name}}}" in page.path]
        if "sha256" in page.path:
            continue
        values = page.values(reader, **{name: GIVEN[name] for name in names})
        found += [(page.name, table) for table in tables(values)]
    return found


def test_every_query_runs_as_it_is_shown(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    every = shown(home)
    assert len({table.name for _, table in every}) > 25
    for name, table in every:
        assert not table.statement.startswith("--"), f"{name}: a command line takes it for an option"
        assert "$" not in table.statement
        query.run(home, table.statement, "csv")
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].split(",") == list(table.columns)
        if not table.rows:
            assert len(lines) == 1


def test_every_query_file_is_used() -> None:
    package = Path(query.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    assert not [path.stem for path in (SQL / "page").glob("*.sql") if f'"{path.stem}"' not in text]


def test_values_are_literals() -> None:
    statement = filled("SELECT $text, $number, $list, $none", {
        "text": "O'Brien; DROP TABLE x --", "number": 3, "list": ["a", "b'"], "none": None,
    })  # fmt: skip
    assert statement == "SELECT 'O''Brien; DROP TABLE x --', 3, ['a', 'b'''], NULL"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY (SELECT 1) TO '/tmp/gouji-out.csv'",
        "ATTACH '/tmp/gouji-other.duckdb'",
        "INSTALL httpfs",
        "CREATE TABLE warehouse.x AS SELECT 1",
        "SET enable_external_access = true",
    ],
)
def test_the_reader_is_shut_off(home: Home, statement: str) -> None:
    with open_reader(home).connection as connection, pytest.raises(duckdb.Error):
        connection.execute(statement)


@pytest.mark.parametrize(
    "page", [page for page in REGISTRY.pages if "sha256" not in page.path], ids=lambda p: p.name
)
def test_what_there_is_nothing_of_is_no_page(home: Home, page: Page) -> None:
    strangers = {
        "province": "98", "code": "111111", "year": "1990", "rule": "NO_SUCH", "metric": "no_such",
        "number": "9999", "codes": "111111",
    }  # fmt: skip
    names = [name for name in strangers if f"{{{name}}}" in page.path]
    if names:
        path = "zh/" + page.path.format(**{name: strangers[name] for name in names})
        found = REGISTRY.find(path)
        assert found is not None
        assert content_of(Show(REGISTRY), open_reader(home), found) is None
