"""Crawled documents: what the list of reports led to expect, revisions, withdrawals, wrapper pages."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from etl.model import Extraction, Problem
from tests.built_warehouse import COUNTY, NEW, build, candidate, consistent, make_home, rows

REPORT = "https://www.example.invalid/report.html"
OTHER = "https://www.example.invalid/other.html"
KEYS = "SELECT file_name, county_code, year FROM dim_report JOIN dim_document USING (document_key)"


def crawled(role: str = "page", report: str = REPORT, **columns: Any) -> dict[str, Any]:
    return {"report_url": report, "role": role} | columns


def keys(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[Any, Any]]:
    return {row["file_name"]: (row["county_code"], row["year"]) for row in rows(connection, KEYS)}


def doubting(name: str, county: str | None, year: int | None, *codes: str) -> Extraction:
    return replace(
        consistent(name, county, year), problems=tuple(Problem(code, "in words") for code in (*codes, "kept"))
    )


def without_cells(name: str) -> Extraction:
    return replace(
        consistent(name, None, None), observations=(), forms={}, problems=(Problem("no_tables", "none"),)
    )


def test_what_was_expected_fills_what_was_not_read(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    expected = crawled(expected_county=COUNTY, expected_year=2023)
    build(
        home,
        consistent("read.html", NEW, 2024),
        consistent("half.html", NEW, None),
        consistent("neither.html", None, None),
        consistent("stated.html", None, None),
        stated={"stated.html": (NEW, 2022)},
        crawled=dict.fromkeys(("read.html", "half.html", "neither.html", "stated.html"), expected),
    )
    with candidate(home) as connection:
        assert keys(connection) == {
            "read.html": (NEW, 2024),
            "half.html": (NEW, 2023),
            "neither.html": (COUNTY, 2023),
            "stated.html": (NEW, 2022),
        }


def test_a_code_of_no_county_is_nothing_to_expect(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(
        home,
        doubting("prefecture.html", None, 2024, "county_undecided"),
        crawled={"prefecture.html": crawled(expected_county="990000")},
    )
    with candidate(home) as connection:
        assert keys(connection) == {"prefecture.html": (None, 2024)}
        found = rows(connection, "SELECT code FROM fact_problem ORDER BY ordinal")
    assert [row["code"] for row in found] == ["county_undecided", "kept"]


def test_a_guessed_year_gives_way_to_the_expected_one(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(
        home,
        doubting("expected.html", COUNTY, 2024, "year_inferred"),
        doubting("guessed.html", COUNTY, 2024, "year_inferred"),
        crawled={"expected.html": crawled(expected_year=2023), "guessed.html": crawled(report=OTHER)},
    )
    with candidate(home) as connection:
        assert keys(connection) == {"expected.html": (COUNTY, 2023), "guessed.html": (COUNTY, 2024)}


def test_problems_that_were_settled_are_left_out(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    names = ("expected.html", "stated.html", "open.html", "guessed.html")
    build(
        home,
        *(doubting(name, None, None, "county_undecided", "year_undecided") for name in names[:3]),
        doubting("guessed.html", COUNTY, 2024, "year_inferred"),
        stated={"stated.html": (COUNTY, 2022)},
        crawled={"expected.html": crawled(expected_county=COUNTY, expected_year=2023)},
    )
    query = "SELECT file_name, code FROM fact_problem JOIN dim_report USING (report_key) "
    with candidate(home) as connection:
        found = rows(connection, query + "JOIN dim_document USING (document_key) WHERE code != 'kept'")
        kept = rows(connection, "SELECT count(*) AS n FROM fact_problem WHERE code = 'kept'")
    assert {(row["file_name"], row["code"]) for row in found} == {
        ("open.html", "county_undecided"),
        ("open.html", "year_undecided"),
        ("guessed.html", "year_inferred"),
    }
    assert kept == [{"n": 4}]


def test_a_page_that_only_wraps_its_attachment_is_no_report(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(
        home,
        without_cells("wrapper.html"),
        consistent("attachment.pdf"),
        without_cells("appendix.pdf"),
        without_cells("alone.html"),
        without_cells("by hand.html"),
        crawled={
            "wrapper.html": crawled(),
            "attachment.pdf": crawled("attachment"),
            "appendix.pdf": crawled("attachment"),
            "alone.html": crawled(report=OTHER),
        },
    )
    with candidate(home) as connection:
        assert set(keys(connection)) == {"attachment.pdf", "appendix.pdf", "alone.html", "by hand.html"}
        problems = rows(connection, "SELECT count(*) AS n FROM fact_problem")
    assert problems == [{"n": 3}]


def test_a_page_with_cells_stays_beside_an_attachment_with_cells(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(
        home,
        consistent("page.html"),
        consistent("attachment.pdf"),
        crawled={"page.html": crawled(), "attachment.pdf": crawled("attachment")},
    )
    with candidate(home) as connection:
        assert set(keys(connection)) == {"page.html", "attachment.pdf"}


def test_county_year_takes_what_is_published_now(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    replaced, latest = consistent("replaced.html"), consistent("latest.html")
    latest = replace(latest, observations=latest.observations[1:])  # fewer cells, and yet it counts
    withdrawn_at = datetime(2025, 6, 1, tzinfo=UTC)
    build(
        home,
        replaced,
        latest,
        consistent("withdrawn.html", NEW, 2024),
        crawled={
            "replaced.html": crawled(is_latest=False),
            "latest.html": crawled(),
            "withdrawn.html": crawled(report=OTHER, is_latest=False, withdrawn_at=withdrawn_at),
        },
    )
    query = "FROM dim_report JOIN dim_document USING (document_key) WHERE is_county_year ORDER BY file_name"
    with candidate(home) as connection:
        chosen = rows(connection, "SELECT file_name, is_latest, withdrawn_at, report_url " + query)
    assert chosen == [
        {"file_name": "latest.html", "is_latest": True, "withdrawn_at": None, "report_url": REPORT},
        {
            "file_name": "withdrawn.html",
            "is_latest": False,
            "withdrawn_at": withdrawn_at.replace(tzinfo=None),
            "report_url": OTHER,
        },
    ]
