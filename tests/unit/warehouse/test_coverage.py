"""coverage: a row for every county in force and year, and only what is known in it."""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb

from etl.model import Extraction, Problem
from tests.built_warehouse import COUNTY, NEW, OLD, build, candidate, consistent, make_home, rows


def _states(connection: duckdb.DuckDBPyConnection, code: str) -> dict[int, str]:
    query = f"SELECT year, state FROM coverage WHERE county_code = '{code}' ORDER BY year"
    return dict(connection.execute(query).fetchall())


def _unreadable(extraction: Extraction) -> Extraction:
    return replace(
        extraction,
        observations=(),
        forms={},
        identity=replace(extraction.identity, scope=None),
        problems=(Problem("encrypted", "the file is encrypted"),),
    )


def test_states_are_what_is_known(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, consistent("a.html", COUNTY, 2024), _unreadable(consistent("b.pdf", COUNTY, 2023)))
    with candidate(home) as connection:
        states = _states(connection, COUNTY)
        (row,) = rows(connection, f"FROM coverage WHERE county_code = '{COUNTY}' AND year = 2024")
    assert {year: states.pop(year) for year in (2023, 2024)} == {2023: "found_unreadable", 2024: "published"}
    assert states.pop(2025) == "not_yet_due"  # the last thing known is of March 2025
    assert set(states.values()) == {"no_portal_known"}
    assert row == {
        "county_code": COUNTY,
        "county_name": "示例县",
        "prefecture": "虚构市",
        "province": "虚构省",
        "year": 2024,
        "state": "published",
        "url": "https://www.example.invalid/a.html",
        "due_on": date(2025, 3, 31),
        "published_on": None,
        "fetched_at": datetime(2025, 3, 1, 12),
        "days_late": 0,  # it was there before the deadline
        "first_seen_at": datetime(2025, 3, 1, 12),
        "withdrawn_at": None,
        "document_sha256": hashlib.sha256(b"a.html").hexdigest(),
        "evidence": "document",
        "portal_key": None,
        "run_id": None,
        "looked_at": None,
        "evidence_en": "a document that was taken in by hand",
        "evidence_zh": "文件：人工入库",
    }


def test_a_readable_report_outweighs_an_unreadable_one(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, consistent("a.html"), *(_unreadable(consistent(f"{n}.pdf")) for n in range(4)))
    with candidate(home) as connection:
        found = rows(
            connection, f"SELECT state, url FROM coverage WHERE county_code = '{COUNTY}' AND year = 2024"
        )
    assert found == [{"state": "published", "url": "https://www.example.invalid/a.html"}]


def test_the_report_of_an_office_says_nothing_of_its_county(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, consistent("a.html", scope="office"))
    with candidate(home) as connection:
        assert _states(connection, COUNTY)[2024] == "not_yet_due"


def test_a_county_has_a_row_for_each_year_it_is_in_force(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home)
    with candidate(home) as connection:
        last = max(_states(connection, COUNTY))
        assert list(_states(connection, COUNTY)) == list(range(2008, last + 1))
        assert list(_states(connection, OLD)) == list(range(2008, 2016))
        assert list(_states(connection, NEW)) == list(range(2016, last + 1))
        twice = connection.execute("SELECT county_code, year FROM coverage GROUP BY ALL HAVING count(*) > 1")
        assert twice.fetchall() == []


def test_the_newest_report_sets_the_last_year(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, consistent("a.html", COUNTY, 2031), consistent("b.html", None, 2040))
    with candidate(home) as connection:
        assert connection.execute("SELECT max(year) FROM coverage").fetchall() == [(2031,)]
        assert _states(connection, NEW)[2031] == "not_yet_due"
