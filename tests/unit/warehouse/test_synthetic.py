"""The reports made for the build benchmark are what they say: consistent but for the planted errors."""

from pathlib import Path

from bench.synthetic import EXTRACTOR, YEARS, make_home
from etl.warehouse.build import build_candidate
from tests.built_warehouse import candidate


def test_synthetic_reports_build_and_mostly_balance(tmp_path: Path) -> None:
    home, documents = make_home(tmp_path, 140, per_segment=50)
    counts = build_candidate(home, documents, lambda _: None, EXTRACTOR)
    assert (counts.reports, counts.county_years) == (140, 140)
    assert counts.observations > 140 * 197
    with candidate(home) as connection:
        statuses = dict(
            connection.execute("SELECT balance_status, count(*) FROM county_year GROUP BY ALL").fetchall()
        )
        years = connection.execute("SELECT DISTINCT year FROM county_year ORDER BY ALL").fetchall()
        invented = connection.execute(
            "SELECT bool_and(is_invented) FROM dim_report JOIN dim_county USING (county_key)"
        ).fetchone()
    assert 0 < statuses["unbalanced"] < 20 < statuses["balanced"]
    assert [year for (year,) in years] == list(YEARS)
    assert invented == (True,)


def test_a_home_is_made_once(tmp_path: Path) -> None:
    _, first = make_home(tmp_path, 7)
    written = (tmp_path / "documents.parquet").stat().st_mtime_ns
    _, second = make_home(tmp_path, 7)
    assert first.equals(second)
    assert (tmp_path / "documents.parquet").stat().st_mtime_ns == written
