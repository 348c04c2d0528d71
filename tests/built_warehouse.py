"""Warehouses for tests: readings of invented places, written to the observation store and built."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from etl.catalogue.documents import VERSIONS
from etl.catalogue.looks import NO_LOOKS, Looks
from etl.model import Extraction, Identity
from etl.settings import Home
from etl.store import write_segment
from etl.warehouse.build import BuildCounts, build_candidate
from tests.judged_reports import consistent_figures, report

EXTRACTOR = "test"
FORM_2021 = dict.fromkeys(("disclosure", "requests", "disputes"), "2021")
FORM_2019 = dict.fromkeys(("disclosure", "requests", "disputes"), "2019")

COUNTY = "990001"
OLD, NEW = "990002", "990003"  # one county before and from 2016 on
PARTED = "990004"  # until 2016, then two counties
_COUNTIES = """\
code,name,kind,prefecture,province,valid_from,valid_to,successor_codes
990001,示例县,县,虚构市,虚构省,2008,,
990002,旧名县,县,虚构市,虚构省,2008,2016,990003
990003,新名区,市辖区,虚构市,虚构省,2016,,
990004,分设县,县,虚构市,虚构省,2008,2016,990005;990006
990005,东分县,县,虚构市,虚构省,2016,,
990006,西分县,县,虚构市,虚构省,2016,,
"""

Stated = Mapping[str, tuple[str | None, int | None]]
Crawled = Mapping[str, Mapping[str, Any]]  # by file name: what the catalogue's columns say of crawled files


def make_home(root: Path) -> Home:
    """A home that knows the invented counties beside the real ones."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "counties.csv").write_text(_COUNTIES, encoding="utf-8")
    return Home(home=root, extra_counties=Path("counties.csv"))


def consistent(name: str, county: str | None = COUNTY, year: int | None = 2024, **changes: Any) -> Extraction:
    """A report (on form 2021 unless ``forms`` says otherwise) that adds up, every leaf of its sums being 1."""
    forms = changes.pop("forms", FORM_2021)
    return belonging(report(consistent_figures(forms), forms), name, county, year, **changes)


def belonging(
    extraction: Extraction,
    name: str,
    county: str | None = COUNTY,
    year: int | None = 2024,
    scope: str | None = "county",
) -> Extraction:
    """The same readings as those of a document ``name`` of a county and year."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return replace(
        extraction,
        file=name,
        sha256=sha256,
        identity=Identity(county, "示例县人民政府", scope, year, "年度报告"),
    )


def documents(
    extractions: Iterable[Extraction], stated: Stated | None = None, crawled: Crawled | None = None
) -> pa.Table:
    """The catalogue's rows for readings; ``stated`` gives county and year by file name."""
    rows = [
        {
            "document_sha256": extraction.sha256,
            "file_name": extraction.file,
            "url": f"https://www.example.invalid/{extraction.file}",
            "fetched_at": datetime(2025, 3, 1, 12, tzinfo=UTC),
            "stated_county": (stated or {}).get(extraction.file, (None, None))[0],
            "stated_year": (stated or {}).get(extraction.file, (None, None))[1],
            "is_latest": True,
            "known_from": datetime(2025, 3, 1, 12, tzinfo=UTC),
        }
        | dict((crawled or {}).get(extraction.file, {}))
        for extraction in extractions
    ]
    return pa.Table.from_pylist(rows, schema=VERSIONS)


def build(
    home: Home,
    *extractions: Extraction,
    stated: Stated | None = None,
    crawled: Crawled | None = None,
    looks: Looks = NO_LOOKS,
) -> BuildCounts:
    """Store readings as one segment and build the candidate from all that is stored of them."""
    if extractions:
        write_segment(home.extracted, EXTRACTOR, extractions)
    known = documents(extractions, stated, crawled)
    return build_candidate(home, known, lambda _: None, EXTRACTOR, looks)


@contextmanager
def candidate(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The candidate opened for reading."""
    with duckdb.connect(home.candidate, read_only=True) as connection:
        yield connection


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """The rows of a query by column name."""
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def contents(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """All that a warehouse holds: each table in its stored order, each view sorted, all comments."""
    tables = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
    views = connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
    ).fetchall()
    return {
        **{name: connection.execute(f"FROM {name}").fetchall() for (name,) in tables},
        **{name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for (name,) in views},
        "comments": connection.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
        ).fetchall(),
    }
